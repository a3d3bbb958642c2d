package hashing

import (
	"math"
	"math/bits"
)

// reduce averages a picture of w x h pixels, given row by row, by area to
// dw x dh, which must not be larger. All sums are whole numbers, so a turned
// or mirrored picture gives exactly the turned or mirrored result.
func reduce(w, h, dw, dh int, row func(y int) []byte) Luma {
	out := Luma{W: dw, H: dh, Pix: make([]byte, dw*dh)}
	if dw == w && dh == h {
		for y := range h {
			copy(out.Pix[y*w:(y+1)*w], row(y))
		}
		return out
	}
	line := make([]uint32, dw) // one source row averaged along x, times w
	sums := make([]uint64, dw)
	average := rowAverager(w, dw)
	total := divisor(uint64(w) * uint64(h))
	// In units of 1/dh of a source row, source row y covers [y*dh, y*dh+dh)
	// and result row dy covers [dy*h, dy*h+h).
	dy := 0
	for y := range h {
		average(row(y), line)
		from, to := y*dh, (y+1)*dh
		for from < to {
			end := min(to, (dy+1)*h)
			weight := uint64(end - from)
			sums := sums[:len(line)]
			for x, v := range line {
				sums[x] += weight * uint64(v)
			}
			if from = end; from == (dy+1)*h {
				total.rounded(sums, out.Pix[dy*dw:(dy+1)*dw])
				clear(sums)
				dy++
			}
		}
	}
	return out
}

// quotient divides by one number many times.
type quotient struct {
	by      uint64
	inverse uint64 // 1<<64 / by, rounded up; 0 where that is not exact enough
}

// divisor prepares for the division of sums of up to 255 by each of so many.
func divisor(by uint64) quotient {
	// With inverse = (1<<64 + e) / by, e < by, the quotient of n comes out too
	// large by n*e/by/1<<64 at most, which must stay below 1/by.
	if by < 2 || by >= 1<<28 {
		return quotient{by: by}
	}
	return quotient{by, math.MaxUint64/by + 1}
}

// rounded writes the nearest whole numbers to the quotients.
func (q quotient) rounded(sums []uint64, to []byte) {
	half := q.by / 2
	if q.inverse == 0 {
		for x, s := range sums {
			to[x] = byte((s + half) / q.by)
		}
		return
	}
	to = to[:len(sums)]
	for x, s := range sums {
		hi, _ := bits.Mul64(s+half, q.inverse)
		to[x] = byte(hi)
	}
}

// rowAverager gives the function that averages rows of w pixels to dw.
func rowAverager(w, dw int) func(src []byte, line []uint32) {
	if w > 2*dw || w == dw || w < 3 {
		return func(src []byte, line []uint32) { averageRow(src, line, w, dw) }
	}
	weights := coverage(w, dw)
	return func(src []byte, line []uint32) {
		line = line[:len(weights)]
		for x := range weights {
			t := &weights[x]
			p := src[t.at:][:3]
			line[x] = t.part[0]*uint32(p[0]) + t.part[1]*uint32(p[1]) + t.part[2]*uint32(p[2])
		}
	}
}

// shares are the three neighbouring pixels that a pixel of the result lies on,
// the first at at, and how much of each, in units of which a source pixel has
// as many as the result has pixels.
type shares struct {
	at   int
	part [3]uint32
}

// coverage says what each of dw pixels covers of w, which are at most twice as
// many: never more than three.
func coverage(w, dw int) []shares {
	all := make([]shares, dw)
	for x := range all {
		from, to := x*w, (x+1)*w
		at := min(from/dw, w-3)
		all[x].at = at
		for i := range all[x].part {
			all[x].part[i] = uint32(max(0, min(to, (at+i+1)*dw)-max(from, (at+i)*dw)))
		}
	}
	return all
}

// averageRow sums src into line, each source pixel being dw units wide and each
// result pixel w units.
func averageRow(src []byte, line []uint32, w, dw int) {
	if w == dw {
		for x, v := range src[:w] {
			line[x] = uint32(v) * uint32(dw)
		}
		return
	}
	x, left := 0, dw // units of src[x] not yet used
	for dx := range line {
		need := w
		var sum uint32
		if left < dw {
			sum = uint32(src[x]) * uint32(left)
			need -= left
			x++
		}
		var whole uint32
		for ; need >= dw; need -= dw {
			whole += uint32(src[x])
			x++
		}
		sum += whole * uint32(dw)
		left = dw - need
		if need > 0 {
			sum += uint32(src[x]) * uint32(need)
		}
		line[dx] = sum
	}
}

// resized is the picture with sides w x h: averaged by area along a side that
// shrinks, interpolated along one that grows.
func (l Luma) resized(w, h int) Luma {
	if w <= l.W && h <= l.H {
		return reduce(l.W, l.H, w, h, func(y int) []byte { return l.Pix[y*l.W : (y+1)*l.W] })
	}
	if w < l.W || h < l.H {
		l = l.resized(min(w, l.W), min(h, l.H))
	}
	return l.enlarged(w, h)
}

// enlarged interpolates linearly between pixel centres, in whole numbers.
func (l Luma) enlarged(w, h int) Luma {
	out := Luma{W: w, H: h, Pix: make([]byte, w*h)}
	xs, ys := interpolation(l.W, w), interpolation(l.H, h)
	total := uint64(2*w) * uint64(2*h)
	for y, ty := range ys {
		top, low := l.Pix[ty.lo*l.W:], l.Pix[ty.hi*l.W:]
		for x, tx := range xs {
			t := tx.mix(top, w)
			b := tx.mix(low, w)
			v := t*(uint64(2*h)-ty.part) + b*ty.part
			out.Pix[y*w+x] = byte((v + total/2) / total)
		}
	}
	return out
}

// tap names the two pixels that a new pixel lies between and the second one's
// part, in units of half a new pixel: out of twice the new length.
type tap struct {
	lo, hi int
	part   uint64
}

func (t tap) mix(row []byte, n int) uint64 {
	return uint64(row[t.lo])*(uint64(2*n)-t.part) + uint64(row[t.hi])*t.part
}

func interpolation(from, to int) []tap {
	taps := make([]tap, to)
	for i := range taps {
		// The centre of new pixel i lies at (2i+1)*from/(2*to) - 1/2.
		c := (2*i+1)*from - to
		c = max(0, min(c, (from-1)*2*to))
		lo := c / (2 * to)
		taps[i] = tap{lo: lo, hi: min(lo+1, from-1), part: uint64(c % (2 * to))}
	}
	return taps
}

// cropped is the part of the picture inside box, at least one pixel.
func (l Luma) cropped(box Box) Luma {
	x0, x1 := span(box.X0, box.X1, l.W)
	y0, y1 := span(box.Y0, box.Y1, l.H)
	if x0 == 0 && y0 == 0 && x1 == l.W && y1 == l.H {
		return l
	}
	out := Luma{W: x1 - x0, H: y1 - y0, Pix: make([]byte, 0, (x1-x0)*(y1-y0))}
	for y := y0; y < y1; y++ {
		out.Pix = append(out.Pix, l.Pix[y*l.W+x0:y*l.W+x1]...)
	}
	return out
}

// span turns a range of fractions into pixels of a side of n pixels.
func span(from, to float64, n int) (int, int) {
	a := min(max(int(from*float64(n)+0.5), 0), n-1)
	b := min(max(int(to*float64(n)+0.5), a+1), n)
	return a, b
}
