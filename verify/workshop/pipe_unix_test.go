//go:build unix

package workshop

import (
	"syscall"
	"testing"
)

func makePipe(_ *testing.T, path string) error { return syscall.Mkfifo(path, 0o600) }
