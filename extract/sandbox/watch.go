package sandbox

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// watch guards one call: it kills the worker when a limit is overrun or the
// caller gives up. A message of the worker resets the idle clock. The time that
// the program itself takes, to read from a slow disk or to deal with a message,
// is neither idle time nor time of the call.
type watch struct {
	w      *worker
	op     string
	limits Limits
	begin  time.Time
	cpu    time.Duration // of the process at the first look
	looked bool
	active atomic.Int64 // nanoseconds since begin of the last message; -1 while the program works
	own    atomic.Int64 // nanoseconds that the program took
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
	go t.run(ctx)
	return t
}

// heard notes a message of the worker.
func (t *watch) heard() { t.active.Store(int64(time.Since(t.begin))) }

// hold stops the clocks while the program does what only it answers for, and
// what it returns lets them go on.
func (t *watch) hold() (resume func()) {
	since := time.Now()
	t.active.Store(-1)
	return func() {
		t.own.Add(int64(time.Since(since)))
		t.heard()
	}
}

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
	if a := t.active.Load(); a >= 0 {
		if since-time.Duration(t.own.Load()) > t.limits.Wall {
			return t.limit(LimitWall, t.limits.Wall.String())
		}
		if since-time.Duration(a) > t.limits.Idle {
			return t.limit(LimitIdle, t.limits.Idle.String())
		}
	}
	cpu, resident, err := usage(t.w.cmd.Process, t.w.fence)
	if err != nil {
		return nil // not measured on this system, or the process has just ended
	}
	if !t.looked { // most calls end before anybody looks
		t.cpu, t.looked = cpu, true
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
