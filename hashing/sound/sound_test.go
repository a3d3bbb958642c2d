package sound

import (
	"crypto/sha256"
	"encoding/hex"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// heard is the fingerprint of samples.
func heard(samples []int16) Track {
	var m Maker
	m.Write(samples)
	return m.Track()
}

func TestHowSamplesAreWrittenMakesNoDifference(t *testing.T) {
	samples := make16("speech", 1, 20)
	want := heard(samples)
	if want.Duration() != 20*time.Second {
		t.Errorf("20 seconds of sound last %v", want.Duration())
	}
	r := rand.New(rand.NewPCG(5, 5))
	for _, most := range []int{1, 100, 5000, 90_000} {
		var m Maker
		for rest := samples; len(rest) > 0; {
			n := min(1+r.IntN(most), len(rest))
			m.Write(rest[:n])
			rest = rest[n:]
			if r.IntN(1000) == 0 {
				m.Track() // what was heard so far
			}
		}
		got := m.Track()
		if got.samples != want.samples || !slices.Equal(got.marks, want.marks) {
			t.Errorf("written in pieces of up to %d samples the fingerprint is another", most)
		}
	}
}

func TestSilent(t *testing.T) {
	for kind, want := range map[string]bool{
		"silence": true, "hum": true, "white": true, "wind": true,
		"speech": false, "music": false, "street": false,
	} {
		track := heard(make16(kind, 3, 30))
		if got := track.Silent(); got != want {
			t.Errorf("%s: silent is %t", kind, got)
		}
	}
	quiet := heard(loud(speech(rand.New(rand.NewPCG(1, 1)), 10), 3))
	if !quiet.Silent() {
		t.Error("speech of three units of loudness is worth comparing")
	}
	if none := (Track{}); !none.Silent() {
		t.Error("nothing is worth comparing")
	}
}

func TestSpectrum(t *testing.T) {
	var samples [window]int16
	r := rand.New(rand.NewPCG(1, 2))
	for i := range samples {
		samples[i] = int16(r.IntN(20000) - 10000)
	}
	var s spectrum
	s.of(&samples)
	for _, k := range []int{0, 1, 77, 512, half - 1} {
		var sum complex128
		for i, v := range samples {
			sum += cmplx.Rect(float64(v)*transform().hann[i], -2*3.141592653589793*float64(i*k%window)/window)
		}
		want := real(sum)*real(sum) + imag(sum)*imag(sum)
		if got := s.power[k]; got < want*(1-1e-9) || got > want*(1+1e-9) {
			t.Errorf("power at %d is %g, want %g", k, got, want)
		}
	}
}

// TestStoredFormIsKept: what a case has stored goes on to fit what is made of
// the same sound today. Whoever changes the fingerprint changes trackVersion.
func TestStoredFormIsKept(t *testing.T) {
	track := heard(bells())
	b, err := track.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	const want = "310ab05b7f86e69c"
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:8]) != want {
		t.Errorf("version %d: the fingerprint is %x, was %s (%d marks)", b[0], sum[:8], want, len(track.marks))
	}
}

// bells is sound made of whole numbers, the same on every machine: triangle
// waves that fade.
func bells() []int16 {
	samples := make([]int16, 10*Rate)
	state := uint32(1)
	for at := 0; at < len(samples); at += 2000 {
		state = state*1664525 + 1013904223
		period := 8 + int(state>>24)/8
		for i := 0; i < 9000 && at+i < len(samples); i++ {
			phase := i % period
			samples[at+i] += int16((min(phase, period-phase)*4000/period - 1000) * (9000 - i) / 9000)
		}
	}
	return samples
}
