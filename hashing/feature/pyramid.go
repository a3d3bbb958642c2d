package feature

import (
	"math"
	"sync"

	"github.com/firsthand-media/firsthand/hashing"
)

// level is one size of the picture.
type level struct {
	w, h     int
	flat     []uint16 // averaged by area, in 1/16 of a grey level
	soft     []uint16 // flat blurred, in 1/256 of a grey level
	response []int32  // determinant of the Hessian of soft; 0 along the edge
}

// pyramid is the picture at all sizes, with the room to work in. All sums are
// whole numbers, so a turned or mirrored picture gives exactly the turned or
// mirrored pyramid, on every machine.
type pyramid struct {
	levels []level
	across []taps // of a row, and down a column, while a level is averaged
	down   []taps
	lines  [3][]uint32
	rows   [5][]uint16
	found  []keypoint
	ranked []ranking // of each list, the weakest first
	order  []ranking // those that are kept
}

var pyramids = sync.Pool{New: func() any { return new(pyramid) }}

// build fills p with the levels of l.
func (p *pyramid) build(l hashing.Luma) {
	p.levels = p.levels[:0]
	w, h := float64(l.W), float64(l.H)
	for {
		lw, lh := int(w+0.5), int(h+0.5)
		k := len(p.levels)
		if k == maxLevels || k > 0 && max(lw, lh) < coarsest || min(lw, lh) <= 2*margin {
			return
		}
		v := p.next(lw, lh)
		if k == 0 {
			for i, g := range l.Pix {
				v.flat[i] = uint16(g) << 4
			}
		} else {
			p.reduce(&p.levels[source(k)], v)
		}
		p.blur(v, kernels()[k])
		v.hessian()
		w, h = w/ratio, h/ratio
	}
}

// source is the level from which level k is averaged, at most three before it:
// a pixel then covers at most three of its.
func source(k int) int { return (k - 1) / 3 * 3 }

// next appends a level of w x h pixels, in the room of an earlier picture's.
func (p *pyramid) next(w, h int) *level {
	k := len(p.levels)
	if k == cap(p.levels) {
		p.levels = append(p.levels, level{})
	}
	p.levels = p.levels[:k+1]
	v := &p.levels[k]
	v.w, v.h = w, h
	v.flat, v.soft, v.response = room(v.flat, w*h), room(v.soft, w*h), room(v.response, w*h)
	return v
}

// room is s with n elements, made anew only where s is too small. What is in
// it is left over from earlier.
func room[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// taps are the three neighbouring pixels, from at on, that a pixel of the next
// size covers, and how much of each, in units of which the pixel has from.
type taps struct {
	at      int
	a, b, c uint32
}

// reduce averages from by area into to: along x each row of from once, in
// units of 1/to.w of a pixel, then along y three such lines at a time.
func (p *pyramid) reduce(from, to *level) {
	p.across = coverage(p.across, from.w, to.w)
	p.down = coverage(p.down, from.h, to.h)
	for i := range p.lines {
		p.lines[i] = room(p.lines[i], to.w)
	}
	// 4080 * 512 * 512 fits 32 bits.
	total := uint64(from.w) * uint64(from.h)
	half, inverse := total/2, (1<<40+total-1)/total
	done := 0
	for y, t := range p.down {
		for ; done < t.at+3; done++ {
			averageRow(p.lines[done%3], from.flat[done*from.w:][:from.w], p.across)
		}
		out := to.flat[y*to.w:][:to.w]
		a, b, c := p.lines[t.at%3][:len(out)], p.lines[(t.at+1)%3][:len(out)], p.lines[(t.at+2)%3][:len(out)]
		for x := range out {
			s := t.a*a[x] + t.b*b[x] + t.c*c[x]
			out[x] = uint16((uint64(s) + half) * inverse >> 40)
		}
	}
}

func averageRow(out []uint32, row []uint16, across []taps) {
	out = out[:len(across)]
	for x := range across {
		t := &across[x]
		r := row[t.at:][:3]
		out[x] = t.a*uint32(r[0]) + t.b*uint32(r[1]) + t.c*uint32(r[2])
	}
}

// coverage says what each of n pixels covers of from pixels, n <= from < 2n or
// thereabouts: never more than three.
func coverage(t []taps, from, n int) []taps {
	t = room(t, n)
	for i := range t {
		begin, end := i*from, (i+1)*from // in units of 1/n of a pixel
		at := min(begin/n, from-3)
		var part [3]uint32
		for j := range part {
			lo, hi := (at+j)*n, (at+j+1)*n
			part[j] = uint32(max(0, min(end, hi)-max(begin, lo)))
		}
		t[i] = taps{at, part[0], part[1], part[2]}
	}
	return t
}

// kernel is five symmetric weights, the outermost first, that sum to 256.
type kernel [3]uint32

// kernels gives each level the blur that makes up, with what averaging by area
// has blurred before, for a Gaussian of blobSigma. Without it the levels that
// were made from the one before, and not from three before, answer weaker, and
// get a fifth of the points that their neighbours get.
var kernels = sync.OnceValue(func() *[maxLevels]kernel {
	var all [maxLevels]kernel
	var averaged [maxLevels]float64 // variance, in pixels of the level
	for k := range all {
		averaged[k] = 1.0 / 12
		if k > 0 {
			from := source(k)
			averaged[k] += averaged[from] / math.Pow(ratio, float64(2*(k-from)))
		}
		all[k] = gaussian(float64(blobSigma*blobSigma) - averaged[k])
	}
	return &all
})

// gaussian is the kernel of the given variance with the fourth moment of a
// binomial one, 3v*v - v/2.
func gaussian(variance float64) kernel {
	fourth := float64(3*variance*variance) - variance/2
	outer := (fourth - variance) / 24
	a := uint32(math.Round(256 * outer))
	b := uint32(math.Round(128*variance)) - 4*a
	return kernel{a, b, 256 - 2*a - 2*b}
}

// blur fills v.soft with flat under the kernel along x and y, the edge
// repeated.
func (p *pyramid) blur(v *level, k kernel) {
	for i := range p.rows {
		p.rows[i] = room(p.rows[i], v.w)
	}
	for y := range min(2, v.h) {
		v.blurRow(y, p.rows[y], k)
	}
	for y := range v.h {
		if y+2 < v.h {
			v.blurRow(y+2, p.rows[(y+2)%5], k)
		}
		at := func(d int) []uint16 { return p.rows[max(0, min(y+d, v.h-1))%5] }
		out := v.soft[y*v.w:][:v.w]
		a, b, c, d, e := at(-2)[:len(out)], at(-1)[:len(out)], at(0)[:len(out)], at(1)[:len(out)], at(2)[:len(out)]
		for x := range out {
			s := k[0]*(uint32(a[x])+uint32(e[x])) + k[1]*(uint32(b[x])+uint32(d[x])) + k[2]*uint32(c[x])
			out[x] = uint16((s + 128) >> 8)
		}
	}
}

// blurRow is the kernel along row y, in 1/256 of a grey level.
func (v *level) blurRow(y int, out []uint16, k kernel) {
	row := v.flat[y*v.w : (y+1)*v.w]
	at := func(x int) uint32 { return uint32(row[max(0, min(x, v.w-1))]) }
	for _, x := range [4]int{0, 1, v.w - 2, v.w - 1} {
		out[x] = uint16((k[0]*(at(x-2)+at(x+2)) + k[1]*(at(x-1)+at(x+1)) + k[2]*at(x) + 8) >> 4)
	}
	mid := out[2 : v.w-2]
	a, b, c, d, e := row[:len(mid)], row[1:][:len(mid)], row[2:][:len(mid)], row[3:][:len(mid)], row[4:][:len(mid)]
	for x := range mid {
		s := k[0]*(uint32(a[x])+uint32(e[x])) + k[1]*(uint32(b[x])+uint32(d[x])) + k[2]*uint32(c[x])
		mid[x] = uint16((s + 8) >> 4)
	}
}

// hessian fills v.response with the determinant of the second derivatives,
// in 1/16 of (1/256 of a grey level) squared, where it is positive.
func (v *level) hessian() {
	w := v.w
	clear(v.response[:w])
	clear(v.response[(v.h-1)*w:])
	for y := 1; y < v.h-1; y++ {
		up, mid, low := v.soft[(y-1)*w:y*w], v.soft[y*w:(y+1)*w], v.soft[(y+1)*w:(y+2)*w]
		out := v.response[y*w : (y+1)*w]
		up, mid, low = up[:len(out)], mid[:len(out)], low[:len(out)]
		for x := 1; x < len(out)-1; x++ {
			twice := 2 * int64(mid[x])
			xx := int64(mid[x-1]) + int64(mid[x+1]) - twice
			yy := int64(up[x]) + int64(low[x]) - twice
			// Four times the mixed derivative.
			xy := int64(up[x-1]) + int64(low[x+1]) - int64(up[x+1]) - int64(low[x-1])
			out[x] = int32((xx*yy - xy*xy>>4) >> 4)
		}
		out[0], out[w-1] = 0, 0
	}
}
