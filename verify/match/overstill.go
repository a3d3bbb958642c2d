package match

import (
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// When two small panoramas are the same.
const (
	// pannedEvidence is how much must speak for one way to lay two small ones onto
	// each other: a point for each keypoint that fits it, so many for a relief that
	// correlates wholly, and for plain pictures that do beyond pannedChance; less
	// so many where it lays less than pannedWhole of either on the other, which
	// chance finds the easier. Of 18,600 pairs of different drawn pictures the best
	// had 56; of 960 of the same, 945 have 62.
	pannedEvidence = 62.0
	pannedLeast    = 9 // keypoints
	pannedRelief   = 60.0
	pannedPlain    = 30.0
	pannedChance   = 0.7
	pannedWhole    = 0.9
	pannedPart     = 30.0
	// A picture is seldom mirrored, and hardly ever turned by more degrees than
	// pannedUpright, to which there are many ways: so much more must speak for it.
	pannedMirrored = 8.0
	pannedUpright  = 15.0
	pannedTurned   = 20.0
	// pannedShare is the share of the blocks that must agree then, where so many
	// can be compared.
	pannedShare  = 0.5
	pannedBlocks = 8
)

// panned gives the still pictures that two videos move over; ok is false where
// one of them does not.
func (x examiner) panned(a, b *verify.Item) (pa, pb *panorama, ok bool, err error) {
	if pa, err = x.panorama(a); err != nil || !pa.moves {
		return nil, nil, false, err
	}
	pb, err = x.panorama(b)
	return pa, pb, err == nil && pb.moves, err
}

// overStill compares two videos that move over still pictures, each in its own
// way, as these pictures. It is nil where they do not agree.
func (x examiner) overStill(a, b *verify.Item, pa, pb *panorama) (*film, error) {
	g, ok := pa.agreement(pb)
	if !ok {
		return nil, nil
	}
	f := &film{Filled: [2]float64{1, 1}, Panned: [2]float64{g.CoverA, g.CoverB}}
	i, j, m := pa.nearest(pb, g.Map)
	placed, err := x.finding(shot{a, pa.frames[i]}, shot{b, pb.frames[j]}, onFrames(g, m, pa.Onto[i], pb.Onto[j]), hashing.DetailSide)
	if err != nil {
		return nil, err
	}
	f.show(a, b, meeting{seed{pa.frames[i], pb.frames[j]}, placed})
	return f, nil
}

// agreement is what two panoramas have in common. Large ones are compared as
// any pictures. Small ones have too few blocks to decide alone: where so much
// speaks for one way to lay them onto each other, the blocks must not speak
// against it.
func (p *panorama) agreement(q *panorama) (best hashing.Agreement, ok bool) {
	if p.large() && q.large() {
		if all := feature.ComparePoints(p.picture(), q.picture()); len(all) > 0 {
			best = all[0]
		}
		return best, best.Accepted
	}
	var way feature.Proposed
	most := pannedEvidence
	for _, w := range feature.Maps(&feature.Picture{Set: p.points, Detail: p.Picture}, &feature.Picture{Set: q.points, Detail: q.Picture}) {
		if e := p.evidence(q, w); e >= most {
			way, most, ok = w, e, true
		}
	}
	if !ok {
		return best, false
	}
	a, b := p.picture(), q.picture()
	best = hashing.ConfirmUnder(a.Detail, b.Detail, way.Map, hashing.Evidence{Inliers: way.Inliers})
	if best.Textured >= pannedBlocks && best.Share < pannedShare {
		return best, false
	}
	if best.Textured < pannedBlocks {
		best.Share = math.Max(0, sequence.Likeness(p.Picture, q.Picture, way.Map))
	}
	if !best.Accepted {
		best.Map = way.Map
		best.Mirrored, best.Rotation = way.Map.Turn(a.Detail.W, a.Detail.H, b.Detail.W, b.Detail.H)
		best.CoverA, best.CoverB = shadow(way.Map)
	}
	best.Accepted, best.Verdict = true, hashing.Copy
	return best, true
}

// large says that a panorama is compared as it is.
func (p *panorama) large() bool { return max(p.Picture.W, p.Picture.H) >= pannedSide }

// evidence is how much speaks for a way to lay two panoramas onto each other.
func (p *panorama) evidence(q *panorama, w feature.Proposed) float64 {
	if w.Inliers < pannedLeast {
		return 0
	}
	ofP, ofQ := shadow(w.Map)
	seldom := 0.0
	mirrored, degrees := w.Map.Turn(p.Picture.W, p.Picture.H, q.Picture.W, q.Picture.H)
	if math.Abs(math.Remainder(degrees, 360)) > pannedUpright {
		seldom += pannedTurned
	}
	if mirrored {
		seldom += pannedMirrored
	}
	return float64(w.Inliers) - seldom - pannedPart*math.Max(0, pannedWhole-max(ofP, ofQ)) +
		pannedPlain*math.Max(0, sequence.Likeness(p.Picture, q.Picture, w.Map)-pannedChance) +
		pannedRelief*sequence.Likeness(p.relief, q.relief, w.Map)
}

// nearest gives the frames of two panoramas that show most of the same under m,
// and the map between them.
func (p *panorama) nearest(q *panorama, m hashing.Affine) (i, j int, between hashing.Affine) {
	most := -1.0
	for k, onto := range p.Onto {
		for l := range q.Onto {
			back, ok := q.Onto[l].Inverse()
			if !ok {
				continue
			}
			n := onto.Then(m).Then(back)
			if s, t := shadow(n); min(s, t) > most {
				most, i, j, between = min(s, t), k, l, n
			}
		}
	}
	return i, j, between
}

// onFrames places what two panoramas have in common on a frame of each, which m
// lays onto each other; the frames lie on the panoramas by p and q.
func onFrames(g hashing.Agreement, m, p, q hashing.Affine) hashing.Agreement {
	g.Map = m
	if back, ok := m.Inverse(); ok {
		g.RegionA = shownOf(back)
	}
	g.RegionB = shownOf(m)
	g.ChangedA, g.ChangedB = boxesOn(g.ChangedA, p), boxesOn(g.ChangedB, q)
	return g
}

// boxesOn places boxes of a panorama on a frame that lies on it by onto.
func boxesOn(all []hashing.Box, onto hashing.Affine) []hashing.Box {
	back, ok := onto.Inverse()
	if !ok {
		return nil
	}
	var out []hashing.Box
	for _, b := range all {
		x0, y0 := back.Apply(b.X0, b.Y0)
		x1, y1 := back.Apply(b.X1, b.Y1)
		c := hashing.Box{
			X0: math.Max(0, math.Min(x0, x1)), Y0: math.Max(0, math.Min(y0, y1)),
			X1: math.Min(1, math.Max(x0, x1)), Y1: math.Min(1, math.Max(y0, y1)),
		}
		if c.X0 < c.X1 && c.Y0 < c.Y1 {
			out = append(out, c)
		}
	}
	return out
}

// shownOf is the part of a picture that another fills which m lays on it.
func shownOf(m hashing.Affine) [][2]float64 {
	var poly [][2]float64
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := m.Apply(c[0], c[1])
		poly = append(poly, [2]float64{x, y})
	}
	if m.Determinant() < 0 {
		slices.Reverse(poly)
	}
	for side := range 4 { // Sutherland and Hodgman
		poly = cutAt(poly, side%2, side >= 2)
	}
	return poly
}

// cutAt keeps of a polygon what is not below 0, or not above 1, along an axis.
func cutAt(poly [][2]float64, axis int, above bool) [][2]float64 {
	edge := 0.0
	depth := func(p [2]float64) float64 { return p[axis] }
	if above {
		edge, depth = 1, func(p [2]float64) float64 { return 1 - p[axis] }
	}
	var out [][2]float64
	for i, p := range poly {
		q := poly[(i+1)%len(poly)]
		d, e := depth(p), depth(q)
		if d >= 0 {
			out = append(out, p)
		}
		if d*e < 0 {
			t := d / (d - e)
			c := [2]float64{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])}
			c[axis] = edge
			out = append(out, c)
		}
	}
	return out
}
