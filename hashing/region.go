package hashing

import "math"

// locate fills in where in the two whole pictures the agreement lies.
func (g *Agreement) locate(k blocks, m Affine, boxA, boxB Box, s Symmetry, partA, partB Luma) {
	inv, ok := m.Inverse()
	if !ok {
		g.Accepted = false
		return
	}
	// What both parts show, first in fractions of B's part: A's outline laid
	// onto B and cut off at B's own edge.
	outline := make([][2]float64, 0, 4)
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := inv.Apply(c[0], c[1])
		outline = append(outline, [2]float64{x, y})
	}
	shared := clip(outline)
	if len(shared) < 3 {
		g.Accepted = false
		return
	}
	toA := func(u, v float64) (float64, float64) {
		x, y := m.Apply(u, v)
		return s.Inverse().point(unit(x), unit(y))
	}
	inA := make([][2]float64, len(shared))
	for i, p := range shared {
		inA[i][0], inA[i][1] = toA(p[0], p[1])
	}
	g.CoverA, g.CoverB = math.Abs(area(inA)), math.Abs(area(shared))
	g.RegionA, g.RegionB = boxA.outward(inA), boxB.outward(shared)
	for _, c := range k.changed() {
		x0, y0 := toA(c.X0, c.Y0)
		x1, y1 := toA(c.X1, c.Y1)
		ca := Box{math.Min(x0, x1), math.Min(y0, y1), math.Max(x0, x1), math.Max(y0, y1)}
		g.ChangedA = append(g.ChangedA, boxA.within(ca))
		g.ChangedB = append(g.ChangedB, boxB.within(c))
	}
	g.Scale = inv.Scale(partA.W, partA.H, partB.W, partB.H)
	g.Map = boxA.affine().inverted().Then(s.affine()).Then(inv).Then(boxB.affine())
}

// affine maps fractions of a box to fractions of the picture it is part of.
func (b Box) affine() Affine { return Affine{b.X1 - b.X0, 0, b.X0, 0, b.Y1 - b.Y0, b.Y0} }

// inverted is the inverse of the map of a valid box.
func (m Affine) inverted() Affine {
	return Affine{1 / m[0], 0, -m[2] / m[0], 0, 1 / m[4], -m[5] / m[4]}
}

func unit(v float64) float64 { return math.Max(0, math.Min(v, 1)) }

// outward turns fractions of the box into fractions of the whole picture, as
// a clockwise polygon that begins at its topmost, then leftmost point.
func (b Box) outward(poly [][2]float64) [][2]float64 {
	out := make([][2]float64, len(poly))
	for i, p := range poly {
		out[i] = [2]float64{b.X0 + p[0]*(b.X1-b.X0), b.Y0 + p[1]*(b.Y1-b.Y0)}
	}
	if area(out) < 0 { // y points down: positive is clockwise as seen
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	first := 0
	for i, p := range out {
		if p[1] < out[first][1] || p[1] == out[first][1] && p[0] < out[first][0] {
			first = i
		}
	}
	return append(out[first:len(out):len(out)], out[:first]...)
}

// within turns a box in fractions of b into one in fractions of the whole.
func (b Box) within(c Box) Box {
	w, h := b.X1-b.X0, b.Y1-b.Y0
	return Box{b.X0 + c.X0*w, b.Y0 + c.Y0*h, b.X0 + c.X1*w, b.Y0 + c.Y1*h}
}

// area is the signed area of a polygon (shoelace formula).
func area(poly [][2]float64) float64 {
	sum := 0.0
	for i, p := range poly {
		q := poly[(i+1)%len(poly)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return sum / 2
}

// clip cuts a convex polygon off at the unit square (Sutherland and Hodgman).
func clip(poly [][2]float64) [][2]float64 {
	for side := range 4 {
		axis, sign, limit := side%2, 1.0, 1.0
		if side >= 2 {
			sign, limit = -1, 0
		}
		inside := func(p [2]float64) float64 { return sign * (limit - p[axis]) }
		var out [][2]float64
		for i, p := range poly {
			q := poly[(i+1)%len(poly)]
			dp, dq := inside(p), inside(q)
			if dp >= 0 {
				out = append(out, p)
			}
			if dp >= 0 != (dq >= 0) {
				t := dp / (dp - dq)
				out = append(out, [2]float64{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])})
			}
		}
		poly = out
	}
	return poly
}

// changed gives the bounds, in fractions of B's part, of each group of two or
// more neighbouring blocks that differ: a single one is as often noise.
func (k *blocks) changed() []Box {
	var boxes []Box
	seen := make([]bool, len(k.state))
	for i := range k.state {
		if seen[i] || k.state[i] != differs {
			continue
		}
		group := k.group(i, seen)
		if len(group) < 2 {
			continue
		}
		boxes = append(boxes, k.bounds(group))
	}
	return boxes
}

// bounds is the box around a group, in fractions of B's part.
func (k *blocks) bounds(group []int) Box {
	c0, r0, c1, r1 := k.cols, k.rows, 0, 0
	for _, j := range group {
		c0, c1 = min(c0, j%k.cols), max(c1, j%k.cols+1)
		r0, r1 = min(r0, j/k.cols), max(r1, j/k.cols+1)
	}
	w, h := float64(k.w), float64(k.h)
	return Box{float64(k.x0+c0*k.side) / w, float64(k.y0+r0*k.side) / h,
		float64(k.x0+c1*k.side) / w, float64(k.y0+r1*k.side) / h}
}

// group collects the differing blocks connected with block i by their sides.
func (k *blocks) group(i int, seen []bool) []int {
	group := []int{i}
	seen[i] = true
	for n := 0; n < len(group); n++ {
		c, r := group[n]%k.cols, group[n]/k.cols
		for _, d := range [4][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
			x, y := c+d[0], r+d[1]
			if x < 0 || y < 0 || x >= k.cols || y >= k.rows {
				continue
			}
			if j := y*k.cols + x; !seen[j] && k.state[j] == differs {
				seen[j] = true
				group = append(group, j)
			}
		}
	}
	return group
}
