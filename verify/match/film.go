package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// film is a finding in which a video takes part: what two pictures have in
// common, of which one or both are frames, and what that is in time. As a
// finding of stills it reads from the item with the lesser digest to the other.
type film struct {
	finding
	Frames [2]int     // which of the items' frames the two pictures are
	Times  [2]float64 // their seconds; 0 of a still
	Still  [2]bool    // sides that are a photograph

	Shared []sequence.Stretch // what two videos share, the longest first
	Filled [2]float64         // share of each that these fill
	Panned [2]float64         // share of the still picture that each moves over that the other shows; 0: its frames count
	Take   bool               // the scene is the same, what happens in it is not, or not at one moment
}

// wholeVideo is the share of a video that the common stretches must fill for
// the video to count as shown whole; endSlack forgives the sampling at either
// end, in sampling steps.
const (
	wholeVideo = 0.9
	endSlack   = 1.5
)

// kind is what the finding amounts to. What is a clip of the other in time is a
// part of it, whatever of its picture is shown; of two videos that share all
// their moments the pictures decide, as those of stills do.
func (f *film) kind() kind {
	switch {
	case f.Take:
		return otherShot
	case f.Still[0]:
		return firstInSecond
	case f.Still[1]:
		return secondInFirst
	case len(f.Shared) == 0 && f.Agreement.Verdict == hashing.SameScene:
		return otherShot
	}
	switch a, b := f.Filled[0] >= wholeVideo, f.Filled[1] >= wholeVideo; {
	case a && b && f.Panned != [2]float64{}:
		return laidOut(f.Panned[0], f.Panned[1], f.Agreement.Share)
	case a && b:
		return f.layout()
	case a || !b && f.Filled[0] >= f.Filled[1]:
		return firstInSecond
	}
	return secondInFirst
}

// uncertain says that nothing tells which moment is which.
func (f *film) uncertain() bool { return len(f.Shared) == 0 || f.Shared[0].Uncertain }

// exchanged is the finding read from the other side.
func (f film) exchanged() film {
	f.finding = f.finding.exchanged()
	f.Frames[0], f.Frames[1] = f.Frames[1], f.Frames[0]
	f.Times[0], f.Times[1] = f.Times[1], f.Times[0]
	f.Still[0], f.Still[1] = f.Still[1], f.Still[0]
	f.Filled[0], f.Filled[1] = f.Filled[1], f.Filled[0]
	f.Panned[0], f.Panned[1] = f.Panned[1], f.Panned[0]
	f.Shared = slices.Clone(f.Shared)
	for i, s := range f.Shared {
		f.Shared[i] = exchangedStretch(s)
	}
	return f
}

func exchangedStretch(s sequence.Stretch) sequence.Stretch {
	s.StartA, s.EndA, s.StartB, s.EndB = s.StartB, s.EndB, s.StartA, s.EndA
	if s.Speed > 0 {
		s.Offset, s.Speed = -s.Offset/s.Speed, 1/s.Speed
	}
	if inv, ok := s.Map.Inverse(); ok {
		s.Map = inv
	}
	return s
}

// between reads a finding, as it is kept, from a to b.
func (f *film) between(a, b *verify.Item) (oriented film, k kind) {
	k = f.kind()
	if a.Digest < b.Digest {
		return *f, k
	}
	return f.exchanged(), k.exchanged()
}

// match describes a finding as it is listed, from a to b.
func (f *film) match(a, b *verify.Item) verify.Match {
	o, k := f.between(a, b)
	m := o.described(a, b)
	m.WholeOfBoth = k == wholeCopy
	switch k {
	case wholeCopy:
		m.Relation, m.AIs = verify.Near, "same"
	case otherShot:
		m.Relation, m.AIs = verify.SameScene, "other_shot_of_b"
	case secondInFirst:
		m.Relation, m.AIs = verify.Part, "contains_b"
	default:
		m.Relation, m.AIs = verify.Part, o.partName()
	}
	if !o.Still[0] {
		m.TimeA = o.time(0)
	}
	if !o.Still[1] {
		m.TimeB = o.time(1)
	}
	for _, s := range o.Shared {
		m.Segments = append(m.Segments, verify.Segment{
			TimeA: [2]float64{round(s.StartA, 3), round(s.EndA, 3)}, TimeB: [2]float64{round(s.StartB, 3), round(s.EndB, 3)},
			Offset: round(s.Offset, 3), Speed: round(s.Speed, 4), Moments: s.Moments,
			Mirrored: s.Map.Determinant() < 0, Uncertain: s.Uncertain,
		})
	}
	m.Why = o.why(k, a, b)
	return m
}

// partName is what the first is where it is a part of the second.
func (f *film) partName() string {
	switch {
	case f.Still[0]:
		return "frame_of_b"
	case f.Filled[0] >= wholeVideo && f.Filled[1] >= wholeVideo:
		return "crop_of_b"
	}
	return "clip_of_b"
}

// time is the longest stretch of one side, or the moment of the picture that
// was compared.
func (f *film) time(side int) *[2]float64 {
	if len(f.Shared) == 0 {
		return &[2]float64{round(f.Times[side], 3), round(f.Times[side], 3)}
	}
	s := f.Shared[0]
	if side == 1 {
		s = exchangedStretch(s)
	}
	return &[2]float64{round(s.StartA, 3), round(s.EndA, 3)}
}

// span is from when to when a video was looked at, and the usual step.
type span struct{ first, last, step float64 }

func spanOf(r *sequence.Reel) span {
	n := len(r.Moments)
	if n == 0 {
		return span{}
	}
	steps := make([]float64, 0, n)
	for i := range r.Moments[1:] {
		steps = append(steps, r.Moments[i+1].At-r.Moments[i].At)
	}
	s := span{first: r.Moments[0].At, last: r.Moments[n-1].At}
	if len(steps) > 0 {
		slices.Sort(steps)
		s.step = steps[len(steps)/2]
	}
	return s
}

// filled is the share of each video that the stretches fill. Only those in one
// order with the longest count together: pieces in another order are not the
// whole.
func filledBy(shared []sequence.Stretch, a, b span) [2]float64 {
	inOrder := slices.Clone(shared)
	slices.SortFunc(inOrder, func(p, q sequence.Stretch) int { return cmp.Compare(p.StartA, q.StartA) })
	if !slices.IsSortedFunc(inOrder, func(p, q sequence.Stretch) int { return cmp.Compare(p.StartB, q.StartB) }) {
		inOrder = shared[:1]
	}
	var parts [2][][2]float64
	for _, s := range inOrder {
		parts[0] = append(parts[0], [2]float64{s.StartA, s.EndA})
		parts[1] = append(parts[1], [2]float64{s.StartB, s.EndB})
	}
	return [2]float64{a.filled(parts[0]), b.filled(parts[1])}
}

// filled is the share of the span that parts, in order, fill: all of it where
// nothing is missing but what the sampling may have skipped.
func (s span) filled(parts [][2]float64) float64 {
	if !(s.last > s.first) {
		return 1
	}
	sum, at := 0.0, s.first
	for _, p := range parts {
		from := math.Max(p[0], at)
		if from-at <= endSlack*s.step {
			from = at
		}
		to := math.Min(p[1], s.last)
		if s.last-to <= endSlack*s.step {
			to = s.last
		}
		if to > from {
			sum, at = sum+to-from, to
		}
	}
	return math.Min(1, sum/(s.last-s.first))
}
