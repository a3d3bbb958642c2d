package hashing_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/corona10/goimagehash"

	"github.com/firsthand-media/firsthand/hashing"
)

func TestFullHashIsTheLibrarysHashOfTheWholePicture(t *testing.T) {
	var distances []int
	for seed := range uint64(20) {
		img := colourImage(scene(seed, 900, 640))
		want, err := goimagehash.PerceptionHash(img)
		if err != nil {
			t.Fatal(err)
		}
		got := hashing.Fingerprint(hashing.FromImage(img, 1, hashing.FingerprintSide))
		distances = append(distances, hashing.Distance(got.Full.Hash[0], want.GetHash()))
	}
	slices.Sort(distances)
	if distances[10] > 2 || distances[19] > 4 {
		t.Errorf("bits between our hash and PerceptionHash of the decoded picture: %v, want at most 2 in the median and 4", distances)
	}
}

// The hash of a turned or mirrored picture must be the hash that the upright
// picture already holds for that symmetry.
func TestHashOfATurnedPictureIsTheHashAtItsSymmetry(t *testing.T) {
	for seed := range uint64(6) {
		l := scene(seed, 512, 390)
		upright := hashing.Fingerprint(l)
		for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
			turned := hashing.Fingerprint(l.Under(s))
			for next := hashing.Symmetry(0); next < hashing.Symmetries; next++ {
				got, want := turned.Full.Hash[next], upright.Full.Hash[s.Then(next)]
				if d := hashing.Distance(got, want); d != 0 {
					t.Errorf("seed %d: symmetry %d then %d: %d bits off", seed, s, next, d)
				}
			}
		}
	}
}

func TestSymmetriesAreAGroup(t *testing.T) {
	l := scene(3, 7, 5)
	for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
		if got := s.Then(s.Inverse()); got != 0 {
			t.Errorf("%d then its inverse %d is %d, want 0", s, s.Inverse(), got)
		}
		for next := hashing.Symmetry(0); next < hashing.Symmetries; next++ {
			one, two := l.Under(s).Under(next), l.Under(s.Then(next))
			if one.W != two.W || !slices.Equal(one.Pix, two.Pix) {
				t.Errorf("%d and then %d is not %d", s, next, s.Then(next))
			}
		}
	}
}

// EXIF 2.32 says for each orientation where row 0 and column 0 of the stored
// picture stand; the letters read by rows once the picture is upright.
func TestOrientationShowsThePictureUpright(t *testing.T) {
	stored := [9]string{1: "abcdef", 2: "cbafed", 3: "fedcba", 4: "defabc", 5: "adbecf", 6: "cfbead", 7: "fcebda", 8: "daebfc"}
	for o := 1; o <= 8; o++ {
		l := hashing.Luma{W: 3, H: 2, Pix: []byte(stored[o])}
		if o >= 5 {
			l.W, l.H = 2, 3
		}
		got := hashing.FromImage(grayImage(l), o, 0)
		if got.W != 3 || string(got.Pix) != "abcdef" {
			t.Errorf("orientation %d: %d wide, %q, want 3 wide, abcdef", o, got.W, got.Pix)
		}
	}
}

func TestBestFindsCopies(t *testing.T) {
	l := scene(11, 800, 600)
	original := hashing.Fingerprint(l)
	tests := map[string]struct {
		copy     hashing.Luma
		bits     int
		symmetry hashing.Symmetry
		trimmed  bool
	}{
		"same":         {l, 0, 0, false},
		"quarter size": {l.Reduced(200), 4, 0, false},
		"darker":       {each(l, func(_, _ int, v float64) float64 { return v*0.6 + 5 }), 4, 0, false},
		"noise":        {noisy(l), 4, 0, false},
		"mirrored":     {l.Under(4), 2, 4, false},
		"turned":       {l.Under(1), 2, 1, false},
		"letterbox":    {framed(l, 0, 110, 0, 110, 0), 6, 0, true},
		"pillar box":   {framed(l, 150, 0, 150, 0, 16), 6, 0, true},
		"white border": {framed(l, 40, 40, 40, 40, 255), 6, 0, true},
		"one bar":      {framed(l, 0, 130, 0, 0, 255), 6, 0, true},
		"bars, turned": {framed(l, 0, 110, 0, 110, 0).Under(7), 6, 7, true},
		"window box":   {framed(framed(l, 60, 60, 60, 60, 0), 80, 0, 80, 0, 200), 6, 0, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			bits, s, _, vb := hashing.Best(original, hashing.Fingerprint(test.copy))
			if bits > test.bits || s != test.symmetry {
				t.Fatalf("%d bits under symmetry %d, want at most %d under %d", bits, s, test.bits, test.symmetry)
			}
			if trimmed := vb.Box != (hashing.Box{X1: 1, Y1: 1}); trimmed != test.trimmed {
				t.Errorf("matched the view %+v", vb.Box)
			}
		})
	}
}

func TestFlatPicturesMatchNothing(t *testing.T) {
	level := func(v byte) hashing.Luma {
		l := hashing.Luma{W: 300, H: 200, Pix: make([]byte, 300*200)}
		for i := range l.Pix {
			l.Pix[i] = v
		}
		return l
	}
	sky := each(level(0), func(_, y int, _ float64) float64 { return 90 + float64(y)/4 })
	flat := []hashing.Luma{level(0), level(255), noisy(level(128)).Reduced(64), sky, {}, {W: 5, H: 5}}
	for i, a := range flat {
		for j, b := range flat {
			if bits, _, va, _ := hashing.Best(hashing.Fingerprint(a), hashing.Fingerprint(b)); bits <= 64 || va != nil {
				t.Errorf("flat pictures %d and %d match with %d bits", i, j, bits)
			}
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	var prints []hashing.Print
	for seed := range uint64(12) {
		prints = append(prints, hashing.Fingerprint(scene(seed, 160, 120)))
	}
	for _, a := range prints {
		for _, b := range prints {
			x, y := a.Full.Hash[0], b.Full.Hash[0]
			if hashing.Distance(x, y) != hashing.Distance(y, x) || hashing.Distance(x, x) != 0 {
				t.Fatal("the distance is not symmetric")
			}
			forth, _, _, _ := hashing.Best(a, b)
			back, _, _, _ := hashing.Best(b, a)
			if forth != back {
				t.Fatalf("Best gives %d bits one way and %d the other", forth, back)
			}
			for _, c := range prints {
				z := c.Full.Hash[0]
				if hashing.Distance(x, z) > hashing.Distance(x, y)+hashing.Distance(y, z) {
					t.Fatal("the triangle inequality does not hold")
				}
			}
		}
	}
}

func TestReductionKeepsMirrorImagesAlike(t *testing.T) {
	l := scene(5, 611, 397)
	for _, side := range []int{512, 192, 64, 33} {
		for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
			one, two := l.Under(s).Reduced(side), l.Reduced(side).Under(s)
			if one.W != two.W || !slices.Equal(one.Pix, two.Pix) {
				t.Errorf("to %d pixels: symmetry %d does not commute with the reduction", side, s)
			}
		}
	}
}

func TestFromGrayRefusesWhatDoesNotFit(t *testing.T) {
	for _, c := range []struct{ w, h, n int }{{0, 0, 0}, {-1, -1, 1}, {3, 3, 8}, {1 << 17, 1, 1 << 17}, {1 << 32, 1 << 32, 0}} {
		if _, err := hashing.FromGray(c.w, c.h, make([]byte, c.n), 10); err == nil {
			t.Errorf("%d x %d with %d bytes was taken", c.w, c.h, c.n)
		}
	}
}

func FuzzFingerprint(f *testing.F) {
	f.Add(uint16(2), []byte("abcdef"))
	f.Add(uint16(63), scene(1, 64, 64).Pix)
	f.Add(uint16(119), framed(scene(2, 120, 60), 0, 15, 0, 15, 0).Pix)
	f.Add(uint16(89), make([]byte, 5400))
	f.Fuzz(func(t *testing.T, width uint16, pix []byte) {
		w := int(width%1500) + 1
		h := len(pix) / w
		l, err := hashing.FromGray(w, h, pix[:w*h], hashing.FingerprintSide)
		if err != nil {
			return
		}
		p := hashing.Fingerprint(l)
		for _, v := range []*hashing.View{&p.Full, p.Trimmed} {
			if v == nil {
				continue
			}
			b := v.Box
			if !(0 <= b.X0 && b.X0 < b.X1 && b.X1 <= 1 && 0 <= b.Y0 && b.Y0 < b.Y1 && b.Y1 <= 1) || v.Quality > 100 {
				t.Fatalf("impossible view %+v", v)
			}
		}
		if hashing.Fingerprint(l.Under(5)).Full.Quality != p.Full.Quality {
			t.Fatal("the quality depends on the turn")
		}
		whole := hashing.Box{X1: 1, Y1: 1}
		if g := hashing.Confirm(l, l, whole, whole, 0); g.Accepted && g.Share < 0.99 {
			t.Fatalf("a picture agrees with itself by %v only", g.Share)
		}
	})
}

func BenchmarkFingerprint(b *testing.B) {
	l := scene(1, 512, 384)
	for _, c := range []struct {
		name string
		l    hashing.Luma
	}{{"plain", l}, {"trimmed", framed(l, 0, 0, 0, 0, 0)}, {"letterbox", framed(scene(1, 512, 288), 0, 48, 0, 48, 0)}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				hashing.Fingerprint(c.l)
			}
		})
	}
}

func BenchmarkFromImage(b *testing.B) {
	for _, side := range []int{1280, 4000} {
		img := grayImage(scene(1, side, side*3/4))
		b.Run(fmt.Sprint(side), func(b *testing.B) {
			for b.Loop() {
				hashing.FromImage(img, 1, hashing.FingerprintSide)
			}
		})
	}
}

func BenchmarkBest(b *testing.B) {
	x, y := hashing.Fingerprint(scene(1, 300, 200)), hashing.Fingerprint(scene(2, 300, 200))
	for b.Loop() {
		hashing.Best(x, y)
	}
}
