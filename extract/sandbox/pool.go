package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// Options configure a pool.
type Options struct {
	// Size is how many calls run at once, each in a worker of its own; at
	// least 1.
	Size int
	// Command is the worker's argument list after the program's own path. The
	// program must call [Serve] when started with it.
	Command []string
	// Program is the executable of the worker, "" for this one.
	Program string
	// Limits hold for each call that brings none of its own.
	Limits Limits
	// Recycle is after how many calls a worker is replaced, 0 for 200: leaks
	// of a decoder end there.
	Recycle int
}

const defaultRecycle = 200

// Pool keeps warm workers and gives each call one of its own. It may be used
// by several goroutines.
type Pool struct {
	opts   Options
	slots  chan struct{} // holds one value per running call
	ctx    context.Context
	cancel context.CancelFunc

	mu   sync.Mutex
	idle []*worker // the warmest last
}

// NewPool returns a pool. No worker is started before the first call.
func NewPool(o Options) (*Pool, error) {
	if o.Program == "" {
		exe, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find the program for the workers: %w", err)
		}
		o.Program = exe
	}
	if o.Recycle <= 0 {
		o.Recycle = defaultRecycle
	}
	o.Size = max(o.Size, 1)
	o.Limits = o.Limits.withDefaults()
	ctx, cancel := context.WithCancel(context.Background())
	return &Pool{opts: o, slots: make(chan struct{}, o.Size), ctx: ctx, cancel: cancel}, nil
}

// Size is how many calls run at once.
func (p *Pool) Size() int { return p.opts.Size }

// Call is one operation on one file.
type Call struct {
	Op     string
	Params []byte
	File   io.ReaderAt // nil when the operation reads none
	Size   int64       // bytes of File
	// Emit takes intermediate results in order. The bytes are valid only
	// during the call of Emit. Its error ends the operation and is returned.
	// Nothing in the bytes may be trusted.
	Emit func([]byte) error
	// Limits replace those of the pool; nil keeps them.
	Limits *Limits
}

// Call runs op on a file under the pool's limits: see [Pool.Do].
func (p *Pool) Call(ctx context.Context, op string, params []byte, file io.ReaderAt, size int64, onEmit func([]byte) error) ([]byte, error) {
	return p.Do(ctx, Call{Op: op, Params: params, File: file, Size: size, Emit: onEmit})
}

// Do runs one call in a worker and returns its result, in which nothing may be
// trusted. It waits while as many calls run as the pool is large. Errors are a
// [LimitError], [CrashError], [ProtocolError] or [HandlerError], the error of
// Emit or of reading the file, that of ctx, or [ErrClosed].
func (p *Pool) Do(ctx context.Context, c Call) ([]byte, error) {
	if len(c.Op) > maxOp || len(c.Params) > maxParams {
		return nil, fmt.Errorf("%.20s: call too large for a worker", c.Op)
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-p.ctx.Done():
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(p.ctx, func() { cancel(ErrClosed) })()

	limits := p.opts.Limits
	if c.Limits != nil {
		limits = c.Limits.withDefaults()
	}
	w, err := p.take(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: start a worker: %w", c.Op, err)
	}
	result, err := w.do(ctx, c, limits)
	p.give(w, err)
	return result, err
}

// take returns the warmest idle worker, or a new one.
func (p *Pool) take(ctx context.Context) (*worker, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	for {
		w := p.pop()
		if w == nil {
			return startWorker(ctx, p.opts.Program, p.opts.Command, p.opts.Limits)
		}
		if !w.gone() {
			return w, nil
		}
		w.end()
	}
}

func (p *Pool) pop() *worker {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	w := p.idle[len(p.idle)-1]
	p.idle = p.idle[:len(p.idle)-1]
	return w
}

// give keeps a worker for the next call when the last one ended in order:
// with a result, or with the handler's own error.
func (p *Pool) give(w *worker, err error) {
	var own *HandlerError
	if (err != nil && !errors.As(err, &own)) || w.spent || w.calls >= p.opts.Recycle || p.ctx.Err() != nil {
		w.end()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, w)
}

// Fences starts a worker and returns the names of the fences it put up around
// itself: "rlimit", "landlock", "seccomp" on Linux, fewer elsewhere.
func (p *Pool) Fences(ctx context.Context) ([]string, error) {
	w, err := startWorker(ctx, p.opts.Program, p.opts.Command, p.opts.Limits)
	if err != nil {
		return nil, err
	}
	defer w.end()
	return w.fences, nil
}

// Close kills all workers, ends running calls with [ErrClosed], and returns
// when none is left.
func (p *Pool) Close() error {
	p.cancel()
	for range p.opts.Size {
		p.slots <- struct{}{}
	}
	for w := p.pop(); w != nil; w = p.pop() {
		w.end()
	}
	for range p.opts.Size {
		<-p.slots
	}
	return nil
}
