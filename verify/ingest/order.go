package ingest

import (
	"context"
	"sync"
)

// inOrder runs do over jobs on n workers and gives the results to sink in the
// order of the jobs, from one goroutine. At most window results wait for an
// earlier one, so a slow file holds others back and never fills the memory.
// The first error of sink ends the work and is returned; so does ctx.
func inOrder[J, R any](ctx context.Context, n, window int, jobs []J, do func(context.Context, J) R, sink func(R) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type task struct {
		job J
		out chan R
	}
	work := make(chan task)
	queue := make(chan chan R, window)
	var workers sync.WaitGroup
	for range n {
		workers.Go(func() {
			for t := range work {
				t.out <- do(ctx, t.job)
			}
		})
	}
	go func() {
		defer close(queue)
		defer close(work)
		for _, j := range jobs {
			t := task{j, make(chan R, 1)}
			select {
			case queue <- t.out:
			case <-ctx.Done():
				return
			}
			select {
			case work <- t:
			case <-ctx.Done():
				return
			}
		}
	}()
	for out := range queue {
		select {
		case r := <-out:
			// A result that was being made when the work was ended is not
			// whole: it is left out, and the next run makes it anew.
			if ctx.Err() != nil {
				continue
			}
			if err := sink(r); err != nil {
				cancel(err)
			}
		case <-ctx.Done():
		}
	}
	workers.Wait()
	return context.Cause(ctx)
}
