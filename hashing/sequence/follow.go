package sequence

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

const (
	followSide  = 32   // longest side of the pictures that are first moved over each other,
	followReach = 0.35 // by so much of their sides,
	followAlike = 0.7  // and the correlation below which they do not show the same

	followSteps = 10   // of the map, at most
	followExact = 0.02 // pixels by which nothing moves any more
	followMost  = 4.0  // pixels that one step may move something by
	followCells = 200  // pixels that both must show
)

// follow finds how a frame lies on the one before: shifted, and then turned and
// changed in size by a little, first of all in the large.
func follow(f, before hashing.Luma) (m hashing.Affine, ok bool) {
	m, r := shift(f.Reduced(followSide), before.Reduced(followSide))
	if r < followAlike {
		return m, false
	}
	for side := followSide; ok || side == followSide; side *= 2 {
		a, b := f.Reduced(side), before.Reduced(side)
		if m, ok = fitFrame(a, b, m); a.W == f.W {
			break
		}
	}
	return m, ok
}

// fitFrame improves a map between fractions of two frames.
func fitFrame(f, before hashing.Luma, m hashing.Affine) (hashing.Affine, bool) {
	w, h := float64(f.W), float64(f.H)
	m = m.Pixels(w, h, w, h)
	for range followSteps {
		step, most, ok := correction(f, before, m)
		if !ok || !(most <= followMost) {
			return m, false
		}
		if m = step.Then(m); most < followExact {
			break
		}
	}
	return m.Fractions(w, h, w, h), true
}

// shift is by how many pixels a is to be moved to lie best on b, in fractions,
// and how well it does.
func shift(a, b hashing.Luma) (m hashing.Affine, best float64) {
	rx, ry := int(followReach*float64(a.W)), int(followReach*float64(a.H))
	x, y := 0, 0
	for dy := -ry; dy <= ry; dy++ {
		for dx := -rx; dx <= rx; dx++ {
			if r := correlation(a, b, dx, dy); r > best {
				best, x, y = r, dx, dy
			}
		}
	}
	return hashing.Affine{1, 0, float64(x) / float64(a.W), 0, 1, float64(y) / float64(a.H)}, best
}

// correlation is that of a, moved by so many pixels, with b of the same sides.
func correlation(a, b hashing.Luma, dx, dy int) float64 {
	var n, sa, sb, aa, bb, ab int
	x0, x1 := max(0, -dx), min(a.W, a.W-dx)
	for y := max(0, -dy); y < min(a.H, a.H-dy); y++ {
		p, q := a.Pix[y*a.W+x0:y*a.W+x1], b.Pix[(y+dy)*a.W+x0+dx:(y+dy)*a.W+x1+dx]
		for i, v := range p {
			v, u := int(v), int(q[i])
			sa, sb, aa, bb, ab = sa+v, sb+u, aa+v*v, bb+u*u, ab+u*v
		}
		n += len(p)
	}
	va, vb := float64(n*aa-sa*sa), float64(n*bb-sb*sb)
	if va <= 0 || vb <= 0 {
		return 0
	}
	return float64(n*ab-sa*sb) / math.Sqrt(va*vb)
}

// correction is a step of the map from pixels of a to pixels of b that makes
// them differ less (Gauss and Newton), and how far it moves a corner. Its five
// unknowns are a change of size, a turn, two shifts and one of the brightness.
func correction(a, b hashing.Luma, m hashing.Affine) (step hashing.Affine, most float64, ok bool) {
	var n [5][6]float64
	cells := 0
	cx, cy := float64(a.W)/2, float64(a.H)/2
	for y := 1; y < a.H-1; y++ {
		for x := 1; x < a.W-1; x++ {
			s, ok := at(b, m, x, y)
			if !ok {
				continue
			}
			cells++
			u, v := float64(x)+0.5-cx, float64(y)+0.5-cy
			row := [6]float64{s.dx*u + s.dy*v, s.dy*u - s.dx*v, s.dx, s.dy, 1, float64(a.Pix[y*a.W+x]) - s.value}
			for i := range n {
				for j := i; j < len(row); j++ {
					n[i][j] += row[i] * row[j]
				}
			}
		}
	}
	d, ok := solved(n)
	if !ok || cells < followCells {
		return step, 0, false
	}
	most = math.Hypot(d[2], d[3]) + math.Hypot(d[0], d[1])*math.Hypot(cx, cy)
	return hashing.Affine{1 + d[0], -d[1], d[2] - d[0]*cx + d[1]*cy, d[1], 1 + d[0], d[3] - d[1]*cx - d[0]*cy}, most, true
}

// solved solves normal equations, of which the upper half is given with the
// right side behind it.
func solved(n [5][6]float64) (d [5]float64, ok bool) {
	for i := range n {
		for j := range i {
			n[i][j] = n[j][i]
		}
	}
	for i := range n {
		if !(n[i][i] > 1e-6) { // what is left of a sum of squares
			return d, false
		}
		for r := i + 1; r < len(n); r++ {
			f := n[r][i] / n[i][i]
			for c := i; c < len(n[r]); c++ {
				n[r][c] -= f * n[i][c]
			}
		}
	}
	for i := len(n) - 1; i >= 0; i-- {
		v := n[i][5]
		for c := i + 1; c < len(d); c++ {
			v -= n[i][c] * d[c]
		}
		d[i] = v / n[i][i]
	}
	return d, true
}
