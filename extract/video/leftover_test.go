//go:build linux

package video

import (
	"context"
	"errors"
	"testing"
	"time"
)

// However a decoding ends, its processes end with it, and the workers with
// their pool.
func TestNoProcessIsLeftBehind(t *testing.T) {
	pics := make([][]byte, 200)
	for i := range pics {
		pics[i] = frameJPEG(t, i%10, 320, 240)
	}
	data := movie{pics: pics, w: 320, h: 240, sound: tone(8000, 80000, 0)}.bytes(t)
	plan := Plan{Every: EveryFrame, Longest: 512, MaxFrames: 600}
	stop := errors.New("stop")
	bothEngines(t, func(t *testing.T, e Engine) {
		in := asInput(t, "clip.mov", "mov", data)
		questions := map[string]func(ctx context.Context, yield func() error) error{
			"frames": func(ctx context.Context, yield func() error) error {
				_, err := e.Frames(ctx, in, plan, func(Frame) error { return yield() })
				return err
			},
			"sound": func(ctx context.Context, yield func() error) error {
				_, err := e.Sound(ctx, in, Limits{}, func([]int16) error { return yield() })
				return err
			},
			"times": func(ctx context.Context, yield func() error) error {
				if err := yield(); err != nil {
					return err
				}
				_, err := e.Times(ctx, in, 0, 0)
				return err
			},
		}
		for name, ask := range questions {
			if err := ask(t.Context(), func() error { return nil }); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := ask(t.Context(), func() error { return stop }); !errors.Is(err, stop) {
				t.Errorf("%s, refused: %v", name, err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			if err := ask(ctx, func() error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
				t.Errorf("%s, cancelled: %v", name, err)
			}
			cancel()
		}
		short := plan
		short.Limits.Wall = time.Millisecond
		_, err := e.Frames(t.Context(), in, short, func(Frame) error { return nil })
		if unexamined := new(*UnexaminedError); !errors.As(err, unexamined) {
			t.Errorf("stopped by the clock: %v", err)
		}
		framesOf(t, e, in, Plan{Longest: 64, MaxFrames: 3}) // leaves a worker that waits for more
	})
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		left := children()
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("processes left behind: %v", left)
		}
	}
}
