//go:build unix

package container

import (
	"syscall"
	"time"
)

// processorTime is how long this process has kept processors busy, 0 where that
// is not known.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
