package hashing_test

import (
	"math"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

var wholeBox = hashing.Box{X1: 1, Y1: 1}

// thumb is the thumbnail as it is stored: reduced, written and read as JPEG.
func thumb(t testing.TB, l hashing.Luma) hashing.Luma {
	t.Helper()
	b, err := l.Reduced(hashing.ThumbSide).JPEG()
	if err != nil {
		t.Fatal(err)
	}
	out, err := hashing.FromJPEG(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestConfirmAcceptsCopies(t *testing.T) {
	l := scene(21, 800, 600)
	bars := hashing.Box{X1: 1, Y0: 110.0 / 820, Y1: 710.0 / 820}
	tests := map[string]struct {
		copy     hashing.Luma
		box      hashing.Box
		symmetry hashing.Symmetry
		region   hashing.Box // where the original lies in the copy
	}{
		"same":          {l, wholeBox, 0, wholeBox},
		"noise":         {noisy(l), wholeBox, 0, wholeBox},
		"stretched":     {stretched(l), wholeBox, 0, wholeBox},
		"mirrored":      {l.Under(4), wholeBox, 4, wholeBox},
		"turned":        {l.Under(3), wholeBox, 3, wholeBox},
		"letterbox":     {framed(l, 0, 110, 0, 110, 0), bars, 0, bars},
		"cut":           {cut(l, 0, 0, 720, 560), wholeBox, 0, wholeBox},
		"cut, mirrored": {cut(l, 60, 20, 800, 570).Under(4), wholeBox, 4, wholeBox},
		"lower third":   {titled(l), wholeBox, 0, wholeBox},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := thumb(t, l), thumb(t, test.copy)
			g := hashing.Confirm(a, b, wholeBox, test.box, test.symmetry)
			if !g.Accepted {
				t.Fatalf("refused: %d of %d blocks agree", g.Agreeing, g.Textured)
			}
			if got := bounds(g.RegionB); far(got, test.region) > 0.03 {
				t.Errorf("region in the copy is %v, want %v", got, test.region)
			}
			back := hashing.Confirm(b, a, test.box, wholeBox, test.symmetry.Inverse())
			if back.Accepted != g.Accepted || back.Agreeing != g.Agreeing || far(bounds(back.RegionA), bounds(g.RegionB)) > 1e-9 {
				t.Error("the verdict depends on the order of the pictures")
			}
		})
	}
}

func TestConfirmSaysWhichPartIsShared(t *testing.T) {
	l := scene(22, 800, 600)
	g := hashing.Confirm(thumb(t, l), thumb(t, cut(l, 60, 20, 780, 560)), wholeBox, wholeBox, 0)
	want := hashing.Box{X0: 60.0 / 800, Y0: 20.0 / 600, X1: 780.0 / 800, Y1: 560.0 / 600}
	if !g.Accepted || far(bounds(g.RegionA), want) > 0.015 {
		t.Fatalf("region in the original is %v, want %v", bounds(g.RegionA), want)
	}
	if math.Abs(g.CoverA-0.81) > 0.03 || g.CoverB < 0.97 {
		t.Errorf("covers %.2f of the original and %.2f of the cut, want 0.81 and 1", g.CoverA, g.CoverB)
	}
	if math.Abs(g.Scale-1/0.9) > 0.02 {
		t.Errorf("scale %.3f, want 1.111", g.Scale)
	}
	for _, poly := range [][][2]float64{g.RegionA, g.RegionB} {
		if signedArea(poly) <= 0 {
			t.Errorf("region %v does not run clockwise", poly)
		}
	}
}

func TestConfirmShowsWhatWasLaidOver(t *testing.T) {
	l := scene(23, 800, 600)
	g := hashing.Confirm(thumb(t, l), thumb(t, titled(l)), wholeBox, wholeBox, 0)
	if !g.Accepted || len(g.ChangedB) == 0 {
		t.Fatalf("accepted %v with changes %v, want one change", g.Accepted, g.ChangedB)
	}
	c := g.ChangedB[0]
	if c.Y0 < 0.6 || c.Y1 > 0.95 || c.X1-c.X0 < 0.7 {
		t.Errorf("the change is at %+v, want the band from 0.70 to 0.86", c)
	}
}

func TestConfirmRefusesOtherPictures(t *testing.T) {
	for seed := range uint64(12) {
		a, b := thumb(t, scene(100+seed, 400, 300)), thumb(t, scene(200+seed, 400, 300))
		for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
			if g := hashing.Confirm(a, b, wholeBox, wholeBox, s); g.Accepted {
				t.Errorf("seed %d, symmetry %d: accepted with %d of %d blocks", seed, s, g.Agreeing, g.Textured)
			}
		}
	}
}

// Two skies that darken alike have the same hash and nothing else in common.
func TestConfirmRefusesGradients(t *testing.T) {
	sky := func(top, low float64) hashing.Luma {
		return each(hashing.Luma{W: 192, H: 144, Pix: make([]byte, 192*144)},
			func(_, y int, _ float64) float64 { return top + (low-top)*float64(y)/144 })
	}
	if g := hashing.Confirm(sky(40, 200), sky(60, 250), wholeBox, wholeBox, 0); g.Accepted {
		t.Errorf("accepted with %d of %d blocks", g.Agreeing, g.Textured)
	}
}

func TestConfirmTakesAnything(t *testing.T) {
	l := scene(1, 192, 144)
	nan := math.NaN()
	for _, box := range []hashing.Box{{}, {X0: 1, Y0: 1}, {X0: -1, X1: 1, Y1: 1}, {X0: nan, X1: nan, Y0: nan, Y1: nan}, {X1: 1e-9, Y1: 1e-9}, {X0: 0.5, X1: 0.51, Y1: 1}} {
		for _, m := range []hashing.Luma{l, {}, {W: 1, H: 1, Pix: []byte{9}}, {W: 3, H: 1, Pix: []byte{1, 2, 3}}, {W: 9, H: 9}} {
			if g := hashing.Confirm(l, m, wholeBox, box, 5); g.Accepted {
				t.Errorf("box %+v of a picture of %d x %d was accepted", box, m.W, m.H)
			}
		}
	}
}

func stretched(l hashing.Luma) hashing.Luma {
	out := hashing.Luma{W: l.W * 4 / 5, H: l.H}
	for y := range out.H {
		for x := range out.W {
			out.Pix = append(out.Pix, l.Pix[y*l.W+x*5/4])
		}
	}
	return out
}

func bounds(poly [][2]float64) hashing.Box {
	b := hashing.Box{X0: 1, Y0: 1}
	for _, p := range poly {
		b.X0, b.X1 = math.Min(b.X0, p[0]), math.Max(b.X1, p[0])
		b.Y0, b.Y1 = math.Min(b.Y0, p[1]), math.Max(b.Y1, p[1])
	}
	return b
}

// far is the largest distance between the edges of two boxes.
func far(a, b hashing.Box) float64 {
	return math.Max(math.Max(math.Abs(a.X0-b.X0), math.Abs(a.X1-b.X1)), math.Max(math.Abs(a.Y0-b.Y0), math.Abs(a.Y1-b.Y1)))
}

// signedArea is positive for a polygon that runs clockwise with y downwards.
func signedArea(poly [][2]float64) float64 {
	sum := 0.0
	for i, p := range poly {
		q := poly[(i+1)%len(poly)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return sum / 2
}

func BenchmarkConfirm(b *testing.B) {
	l := scene(1, 800, 600)
	x, y, z := thumb(b, l), thumb(b, cut(l, 0, 0, 760, 570)), thumb(b, scene(2, 800, 600))
	b.Run("copy", func(b *testing.B) {
		for b.Loop() {
			hashing.Confirm(x, y, wholeBox, wholeBox, 0)
		}
	})
	b.Run("other", func(b *testing.B) {
		for b.Loop() {
			hashing.Confirm(x, z, wholeBox, wholeBox, 0)
		}
	})
}
