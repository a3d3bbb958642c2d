package sequence

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

// placard is a still picture with something to see all over.
func placard(seed uint64, w, h int) hashing.Luma {
	r := rand.New(rand.NewPCG(seed, 5))
	l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for i := range l.Pix {
		l.Pix[i] = byte(110 + 40*math.Sin(float64(i%w)/9)*math.Cos(float64(i/w)/7))
	}
	for range 24 {
		x, y, shade := r.IntN(w), r.IntN(h), byte(40+r.IntN(180))
		for j := y; j < min(h, y+4+r.IntN(h/5)); j++ {
			for i := x; i < min(w, x+w/9); i++ {
				l.Pix[j*w+i] = shade
			}
		}
	}
	return l
}

// view is the part of a picture from x, y on in a frame of w x h, each of its
// pixels so many of the picture's, with noise.
func view(l hashing.Luma, x, y, pixels float64, w, h int, r *rand.Rand) hashing.Luma {
	out := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	m := hashing.Affine{pixels, 0, x, 0, pixels, y}
	for j := range h {
		for i := range w {
			s, _ := at(l, m, i, j)
			out.Pix[j*w+i] = byte(math.Max(0, math.Min(255, s.value+4*r.NormFloat64())))
		}
	}
	return out
}

// What moves over a still picture is put together again; what was filmed is
// not, be it by a camera that stands or by one that turns.
func TestPanned(t *testing.T) {
	still, thing := placard(1, 160, 120), placard(2, 14, 16)
	scenes := map[string]struct {
		frame func(k int, r *rand.Rand) hashing.Luma
		want  bool
	}{
		"a view that drifts": {func(k int, r *rand.Rand) hashing.Luma {
			return view(still, 3.3*float64(k), 1.6*float64(k), 1, 80, 60, r)
		}, true},
		"a view that comes nearer": {func(k int, r *rand.Rand) hashing.Luma {
			return view(still, 4*float64(k), 3*float64(k), 1.5-0.05*float64(k), 80, 60, r)
		}, true},
		"a view that stays": {func(_ int, r *rand.Rand) hashing.Luma { return view(still, 8, 8, 1, 80, 60, r) }, false},
		"something moves in it": {func(k int, r *rand.Rand) hashing.Luma {
			l := hashing.Luma{W: still.W, H: still.H, Pix: append([]byte(nil), still.Pix...)}
			for j := range thing.H {
				copy(l.Pix[(30+j)*l.W+90-7*k:], thing.Pix[j*thing.W:(j+1)*thing.W])
			}
			return view(l, 3*float64(k), 1.5*float64(k), 1, 80, 60, r)
		}, false},
		"a slide show": {func(k int, r *rand.Rand) hashing.Luma {
			return view(placard(uint64(10+k), 160, 120), 8, 8, 1, 80, 60, r)
		}, false},
	}
	for name, s := range scenes {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, 4))
			var frames []hashing.Luma
			for k := range 8 {
				frames = append(frames, s.frame(k, r))
			}
			p, ok := Panned(frames)
			if ok != s.want {
				t.Fatalf("a still picture moved over: %v", ok)
			}
			if !ok {
				return
			}
			if len(p.Onto) != len(frames) || p.Picture.W*p.Picture.H < 80*60 {
				t.Errorf("%d x %d pixels of %d frames", p.Picture.W, p.Picture.H, len(p.Onto))
			}
			for k, f := range frames {
				if like := Likeness(f, p.Picture, p.Onto[k]); like < 0.97 {
					t.Errorf("frame %d lies on it by %.3f", k, like)
				}
			}
		})
	}
}

// Frames that are none give nothing, and no trouble.
func TestPannedOfNothing(t *testing.T) {
	flat := hashing.Luma{W: 40, H: 30, Pix: make([]byte, 1200)}
	odd := hashing.Luma{W: 30, H: 40, Pix: make([]byte, 1200)}
	broken := hashing.Luma{W: 40, H: 30}
	for _, frames := range [][]hashing.Luma{nil, {flat, flat}, {flat, flat, flat}, {flat, odd, flat}, {flat, broken, flat}, {{}, {}, {}}} {
		if _, ok := Panned(frames); ok {
			t.Errorf("%d frames of nothing are a picture", len(frames))
		}
	}
}

// Two crops of one picture correlate in their relief where they lie on each
// other, two pictures do not.
func TestRelief(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	one, two := placard(21, 160, 120), placard(22, 160, 120)
	a, b := view(one, 10, 5, 1, 80, 60, r), view(one, 20, 15, 1, 80, 60, r)
	m := hashing.Affine{1, 0, -10.0 / 80, 0, 1, -10.0 / 60}
	if v := Likeness(Relief(a), Relief(b), m); v < 0.5 {
		t.Errorf("of one picture: %.2f", v)
	}
	if v := Likeness(Relief(a), Relief(view(two, 20, 15, 1, 80, 60, r)), m); v > 0.3 {
		t.Errorf("of two pictures: %.2f", v)
	}
}

func TestLargestBox(t *testing.T) {
	count := []float32{
		1, 1, 1, 0, 0,
		1, 1, 1, 1, 0,
		0, 1, 1, 1, 1,
		0, 0, 1, 1, 1,
	}
	if x0, y0, x1, y1 := largestBox(count, 5, 4); (x1-x0)*(y1-y0) != 6 {
		t.Errorf("%d,%d to %d,%d", x0, y0, x1, y1)
	}
}
