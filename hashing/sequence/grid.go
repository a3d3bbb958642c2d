package sequence

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

const (
	gridSide   = 32   // most cells along the longer side of what two pictures share
	leastSide  = 4    // fewest along either
	leastCells = 40   // in all: less tells nothing apart
	gridInset  = 0.01 // of a picture's side that is left out at its edges
	mostTaps   = 4    // samples of a picture along the side of a cell
)

// tap is one pixel's part in a cell.
type tap struct {
	pixel  int32
	weight float32
}

// lens says how the cells of the common grid are seen in one reel.
type lens [][]tap

// common is the grid laid over what two reels share under a map.
type common struct {
	a, b lens
	pool [][]int32 // cells that make up a cell of the grid at half the size

	cover float64 // how much of the picture of which it shows more lies in it, 0..1
}

// overlay lays a grid over the part that both pictures show, as fine as the
// coarser one of them, with at most side cells along its longer side. It fails when the part is too small.
func overlay(a, b *Reel, m hashing.Affine, side int) (common, bool) {
	inv, ok := m.Inverse()
	if !ok {
		return common{}, false
	}
	u0, v0, u1, v1 := bounds(inv)
	if u0, v0, u1, v1 = math.Max(u0, 0), math.Max(v0, 0), math.Min(u1, 1), math.Min(v1, 1); !(u0 < u1 && v0 < v1) {
		return common{}, false
	}
	fine := math.Min(1, m.Scale(a.W, a.H, b.W, b.H))
	w, h := (u1-u0)*float64(a.W)*fine, (v1-v0)*float64(a.H)*fine
	reduction := math.Min(1, float64(side)/math.Max(w, h))
	nx, ny := int(math.Round(w*reduction)), int(math.Round(h*reduction))
	if nx < leastSide || ny < leastSide || nx > side || ny > side {
		return common{}, false
	}
	g := common{}
	pools := make(map[int]int)
	for y := range ny {
		for x := range nx {
			cell := hashing.Affine{(u1 - u0) / float64(nx), 0, u0 + (u1-u0)*float64(x)/float64(nx),
				0, (v1 - v0) / float64(ny), v0 + (v1-v0)*float64(y)/float64(ny)}
			if !inside(cell) || !inside(cell.Then(m)) {
				continue
			}
			k := y/2*side + x/2
			at, seen := pools[k]
			if !seen {
				at = len(g.pool)
				pools[k] = at
				g.pool = append(g.pool, nil)
			}
			g.pool[at] = append(g.pool[at], int32(len(g.a)))
			g.a = append(g.a, taps(cell, a.W, a.H))
			g.b = append(g.b, taps(cell.Then(m), b.W, b.H))
		}
	}
	inA := (u1 - u0) * (v1 - v0) * float64(len(g.a)) / float64(nx*ny)
	g.cover = math.Min(1, math.Max(inA, inA*math.Abs(m.Determinant())))
	return g, len(g.a) >= leastCells
}

// bounds is the box around the unit square under m.
func bounds(m hashing.Affine) (u0, v0, u1, v1 float64) {
	u0, v0, u1, v1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, c := range corners {
		u, v := m.Apply(c[0], c[1])
		u0, v0, u1, v1 = math.Min(u0, u), math.Min(v0, v), math.Max(u1, u), math.Max(v1, v)
	}
	return u0, v0, u1, v1
}

var corners = [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}}

// inside says whether the middle of a cell lies well in the picture; a cell is
// the map from the unit square to its place.
func inside(cell hashing.Affine) bool {
	u, v := cell.Apply(0.5, 0.5)
	return u >= gridInset && u <= 1-gridInset && v >= gridInset && v <= 1-gridInset
}

// taps averages a cell over the pixels of a picture of w x h.
func taps(cell hashing.Affine, w, h int) []tap {
	p := cell.Pixels(1, 1, float64(w), float64(h))
	along := func(x, y float64) int {
		return max(1, min(int(math.Ceil(math.Hypot(x, y)-0.2)), mostTaps))
	}
	nx, ny := along(p[0], p[3]), along(p[1], p[4])
	var all []tap
	add := func(x, y int, weight float64) {
		pixel := int32(min(max(y, 0), h-1)*w + min(max(x, 0), w-1))
		for i := range all {
			if all[i].pixel == pixel {
				all[i].weight += float32(weight)
				return
			}
		}
		all = append(all, tap{pixel, float32(weight)})
	}
	for j := range ny {
		for i := range nx {
			x, y := p.Apply((float64(i)+0.5)/float64(nx), (float64(j)+0.5)/float64(ny))
			x, y = x-0.5, y-0.5
			x0, y0 := math.Floor(x), math.Floor(y)
			fx, fy, part := x-x0, y-y0, 1/float64(nx*ny)
			add(int(x0), int(y0), (1-fx)*(1-fy)*part)
			add(int(x0)+1, int(y0), fx*(1-fy)*part)
			add(int(x0), int(y0)+1, (1-fx)*fy*part)
			add(int(x0)+1, int(y0)+1, fx*fy*part)
		}
	}
	return all
}

// film is a reel seen through a lens: the cells of each moment, in grey levels,
// less their mean.
type film struct {
	at    []float64 // seconds from the first moment
	cells [][]float32
}

func (l lens) film(r *Reel) *film {
	n := len(l)
	f := &film{make([]float64, len(r.Moments)), make([][]float32, len(r.Moments))}
	all := make([]float32, n*len(r.Moments))
	for k := range r.Moments {
		m := &r.Moments[k]
		f.at[k] = m.At - r.Moments[0].At
		f.cells[k] = all[k*n : (k+1)*n : (k+1)*n]
		l.look(m.Pix, f.cells[k])
		level(f.cells[k])
	}
	return f
}

func (l lens) look(pix []byte, to []float32) {
	for c, t := range l {
		var sum float32
		for _, p := range t {
			sum += p.weight * float32(pix[p.pixel])
		}
		to[c] = sum
	}
}

// pooled is the film at half the size.
func (f *film) pooled(pool [][]int32) *film {
	n := len(pool)
	out := &film{f.at, make([][]float32, len(f.at))}
	all := make([]float32, n*len(f.at))
	for k, row := range f.cells {
		out.cells[k] = all[k*n : (k+1)*n : (k+1)*n]
		for c, from := range pool {
			var sum float32
			for _, i := range from {
				sum += row[i]
			}
			out.cells[k][c] = sum / float32(len(from))
		}
		level(out.cells[k])
	}
	return out
}

// thinned averages neighbouring moments until at most n are left: what moves
// slowly stays, what moves fast is blurred and not aliased.
func (f *film) thinned(n int) *film {
	if len(f.at) <= n {
		return f
	}
	step := (f.at[len(f.at)-1] - f.at[0]) / float64(n)
	out := &film{}
	for from := 0; from < len(f.at); {
		to, bin := from, math.Floor((f.at[from]-f.at[0])/step)
		sum := make([]float32, len(f.cells[from]))
		var at float64
		for ; to < len(f.at) && math.Floor((f.at[to]-f.at[0])/step) == bin; to++ {
			addTo(sum, f.cells[to])
			at += f.at[to]
		}
		scale(sum, 1/float32(to-from))
		out.at = append(out.at, at/float64(to-from))
		out.cells = append(out.cells, sum)
		from = to
	}
	return out
}

// some is the film of the moments from one time to another, at most n of them
// spread evenly (0: all).
func (l lens) some(r *Reel, from, to float64, n int) *film {
	part := Reel{W: r.W, H: r.H}
	for _, m := range r.Moments {
		if t := m.At - r.first(); t >= from-knownGap && t <= to+knownGap {
			part.Moments = append(part.Moments, m)
		}
	}
	if n > 0 && len(part.Moments) > n {
		all := part.Moments
		part.Moments = nil
		for k := range n {
			part.Moments = append(part.Moments, all[k*len(all)/n])
		}
	}
	f := l.film(&part)
	if len(f.at) > 0 {
		for k := range f.at {
			f.at[k] += part.first() - r.first()
		}
	}
	return f
}

// smoothGap is how many seconds apart moments may lie to be smoothed together.
const smoothGap = 0.3

// smoothed mixes each moment with the two beside it, but for cuts. The samplings
// of two videos do not coincide: what moves fast is then smeared alike in both.
func (f *film) smoothed() *film {
	out := &film{f.at, make([][]float32, len(f.at))}
	mixes := func(i, k int) bool {
		return i >= 0 && k < len(f.at) && f.at[k]-f.at[i] <= smoothGap && resembles(f.cells[i], f.cells[k]) >= cutLikely
	}
	before := false
	for k, row := range f.cells {
		v, by := append([]float32(nil), row...), float32(1)
		if before {
			addScaled(v, f.cells[k-1], 0.5)
			by += 0.5
		}
		if before = mixes(k, k+1); before {
			addScaled(v, f.cells[k+1], 0.5)
			by += 0.5
		}
		scale(v, 1/by)
		out.cells[k] = v
	}
	return out
}
