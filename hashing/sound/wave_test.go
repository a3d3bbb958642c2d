package sound

import (
	"bytes"
	"image"
	"math"
	"slices"
	"testing"
	"time"
)

func TestWave(t *testing.T) {
	samples := make([]int16, 60*Rate)
	for i := 20 * Rate; i < 40*Rate; i++ {
		samples[i] = int16(16384 * math.Sin(float64(i)/5))
	}
	samples[50*Rate] = math.MinInt16
	w := WaveOf(samples)
	if n := len(w.Columns); n > Columns || n < Columns/2 || w.Duration() != time.Minute {
		t.Fatalf("%d columns of %d samples for %v", n, w.Step, w.Duration())
	}
	column := func(second float64) Column { return w.Columns[int(second*Rate/float64(w.Step))] }
	if c := column(10); c != (Column{}) {
		t.Errorf("silence is %v", c)
	}
	if c := column(30); c.Min != -63 || c.Max != 63 || c.RMS < 88 || c.RMS > 92 {
		t.Errorf("a sine of half the scale is %v", c)
	}
	if c := column(50); c.Min != -127 || c.Max != 0 || c.RMS == 0 {
		t.Errorf("one click is %v", c)
	}
	var m Maker
	for part := range slices.Chunk(samples, 777) {
		m.Write(part)
	}
	if got := m.Wave(); got.Step != w.Step || !slices.Equal(got.Columns, w.Columns) {
		t.Error("written in pieces the wave is another")
	}
}

func TestStoredWave(t *testing.T) {
	for _, seconds := range []float64{0, 0.001, 1, 100} {
		w := WaveOf(make16("music", 1, seconds))
		b, err := w.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		back, err := DecodeWave(b)
		if err != nil {
			t.Fatal(err)
		}
		if back.Samples != w.Samples || back.Step != w.Step || !slices.Equal(back.Columns, w.Columns) {
			t.Errorf("%g seconds: what was read is not what was written", seconds)
		}
	}
	if _, err := (Wave{Samples: 10, Step: 1}).AppendBinary(nil); err == nil {
		t.Error("ten samples without a column are written without an error")
	}
}

func TestDrawWave(t *testing.T) {
	samples := make([]int16, 4*Rate)
	for i := 2 * Rate; i < 4*Rate; i++ {
		samples[i] = int16(20000 * math.Sin(float64(i)/5))
	}
	img := WaveOf(samples).Draw(200, 51)
	if img.Bounds() != image.Rect(0, 0, 200, 51) {
		t.Fatalf("drawn %v", img.Bounds())
	}
	paper := img.At(0, 0)
	inked := func(x int) (n int) {
		for y := range 51 {
			if img.At(x, y) != paper {
				n++
			}
		}
		return n
	}
	if silence, sound := inked(50), inked(150); silence != 1 || sound < 28 || sound > 34 {
		t.Errorf("silence is drawn with %d points, sound of 0.6 of the scale with %d of 51", silence, sound)
	}
	Wave{}.Draw(-1, 0)
}

func FuzzDecodeWave(f *testing.F) {
	for _, seconds := range []float64{0, 1} {
		b, err := WaveOf(make16("music", 1, seconds)).AppendBinary(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := DecodeWave(b)
		if err != nil {
			return
		}
		w.Draw(37, 9)
		if back, err := w.AppendBinary(nil); err != nil || !bytes.Equal(back, b) {
			t.Errorf("written, it is not what was read: %v", err)
		}
	})
}
