package pdq

import (
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// kept is how many frequencies along each side make the hash, from 1 on: the
// mean, frequency 0, tells nothing.
const kept = 16

// coefficients are those of the cosine transform, by frequency along y, then x,
// each less one.
type coefficients [kept][kept]float32

// basis is the transform's matrix.
var basis = func() (m [kept][grid]float32) {
	scale := float64(float32(math.Sqrt(2.0 / grid)))
	for i := range m {
		for j := range m[i] {
			m[i][j] = float32(scale * math.Cos(math.Pi/2/grid*float64((i+1)*(2*j+1))))
		}
	}
	return m
}()

// transform is step 4: along the columns, then along the rows.
func transform(p *[grid][grid]float32) (c coefficients) {
	var half [kept][grid]float32
	for i := range kept {
		for k := range grid {
			f := basis[i][k]
			for j, v := range p[k] {
				half[i][j] += float32(f * v)
			}
		}
	}
	for i := range kept {
		for j := range kept {
			var sum float32
			for k, v := range half[i] {
				sum += float32(v * basis[j][k])
			}
			c[i][j] = sum
		}
	}
	return c
}

// under gives the coefficients of the picture after s: mirroring changes the
// sign of every odd frequency along x, and a quarter turn clockwise puts x
// along y, and y along x reversed.
func (c coefficients) under(s hashing.Symmetry) coefficients {
	if s.Mirrored() {
		for i := range c {
			for j := 0; j < kept; j += 2 { // frequency j+1
				c[i][j] = -c[i][j]
			}
		}
	}
	for range s.Turns() {
		var turned coefficients
		for i := range c {
			for j, v := range c[i] {
				if i%2 == 0 {
					v = -v
				}
				turned[j][i] = v
			}
		}
		c = turned
	}
	return c
}

// aboveMedian is step 5. The median of an even number of values is the lower of
// the two in the middle.
func aboveMedian(c coefficients) (h Hash) {
	sorted := make([]float32, 0, kept*kept)
	for i := range c {
		sorted = append(sorted, c[i][:]...)
	}
	slices.Sort(sorted)
	median := sorted[len(sorted)/2-1]
	for i := range c {
		for j, v := range c[i] {
			if bit := i*kept + j; v > median {
				h[bit/64] |= 1 << (bit % 64)
			}
		}
	}
	return h
}
