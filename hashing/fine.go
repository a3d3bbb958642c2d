package hashing

import "math"

// fine is the fine structure of a picture: each pixel less the mean of its
// surroundings, over their standard deviation. Smooth shades are gone, and a
// hard edge weighs no more than any other texture. Pixels that the other
// picture does not cover are left out.
type fine struct {
	w, h    int
	pixels  []float32
	covered []bool
}

// fineStructure is that of ref and of what was warped onto it.
func (l *sheet) fineStructure() (ref, top *fine) {
	covered := make([]bool, len(l.warped))
	pixels := make([]float32, len(l.warped))
	for i, v := range l.warped {
		covered[i] = v >= 0
		pixels[i] = float32(l.ref.Pix[i])
	}
	return newFine(l.ref.W, l.ref.H, pixels, covered), newFine(l.ref.W, l.ref.H, l.warped, covered)
}

func newFine(w, h int, pixels []float32, covered []bool) *fine {
	f := &fine{w, h, make([]float32, w*h), covered}
	sums := integrate(w, h, pixels, covered)
	for y := range h {
		top, low := max(0, y-fineRadius), min(h, y+fineRadius+1)
		for x := range w {
			i := y*w + x
			if !covered[i] {
				continue
			}
			n, sum, squares := sums.within(max(0, x-fineRadius), top, min(w, x+fineRadius+1), low)
			mean := sum / n
			variance := math.Max(0, squares/n-mean*mean)
			f.pixels[i] = float32((float64(pixels[i]) - mean) / math.Sqrt(variance+fineFloor*fineFloor))
		}
	}
	return f
}

// integral holds, of all that lies above and left of each place, the number of
// pixels, their sum and that of their squares.
type integral struct {
	stride int
	sums   [][3]float64
}

func integrate(w, h int, pixels []float32, covered []bool) integral {
	t := integral{w + 1, make([][3]float64, (w+1)*(h+1))}
	for y := range h {
		var row [3]float64
		for x := range w {
			if i := y*w + x; covered[i] {
				v := float64(pixels[i])
				row[0], row[1], row[2] = row[0]+1, row[1]+v, row[2]+v*v
			}
			above := &t.sums[y*t.stride+x+1]
			t.sums[(y+1)*t.stride+x+1] = [3]float64{above[0] + row[0], above[1] + row[1], above[2] + row[2]}
		}
	}
	return t
}

// within gives the sums of a rectangle.
func (t integral) within(x0, y0, x1, y1 int) (n, sum, squares float64) {
	a, b := &t.sums[y0*t.stride+x0], &t.sums[y0*t.stride+x1]
	c, d := &t.sums[y1*t.stride+x0], &t.sums[y1*t.stride+x1]
	return d[0] - b[0] - c[0] + a[0], d[1] - b[1] - c[1] + a[1], d[2] - b[2] - c[2] + a[2]
}

// products are sums over pixels of two fine structures, over n of them.
type products struct{ ab, aa, bb, n float64 }

// add sums up a row of f from x0 to x1, and what lies (dx, dy) off in g.
func (p *products) add(f, g *fine, y, x0, x1, dx, dy int) {
	from, to := y*f.w+x0, y*f.w+x1
	other := (y+dy)*f.w + x0 + dx
	a, inA := f.pixels[from:to], f.covered[from:to]
	b, inB := g.pixels[other:][:len(a)], g.covered[other:][:len(a)]
	var ab, aa, bb float32
	n := 0
	for i, u := range a {
		if v := b[i]; inA[i] && inB[i] {
			ab, aa, bb = ab+u*v, aa+u*u, bb+v*v
			n++
		}
	}
	p.ab, p.aa, p.bb, p.n = p.ab+float64(ab), p.aa+float64(aa), p.bb+float64(bb), p.n+float64(n)
}

// along is the correlation of two fine structures, g moved by (dx, dy).
func (f *fine) along(g *fine, dx, dy int) float64 {
	var p products
	x0, x1 := max(0, -dx), min(f.w, f.w-dx)
	for y := max(0, -dy); y < min(f.h, f.h-dy) && x0 < x1; y++ {
		p.add(f, g, y, x0, x1, dx, dy)
	}
	if !(p.aa > 0 && p.bb > 0) {
		return 0
	}
	return p.ab / math.Sqrt(p.aa*p.bb)
}

// agreeing is the share of the structure that lies in cells which agree.
func (f *fine) agreeing(g *fine) float64 {
	var all, good float64
	for y0 := 0; y0+fineCell <= f.h; y0 += fineCell {
		for x0 := 0; x0+fineCell <= f.w; x0 += fineCell {
			var p products
			for y := y0; y < y0+fineCell; y++ {
				p.add(f, g, y, x0, x0+fineCell, 0, 0)
			}
			if p.n < fineCell*fineCell/2 {
				continue
			}
			weight := math.Sqrt(math.Max(p.aa, p.bb))
			all += weight
			if p.ab > fineAlike*(math.Sqrt(p.aa*p.bb)+fineNoise*p.n) {
				good += weight
			}
		}
	}
	if !(all > 0) {
		return 0
	}
	return good / all
}

// chance is the standard deviation of the correlation where the pictures are
// laid wrongly onto each other: by some pixels to all sides.
func (f *fine) chance(g *fine) float64 {
	var sum, squares, n float64
	for dy := -fineFar; dy <= fineFar; dy += fineStep {
		for dx := -fineFar; dx <= fineFar; dx += fineStep {
			if max(dx, -dx, dy, -dy) >= fineNear {
				r := f.along(g, dx, dy)
				sum, squares, n = sum+r, squares+r*r, n+1
			}
		}
	}
	return math.Sqrt(math.Max(0, squares/n-sum*sum/(n*n)))
}
