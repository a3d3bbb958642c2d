//go:build unix

package disk

import (
	"errors"
	"syscall"
)

// alive says whether a process runs; where it cannot be told, it does.
func alive(process int) bool { return !errors.Is(syscall.Kill(process, 0), syscall.ESRCH) }

// Ways in which a system says that a disk is full.
var noRoom = []error{syscall.ENOSPC, syscall.EDQUOT}
