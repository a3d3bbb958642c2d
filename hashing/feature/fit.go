package feature

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

// weight of a correspondence in a fit: nearer descriptors lie better.
func (c *correspondence) weight() float64 { return float64(corrBits + 8 - c.bits) }

// similarityFit is the similarity that brings A's keypoints nearest to B's, by
// least squares.
func (g *geometry) similarityFit(fits []int32) (hashing.Affine, bool) {
	ax, ay, bx, by, total := g.centres(fits)
	var dot, cross, spread float64
	for _, k := range fits {
		c := &g.all[k]
		w := c.weight()
		p, q := g.a.Points[c.i], g.b.Points[c.j]
		x, y := float64(p.X)-ax, float64(p.Y)-ay
		u, v := float64(q.X)-bx, float64(q.Y)-by
		dot += w * (x*u + y*v)
		cross += w * (x*v - y*u)
		spread += w * (x*x + y*y)
	}
	if !(spread > total) { // all within a pixel
		return hashing.Affine{}, false
	}
	c, s := dot/spread, cross/spread
	return hashing.Affine{c, -s, bx - c*ax + s*ay, s, c, by - s*ax - c*ay}, true
}

// affineFit is the affine map that brings A's keypoints nearest to B's. Where
// they lie in a line, or nearly, m decides what they leave open.
func (g *geometry) affineFit(fits []int32, m hashing.Affine) (hashing.Affine, bool) {
	ax, ay, bx, by, total := g.centres(fits)
	var xx, xy, yy, xu, yu, xv, yv float64
	for _, k := range fits {
		c := &g.all[k]
		w := c.weight()
		p, q := g.a.Points[c.i], g.b.Points[c.j]
		x, y := float64(p.X)-ax, float64(p.Y)-ay
		u, v := float64(q.X)-bx, float64(q.Y)-by
		u, v = u-m[0]*x-m[1]*y, v-m[3]*x-m[4]*y // what m leaves
		xx, xy, yy = xx+w*x*x, xy+w*x*y, yy+w*y*y
		xu, yu, xv, yv = xu+w*x*u, yu+w*y*u, xv+w*x*v, yv+w*y*v
	}
	damp := total * math.Pow(affineDamping*float64(max(g.a.W, g.a.H)), 2)
	xx, yy = xx+damp, yy+damp
	det := xx*yy - xy*xy
	if !(det > 0) {
		return m, false
	}
	n := hashing.Affine{
		m[0] + (xu*yy-yu*xy)/det, m[1] + (yu*xx-xu*xy)/det, 0,
		m[3] + (xv*yy-yv*xy)/det, m[4] + (yv*xx-xv*xy)/det, 0,
	}
	n[2], n[5] = bx-n[0]*ax-n[1]*ay, by-n[3]*ax-n[4]*ay
	return n, true
}

// affineDamping is the spread of inliers, as a share of the longest side, at
// which half of what they say of a stretch is believed.
const affineDamping = 0.02

// centres are the weighted means of both sides' keypoints, and the weight.
func (g *geometry) centres(fits []int32) (ax, ay, bx, by, total float64) {
	for _, k := range fits {
		c := &g.all[k]
		w := c.weight()
		p, q := g.a.Points[c.i], g.b.Points[c.j]
		ax, ay = ax+w*float64(p.X), ay+w*float64(p.Y)
		bx, by = bx+w*float64(q.X), by+w*float64(q.Y)
		total += w
	}
	return ax / total, ay / total, bx / total, by / total, total
}
