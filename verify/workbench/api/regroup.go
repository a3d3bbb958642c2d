package api

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// patience is how long an act in a large case waits for the incidents to be
// made anew. What was decided shows at once all the same: a View puts decisions
// over what the grouping proposed; only what the grouping makes of them comes
// later, and the pages are told.
const patience = 500 * time.Millisecond

// regrouping makes the incidents of a case anew behind the acts: one run at a
// time, and one more for all acts that came meanwhile.
type regrouping struct {
	mu      sync.Mutex
	running bool
	waiting []chan error // acts that no run has begun for
	stop    context.CancelFunc
	over    bool // the case closes

	do func(context.Context, *casefile.File) error // for tests; nil regroups
}

// regroup makes the incidents anew after an act and waits for that, in a large
// case not for long. A run that nobody waits for any more tells its failure to
// no one: the next act or scan makes them anew, and tells its own.
func (c *Case) regroup(ctx context.Context) error {
	done := make(chan error, 1)
	r := &c.regrouping
	r.mu.Lock()
	if r.over {
		r.mu.Unlock()
		return nil
	}
	r.waiting = append(r.waiting, done)
	if !r.running {
		r.running = true
		ctx, r.stop = context.WithCancel(ctx)
		go c.regroupAll(ctx)
	}
	r.mu.Unlock()
	if !c.large.Load() {
		return <-done
	}
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		return nil
	}
}

// regroupAll runs until no act waits.
func (c *Case) regroupAll(ctx context.Context) {
	for {
		acts := c.regrouping.next()
		if acts == nil {
			return
		}
		err := c.holding(func(f *casefile.File) error {
			if do := c.regrouping.do; do != nil {
				return do(ctx, f)
			}
			return desk.Regroup(ctx, f, ingest.Options{Workers: runtime.GOMAXPROCS(0), Build: c.api.program.Version})
		})
		for _, done := range acts {
			done <- err
		}
	}
}

// next gives the acts that a run is for, nil where there are none and the runs
// end.
func (r *regrouping) next() []chan error {
	r.mu.Lock()
	defer r.mu.Unlock()
	acts := r.waiting
	if r.waiting = nil; acts == nil {
		r.running = false
		r.stop()
	}
	return acts
}

// close has the run end that goes on: its case is left as it was decided, and
// the next act or scan makes the incidents anew.
func (r *regrouping) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	if r.running {
		r.stop()
	}
}
