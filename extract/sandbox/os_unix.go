//go:build unix && !linux

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// fence is what the system holds for a worker: its process group.
type fence struct{ group int }

func prepare(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

func enclose(p *os.Process, _ Limits) (fence, error) { return fence{group: p.Pid}, nil }

func (f fence) kill(p *os.Process) {
	if f.group > 0 {
		_ = syscall.Kill(-f.group, syscall.SIGKILL) // gone already is as good
	}
	_ = p.Kill()
}

func (f fence) close() {}

// usage is not known from outside on these systems: see limitCPU.
func usage(*os.Process, fence) (time.Duration, int64, error) {
	return 0, 0, errors.ErrUnsupported
}

// limitCPU asks the system for a signal when the process has used d more CPU
// time than now.
func limitCPU(d time.Duration) {
	var used unix.Rusage
	var limit unix.Rlimit
	if unix.Getrusage(unix.RUSAGE_SELF, &used) != nil || unix.Getrlimit(unix.RLIMIT_CPU, &limit) != nil {
		return // the limit on wall time stays
	}
	now := time.Duration(used.Utime.Nano() + used.Stime.Nano())
	setUpTo(&limit.Cur, limit.Max, uint64((now+d)/time.Second)+1)
	_ = unix.Setrlimit(unix.RLIMIT_CPU, &limit)
}

// confine lowers the limits of the process that calls it and dies of too much
// CPU time.
func confine(l Limits) ([]string, error) {
	over := make(chan os.Signal, 1)
	signal.Notify(over, unix.SIGXCPU)
	go func() {
		<-over
		fmt.Fprintln(os.Stderr, cpuWords)
		os.Exit(1)
	}()
	if addressSpaceLimited {
		_ = lower(unix.RLIMIT_DATA, uint64(l.AddressSpace)) // not every system honours it
	}
	err := errors.Join(lower(unix.RLIMIT_CORE, 0), lower(unix.RLIMIT_NOFILE, maxFiles))
	return []string{"rlimit"}, err
}

// lower sets a limit that the process can never raise again.
func lower(resource int, to uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(resource, &now); err != nil {
		return err
	}
	setUpTo(&now.Cur, now.Max, to)
	now.Max = now.Cur
	return unix.Setrlimit(resource, &now)
}

// setUpTo is cur = min(want, limit), in the type that this system gives limits.
func setUpTo[T int64 | uint64](cur *T, limit T, want uint64) {
	*cur = T(min(want, uint64(limit)))
}

// maxFiles is how many descriptors a worker may hold.
const maxFiles = 64

// seal has nothing to take away.
func seal() {}
