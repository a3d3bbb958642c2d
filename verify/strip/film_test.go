package strip

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
)

const ms = time.Millisecond

// reel is an engine that has frames at given times and nothing else. It is as
// strict as a real one: a window without frames is an error.
type reel struct {
	times   []time.Duration
	broken  map[time.Duration]bool // frames that do not decode
	given   int                    // frames decoded
	windows int                    // asked for
	video.Engine
}

func (r *reel) in(start, length time.Duration) []time.Duration {
	r.windows++
	return slices.DeleteFunc(slices.Clone(r.times), func(t time.Duration) bool {
		return t < start || length > 0 && t >= start+length
	})
}

func (r *reel) Times(_ context.Context, _ video.Input, start, length time.Duration) ([]time.Duration, error) {
	times := r.in(start, length)
	if len(times) == 0 {
		return nil, &video.UnexaminedError{Reason: "there is none in this part of the video"}
	}
	return times, nil
}

func (r *reel) Frames(_ context.Context, _ video.Input, p video.Plan, yield func(video.Frame) error) (video.Outcome, error) {
	n, last := 0, time.Duration(-1)
	for _, t := range r.in(p.Start, p.Length) {
		if r.broken[t] || last >= 0 && t-last < p.Every-ms || n == p.MaxFrames {
			continue
		}
		n, last, r.given = n+1, t, r.given+1
		if err := yield(video.Frame{At: t, W: 1, H: 1, Pix: []byte{0}}); err != nil {
			return video.Outcome{}, err
		}
	}
	if n == 0 {
		return video.Outcome{}, &video.UnexaminedError{Reason: "there is none in this part of the video"}
	}
	return video.Outcome{Frames: n}, nil
}

// uneven has frames 33 ms apart, then a gap of a minute, then two a second.
func uneven() *reel {
	var r reel
	for i := range 30 {
		r.times = append(r.times, time.Duration(i)*33_366*time.Microsecond)
	}
	for i := range 20 {
		r.times = append(r.times, time.Minute+time.Duration(i)*500*ms)
	}
	return &r
}

func TestTheFrameShownIsTheLastOneBegun(t *testing.T) {
	r := uneven()
	f := Film{Engine: r}
	for _, c := range []struct {
		at, shown, until time.Duration
	}{
		{0, 0, 33_366 * time.Microsecond},
		{33_365 * time.Microsecond, 0, 33_366 * time.Microsecond},
		{33_366 * time.Microsecond, 33_366 * time.Microsecond, 66_732 * time.Microsecond},
		{40 * time.Second, 29 * 33_366 * time.Microsecond, time.Minute}, // in the gap
		{time.Minute + 1200*ms, time.Minute + time.Second, time.Minute + 1500*ms},
		{time.Minute + 9500*ms, time.Minute + 9500*ms, 0}, // the last
		{5 * time.Hour, time.Minute + 9500*ms, 0},         // far behind the end
		{-time.Second, 0, 33_366 * time.Microsecond},
	} {
		got, err := f.At(t.Context(), c.at)
		if want := (Shown{c.shown, c.until, c.until == 0}); err != nil || got != want {
			t.Errorf("at %v: %+v, %v; want %+v", c.at, got, err, want)
		}
	}
	late := Film{Engine: &reel{times: []time.Duration{3 * time.Second, 4 * time.Second}}}
	if got, err := late.At(t.Context(), time.Second); err != nil || got.At != 3*time.Second {
		t.Errorf("before the first frame: %+v, %v; want the first", got, err)
	}
	if _, err := (Film{Engine: &reel{}}).At(t.Context(), time.Second); err == nil {
		t.Error("a video without frames shows one")
	}
}

func TestStepsGoByFramesAndNotByTime(t *testing.T) {
	f := Film{Engine: uneven()}
	for _, c := range []struct {
		from         time.Duration
		steps, taken int
		to           time.Duration
	}{
		{0, 1, 1, 33_366 * time.Microsecond},
		{950 * ms, 2, 2, time.Minute}, // over the gap
		{time.Minute, -1, -1, 29 * 33_366 * time.Microsecond},
		{time.Minute, -31, -30, 0},                                      // to the first, and no further
		{time.Minute + 3*time.Second, 500, 13, 69_500 * ms},             // to the last, and no further
		{time.Minute + 1100*ms, -3, -3, 29 * 33_366 * time.Microsecond}, // counted from the frame shown then
		{700 * ms, 0, 0, 20 * 33_366 * time.Microsecond},
	} {
		to, taken, err := f.Step(t.Context(), c.from, c.steps)
		if err != nil || to.At != c.to || taken != c.taken {
			t.Errorf("%d from %v: %v after %d, %v; want %v after %d", c.steps, c.from, to.At, taken, err, c.to, c.taken)
		}
	}
}

func TestSpreadsAreEvenAndDoNotDrift(t *testing.T) {
	r := &reel{}
	for i := range 1000 {
		r.times = append(r.times, time.Duration(i)*40*ms) // 40 s
	}
	for _, c := range []struct {
		name  string
		s     Spread
		count int
	}{
		{"every 0.37 s", Spread{Every: 370 * ms, Most: 100}, 100},
		{"a window", Spread{Start: 10 * time.Second, Length: 3 * time.Second, Every: time.Second, Most: 9}, 3},
		{"far apart", Spread{Every: 7 * time.Second, Most: 9}, 6},
		{"a far window", Spread{Start: 5 * time.Second, Length: 9 * time.Second, Every: 4 * time.Second, Most: 9}, 3},
	} {
		var got []time.Duration
		film := Film{Engine: r, Input: video.Input{Duration: 40 * time.Second}}
		err := film.Each(t.Context(), c.s, func(f video.Frame) error { got = append(got, f.At); return nil })
		if few := r.given <= 4*c.count+4; !few && c.s.Every < seekBeyond {
			t.Errorf("%s: %d frames were decoded for %d", c.name, r.given, c.count)
		}
		r.given = 0
		if err != nil || len(got) != c.count {
			t.Errorf("%s: %d frames, %v; want %d", c.name, len(got), err, c.count)
			continue
		}
		for i, at := range got {
			if off := at - c.s.Start - time.Duration(i)*c.s.Every; off < 0 || off > c.s.Every/2+40*ms {
				t.Errorf("%s: frame %d at %v, %v off", c.name, i, at, off)
			}
		}
	}
	// Frames with a gap between come once each, and no closer behind it.
	for every, want := range map[time.Duration][]time.Duration{
		10 * time.Second: {0, 60 * time.Second},
		time.Second:      {0, 60 * time.Second, 61 * time.Second, 62 * time.Second, 63 * time.Second, 64 * time.Second, 65 * time.Second},
	} {
		var got []time.Duration
		r := uneven()
		err := (Film{Engine: r, Input: video.Input{Duration: 70 * time.Second}}).Each(t.Context(), Spread{Every: every, Most: 7},
			func(f video.Frame) error { got = append(got, f.At); return nil })
		if err != nil || !slices.Equal(got, want) || r.windows > 3 {
			t.Errorf("over a gap: %v, %v, the engine asked %d times; want %v", got, err, r.windows, want)
		}
	}
}

func TestPicturesAreOfExactlyTheTimesAskedFor(t *testing.T) {
	r := uneven()
	f := Film{Engine: r}
	want := r.times[3:9]
	var got []time.Duration
	if err := f.Pictures(t.Context(), want, 64, func(f video.Frame) error { got = append(got, f.At); return nil }); err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	if r.given > len(want)+1 {
		t.Errorf("%d frames were decoded for %d", r.given, len(want))
	}
	r.broken = map[time.Duration]bool{want[2]: true}
	if err := f.Pictures(t.Context(), want, 64, func(video.Frame) error { return nil }); err == nil {
		t.Error("a frame is missing and nothing is said")
	}
	if _, err := f.Picture(t.Context(), want[1], 64); err != nil {
		t.Errorf("beside a broken frame: %v", err)
	}
	own := errors.New("disk full")
	if err := f.Pictures(t.Context(), want[:1], 64, func(video.Frame) error { return own }); !errors.Is(err, own) {
		t.Errorf("%v, want the caller's own error", err)
	}
}

func TestLengthIsThatOfTheFramesAndNotTheClaim(t *testing.T) {
	for claimed, want := range map[time.Duration]time.Duration{
		0: 69_500 * ms, 70 * time.Second: 69_500 * ms, 20 * time.Hour: 69_500 * ms, 300 * time.Hour: 69_500 * ms, time.Second: 69_500 * ms,
	} {
		got, err := Film{Engine: uneven(), Input: video.Input{Duration: claimed}}.Length(t.Context())
		if err != nil || got != want {
			t.Errorf("claimed %v: %v, %v; want %v", claimed, got, err, want)
		}
	}
}

func TestClock(t *testing.T) {
	for _, c := range []struct {
		at       time.Duration
		decimals int
		want     string
	}{
		{0, 0, "0:00"}, {59_999 * ms, 0, "0:59"}, {61_999 * ms, 1, "1:01.9"}, {3_723_280_933 * time.Microsecond, 6, "1:02:03.280933"},
		{-time.Second, 3, "0:00.000"}, {1<<63 - 1, 0, "1000:00:00"}, {1500 * ms, 99, "0:01.500000"},
	} {
		if got := Clock(c.at, c.decimals); got != c.want {
			t.Errorf("%v to %d: %q, want %q", c.at, c.decimals, got, c.want)
		}
	}
}
