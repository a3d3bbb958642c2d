package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

func newPool(t *testing.T, o Options) *Pool {
	t.Helper()
	if o.Command == nil {
		o.Command = []string{"worker"}
	}
	p, err := NewPool(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func call(t *testing.T, p *Pool, op string) ([]byte, error) {
	t.Helper()
	return p.Call(t.Context(), op, []byte("x"), nil, 0, nil)
}

func workerPID(t *testing.T, p *Pool) int {
	t.Helper()
	b, err := call(t, p, "pid")
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(b))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func mustBeGone(t *testing.T, pid int) {
	t.Helper()
	if runtime.GOOS != "linux" {
		return
	}
	for range 100 {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil || strings.Contains(string(b), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d is still there", pid)
}

func TestOverrunsEndTheWorkerOnly(t *testing.T) {
	short := Limits{Wall: 20 * time.Second, CPU: 10 * time.Second, Idle: 10 * time.Second}
	with := func(change func(*Limits)) Limits { l := short; change(&l); return l }
	tests := []struct {
		op, limit string
		limits    Limits
	}{
		{"hang", LimitWall, with(func(l *Limits) { l.Wall = 300 * time.Millisecond })},
		{"hang", LimitIdle, with(func(l *Limits) { l.Idle = 300 * time.Millisecond })},
		{"spin", LimitCPU, with(func(l *Limits) { l.CPU = 300 * time.Millisecond })},
		{"allocate", LimitMemory, with(func(l *Limits) { l.Memory = 200 << 20 })},
		{"reserve", LimitMemory, short},
		{"flood", LimitOutput, with(func(l *Limits) { l.Output = 10 << 20 })},
	}
	for _, tt := range tests {
		t.Run(tt.op+" "+tt.limit, func(t *testing.T) {
			if tt.limit == LimitCPU && runtime.GOOS != "linux" && runtime.GOOS != "windows" {
				t.Skip("the CPU time of a worker is watched from inside on this system")
			}
			if tt.limit == LimitMemory && runtime.GOOS != "linux" {
				t.Skip("resident memory is watched on Linux only")
			}
			if tt.op == "reserve" && !addressSpaceLimited {
				t.Skip("address space is not limited in this build")
			}
			p := newPool(t, Options{Limits: tt.limits})
			pid := workerPID(t, p)
			begin := time.Now()
			_, err := call(t, p, tt.op)
			var over *LimitError
			if !errors.As(err, &over) || over.Limit != tt.limit || over.Op != tt.op {
				t.Fatalf("got %v, want the limit of %s", err, tt.limit)
			}
			if d := time.Since(begin); d > 8*time.Second {
				t.Errorf("took %v", d)
			}
			mustBeGone(t, pid)
			if next := workerPID(t, p); next == pid {
				t.Error("the killed worker served again")
			}
		})
	}
}

func TestCrashes(t *testing.T) {
	p := newPool(t, Options{})
	tests := []struct{ op, want string }{
		{"panic", `panic: corrupt [31mtable`},
		{"exit", "exit status 7"},
	}
	for _, tt := range tests {
		pid := workerPID(t, p)
		_, err := call(t, p, tt.op)
		var crash *CrashError
		if !errors.As(err, &crash) || crash.Op != tt.op || !strings.Contains(crash.Detail, tt.want) {
			t.Errorf("%s: got %v, want a crash with %q", tt.op, err, tt.want)
		}
		mustBeGone(t, pid)
		if b, err := call(t, p, "echo"); err != nil || string(b) != "x" {
			t.Errorf("after %s: %q, %v", tt.op, b, err)
		}
	}
}

func TestHandlerErrorKeepsTheWorker(t *testing.T) {
	p := newPool(t, Options{})
	pid := workerPID(t, p)
	_, err := call(t, p, "refuse")
	var own *HandlerError
	if !errors.As(err, &own) || own.Message != "not a picture" {
		t.Fatalf("got %v", err)
	}
	if _, err := call(t, p, "no such"); !errors.As(err, &own) {
		t.Fatalf("unknown operation: %v", err)
	}
	if b, err := call(t, p, "print"); err != nil || string(b) != "ok" {
		t.Fatalf("a handler that prints: %q, %v", b, err)
	}
	if workerPID(t, p) != pid {
		t.Error("a new worker was started without need")
	}
}

func TestLiars(t *testing.T) {
	for _, how := range []string{
		"no hello", "garbage", "huge length", "long length, no body", "read behind the file",
		"read too much", "short read request", "unknown kind",
	} {
		t.Run(how, func(t *testing.T) {
			p := newPool(t, Options{Command: []string{"liar", how}})
			begin := time.Now()
			_, err := p.Call(t.Context(), "op", nil, bytes.NewReader([]byte("abc")), 3, nil)
			var broke *ProtocolError
			var crash *CrashError
			if !errors.As(err, &broke) && !errors.As(err, &crash) {
				t.Errorf("got %v", err)
			}
			if d := time.Since(begin); d > 10*time.Second {
				t.Errorf("took %v", d)
			}
			if len(p.idle) != 0 {
				t.Error("the worker was kept")
			}
		})
	}
}

func TestReadAt(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 40*blockBytes+777) // more than the cache holds
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	p := newPool(t, Options{})
	sum := sha256.Sum256(data)
	b, err := p.Call(t.Context(), "hash", nil, bytes.NewReader(data), int64(len(data)), nil)
	if err != nil || !bytes.Equal(b, sum[:]) {
		t.Fatalf("reading in order: %x, %v", b, err)
	}
	var params, want []byte
	for range 300 {
		off := rng.IntN(len(data) + 10)
		n := rng.IntN(3 * blockBytes)
		if rng.IntN(3) > 0 {
			n = rng.IntN(50)
		}
		params = binary.BigEndian.AppendUint64(params, uint64(off))
		params = binary.BigEndian.AppendUint64(params, uint64(n))
		from, to := min(off, len(data)), min(off+n, len(data))
		want = append(want, data[from:to]...)
	}
	got, err := p.Call(t.Context(), "spots", params, bytes.NewReader(data), int64(len(data)), nil)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("reading here and there: %d bytes of %d, %v", len(got), len(want), err)
	}
}

// failing is a file on a broken disk.
type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestFileTroubleIsTheFiles(t *testing.T) {
	p := newPool(t, Options{})
	lost := errors.New("input/output error")
	if _, err := p.Call(t.Context(), "hash", nil, failing{lost}, 1000, nil); !errors.Is(err, lost) {
		t.Errorf("a disk error: %v", err)
	}
	short := bytes.NewReader(make([]byte, 10))
	if _, err := p.Call(t.Context(), "hash", nil, short, 500_000, nil); err != nil {
		t.Errorf("a file that got shorter: %v", err)
	}
}

func TestEmit(t *testing.T) {
	p := newPool(t, Options{})
	next := 0
	res, err := p.Call(t.Context(), "frames", []byte{40}, nil, 0, func(b []byte) error {
		if len(b) != 70_000 || b[0] != byte(next) || b[69_999] != byte(next) {
			return fmt.Errorf("frame %d: %d bytes of %d", next, len(b), b[0])
		}
		next++
		return nil
	})
	if err != nil || next != 40 || string(res) != "done" {
		t.Fatalf("%d frames, %q, %v", next, res, err)
	}
	pid := workerPID(t, p)
	enough := errors.New("enough")
	if _, err := p.Call(t.Context(), "flood", nil, nil, 0, func([]byte) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("got %v, want the error of emit", err)
	}
	mustBeGone(t, pid)
}

func TestCancelAndClose(t *testing.T) {
	p := newPool(t, Options{Size: 2})
	pid := workerPID(t, p)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := p.Call(ctx, "hang", nil, nil, 0, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("cancelled: %v", err)
	}
	mustBeGone(t, pid)

	pid = workerPID(t, p)
	ended := make(chan error)
	go func() { _, err := p.Call(context.Background(), "hang", nil, nil, 0, nil); ended <- err }()
	time.Sleep(100 * time.Millisecond)
	p.Close()
	if err := <-ended; !errors.Is(err, ErrClosed) {
		t.Errorf("closed while running: %v", err)
	}
	mustBeGone(t, pid)
	if _, err := call(t, p, "echo"); !errors.Is(err, ErrClosed) {
		t.Errorf("after close: %v", err)
	}
}

func TestKilledWhileIdle(t *testing.T) {
	p := newPool(t, Options{})
	pid := workerPID(t, p)
	proc, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	proc.Kill()
	mustBeGone(t, pid)
	for range 50 {
		if p.idle[0].gone() {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := call(t, p, "echo"); err != nil {
		t.Errorf("the next call: %v", err)
	}
}

func TestRecycle(t *testing.T) {
	p := newPool(t, Options{Recycle: 3})
	seen := map[int]int{}
	for range 7 {
		seen[workerPID(t, p)]++
	}
	if len(seen) != 3 {
		t.Errorf("7 calls with recycling after 3 used %d workers", len(seen))
	}
}

func TestSizeIsTheNumberOfWorkers(t *testing.T) {
	p := newPool(t, Options{Size: 2})
	var mu sync.Mutex
	seen := map[int]bool{}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			b, err := p.Call(context.Background(), "pid", nil, nil, 0, nil)
			if err != nil {
				t.Error(err)
			}
			pid, _ := strconv.Atoi(string(b))
			mu.Lock()
			defer mu.Unlock()
			seen[pid] = true
		})
	}
	wg.Wait()
	if len(seen) > 2 {
		t.Errorf("%d workers in a pool of 2", len(seen))
	}
}

func TestThousandSmallCalls(t *testing.T) {
	p := newPool(t, Options{})
	workerPID(t, p)
	data := bytes.NewReader(make([]byte, 100))
	begin := time.Now()
	for range 1000 {
		if _, err := p.Call(t.Context(), "hash", nil, data, 100, nil); err != nil {
			t.Fatal(err)
		}
	}
	d := time.Since(begin)
	t.Logf("%.0f calls a second", 1000/d.Seconds())
	if d > 20*time.Second {
		t.Errorf("1,000 calls took %v", d)
	}
}

func TestNoWayOut(t *testing.T) {
	dir := t.TempDir()
	canary := filepath.Join(dir, "canary")
	if err := os.WriteFile(canary, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := newPool(t, Options{})
	fences, err := p.Fences(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	has := strings.Join(fences, " ")
	t.Logf("fences: %s", has)
	b, err := p.Call(t.Context(), "break-out", []byte(canary), nil, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	worked := string(b)
	if strings.Contains(has, "seccomp") && (strings.Contains(worked, "socket") || strings.Contains(worked, "exec") || strings.Contains(worked, "signal")) {
		t.Errorf("behind seccomp these worked: %s", worked)
	}
	if (strings.Contains(has, "landlock") || strings.Contains(has, "no-files")) && (strings.Contains(worked, "read") || strings.Contains(worked, "write")) {
		t.Errorf("behind %s these worked: %s", has, worked)
	}
}

func TestWorkerDiesWithTheProgram(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "program")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond)
	cmd.Process.Kill()
	_ = cmd.Wait() // killed
	mustBeGone(t, pid)
}
