package sequence

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
)

func TestReelAdd(t *testing.T) {
	var r Reel
	r.Add(0, flatPicture(128, 72, 9))
	r.Add(0, flatPicture(128, 72, 9))                    // not later
	r.Add(time.Second, hashing.Luma{})                   // no picture
	r.Add(2*time.Second, flatPicture(72, 128, 7))        // another shape
	r.Add(2500*time.Millisecond, flatPicture(32, 18, 5)) // smaller
	if r.W != 64 || r.H != 36 || len(r.Moments) != 3 || !r.valid() {
		t.Fatalf("reel of %d x %d with %d moments, valid %v, want 64 x 36 with 3", r.W, r.H, len(r.Moments), r.valid())
	}
	if m := r.Moments[2]; m.At != 2.5 || m.Pix[100] != 5 {
		t.Errorf("third moment at %v with grey level %d, want 2.5 and 5", m.At, m.Pix[100])
	}
}

func TestLongVideosAreThinned(t *testing.T) {
	var r Reel
	for k := range 5 * MostMoments / 2 {
		r.Add(time.Duration(k)*100*time.Millisecond, flatPicture(4, 4, byte(k)))
	}
	if n := len(r.Moments); n > MostMoments || n < MostMoments/2 || !r.valid() {
		t.Fatalf("%d moments, valid %v, want at most %d", n, r.valid(), MostMoments)
	}
	step := r.Moments[1].At - r.Moments[0].At
	for k := range len(r.Moments) - 1 {
		if gap := r.Moments[k+1].At - r.Moments[k].At; gap > 1.5*step || gap < 0.5*step {
			t.Fatalf("moments %v apart at %v, the first ones %v", gap, r.Moments[k].At, step)
		}
	}
}

func flatPicture(w, h int, v byte) hashing.Luma {
	return hashing.Luma{W: w, H: h, Pix: bytes.Repeat([]byte{v}, w*h)}
}

func TestReelCodec(t *testing.T) {
	tests := map[string]struct {
		reel *Reel
		most int // bytes of a moment
	}{
		"moving":  {cut{pieces: []shown{{scene: yard, to: 10}}, edit: grainy}.reel(), 1500},
		"still":   {cut{pieces: []shown{{scene: empty, to: 10}}}.reel(), 60},
		"nothing": {&Reel{}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b, err := test.reel.AppendBinary([]byte("before"))
			if name == "nothing" {
				if err == nil {
					t.Error("a reel without sides was written")
				}
				return
			}
			if err != nil || !bytes.HasPrefix(b, []byte("before")) {
				t.Fatal(err)
			}
			b = b[len("before"):]
			if n := len(b) / len(test.reel.Moments); n > test.most {
				t.Errorf("%d bytes a moment, want at most %d", n, test.most)
			}
			got, err := DecodeReel(b)
			if err != nil {
				t.Fatal(err)
			}
			if got.W != test.reel.W || got.H != test.reel.H || !reflect.DeepEqual(got.Moments, test.reel.Moments) {
				t.Error("what was read is not what was written")
			}
			if again, _ := got.AppendBinary(nil); !bytes.Equal(again, b) {
				t.Error("written again it gives other bytes")
			}
			for _, n := range []int{0, 1, 3, 5, len(b) / 2} {
				if _, err := DecodeReel(b[:n]); err == nil {
					t.Errorf("the first %d of %d bytes were read", n, len(b))
				}
			}
		})
	}
}

func TestSparse(t *testing.T) {
	for step, want := range map[float64]bool{0.125: false, 0.25: false, 0.5: false, 1: true, 4: true} {
		if got := (cut{pieces: []shown{{scene: empty, to: 12}}, step: step}).reel().Sparse(); got != want {
			t.Errorf("a moment each %v s: sparse %v, want %v", step, got, want)
		}
	}
}

func FuzzDecodeReel(f *testing.F) {
	for _, r := range []*Reel{
		{W: 1, H: 1},
		cut{pieces: []shown{{scene: yard, to: 1}}}.reel(),
		cut{pieces: []shown{{scene: empty, to: 1}}}.reel(),
	} {
		b, err := r.AppendBinary(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := DecodeReel(b)
		if err != nil {
			return
		}
		c, err := r.AppendBinary(nil)
		if err != nil {
			t.Fatalf("read but not written: %v", err)
		}
		again, err := DecodeReel(c)
		if err != nil || !reflect.DeepEqual(r, again) {
			t.Fatalf("changed by writing and reading (%v)", err)
		}
	})
}

// FuzzShared looks for panics and impossible stretches in reels of any content.
func FuzzShared(f *testing.F) {
	f.Add(uint64(1), []byte{10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, []byte{25, 25, 25, 250}, 1.0, 0.0, byte(1))
	f.Add(uint64(2), []byte{0, 200, 1, 1, 1}, []byte{9}, -1.0, 0.3, byte(0))
	f.Fuzz(func(t *testing.T, seed uint64, gapsA, gapsB []byte, zoom, shift float64, kind byte) {
		a, b := randomReel(seed, gapsA, kind), randomReel(seed+uint64(kind%2), gapsB, kind/2)
		m := hashing.Affine{zoom, 0, shift, 0, 1, 0}
		for _, s := range Shared(a, b, []Proposal{{Map: m, AtA: shift, AtB: zoom, Copy: kind%3 == 0}}).Stretches {
			first, last := a.first(), a.last()
			if !(s.StartA >= first && s.StartA <= s.EndA && s.EndA <= last) || !(s.Speed >= slowest/1.02 && s.Speed <= fastest*1.02) {
				t.Fatalf("impossible stretch %+v of a reel from %v to %v", s, first, last)
			}
		}
		Locate(randomReel(seed, []byte{1}, kind).picture(), b, m, shift)
	})
}

func (r *Reel) picture() hashing.Luma { return hashing.Luma{W: r.W, H: r.H, Pix: r.Moments[0].Pix} }

// randomReel has a moment for each gap, at most 60, of noise that moves over a
// ground or of noise alone.
func randomReel(seed uint64, gaps []byte, kind byte) *Reel {
	r := rand.New(rand.NewPCG(seed, 1))
	var out Reel
	at := time.Duration(int8(kind)) * time.Second
	ground := r.Uint64()
	for k, g := range append([]byte{1}, gaps[:min(len(gaps), 60)]...) {
		at += time.Duration(g) * 20 * time.Millisecond
		l := hashing.Luma{W: 24, H: 16, Pix: make([]byte, 24*16)}
		for i := range l.Pix {
			l.Pix[i] = byte(ground >> (i / 7 % 8 * 8))
			if kind%4 == 0 || i/8%7 == k%7 {
				l.Pix[i] += byte(r.Uint32())
			}
		}
		out.Add(at, l)
	}
	return &out
}
