package video

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// guard ends the processes of one decoding when it takes too long or gives no
// sign of life.
type guard struct {
	idle   *time.Timer
	wall   *time.Timer
	limits Limits
	cancel context.CancelCauseFunc
}

func newGuard(ctx context.Context, l Limits) (context.Context, *guard) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := func(d time.Duration, what string) *time.Timer {
		return time.AfterFunc(d, func() {
			cancel(&UnexaminedError{
				Reason: fmt.Sprintf("decoding was stopped at the limit of %v of %s", d, what),
				Err:    context.DeadlineExceeded,
			})
		})
	}
	return ctx, &guard{idle: stop(l.Idle, "idle time"), wall: stop(l.Wall, "wall time"), limits: l, cancel: cancel}
}

// alive passes on what a process writes and notes that it is alive.
func (g *guard) alive(w io.Writer) io.Writer {
	return writerFunc(func(p []byte) (int, error) {
		n, err := w.Write(p)
		g.idle.Reset(g.limits.Idle)
		return n, err
	})
}

func (g *guard) end() {
	g.idle.Stop()
	g.wall.Stop()
	g.cancel(nil)
}

// What one native process may take, where the system lets us say so.
const (
	nativeMemory = 512 << 20 // bytes of private memory
	nativeCPU    = 15 * time.Minute
	killWait     = 2 * time.Second
)

// run starts one ffmpeg and returns its exit status. The error says that it
// did not get to exit by itself.
func (n *Native) run(ctx context.Context, args []string, file *os.File, in io.Reader, out, log io.Writer) (uint32, error) {
	cmd := exec.CommandContext(ctx, n.path, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, log
	cmd.Env = []string{} // not nil, which would be ours
	cmd.WaitDelay = killWait
	prepareNative(cmd)
	if file != nil {
		handOver(cmd, file)
	}
	// The system ties "die with the parent" to the thread that starts the
	// process: hold it until the process is gone.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	limitNative(cmd.Process.Pid)
	err := cmd.Wait()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &exit) && exit.Exited():
		return uint32(exit.ExitCode()), nil
	case cmd.ProcessState != nil && cmd.ProcessState.Success():
		return 0, nil // it was done before it could write all that it had
	}
	return 0, err
}
