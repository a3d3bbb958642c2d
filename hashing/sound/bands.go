package sound

import (
	"math"
	"sync"
)

const (
	hop       = 256 // samples from one spectrum to the next: 23 ms
	octave    = 24  // bands an octave
	lowest    = 220 // Hz, the middle of the first band
	bandCount = 4*octave + 1
)

// quiet is added to the energy of a band, so that the noise of rounding to
// whole samples (about one unit) does not stand out from silence.
const quiet = 2e4

// row is a spectrum: the logarithm to the base of 2 of the energy in each band.
type row [bandCount]float32

// band is a triangle of weights over the frequencies about its middle.
type band struct {
	from     int
	weights  []float64 // their sum is 1
	emphasis float64   // 3 dB an octave, as most sounds fall off
}

var bands = sync.OnceValue(func() *[bandCount]band {
	const bin = float64(Rate) / window
	var all [bandCount]band
	for i := range all {
		b := &all[i]
		middle := lowest * math.Exp2(float64(i)/octave)
		reach := max(middle*(math.Exp2(1.0/octave)-1), 1.5*bin)
		b.from = int(math.Ceil((middle - reach) / bin))
		b.emphasis = float64(i) / octave
		sum := 0.0
		for j := b.from; float64(j)*bin <= middle+reach; j++ {
			w := 1 - math.Abs(float64(j)*bin-middle)/reach
			b.weights = append(b.weights, w)
			sum += w
		}
		for j := range b.weights {
			b.weights[j] /= sum
		}
	}
	return &all
})

// bands gathers the spectrum into bands.
func (s *spectrum) bands() (r row) {
	for i, b := range bands() {
		sum := float64(quiet)
		for j, power := range s.power[b.from:][:len(b.weights)] {
			sum += float64(b.weights[j] * power)
		}
		r[i] = float32(math.Log2(sum) + b.emphasis)
	}
	return r
}
