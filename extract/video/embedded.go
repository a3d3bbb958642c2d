package video

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
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
	if !demuxers[f.Format] {
		return Outcome{}, unreadableFormat(f.Format)
	}
	if err := e.Prepare(ctx, nil); err != nil {
		return Outcome{}, err
	}
	p = p.withDefaults()
	params, err := json.Marshal(request{Format: f.Format, Codec: f.Codec, Plan: p})
	if err != nil {
		return Outcome{}, err
	}
	count := 0
	var refused error // by yield
	limits := e.limits(p)
	result, err := e.pool.Do(ctx, sandbox.Call{
		Op: Op, Params: params, File: f.ReaderAt, Size: f.Size, Limits: &limits,
		Emit: func(b []byte) error {
			if len(b) == 0 {
				return nil // a sign of life
			}
			frame, err := parseFrame(b, p.Longest)
			if err != nil || count >= p.MaxFrames {
				return errors.Join(err, errNotAsked)
			}
			count++
			refused = yield(frame)
			return refused
		},
	})
	if refused != nil {
		return Outcome{Frames: count}, refused
	}
	if err != nil {
		return Outcome{Frames: count}, sandboxTrouble(ctx, err)
	}
	var rep reply
	if err := json.Unmarshal(result, &rep); err != nil {
		return Outcome{Frames: count}, &UnexaminedError{Reason: "the decoder's worker gave no sensible answer", Err: err}
	}
	return conclude(count, rep.Exit != 0, plain(rep.Said))
}

// limits are those of one decoding. Where compiled code cannot be kept, any
// call may be the first of a worker and pay for compiling.
func (e *Embedded) limits(p Plan) sandbox.Limits {
	l := sandbox.Limits{
		Wall: p.Limits.Wall, CPU: p.Limits.Wall, Idle: p.Limits.Idle, Memory: workerMemory,
		Output: int64(p.MaxFrames)*int64(p.Longest*p.Longest+frameOverhead) + 1<<20,
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

// conclude judges a decoding that ended by itself.
func conclude(frames int, failed bool, said string) (Outcome, error) {
	switch {
	case frames == 0 && said != "":
		return Outcome{}, &UnexaminedError{Reason: "no picture could be decoded: " + explain(said)}
	case frames == 0:
		return Outcome{}, &UnexaminedError{Reason: "no picture could be decoded: the video track is empty or damaged"}
	case failed && said != "":
		return Outcome{Frames: frames, Coarse: true, Note: "decoding ended early: " + explain(said)}, nil
	}
	return Outcome{Frames: frames}, nil
}

// explain puts the decoder's commonest complaints into plain words.
func explain(said string) string {
	switch {
	case strings.HasPrefix(said, "Stream map "):
		return "the file has no video track"
	case strings.HasPrefix(said, "moov atom not found"):
		return "its index (moov) is missing, as in a file that was cut off"
	case strings.HasPrefix(said, "Decoder (codec "):
		return "the decoder does not know this codec"
	case strings.Contains(said, "Cannot allocate memory"), strings.Contains(said, "get_buffer() failed"):
		return "it needs more memory than a decoder is given"
	}
	return said
}

func unreadableFormat(format string) error {
	if format == "" {
		format = "unknown"
	}
	return &UnexaminedError{Reason: fmt.Sprintf("no decoder reads the format %q", format)}
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
