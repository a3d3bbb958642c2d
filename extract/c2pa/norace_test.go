//go:build !race

package c2pa

const allocationsCounted = true
