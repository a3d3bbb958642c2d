package strip

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
)

// Film is an opened video and the engine that decodes it: one is looked at
// frame by frame with it. Every time is the presentation time of a frame that
// is there, so that steps are right where the frame rate changes.
type Film struct {
	Engine video.Engine
	Input  video.Input
}

// Shown is a frame with the time from which it is shown, and until when: until
// the next frame. Last says that there is no next one; then Until is not known.
type Shown struct {
	At, Until time.Duration
	Last      bool
}

// ErrNoFrames is the answer where a video has no frame to be shown.
var ErrNoFrames = errors.New("no frame of the video can be shown")

// Where frames are looked for: in a window about the time asked for, which is
// widened where the frames are far apart.
const (
	firstWindow = 2 * time.Second
	widen       = 8
	widest      = 24 * time.Hour
	mostSteps   = 10_000
)

// At finds the frame that is shown at a time. Before the first frame that is
// the first, after the end the last one.
func (f Film) At(ctx context.Context, at time.Duration) (Shown, error) {
	at = max(at, 0)
	before, err := f.before(ctx, at+time.Microsecond, 1)
	if err != nil {
		return Shown{}, err
	}
	if len(before) == 0 {
		if before, err = f.after(ctx, at, 1); err != nil {
			return Shown{}, err
		}
	}
	if len(before) == 0 {
		if _, err := f.Times(ctx, 0, 0); err != nil { // it says why
			return Shown{}, err
		}
		return Shown{}, ErrNoFrames
	}
	return f.until(ctx, before[len(before)-1])
}

// Step goes so many frames on from the frame that is shown at a time, or back
// where steps is below 0. Where there are fewer it stops at the first or last
// and says how many steps it took.
func (f Film) Step(ctx context.Context, at time.Duration, steps int) (to Shown, taken int, err error) {
	from, err := f.At(ctx, at)
	if err != nil || steps == 0 {
		return from, 0, err
	}
	var times []time.Duration
	if steps > 0 {
		times, err = f.after(ctx, from.At+time.Microsecond, min(steps, mostSteps))
	} else {
		times, err = f.before(ctx, from.At, min(-steps, mostSteps))
	}
	if err != nil || len(times) == 0 {
		return from, 0, err
	}
	if steps > 0 {
		to, err = f.until(ctx, times[len(times)-1])
		return to, len(times), err
	}
	to, err = f.until(ctx, times[0])
	return to, -len(times), err
}

// until adds when the next frame comes.
func (f Film) until(ctx context.Context, at time.Duration) (Shown, error) {
	next, err := f.after(ctx, at+time.Microsecond, 1)
	if err != nil {
		return Shown{}, err
	}
	if len(next) == 0 {
		return Shown{At: at, Last: true}, nil
	}
	return Shown{At: at, Until: next[0]}, nil
}

// after gives the times of the first n frames from a time on.
func (f Film) after(ctx context.Context, from time.Duration, n int) ([]time.Duration, error) {
	for window := f.guess(n); ; window *= widen {
		length := window
		if window >= widest {
			length = 0 // to the end
		}
		times, err := f.Times(ctx, from, length)
		if err != nil {
			return nil, err
		}
		if len(times) >= n || length == 0 {
			return times[:min(n, len(times))], nil
		}
	}
}

// before gives the times of the last n frames ahead of a time, in order.
func (f Film) before(ctx context.Context, end time.Duration, n int) ([]time.Duration, error) {
	if end <= 0 {
		return nil, nil
	}
	for window := f.guess(n); ; window *= widen {
		start := max(end-window, 0)
		times, err := f.Times(ctx, start, end-start)
		if err != nil {
			return nil, err
		}
		if len(times) >= n || start == 0 {
			return times[max(0, len(times)-n):], nil
		}
	}
}

// guess is a window that usually holds n frames.
func (f Film) guess(n int) time.Duration {
	const slow = 20 // frames a second
	return firstWindow + time.Duration(n)*time.Second/slow
}

// Times are the presentation times of the frames from start on, up to and
// without start+length; length 0 is to the end.
func (f Film) Times(ctx context.Context, start, length time.Duration) ([]time.Duration, error) {
	if length < 0 || start < 0 {
		return nil, nil
	}
	from, long := max(start-slack, 0), length
	if length > 0 {
		long = start + length + slack - from
	}
	times, err := f.Engine.Times(ctx, f.Input, from, long)
	if empty := start > 0 || length > 0; err != nil && !(empty && exhausted(err)) {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(times), func(t time.Duration) bool {
		return t < start || length > 0 && t >= start+length
	}), nil
}

// slack is added to both ends of a window: an engine may round its borders.
const slack = time.Millisecond

// Spread asks for frames at even distances.
type Spread struct {
	Start, Length time.Duration // of the part of the video; length 0: to the end
	Every         time.Duration // between two frames
	Most          int           // frames
	Side          int           // longest side of each, in pixels
}

// seekBeyond is the distance between frames from which finding each costs less
// than decoding all that lies between.
const seekBeyond = 3 * time.Second

// mostDecoded is how many frames an engine gives in one pass.
const mostDecoded = 600

// Each gives the frames of a spread, with the exact time of each, in order:
// of each distance the first frame that comes at or after it.
func (f Film) Each(ctx context.Context, s Spread, yield func(video.Frame) error) error {
	s.Every = max(s.Every, video.EveryFrame)
	if s.Every > seekBeyond {
		return f.seekEach(ctx, s, yield)
	}
	// The engine counts a distance from the last frame that it gave, so that
	// what a frame comes too late would add up: it is asked for several times as
	// many, as far as it gives them.
	finer := min(max(mostDecoded/max(s.Most, 1), 1), 4)
	plan := video.Plan{
		Every: max(s.Every/time.Duration(finer), video.EveryFrame), Longest: s.Side, MaxFrames: mostDecoded, Colour: true,
		Start: s.Start, Length: s.Length,
	}
	if s.Length > 0 {
		plan.Length += slack
	}
	wanted, given := s.Start, 0
	_, err := f.Engine.Frames(ctx, f.Input, f.timed(plan), func(frame video.Frame) error {
		switch {
		case s.Length > 0 && frame.At >= s.Start+s.Length:
			return errEnough
		case frame.At < wanted:
			return nil
		}
		for wanted <= frame.At {
			wanted += s.Every
		}
		if err := yield(frame); err != nil {
			return err
		}
		if given++; given == s.Most {
			return errEnough
		}
		return nil
	})
	return unlessEnough(err)
}

// errEnough ends a decoding that has given what was wanted.
var errEnough = errors.New("enough frames")

func unlessEnough(err error) error {
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// seekEach looks for each frame apart.
func (f Film) seekEach(ctx context.Context, s Spread, yield func(video.Frame) error) error {
	plan := video.Plan{Every: video.EveryFrame, Longest: s.Side, MaxFrames: 1, Colour: true}
	last := time.Duration(-1)
	for i := range s.Most {
		plan.Start = s.Start + time.Duration(i)*s.Every
		if s.Length > 0 {
			if plan.Length = s.Start + s.Length - plan.Start; plan.Length <= 0 {
				return nil
			}
		}
		if plan.Start <= last {
			continue // in a gap between two frames
		}
		found := false
		_, err := f.Engine.Frames(ctx, f.Input, f.timed(plan), func(frame video.Frame) error {
			if found || frame.At <= last {
				return nil
			}
			found, last = true, frame.At
			return yield(frame)
		})
		if err != nil && (last < 0 || !exhausted(err)) {
			return err
		}
		if !found && plan.Start >= f.Input.Duration {
			return nil
		}
	}
	return nil
}

// Length is how long the video plays, judged by its last frame: containers
// claim what they like.
func (f Film) Length(ctx context.Context) (time.Duration, error) {
	const tail = 20 * time.Second
	if d := f.Input.Duration; d > tail && d < widest {
		times, err := f.Times(ctx, d-tail, 0)
		if err != nil || len(times) > 0 {
			return lastOf(times), err
		}
	}
	times, err := f.Times(ctx, 0, 0)
	if err == nil && len(times) == 0 {
		err = ErrNoFrames
	}
	return lastOf(times), err
}

func lastOf(times []time.Duration) time.Duration {
	if len(times) == 0 {
		return 0
	}
	return times[len(times)-1]
}

// exhausted says that a part of a video gave no frame, as behind its end, and
// not that the engine was stopped or crashed.
func exhausted(err error) bool {
	var not *video.UnexaminedError
	return errors.As(err, &not) && not.Err == nil
}

// Picture decodes the frame of exactly this time.
func (f Film) Picture(ctx context.Context, at time.Duration, side int) (video.Frame, error) {
	var found *video.Frame
	err := f.Pictures(ctx, []time.Duration{at}, side, func(frame video.Frame) error {
		found = &frame
		return nil
	})
	if err != nil {
		return video.Frame{}, err
	}
	return *found, nil
}

// Pictures decodes the frames of exactly these times, which are in order and
// close together, and gives them in order. One that does not come is an error.
func (f Film) Pictures(ctx context.Context, times []time.Duration, side int, yield func(video.Frame) error) error {
	if len(times) == 0 {
		return nil
	}
	start := max(times[0]-slack, 0)
	plan := video.Plan{
		Every: video.EveryFrame, Longest: side, MaxFrames: len(times) + 16, Colour: true,
		Start: start, Length: times[len(times)-1] + slack - start,
	}
	left := times
	_, err := f.Engine.Frames(ctx, f.Input, f.timed(plan), func(frame video.Frame) error {
		if frame.At != left[0] {
			return nil
		}
		if err := yield(frame); err != nil {
			return err
		}
		if left = left[1:]; len(left) == 0 {
			return errEnough
		}
		return nil
	})
	switch err = unlessEnough(err); {
	case err != nil:
		return err
	case len(left) > 0:
		return fmt.Errorf("the frame at %s could not be decoded", Clock(left[0], 6))
	}
	return nil
}

// timed gives a plan the time that its part of the video may take.
func (f Film) timed(p video.Plan) video.Plan {
	const (
		base   = 90 * time.Second // somebody waits for it, and can stop it
		factor = 20               // of the time that the part plays
		most   = 15 * time.Minute
	)
	part := p.Length
	if part == 0 {
		part = max(f.Input.Duration-p.Start, 0)
	}
	p.Limits = video.Limits{Wall: min(base+factor*min(part, time.Hour), most).Round(time.Second), Idle: time.Minute}
	return p
}

// SoundLimits is the time that decoding all of the sound may take.
func (f Film) SoundLimits() video.Limits { return f.timed(video.Plan{}).Limits }
