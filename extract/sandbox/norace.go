//go:build !race

package sandbox

const addressSpaceLimited = true
