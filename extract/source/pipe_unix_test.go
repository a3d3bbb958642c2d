//go:build unix

package source

import (
	"syscall"
	"testing"
)

func makePipe(t *testing.T, path string) bool {
	t.Helper()
	return syscall.Mkfifo(path, 0o644) == nil
}
