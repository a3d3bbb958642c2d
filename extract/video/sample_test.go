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

func (s scripted) Sound(context.Context, Input, Limits, func([]int16) error) (Outcome, error) {
	return Outcome{}, &UnexaminedError{Reason: "the file has no sound track"}
}

func (s scripted) Times(context.Context, Input, time.Duration, time.Duration) ([]time.Duration, error) {
	return nil, nil
}

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

// itself reduces a frame to all that it is.
func itself(f Frame) (Frame, error) { return f, nil }

func every(gap, length float64) (at []float64) {
	for t := 0.0; t < length; t += gap {
		at = append(at, t)
	}
	return at
}

func TestSamplingPolicy(t *testing.T) {
	tests := []struct {
		name     string
		engine   scripted
		claimed  float64 // seconds
		thorough bool
		passes   int
		frames   int
		dense    bool
		note     string // "" when everything was looked at
	}{
		{"key frames close together", scripted{keys: every(1.5, 60), length: 60}, 60, false, 1, 40, false, ""},
		{"every frame a key frame", scripted{keys: every(0.04, 30), length: 30}, 30, false, 1, 30, false, ""},
		{"key frames far apart in a short clip", scripted{keys: every(5, 60), length: 60}, 60, false, 2, 480, true, ""},
		{"a blind spot", scripted{keys: append(every(1, 20), every(1, 20)[0]+50), length: 60}, 60, false, 2, 480, true, ""},
		{"few key frames", scripted{keys: []float64{0, 1}, length: 3}, 3, false, 2, 48, true, ""},
		{"shorter than a second", scripted{keys: []float64{0}, length: 0.4}, 0.4, false, 2, 7, true, ""},
		{"no key frame", scripted{length: 30}, 30, false, 2, 240, true, ""},
		{"far apart in a long video", scripted{keys: every(12, 600), length: 600}, 600, false, 1, 50, false, "key frames only, up to 12s apart"},
		{"hours", scripted{keys: every(1, 7200), length: 7200}, 7200, false, 1, 554, false, "one frame every 12s"},
		{"longer than it claims", scripted{keys: every(1, 5000), length: 5000}, 30, false, 1, 600, false, "only the first 9m59s were looked at"},
		{"a claimed duration that is a lie", scripted{keys: every(1, 20), length: 20}, 143165, false, 1, 20, false, ""},
		{"a lie that is believed, few frames", scripted{keys: every(1, 20), length: 20}, 7200, false, 2, 80, true, "only the first 20s of 2h0m0s were looked at"},
		{"stopped half way", scripted{keys: every(5, 60), length: 60, failAt: 30}, 60, false, 2, 240 + 6, true, "not all was looked at: decoding was stopped"},
		{"crash at once", scripted{length: 60, failKeys: &UnexaminedError{Reason: "crash", Err: errors.New("x")}}, 60, false, 1, 0, false, ""},
		{"key frames fail, the rest does not", scripted{length: 60, failKeys: &UnexaminedError{Reason: "no key"}}, 60, false, 2, 480, true, ""},
		{"nothing at all", scripted{}, 0, false, 2, 0, false, ""},

		{"thorough", scripted{keys: every(1, 60), length: 60}, 60, true, 1, 480, true, ""},
		{"thorough, short", scripted{keys: every(1, 12), length: 12}, 12, true, 1, 96, true, ""},
		{"thorough, long", scripted{keys: every(2, 3600), length: 3600}, 3600, true, 1, 2391, true, ""},
		{"thorough, stopped half way", scripted{keys: every(5, 60), length: 60, failAt: 30}, 60, true, 2, 240 + 6, true, "not all was looked at: decoding was stopped"},
		{"thorough, of no known length", scripted{keys: every(1, 60), length: 60}, 0, true, 1, 240, true, ""},
		{"thorough, a lie that is believed", scripted{keys: every(1, 20), length: 20}, 7200, true, 2, 160, true, "only the first 20s of 2h0m0s were looked at"},
		{"thorough, longer than it claims", scripted{keys: every(10, 1000), length: 1000}, 10, true, 2, 2400 + 70, true, "key frames only after 5m0s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var plans []Plan
			tt.engine.plans = &plans
			in := Input{Format: "mov", Duration: time.Duration(tt.claimed * float64(time.Second))}
			frames, out, err := SampleEach(t.Context(), tt.engine, in, tt.thorough, itself)
			if len(plans) != tt.passes {
				t.Errorf("%d passes, want %d", len(plans), tt.passes)
			}
			if partial := strings.Contains(tt.note, "only the first") || strings.Contains(tt.note, "not all"); out.Partial != partial {
				t.Errorf("partial %v", out.Partial)
			}
			if out.Dense != tt.dense {
				t.Errorf("dense %v", out.Dense)
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
	_, _, err := SampleEach(t.Context(), e, Input{Format: "mov"}, false, func(Frame) (int, error) { return 0, full })
	if !errors.Is(err, full) || len(plans) != 1 {
		t.Errorf("%v after %d passes", err, len(plans))
	}
}
