package match

import (
	"math"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// wholeCover is the share of a picture, bars cut off, that must be shown
	// for it to count as shown whole. Platforms shave edges; a crop that a
	// person would call one takes more.
	wholeCover = 0.8
	// wholeShare is the share of the textured blocks that must agree for a
	// picture to be a copy of the whole: two posts in one app's frame share the
	// outline and less than half of the content.
	wholeShare = 0.5
)

// finding is what two stills have in common. It reads from the item with the
// lesser digest to the other, so that it does not matter which was asked for
// first, and it holds nothing that depends on where the items were seen.
type finding struct {
	Bits      int // best goimagehash distance of the two, 0 to 64
	Agreement hashing.Agreement
	Sides     [2][2]int      // width and height of the two thumbnails
	Boxes     [2]hashing.Box // what is left of each when bars are cut off
	Again     int            // further places of one where the other is shown
	Led       bool           // found by way of other copies, not by its own keypoints
}

// kind is what a finding amounts to.
type kind uint8

const (
	wholeCopy kind = iota
	firstInSecond
	secondInFirst
	otherShot
)

func (f *finding) kind() kind {
	if f.Agreement.Verdict == hashing.SameScene {
		return otherShot
	}
	return f.layout()
}

// layout is which of two copies shows which as a whole.
func (f *finding) layout() kind {
	a, b := f.covers()
	return laidOut(a, b, f.Agreement.Share)
}

// laidOut is layout by the share of either picture that is shown, and that of
// the blocks that agree.
func laidOut(a, b, share float64) kind {
	switch {
	case a >= wholeCover && b >= wholeCover && share >= wholeShare:
		return wholeCopy
	case a >= b:
		return firstInSecond
	default:
		return secondInFirst
	}
}

// framed says that two pictures agree at one place and size around a middle in
// which they differ: two posts in one app, two programmes of one station. What
// they share is not what they show.
func (f *finding) framed() bool {
	g := &f.Agreement
	if g.Exact || g.Share >= frameMost || !inPlace(g.Map) {
		return false
	}
	middle := hashing.Box{X0: middleFrom, Y0: middleFrom, X1: middleTo, Y1: middleTo}
	differs := 0.0
	for _, c := range g.ChangedA {
		differs += overlap(c, middle)
	}
	return differs > 0.5*overlap(middle, middle)
}

func overlap(a, b hashing.Box) float64 {
	return max(0, min(a.X1, b.X1)-max(a.X0, b.X0)) * max(0, min(a.Y1, b.Y1)-max(a.Y0, b.Y0))
}

// covers is the share of each picture that the region fills, bars cut off
// where that makes it more.
func (f *finding) covers() (a, b float64) {
	return filled(f.Agreement.RegionA, f.Boxes[0]), filled(f.Agreement.RegionB, f.Boxes[1])
}

func filled(region [][2]float64, box hashing.Box) float64 {
	return max(covered(region), hashing.Cover(region, box))
}

// trimmed is what is left of a picture when bars are cut off.
func trimmed(p *hashing.Print) hashing.Box {
	if p.Trimmed != nil {
		return p.Trimmed.Box
	}
	return wholePicture
}

// exchanged is the finding read from the other side.
func (f finding) exchanged() finding {
	f.Agreement = f.Agreement.Exchanged()
	f.Sides[0], f.Sides[1] = f.Sides[1], f.Sides[0]
	f.Boxes[0], f.Boxes[1] = f.Boxes[1], f.Boxes[0]
	return f
}

// between reads a finding, as it is kept, from a to b.
func (f *finding) between(a, b *verify.Item) (oriented finding, k kind) {
	k = f.kind() // before it is turned round: what is even either way is decided once
	if a.Digest < b.Digest {
		return *f, k
	}
	return f.exchanged(), k.exchanged()
}

// exchanged is what a finding amounts to that is read from the other side.
func (k kind) exchanged() kind {
	switch k {
	case firstInSecond:
		return secondInFirst
	case secondInFirst:
		return firstInSecond
	}
	return k
}

// match describes a finding as it is listed, from a to b.
func (f *finding) match(a, b *verify.Item) verify.Match {
	o, k := f.between(a, b)
	m := o.described(a, b)
	m.WholeOfBoth = k == wholeCopy
	switch k {
	case wholeCopy:
		m.Relation, m.AIs = verify.Near, "same"
	case firstInSecond:
		m.Relation, m.AIs = verify.Part, "crop_of_b"
	case secondInFirst:
		m.Relation, m.AIs = verify.Part, "contains_b"
	case otherShot:
		m.Relation, m.AIs = verify.SameScene, "other_shot_of_b"
	}
	m.Why = o.why(k, a, b)
	return m
}

// described is the match of a finding that reads from a to b, without the
// relation.
func (f *finding) described(a, b *verify.Item) verify.Match {
	g := &f.Agreement
	m := verify.Match{
		A: firstPath(a), B: firstPath(b), DigestA: a.Digest, DigestB: b.Digest,
		Transform: f.transform(a, b), Distance: f.Bits, Inliers: g.Inliers, Score: round(g.Share, 4),
		RegionA: g.RegionA, RegionB: g.RegionB, ChangedA: boxes(g.ChangedA), ChangedB: boxes(g.ChangedB),
		BlocksAgree: g.Agreeing, BlocksSeen: g.Textured,
	}
	if g.Map.Determinant() != 0 {
		m.Map = &g.Map
	}
	return m
}

// transform says how a is moved to look like b, in pixels of the pictures
// themselves.
func (f *finding) transform(a, b *verify.Item) verify.Transform {
	g := &f.Agreement
	sa, sb := f.Sides[0], f.Sides[1]
	t := verify.Transform{Mirrored: g.Mirrored, Rotation: g.Rotation, Scale: g.Scale}
	if g.Map.Determinant() != 0 && min(sa[0], sa[1], sb[0], sb[1]) > 0 {
		t.Mirrored, t.Rotation = g.Map.Turn(sa[0], sa[1], sb[0], sb[1])
		t.Scale = g.Map.Scale(sa[0], sa[1], sb[0], sb[1])
	}
	if !(t.Scale > 0) || math.IsInf(t.Scale, 0) {
		t.Scale = 1
	}
	t.Scale = round(t.Scale*reduction(b, sb)/reduction(a, sa), 4)
	t.Rotation = turn(t.Rotation)
	return t
}

// straight is how many degrees off a quarter turn are noise of the measurement.
const straight = 0.3

// turn rounds an angle in degrees to a tenth, 0 up to 360.
func turn(degrees float64) float64 {
	if quarter := math.Round(degrees/90) * 90; math.Abs(degrees-quarter) <= straight {
		degrees = quarter
	}
	return math.Mod(round(degrees, 1)+360, 360)
}

// reduction is how many pixels of the picture stand for one of its thumbnail.
func reduction(it *verify.Item, thumb [2]int) float64 {
	w, h, side := it.Media.Width, it.Media.Height, max(thumb[0], thumb[1])
	if w == nil || h == nil || side <= 0 {
		return 1
	}
	return math.Max(1, float64(max(*w, *h))/float64(side))
}

func boxes(in []hashing.Box) verify.Boxes {
	out := verify.Boxes{}
	for _, b := range in {
		out = append(out, [4]float64{b.X0, b.Y0, b.X1, b.Y1})
	}
	return out
}

// burst is how far apart, in seconds, two devices' claims of capture lie when
// they lie between nothing and the length of a burst; 0 otherwise.
func burst(a, b *verify.Item) float64 {
	s, t := shutter(a), shutter(b)
	if s == nil || t == nil || s.Zone != t.Zone {
		return 0
	}
	apart := math.Abs(s.Earliest.Sub(t.Earliest).Seconds())
	if apart >= longestBurst || apart < 1 && !(s.Precision == extract.Subsecond && t.Precision == extract.Subsecond) {
		return 0 // a fraction of a second may be what one of them left out
	}
	return apart
}

const longestBurst = 10 // seconds

// shutter is when the device claims to have taken the picture, to the second
// or better.
func shutter(it *verify.Item) *extract.Time {
	for i := range it.Media.Times {
		t := &it.Media.Times[i]
		if t.Kind == extract.Capture && t.Trust == extract.TrustDevice && !t.Latest.IsZero() &&
			(t.Precision == extract.Second || t.Precision == extract.Subsecond) {
			return t
		}
	}
	return nil
}
