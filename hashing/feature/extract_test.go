package feature_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
)

// drawn is a made-up picture: overlapping discs, each of its own brightness
// and grain, on a slope; different for each seed.
func drawn(seed uint64, w, h int) hashing.Luma {
	r := rand.New(rand.NewPCG(seed, 9))
	l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for i := range l.Pix {
		l.Pix[i] = byte(70 + 60*(i/w)/h + 30*(i%w)/w)
	}
	for range 160 {
		cx, cy := r.IntN(w), r.IntN(h)
		size, level, grain := 3+r.IntN(w/8), 20+r.IntN(200), 1+r.IntN(24)
		for y := max(0, cy-size); y < min(h, cy+size); y++ {
			for x := max(0, cx-size); x < min(w, cx+size); x++ {
				if (x-cx)*(x-cx)+(y-cy)*(y-cy) < size*size {
					l.Pix[y*w+x] = byte(level + r.IntN(grain))
				}
			}
		}
	}
	return l
}

// placed lays src, scaled by k and turned by a, onto a grey ground of w x h
// pixels, middle on middle.
func placed(src hashing.Luma, w, h int, k, a float64) hashing.Luma {
	out := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	sin, cos := math.Sincos(a)
	const fine = 4 // samples along each side of a pixel
	for i := range out.Pix {
		sum := 0
		for j := range fine * fine {
			dx := float64(i%w) + (float64(j%fine)+0.5)/fine - float64(w)/2
			dy := float64(i/w) + (float64(j/fine)+0.5)/fine - float64(h)/2
			x := int(math.Floor((cos*dx+sin*dy)/k + float64(src.W)/2))
			y := int(math.Floor((cos*dy-sin*dx)/k + float64(src.H)/2))
			if x >= 0 && y >= 0 && x < src.W && y < src.H {
				sum += int(src.Pix[y*src.W+x])
			} else {
				sum += 128
			}
		}
		out.Pix[i] = byte(sum / (fine * fine))
	}
	return out
}

// again counts the points of a that b shows, where at says, with a descriptor
// at most bits away.
func again(a, b feature.Set, bits int, at func(p feature.Point) feature.Point) (n int) {
	for i, p := range a.Points {
		want := at(p)
		for j, q := range b.Points {
			near := math.Hypot(float64(q.X-want.X), float64(q.Y-want.Y)) <= float64(want.Scale)
			size := math.Abs(math.Log2(float64(q.Scale/want.Scale))) < 0.25
			turn := math.Abs(math.Remainder(float64(q.Angle-want.Angle), 2*math.Pi)) < 0.25
			if near && size && turn && a.Descriptors[i].Distance(b.Descriptors[j]) <= bits {
				n++
				break
			}
		}
	}
	return n
}

func TestMirrorAndTurnsKeepDescriptors(t *testing.T) {
	l := drawn(1, 512, 384)
	set := feature.Extract(l)
	if len(set.Points) < 400 {
		t.Fatalf("%d points: too few to say anything", len(set.Points))
	}
	w, h := float32(l.W), float32(l.H)
	cases := []struct {
		name string
		s    hashing.Symmetry
		at   func(p feature.Point) feature.Point
	}{
		{"mirrored", 4, func(p feature.Point) feature.Point { p.X, p.Angle = w-p.X, math.Pi-p.Angle; return p }},
		{"turned by 90", 1, func(p feature.Point) feature.Point { p.X, p.Y, p.Angle = h-p.Y, p.X, p.Angle+math.Pi/2; return p }},
		{"turned by 180", 2, func(p feature.Point) feature.Point { p.X, p.Y, p.Angle = w-p.X, h-p.Y, p.Angle+math.Pi; return p }},
	}
	for _, c := range cases {
		other := feature.Extract(l.Under(c.s))
		if c.s.Mirrored() {
			for i, d := range other.Descriptors {
				other.Descriptors[i] = d.Mirrored()
			}
		}
		// Six bits: rounding of places and of the angle.
		if n := again(set, other, 6, c.at); n < len(set.Points)*97/100 {
			t.Errorf("%s: %d of %d points have the same descriptor", c.name, n, len(set.Points))
		}
	}
	// The same by the set's own Mirrored, and without it nothing.
	mirrored := feature.Extract(l.Under(4))
	same := func(p feature.Point) feature.Point { return p }
	if n := again(set, mirrored.Mirrored(), 6, same); n < len(set.Points)*97/100 {
		t.Errorf("Mirrored brings back %d of %d points", n, len(set.Points))
	}
	if n := again(set, mirrored, 6, cases[0].at); n > len(set.Points)/20 {
		t.Errorf("%d of %d points look the same in a mirror: the halves are not exchanged", n, len(set.Points))
	}
	if got := mirrored.Mirrored().Mirrored(); !reflect.DeepEqual(stored(t, got), stored(t, mirrored)) {
		t.Error("a set mirrored twice is another set")
	}
}

func TestPointsAreFoundAgain(t *testing.T) {
	l := drawn(2, 512, 512)
	set := feature.Extract(l)
	const turn = math.Pi / 6
	for _, c := range []struct {
		name  string
		k, a  float64
		least int // of the points
	}{
		{"smaller", 0.7, 0, 100},
		{"half the size, turned by 30 degrees", 0.5, turn, 50},
		{"a third of the side", 0.35, 0, 25},
	} {
		copied := feature.Extract(placed(l, 512, 512, c.k, c.a))
		sin, cos := math.Sincos(c.a)
		n := again(set, copied, 64, func(p feature.Point) feature.Point {
			dx, dy := c.k*float64(p.X-256), c.k*float64(p.Y-256)
			return feature.Point{
				X: float32(256 + cos*dx - sin*dy), Y: float32(256 + sin*dx + cos*dy),
				Scale: p.Scale * float32(c.k), Angle: p.Angle + float32(c.a),
			}
		})
		if n < c.least {
			t.Errorf("%s: %d points found again, fewer than %d", c.name, n, c.least)
		}
	}
	// The measure itself: another picture has next to none.
	other := feature.Extract(drawn(3, 512, 512))
	if n := again(set, other, 64, func(p feature.Point) feature.Point { return p }); n > 2 {
		t.Errorf("%d points of one picture are found in another", n)
	}
}

func TestPointsAreSpread(t *testing.T) {
	// Text-like grain in one quarter must not take the places of the rest.
	l := drawn(4, 512, 512)
	r := rand.New(rand.NewPCG(4, 4))
	for y := range 256 {
		for x := range 256 {
			l.Pix[y*512+x] = byte(255 * r.IntN(2))
		}
	}
	set := feature.Extract(l).First(feature.Indexed)
	outside, coarse := 0, 0
	for _, p := range set.Points {
		if p.X > 256 || p.Y > 256 {
			outside++
		}
		if p.Scale > 3 {
			coarse++
		}
	}
	if outside < feature.Indexed/2 {
		t.Errorf("%d of %d points lie outside the grain", outside, feature.Indexed)
	}
	if coarse < feature.Indexed/4 {
		t.Errorf("%d of %d points are as coarse as an inset needs", coarse, feature.Indexed)
	}
}

func TestFirstIsAPrefix(t *testing.T) {
	set := feature.Extract(drawn(5, 400, 300))
	for _, n := range []int{0, 1, feature.Indexed, len(set.Points), len(set.Points) + 10} {
		part := set.First(n)
		want := min(n, len(set.Points))
		if len(part.Points) != want || len(part.Descriptors) != want || part.W != set.W || part.H != set.H {
			t.Errorf("First(%d) has %d points and %d descriptors of %d x %d", n, len(part.Points), len(part.Descriptors), part.W, part.H)
		}
		for i := range part.Points {
			if part.Points[i] != set.Points[i] || part.Descriptors[i] != set.Descriptors[i] {
				t.Fatalf("First(%d): entry %d differs", n, i)
			}
		}
	}
}

func TestOddPictures(t *testing.T) {
	flat := func(w, h int, level byte) hashing.Luma {
		l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
		for i := range l.Pix {
			l.Pix[i] = level
		}
		return l
	}
	slope := flat(512, 300, 0)
	for i := range slope.Pix {
		slope.Pix[i] = byte(i % 512 / 2)
	}
	for _, c := range []struct {
		name string
		l    hashing.Luma
		most int
	}{
		{"none", hashing.Luma{}, 0},
		{"sides without pixels", hashing.Luma{W: 10, H: 10}, 0},
		{"one pixel", flat(1, 1, 9), 0},
		{"a line", drawn(6, 500, 3), 0},
		{"a column", drawn(6, 16, 500).Under(1), feature.Kept},
		{"a thin column", hashing.Luma{W: 3, H: 500, Pix: drawn(6, 30, 50).Pix}, 0},
		{"just large enough", drawn(7, 16, 7), feature.Kept},
		{"black", flat(512, 512, 0), 0},
		{"white", flat(512, 512, 255), 0},
		{"a slope", slope, 0},
		{"larger than is looked at", drawn(8, 900, 700), feature.Kept},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := feature.Extract(c.l)
			if len(set.Points) > c.most || len(set.Points) != len(set.Descriptors) {
				t.Errorf("%d points and %d descriptors, at most %d expected", len(set.Points), len(set.Descriptors), c.most)
			}
			for _, p := range set.Points {
				if p.X < 0 || p.Y < 0 || p.X >= float32(set.W) || p.Y >= float32(set.H) || !(p.Scale > 0) || p.Angle < 0 || p.Angle >= 2*math.Pi {
					t.Fatalf("point %+v of a picture of %d x %d", p, set.W, set.H)
				}
			}
			if max(set.W, set.H) > hashing.FingerprintSide {
				t.Errorf("looked at %d x %d pixels", set.W, set.H)
			}
		})
	}
}

func TestExtractDependsOnPixelsAlone(t *testing.T) {
	// Room is used again: a picture must not see what an earlier one left.
	pictures := []hashing.Luma{drawn(10, 512, 384), drawn(11, 90, 60), drawn(12, 300, 512)}
	var first []feature.Set
	for _, l := range pictures {
		first = append(first, feature.Extract(l))
	}
	for i := range 6 {
		k := (i * 2) % 3
		if got := feature.Extract(pictures[k]); !reflect.DeepEqual(got, first[k]) {
			t.Fatalf("picture %d gives another set after picture %d", k, (k+1)%3)
		}
	}
}

func BenchmarkExtract(b *testing.B) {
	l := drawn(1, 512, 384)
	b.ReportAllocs()
	for b.Loop() {
		feature.Extract(l)
	}
}
