package video

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const nativeInput = "/proc/self/fd/3"

func processAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// limitNative lowers the limits of a process that has just begun. Where the
// system refuses, the guard's limits stay.
func limitNative(pid int) {
	for resource, to := range map[int]uint64{
		unix.RLIMIT_DATA:   nativeMemory,
		unix.RLIMIT_CPU:    uint64(nativeCPU / time.Second),
		unix.RLIMIT_CORE:   0,
		unix.RLIMIT_FSIZE:  0,
		unix.RLIMIT_NOFILE: 32,
	} {
		_ = unix.Prlimit(pid, resource, &unix.Rlimit{Cur: to, Max: to}, nil)
	}
}
