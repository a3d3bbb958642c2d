package sandbox

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// watch guards one call: it kills the worker when a limit is overrun or the
// caller gives up. A message of the worker resets the idle clock; the time
// that the program itself takes to deal with a message is not idle time.
type watch struct {
	w      *worker
	op     string
	limits Limits
	begin  time.Time
	cpu    time.Duration // of the process when the call began
	active atomic.Int64  // nanoseconds since begin of the last message; -1 while the program works
	quit   chan struct{}
	done   chan struct{}
	err    error // why the worker was killed; read after done
}

// tick is how often the limits are looked at.
const tick = 50 * time.Millisecond

func startWatch(ctx context.Context, w *worker, limits Limits, op string) *watch {
	t := &watch{
		w: w, op: op, limits: limits, begin: time.Now(),
		quit: make(chan struct{}), done: make(chan struct{}),
	}
	t.cpu, _, _ = usage(w.cmd.Process, w.fence)
	go t.run(ctx)
	return t
}

func (t *watch) hold()   { t.active.Store(-1) }
func (t *watch) resume() { t.active.Store(int64(time.Since(t.begin))) }

// stop ends the watch and returns why it killed the worker, if it did.
func (t *watch) stop() error {
	close(t.quit)
	<-t.done
	return t.err
}

func (t *watch) run(ctx context.Context) {
	defer close(t.done)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-t.quit:
			return
		case <-ctx.Done():
			t.err = context.Cause(ctx)
		case <-ticker.C:
			t.err = t.overrun()
		}
		if t.err != nil {
			t.w.kill()
			return
		}
	}
}

// overrun returns the first limit that does not hold any more, or nil.
func (t *watch) overrun() error {
	since := time.Since(t.begin)
	if since > t.limits.Wall {
		return t.limit(LimitWall, t.limits.Wall.String())
	}
	if a := t.active.Load(); a >= 0 && since-time.Duration(a) > t.limits.Idle {
		return t.limit(LimitIdle, t.limits.Idle.String())
	}
	cpu, resident, err := usage(t.w.cmd.Process, t.w.fence)
	if err != nil {
		return nil // not measured on this system, or the process has just ended
	}
	if cpu-t.cpu > t.limits.CPU {
		return t.limit(LimitCPU, t.limits.CPU.String())
	}
	if resident > t.limits.Memory {
		return t.limit(LimitMemory, byteCount(t.limits.Memory))
	}
	return nil
}

func (t *watch) limit(name, value string) error {
	return &LimitError{Limit: name, Op: t.op, Value: value}
}

func byteCount(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}
