package hashing_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

// opaque hides the type of a picture, so that it is read pixel by pixel.
type opaque struct{ image.Image }

// One picture has one grey copy, whatever type its decoder gives it and
// wherever in its buffer it stands: decoders give parts of larger buffers.
func TestFromImageReadsEveryKindOfPicture(t *testing.T) {
	const w, h = 37, 23
	l := scene(31, w, h)
	at := image.Pt(11, 7)
	outer := image.Rect(0, 0, w+30, h+20)
	inner := image.Rect(at.X, at.Y, at.X+w, at.Y+h)
	grey := func(x, y int) color.Gray { return color.Gray{Y: l.Pix[y*w+x]} }
	fill := func(m draw.Image) {
		for y := outer.Min.Y; y < outer.Max.Y; y++ {
			for x := outer.Min.X; x < outer.Max.X; x++ {
				m.Set(x, y, color.Gray{Y: byte(x * y)}) // what stands around it
			}
		}
		for y := range h {
			for x := range w {
				m.Set(at.X+x, at.Y+y, grey(x, y))
			}
		}
	}
	var palette color.Palette
	for i := range 256 {
		palette = append(palette, color.Gray{Y: byte(255 - i)})
	}
	gray, rgba, nrgba, deep, paletted := image.NewGray(outer), image.NewRGBA(outer), image.NewNRGBA(outer), image.NewRGBA64(outer), image.NewPaletted(outer, palette)
	for _, m := range []draw.Image{gray, rgba, nrgba, deep, paletted} {
		fill(m)
	}
	ycc, ycca := image.NewYCbCr(outer, image.YCbCrSubsampleRatio420), image.NewNYCbCrA(outer, image.YCbCrSubsampleRatio420)
	for y := range outer.Dy() {
		for x := range outer.Dx() {
			v := gray.GrayAt(x, y).Y
			ycc.Y[ycc.YOffset(x, y)], ycca.Y[ycca.YOffset(x, y)], ycca.A[ycca.AOffset(x, y)] = v, v, 255
		}
	}
	for name, m := range map[string]image.Image{
		"grey": gray.SubImage(inner), "RGBA": rgba.SubImage(inner), "NRGBA": nrgba.SubImage(inner), "16 bits": deep.SubImage(inner),
		"palette": paletted.SubImage(inner), "YCbCr": ycc.SubImage(inner), "YCbCr with alpha": ycca.SubImage(inner), "pixel by pixel": opaque{gray.SubImage(inner)},
	} {
		got := hashing.FromImage(m, 1, 0)
		if got.W != w || got.H != h || !bytes.Equal(got.Pix, l.Pix) {
			t.Errorf("%s: %d x %d and other pixels", name, got.W, got.H)
		}
	}
}

// Colours weigh as in ITU-R BT.601, and what is transparent is black.
func TestGreyOfColours(t *testing.T) {
	for _, c := range []struct {
		c    color.NRGBA
		want byte
	}{
		{color.NRGBA{255, 255, 255, 255}, 255}, {color.NRGBA{255, 0, 0, 255}, 76}, {color.NRGBA{0, 255, 0, 255}, 150}, {color.NRGBA{0, 0, 255, 255}, 29},
		{color.NRGBA{255, 255, 255, 0}, 0}, {color.NRGBA{255, 255, 255, 128}, 128}, {color.NRGBA{0, 255, 0, 128}, 75},
	} {
		nrgba, rgba := image.NewNRGBA(image.Rect(0, 0, 1, 1)), image.NewRGBA(image.Rect(0, 0, 1, 1))
		nrgba.Set(0, 0, c.c)
		rgba.Set(0, 0, c.c)
		ycca := image.NewNYCbCrA(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio444)
		ycca.Y[0], ycca.A[0] = nrgbaGrey(c.c), c.c.A
		for name, m := range map[string]image.Image{"NRGBA": nrgba, "RGBA": rgba, "by pixel": opaque{nrgba}, "palette": &image.Paletted{Pix: []byte{0}, Stride: 1, Rect: image.Rect(0, 0, 1, 1), Palette: color.Palette{c.c}}, "YCbCr with alpha": ycca} {
			if got := hashing.FromImage(m, 1, 0).Pix[0]; got < c.want-min(c.want, 1) || got > c.want+min(255-c.want, 1) {
				t.Errorf("%s: %v is %d, want %d", name, c.c, got, c.want)
			}
		}
	}
}

func nrgbaGrey(c color.NRGBA) byte {
	y, _, _ := color.RGBToYCbCr(c.R, c.G, c.B)
	return y
}

// The longest side becomes what was asked for, the other keeps the shape, and
// nothing is enlarged.
func TestReducedSides(t *testing.T) {
	for _, c := range []struct{ w, h, longest, wantW, wantH int }{
		{800, 600, 200, 200, 150}, {600, 800, 200, 150, 200}, {100, 60, 200, 100, 60}, {200, 10, 200, 200, 10}, {201, 10, 200, 200, 10},
		{1000, 3, 100, 100, 1}, {3, 1000, 100, 1, 100}, {640, 427, 64, 64, 43}, {640, 424, 64, 64, 42}, {50, 40, 0, 50, 40}, {50, 40, -1, 50, 40},
	} {
		got := hashing.Luma{W: c.w, H: c.h, Pix: make([]byte, c.w*c.h)}.Reduced(c.longest)
		if got.W != c.wantW || got.H != c.wantH || len(got.Pix) != got.W*got.H {
			t.Errorf("%d x %d to %d: %d x %d, want %d x %d", c.w, c.h, c.longest, got.W, got.H, c.wantW, c.wantH)
		}
	}
}

// A thumbnail that the case holds is small; a larger one is none, and is not
// decoded.
func TestFromJPEGTakesThumbnailsOnly(t *testing.T) {
	encode := func(w, h int) []byte {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	const most = 4 * hashing.FingerprintSide
	for _, c := range []struct {
		w, h int
		ok   bool
	}{{8, 8, true}, {most, 8, true}, {8, most, true}, {most + 1, 8, false}, {8, most + 1, false}} {
		l, err := hashing.FromJPEG(encode(c.w, c.h))
		if (err == nil) != c.ok || c.ok && (l.W != c.w || l.H != c.h) {
			t.Errorf("%d x %d: %d x %d, %v", c.w, c.h, l.W, l.H, err)
		}
	}
	for _, b := range [][]byte{nil, []byte("GIF89a"), encode(8, 8)[:100]} {
		if _, err := hashing.FromJPEG(b); err == nil {
			t.Errorf("%d bytes were taken for a thumbnail", len(b))
		}
	}
	for _, l := range []hashing.Luma{{}, {W: 8, H: 8, Pix: make([]byte, 63)}, {W: -1, H: -1, Pix: make([]byte, 1)}} {
		if _, err := l.JPEG(); err == nil {
			t.Errorf("%d x %d with %d bytes was written", l.W, l.H, len(l.Pix))
		}
	}
}

// Views below the least quality are not compared; what lies at it is.
func TestViewsHoldEnoughToCompare(t *testing.T) {
	view := func(quality uint8) hashing.View {
		return hashing.View{Quality: quality, Box: hashing.Box{X1: 1, Y1: 1}}
	}
	for quality, want := range map[uint8]int{hashing.MinQuality - 1: 0, hashing.MinQuality: 2, hashing.MinQuality + 1: 2} {
		trimmed := view(quality)
		p := hashing.Print{Full: view(quality), Trimmed: &trimmed}
		if got := len(p.Views()); got != want {
			t.Errorf("quality %d: %d views, want %d", quality, got, want)
		}
	}
}

// Nearest finds the nearest of all pairs of views, wherever it stands, with the
// symmetry that leads from the first picture to the second.
func TestNearestLooksAtEveryPair(t *testing.T) {
	one, two := hashing.Fingerprint(scene(1, 120, 90)), hashing.Fingerprint(scene(2, 120, 90))
	l := scene(9, 300, 200)
	a := hashing.Fingerprint(l)
	for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
		b := hashing.Fingerprint(l.Under(s))
		for _, pair := range [][2][]*hashing.View{
			{{&one.Full, &a.Full}, {&two.Full, &b.Full}}, {{&a.Full, &one.Full}, {&two.Full, &b.Full}},
			{{&one.Full, &a.Full}, {&b.Full, &two.Full}}, {{&a.Full, &one.Full}, {&b.Full, &two.Full}},
		} {
			if bits, at, va, vb := hashing.Nearest(pair[0], pair[1]); bits != 0 || at != s || va != &a.Full || vb != &b.Full {
				t.Errorf("symmetry %d: %d bits under %d, of the right views: %v and %v", s, bits, at, va == &a.Full, vb == &b.Full)
			}
		}
	}
}

// The same finding twice is one; a mirrored one, or one of another part, is not.
func TestRepeats(t *testing.T) {
	box := func(x0, y0, x1, y1 float64) [][2]float64 {
		return [][2]float64{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
	}
	g := hashing.Agreement{RegionA: box(0, 0, 0.5, 1), RegionB: box(0, 0, 1, 1)}
	for name, c := range map[string]struct {
		o    hashing.Agreement
		want bool
	}{
		"itself":                {g, true},
		"a little smaller":      {hashing.Agreement{RegionA: box(0, 0, 0.45, 1), RegionB: box(0, 0, 0.95, 1)}, true},
		"mirrored":              {hashing.Agreement{Mirrored: true, RegionA: g.RegionA, RegionB: g.RegionB}, false},
		"another part of A":     {hashing.Agreement{RegionA: box(0.5, 0, 1, 1), RegionB: g.RegionB}, false},
		"another part of B":     {hashing.Agreement{RegionA: g.RegionA, RegionB: box(0, 0, 0.4, 1)}, false},
		"half over each other":  {hashing.Agreement{RegionA: box(0.25, 0, 0.75, 1), RegionB: g.RegionB}, false},
		"above and below":       {hashing.Agreement{RegionA: box(0, 0, 0.5, 0.4), RegionB: g.RegionB}, false},
		"most of it, of all":    {hashing.Agreement{RegionA: box(0, 0, 0.5, 0.6), RegionB: box(0, 0, 1, 0.6)}, true},
		"nothing of either one": {hashing.Agreement{}, false},
	} {
		if got, back := g.Repeats(c.o), c.o.Repeats(g); got != c.want || back != c.want {
			t.Errorf("%s: %v and %v, want %v", name, got, back, c.want)
		}
	}
}

// The distance of two pictures is the least of all symmetries, computed here
// one by one, also where nothing is near: a bound in its place would make
// copies of strangers.
func TestNearestIsTheLeastOfAll(t *testing.T) {
	far := 0
	for seed := range uint64(8) {
		a, b := hashing.Fingerprint(scene(seed, 160, 120)), hashing.Fingerprint(scene(50+seed, 160, 120))
		want := 64
		for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
			want = min(want, hashing.Distance(a.Full.Hash[s], b.Full.Hash[0]), hashing.Distance(a.Full.Hash[0], b.Full.Hash[s]))
		}
		got, _, _, _ := hashing.Nearest([]*hashing.View{&a.Full}, []*hashing.View{&b.Full})
		if got != want {
			t.Errorf("seed %d: %d bits, want %d", seed, got, want)
		}
		far = max(far, got)
	}
	if far < 12 {
		t.Errorf("of 8 pairs of strangers the farthest are %d bits apart", far)
	}
}
