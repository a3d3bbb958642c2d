//go:build !unix

package source

// openFlags is empty where the system has no such flags. Windows has no pipes
// inside folders, and os.Root refuses its device names.
const openFlags = 0
