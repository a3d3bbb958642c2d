package strip

import (
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
)

// Columns are the peak and the root mean square of a wave in so many steps, or
// as many as it has, each 0 to 1.
func Columns(w sound.Wave, n int) (peak, rms []float64) {
	n = max(min(n, len(w.Columns)), 0)
	peak, rms = make([]float64, n), make([]float64, n)
	if n == 0 {
		return peak, rms
	}
	for i, c := range w.Columns {
		k := i * n / len(w.Columns)
		peak[k] = max(peak[k], min(float64(max(int(c.Max), -int(c.Min)))/127, 1))
		rms[k] = max(rms[k], float64(c.RMS)/255)
	}
	return peak, rms
}

// Shares of full scale: under the first nothing can be heard (-48 dB), under
// the second nothing startles (-20 dB).
const (
	silent = 0.004
	quiet  = 0.1
)

// Loudness says in words what a wave shows: "its sound is loudest at 0:12". It
// is "" where there is no wave.
func Loudness(w sound.Wave) string {
	if len(w.Columns) == 0 {
		return ""
	}
	peak, rms := Columns(w, len(w.Columns))
	switch most := slices.Max(peak); {
	case most < silent:
		return "its sound track is silent"
	case most < quiet:
		return "its sound is quiet throughout"
	}
	loudest := 0
	for i, v := range rms {
		if v > rms[loudest] {
			loudest = i
		}
	}
	at := time.Duration(float64(w.Duration()) * float64(loudest) / float64(len(rms)))
	return "its sound is loudest at " + Clock(at, 0)
}
