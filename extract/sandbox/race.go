//go:build race

package sandbox

// addressSpaceLimited is off under the race detector, which reserves terabytes
// of addresses.
const addressSpaceLimited = false
