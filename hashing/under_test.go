package hashing_test

import (
	"math"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

// across is the map of a box of the first picture to the whole second one.
func across(b hashing.Box) hashing.Affine {
	w, h := b.X1-b.X0, b.Y1-b.Y0
	return hashing.Affine{1 / w, 0, -b.X0 / w, 0, 1 / h, -b.Y0 / h}
}

func TestConfirmUnderImprovesTheMap(t *testing.T) {
	l := scene(41, 800, 600)
	part := hashing.Box{X0: 0.2, Y0: 0.25, X1: 0.8, Y1: 0.85}
	b := cut(l, 160, 150, 640, 510)
	rough := across(part)
	rough[2] += 0.012
	rough[4] *= 1.015
	g := hashing.ConfirmUnder(l, b, rough, hashing.Evidence{Inliers: 20})
	if !g.Accepted || g.Verdict != hashing.Copy {
		t.Fatalf("refused: %d of %d blocks agree", g.Agreeing, g.Textured)
	}
	if got := bounds(g.RegionA); far(got, part) > 0.004 {
		t.Errorf("region %+v, want %+v", got, part)
	}
	if math.Abs(g.CoverA-0.36) > 0.01 || g.CoverB < 0.99 {
		t.Errorf("covers %.3f and %.3f, want 0.36 and 1", g.CoverA, g.CoverB)
	}
}

func TestConfirmUnderRefusesOtherPictures(t *testing.T) {
	for seed := range uint64(12) {
		a, b := scene(300+seed, 400, 300), scene(400+seed, 400, 300)
		for _, m := range []hashing.Affine{{0: 1, 4: 1}, {0: -1, 2: 1, 4: 1}, {0: 0.4, 2: 0.3, 4: 0.4, 5: 0.3}} {
			if g := hashing.ConfirmUnder(a, b, m, hashing.Evidence{Inliers: 12}); g.Accepted {
				t.Errorf("seed %d under %v: %d of %d blocks agree", seed, m, g.Agreeing, g.Textured)
			}
		}
	}
}

func TestConfirmUnderTakesAnyMap(t *testing.T) {
	l := scene(42, 320, 240)
	nan, inf := math.NaN(), math.Inf(1)
	for _, m := range []hashing.Affine{
		{}, {nan, nan, nan, nan, nan, nan}, {0: inf, 4: inf}, {0: 1e300, 4: 1e300}, {0: 1e-5, 4: 1e-5}, {0: 1, 2: 5, 4: 1},
		{0: 1, 1: nan, 4: 1}, {0: 1, 2: inf, 4: 1}, {0: 1, 3: 1}, {0: 1e-160, 4: 1e160}, {1, 1, 0, 1, 1 + 1e-8, 0}, {0: 1, 4: 1, 5: 0.99},
	} {
		for _, b := range []hashing.Luma{l, {}, {W: 1, H: 1, Pix: []byte{1}}, {W: 7, H: 300, Pix: make([]byte, 2100)}} {
			if g := hashing.ConfirmUnder(l, b, m, hashing.Evidence{Inliers: 99}); g.Accepted {
				t.Errorf("accepted a picture of %d x %d under %v", b.W, b.H, m)
			}
		}
	}
}

func TestConfirmGivesMapAndTurn(t *testing.T) {
	l := scene(43, 800, 600)
	for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
		g := hashing.Confirm(thumb(t, l), thumb(t, framed(l, 100, 0, 100, 0, 0).Under(s)), wholeBox,
			turnedBox(hashing.Box{X0: 0.1, X1: 0.9, Y1: 1}, s), s)
		if !g.Accepted || g.Verdict != hashing.Copy {
			t.Fatalf("symmetry %d refused: residual %.2f", s, g.Residual)
		}
		if g.Mirrored != s.Mirrored() || math.Abs(math.Remainder(g.Rotation-90*float64(s.Turns()), 360)) > 0.5 {
			t.Errorf("symmetry %d: mirrored %v, turned by %.1f", s, g.Mirrored, g.Rotation)
		}
		x, y := g.Map.Apply(0.25, 0.5)
		want := turnedBox(hashing.Box{X0: 0.3, X1: 0.3, Y0: 0.5, Y1: 0.5}, s)
		if math.Hypot(x-want.X0, y-want.Y0) > 0.01 {
			t.Errorf("symmetry %d maps (0.25, 0.5) to (%.3f, %.3f), want (%.3f, %.3f)", s, x, y, want.X0, want.Y0)
		}
	}
}

// turnedBox moves a box as s moves a picture.
func turnedBox(b hashing.Box, s hashing.Symmetry) hashing.Box {
	if s.Mirrored() {
		b.X0, b.X1 = 1-b.X1, 1-b.X0
	}
	for range s.Turns() {
		b = hashing.Box{X0: 1 - b.Y1, Y0: b.X0, X1: 1 - b.Y0, Y1: b.X1}
	}
	return b
}

func TestCoverOfABox(t *testing.T) {
	half := [][2]float64{{0, 0}, {0.5, 0}, {0.5, 1}, {0, 1}}
	for _, test := range []struct {
		box  hashing.Box
		want float64
	}{
		{wholeBox, 0.5}, {hashing.Box{X1: 0.5, Y1: 1}, 1}, {hashing.Box{X0: 0.25, X1: 0.75, Y1: 1}, 0.5},
		{hashing.Box{X0: 0.6, X1: 1, Y1: 1}, 0}, {hashing.Box{}, 0},
	} {
		if got := hashing.Cover(half, test.box); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("cover of %+v is %.3f, want %.3f", test.box, got, test.want)
		}
	}
}

func TestSearchFindsAPictureInAnother(t *testing.T) {
	l := scene(44, 400, 300)
	host := framed(l.Under(1), 200, 100, 150, 60, 90)
	m, ok := hashing.Search(l, host)
	if !ok {
		t.Fatal("nothing found")
	}
	x, y := m.Apply(0, 0)
	wx, wy := float64(200+300)/float64(host.W), 100/float64(host.H)
	if math.Hypot(x-wx, y-wy) > 0.04 {
		t.Errorf("corner at (%.2f, %.2f), want (%.2f, %.2f)", x, y, wx, wy)
	}
	if _, ok := hashing.Search(l, scene(45, 500, 400)); ok {
		t.Error("found in another picture")
	}
}
