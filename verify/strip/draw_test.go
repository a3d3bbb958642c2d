package strip

import (
	"image"
	"image/color"
	"math"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"golang.org/x/image/draw"
)

func plain(w, h int, c color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

// dark counts the pixels of a part that are nearer to ink than to paper.
func dark(img *image.RGBA, r image.Rectangle) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if img.RGBAAt(x, y).G < 0x80 {
				n++
			}
		}
	}
	return n
}

// TestSheetHasEachPictureInItsPlaceWithItsTime makes seven pictures of two
// shapes and looks for each, and for words below it and nowhere else.
func TestSheetHasEachPictureInItsPlaceWithItsTime(t *testing.T) {
	var pictures []Picture
	for i := range 7 {
		w, h := 100, 60
		if i == 4 {
			w, h = 40, 60 // upright
		}
		pictures = append(pictures, Picture{plain(w, h, color.RGBA{200, uint8(150 + 10*i), 0, 255}), Clock(time.Duration(i)*time.Second, 3)})
	}
	img := Sheet([]string{"one line"}, pictures, 3)
	const head = headLine + gap
	if want := image.Rect(0, 0, 2*edge+3*100+2*gap, 2*edge+head+3*(60+below)+2*gap); img.Rect != want {
		t.Fatalf("the sheet is %v, want %v", img.Rect, want)
	}
	for i := range pictures {
		x, y := edge+i%3*(100+gap), edge+head+i/3*(60+below+gap)
		if got := img.RGBAAt(x+50, y+30); got.G != uint8(150+10*i) {
			t.Errorf("picture %d is not in its place: %v", i, got)
		}
		if n := dark(img, image.Rect(x, y+62, x+100, y+60+below)); n < 40 {
			t.Errorf("no time below picture %d", i)
		}
	}
	if got := img.RGBAAt(edge+110+10, edge+head+84+gap+30); got != paper {
		t.Errorf("the upright picture is not in the middle of its cell: %v", got)
	}
	if n := dark(img, image.Rect(edge+110, edge+head+2*(84+gap), img.Rect.Dx(), img.Rect.Dy())); n != 0 {
		t.Error("there is something in the empty cells")
	}
	if n := dark(img, image.Rect(0, 0, img.Rect.Dx(), edge+headLine)); n < 40 {
		t.Error("no heading")
	}
}

func TestSheetIsBounded(t *testing.T) {
	if Sheet([]string{"no pictures"}, nil, 0) != nil {
		t.Error("a sheet of nothing")
	}
	one := Picture{plain(10, 10, ink), "0:00"}
	many := make([]Picture, 5000)
	for i := range many {
		many[i] = one
	}
	if img := Sheet(nil, many, 0); img.Rect.Dx()*img.Rect.Dy() > 1<<20 {
		t.Errorf("5,000 pictures make a sheet of %v", img.Rect)
	}
	for n, want := range map[int]int{1: 1, 2: 2, 6: 3, 24: 6, 25: 5, 23: 6} {
		if got := columnsFor(n, image.Pt(320, 204)); got != want {
			t.Errorf("%d pictures in %d columns, want %d", n, got, want)
		}
	}
	if got := Thin(many, 10); len(got) != 10 {
		t.Errorf("%d left, want 10", len(got))
	}
}

func TestFitNeverEnlarges(t *testing.T) {
	for in, want := range map[image.Point]image.Point{
		{640, 360}: {320, 180}, {100, 60}: {100, 60}, {1, 4000}: {1, 320}, {320, 320}: {320, 320},
	} {
		if got := Fit(plain(in.X, in.Y, ink), 320).Rect.Size(); got != want {
			t.Errorf("%v becomes %v, want %v", in, got, want)
		}
	}
}

func TestWritable(t *testing.T) {
	for words, want := range map[string]bool{"clip 1.mp4": true, "Ґрунт": true, "فيديو": false, "動画": false, "": true} {
		if Writable(words) != want {
			t.Errorf("%q: %v", words, !want)
		}
	}
}

// TestWaveShowsWhereItIsLoud: two seconds of ten are loud.
func TestWaveShowsWhereItIsLoud(t *testing.T) {
	samples := make([]int16, 10*sound.Rate)
	for i := 4 * sound.Rate; i < 6*sound.Rate; i++ {
		samples[i] = int16(26_000 * math.Sin(float64(i)/3))
	}
	img := Wave(sound.WaveOf(samples))
	column := func(second float64) int {
		n := 0
		x := edge + int(second/10*waveWide)
		for y := edge; y < edge+waveHigh; y++ {
			if c := img.RGBAAt(x, y); c != (color.RGBA{0xff, 0xff, 0xff, 0xff}) {
				n++
			}
		}
		return n
	}
	for second, loud := range map[float64]bool{1: false, 3.9: false, 4.1: true, 5: true, 5.9: true, 6.1: false, 9: false} {
		if n := column(second); loud != (n > waveHigh/2) {
			t.Errorf("%v s: %d of %d pixels", second, n, waveHigh)
		}
	}
	if n := dark(img, image.Rect(edge, edge+waveHigh+tickHigh, edge+waveWide, img.Rect.Max.Y)); n < 100 {
		t.Error("no times below")
	}
	Wave(sound.Wave{}) // nothing to draw is no reason to fail
}

func TestTicks(t *testing.T) {
	for length, want := range map[time.Duration]int{0: 0, -1: 0, 10 * time.Second: 11, 61 * time.Second: 13, 3 * time.Hour: 7, 2000 * time.Hour: 0} {
		if got := Ticks(length, 13); len(got) != want {
			t.Errorf("%v: %v, want %d", length, got, want)
		}
	}
}

func TestLanesAreToScaleAndBridged(t *testing.T) {
	shared := verify.Segments{
		{TimeA: [2]float64{20, 32}, TimeB: [2]float64{8, 20}},
		{TimeA: [2]float64{50, 54}, TimeB: [2]float64{1, 5}, Uncertain: true},
	}
	l := NewLanes(64, 32, shared)
	if l.A != (Lane{To: 1, Seconds: 64}) || math.Abs(l.B.To-l.B.From-0.5) > 1e-9 || l.B.Enlarged {
		t.Fatalf("%+v", l)
	}
	b := l.Bridges[0]
	// The longest stretch lies straight below.
	if math.Abs(b.A[0]-b.B[0]) > 1e-9 || math.Abs(b.A[1]-b.B[1]) > 1e-9 || math.Abs(b.A[0]-20.0/64) > 1e-9 {
		t.Errorf("%+v", b)
	}
	if b = l.Bridges[1]; math.Abs(b.B[0]-(l.B.From+0.5/32)) > 1e-9 || !b.Uncertain || b.Number != 2 {
		t.Errorf("%+v", b)
	}
	const wide = 640
	img := plain(wide, LanesHigh, paper)
	l.Draw(img, image.Point{}, wide)
	upper, lower := laneWords+laneHigh/2, laneWords+laneHigh+laneApart+laneHigh/2
	for _, c := range []struct {
		name   string
		second float64
		lane   Lane
		y      int
		want   color.RGBA
	}{
		{"A, not shared", 10, l.A, upper, sunk}, {"A, shared", 26, l.A, upper, accent}, {"A, the second", 52, l.A, upper, accent}, {"A, its end", 63, l.A, upper, sunk},
		{"B, not shared", 6.5, l.B, lower, sunk}, {"B, shared", 14, l.B, lower, accent}, {"B, behind", 30, l.B, lower, sunk},
	} {
		if got := img.RGBAAt(int(c.lane.At(c.second)*wide), c.y); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	between := laneWords + laneHigh + 6
	if got := img.RGBAAt(int(l.A.At(22)*wide), between); got == paper || got == accent {
		t.Errorf("no bridge, or one that cannot be seen through: %v", got)
	}
	if got := img.RGBAAt(int(l.A.At(40)*wide), between); got != paper {
		t.Errorf("something is drawn where nothing is shared: %v", got)
	}
}

func TestShortVideosCanBeSeenInLanes(t *testing.T) {
	l := NewLanes(3600, 4, verify.Segments{{TimeA: [2]float64{3590, 3594}, TimeB: [2]float64{0, 4}}})
	if !l.B.Enlarged || l.A.Enlarged || l.B.To-l.B.From < leastLane-1e-9 || l.B.To > 1+1e-9 || l.Bridges[0].A[1]-l.Bridges[0].A[0] < leastBridge-1e-9 || l.Bridges[0].A[1] > 1 {
		t.Errorf("%+v", l)
	}
}

// TestImpossibleTimesDrawNothing: a damaged case is no reason to fail.
func TestImpossibleTimesDrawNothing(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		a, b float64
		s    verify.Segments
	}{
		"no length":   {0, 0, nil},
		"no number":   {nan, nan, verify.Segments{{TimeA: [2]float64{nan, nan}, TimeB: [2]float64{nan, 1}}}},
		"infinite":    {inf, 10, verify.Segments{{TimeA: [2]float64{-inf, inf}, TimeB: [2]float64{inf, -inf}}}},
		"backwards":   {10, 10, verify.Segments{{TimeA: [2]float64{9, 2}, TimeB: [2]float64{-5, -9}}}},
		"past an end": {10, 10, verify.Segments{{TimeA: [2]float64{1e300, 1e301}, TimeB: [2]float64{0, 50}}}},
		"very many":   {10, 10, make(verify.Segments, 1<<16)},
	} {
		l := NewLanes(c.a, c.b, c.s)
		for _, b := range l.Bridges {
			for _, v := range []float64{b.A[0], b.A[1], b.B[0], b.B[1]} {
				if !(v >= -1e-9 && v <= 1+1e-9) {
					t.Errorf("%s: %+v leaves the drawing", name, b)
				}
			}
		}
		l.Draw(plain(300, LanesHigh, paper), image.Point{}, 300)
	}
}
