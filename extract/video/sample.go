package video

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// The sampling policy. Key frames are cheap and usually enough; a clip in
// which they are far apart is decoded in full, at one frame a second, when it
// is short enough for the engine.
const (
	frameSide   = 512 // longest side of a frame
	spacing     = time.Second
	closest     = 250 * time.Millisecond
	enough      = 8                // frames of a short clip, if it has them
	spread      = maxFrames - 10   // over a whole video, so that reaching maxFrames tells of more
	fewKeys     = 6                // fewer key frames than this say little
	sparse      = 2 * time.Second  // median gap between key frames
	blindSpot   = 10 * time.Second // a single gap
	believable  = 24 * time.Hour   // longer durations are taken for a lie
	idle        = 60 * time.Second
	keysBase    = 30 * time.Second // wall time of the key frame pass ...
	keysFactor  = 2                // ... and for each second of video
	denseFactor = 10
	hardCap     = 15 * time.Minute
)

// Sample looks at a video by the policy of this package and returns its frames
// in time order. An [UnexaminedError] says that there are none. What was not
// looked at is said in the outcome.
func Sample(ctx context.Context, e Engine, f Input) ([]Frame, Outcome, error) {
	return SampleEach(ctx, e, f, func(frame Frame) (Frame, error) { return frame, nil })
}

// SampleEach is [Sample] for callers that need only something made from each
// frame: reduce is called for each frame as it comes, and the frame may go. It
// may be called for frames that are not part of the result.
func SampleEach[T any](ctx context.Context, e Engine, f Input, reduce func(Frame) (T, error)) ([]T, Outcome, error) {
	length := f.Duration
	if length < 0 || length > believable {
		length = 0
	}
	keys := look(ctx, e, f, keyPlan(length), reduce)
	if err := keys.fatal(ctx); err != nil {
		return nil, Outcome{}, err
	}
	length = max(length, keys.last())
	if keys.hopeless() {
		return keys.conclude(length)
	}
	if !keys.tooFew(length) || (len(keys.at) >= fewKeys && length > e.DenseUpTo()) {
		return keys.conclude(length)
	}
	dense := look(ctx, e, f, densePlan(length, e.DenseUpTo()), reduce)
	if err := dense.fatal(ctx); err != nil {
		return nil, Outcome{}, err
	}
	return dense.completedBy(keys).conclude(max(length, dense.last()))
}

func keyPlan(length time.Duration) Plan {
	return Plan{
		Apart: apart(length), Longest: frameSide, MaxFrames: maxFrames,
		Limits: Limits{Wall: min(keysBase+keysFactor*length, hardCap), Idle: idle},
	}
}

// densePlan asks for a frame a second, and more often of clips so short that
// too few would come to compare by. A length beyond what the engine decodes in
// full does not thin out the frames: it may be a lie.
func densePlan(length, upTo time.Duration) Plan {
	p := Plan{Every: apart(min(length, upTo)), Longest: frameSide, MaxFrames: maxFrames}
	if length > 0 && length < enough*spacing {
		p.Every = max(closest, length/enough)
	}
	if length == 0 || length > upTo {
		length = upTo
	}
	p.Limits = Limits{Wall: min(keysBase+denseFactor*length, hardCap), Idle: idle}
	return p
}

// apart spreads the frames that may be taken over the whole length.
func apart(length time.Duration) time.Duration {
	return max(spacing, (length / spread).Round(time.Millisecond))
}

// pass is what one pass over a video gave.
type pass[T any] struct {
	plan    Plan
	at      []time.Duration
	made    []T
	outcome Outcome
	err     error // of the engine
	refused error // of reduce
}

func look[T any](ctx context.Context, e Engine, f Input, plan Plan, reduce func(Frame) (T, error)) *pass[T] {
	p := &pass[T]{plan: plan}
	p.outcome, p.err = e.Frames(ctx, f, plan, func(frame Frame) error {
		v, err := reduce(frame)
		if err != nil {
			p.refused = err
			return err
		}
		p.at, p.made = append(p.at, frame.At), append(p.made, v)
		return nil
	})
	return p
}

// fatal is the error that ends the sampling: the caller's own, or one that has
// nothing to do with the file.
func (p *pass[T]) fatal(ctx context.Context) error {
	var unexamined *UnexaminedError
	switch {
	case p.refused != nil:
		return p.refused
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case p.err != nil && !errors.As(p.err, &unexamined):
		return p.err
	}
	return nil
}

// hopeless says that the engine crashed or was stopped before it gave a frame:
// another pass would only take as long again.
func (p *pass[T]) hopeless() bool {
	var unexamined *UnexaminedError
	return len(p.at) == 0 && errors.As(p.err, &unexamined) && unexamined.Err != nil
}

func (p *pass[T]) last() time.Duration {
	if len(p.at) == 0 {
		return 0
	}
	return p.at[len(p.at)-1]
}

// tooFew says that key frames leave too much of the video unseen.
func (p *pass[T]) tooFew(length time.Duration) bool {
	if len(p.at) < fewKeys {
		return true
	}
	gaps := p.gaps()
	slices.Sort(gaps)
	largest := max(gaps[len(gaps)-1], length-p.last())
	tolerated := max(blindSpot, 2*p.plan.Apart)
	return gaps[len(gaps)/2] > max(sparse, p.plan.Apart*3/2) || largest > tolerated
}

func (p *pass[T]) gaps() []time.Duration {
	gaps := make([]time.Duration, 0, len(p.at))
	for i := 1; i < len(p.at); i++ {
		gaps = append(gaps, p.at[i]-p.at[i-1])
	}
	return gaps
}

// completedBy adds the key frames of the part that a dense pass did not reach,
// or all of them when it gave fewer.
func (p *pass[T]) completedBy(keys *pass[T]) *pass[T] {
	if len(p.at) == 0 {
		if p.err != nil && len(keys.at) > 0 && keys.err == nil {
			keys.err = p.err
		}
		return keys
	}
	for i, at := range keys.at {
		if at > p.last() && len(p.at) < 2*maxFrames {
			p.at, p.made = append(p.at, at), append(p.made, keys.made[i])
		}
	}
	return p
}

// conclude says how much of the video was seen.
func (p *pass[T]) conclude(length time.Duration) ([]T, Outcome, error) {
	if len(p.at) == 0 {
		if p.err == nil {
			p.err = &UnexaminedError{Reason: "no picture could be decoded"}
		}
		return nil, Outcome{}, p.err
	}
	out := Outcome{Frames: len(p.at), Coarse: p.outcome.Coarse, Note: p.outcome.Note}
	largest := time.Duration(0)
	for _, gap := range p.gaps() {
		largest = max(largest, gap)
	}
	wanted := max(p.plan.Every, p.plan.Apart)
	switch {
	case p.err != nil:
		out.Coarse, out.Note = true, fmt.Sprintf("not all was looked at: %v", p.err)
	case p.outcome.Coarse:
	case length-p.last() > max(blindSpot, 2*wanted, largest):
		out.Coarse, out.Note = true, fmt.Sprintf("only the first %s of %s were looked at", clock(p.last()), clock(length))
	case len(p.at) >= maxFrames && p.at[maxFrames-1] == p.last():
		out.Coarse, out.Note = true, fmt.Sprintf("only the first %s were looked at", clock(p.last()))
	case p.plan.Every == 0 && largest > max(2*sparse, wanted*3/2):
		out.Coarse, out.Note = true, fmt.Sprintf("key frames only, up to %s apart", clock(largest))
	case wanted > sparse:
		out.Coarse, out.Note = true, fmt.Sprintf("one frame every %s", clock(wanted))
	}
	return p.made, out, nil
}

// clock writes a duration to a second, or to a tenth under ten of them.
func clock(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
