package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// procField gives what stands behind a name at the beginning of a line of a
// file of proc(5).
func procField(t *testing.T, pid int, file, name string) string {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			return strings.Join(strings.Fields(rest), " ")
		}
	}
	return ""
}

// What the kernel says of a worker, whatever the worker says of itself.
func TestKernelHoldsTheFences(t *testing.T) {
	p := newPool(t, Options{Command: []string{"worker-strict"}, Limits: strictLimits()})
	pid := workerPID(t, p)
	if procField(t, os.Getpid(), "status", "Seccomp:") == "" {
		t.Log("this kernel has no seccomp")
	} else if got := procField(t, pid, "status", "Seccomp:"); got != "2" {
		t.Errorf("seccomp is in mode %q, want 2, a filter", got)
	}
	if got := procField(t, pid, "status", "NoNewPrivs:"); got != "1" {
		t.Errorf("new privileges: %q", got)
	}
	if got := procField(t, pid, "limits", "Max core file size"); got != "0 0 bytes" {
		t.Errorf("core files: %s", got)
	}
	if got, want := procField(t, pid, "limits", "Max open files"), fmt.Sprintf("%d %d files", maxFiles, maxFiles); got != want {
		t.Errorf("open files: %s, want %s", got, want)
	}
	if !addressSpaceLimited {
		return
	}
	for _, name := range []string{"Max address space", "Max data size"} {
		if got := procField(t, pid, "limits", name); strings.Contains(got, "unlimited") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A decoder that was taken over gets nowhere, on every kernel of these years:
// where Landlock is missing, all files are closed by the filter.
func TestNothingWorksBehindTheFences(t *testing.T) {
	if procField(t, os.Getpid(), "status", "Seccomp:") == "" {
		t.Skip("this kernel has no seccomp")
	}
	p := newPool(t, Options{})
	canary := t.TempDir() + "/canary"
	if err := os.WriteFile(canary, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, op := range []string{"break-out", "break-out-linux"} {
		b, err := p.Call(t.Context(), op, []byte(canary), nil, 0, nil)
		if err != nil || len(b) > 0 {
			t.Errorf("%s: these worked: %s, %v", op, b, err)
		}
	}
}

// breakOutLinux tries what only Linux has and names what worked.
func breakOutLinux(_ context.Context, r Request, _ func([]byte) error) ([]byte, error) {
	parent := os.Getppid()
	tries := map[string]func() error{
		"tgkill":    func() error { return unix.Tgkill(parent, parent, 0) },
		"prlimit":   func() error { return unix.Prlimit(parent, unix.RLIMIT_NOFILE, nil, &unix.Rlimit{}) },
		"pidfd":     func() error { _, err := unix.PidfdOpen(parent, 0); return err },
		"memory":    func() error { _, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", parent)); return err },
		"unlink":    func() error { return unix.Unlink(string(r.Params)) },
		"chmod":     func() error { return unix.Chmod(string(r.Params), 0o777) },
		"netlink":   func() error { _, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW, 0); return err },
		"multipath": func() error { _, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 262); return err },
		"ptrace":    func() error { return unix.PtraceAttach(parent) },
		"times":     func() error { return os.Chtimes(string(r.Params), time.Now(), time.Now()) },
		"io_uring": func() error {
			var params [120]byte
			_, _, errno := unix.Syscall(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&params)), 0)
			if errno != 0 {
				return errno
			}
			return nil
		},
		"more memory": func() error {
			return unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: unix.RLIM_INFINITY, Max: unix.RLIM_INFINITY})
		},
	}
	var worked []string
	for name, try := range tries {
		if try() == nil {
			worked = append(worked, name)
		}
	}
	return text(strings.Join(worked, " "), nil)
}

func strictLimits() Limits {
	l := MetadataLimits()
	l.CPU, l.Wall, l.Idle = 10*time.Second, 20*time.Second, 20*time.Second
	return l
}

// Memory beyond a strict limit is never had, not even between two looks at it.
func TestStrictMemoryIsNeverPassed(t *testing.T) {
	if !addressSpaceLimited {
		t.Skip("memory is not limited by the system in this build")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range []string{"allocate", "allocate-fast"} {
		w, err := startWorker(t.Context(), exe, []string{"worker-strict"}, strictLimits())
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.do(t.Context(), Call{Op: op}, strictLimits())
		w.end()
		var over *LimitError
		if !errors.As(err, &over) || over.Limit != LimitMemory {
			t.Errorf("%s: %v, want the limit of memory", op, err)
		}
		most := w.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
		t.Logf("%s: at most %d KiB resident", op, most>>10)
		if limit := strictLimits().Memory; most > limit {
			t.Errorf("%s: %d bytes were resident, the limit is %d", op, most, limit)
		}
	}
}

// A worker that needs a folder has that one and no other.
func TestNamedFolderIsTheOnlyOne(t *testing.T) {
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION); errno != 0 {
		t.Skipf("this kernel has no Landlock: %v", errno)
	}
	if !addressSpaceLimited {
		t.Skip("the race detector's build is linked with the C library, where Landlock cannot be put on every thread")
	}
	allowed, other := t.TempDir(), t.TempDir()
	p := newPool(t, Options{Command: []string{"worker", allowed}})
	for dir, want := range map[string]string{allowed: "read write", other: ""} {
		canary := dir + "/canary"
		if err := os.WriteFile(canary, []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := p.Call(t.Context(), "break-out", []byte(canary), nil, 0, nil)
		if err != nil || string(b) != want {
			t.Errorf("these worked: %q, %v; want %q", b, err, want)
		}
	}
}
