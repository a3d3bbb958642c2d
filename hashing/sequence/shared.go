package sequence

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// Proposal is one guess at how the pictures of two videos lie on each other,
// from a pair of frames that were compared.
type Proposal struct {
	Map      hashing.Affine // from A's picture to B's, in fractions of the whole pictures
	AtA, AtB float64        // seconds: of the two frames
	Copy     bool           // the frames were found to be one picture, not only one scene: the map is trusted more
}

// Stretch is a part of one video that another shows too: the moment t of B is
// the moment Offset + Speed*t of A.
type Stretch struct {
	StartA, EndA float64 // seconds
	StartB, EndB float64
	Offset       float64 // seconds of A at second 0 of B
	Speed        float64 // seconds of A for one second of B
	Map          hashing.Affine
	Moments      int     // moments of the sparser reel that were compared
	Agreement    float64 // mean correlation of what moves, 0..1; of the whole pictures where Uncertain
	Uncertain    bool    // nothing moves: the same is shown, but not which moment is which
}

// Relation is what two reels have in common.
type Relation struct {
	Stretches []Stretch // longest first
	// OtherTake: the pictures agree as a scene and something moves in both, but
	// no alignment explains what moves.
	OtherTake bool
}

// Shared finds the stretches that two videos share, given how their pictures
// may lie on each other.
//
//  1. Proposals of nearly one map are put together (layouts); under each map
//     both reels are looked at through one grid over what they share (overlay).
//  2. The background of its shot is taken out of each moment: what is left,
//     what moves, tells moments apart (foreground). All pairs of moments are
//     compared, and lines of a speed of 0.8 to 1.25 are looked for along which
//     they agree (candidates).
//  3. A candidate is fitted, and extended as far as what moves agrees, or where
//     nothing moves the pictures do (verified). It is accepted when, in windows
//     of three seconds, what moves correlates by 0.85 in a second and 0.7 in half a
//     minute, in at least three moments that differ (needed). A map that fits
//     only roughly is refined by what moves (settled).
//  4. Where nothing moves in one of them the stretch is called uncertain.
//
// It is symmetric: Shared(b, a) with the inverse maps gives the same with A and
// B exchanged. Neither the order of the proposals matters nor when a reel
// begins. Two reels of a minute take about 30 ms of one core; of reels with more
// than a million pairs of moments neighbours are averaged for the search, so that
// two of twenty minutes take about half a second and 100 MB. What they share for less
// than some three seconds may then be missed.
func Shared(a, b *Reel, proposals []Proposal) Relation {
	if !a.valid() || !b.valid() || len(a.Moments) == 0 || len(b.Moments) == 0 {
		return Relation{}
	}
	if !later(a, b) {
		return shared(a, b, proposals)
	}
	inverse := make([]Proposal, 0, len(proposals))
	for _, p := range proposals {
		if m, ok := p.Map.Inverse(); ok {
			inverse = append(inverse, Proposal{m, p.AtB, p.AtA, p.Copy})
		}
	}
	r := shared(b, a, inverse)
	for i, s := range r.Stretches {
		r.Stretches[i] = s.exchanged()
	}
	return r
}

// later puts any two reels in an order that does not depend on which is given
// first, nor on when they begin.
func later(a, b *Reel) bool {
	c := cmp.Or(cmp.Compare(len(a.Moments), len(b.Moments)), cmp.Compare(a.W, b.W), cmp.Compare(a.H, b.H))
	for i := 0; c == 0 && i < len(a.Moments); i++ {
		c = bytes.Compare(a.Moments[i].Pix, b.Moments[i].Pix)
	}
	return c > 0
}

func (s Stretch) exchanged() Stretch {
	s.StartA, s.EndA, s.StartB, s.EndB = s.StartB, s.EndB, s.StartA, s.EndA
	s.Offset, s.Speed = 0-s.Offset/s.Speed, 1/s.Speed
	if m, ok := s.Map.Inverse(); ok {
		s.Map = m
	}
	return s
}

func shared(a, b *Reel, proposals []Proposal) Relation {
	var all []laid
	var roughs []rough
	maps := layouts(proposals)
	if len(a.Moments)*len(b.Moments) > mostCells {
		maps = maps[:min(len(maps), longMaps)]
	}
	for _, l := range maps {
		found, r := aligned(a, b, l)
		all = append(all, found...)
		if r.worthSettling() {
			roughs = append(roughs, r)
		}
		if covered(a, b, all) {
			break
		}
	}
	slices.SortStableFunc(roughs, func(p, q rough) int { return cmp.Compare(q.explained(), p.explained()) })
	for _, r := range roughs[:min(len(roughs), mostSettled)] {
		if m, better := settled(a, b, r); better {
			found, _ := aligned(a, b, layout{m, r.proposals})
			all = append(all, slices.DeleteFunc(found, laid.byChance)...)
		}
		if covered(a, b, all) {
			break
		}
	}
	var r Relation
	for _, f := range chosen(all) {
		r.Stretches = append(r.Stretches, f.stretch(a, b))
	}
	if len(r.Stretches) > 0 {
		return r
	}
	for _, l := range maps {
		s, other := still(a, b, l)
		if r.OtherTake = r.OtherTake || other; s != nil {
			return Relation{Stretches: []Stretch{*s}}
		}
	}
	return r
}

// laid is a stretch found under a map.
type laid struct {
	found
	m hashing.Affine
}

// rough is the best candidate under a map, fitted.
type rough struct {
	candidate
	layout
	agreement float64
}

// Between these agreements a map is worth refining, along a candidate of so many
// seconds: by a short one chance would be fitted.
const (
	roughLeast  = 0.4
	roughMost   = 0.9
	roughLength = 2.5

	settledExtra = 0.05 // of agreement that a stretch under a refined map needs
	mostSettled  = 2    // maps that are refined
)

// explained is how much of the videos the candidate would explain, in seconds:
// where a camera pans, short ones agree better at wrong times under a map that
// is off than the whole does at the right one.
func (r rough) explained() float64 { return r.agreement * (r.to - r.from) }

func (r rough) worthSettling() bool {
	return r.agreement >= roughLeast && r.agreement < roughMost && r.to-r.from >= roughLength
}

// byChance refuses what only the freedom of a refined map may have made.
func (f laid) byChance() bool {
	return f.to-f.from < roughLength || f.agreement < f.needed()+settledExtra
}

// aligned finds the stretches under one map.
func aligned(a, b *Reel, l layout) ([]laid, rough) {
	p, all, ok := searched(a, b, l.m)
	if !ok {
		return nil, rough{}
	}
	r := rough{layout: l}
	var out []laid
	for _, f := range p.stretches(all, l.lines(a, b)) {
		out = append(out, laid{f, l.m})
		if f.agreement*(f.to-f.from) > r.explained() {
			r.candidate, r.agreement = candidate{line: f.line, from: f.from, to: f.to}, f.agreement
		}
	}
	if len(out) == 0 && len(all) > 0 {
		r.candidate = all[0]
		r.line, r.agreement = p.fitted(r.candidate)
	}
	return out, r
}

func searched(a, b *Reel, m hashing.Affine) (pairing, []candidate, bool) {
	g, ok := overlay(a, b, m, gridSide)
	if !ok {
		return pairing{}, nil, false
	}
	p := pairing{g.a.film(a).pooled(g.pool).smoothed(), g.b.film(b).pooled(g.pool).smoothed(), g.cover}
	return p, compare(p.a, p.b).candidates(), true
}

// Where stretches of such a quality cover so much of a reel no further map is
// tried.
const (
	coveredLeast = 0.95
	coveredMost  = 0.9
)

func covered(a, b *Reel, all []laid) bool {
	var inA, inB float64
	for _, f := range all {
		if f.quality() >= coveredLeast {
			inB += f.to - f.from
			inA += f.speed * (f.to - f.from)
		}
	}
	return inA >= coveredMost*a.length() || inB >= coveredMost*b.length()
}

// chosen drops stretches whose ranges better ones have.
func chosen(all []laid) []laid {
	slices.SortStableFunc(all, func(x, y laid) int {
		return cmp.Or(cmp.Compare(y.quality()*(y.to-y.from), x.quality()*(x.to-x.from)), cmp.Compare(x.from, y.from))
	})
	var kept []laid
	var ranges []found
	for _, f := range all {
		if !taken(f.found, ranges) && !f.weaker(ranges) {
			kept, ranges = append(kept, f), append(ranges, f.found)
		}
	}
	slices.SortStableFunc(kept, func(x, y laid) int { return cmp.Compare(y.to-y.from, x.to-x.from) })
	return kept
}

// stretch puts the times back on the clocks of the two videos, and leaves off
// what the rounding of the line puts before the first or after the last moment.
func (f laid) stretch(a, b *Reel) Stretch {
	from, to := max(f.from, f.inB(0), 0), min(f.to, f.inB(a.length()), b.length())
	return Stretch{
		StartA: a.first() + f.inA(from), EndA: a.first() + f.inA(to),
		StartB: b.first() + from, EndB: b.first() + to,
		Offset: a.first() + f.offset - f.speed*b.first(), Speed: f.speed,
		Map: f.m, Moments: f.moments, Agreement: min(f.agreement, 1),
	}
}
