package match

import (
	"math"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// logo lays a mark over a corner.
func logo(l hashing.Luma) hashing.Luma { return pasted(l, scene(777, 70, 50), l.W-76, 6) }

// bars puts a picture between black bars.
func bars(l hashing.Luma) hashing.Luma { return pasted(canvas(l.W, l.H+80, 0), l, 0, 40) }

// noisy is what a bad encoder makes of a picture.
func noisy(l hashing.Luma) hashing.Luma {
	r := rand.New(rand.NewSource(int64(l.Pix[0]) + 256*int64(l.Pix[len(l.Pix)/2])))
	out := l.Reduced(240)
	out.Pix = slices.Clone(out.Pix)
	for i, v := range out.Pix {
		out.Pix[i] = byte(min(max(float64(v)+4*r.NormFloat64(), 0), 255))
	}
	return out
}

func caption(l hashing.Luma) hashing.Luma {
	h := l.H / 5
	return lettered(pasted(l, canvas(l.W, h, 250), 0, l.H-h), 5, 6, l.H-h+4, l.W-6, l.H-4)
}

func mirroredWhole(l hashing.Luma) hashing.Luma { return l.Under(4) }

func middle(l hashing.Luma) hashing.Luma { return cut(l, 0.1, 0.1, 0.9, 0.9) }

// A person reads of two videos which seconds they share, how, and what the one
// is to the other; a cluster takes copies of the whole alone.
func TestCopiesOfVideos(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: nothing for the race detector, which is ten times as slow")
	}
	street := room(301, 1)
	whole := clip(t, "s/whole.mp4", street, 16)
	tests := []struct {
		name     string
		copy     footage
		seconds  float64
		relation verify.Relation
		is       string // what the whole is to the copy
		a        [2]float64
		speed    float64
		mirrored bool
		why      string
	}{
		{"encoded again", street.through(noisy), 16, verify.Near, "same", [2]float64{0, 16}, 1, false, "from beginning to end"},
		{"a clip", street.after(5, 1), 7, verify.Part, "contains_b", [2]float64{5, 12}, 1, false, "the second is shown in the first from 0:05 to 0:12"},
		{"mirrored", street.through(mirroredWhole), 16, verify.Near, "same", [2]float64{0, 16}, 1, true, "mirrored"},
		{"a tenth faster", street.after(0, 1.1), 14.5, verify.Near, "same", [2]float64{0, 16}, 1.1, false, "at 1.10 times the speed"},
		{"a crop", street.through(middle), 16, verify.Part, "contains_b", [2]float64{0, 16}, 1, false, "all of the second is shown"},
		{"a mark in the corner", street.through(logo), 16, verify.Near, "same", [2]float64{0, 16}, 1, false, ""},
		{"between bars", street.through(bars), 16, verify.Near, "same", [2]float64{0, 16}, 1, false, ""},
		{"on a telephone", street.through(screenshot), 16, verify.Part, "crop_of_b", [2]float64{0, 16}, 1, false, "all of the first is shown"},
		{"cropped, mirrored and cut", street.after(3, 1).through(middle).through(mirroredWhole), 8, verify.Part, "contains_b", [2]float64{3, 11}, 1, true, "mirrored"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, ok, err := Compare(whole, clip(t, "s/x.mp4", test.copy, test.seconds), Options{})
			if err != nil || !ok {
				t.Fatalf("nothing found: %v", err)
			}
			if m.Relation != test.relation || m.AIs != test.is || m.Transform.Mirrored != test.mirrored || m.WholeOfBoth != (m.Relation == verify.Near) {
				t.Errorf("%s %s %+v: %s", m.Relation, m.AIs, m.Transform, m.Why)
			}
			if len(m.Segments) == 0 || m.TimeA == nil || *m.TimeA != m.Segments[0].TimeA || m.Segments[0].Mirrored != test.mirrored || m.Segments[0].Uncertain {
				t.Fatalf("segments %+v, time %v", m.Segments, m.TimeA)
			}
			s := m.Segments[0]
			if math.Abs(s.TimeA[0]-test.a[0]) > 0.6 || math.Abs(s.TimeA[1]-test.a[1]) > 0.9 || math.Abs(s.Speed-test.speed) > 0.02 {
				t.Errorf("%+v, want %v", s, test.a)
			}
			if off := s.TimeA[0] - s.Offset - s.Speed*s.TimeB[0]; math.Abs(off) > 0.05 {
				t.Errorf("%+v is off its own line by %g", s, off)
			}
			if !strings.Contains(m.Why, test.why) || m.Map == nil || len(m.RegionA) < 3 {
				t.Errorf("%q lacks %q, or evidence is missing: %+v", m.Why, test.why, m)
			}
		})
	}
}

// Another take of one place is no copy, however alike the pictures are.
func TestOtherTakesAreNoCopies(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: nothing for the race detector, which is ten times as slow")
	}
	items := []verify.Item{
		clip(t, "s/1.mp4", room(311, 1), 10), clip(t, "s/1-again.mp4", room(311, 1).through(noisy), 10),
		clip(t, "s/2.mp4", room(311, 2), 10), clip(t, "s/3.mp4", room(311, 3), 10),
	}
	res := find(t, items, Options{})
	for _, m := range res.Matches {
		want := verify.SameScene
		if m.A == "s/1-again.mp4" && m.B == "s/1.mp4" {
			want = verify.Near
		}
		if m.Relation != want {
			t.Errorf("%s and %s are %s: %s", m.A, m.B, m.Relation, m.Why)
		}
	}
	if m := matchOf(t, res, "s/1.mp4", "s/2.mp4"); m.AIs != "other_shot_of_b" || !strings.Contains(m.Why, "different takes") {
		t.Errorf("%s: %s", m.AIs, m.Why)
	}
	if len(res.Clusters) != 1 {
		t.Errorf("clusters %+v", res.Clusters)
	}
}

// A compilation shares a stretch with each of the videos that it is made of,
// and joins them to nothing.
func TestCompilations(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: nothing for the race detector, which is ten times as slow")
	}
	one, two, three := room(321, 1), pan(322), pan(323)
	made := one.after(4, 1).then(5, two.after(2, 1).then(6, three))
	items := []verify.Item{
		clip(t, "s/one.mp4", one, 14), clip(t, "s/two.mp4", two, 14), clip(t, "s/three.mp4", three, 14),
		clip(t, "s/made.mp4", made, 15),
		clip(t, "s/also.mp4", two.after(2, 1).then(4, one.after(5, 1)), 9),
	}
	res := find(t, items, Options{})
	want := map[string][][4]float64{ // stretches: from and to in either
		"s/made.mp4 s/one.mp4":   {{0, 5, 4, 9}},
		"s/made.mp4 s/two.mp4":   {{5, 11, 2, 8}},
		"s/made.mp4 s/three.mp4": {{11, 15, 0, 4}},
		"s/also.mp4 s/made.mp4":  {{0, 4, 5, 9}, {4, 8, 1, 5}},
		"s/also.mp4 s/two.mp4":   {{0, 4, 2, 6}},
		"s/also.mp4 s/one.mp4":   {{4, 9, 5, 10}},
	}
	for _, m := range res.Matches {
		stretches := want[m.A+" "+m.B]
		delete(want, m.A+" "+m.B)
		if len(m.Segments) != len(stretches) || m.Relation != verify.Part {
			t.Errorf("%s and %s: %s %+v, want %v", m.A, m.B, m.Relation, m.Segments, stretches)
			continue
		}
		for _, w := range stretches {
			if !slices.ContainsFunc(m.Segments, func(s verify.Segment) bool {
				return math.Abs(s.TimeA[0]-w[0]) < 0.8 && math.Abs(s.TimeA[1]-w[1]) < 0.9 && math.Abs(s.TimeB[0]-w[2]) < 0.8 && math.Abs(s.TimeB[1]-w[3]) < 0.9
			}) {
				t.Errorf("%s and %s: %+v, want %v", m.A, m.B, m.Segments, w)
			}
		}
	}
	for p := range want {
		t.Errorf("no match of %s", p)
	}
	if len(res.Clusters) != 0 {
		t.Errorf("clusters %+v", res.Clusters)
	}
}

// A photograph of a moment of a video is found through what people do to it,
// with its time; of another video it is not.
func TestStillsOfVideos(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: nothing for the race detector, which is ten times as slow")
	}
	street, other := room(331, 1), pan(332)
	v, w := clip(t, "s/v.mp4", street, 14), clip(t, "s/w.mp4", other, 14)
	for name, test := range map[string]struct {
		change func(hashing.Luma) hashing.Luma
		is     string
	}{
		"as it is":          {func(l hashing.Luma) hashing.Luma { return l }, "frame_of_b"},
		"small and bad":     {noisy, "frame_of_b"},
		"a crop":            {func(l hashing.Luma) hashing.Luma { return cut(l, 0.2, 0.1, 0.9, 0.85) }, "frame_of_b"},
		"captioned":         {caption, "frame_of_b"},
		"on a telephone":    {screenshot, "frame_of_b"},
		"mirrored":          {mirroredWhole, "frame_of_b"},
		"cropped, mirrored": {func(l hashing.Luma) hashing.Luma { return middle(l).Under(4) }, "frame_of_b"},
	} {
		t.Run(name, func(t *testing.T) {
			const second = 6.25
			photo := still(t, "s/photo.jpg", test.change(street(second)))
			m, ok, err := Compare(photo, v, Options{})
			if err != nil || !ok {
				t.Fatalf("nothing found: %v", err)
			}
			if m.Relation != verify.Part || m.AIs != test.is || m.TimeA != nil || m.TimeB == nil || math.Abs(m.TimeB[0]-second) > 0.3 || m.TimeB[0] != m.TimeB[1] {
				t.Errorf("%s %s at %v: %s", m.Relation, m.AIs, m.TimeB, m.Why)
			}
			back, ok, err := Compare(v, photo, Options{})
			if err != nil || !ok || back.AIs != "contains_b" || !reflect.DeepEqual(back.TimeA, m.TimeB) {
				t.Errorf("from the other side %s at %v, %v", back.AIs, back.TimeA, err)
			}
			if m, ok, err := Compare(photo, w, Options{}); ok || err != nil {
				t.Errorf("found in another video: %s %v", m.Why, err)
			}
		})
	}
}

// Videos that hardly move are compared as pictures, and say that no moment can
// be told from another.
func TestStandingVideos(t *testing.T) {
	l := scene(5, clipW, clipH)
	held := func(float64) hashing.Luma { return l }
	items := []verify.Item{clip(t, "s/a.mp4", held, 8), clip(t, "s/b.mp4", footage(held).through(noisy), 8)}
	m := matchOf(t, find(t, items, Options{}), "s/a.mp4", "s/b.mp4")
	if m.Relation != verify.Near || !strings.Contains(m.Why, "hardly moves") {
		t.Errorf("two videos of one standing picture: %s %s", m.Relation, m.Why)
	}
	seconds := 8.0
	one := item("s/one.gif", extract.Video, l, frame(t, 0, l))
	one.Media.DurationSeconds = &seconds
	if m := matchOf(t, find(t, []verify.Item{items[0], one}, Options{}), "s/a.mp4", "s/one.gif"); m.Relation != verify.Near {
		t.Errorf("a video of one frame is %s: %s", m.Relation, m.Why)
	}
}

// Slides of one photograph, each panned over in its own way, are copies of one
// picture, though no order of moments is common to them. Two takes by a camera
// that is not quite at rest are not.
func TestPictureMovedOver(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: nothing for the race detector, which is ten times as slow")
	}
	wide := scene(351, 640, 480)
	panned := func(x, y, dx, dy, side float64) footage {
		return func(second float64) hashing.Luma {
			return cut(wide, x+dx*second, y+dy*second, x+dx*second+side, y+dy*second+side)
		}
	}
	one, two := clip(t, "s/one.mp4", panned(0, 0, 0.02, 0.01, 0.8), 9), clip(t, "s/two.mp4", panned(0.15, 0.15, 0, -0.015, 0.75), 9)
	m, ok, err := Compare(one, two, Options{})
	if err != nil || !ok || m.Relation == verify.SameScene || !strings.Contains(m.Why, "still picture") {
		t.Errorf("%v %v: %s %s", ok, err, m.Relation, m.Why)
	}
	shaken := func(f footage, dx float64) footage {
		return func(second float64) hashing.Luma {
			x := 0.04 + 0.03*math.Sin(dx*second)
			return cut(f(second), x, x, x+0.9, x+0.9)
		}
	}
	m, ok, err = Compare(clip(t, "s/1.mp4", shaken(room(352, 1), 0.9), 9), clip(t, "s/2.mp4", shaken(room(352, 2), 1.3), 9), Options{})
	if err != nil || ok && m.Relation != verify.SameScene {
		t.Errorf("two takes, hand-held: %v %v: %s %s", ok, err, m.Relation, m.Why)
	}
}

// What B is to A follows from what A is to B, for videos too.
func TestFilmsAreSymmetric(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: nothing for the race detector, which is ten times as slow")
	}
	street := room(341, 1)
	v := clip(t, "a", street, 12)
	for i, other := range []verify.Item{
		clip(t, "b", street.after(3, 1.1).through(middle), 6), clip(t, "b", street.through(mirroredWhole), 12),
		clip(t, "b", pan(342).then(4, street.after(2, 1)), 9), clip(t, "b", room(341, 2), 12), still(t, "b", caption(street(4))),
	} {
		ab, ok, err := Compare(v, other, Options{})
		ba, ok2, err2 := Compare(other, v, Options{})
		if !ok || !ok2 || err != nil || err2 != nil {
			t.Fatalf("%d: found %v and %v, %v %v", i, ok, ok2, err, err2)
		}
		reverse := map[string]bool{"same same": true, "contains_b clip_of_b": true, "clip_of_b contains_b": true, "contains_b crop_of_b": true,
			"crop_of_b contains_b": true, "contains_b frame_of_b": true, "other_shot_of_b other_shot_of_b": true}
		if ab.Relation != ba.Relation || !reverse[ab.AIs+" "+ba.AIs] || !reflect.DeepEqual(ab.TimeA, ba.TimeB) || !reflect.DeepEqual(ab.TimeB, ba.TimeA) {
			t.Errorf("%d: %s %s %v reads back as %s %s %v", i, ab.Relation, ab.AIs, ab.TimeA, ba.Relation, ba.AIs, ba.TimeB)
		}
		if !reflect.DeepEqual(ab.RegionA, ba.RegionB) || !reflect.DeepEqual(ab.ChangedA, ba.ChangedB) || len(ab.Segments) != len(ba.Segments) {
			t.Errorf("%d: other evidence from the other side", i)
		}
		for k, s := range ab.Segments {
			r := ba.Segments[k]
			if s.TimeA != r.TimeB || s.Moments != r.Moments || math.Abs(s.Speed*r.Speed-1) > 1e-3 || math.Abs(s.Offset+s.Speed*r.Offset) > 0.01 {
				t.Errorf("%d: %+v reads back as %+v", i, s, r)
			}
		}
	}
}
