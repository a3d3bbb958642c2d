package hashing

import "math"

// plausible says whether m is still near the identity: a hash match leaves
// room for a small crop, stretch or turn and for nothing else.
func (m Affine) plausible() bool {
	for i, id := range [6]float64{1, 0, 0, 0, 1, 0} {
		if !(math.Abs(m[i]-id) <= registerReach) {
			return false
		}
	}
	return true
}

// starts gives the maps from points of b to points of a, near the identity,
// from which the two pictures may be brought to agree; none when they have too
// little in common. Both pictures are averaged to 24 x 24, and scales and
// shifts of a few per cent are tried by normalised correlation. The best comes
// first, then the identity, which an overlay may hide from the correlation.
func starts(a, b Luma) []Affine {
	m, r := coarse(a.resized(coarseSide, coarseSide), b.resized(coarseSide, coarseSide))
	if r < coarseLeast {
		return nil
	}
	if m == identity {
		return []Affine{m}
	}
	return []Affine{m, identity}
}

// refined improves a start by Gauss-Newton steps at 48 and 96 pixels, for all
// six numbers of the map with gain and offset of brightness, pixels that
// disagree (overlays) weighing less.
func refined(a, b Luma, m Affine) Affine {
	for _, level := range []struct{ side, steps int }{{48, 12}, {96, 8}} {
		fine, ok := refine(a.Reduced(level.side), b.Reduced(level.side), m, level.steps)
		if !ok {
			break
		}
		m = fine
	}
	return m
}

// coarse tries scales and shifts on two pictures of equal, small size.
func coarse(a, b Luma) (best Affine, r float64) {
	best, r = Affine{0: 1, 4: 1}, -1
	for _, k := range coarseScales {
		scaled := scaledCentre(a, k)
		for dy := -coarseShift; dy <= coarseShift; dy++ {
			for dx := -coarseShift; dx <= coarseShift; dx++ {
				c := shifted(scaled, b, dx, dy)
				if c > r {
					r = c
					n := float64(coarseSide)
					// u = 1/2 maps to 1/2 before the shift.
					best = Affine{k, 0, (1-k)/2 + k*float64(dx)/n, 0, k, (1-k)/2 + k*float64(dy)/n}
				}
			}
		}
	}
	return best, r
}

// scaledCentre samples l so that k of its side fills the same number of
// pixels; -1 marks places outside.
func scaledCentre(l Luma, k float64) []float32 {
	out := make([]float32, l.W*l.H)
	for y := range l.H {
		v := ((float64(y)+0.5)/float64(l.H)-0.5)*k + 0.5
		for x := range l.W {
			u := ((float64(x)+0.5)/float64(l.W)-0.5)*k + 0.5
			out[y*l.W+x] = -1
			if u >= 0 && u <= 1 && v >= 0 && v <= 1 {
				out[y*l.W+x] = float32(sample(l, u*float64(l.W)-0.5, v*float64(l.H)-0.5))
			}
		}
	}
	return out
}

// shifted is the normalised correlation of a, moved by (dx, dy), with b where
// both have pixels; -1 when they share too little.
func shifted(a []float32, b Luma, dx, dy int) float64 {
	var n, sa, sb, saa, sbb, sab float64
	for y := max(0, -dy); y < min(b.H, b.H-dy); y++ {
		for x := max(0, -dx); x < min(b.W, b.W-dx); x++ {
			p := float64(a[(y+dy)*b.W+x+dx])
			if p < 0 {
				continue
			}
			q := float64(b.Pix[y*b.W+x])
			n++
			sa, sb, saa, sbb, sab = sa+p, sb+q, saa+p*p, sbb+q*q, sab+p*q
		}
	}
	if n < coarseOverlap*float64(b.W*b.H) {
		return -1
	}
	return correlation(n, sa, sb, saa, sbb, sab)
}

// correlation is Pearson's, from sums; 0 when either side is flat.
func correlation(n, sa, sb, saa, sbb, sab float64) float64 {
	va, vb := saa-sa*sa/n, sbb-sb*sb/n
	if va < 1e-3*n || vb < 1e-3*n {
		return 0
	}
	return (sab - sa*sb/n) / math.Sqrt(va*vb)
}

// sample interpolates between pixel centres; places outside take the edge.
func sample(l Luma, x, y float64) float64 {
	if x >= 0 && y >= 0 && x < float64(l.W-1) && y < float64(l.H-1) { // nearly always
		x0, y0 := int(x), int(y)
		fx, fy := x-float64(x0), y-float64(y0)
		top := l.Pix[y0*l.W+x0:][:2]
		low := l.Pix[(y0+1)*l.W+x0:][:2]
		return (float64(top[0])*(1-fx)+float64(top[1])*fx)*(1-fy) +
			(float64(low[0])*(1-fx)+float64(low[1])*fx)*fy
	}
	x = max(0, min(x, float64(l.W-1)))
	y = max(0, min(y, float64(l.H-1)))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, l.W-1), min(y0+1, l.H-1)
	fx, fy := x-float64(x0), y-float64(y0)
	top, low := l.Pix[y0*l.W:], l.Pix[y1*l.W:]
	return (float64(top[x0])*(1-fx)+float64(top[x1])*fx)*(1-fy) +
		(float64(low[x0])*(1-fx)+float64(low[x1])*fx)*fy
}

// unknowns of a Gauss-Newton step: the map, gain and offset.
const unknowns = 8

// refine improves m by at most steps Gauss-Newton steps on the differences
// b(p) - gain*a(m(p)) - offset, each weighted by how small it is (Cauchy). It
// fails when the pictures do not determine the map.
func refine(a, b Luma, m Affine, steps int) (Affine, bool) {
	g := gradient(a)
	gain, offset, width := 1.0, 0.0, 40.0
	if !(a.W > 2 && a.H > 2) {
		return m, false
	}
	for range steps {
		var n normal
		n.accumulate(a, b, g, m, gain, offset, width)
		step, ok := n.solve()
		if !ok {
			return m, false
		}
		next := m
		for i := range next {
			next[i] += step[i]
		}
		if !next.plausible() {
			return m, false
		}
		m, gain, offset = next, gain+step[6], offset+step[7]
		width = math.Max(6, 2*n.spread())
		if m.moved(step) < 0.02/float64(max(b.W, b.H)) {
			break
		}
	}
	return m, true
}

// moved is how far a step moves the corners of the unit square, at most.
func (m Affine) moved(step [unknowns]float64) float64 {
	return math.Max(math.Abs(step[0])+math.Abs(step[1])+math.Abs(step[2]),
		math.Abs(step[3])+math.Abs(step[4])+math.Abs(step[5]))
}
