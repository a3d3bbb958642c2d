package feature

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

// Parameters of what counts as nearly fitting.
const (
	parallaxNear  = 2.5  // pixels of a 512-pixel picture by which a copy's keypoints may lie off
	parallaxScale = 0.35 // or this much of their scale,
	parallaxOwn   = 1.0  // or pixels of a small picture as it is: its keypoints cannot be placed better
	parallaxFar   = 0.06 // of the longest side: what lies further off is chance
	parallaxBits  = 40   // distance of the descriptors: of those further apart, more are mistaken than moved
)

// strays are the places in A, in fractions, of the keypoints, each with its
// nearest of the other picture, that lie near where the map puts them but not
// there, and their share. In a copy there are hardly any; seen from elsewhere,
// near and far things move apart.
func (g *geometry) strays(m hashing.Affine) (at [][2]float64, share float64) {
	var there, nearby, beyond float64
	scale := math.Sqrt(math.Abs(m.Determinant()))
	coarse := math.Max(1, scale) // lengths are of the picture that shows less detail
	side := math.Max(float64(max(g.a.W, g.a.H)), float64(max(g.b.W, g.b.H)))
	far := parallaxFar * side * math.Min(1, scale)
	about := correspondence{turn: float32(math.Mod(math.Atan2(m[3]-m[1], m[0]+m[4])+2*math.Pi, 2*math.Pi)), scale: float32(math.Log2(scale))}
	near := parallaxNear * side / 512
	if own := math.Max(g.pixelB, g.pixelA*scale) / coarse; own > 1 {
		near = math.Max(near, parallaxOwn*own)
	}
	t, s := about.cell()
	around(t, s, func(t, s int) {
		for _, k := range g.ballot.of[t][s] {
			c := &g.all[k]
			if !c.mutual || c.bits > parallaxBits {
				continue
			}
			p, q := g.a.Points[c.i], g.b.Points[c.j]
			x, y := m.Apply(float64(p.X), float64(p.Y))
			off := math.Hypot(x-float64(q.X), y-float64(q.Y)) / coarse
			blob := math.Max(float64(p.Scale)*scale, float64(q.Scale)) / coarse
			switch {
			case off <= math.Max(near, parallaxScale*blob):
				there++
			case off <= far:
				nearby++
				at = append(at, [2]float64{float64(p.X) / float64(g.a.W), float64(p.Y) / float64(g.a.H)})
			case off <= 2*far:
				beyond++
			}
		}
	})
	// Chance puts three times as many into the ring beyond, which has three
	// times the area, as nearby; and few say little.
	return at, math.Max(0, nearby-beyond/3-2*math.Sqrt(nearby)) / math.Max(1, there+nearby)
}
