package video

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
)

// TestMain is also the worker of the embedded engine.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "worker" {
		ops := map[string]sandbox.Handler{Op: EmbeddedHandler(os.Args[2])}
		if err := sandbox.Serve(os.Stdin, os.Stdout, ops, sandbox.Limits{Folders: os.Args[2:]}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// bothEngines runs a test with each engine that this machine can offer.
func bothEngines(t *testing.T, test func(t *testing.T, e Engine)) {
	t.Run("native", func(t *testing.T) {
		e, err := NewNative(t.Context())
		if err != nil {
			t.Skipf("no native engine: %v", err)
		}
		test(t, e)
	})
	t.Run("embedded", func(t *testing.T) {
		test(t, newTestEmbedded(t))
	})
}

func TestFrames(t *testing.T) {
	clip := motionJPEG(t, 10, 96, 64)
	tests := []struct {
		name string
		plan Plan
		want []int // frames of the clip, two a second
		w, h int
	}{
		{"one a second", Plan{Every: time.Second, Longest: 512, MaxFrames: 100}, []int{0, 2, 4, 6, 8}, 96, 64},
		{"key frames", Plan{Longest: 512, MaxFrames: 100}, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 96, 64},
		{"key frames apart", Plan{Apart: 2 * time.Second, Longest: 512, MaxFrames: 100}, []int{0, 4, 8}, 96, 64},
		{"no more than", Plan{Longest: 512, MaxFrames: 3}, []int{0, 1, 2}, 96, 64},
		{"smaller", Plan{Every: 2 * time.Second, Longest: 48, MaxFrames: 100}, []int{0, 4, 8}, 48, 32},
	}
	bothEngines(t, func(t *testing.T, e Engine) {
		for _, tt := range tests {
			in := asInput(t, "clip.avi", "avi", clip)
			var got []Frame
			out, err := e.Frames(t.Context(), in, tt.plan, func(f Frame) error { got = append(got, f); return nil })
			if err != nil || out.Frames != len(tt.want) || len(got) != len(tt.want) {
				t.Errorf("%s: %d frames, %+v, %v; want %d", tt.name, len(got), out, err, len(tt.want))
				continue
			}
			for i, n := range tt.want {
				checkFrame(t, tt.name, got[i], n, tt.w, tt.h)
			}
		}
	})
}

func checkFrame(t *testing.T, name string, f Frame, n, w, h int) {
	t.Helper()
	if want := time.Duration(n) * 500 * time.Millisecond; f.At != want {
		t.Errorf("%s: frame %d at %v, want %v", name, n, f.At, want)
	}
	if f.W != w || f.H != h || len(f.Pix) != w*h {
		t.Errorf("%s: frame %d is %dx%d with %d bytes, want %dx%d", name, n, f.W, f.H, len(f.Pix), w, h)
		return
	}
	left, right := int(f.Pix[h/2*w+w/4]), int(f.Pix[h/2*w+w*3/4])
	if d := left - int(shade(n)); d < -6 || d > 6 {
		t.Errorf("%s: frame %d has the shade %d, want %d", name, n, left, shade(n))
	}
	if d := left + right - 255; d < -12 || d > 12 {
		t.Errorf("%s: frame %d has the shades %d and %d, want inverses", name, n, left, right)
	}
}

func TestCallerEndsDecoding(t *testing.T) {
	clip := motionJPEG(t, 200, 96, 64)
	plan := Plan{Longest: 512, MaxFrames: 600}
	enough := errors.New("enough")
	bothEngines(t, func(t *testing.T, e Engine) {
		seen := 0
		_, err := e.Frames(t.Context(), asInput(t, "clip.avi", "avi", clip), plan, func(Frame) error {
			if seen++; seen == 3 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || seen != 3 {
			t.Errorf("an error of yield: %v after %d frames", err, seen)
		}
		ctx, cancel := context.WithCancel(t.Context())
		_, err = e.Frames(ctx, asInput(t, "clip.avi", "avi", clip), plan, func(Frame) error { cancel(); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

// Decoding on several cores may use up the same time as CPU time first.
func TestTimeLimit(t *testing.T) {
	clip := motionJPEG(t, 200, 640, 480)
	plan := Plan{Longest: 512, MaxFrames: 600, Limits: Limits{Wall: 30 * time.Millisecond}}
	bothEngines(t, func(t *testing.T, e Engine) {
		if em, ok := e.(*Embedded); ok {
			if err := em.Prepare(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		slow := func(Frame) error { time.Sleep(5 * time.Millisecond); return nil }
		_, err := e.Frames(t.Context(), asInput(t, "clip.avi", "avi", clip), plan, slow)
		var unexamined *UnexaminedError
		if !errors.As(err, &unexamined) || !strings.Contains(err.Error(), "limit of 30ms of ") {
			t.Errorf("got %v", err)
		}
	})
}

func TestSelect(t *testing.T) {
	off, _, err := Select(t.Context(), Off, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = SampleEach(t.Context(), off, Input{Format: "mov"}, false, itself)
	var unexamined *UnexaminedError
	if !errors.As(err, &unexamined) || unexamined.Reason != "video decoding is switched off" {
		t.Errorf("off: %v", err)
	}
	if _, _, err := Select(t.Context(), "fast", nil); err == nil {
		t.Error("an unknown mode was accepted")
	}
	t.Setenv("PATH", t.TempDir())
	if e, note, err := Select(t.Context(), Auto, nil); err != nil || note == "" || !strings.HasPrefix(e.Name(), "embedded ") {
		t.Errorf("auto without a native ffmpeg: %v, %q, %v", e, note, err)
	}
	if _, _, err := Select(t.Context(), ModeNative, nil); err == nil {
		t.Error("native without a native ffmpeg was accepted")
	}
}

// Hostile files are left alone rather than given to a native ffmpeg.
func TestSelectForHostileFiles(t *testing.T) {
	pool, err := sandbox.NewPool(sandbox.Options{Command: []string{"worker", t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	e, note, err := Select(t.Context(), ModeHostile, pool)
	if err != nil || !strings.HasPrefix(e.Name(), "embedded ") || !strings.HasPrefix(note, "no native ffmpeg is used, and its worker is ") {
		t.Errorf("%v, %q, %v", e, note, err)
	}
	broken, err := sandbox.NewPool(sandbox.Options{Program: filepath.Join(t.TempDir(), "none")})
	if err != nil {
		t.Fatal(err)
	}
	defer broken.Close()
	if e, _, err := Select(t.Context(), ModeHostile, broken); err == nil || e != nil {
		t.Errorf("without a worker: %v, %v", e, err)
	}
}
