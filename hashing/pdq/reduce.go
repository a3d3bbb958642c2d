package pdq

// grid is the side of the picture that is transformed.
const grid = 64

// passes is how often the box filters are applied.
const passes = 2

// plane is a grey picture, rows from the top.
type plane struct {
	w, h int
	pix  []float32
}

// reduced is steps 2 and 3. It overwrites the plane.
func (p plane) reduced() *[grid][grid]float32 {
	// A picture that is 64 x 64 already is taken as it is.
	if p.w != grid || p.h != grid {
		other := make([]float32, len(p.pix))
		for range passes {
			p.boxRows(other, window(p.w))
			p.boxColumns(other, window(p.h))
		}
	}
	var out [grid][grid]float32
	for y := range grid {
		row := p.pix[(2*y+1)*p.h/(2*grid)*p.w:]
		for x := range grid {
			out[y][x] = row[(2*x+1)*p.w/(2*grid)]
		}
	}
	return &out
}

// window is the length of the box for a side, rounded up: half of what one of
// the 64 values stands for, because there are two passes.
func window(side int) int { return (side + 2*grid - 1) / (2 * grid) }

// boxRows puts the mean of each pixel's neighbours in its row into to. The box
// is cut where the row ends.
func (p plane) boxRows(to []float32, window int) {
	for y := range p.h {
		row, out := p.pix[y*p.w:(y+1)*p.w], to[y*p.w:(y+1)*p.w]
		var sum float32
		n := 0
		slide(p.w, window, func(add, drop, write int) {
			if add >= 0 {
				sum += row[add]
				n++
			}
			if drop >= 0 {
				sum -= row[drop]
				n--
			}
			if write >= 0 {
				out[write] = sum / float32(n)
			}
		})
	}
}

// boxColumns puts the mean of each pixel's neighbours in its column, from
// from, back into the plane. All columns advance together.
func (p plane) boxColumns(from []float32, window int) {
	sums := make([]float32, p.w)
	row := func(pix []float32, y int) []float32 { return pix[y*p.w : (y+1)*p.w] }
	n := 0
	slide(p.h, window, func(add, drop, write int) {
		if add >= 0 {
			for x, v := range row(from, add) {
				sums[x] += v
			}
			n++
		}
		if drop >= 0 {
			for x, v := range row(from, drop) {
				sums[x] -= v
			}
			n--
		}
		if write >= 0 {
			out := row(p.pix, write)
			for x, v := range sums {
				out[x] = v / float32(n)
			}
		}
	})
}

// slide moves a box along a line of so many pixels, one step at a time: the
// pixel that it takes in, then the one that it leaves, then the one that it is
// the neighbourhood of; -1 for none. A box of even length reaches one further
// ahead than behind.
func slide(length, window int, step func(add, drop, write int)) {
	ahead := window / 2 // pixels of the box before the one in its middle
	for i := range length + ahead {
		add, drop, write := i, i-window, i-ahead
		if add >= length {
			add = -1
		}
		if write < 0 {
			write = -1
		}
		step(add, max(drop, -1), write)
	}
}

// quality sums the differences between neighbours, in whole hundredths of full
// scale so that faint ones do not count.
func quality(p *[grid][grid]float32) int {
	sum := 0
	difference := func(u, v float32) {
		d := int((u - v) * 100 / 255)
		sum += max(d, -d)
	}
	for y := range grid {
		for x := range grid {
			if y+1 < grid {
				difference(p[y][x], p[y+1][x])
			}
			if x+1 < grid {
				difference(p[y][x], p[y][x+1])
			}
		}
	}
	return min(sum/90, 100)
}
