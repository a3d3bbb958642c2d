package video

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// scripted is an engine that knows where a video's key frames are, how long it
// is, and when its decoder stumbles.
type scripted struct {
	keys     []float64 // seconds
	length   float64
	failAt   float64 // seconds into a full decoding; 0 never
	failKeys error
	plans    *[]Plan
}

func (s scripted) Name() string             { return "scripted" }
func (s scripted) DenseUpTo() time.Duration { return 2 * time.Minute }

func (s scripted) Frames(_ context.Context, _ Input, p Plan, yield func(Frame) error) (Outcome, error) {
	*s.plans = append(*s.plans, p)
	at := s.keys
	if p.Every > 0 {
		at = nil
		for t := 0.0; t < s.length; t += p.Every.Seconds() {
			at = append(at, t)
		}
	} else if s.failKeys != nil {
		return Outcome{}, s.failKeys
	}
	n, next := 0, -1.0
	for _, t := range at {
		if p.Every > 0 && s.failAt > 0 && t >= s.failAt {
			return Outcome{Frames: n}, &UnexaminedError{Reason: "decoding was stopped", Err: context.DeadlineExceeded}
		}
		if t < next || n >= p.MaxFrames {
			continue
		}
		next = t + p.Apart.Seconds()
		n++
		if err := yield(Frame{At: time.Duration(t * float64(time.Second)), W: 1, H: 1, Pix: []byte{0}}); err != nil {
			return Outcome{Frames: n}, err
		}
	}
	if n == 0 {
		return Outcome{}, &UnexaminedError{Reason: "no picture"}
	}
	return Outcome{Frames: n}, nil
}

func every(gap, length float64) (at []float64) {
	for t := 0.0; t < length; t += gap {
		at = append(at, t)
	}
	return at
}

func TestSamplingPolicy(t *testing.T) {
	tests := []struct {
		name    string
		engine  scripted
		claimed float64 // seconds
		passes  int
		frames  int
		note    string // "" when everything was looked at
	}{
		{"key frames close together", scripted{keys: every(1.5, 60), length: 60}, 60, 1, 40, ""},
		{"every frame a key frame", scripted{keys: every(0.04, 30), length: 30}, 30, 1, 30, ""},
		{"key frames far apart in a short clip", scripted{keys: every(5, 60), length: 60}, 60, 2, 60, ""},
		{"a blind spot", scripted{keys: append(every(1, 20), every(1, 20)[0]+50), length: 60}, 60, 2, 60, ""},
		{"few key frames", scripted{keys: []float64{0, 1}, length: 3}, 3, 2, 8, ""},
		{"shorter than a second", scripted{keys: []float64{0}, length: 0.4}, 0.4, 2, 2, ""},
		{"no key frame", scripted{length: 30}, 30, 2, 30, ""},
		{"far apart in a long video", scripted{keys: every(12, 600), length: 600}, 600, 1, 50, "key frames only, up to 12s apart"},
		{"hours", scripted{keys: every(1, 7200), length: 7200}, 7200, 1, 554, "one frame every 12s"},
		{"longer than it claims", scripted{keys: every(1, 5000), length: 5000}, 30, 1, 600, "only the first 9m59s were looked at"},
		{"a claimed duration that is a lie", scripted{keys: every(1, 20), length: 20}, 143165, 1, 20, ""},
		{"a lie that is believed, few frames", scripted{keys: every(1, 20), length: 20}, 7200, 2, 20, "only the first 19s of 2h0m0s were looked at"},
		{"stopped half way", scripted{keys: every(5, 60), length: 60, failAt: 30}, 60, 2, 30 + 6, "not all was looked at: decoding was stopped"},
		{"crash at once", scripted{length: 60, failKeys: &UnexaminedError{Reason: "crash", Err: errors.New("x")}}, 60, 1, 0, ""},
		{"key frames fail, the rest does not", scripted{length: 60, failKeys: &UnexaminedError{Reason: "no key"}}, 60, 2, 60, ""},
		{"nothing at all", scripted{}, 0, 2, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var plans []Plan
			tt.engine.plans = &plans
			in := Input{Format: "mov", Duration: time.Duration(tt.claimed * float64(time.Second))}
			frames, out, err := Sample(t.Context(), tt.engine, in)
			if len(plans) != tt.passes {
				t.Errorf("%d passes, want %d", len(plans), tt.passes)
			}
			if len(frames) != tt.frames || out.Frames != tt.frames {
				t.Errorf("%d frames (%d said), want %d", len(frames), out.Frames, tt.frames)
			}
			if out.Coarse != (tt.note != "") || !strings.HasPrefix(out.Note, tt.note) || (tt.note == "" && out.Note != "") {
				t.Errorf("coarse %v, note %q; want %q", out.Coarse, out.Note, tt.note)
			}
			var unexamined *UnexaminedError
			if (tt.frames == 0) != errors.As(err, &unexamined) {
				t.Errorf("error %v with %d frames", err, len(frames))
			}
			for i := 1; i < len(frames); i++ {
				if frames[i].At <= frames[i-1].At {
					t.Fatalf("frame %d at %v after %v", i, frames[i].At, frames[i-1].At)
				}
			}
		})
	}
}

func TestReduceErrorEndsSampling(t *testing.T) {
	full := errors.New("disk full")
	var plans []Plan
	e := scripted{keys: every(1, 10), length: 10, plans: &plans}
	_, _, err := SampleEach(t.Context(), e, Input{Format: "mov"}, func(Frame) (int, error) { return 0, full })
	if !errors.Is(err, full) || len(plans) != 1 {
		t.Errorf("%v after %d passes", err, len(plans))
	}
}
