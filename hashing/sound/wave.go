package sound

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
)

// Columns is the most columns of a Wave.
const Columns = 1000

// Wave is the loudness of a sound track over time, for people to look at.
type Wave struct {
	Samples int64 // of Rate Hz
	Step    int64 // samples in a column; the last column may have fewer
	Columns []Column
}

// Column is the sound in one step of time, in parts of full scale.
type Column struct {
	Min, Max int8  // 127 is full scale
	RMS      uint8 // 255 is full scale
}

// Duration is the length of the sound track.
func (w Wave) Duration() time.Duration {
	return time.Duration(w.Samples) * time.Second / Rate
}

// WaveOf is the loudness of samples of Rate Hz, mono.
func WaveOf(samples []int16) Wave {
	var w waver
	w.write(samples)
	return w.wave()
}

// waver gathers a Wave. Columns are made narrow, and joined two by two when
// there are too many, so that the length need not be known beforehand.
type waver struct {
	samples int64
	step    int64 // samples in a full column, a power of two times firstStep
	columns []gathered
}

// gathered is a column in the making.
type gathered struct {
	min, max int16
	n        int64
	squares  float64
}

const firstStep = 16

func (w *waver) write(samples []int16) {
	if w.step == 0 {
		w.step = firstStep
	}
	w.samples += int64(len(samples))
	for len(samples) > 0 {
		last := len(w.columns) - 1
		if last < 0 || w.columns[last].n == w.step {
			if len(w.columns) == Columns {
				w.halve()
			}
			w.columns = append(w.columns, gathered{min: math.MaxInt16, max: math.MinInt16})
			last = len(w.columns) - 1
		}
		c := &w.columns[last]
		n := min(int64(len(samples)), w.step-c.n)
		for _, s := range samples[:n] {
			c.min, c.max = min(c.min, s), max(c.max, s)
			c.squares += float64(s) * float64(s)
		}
		c.n += n
		samples = samples[n:]
	}
}

// halve joins columns two by two.
func (w *waver) halve() {
	half := w.columns[:len(w.columns)/2]
	for i := range half {
		a, b := w.columns[2*i], w.columns[2*i+1]
		half[i] = gathered{min(a.min, b.min), max(a.max, b.max), a.n + b.n, a.squares + b.squares}
	}
	w.columns, w.step = half, 2*w.step
}

func (w *waver) wave() Wave {
	out := Wave{Samples: w.samples, Step: max(w.step, firstStep), Columns: make([]Column, len(w.columns))}
	for i, c := range w.columns {
		out.Columns[i] = Column{
			Min: int8(int(c.min) * 127 / 32768),
			Max: int8(int(c.max) * 127 / 32768),
			RMS: uint8(math.Round(math.Sqrt(c.squares/float64(c.n)) * 255 / 32768)),
		}
	}
	return out
}

// The stored form of a wave, big-endian:
//
//	1 byte  waveVersion
//	8 bytes samples, 8 bytes samples in a column
//	then for each column 1 byte min, 1 byte max, 1 byte rms
const (
	waveVersion = 1
	waveHeader  = 17
	columnBytes = 3
)

// AppendBinary appends the stored form of the wave, 3 kB at most.
func (w Wave) AppendBinary(b []byte) ([]byte, error) {
	if !w.sound() {
		return nil, fmt.Errorf("wave of %d columns does not fit its %d samples: make it anew", len(w.Columns), w.Samples)
	}
	b = append(b, waveVersion)
	b = binary.BigEndian.AppendUint64(b, uint64(w.Samples))
	b = binary.BigEndian.AppendUint64(b, uint64(w.Step))
	for _, c := range w.Columns {
		b = append(b, byte(c.Min), byte(c.Max), c.RMS)
	}
	return b, nil
}

// DecodeWave reads what Wave.AppendBinary wrote.
func DecodeWave(b []byte) (Wave, error) {
	if len(b) < waveHeader {
		return Wave{}, errors.New("stored wave is cut off: read the sound anew")
	}
	if b[0] != waveVersion {
		return Wave{}, fmt.Errorf("stored wave is of format %d, this program reads format %d: read the sound anew", b[0], waveVersion)
	}
	n := (len(b) - waveHeader) / columnBytes
	if n > Columns || len(b) != waveHeader+n*columnBytes {
		return Wave{}, fmt.Errorf("stored wave is damaged (%d bytes): read the sound anew", len(b))
	}
	w := Wave{
		Samples: int64(binary.BigEndian.Uint64(b[1:])),
		Step:    int64(binary.BigEndian.Uint64(b[9:])),
		Columns: make([]Column, n),
	}
	for i := range w.Columns {
		c := b[waveHeader+i*columnBytes:]
		w.Columns[i] = Column{int8(c[0]), int8(c[1]), c[2]}
	}
	if !w.sound() {
		return Wave{}, fmt.Errorf("stored wave is damaged (%d columns for %d samples): read the sound anew", n, w.Samples)
	}
	return w, nil
}

// sound says that the columns are those of the samples.
func (w Wave) sound() bool {
	const most = math.MaxInt64 / int64(time.Second)
	if w.Samples < 0 || w.Samples > most || w.Step < 1 || w.Step > most || len(w.Columns) > Columns {
		return false
	}
	for _, c := range w.Columns {
		if c.Min > c.Max {
			return false
		}
	}
	return int64(len(w.Columns)) == (w.Samples+w.Step-1)/w.Step
}
