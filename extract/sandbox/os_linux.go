package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// fence is what the system holds for a worker: on Linux its process group.
type fence struct{ group int }

func prepare(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func enclose(p *os.Process, _ Limits) (fence, error) { return fence{group: p.Pid}, nil }

func (f fence) kill(p *os.Process) {
	if f.group > 0 {
		_ = syscall.Kill(-f.group, syscall.SIGKILL) // gone already is as good
	}
	_ = p.Kill()
}

func (f fence) close() {}

// clockTick is the unit of CPU time in /proc: USER_HZ, 100 on all of Linux.
const clockTick = time.Second / 100

// usage returns the CPU time and the resident bytes of a process, from
// proc(5), /proc/PID/stat fields 14, 15 and 24.
func usage(p *os.Process, _ fence) (time.Duration, int64, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Pid))
	if err != nil {
		return 0, 0, err
	}
	end := bytes.LastIndexByte(stat, ')') // the name before it may hold anything
	fields := bytes.Fields(stat[end+1:])  // from field 3 on
	if end < 0 || len(fields) < 22 {
		return 0, 0, errors.New("unexpected form of /proc/PID/stat")
	}
	user, err1 := strconv.ParseInt(string(fields[11]), 10, 64)
	system, err2 := strconv.ParseInt(string(fields[12]), 10, 64)
	pages, err3 := strconv.ParseInt(string(fields[21]), 10, 64)
	if err := errors.Join(err1, err2, err3); err != nil {
		return 0, 0, err
	}
	return time.Duration(user+system) * clockTick, pages * int64(os.Getpagesize()), nil
}

// limitCPU does nothing here: the program watches the CPU time from outside.
func limitCPU(time.Duration) {}

// confine fences in the process that calls it and names the fences that the
// system could give. Those it cannot give are left out: an old kernel must not
// keep anybody from reading files.
func confine(l Limits) ([]string, error) {
	if err := setLimits(l); err != nil {
		return nil, err
	}
	fences := []string{"rlimit"}
	if landlock(l.Folders) == nil {
		fences = append(fences, "landlock")
	}
	// Landlock knows neither mode nor times of a file, and old kernels no
	// Landlock.
	if len(l.Folders) == 0 && closeFiles() == nil {
		fences = append(fences, "no-files")
	}
	if err := seccomp(); err == nil {
		fences = append(fences, "seccomp")
	}
	return fences, nil
}

// seal takes away the folders that confine left.
func seal() {
	_ = landlock(nil) // without it the filter alone holds
	_ = closeFiles()
}

func setLimits(l Limits) error {
	var err error
	if addressSpaceLimited {
		err = lower(unix.RLIMIT_AS, uint64(l.AddressSpace))
	}
	if addressSpaceLimited && l.Strict {
		err = errors.Join(err, limitData(l.Memory))
	}
	return errors.Join(err, lower(unix.RLIMIT_CORE, 0), lower(unix.RLIMIT_NOFILE, maxFiles))
}

// lower sets a limit that the process can never raise again.
func lower(resource int, to uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(resource, &now); err != nil {
		return err
	}
	to = min(to, now.Max)
	return unix.Setrlimit(resource, &unix.Rlimit{Cur: to, Max: to})
}

// limitData lets the process take as much private memory as brings it to that
// many resident bytes. A Go program has mapped more from its start than it
// uses: what there is does not count.
func limitData(resident int64) error {
	statm, err := os.ReadFile("/proc/self/statm") // proc(5): pages, resident, shared, text, lib, data
	if err != nil {
		return err
	}
	fields := bytes.Fields(statm)
	if len(fields) < 6 {
		return errors.New("unexpected form of /proc/self/statm")
	}
	data, err := strconv.ParseInt(string(fields[5]), 10, 64)
	if err != nil {
		return fmt.Errorf("unexpected form of /proc/self/statm: %w", err)
	}
	return lower(unix.RLIMIT_DATA, uint64(data*int64(os.Getpagesize())+max(resident-ownPages, 0)))
}

// maxFiles is how many descriptors a worker may hold.
const maxFiles = 64
