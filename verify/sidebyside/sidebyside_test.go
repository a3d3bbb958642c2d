package sidebyside

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// scene is a smooth grey picture with detail of its own everywhere.
func scene(w, h int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			img.SetGray(x, y, color.Gray{uint8(120 + 45*math.Sin(19*u+7*v*v) + 35*math.Cos(23*v-5*u*u))})
		}
	}
	return img
}

// under is the picture of w x h pixels that m makes of src.
func under(src *image.Gray, m hashing.Affine, w, h int) *image.Gray {
	back, _ := inverse(m)
	dst := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := back.Apply((float64(x)+0.5)/float64(w), (float64(y)+0.5)/float64(h))
			sx, sy := int(u*float64(src.Rect.Dx())), int(v*float64(src.Rect.Dy()))
			dst.SetGray(x, y, src.GrayAt(min(max(sx, 0), src.Rect.Dx()-1), min(max(sy, 0), src.Rect.Dy()-1)))
		}
	}
	return dst
}

func square(x0, y0, x1, y1 float64) [][2]float64 {
	return [][2]float64{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
}

func near(a, b color.RGBA, by int) bool {
	off := func(p, q uint8) bool { return max(int(p)-int(q), int(q)-int(p)) > by }
	return !off(a.R, b.R) && !off(a.G, b.G) && !off(a.B, b.B)
}

// panels are the places of A and of B in a drawing of two 480 x 320 pictures.
var panels = [2]image.Point{{margin, margin + heading}, {2*margin + panelSide, margin + heading}}

func TestOutlinesAndBoxesLieWhereTheMatchSaysSo(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 480, 320))
	for i := range grey.Pix {
		grey.Pix[i] = 100
	}
	img := drawn(grey, grey, verify.Match{
		Relation: verify.Part, RegionA: square(0.25, 0.25, 0.75, 0.75), RegionB: square(0, 0, 1, 1),
		ChangedA: verify.Boxes{{0.3, 0.5, 0.5, 0.7}}, ChangedB: verify.Boxes{{0.1, 0.5, 0.5, 0.9}},
	})
	plain, pale := color.RGBA{100, 100, 100, 255}, color.RGBA{188, 187, 185, 255}
	for _, c := range []struct {
		name   string
		panel  int
		x, y   int
		colour color.RGBA
	}{
		{"left edge of A's region", 0, 120, 100, accent},
		{"bottom edge of A's region", 0, 250, 240, accent},
		{"light edge beside it", 0, 250, 242, halo},
		{"inside A's region", 0, 300, 200, plain},
		{"outside A's region", 0, 60, 40, pale},
		{"edge of B, inside the picture", 1, 2, 100, accent},
		{"inside B", 1, 400, 60, plain},
		{"top edge of A's box, past its number", 0, 164, 160, warn},
		{"top edge of B's box, past its number", 1, 104, 160, warn},
	} {
		at := panels[c.panel].Add(image.Pt(c.x, c.y))
		if got := img.RGBAAt(at.X, at.Y); !near(got, c.colour, 3) {
			t.Errorf("%s: %v, want %v", c.name, got, c.colour)
		}
	}
}

// TestOneLaysOnTheOther: with the right map no difference stands out, however
// the copy was turned, cut, resized or made brighter; with a wrong one it does.
func TestOneLaysOnTheOther(t *testing.T) {
	turn := 20 * math.Pi / 180
	cos, sin := math.Cos(turn), math.Sin(turn)
	for _, c := range []struct {
		name  string
		m     hashing.Affine // from A, 480 x 320, to B
		w, h  int
		tone  func(v float64) float64
		title string
	}{
		{"as it stands", hashing.Affine{1, 0, 0, 0, 1, 0}, 480, 320, nil, "A laid on B"},
		{"half the size", hashing.Affine{1, 0, 0, 0, 1, 0}, 240, 160, nil, "A laid on B"},
		{"mirrored", hashing.Affine{-1, 0, 1, 0, 1, 0}, 480, 320, nil, "A laid on B"},
		{"a quarter turn", hashing.Affine{0, -1, 1, 1, 0, 0}, 320, 480, nil, "A laid on B"},
		{"turned and cut", hashing.Affine{2 * cos, -2 * sin * 320 / 480, 0, 2 * sin * 480 / 320, 2 * cos, -0.8}, 480, 320, nil, "B laid on A"},
		{"a crop", hashing.Affine{2, 0, -0.5, 0, 2, -0.5}, 480, 320, nil, "B laid on A"},
		{"darker", hashing.Affine{1, 0, 0, 0, 1, 0}, 480, 320, func(v float64) float64 { return 0.6 * v }, "A laid on B"},
		{"of another gamma", hashing.Affine{1, 0, 0, 0, 1, 0}, 480, 320, func(v float64) float64 { return 255 * math.Pow(v/255, 2) }, "A laid on B"},
		{"a negative", hashing.Affine{1, 0, 0, 0, 1, 0}, 480, 320, func(v float64) float64 { return 255 - v }, "A laid on B"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := scene(480, 320)
			b := under(a, c.m, c.w, c.h)
			if c.tone != nil {
				for i, v := range b.Pix {
					b.Pix[i] = uint8(c.tone(float64(v)))
				}
			}
			back, _ := inverse(c.m)
			m := verify.Match{RegionB: square(0, 0, 1, 1), Map: &c.m}
			for _, p := range m.RegionB {
				x, y := back.Apply(p[0], p[1])
				m.RegionA = append(m.RegionA, [2]float64{x, y})
			}
			l, ok := newLaying(fitted(a), fitted(b), m)
			if !ok || l.title != c.title {
				t.Fatalf("laid: %v, %q, want %q", ok, l.title, c.title)
			}
			if _, differing := l.difference(); differing > 0.002 {
				t.Errorf("%.1f %% differ under the right map", 100*differing)
			}
			wrong := c.m
			wrong[2] += 0.1
			m.Map = &wrong
			if l, ok = newLaying(fitted(a), fitted(b), m); ok {
				if _, differing := l.difference(); differing < 0.1 {
					t.Errorf("only %.1f %% differ under a wrong map", 100*differing)
				}
			}
		})
	}
}

// TestDifferenceShowsThePatchAlone paints a patch into one of two mirrored
// copies, of a tone that nothing else has. The check may have missed it: it is
// shown whether it is in a box or not.
func TestDifferenceShowsThePatchAlone(t *testing.T) {
	mirror := hashing.Affine{-1, 0, 1, 0, 1, 0}
	patch := image.Rect(300, 200, 380, 260) // of B
	for name, c := range map[string]struct {
		inB bool
		box verify.Boxes
	}{
		"in B, boxed": {true, verify.Boxes{{0.6, 0.6, 0.8, 0.85}}},
		"in B":        {true, nil},
		"in A":        {false, nil},
	} {
		a := scene(480, 320)
		b := under(a, mirror, 480, 320)
		for y := patch.Min.Y; y < patch.Max.Y; y++ {
			for x := patch.Min.X; x < patch.Max.X; x++ {
				if c.inB {
					b.SetGray(x, y, color.Gray{255})
				} else {
					a.SetGray(479-x, y, color.Gray{255})
				}
			}
		}
		m := verify.Match{RegionA: square(0, 0, 1, 1), RegionB: square(0, 0, 1, 1), Map: &mirror, ChangedB: c.box}
		l, ok := newLaying(fitted(a), fitted(b), m)
		if !ok {
			t.Fatalf("%s: not laid", name)
		}
		img, _ := l.difference()
		pale := veiled(l.base, func(int) bool { return false })
		inside := 0
		for y := range 320 {
			for x := range 480 {
				switch at := image.Pt(x, y); {
				case img.RGBAAt(x, y) == pale.RGBAAt(x, y):
				case at.In(patch):
					inside++
				case !at.In(patch.Inset(-2)):
					t.Fatalf("%s: a difference at %v, outside the patch %v", name, at, patch)
				}
			}
		}
		if all := patch.Dx() * patch.Dy(); inside < all*8/10 {
			t.Errorf("%s: %d of %d pixels of the patch are marked", name, inside, all)
		}
	}
}

// TestImpossibleGeometryDrawsNothing: a damaged case is no reason to fail.
func TestImpossibleGeometryDrawsNothing(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	pic := scene(64, 48)
	clean := drawn(pic, pic, verify.Match{})
	if clean == nil {
		t.Fatal("no drawing of two pictures without a region")
	}
	for name, m := range map[string]verify.Match{
		"no number":         {RegionA: [][2]float64{{nan, 0}, {1, nan}, {0, 1}}, RegionB: square(nan, nan, nan, nan), ChangedA: verify.Boxes{{nan, nan, nan, nan}}},
		"infinite":          {RegionA: square(-inf, 0, inf, 1), ChangedB: verify.Boxes{{inf, inf, -inf, -inf}}},
		"far away":          {RegionA: square(1e9, 1e9, 2e9, 2e9), RegionB: square(-1e300, 0, 0, 1)},
		"two corners":       {RegionA: [][2]float64{{0, 0}, {1, 1}}, RegionB: [][2]float64{{0, 0}}},
		"endless polygon":   {RegionA: make([][2]float64, 1<<16), RegionB: make([][2]float64, 1<<16)},
		"box of no size":    {ChangedA: verify.Boxes{{0.5, 0.5, 0.5, 0.5}, {0.9, 0.9, 0.1, 0.1}}},
		"map to a line":     {RegionA: nil, Map: &hashing.Affine{1, 1, 0, 1, 1, 0}},
		"map of no number":  {RegionA: nil, Map: &hashing.Affine{nan, 0, 0, 0, 1, 0}},
		"map to far away":   {RegionA: nil, Map: &hashing.Affine{1e200, 0, 0, 0, 1e200, 0}},
		"map beside region": {RegionA: nil, Map: &hashing.Affine{1, 0, 0, 0, 1, 0}},
	} {
		img := drawn(pic, pic, m)
		if img == nil {
			t.Errorf("%s: no drawing", name)
			continue
		}
		at := image.Pt(margin, margin+heading)
		for y := range 300 {
			for x := range 400 {
				if img.RGBAAt(at.X+x, at.Y+y) != clean.RGBAAt(at.X+x, at.Y+y) {
					t.Fatalf("%s: drawn at %d, %d", name, x, y)
				}
			}
		}
	}
	// A picture a pixel wide still has its frame and its boxes.
	for _, thin := range []*image.Gray{scene(1, 900), scene(900, 1)} {
		whole := verify.Boxes{{0, 0, 1, 1}, {0.4, 0.4, 0.6, 0.6}}
		if drawn(thin, pic, verify.Match{RegionA: square(0, 0, 1, 1), RegionB: square(0, 0, 1, 1), ChangedA: whole, ChangedB: whole, Map: &hashing.Affine{1, 0, 0, 0, 1, 0}}) == nil {
			t.Error("no drawing of a thin picture")
		}
	}
	if drawn(image.NewGray(image.Rectangle{}), pic, verify.Match{}) != nil || drawn(nil, pic, verify.Match{}) != nil {
		t.Error("a drawing of a picture without pixels")
	}
}

// TestMarksCanBeToldApartInGrey: lines against their light edge, and against
// each other by their gaps.
func TestMarksCanBeToldApartInGrey(t *testing.T) {
	luma := func(c color.RGBA) float64 { return 0.299*float64(c.R) + 0.587*float64(c.G) + 0.114*float64(c.B) }
	for _, c := range []color.RGBA{accent, warn} {
		if luma(halo)-luma(c) < 120 {
			t.Errorf("%v hardly stands out from its light edge", c)
		}
	}
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	outline(img, square(20, 20, 180, 80), accent, true)
	changes := 0
	for x := 22; x < 178; x++ {
		if near(img.RGBAAt(x, 20), accent, 8) != near(img.RGBAAt(x-1, 20), accent, 8) {
			changes++
		}
	}
	if changes < 12 {
		t.Errorf("%d changes along a dashed line", changes)
	}
}

func TestPNGTakesTheFrameThatTheMatchSpeaksOf(t *testing.T) {
	still, video := frames(t, "still", 90), frames(t, "video", 10, 200, 60)
	m := verify.Match{
		Relation: verify.Part, DigestA: "still", DigestB: "video", TimeB: &[2]float64{1, 1},
		RegionA: square(0, 0, 1, 1), RegionB: square(0, 0, 1, 1),
	}
	for name, items := range map[string][2]verify.Item{"in order": {still, video}, "exchanged": {video, still}} {
		b, err := PNG(m, items)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []uint8{90, 200} {
			at := panels[i].Add(image.Pt(240, 160))
			if got, _, _, _ := img.At(at.X, at.Y).RGBA(); uint8(got>>8) != want {
				t.Errorf("%s: panel %d has grey %d, want %d", name, i, got>>8, want)
			}
		}
	}
	if _, err := PNG(m, [2]verify.Item{still, {Digest: "video"}}); !errors.Is(err, ErrNoPicture) {
		t.Errorf("without a thumbnail: %v", err)
	}
}

// TestPNGOfTwoVideosShowsOneMoment: the two frames are of one moment of the
// stretch, whatever their own times, and what is shared is drawn below.
func TestPNGOfTwoVideosShowsOneMoment(t *testing.T) {
	a, b := frames(t, "a", 10, 20, 30, 40, 50, 60, 70, 80), frames(t, "b", 200, 45, 55, 65)
	m := verify.Match{
		Relation: verify.Part, DigestA: "a", DigestB: "b", RegionA: square(0, 0, 1, 1), RegionB: square(0, 0, 1, 1),
		ChangedA: verify.Boxes{{0.2, 0.2, 0.8, 0.8}}, ChangedB: verify.Boxes{{0.2, 0.2, 0.8, 0.8}}, // of other frames
		Segments: verify.Segments{{TimeA: [2]float64{3, 6}, TimeB: [2]float64{1, 3}, Offset: 2, Speed: 1}},
	}
	m.TimeA, m.TimeB = &m.Segments[0].TimeA, &m.Segments[0].TimeB
	pic, err := PNG(m, [2]verify.Item{a, b})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(pic))
	if err != nil {
		t.Fatal(err)
	}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(img.At(x, y)).(color.RGBA) }
	for i, want := range []uint8{40, 45} { // 3 s of A and 1 s of B
		p := panels[i].Add(image.Pt(240, 160))
		if got := at(p.X, p.Y).R; got != want {
			t.Errorf("panel %d has grey %d, want %d", i, got, want)
		}
	}
	for x := 150; x < 300; x++ {
		if box := panels[0].Add(image.Pt(x, 64)); near(at(box.X, box.Y), warn, 20) {
			t.Fatal("a box is drawn that belongs to other frames")
		}
	}
	// The bars: 7 and 3 seconds, of which 3 to 6 and 1 to 3 are shared.
	wide, top := img.Bounds().Dx()-2*margin, img.Bounds().Dy()-margin/2-strip.LanesHigh
	found := false
	for y := top; y < img.Bounds().Dy(); y++ {
		x := func(second float64) int { return margin + int(second/7*float64(wide)) }
		found = found || near(at(x(4.5), y), accent, 4) && !near(at(x(1), y), accent, 60) && !near(at(x(6.5), y), accent, 60)
	}
	if !found {
		t.Error("no bar shows what is shared")
	}
}

func TestMomentIsChosenByTimeAndLooks(t *testing.T) {
	print := func(hash uint64, quality uint8) hashing.Print {
		p := hashing.Print{Full: hashing.View{Quality: quality, Box: hashing.Box{X1: 1, Y1: 1}}}
		for i := range p.Full.Hash {
			p.Full.Hash[i] = hash
		}
		return p
	}
	clip := func(frames ...verify.Frame) verify.Item { return verify.Item{Frames: frames} }
	at := func(second float64, hash uint64, quality uint8) verify.Frame {
		return verify.Frame{At: time.Duration(second * float64(time.Second)), Print: print(hash, quality)}
	}
	a := clip(at(0, 0, 90), at(1, 0xff, 90), at(2, 0xff00, 20), at(3, 0xff, 90))
	b := clip(at(10.4, 0xff, 90), at(12, 0xff00, 20), at(13, 0xff, 90), at(30, 0, 90))
	every := func(verify.Frame) bool { return true }
	exact := verify.Segment{TimeA: [2]float64{0, 3}, TimeB: [2]float64{10, 13}, Offset: -10, Speed: 1}
	if i, j, ok := OneMoment(&a, &b, exact, every); !ok || i != 3 || j != 2 {
		t.Errorf("%d and %d: want the moment that both have exactly and that shows most", i, j)
	}
	loose := exact
	loose.Uncertain = true
	if i, j, ok := OneMoment(&a, &b, loose, every); !ok || a.Frames[i].Print.Full.Hash != b.Frames[j].Print.Full.Hash {
		t.Errorf("%d and %d: want two that look the same", i, j)
	}
	if _, _, ok := OneMoment(&a, &b, verify.Segment{TimeA: [2]float64{50, 60}}, every); ok {
		t.Error("frames outside the stretch")
	}
	if i := Nearest(&b, &[2]float64{12.4, 13}, every); i != 1 {
		t.Errorf("frame %d is nearest, want 1", i)
	}
	if i := Nearest(&b, nil, func(verify.Frame) bool { return false }); i != -1 {
		t.Errorf("frame %d of those that are not there", i)
	}
}

// frames is an item with a frame of one grey for each second.
func frames(t *testing.T, digest verify.Digest, greys ...uint8) verify.Item {
	t.Helper()
	it := verify.Item{Digest: digest}
	for i, g := range greys {
		l := hashing.Luma{W: 192, H: 128, Pix: bytes.Repeat([]byte{g}, 192*128)}
		b, err := l.JPEG()
		if err != nil {
			t.Fatal(err)
		}
		it.Frames = append(it.Frames, verify.Frame{At: time.Duration(i) * time.Second, Thumb: b})
	}
	return it
}

func drawn(a, b image.Image, m verify.Match) *image.RGBA {
	return compose([2]side{{"A", a}, {"B", b}}, m, nil)
}
