//go:build race

package c2pa

// allocationsCounted is off under the race detector, whose build keeps less on
// the stack and so takes memory where the ordinary one takes none.
const allocationsCounted = false
