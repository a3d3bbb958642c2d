package match

import "github.com/firsthand-media/firsthand/hashing"

// area is the signed area of a polygon (shoelace formula).
func area(poly [][2]float64) float64 {
	sum := 0.0
	for i, p := range poly {
		q := poly[(i+1)%len(poly)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return sum / 2
}

// bounds is the box around a polygon, cut off at the picture's edges.
func bounds(poly [][2]float64) [4]float64 {
	box := [4]float64{1, 1, 0, 0}
	for _, p := range poly {
		x, y := min(max(p[0], 0), 1), min(max(p[1], 0), 1)
		box = [4]float64{min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)}
	}
	return box
}

// clipped cuts a convex polygon off at a box (Sutherland and Hodgman).
func clipped(poly [][2]float64, box hashing.Box) [][2]float64 {
	for side := range 4 {
		axis, sign, limit := side%2, 1.0, [4]float64{box.X1, box.Y1, box.X0, box.Y0}[side]
		if side >= 2 {
			sign = -1
		}
		var out [][2]float64
		for i, p := range poly {
			q := poly[(i+1)%len(poly)]
			dp, dq := sign*(limit-p[axis]), sign*(limit-q[axis])
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

// shadow is the part of the second picture that the first covers when m lays
// it there, and how much of each that is.
func shadow(m hashing.Affine) (ofFirst, ofSecond float64) {
	var outline [][2]float64
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := m.Apply(c[0], c[1])
		outline = append(outline, [2]float64{x, y})
	}
	whole := area(outline)
	inside := area(clipped(outline, hashing.Box{X1: 1, Y1: 1}))
	if whole == 0 {
		return 0, 0
	}
	return inside / whole, max(inside, -inside)
}
