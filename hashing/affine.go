package hashing

import "math"

// identity maps every point to itself.
var identity = Affine{0: 1, 4: 1}

// Apply maps one point.
func (m Affine) Apply(u, v float64) (x, y float64) {
	return m[0]*u + m[1]*v + m[2], m[3]*u + m[4]*v + m[5]
}

// Then is m followed by next.
func (m Affine) Then(next Affine) Affine {
	x, y := next.Apply(m[2], m[5])
	return Affine{
		next[0]*m[0] + next[1]*m[3], next[0]*m[1] + next[1]*m[4], x,
		next[3]*m[0] + next[4]*m[3], next[3]*m[1] + next[4]*m[4], y,
	}
}

// Inverse undoes m; ok is false when m folds the plane up or holds no numbers.
func (m Affine) Inverse() (inv Affine, ok bool) {
	d := m.Determinant()
	if !(math.Abs(d) >= 1e-9) || math.IsInf(d, 0) {
		return inv, false
	}
	inv = Affine{m[4] / d, -m[1] / d, 0, -m[3] / d, m[0] / d, 0}
	x, y := inv.Apply(m[2], m[5])
	inv[2], inv[5] = -x, -y
	return inv, !math.IsNaN(x+y) && !math.IsInf(x+y, 0)
}

// Determinant is the factor by which areas grow; negative for a mirroring.
func (m Affine) Determinant() float64 { return m[0]*m[4] - m[1]*m[3] }

// Pixels turns a map between fractions of the sides of two pictures into the
// map between their pixels, given the sides of the first (aw x ah) and of the
// second (bw x bh), in any unit.
func (m Affine) Pixels(aw, ah, bw, bh float64) Affine {
	return Affine{m[0] * bw / aw, m[1] * bw / ah, m[2] * bw, m[3] * bh / aw, m[4] * bh / ah, m[5] * bh}
}

// Fractions is the reverse of Pixels.
func (m Affine) Fractions(aw, ah, bw, bh float64) Affine {
	return Affine{m[0] * aw / bw, m[1] * ah / bw, m[2] / bw, m[3] * aw / bh, m[4] * ah / bh, m[5] / bh}
}

// Scale is how many pixels of the second picture show one pixel of the first,
// along a side, for a map between fractions of two pictures of aw x ah and
// bw x bh pixels.
func (m Affine) Scale(aw, ah, bw, bh int) float64 {
	return math.Sqrt(math.Abs(m.Determinant()) * float64(bw) * float64(bh) / (float64(aw) * float64(ah)))
}

// Turn says how the first picture is to be moved to look like the second:
// mirrored (left and right exchanged) first, then turned clockwise by degrees,
// 0 up to 360. The sides are those of Scale: a map between fractions has no
// angles of its own.
func (m Affine) Turn(aw, ah, bw, bh int) (mirrored bool, degrees float64) {
	p := m.Pixels(float64(aw), float64(ah), float64(bw), float64(bh))
	if mirrored = p.Determinant() < 0; mirrored {
		p[0], p[3] = -p[0], -p[3]
	}
	return mirrored, degreesOf(math.Atan2(p[3]-p[1], p[0]+p[4]) * 180 / math.Pi)
}

// degreesOf brings an angle to 0 up to 360; a hair to the left is no turn.
func degreesOf(angle float64) float64 {
	angle = math.Mod(angle+360, 360)
	if angle >= 359.95 {
		return 0
	}
	return angle
}
