package feature

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// Picture is what the comparison needs of one picture: its keypoints, and its
// upright grey thumbnail of at most hashing.DetailSide pixels.
type Picture struct {
	Set
	Detail hashing.Luma
}

// checkedMost is how many maps of one search have their blocks compared;
// sharedMost how many agreements of a pair are looked for, of each handedness.
const (
	checkedMost = 3
	sharedMost  = 4

	wholeShown = 0.75 // of both pictures, from which no second agreement is looked for
)

// Compare says what two pictures share, strongest first: nothing, one
// agreement, or several for a picture that shows the other one twice. Mirrored
// copies are found too.
//
//  1. Keypoints with near descriptors correspond (correspondences).
//  2. Each correspondence is a map of its own; those that many others bear out
//     are refined, to a similarity and then an affine map (geometry).
//  3. The thumbnails are laid onto each other by the map and compared block by
//     block (hashing.ConfirmUnder), which alone decides.
//  4. What an agreement explains is taken out, and the rest is searched again.
//  5. Where keypoints are few and find nothing, the reduced pictures are laid
//     onto each other everywhere (hashing.Search).
//
// It is symmetric: Compare(b, a) gives the same with A and B exchanged.
func Compare(a, b *Picture) []hashing.Agreement {
	all := ComparePoints(a, b)
	if len(all) == 0 && a.valid() && b.valid() && min(len(a.Points), len(b.Points)) < fewPoints {
		return comparePlain(a, b)
	}
	return all
}

// ComparePoints is Compare by keypoints alone, without its last step, which
// takes some ten times as long as the others: for frames of videos, which are
// many, and of which what moves tells more.
func ComparePoints(a, b *Picture) []hashing.Agreement {
	all := append(CompareMirrored(a, b, false), CompareMirrored(a, b, true)...)
	slices.SortStableFunc(all, stronger)
	return all
}

// CompareMirrored is ComparePoints for one handedness only: b as it is, or seen in a
// mirror.
func CompareMirrored(a, b *Picture, mirrored bool) []hashing.Agreement {
	if later(a, b) {
		found := compare(b, a, mirrored)
		for i, g := range found {
			found[i] = g.Exchanged()
		}
		return found
	}
	return compare(a, b, mirrored)
}

// valid says whether the parts of the set fit together.
func (s *Set) valid() bool {
	return s.W > 0 && s.H > 0 && len(s.Points) == len(s.Descriptors)
}

// pixel is how many pixels of the set's picture one of the picture's own takes.
func (p *Picture) pixel() float64 {
	if !p.Detail.Small() || p.Detail.W <= 0 {
		return 1
	}
	return max(1, float64(p.W)/float64(p.Detail.W))
}

// later puts any two pictures in an order that does not depend on which was
// given first.
func later(a, b *Picture) bool {
	return cmp.Or(
		cmp.Compare(a.Detail.W, b.Detail.W), cmp.Compare(a.Detail.H, b.Detail.H),
		bytes.Compare(a.Detail.Pix, b.Detail.Pix),
		cmp.Compare(a.W, b.W), cmp.Compare(a.H, b.H),
		slices.CompareFunc(a.Descriptors, b.Descriptors, func(d, e Descriptor) int { return slices.Compare(d[:], e[:]) }),
	) > 0
}

// stronger puts the verdict first, then what agrees.
func stronger(p, q hashing.Agreement) int {
	return cmp.Or(cmp.Compare(q.Verdict, p.Verdict), cmp.Compare(q.Agreeing, p.Agreeing), cmp.Compare(q.Inliers, p.Inliers))
}

func compare(a, b *Picture, mirrored bool) (found []hashing.Agreement) {
	if !a.valid() || !b.valid() {
		return nil
	}
	setB := &b.Set
	if mirrored {
		m := b.Set.Mirrored()
		setB = &m
	}
	search := newGeometry(a, b, setB)
	for range sharedMost {
		g, m, ok := search.next(a, b, mirrored)
		if !ok {
			break
		}
		search.explain(m)
		if !slices.ContainsFunc(found, g.Repeats) {
			found = append(found, g)
		}
		if min(g.CoverA, g.CoverB) > wholeShown { // no room for another
			break
		}
	}
	slices.SortStableFunc(found, stronger)
	return found
}

// next is the best agreement that the correspondences not yet explained give,
// with the map between pixels that led to it.
func (g *geometry) next(a, b *Picture, mirrored bool) (best hashing.Agreement, m hashing.Affine, ok bool) {
	for i, s := range g.solutions() {
		if i == checkedMost {
			break
		}
		across := g.fractions(s.m, mirrored)
		strays := func(m hashing.Affine) ([][2]float64, float64) { return g.strays(g.pixels(m, mirrored)) }
		if agreed := hashing.ConfirmUnder(a.Detail, b.Detail, across, hashing.Evidence{Inliers: s.inliers, Strays: strays}); agreed.Accepted {
			return agreed, s.m, true
		}
	}
	return best, m, false
}

// mirror exchanges left and right of a picture, in fractions.
var mirror = hashing.Affine{-1, 0, 1, 0, 1, 0}

// fractions turns a map between the pixels of the two sets into one between
// fractions of the pictures; b's set may have been mirrored.
func (g *geometry) fractions(m hashing.Affine, mirrored bool) hashing.Affine {
	m = m.Fractions(float64(g.a.W), float64(g.a.H), float64(g.b.W), float64(g.b.H))
	if mirrored {
		m = m.Then(mirror)
	}
	return m
}

// pixels is the reverse of fractions.
func (g *geometry) pixels(m hashing.Affine, mirrored bool) hashing.Affine {
	if mirrored {
		m = m.Then(mirror)
	}
	return m.Pixels(float64(g.a.W), float64(g.a.H), float64(g.b.W), float64(g.b.H))
}
