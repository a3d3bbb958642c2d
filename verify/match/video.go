package match

import (
	"fmt"
	"math"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// wholeVideo is the share of a video that the common stretch must fill for
// the video to count as shown whole; endSlack forgives the sampling at either
// end, in sampling steps.
const (
	wholeVideo = 0.9
	endSlack   = 1.5
)

const (
	// When trustAfter pairs of frames of two videos have passed the block check
	// and none has failed, further pairs within trustWithin bits are taken
	// without it.
	trustAfter  = 3
	trustWithin = 8
	// giveUpAfter is how many of the nearest pairs may fail before the videos
	// are taken for unrelated.
	giveUpAfter = 4
)

// videos looks for a stretch that two videos share. Several are possible (a
// compilation, a loop); the longest is reported and the others are counted.
func (x examiner) videos(a, b *verify.Item) (verify.Match, bool, error) {
	if len(a.Frames) < leastStretch || len(b.Frames) < leastStretch {
		return x.standing(a, b)
	}
	var failed error
	seen := map[[2]int]hashing.Agreement{}
	accepted, refused := 0, 0
	confirm := func(p sequence.Pair) bool {
		switch {
		case failed != nil, accepted == 0 && refused >= giveUpAfter:
			return false
		case refused == 0 && accepted >= trustAfter && p.Distance <= trustWithin:
			return true
		}
		g, err := x.check(a, p.A, b, p.B, p.ViewA, p.ViewB, p.Symmetry)
		if err != nil {
			failed = err
			return false
		}
		seen[[2]int{p.A, p.B}] = g
		if g.Accepted {
			accepted++
		} else {
			refused++
		}
		return g.Accepted
	}
	segments := sequence.Align(sampled(a), sampled(b), sequence.Options{Distance: frameRadius, Confirm: confirm})
	if failed != nil || len(segments) == 0 {
		return verify.Match{}, false, failed
	}
	best := segments[0]
	for _, s := range segments[1:] {
		if s.EndA-s.StartA > best.EndA-best.StartA {
			best = s
		}
	}
	return stretch(a, b, best, len(segments)-1, seen), true, nil
}

// leastStretch is how many distinct frames a stretch rests on. A video that
// hardly moves keeps fewer, and is compared by them as a picture is.
const leastStretch = 3

// standing compares two videos of which at least one hardly moves.
func (x examiner) standing(a, b *verify.Item) (verify.Match, bool, error) {
	var best verify.Match
	var cover float64
	ok := false
	for fa := range a.Frames[:min(len(a.Frames), framesTried)] {
		bits, fb, s, va, vb := nearestFrame(a.Frames[fa].Print, b)
		if bits > frameRadius {
			continue
		}
		g, err := x.check(a, fa, b, fb, va, vb, s)
		if err != nil {
			return best, false, err
		}
		if convincing(bits, g) && (!ok || g.Share > best.Score) {
			best, ok, cover = frames(a, b, bits, s, g), true, min(g.CoverA, g.CoverB)
			ta, tb := a.Frames[fa].At.Seconds(), b.Frames[fb].At.Seconds()
			best.TimeA, best.TimeB = &[2]float64{ta, ta}, &[2]float64{tb, tb}
			best.Why = fmt.Sprintf("both show the same picture%s at %s and %s, and one hardly moves: %s", symmetry(s), clockFace(ta), clockFace(tb), agreement(bits, g))
		}
	}
	if !ok {
		return best, false, nil
	}
	la, lb := length(a), length(b)
	still := len(a.Frames) < leastStretch && len(b.Frames) < leastStretch
	switch {
	case still && cover >= wholeCover && min(la, lb) >= wholeVideo*max(la, lb):
		best.Relation, best.AIs, best.WholeOfBoth = verify.Near, "same", true
	case la <= lb:
		best.Relation, best.AIs = verify.Part, "clip_of_b"
	default:
		best.Relation, best.AIs = verify.Part, "contains_b"
	}
	return best, true, nil
}

// nearestFrame is the frame of a video that looks most like p.
func nearestFrame(p hashing.Print, v *verify.Item) (bits, frame int, s hashing.Symmetry, vp, vv *hashing.View) {
	bits = 65
	for f := range v.Frames {
		if d, t, x, y := hashing.Best(p, v.Frames[f].Print); d < bits {
			bits, frame, s, vp, vv = d, f, t, x, y
		}
	}
	return bits, frame, s, vp, vv
}

// length is a video's duration in seconds, as its container claims.
func length(it *verify.Item) float64 {
	if d := it.Media.DurationSeconds; d != nil && *d > 0 {
		return *d
	}
	return it.Frames[len(it.Frames)-1].At.Seconds()
}

// stretch describes a common segment.
func stretch(a, b *verify.Item, s sequence.Segment, others int, seen map[[2]int]hashing.Agreement) verify.Match {
	var m verify.Match
	m.TimeA = &[2]float64{round(s.StartA, 3), round(s.EndA, 3)}
	m.TimeB = &[2]float64{round(s.StartB, 3), round(s.EndB, 3)}
	m.Distance, m.Inliers = s.Distance, s.Matches
	g := typical(a, b, s, seen)
	m.RegionA, m.RegionB, m.Score = g.RegionA, g.RegionB, round(g.Share, 4)
	m.Transform = frameTransform(a, b, s.Symmetry, g.Scale)
	m.ChangedA, m.ChangedB, m.BlocksAgree, m.BlocksSeen = boxes(g.ChangedA), boxes(g.ChangedB), g.Agreeing, g.Textured

	wholeA, wholeB := fills(a, s.StartA, s.EndA), fills(b, s.StartB, s.EndB)
	picture := g.CoverA >= wholeCover && g.CoverB >= wholeCover
	where := fmt.Sprintf("%s to %s", clockFace(s.StartB), clockFace(s.EndB))
	switch {
	case wholeA && wholeB && picture && !s.Ambiguous:
		m.Relation, m.AIs, m.WholeOfBoth = verify.Near, "same", true
		m.Why = "both show the same video from beginning to end"
	case wholeB && !wholeA:
		m.Relation, m.AIs = verify.Part, "contains_b"
		m.Why = fmt.Sprintf("the second is shown in the first from %s to %s", clockFace(s.StartA), clockFace(s.EndA))
	case wholeA:
		m.Relation, m.AIs = verify.Part, "clip_of_b"
		m.Why = "the first is shown in the second from " + where
	default:
		m.Relation, m.AIs = verify.Part, "clip_of_b"
		m.Why = "a stretch of the first is shown in the second from " + where
	}
	m.Why += fmt.Sprintf("%s: %s agree, hash distance %d of 64", symmetry(s.Symmetry), plural(s.Matches, "frame"), s.Distance)
	if s.Ambiguous {
		m.Why += ", the picture hardly moves, so the times are uncertain"
	}
	if others > 0 {
		m.Why += fmt.Sprintf(", and %s beside it", plural(others, "more stretch"))
	}
	return m
}

// typical is the block check of the segment's pair with the largest share of
// agreeing blocks.
func typical(a, b *verify.Item, s sequence.Segment, seen map[[2]int]hashing.Agreement) hashing.Agreement {
	var best hashing.Agreement
	at := [2]int{math.MaxInt, math.MaxInt}
	for k, g := range seen {
		ta, tb := a.Frames[k[0]].At.Seconds(), b.Frames[k[1]].At.Seconds()
		if !g.Accepted || ta < s.StartA || ta > s.EndA || tb < s.StartB || tb > s.EndB {
			continue
		}
		if g.Share > best.Share || g.Share == best.Share && (k[0] < at[0] || k[0] == at[0] && k[1] < at[1]) {
			best, at = g, k
		}
	}
	return best
}

// fills says whether a stretch covers a video, up to the sampling.
func fills(it *verify.Item, start, end float64) bool {
	n := len(it.Frames)
	first, last := it.Frames[0].At.Seconds(), it.Frames[n-1].At.Seconds()
	if n < 2 || last <= first {
		return true
	}
	slack := endSlack * (last - first) / float64(n-1)
	if start-first <= slack && last-end <= slack {
		return true
	}
	return end-start >= wholeVideo*(last-first)
}

func sampled(it *verify.Item) []sequence.Frame {
	out := make([]sequence.Frame, len(it.Frames))
	for i, f := range it.Frames {
		out[i] = sequence.Frame{At: f.At.Seconds(), Print: f.Print}
	}
	return out
}
