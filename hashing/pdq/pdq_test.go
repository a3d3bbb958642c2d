package pdq_test

import (
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/pdq"
)

func bridge(t testing.TB) image.Image {
	t.Helper()
	f, err := os.Open("testdata/bridge-1-original.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func parse(t testing.TB, s string) pdq.Hash {
	t.Helper()
	h, err := pdq.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// published are the hashes of Meta's eight test pictures at full size, by how
// each looks beside the first.
var published = []struct {
	name     string
	symmetry hashing.Symmetry
	full     string
}{
	{"original", 0, "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"},
	{"rotate-90", 3, "30a10efd71cc3d429013d48d0ffffc52e34e0e17ada952a9d29685211ea9e5af"},
	{"rotate-180", 2, "adad5a64b5a142e75b62a09857da895ae63b847fc23794b766b319361bc93188"},
	{"rotate-270", 1, "a5f0a457a48995e8c9065c275aaa5498b61ba4bdf8fcf80387c32f8b1bfc4f05"},
	{"flipx", 6, "f8f80f31e0f417b20e37f5cd028f980fb36ed02a9662c1e233e64c634e9c64dd"},
	{"flipy", 4, "0dad2599b1a1bd1a5362576742da32a5e63b7380c2374b4866b366c91bc9ce77"},
	{"flip-plus-1", 7, "f0a5e102f1ccc0bd945308720fff038de34ef1e8ada9a956d2967ade5ea91a50"},
	{"flip-minus-1", 5, "a5f05aa8a4896a17c906a2d85aaaab07b61b5b42f8fc07fc87c3d0741bfcb0fa"},
}

// What is left at full size is that image/jpeg and libjpeg interpolate colour
// differently: rounded to whole levels, the luma gives all 256 bits.
func TestPublishedHashAtFullSize(t *testing.T) {
	got := pdq.FromImage(bridge(t))
	if got.Quality != 100 {
		t.Errorf("quality %d, published is 100", got.Quality)
	}
	if d := got.Hash[0].Distance(parse(t, published[0].full)); d > 2 {
		t.Errorf("%d bits from the published hash, want at most 2: %s", d, got.Hash[0])
	}
}

func TestPublishedHashOfRoundedLuma(t *testing.T) {
	img := bridge(t)
	b := img.Bounds()
	l := hashing.Luma{W: b.Dx(), H: b.Dy()}
	for y := range l.H {
		for x := range l.W {
			r, g, b, _ := img.At(x, y).RGBA()
			l.Pix = append(l.Pix, byte(0.299*float64(r>>8)+0.587*float64(g>>8)+0.114*float64(b>>8)+0.5))
		}
	}
	if got := pdq.FromLuma(l).Hash[0].String(); got != published[0].full {
		t.Errorf("%s, published is %s", got, published[0].full)
	}
}

// Turning the coefficients is not quite turning the picture, because boxes of
// even length lie off their centre: Meta's own test allows 16 bits.
func TestSymmetriesArePublishedHashesOfTurnedPictures(t *testing.T) {
	got := pdq.FromImage(bridge(t))
	for _, p := range published {
		want := parse(t, p.full)
		if d := got.Hash[p.symmetry].Distance(want); d > 10 {
			t.Errorf("%s: %d bits from the published hash of the turned picture, want at most 10", p.name, d)
		}
		for s := range got.Hash {
			if d := got.Hash[s].Distance(want); s != int(p.symmetry) && d < 90 {
				t.Errorf("%s: symmetry %d is near it, too, with %d bits", p.name, s, d)
			}
		}
	}
}

// The C++ program takes every so manyth pixel to reduce a picture to 512 x 512;
// Meta's test of ports allows them 16 bits from it.
func TestPublishedHashAfterReduction(t *testing.T) {
	img := bridge(t)
	b := img.Bounds()
	small := image.NewRGBA(image.Rect(0, 0, 512, 512))
	for y := range 512 {
		for x := range 512 {
			small.Set(x, y, img.At(x*b.Dx()/512, y*b.Dy()/512))
		}
	}
	want := parse(t, "d8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6b39c4e9c9b22")
	if d := pdq.FromImage(small).Hash[0].Distance(want); d > 12 {
		t.Errorf("%d bits from the published hash, want at most 12", d)
	}
}

// Firsthand's grey picture of 512 pixels is averaged by area, which moves some
// bits, far fewer than a match may have.
func TestReducedLumaIsNearThePublishedHash(t *testing.T) {
	got := pdq.FromLuma(hashing.FromImage(bridge(t), 1, hashing.FingerprintSide))
	if d := got.Hash[0].Distance(parse(t, published[0].full)); d > 10 || got.Quality != 100 {
		t.Errorf("%d bits, quality %d, want at most 10 and 100", d, got.Quality)
	}
}

func TestHashIsReadAsItIsWritten(t *testing.T) {
	for _, p := range published {
		if got := parse(t, p.full).String(); got != p.full {
			t.Errorf("%s, want %s", got, p.full)
		}
	}
	for _, s := range []string{"", "f8", published[0].full + "00", "g" + published[0].full[1:]} {
		if _, err := pdq.Parse(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}

func TestFlatAndTinyPicturesSaySo(t *testing.T) {
	for name, l := range map[string]hashing.Luma{
		"flat":           {W: 300, H: 200, Pix: make([]byte, 300*200)},
		"four pixels":    {W: 4, H: 300, Pix: make([]byte, 4*300)},
		"nothing":        {},
		"pixels missing": {W: 90, H: 90, Pix: make([]byte, 7)},
	} {
		if got := pdq.FromLuma(l); got.Quality != 0 {
			t.Errorf("%s: quality %d, want 0", name, got.Quality)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		l := hashing.Luma{W: 5 + r.IntN(300), H: 5 + r.IntN(300)}
		for range l.W * l.H {
			l.Pix = append(l.Pix, byte(r.Uint32()))
		}
		if got := pdq.FromLuma(l); got.Hash[0].Distance(pdq.Hash{}) != 128 {
			t.Errorf("%d x %d: %d bits are set, want half of them", l.W, l.H, got.Hash[0].Distance(pdq.Hash{}))
		}
	}
}

func BenchmarkFromLuma(b *testing.B) {
	l := hashing.FromImage(bridge(b), 1, hashing.FingerprintSide)
	for b.Loop() {
		pdq.FromLuma(l)
	}
}
