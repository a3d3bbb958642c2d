package strip

import (
	"testing"

	"github.com/firsthand-media/firsthand/hashing/sound"
)

// A wave in words: silence, quiet, and where it is loudest; none has none.
func TestLoudness(t *testing.T) {
	wave := func(peaks ...int8) sound.Wave {
		w := sound.Wave{Samples: sound.Rate * int64(len(peaks)), Step: sound.Rate}
		for _, p := range peaks {
			w.Columns = append(w.Columns, sound.Column{Min: -p, Max: p, RMS: uint8(p)})
		}
		return w
	}
	for want, w := range map[string]sound.Wave{
		"":                              {},
		"its sound track is silent":     wave(0, 0),
		"its sound is quiet throughout": wave(3, 9),
		"its sound is loudest at 0:02":  wave(3, 20, 100, 8),
	} {
		if got := Loudness(w); got != want {
			t.Errorf("%v gives %q, want %q", w.Columns, got, want)
		}
	}
	if peak, rms := Columns(wave(0, 127, 64, 0), 2); len(peak) != 2 || peak[0] != 1 || rms[1] != 64.0/255 {
		t.Errorf("two columns of four: %v, %v", peak, rms)
	}
	if peak, _ := Columns(sound.Wave{}, 5); len(peak) != 0 {
		t.Errorf("columns of no wave: %v", peak)
	}
}
