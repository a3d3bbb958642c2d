package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
)

// worker is one worker process as the program sees it.
type worker struct {
	cmd    *exec.Cmd
	stdin  *os.File
	stdout *os.File
	in     *bufio.Writer
	out    *bufio.Reader
	stderr *tail
	fence  fence    // what the system holds for the process
	fences []string // what the worker says it put up itself

	exited chan struct{} // closed when the process is reaped
	killed sync.Once
	strict bool // memory is refused beyond the limit
	calls  int
	spent  bool   // must not serve another call
	buf    []byte // of the last message
	block  []byte // of the last read
}

// startWorker starts a process and waits until it has fenced itself in.
func startWorker(ctx context.Context, program string, args []string, limits Limits) (*worker, error) {
	childIn, stdin, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	stdout, childOut, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, childIn.Close(), stdin.Close())
	}
	w := &worker{
		stdin: stdin, stdout: stdout,
		in: bufio.NewWriterSize(stdin, 64<<10), out: bufio.NewReaderSize(stdout, 64<<10),
		stderr: &tail{}, exited: make(chan struct{}), strict: limits.Strict,
	}
	w.cmd = exec.Command(program, args...)
	w.cmd.Stdin, w.cmd.Stdout, w.cmd.Stderr = childIn, childOut, w.stderr
	w.cmd.Env = workerEnv()
	w.cmd.WaitDelay = time.Second
	prepare(w.cmd)

	started := make(chan error, 1)
	go func() {
		// The system ties "die with the parent" to the thread that started
		// the process: hold it for as long as the process lives.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := w.cmd.Start()
		childIn.Close()
		childOut.Close()
		started <- err
		if err == nil {
			_ = w.cmd.Wait() // the state is read from cmd.ProcessState
		}
		close(w.exited)
	}()
	if err := <-started; err != nil {
		return nil, errors.Join(err, stdin.Close(), stdout.Close())
	}
	if err := w.greet(ctx, limits); err != nil {
		w.end()
		return nil, err
	}
	return w, nil
}

// greet puts the process behind the system's fence and waits for its hello.
func (w *worker) greet(ctx context.Context, limits Limits) error {
	f, err := enclose(w.cmd.Process, limits)
	if err != nil {
		return err
	}
	w.fence = f
	wait := Limits{Wall: helloWait, Idle: helloWait, CPU: helloWait, Memory: limits.Memory}
	watch := startWatch(ctx, w, wait, "start")
	k, body, err := readMessage(w.out, maxHello, nil)
	if tripped := watch.stop(); tripped != nil {
		return tripped
	}
	if err != nil {
		return w.broken("start", err)
	}
	words := strings.Fields(printable(string(body)))
	if k != kindHello || len(words) == 0 || words[0] != protocol {
		return &ProtocolError{Op: "start", What: "it did not greet as a worker of this version"}
	}
	w.fences = words[1:]
	return nil
}

// workerEnv is deliberately almost empty: no secrets, no search paths, and a
// crash that says one line. The zone is fixed so that no result can depend on
// the machine's.
func workerEnv() []string {
	env := []string{"GOTRACEBACK=none", "TZ=UTC"}
	if runtime.GOOS == "windows" {
		env = append(env, "SystemRoot="+os.Getenv("SystemRoot"))
	}
	return env
}

// do runs one call. Any error but a HandlerError leaves the worker unusable.
func (w *worker) do(ctx context.Context, c Call, limits Limits) ([]byte, error) {
	w.calls++
	watch := startWatch(ctx, w, limits, c.Op)
	result, err := w.converse(c, limits, watch)
	if tripped := watch.stop(); tripped != nil {
		w.spent = true
		if err != nil {
			return nil, tripped
		}
	}
	return result, err
}

// converse sends the call and answers the worker until it is done.
func (w *worker) converse(c Call, limits Limits, watch *watch) ([]byte, error) {
	head := callHeader{op: c.Op, size: max(c.Size, 0), cpu: limits.CPU, params: len(c.Params)}
	if c.File == nil {
		head.size = 0
	}
	if err := writeMessage(w.in, kindCall, head.encode(), c.Params, w.beginning(c, head.size, watch)); err != nil {
		return nil, w.broken(c.Op, err)
	}
	var readErr error // of our own file: it explains whatever the worker makes of it
	var output int64
	for {
		k, body, err := readMessage(w.out, maxToParent, w.buf)
		if err != nil {
			return nil, w.broken(c.Op, err)
		}
		w.keep(body)
		watch.heard()
		switch k {
		case kindRead:
			err = w.answer(c, body, head.size, watch, &readErr)
		case kindEmit, kindDone:
			if output += int64(len(body)); output > limits.Output {
				err = &LimitError{Limit: LimitOutput, Op: c.Op, Value: byteCount(limits.Output)}
			} else if k == kindDone {
				return bytes.Clone(body), nil
			} else if c.Emit != nil {
				resume := watch.hold()
				err = c.Emit(body)
				resume()
			}
		case kindFailed:
			if readErr != nil {
				return nil, fmt.Errorf("%s: read the file: %w", c.Op, readErr)
			}
			return nil, &HandlerError{Op: c.Op, Message: printable(string(body))}
		default:
			err = &ProtocolError{Op: c.Op, What: fmt.Sprintf("message of unknown kind %#02x", byte(k))}
		}
		if err != nil {
			return nil, err
		}
	}
}

// beginning is what goes along with the call, so that most files need no
// request. Trouble with reading is left to the requests that then come.
func (w *worker) beginning(c Call, size int64, watch *watch) []byte {
	b, err := w.read(c, 0, int(min(size, attached)), watch)
	if err != nil {
		return nil
	}
	return b
}

// read gives n bytes of the file, fewer at its end, until the next read.
func (w *worker) read(c Call, off int64, n int, watch *watch) ([]byte, error) {
	if n <= 0 {
		return nil, nil
	}
	if cap(w.block) < n {
		w.block = make([]byte, n)
	}
	defer watch.hold()()
	got, err := c.File.ReadAt(w.block[:n], off)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return w.block[:got], nil
}

// keep reuses the message buffer unless it grew out of proportion.
func (w *worker) keep(body []byte) {
	if cap(body) <= 4*growStep {
		w.buf = body
	}
}

// answer reads for the worker what it asked for, inside the file only.
func (w *worker) answer(c Call, body []byte, size int64, watch *watch, readErr *error) error {
	if len(body) != 12 {
		return &ProtocolError{Op: c.Op, What: "read request of the wrong length"}
	}
	off, n := binary.BigEndian.Uint64(body), binary.BigEndian.Uint32(body[8:])
	if n > maxRead || off > uint64(size) {
		return &ProtocolError{Op: c.Op, What: "read request outside the file"}
	}
	b, err := w.read(c, int64(off), int(min(uint64(n), uint64(size)-off)), watch)
	if err != nil {
		*readErr = err
		return w.sent(c.Op, writeMessage(w.in, kindNoRead))
	}
	return w.sent(c.Op, writeMessage(w.in, kindBytes, b))
}

func (w *worker) sent(op string, err error) error {
	if err != nil {
		return w.broken(op, err)
	}
	return nil
}

// broken explains why the connection to the worker ended: because it broke
// the protocol, or because the process is no more.
func (w *worker) broken(op string, err error) error {
	if errors.Is(err, errTooLong) {
		return &ProtocolError{Op: op, What: err.Error()}
	}
	w.kill()
	<-w.exited
	said := w.stderr.telling()
	if said == cpuWords {
		return &LimitError{Limit: LimitCPU, Op: op, Value: "the call's share"}
	}
	// The runtime does not check everywhere whether it was given memory.
	if outOfMemory(said) || w.strict && strings.HasPrefix(said, fault) {
		return &LimitError{Limit: LimitMemory, Op: op, Value: "the worker's share"}
	}
	if said == "" {
		said = w.cmd.ProcessState.String()
	}
	return &CrashError{Op: op, Detail: said}
}

// cpuWords are the last words of a worker that limits its CPU time itself.
const cpuWords = "the worker used up its CPU time"

// outOfMemory recognises the Go runtime's and wazero's last words when the
// system refuses them memory.
func outOfMemory(said string) bool {
	return strings.Contains(said, "out of memory") || strings.Contains(said, "cannot allocate memory") ||
		strings.Contains(said, "failed to reserve page summary memory")
}

// kill ends the process and all it may have started.
func (w *worker) kill() {
	w.killed.Do(func() {
		if !w.gone() { // its number may belong to another process by now
			w.fence.kill(w.cmd.Process)
		}
	})
}

// end kills the process and returns when it is reaped.
func (w *worker) end() {
	w.kill()
	<-w.exited
	w.stdin.Close()
	w.stdout.Close()
	w.fence.close()
}

// gone says whether the process has ended.
func (w *worker) gone() bool {
	select {
	case <-w.exited:
		return true
	default:
		return false
	}
}
