package sound

import (
	"math"
	"math/cmplx"
	"sync"
)

// window is the number of samples of which a spectrum is taken: 186 ms.
const window = 2048

// half is the size of the complex transform that does a real one of twice its size.
const half = window / 2

// spectrum takes power spectra of windows of real samples, by a radix-2
// transform of half the size (Cooley and Tukey 1965; the even samples are its
// real parts, the odd ones its imaginary parts).
type spectrum struct {
	work  [half]complex128
	power [half]float64 // of frequency i*Rate/window
}

// tables are the constants of the transform.
type tables struct {
	hann   [window]float64
	turn   [half / 2]complex128 // of the half-size transform
	unfold [half]complex128
	order  [half]uint16 // bit-reversed
}

var transform = sync.OnceValue(func() *tables {
	t := new(tables)
	for i := range t.hann {
		t.hann[i] = 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/window)
	}
	for i := range t.turn {
		t.turn[i] = cmplx.Rect(1, -2*math.Pi*float64(i)/half)
	}
	for i := range t.unfold {
		t.unfold[i] = cmplx.Rect(1, -2*math.Pi*float64(i)/window)
	}
	for i := range t.order {
		for bit := 1; bit < half; bit <<= 1 {
			t.order[i] <<= 1
			if i&bit != 0 {
				t.order[i] |= 1
			}
		}
	}
	return t
})

// times multiplies without fused instructions, which would make the result
// depend on the machine.
func times(a, b complex128) complex128 {
	return complex(float64(real(a)*real(b))-float64(imag(a)*imag(b)), float64(real(a)*imag(b))+float64(imag(a)*real(b)))
}

func (s *spectrum) of(samples *[window]int16) {
	t := transform()
	for i, from := range t.order {
		s.work[i] = complex(float64(samples[2*from])*t.hann[2*from], float64(samples[2*from+1])*t.hann[2*from+1])
	}
	for size := 2; size <= half; size <<= 1 {
		step := half / size
		for at := 0; at < half; at += size {
			low, high := s.work[at:at+size/2], s.work[at+size/2:at+size]
			for i := range low {
				odd := times(high[i], t.turn[i*step])
				low[i], high[i] = low[i]+odd, low[i]-odd
			}
		}
	}
	for i := range s.power {
		a, b := s.work[i], cmplx.Conj(s.work[(half-i)%half])
		even, odd := (a+b)/2, times((a-b)/2, complex(0, -1))
		x := even + times(odd, t.unfold[i])
		s.power[i] = float64(real(x)*real(x)) + float64(imag(x)*imag(x))
	}
}
