package ingest

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// The results come in the order of the jobs, however long each takes. The
// bubble also fails when a goroutine is left behind.
func TestInOrderKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got []int
		err := inOrder(t.Context(), 4, 8, numbers(50), func(_ context.Context, i int) int {
			time.Sleep(time.Duration(i*7%11) * time.Second)
			return i
		}, func(i int) error {
			got = append(got, i)
			return nil
		})
		if err != nil || !slices.Equal(got, numbers(50)) {
			t.Errorf("got %v, %v", got, err)
		}
	})
}

func TestInOrderHoldsNoMoreThanTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n, window = 3, 5
		var begun atomic.Int32
		release := make(chan struct{})
		done := make(chan error)
		go func() {
			done <- inOrder(t.Context(), n, window, numbers(100), func(_ context.Context, i int) int {
				begun.Add(1)
				if i == 0 {
					<-release // the slow file that the others wait for
				}
				return i
			}, func(int) error { return nil })
		}()
		synctest.Wait()
		// Beside the window: the result waited for, and the job at hand.
		if b := begun.Load(); b > window+2 {
			t.Errorf("%d jobs were begun while the first was waited for", b)
		}
		close(release)
		if err := <-done; err != nil || begun.Load() != 100 {
			t.Errorf("%d jobs were done: %v", begun.Load(), err)
		}
	})
}

func TestInOrderEndsWithTheErrorOfTheSink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("the disk is full")
		var begun atomic.Int32
		got := 0
		err := inOrder(t.Context(), 4, 8, numbers(1000), func(ctx context.Context, i int) int {
			begun.Add(1)
			return i
		}, func(i int) error {
			if got++; i == 9 {
				return full
			}
			return nil
		})
		if !errors.Is(err, full) || got != 10 || begun.Load() > 100 {
			t.Errorf("%v after %d results of %d jobs", err, got, begun.Load())
		}
	})
}

// What was being made when the work was ended never reaches the sink.
func TestInOrderEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		why := errors.New("stopped by a person")
		ctx, stop := context.WithCancelCause(t.Context())
		var whole []int
		err := inOrder(ctx, 4, 8, numbers(100), func(ctx context.Context, i int) int {
			if i == 20 {
				stop(why)
			}
			if ctx.Err() != nil {
				return -1
			}
			return i
		}, func(i int) error {
			whole = append(whole, i)
			return nil
		})
		if !errors.Is(err, why) {
			t.Errorf("the error is %v", err)
		}
		if !slices.Equal(whole, numbers(len(whole))) || len(whole) > 28 {
			t.Errorf("the sink got %v", whole)
		}
	})
}
