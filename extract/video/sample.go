package video

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// The sampling policy. Key frames are cheap and usually enough to find a video
// again; a clip in which they are few or far apart is decoded in full, when it
// is short enough for the engine, and so is one of which more must be known.
const (
	frameSide    = 512 // longest side of a frame
	keySpacing   = time.Second
	maxKeys      = 600
	denseSpacing = 250 * time.Millisecond
	shortSpacing = 125 * time.Millisecond // in a short clip: what moves fast is another thing a quarter of a second later
	short        = time.Minute
	briefSpacing = 62500 * time.Microsecond // in one of a few movements
	brief        = 5 * time.Second
	spare        = 10               // frames are spread so that reaching the most tells of more
	fewKeys      = 6                // fewer key frames than this say little
	sparse       = 2 * time.Second  // median gap between key frames
	blindSpot    = 10 * time.Second // a single gap
	believable   = 24 * time.Hour   // longer durations are taken for a lie
	idle         = 60 * time.Second
	keysBase     = 30 * time.Second // wall time of the key frame pass ...
	keysFactor   = 2                // ... and for each second of video
	denseFactor  = 10
	hardCap      = 15 * time.Minute
)

// SampleEach looks at a video by the policy of this package. It calls reduce
// for each frame as it comes, which may then go, and returns what that made, in
// order of time. Reduce may be called for frames that are not part of the
// result. An [UnexaminedError] says that there is none; what was not looked at
// is said in the outcome. Thorough asks for a dense look where key frames would
// do, and however long the video is.
func SampleEach[T any](ctx context.Context, e Engine, f Input, thorough bool, reduce func(Frame) (T, error)) ([]T, Outcome, error) {
	s := sampling[T]{e, f, reduce}
	length := believed(f.Duration)
	if thorough {
		return s.thorough(ctx, length)
	}
	keys := s.look(ctx, keyPlan(length))
	if err := keys.fatal(ctx); err != nil {
		return nil, Outcome{}, err
	}
	length = max(length, keys.last())
	if keys.hopeless() || !keys.tooFew(length) || (len(keys.at) >= fewKeys && length > e.DenseUpTo()) {
		return keys.conclude(length)
	}
	dense := s.densely(ctx, length, e.DenseUpTo())
	if err := dense.fatal(ctx); err != nil {
		return nil, Outcome{}, err
	}
	return dense.completedBy(keys).conclude(max(length, dense.last()))
}

// sampling is the work on one video.
type sampling[T any] struct {
	engine Engine
	file   Input
	reduce func(Frame) (T, error)
}

// thorough needs the key frames only behind the place where full decoding
// ended.
func (s sampling[T]) thorough(ctx context.Context, length time.Duration) ([]T, Outcome, error) {
	dense := s.densely(ctx, length, believable)
	if err := dense.fatal(ctx); err != nil {
		return nil, Outcome{}, err
	}
	if dense.whole() {
		return dense.conclude(max(length, dense.last()))
	}
	keys := s.look(ctx, keyPlan(length))
	if err := keys.fatal(ctx); err != nil {
		return nil, Outcome{}, err
	}
	length = max(length, dense.last(), keys.last())
	return dense.completedBy(keys).conclude(length)
}

// densely decodes in full. Frames that were spread over a length which is a lie
// are taken again, closer together.
func (s sampling[T]) densely(ctx context.Context, length, upTo time.Duration) *pass[T] {
	dense := s.look(ctx, densePlan(length, upTo))
	if dense.plan.Every > denseSpacing && len(dense.at) > 1 && dense.whole() && dense.last() < length/2 && ctx.Err() == nil {
		dense = s.look(ctx, densePlan(dense.last(), upTo))
	}
	return dense
}

func keyPlan(length time.Duration) Plan {
	return Plan{
		Apart: spread(keySpacing, length, maxKeys), Longest: frameSide, MaxFrames: maxKeys, Colour: true,
		Limits: Limits{Wall: wall(keysBase, keysFactor, length), Idle: idle},
	}
}

// densePlan asks for the frames of a dense look. A length beyond what the
// engine decodes in full does not thin them out: it may be a lie.
func densePlan(length, upTo time.Duration) Plan {
	spacing := denseSpacing
	switch {
	case length <= 0:
	case length <= brief:
		spacing = briefSpacing
	case length <= short:
		spacing = shortSpacing
	}
	p := Plan{Every: spread(spacing, min(length, upTo), maxFrames), Longest: frameSide, MaxFrames: maxFrames, Colour: true}
	if length == 0 || length > upTo {
		length = upTo
	}
	p.Limits = Limits{Wall: wall(keysBase, denseFactor, length), Idle: idle}
	return p
}

// spread is the spacing at which no more than most frames cover a length.
func spread(spacing, length time.Duration, most int) time.Duration {
	return max(spacing, (length / time.Duration(most-spare)).Round(time.Millisecond))
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

func (s sampling[T]) look(ctx context.Context, plan Plan) *pass[T] {
	p := &pass[T]{plan: plan}
	p.outcome, p.err = s.engine.Frames(ctx, s.file, plan, func(frame Frame) error {
		v, err := s.reduce(frame)
		if err != nil {
			p.refused = err
			return err
		}
		p.at, p.made = append(p.at, frame.At), append(p.made, v)
		return nil
	})
	p.outcome.Dense = plan.Every > 0
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

// whole says that the decoder came to the end of the file.
func (p *pass[T]) whole() bool {
	return p.err == nil && !p.outcome.Coarse && len(p.at) > 0 && len(p.at) < p.plan.MaxFrames
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
		keys.outcome.Dense = true // as far as that went
		return keys
	}
	reached := p.last()
	for i, at := range keys.at {
		if at > reached && len(p.at) < maxFrames+maxKeys {
			p.at, p.made = append(p.at, at), append(p.made, keys.made[i])
		}
	}
	if p.last() > reached && !p.outcome.Coarse {
		p.outcome.Coarse, p.outcome.Note = true, fmt.Sprintf("key frames only after %s", clock(reached))
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
	out := Outcome{Frames: len(p.at), Size: p.outcome.Size, Dense: p.outcome.Dense, Coarse: p.outcome.Coarse, Partial: p.outcome.Partial, Note: p.outcome.Note, Damage: p.outcome.Damage}
	largest := time.Duration(0)
	for _, gap := range p.gaps() {
		largest = max(largest, gap)
	}
	wanted := max(p.plan.Every, p.plan.Apart)
	switch {
	case p.err != nil:
		out.Partial, out.Note = true, fmt.Sprintf("not all was looked at: %v", p.err)
	case p.outcome.Coarse:
	case length-p.last() > max(blindSpot, 2*wanted, largest):
		out.Partial, out.Note = true, fmt.Sprintf("only the first %s of %s were looked at", clock(p.last()), clock(length))
	case len(p.at) >= p.plan.MaxFrames && p.at[p.plan.MaxFrames-1] == p.last():
		out.Partial, out.Note = true, fmt.Sprintf("only the first %s were looked at", clock(p.last()))
	case p.plan.Every == 0 && largest > max(2*sparse, wanted*3/2):
		out.Coarse, out.Note = true, fmt.Sprintf("key frames only, up to %s apart", clock(largest))
	case wanted > sparse:
		out.Coarse, out.Note = true, fmt.Sprintf("one frame every %s", clock(wanted))
	}
	out.Coarse = out.Coarse || out.Partial
	return p.made, out, nil
}

// clock writes a duration to a second, or to a tenth under ten of them.
func clock(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
