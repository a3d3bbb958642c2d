package sequence

import (
	"math"
	"slices"
)

const (
	noise      = 0.8 // grey levels, root mean square over the cells, that noise and compression move by
	background = 1.0 // seconds either way over which the background is averaged,
	neighbours = 3   // or so many moments of the sparser film
	cutJump    = 3.0 // times what its neighbours change by that a cut changes
	cutLikely  = 0.8 // correlation of two moments from which no cut lies between them
)

// foreground is what tells the moments of a film apart.
type foreground struct {
	at     []float64
	moving [][]float32 // the picture less the background of its shot, unit length
	worth  []float32   // how much of it is more than noise, 0..1
	whole  [][]float32 // the picture itself less its mean, unit length
}

// foreground takes the background out of each moment: the mean of its shot over
// span seconds either way, and any multiple of it, so that fades and changes of exposure do
// not count as motion.
func (f *film) foreground(span float64) *foreground {
	n := len(f.at)
	g := &foreground{f.at, make([][]float32, n), make([]float32, n), make([][]float32, n)}
	for k := range n {
		g.whole[k] = append([]float32(nil), f.cells[k]...)
		unit(g.whole[k])
	}
	shots := f.shots(g.whole)
	for s := range len(shots) - 1 {
		f.takeOut(g, shots[s], shots[s+1], span)
	}
	return g
}

// span is over how many seconds either way the background of films is averaged:
// the same of both that are compared.
func span(films ...*film) float64 {
	most := background
	for _, f := range films {
		most = math.Max(most, neighbours*f.step())
	}
	return most
}

// step is the usual time between two moments.
func (f *film) step() float64 {
	gaps := make([]float64, 0, len(f.at))
	for k := 1; k < len(f.at); k++ {
		gaps = append(gaps, f.at[k]-f.at[k-1])
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// shots gives the first moment of each shot, and the number of moments.
func (f *film) shots(whole [][]float32) []int {
	n := len(f.at)
	change := make([]float64, n) // from the moment before
	for k := 1; k < n; k++ {
		change[k] = distance(f.cells[k], f.cells[k-1])
	}
	shots := []int{0}
	for k := 1; k < n; k++ {
		if dot(whole[k], whole[k-1]) > cutLikely {
			continue
		}
		var around, of float64
		for _, i := range []int{k - 3, k - 2, k - 1, k + 1, k + 2, k + 3} {
			if i > 0 && i < n {
				around, of = around+change[i], of+1
			}
		}
		if of > 0 && change[k] > cutJump*math.Max(around/of, 1) {
			shots = append(shots, k)
		}
	}
	return append(shots, n)
}

// takeOut fills in the foreground of one shot. The background slides with the
// moment; sums are kept as it does.
func (f *film) takeOut(g *foreground, from, to int, span float64) {
	d := len(f.cells[from])
	sum, mean := make([]float32, d), make([]float32, d)
	lo, hi := from, from
	for k := from; k < to; k++ {
		for hi < to && (f.at[hi] <= f.at[k]+span || hi <= k+neighbours) {
			addTo(sum, f.cells[hi])
			hi++
		}
		for lo < k-neighbours && f.at[lo] < f.at[k]-span {
			addScaled(sum, f.cells[lo], -1)
			lo++
		}
		copy(mean, sum)
		scale(mean, 1/float32(hi-lo))
		v := residue(f.cells[k], mean)
		g.worth[k] = worth(unit(v))
		g.moving[k] = v
	}
}

// worth says how much of a foreground is more than noise.
func worth(rms float32) float32 { return rms * rms / (rms*rms + noise*noise) }

// distance is the root mean square difference in grey levels.
func distance(x, y []float32) float64 {
	var sum float32
	for i := range x {
		d := x[i] - y[i]
		sum += d * d
	}
	return math.Sqrt(float64(sum) / float64(len(x)))
}
