package video

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
)

// Embedded is the decoder that comes with the program: ffmpeg n5.1.8 as a
// WebAssembly module, in the workers of a pool.
type Embedded struct {
	pool *sandbox.Pool

	mu       sync.Mutex
	prepared bool
	uncached bool // each new worker compiles anew
}

// NewEmbedded returns the embedded engine. The pool's workers must offer
// [EmbeddedHandler] under the name [Op].
func NewEmbedded(pool *sandbox.Pool) *Embedded { return &Embedded{pool: pool} }

// Name implements [Engine].
func (e *Embedded) Name() string { return "embedded n5.1.8" }

// DenseUpTo implements [Engine]: full decoding takes about half the time that
// a 720p clip plays.
func (e *Embedded) DenseUpTo() time.Duration { return 2 * time.Minute }

// What one worker may take.
const (
	workerMemory  = 512 << 20
	compileWall   = 5 * time.Minute
	compileMemory = 1 << 30
	frameOverhead = 64
)

// Prepare makes sure that the compiled decoder is in the cache. The first time
// on a machine that takes about 15 seconds; progress, which may be nil, is
// called about twice a second meanwhile. [Embedded.Frames] does it when nobody
// did.
func (e *Embedded) Prepare(ctx context.Context, progress func(elapsed time.Duration)) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.prepared {
		return nil
	}
	params, err := json.Marshal(request{Prepare: true})
	if err != nil {
		return err
	}
	begin := time.Now()
	result, err := e.pool.Do(ctx, sandbox.Call{
		Op: Op, Params: params,
		Limits: &sandbox.Limits{Wall: compileWall, CPU: compileWall, Idle: time.Minute, Memory: compileMemory},
		Emit: func([]byte) error {
			if progress != nil {
				progress(time.Since(begin))
			}
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("prepare the embedded decoder: %w", err)
	}
	var rep reply
	if err := json.Unmarshal(result, &rep); err != nil {
		return fmt.Errorf("prepare the embedded decoder: %w", err)
	}
	e.prepared, e.uncached = true, rep.Uncached
	return nil
}

// Frames implements [Engine].
func (e *Embedded) Frames(ctx context.Context, f Input, p Plan, yield func(Frame) error) (Outcome, error) {
	return frames(ctx, e, f, p, yield)
}

// Sound implements [Engine].
func (e *Embedded) Sound(ctx context.Context, f Input, l Limits, yield func([]int16) error) (Outcome, error) {
	return sound(ctx, e, f, l, yield)
}

// Times implements [Engine].
func (e *Embedded) Times(ctx context.Context, f Input, start, length time.Duration) ([]time.Duration, error) {
	return times(ctx, e, f, start, length)
}

// perform implements [performer] in a worker.
func (e *Embedded) perform(ctx context.Context, f Input, r request, emit func([]byte) error) (reply, error) {
	if err := e.Prepare(ctx, nil); err != nil {
		return reply{}, err
	}
	params, err := json.Marshal(r)
	if err != nil {
		return reply{}, err
	}
	limits := e.limits(r)
	result, err := e.pool.Do(ctx, sandbox.Call{
		Op: Op, Params: params, File: f.ReaderAt, Size: f.Size, Limits: &limits, Emit: emit,
	})
	if err != nil {
		return reply{}, sandboxTrouble(ctx, err)
	}
	var rep reply
	if err := json.Unmarshal(result, &rep); err != nil {
		return reply{}, &UnexaminedError{Reason: "the decoder's worker gave no sensible answer", Err: err}
	}
	rep.Said, rep.Note = plain(rep.Said), plain(rep.Note)
	return rep, nil
}

// limits are those of one decoding. Where compiled code cannot be kept, any
// call may be the first of a worker and pay for compiling.
func (e *Embedded) limits(r request) sandbox.Limits {
	p := r.Plan
	l := sandbox.Limits{
		Wall: p.Limits.Wall, CPU: p.Limits.Wall, Idle: p.Limits.Idle, Memory: workerMemory,
		Output: int64(p.MaxFrames)*(int64(p.Longest)*int64(p.Longest)*2+frameOverhead) + 1<<20,
	}
	switch r.Task {
	case taskSound:
		l.Output = 2*maxSamples + 1<<20
	case taskPackets, taskTimes:
		l.Output = 8*maxTimes + 1<<20
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.uncached {
		l.Wall += compileWall
		l.CPU += compileWall
		l.Memory = compileMemory
	}
	return l
}

// sandboxTrouble says in plain words why a worker did not finish. An error of
// the caller's own context stays what it is.
func sandboxTrouble(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var over *sandbox.LimitError
	var crash *sandbox.CrashError
	var own *sandbox.HandlerError
	switch {
	case errors.As(err, &over):
		return &UnexaminedError{Reason: fmt.Sprintf("decoding was stopped at the limit of %s of %s", over.Value, over.Limit), Err: err}
	case errors.As(err, &crash):
		return &UnexaminedError{Reason: "the decoder crashed on this file: " + crash.Detail, Err: err}
	case errors.As(err, &own):
		return &UnexaminedError{Reason: "the decoder gave up: " + own.Message, Err: err}
	}
	return err
}
