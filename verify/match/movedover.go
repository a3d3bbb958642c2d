package match

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

// Two videos show one picture moved over (a slide, a photograph panned over)
// when so many pairs of their frames agree, each in so much, at places that
// differ by so much of the picture.
const (
	movedPairs  = 4
	movedShare  = 0.97
	movedWholly = 0.995 // where the moments speak for two takes: nothing may differ
	movedBlocks = 40
	movedBy     = 0.01
)

// movedOver says that two videos move over one still picture, each in its own
// way. Nothing in such a picture moves, so that no order of moments tells the
// two to be one recording; but nothing differs either, wherever they are laid
// on each other. Two takes of a place differ in what moves, two visits in the
// light and in what stands before what; and from a fixed camera all pairs lie
// alike, which is left to the moments.
func movedOver(met []meeting, take bool) bool {
	share := movedShare
	if take {
		share = movedWholly
	}
	if len(met) < movedPairs {
		return false
	}
	apart := 0.0
	for _, m := range met {
		g := &m.Agreement
		if g.Verdict != hashing.Copy || g.Share < share || g.Agreeing < movedBlocks || m.framed() {
			return false
		}
		apart = math.Max(apart, farthest(met[0].Agreement.Map, g.Map))
	}
	return apart >= movedBy
}

// farthest is by how much two maps differ at most, over the corners of the
// picture.
func farthest(m, n hashing.Affine) float64 {
	most := 0.0
	for _, p := range [4][2]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
		x, y := m.Apply(p[0], p[1])
		u, v := n.Apply(p[0], p[1])
		most = math.Max(most, math.Hypot(x-u, y-v))
	}
	return most
}
