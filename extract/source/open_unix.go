//go:build unix

package source

import "syscall"

// openFlags keep an open from waiting for a writer when a pipe took the place
// of a file, and refuse a link in the last element of the path.
const openFlags = syscall.O_NONBLOCK | syscall.O_NOFOLLOW
