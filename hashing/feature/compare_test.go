package feature_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
)

// picture is what would be stored of l.
func picture(l hashing.Luma) *feature.Picture {
	return &feature.Picture{Set: feature.Extract(l.Reduced(hashing.FingerprintSide)), Detail: l.Reduced(hashing.DetailSide)}
}

// view is a point of the picture seen at each place of another one, in pixels;
// ok is false where something else is seen.
type view func(x, y float64) (u, v float64, ok bool)

// seen draws what a view shows of src over ground.
func seen(ground hashing.Luma, src hashing.Luma, at view) hashing.Luma {
	out := hashing.Luma{W: ground.W, H: ground.H, Pix: make([]byte, len(ground.Pix))}
	const fine = 3
	for i, g := range ground.Pix {
		sum := 0
		for j := range fine * fine {
			u, v, ok := at(float64(i%out.W)+(float64(j%fine)+0.5)/fine, float64(i/out.W)+(float64(j/fine)+0.5)/fine)
			x, y := int(math.Floor(u)), int(math.Floor(v))
			if ok && x >= 0 && y >= 0 && x < src.W && y < src.H {
				sum += int(src.Pix[y*src.W+x])
			} else {
				sum += int(g)
			}
		}
		out.Pix[i] = byte(sum / (fine * fine))
	}
	return out
}

func plain(w, h int, level byte) hashing.Luma {
	l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for i := range l.Pix {
		l.Pix[i] = level
	}
	return l
}

// turned is a view through a frame of w x h, turned about the middle of a
// picture of pw x ph and enlarged by k.
func turned(w, h, pw, ph int, degrees, k float64) view {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return func(x, y float64) (float64, float64, bool) {
		x, y = (x-float64(w)/2)/k, (y-float64(h)/2)/k
		return cos*x + sin*y + float64(pw)/2, cos*y - sin*x + float64(ph)/2, true
	}
}

// inBox is a view that shows a pw x ph picture in a box of pixels.
func inBox(x0, y0, x1, y1 float64, pw, ph int) view {
	return func(x, y float64) (float64, float64, bool) {
		return (x - x0) / (x1 - x0) * float64(pw), (y - y0) / (y1 - y0) * float64(ph), x >= x0 && y >= y0 && x < x1 && y < y1
	}
}

// titled lays a lower third with made-up letters over a picture.
func titled(l hashing.Luma) hashing.Luma {
	out := hashing.Luma{W: l.W, H: l.H, Pix: append([]byte(nil), l.Pix...)}
	top, foot := l.H*78/100, l.H*94/100
	for y := top; y < foot; y++ {
		for x := range l.W {
			line, letter := (y-top)/18, x/12
			ink := (letter*7+line*3)%5 > 0 && (y-top)%18 > 4 && x%12 > 3 && ((letter*line+x/3+y/4)%3 > 0)
			out.Pix[y*l.W+x] = 40
			if ink {
				out.Pix[y*l.W+x] = 235
			}
		}
	}
	return out
}

func box(poly [][2]float64) hashing.Box {
	b := hashing.Box{X0: 1, Y0: 1}
	for _, p := range poly {
		b.X0, b.X1 = math.Min(b.X0, p[0]), math.Max(b.X1, p[0])
		b.Y0, b.Y1 = math.Min(b.Y0, p[1]), math.Max(b.Y1, p[1])
	}
	return b
}

func far(a, b hashing.Box) float64 {
	return max(math.Abs(a.X0-b.X0), math.Abs(a.X1-b.X1), math.Abs(a.Y0-b.Y0), math.Abs(a.Y1-b.Y1))
}

var wholeBox = hashing.Box{X1: 1, Y1: 1}

// altered is a copy with what is to be said of it.
type altered struct {
	copy     hashing.Luma
	region   hashing.Box // in the copy
	mirrored bool
	rotation float64
	changed  *hashing.Box // one of the changed parts of the copy
}

func alterations() (original hashing.Luma, copies map[string]altered) {
	p := drawn(31, 720, 540)
	other := drawn(32, 720, 540)
	return p, map[string]altered{
		"same":         {copy: p, region: wholeBox},
		"cut":          {copy: seen(plain(400, 300, 0), p, func(x, y float64) (float64, float64, bool) { return x + 210, y + 150, true }), region: wholeBox},
		"turned by 20": {copy: seen(plain(460, 340, 0), p, turned(460, 340, 720, 540, 20, 1)), region: wholeBox, rotation: 20},
		"mirrored":     {copy: p.Under(4), region: wholeBox, mirrored: true},
		"mirrored, then turned": {copy: p.Under(5), region: wholeBox, mirrored: true,
			rotation: 90},
		"letterbox": {copy: seen(plain(720, 720, 0), p, inBox(0, 90, 720, 630, 720, 540)), region: hashing.Box{Y0: 0.125, X1: 1, Y1: 0.875}},
		"inset": {copy: seen(other, p, inBox(440, 330, 692, 519, 720, 540)),
			region: hashing.Box{X0: 440. / 720, Y0: 330. / 540, X1: 692. / 720, Y1: 519. / 540}},
		"lower third": {copy: titled(p), region: wholeBox, changed: &hashing.Box{Y0: 0.78, X1: 1, Y1: 0.94}},
	}
}

func TestCompareSaysWhatACopyShows(t *testing.T) {
	original, copies := alterations()
	a := picture(original)
	for name, want := range copies {
		t.Run(name, func(t *testing.T) {
			found := feature.Compare(a, picture(want.copy))
			if len(found) != 1 {
				t.Fatalf("found %d agreements, want 1", len(found))
			}
			g := found[0]
			if g.Verdict != hashing.Copy {
				t.Errorf("verdict %d, want a copy: residual %.2f, parallax %.2f", g.Verdict, g.Residual, g.Parallax)
			}
			if got := box(g.RegionB); far(got, want.region) > 0.02 {
				t.Errorf("region %+v, want %+v", got, want.region)
			}
			if g.Mirrored != want.mirrored || math.Abs(math.Remainder(g.Rotation-want.rotation, 360)) > 0.5 {
				t.Errorf("mirrored %v, turned by %.1f, want %v, %.1f", g.Mirrored, g.Rotation, want.mirrored, want.rotation)
			}
			if c := want.changed; c != nil && (len(g.ChangedB) == 0 || far(g.ChangedB[0], *c) > 0.08) {
				t.Errorf("changed %+v, want %+v", g.ChangedB, *c)
			}
		})
	}
}

func TestCompareIsSymmetric(t *testing.T) {
	original, copies := alterations()
	a := picture(original)
	delete(copies, "same") // equal pictures have no order to be put in
	for name, c := range copies {
		b := picture(c.copy)
		there, back := feature.Compare(a, b), feature.Compare(b, a)
		if len(there) != len(back) {
			t.Errorf("%s: %d agreements one way, %d the other", name, len(there), len(back))
			continue
		}
		for i, g := range there {
			h := back[i]
			same := g.Verdict == h.Verdict && g.Inliers == h.Inliers && g.Agreeing == h.Agreeing && g.Share == h.Share &&
				g.CoverA == h.CoverB && g.CoverB == h.CoverA && g.Residual == h.Residual && g.Parallax == h.Parallax &&
				reflect.DeepEqual(g.RegionA, h.RegionB) && reflect.DeepEqual(g.RegionB, h.RegionA) &&
				reflect.DeepEqual(g.ChangedA, h.ChangedB) && reflect.DeepEqual(g.ChangedB, h.ChangedA)
			if !same {
				t.Errorf("%s: %+v\nexchanged is %+v", name, g, h)
			}
		}
	}
}

func TestCompareFindsNothingInOtherPictures(t *testing.T) {
	var all []*feature.Picture
	for seed := range uint64(7) {
		all = append(all, picture(drawn(50+seed, 640, 480)))
	}
	for i, a := range all {
		for j, b := range all[:i] {
			if found := feature.Compare(a, b); len(found) > 0 {
				t.Errorf("pictures %d and %d: %d of %d blocks agree, %d inliers", i, j, found[0].Agreeing, found[0].Textured, found[0].Inliers)
			}
		}
	}
}

// Two pictures in the same white frame, under the same lower third, have the
// frame and the words in common and nothing else.
func TestSharedFramesAreNoCopies(t *testing.T) {
	framed := func(seed uint64) *feature.Picture {
		p := titled(drawn(seed, 640, 480))
		return picture(seen(plain(720, 560, 255), p, inBox(40, 40, 680, 520, 640, 480)))
	}
	if found := feature.Compare(framed(71), framed(72)); len(found) > 0 {
		t.Errorf("%d of %d blocks agree, cover %.2f", found[0].Agreeing, found[0].Textured, found[0].CoverA)
	}
}

// A ground that rises towards a wall, seen from two places.
func TestParallaxIsAnotherPhotograph(t *testing.T) {
	p := drawn(33, 900, 700)
	from := func(tx float64) hashing.Luma {
		return seen(plain(720, 540, 0), p, func(x, y float64) (float64, float64, bool) {
			near := math.Max(0, (y-240)/300) // 0 at the wall, 1 at the feet
			return x + 90 + tx*near, y + 80, true
		})
	}
	for _, tx := range []float64{24, 40} {
		found := feature.Compare(picture(from(0)), picture(from(tx)))
		if len(found) == 0 || found[0].Verdict != hashing.SameScene {
			t.Errorf("moved by %.0f pixels: %+v, want another photograph of the scene", tx, found)
		}
	}
}

func TestCompareFindsAPictureShownTwice(t *testing.T) {
	p := drawn(34, 640, 480)
	pair := seen(plain(960, 360, 255), p, inBox(0, 0, 470, 352, 640, 480))
	pair = seen(pair, p.Under(4), inBox(490, 8, 960, 360, 640, 480))
	found := feature.Compare(picture(p), picture(pair))
	if len(found) != 2 || found[0].Mirrored == found[1].Mirrored {
		t.Fatalf("found %d agreements, want the picture and its mirror image", len(found))
	}
	for _, g := range found {
		want := hashing.Box{X1: 470. / 960, Y1: 352. / 360}
		if g.Mirrored {
			want = hashing.Box{X0: 490. / 960, Y0: 8. / 360, X1: 1, Y1: 1}
		}
		if far(box(g.RegionB), want) > 0.02 {
			t.Errorf("mirrored %v: region %+v, want %+v", g.Mirrored, box(g.RegionB), want)
		}
	}
}

func TestFlatPicturesSaySo(t *testing.T) {
	sky := plain(640, 480, 0)
	for i := range sky.Pix {
		sky.Pix[i] = byte(120 + i/sky.W/8)
	}
	if !picture(sky).TooFlat() {
		t.Error("a clear sky is not called too flat")
	}
	if picture(drawn(35, 640, 480)).TooFlat() {
		t.Error("a picture full of detail is called too flat")
	}
	if found := feature.Compare(picture(sky), picture(sky)); len(found) > 0 {
		t.Errorf("two clear skies: %+v", found[0])
	}
}

func TestCompareTakesAnything(t *testing.T) {
	nan := float32(math.NaN())
	good := picture(drawn(36, 400, 300))
	odd := *good
	odd.Points = append([]feature.Point(nil), good.Points...)
	for i := range odd.Points {
		switch i % 3 {
		case 0:
			odd.Points[i] = feature.Point{X: nan, Y: nan, Scale: nan, Angle: nan}
		case 1:
			odd.Points[i].Scale = -1
		default:
			odd.Points[i].Angle = 1e30
		}
	}
	for _, p := range []*feature.Picture{
		{}, {Set: good.Set}, {Detail: good.Detail}, &odd, picture(hashing.Luma{W: 1, H: 1, Pix: []byte{7}}),
		picture(drawn(37, 13, 401)), {Set: feature.Set{W: 1, H: 1, Points: good.Points, Descriptors: good.Descriptors}, Detail: good.Detail},
		{Set: feature.Set{W: 9, H: 9, Points: good.Points[:1], Descriptors: good.Descriptors}, Detail: hashing.Luma{W: 3, H: 3}},
	} {
		feature.Compare(good, p)
		feature.Compare(p, good)
		p.TooFlat()
	}
}
