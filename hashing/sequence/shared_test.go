package sequence

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

var (
	yard    = scene{place: 1, action: 10, things: 3}
	take    = scene{place: 1, action: 11, things: 3} // of the same yard
	street  = scene{place: 2, action: 20, things: 2, pan: 0.15}
	harbour = scene{place: 3, action: 30, things: 4}
	empty   = scene{place: 4}
)

// part is a stretch as it should be found.
type part struct{ startA, endA, startB, endB float64 }

func TestShared(t *testing.T) {
	whole := func(s scene, seconds float64) cut { return cut{pieces: []shown{{scene: s, to: seconds}}} }
	piece := func(s scene, from, to float64) shown { return shown{scene: s, from: from, to: to} }
	tests := map[string]struct {
		a, b cut
		m    hashing.Affine
		want []part
		take bool
	}{
		"whole":             {whole(yard, 20), whole(yard, 20), upright, []part{{0, 20, 0, 20}}, false},
		"other sampling":    {whole(yard, 20), cut{pieces: []shown{piece(yard, 0, 20)}, step: 0.19}, upright, []part{{0, 20, 0, 20}}, false},
		"key frames of one": {whole(yard, 30), cut{pieces: []shown{piece(yard, 0, 30)}, step: 1.7}, upright, []part{{0, 28.9, 0, 28.9}}, false},
		"clip":              {whole(yard, 30), cut{pieces: []shown{piece(yard, 11.1, 17.3)}}, upright, []part{{11.1, 17.3, 0, 6.2}}, false},
		"moving camera":     {whole(street, 20), cut{pieces: []shown{piece(street, 8.1, 14.2)}}, upright, []part{{8.1, 14.2, 0, 6.1}}, false},
		"mirrored clip":     {whole(yard, 30), cut{pieces: []shown{piece(yard, 5.2, 12)}, edit: mirrored}, mirror, []part{{5.2, 12, 0, 6.8}}, false},
		"cropped clip":      {whole(yard, 30), cut{pieces: []shown{piece(yard, 5.2, 12)}, edit: cropped}, crop, []part{{5.2, 12, 0, 6.8}}, false},
		"degraded clip":     {whole(yard, 30), cut{pieces: []shown{piece(yard, 5.2, 12)}, edit: degraded}, upright, []part{{5.2, 12, 0, 6.8}}, false},
		"a tenth faster":    {whole(yard, 22), cut{pieces: []shown{{yard, 0, 22, 1.1}}}, upright, []part{{0, 22, 0, 20}}, false},
		"a sixth slower":    {whole(yard, 20), cut{pieces: []shown{{yard, 4, 14, 0.85}}}, upright, []part{{4, 14, 0, 10 / 0.85}}, false},
		"compilation": {whole(yard, 30), cut{pieces: []shown{piece(harbour, 0, 5), piece(yard, 3, 9), piece(street, 2, 7), piece(yard, 20, 26)}}, upright,
			[]part{{3, 9, 5, 11}, {20, 26, 16, 22}}, false},
		"shown twice": {whole(yard, 8), cut{pieces: []shown{piece(yard, 2, 7), piece(harbour, 0, 4), piece(yard, 2, 7)}}, upright,
			[]part{{2, 7, 0, 5}, {2, 7, 9, 14}}, false},
		"begins with nothing moving": {
			cut{pieces: []shown{piece(scene{place: 1}, 0, 6), piece(yard, 0, 6)}},
			cut{pieces: []shown{piece(scene{place: 1}, 3, 6), piece(yard, 0, 6)}}, upright, []part{{3, 12, 0, 9}}, false},
		"other take":       {whole(yard, 20), whole(take, 20), upright, nil, true},
		"short other take": {whole(yard, 3), whole(take, 3), upright, nil, true},
		"backwards":        {whole(yard, 20), cut{pieces: []shown{{yard, 20, 0, -1}}}, upright, nil, true},
		"twice as fast":    {whole(yard, 20), cut{pieces: []shown{{yard, 0, 20, 2}}}, upright, nil, true},
		"unrelated":        {whole(yard, 20), whole(harbour, 20), upright, nil, false},
		"nothing":          {cut{}, whole(yard, 5), upright, nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := test.a.reel(), test.b.reel()
			got := Shared(a, b, []Proposal{{Map: test.m, AtA: 1, AtB: 1}})
			check(t, got, test.want, test.take)
			inv, _ := test.m.Inverse()
			back := Shared(b, a, []Proposal{{Map: inv, AtA: 1, AtB: 1}})
			for i, s := range back.Stretches {
				back.Stretches[i] = s.exchanged()
			}
			check(t, back, test.want, test.take)
		})
	}
}

const slack = 0.45 // seconds: a sampling step and a little

func check(t *testing.T, got Relation, want []part, take bool) {
	t.Helper()
	if got.OtherTake != take {
		t.Errorf("other take %v, want %v", got.OtherTake, take)
	}
	if len(got.Stretches) != len(want) {
		t.Fatalf("stretches %+v, want %+v", got.Stretches, want)
	}
	for _, w := range want {
		if !slices.ContainsFunc(got.Stretches, func(s Stretch) bool {
			ends := func(x, y float64) bool { return math.Abs(x-y) < slack }
			fits := math.Abs(s.Offset+s.Speed*s.StartB-s.StartA) < 0.01
			return ends(s.StartA, w.startA) && ends(s.EndA, w.endA) && ends(s.StartB, w.startB) && ends(s.EndB, w.endB) && fits && !s.Uncertain
		}) {
			t.Errorf("stretches %+v, want %+v", got.Stretches, w)
		}
	}
}

// A camera on a tripod with nothing before it: the same is shown, but no second
// of one video can be laid on a second of the other.
func TestWhereNothingMoves(t *testing.T) {
	still := cut{pieces: []shown{{scene: empty, to: 12}}, edit: grainy}.reel()
	short := cut{pieces: []shown{{scene: empty, to: 5}}, edit: grainy, first: 0.1}.reel()
	copies := []Proposal{{Map: upright, AtA: 3, AtB: 3, Copy: true}}
	got := Shared(still, short, copies)
	if len(got.Stretches) != 1 || got.OtherTake {
		t.Fatalf("%+v, want one uncertain stretch", got)
	}
	s := got.Stretches[0]
	if !s.Uncertain || s.EndA-s.StartA < 11 || s.EndB-s.StartB < 4 || s.Speed != 1 {
		t.Errorf("%+v, want both whole, uncertain", s)
	}
	if got := Shared(still, short, []Proposal{{Map: upright}}); len(got.Stretches) > 0 {
		t.Errorf("%+v, though no frames were copies", got)
	}
}

// A photograph held for some seconds, shown by a video that moves on.
func TestHeldPhotograph(t *testing.T) {
	film := cut{pieces: []shown{{scene: empty, to: 6}, {scene: street, to: 8}}}.reel()
	photo := cut{pieces: []shown{{scene: empty, to: 4}}}.reel()
	got := Shared(film, photo, []Proposal{{Map: upright, Copy: true}})
	if len(got.Stretches) != 1 {
		t.Fatalf("%+v, want one stretch", got)
	}
	if s := got.Stretches[0]; !s.Uncertain || math.Abs(s.StartA) > slack || math.Abs(s.EndA-6) > slack {
		t.Errorf("%+v, want 0 to 6 of the video, uncertain", s)
	}
}

// A map that is off by two hundredths, among others that are quite wrong.
func TestRoughMaps(t *testing.T) {
	a := cut{pieces: []shown{{scene: street, to: 20}}}.reel()
	b := cut{pieces: []shown{{scene: street, from: 4, to: 16}}}.reel()
	proposals := []Proposal{
		{Map: hashing.Affine{1.03, 0, -0.03, 0.01, 0.98, 0.02}, AtA: 6, AtB: 2},
		{Map: hashing.Affine{0.7, 0.1, 0.2, -0.1, 0.8, 0.1}, AtA: 9, AtB: 2},
		{Map: hashing.Affine{1.4, 0, -0.3, 0, 1.3, 0}, AtA: 1, AtB: 12},
		{Map: hashing.Affine{}}, {Map: hashing.Affine{math.NaN(), 0, 0, 0, 1, 0}},
	}
	first := Shared(a, b, proposals)
	check(t, first, []part{{4, 16, 0, 12}}, false)
	slices.Reverse(proposals)
	if again := Shared(a, b, proposals); !reflect.DeepEqual(first, again) {
		t.Errorf("in another order of the proposals %+v, want %+v", again, first)
	}
}

// Frames of a moving camera that are not of one moment lie on each other by maps
// that are off; the whole picture is tried as well.
func TestWholePictureIsTried(t *testing.T) {
	a := cut{pieces: []shown{{scene: street, to: 20}}}.reel()
	b := cut{pieces: []shown{{scene: street, from: 4, to: 16}}}.reel()
	check(t, Shared(a, b, []Proposal{{Map: hashing.Affine{1.1, 0, -0.2, 0, 1.1, 0.1}, AtA: 6, AtB: 3}}), []part{{4, 16, 0, 12}}, false)
}

// What a camera that turns evenly shows lies on itself at any offset, under a map
// moved as much: the one that shows the whole picture holds.
func TestEvenlyTurningCamera(t *testing.T) {
	turning := scene{place: 5, pan: 0.12}
	a := cut{pieces: []shown{{scene: turning, to: 14}}}.reel()
	b := cut{pieces: []shown{{scene: turning, from: 2, to: 8}}}.reel()
	for _, late := range []float64{-2, 1, 2, 3} { // the frames of the proposal are so far apart
		m := hashing.Affine{1, 0, turning.pan * late, 0, 1, 0}
		check(t, Shared(a, b, []Proposal{{Map: m, AtA: 5 + late, AtB: 3, Copy: true}}), []part{{2, 8, 0, 6}}, false)
	}
}

// Of two ways to explain the same seconds only the better one stays.
func TestChosen(t *testing.T) {
	good := laid{found: found{line: line{4, 1}, from: 0, to: 6, agreement: 0.98, cover: 1}, m: upright}
	again := laid{found: found{line: line{4.1, 1}, from: 0.5, to: 6, agreement: 0.95, cover: 1}, m: mirror}
	alike := laid{found: found{line: line{30, 1.1}, from: 1, to: 5, agreement: 0.8, cover: 1}, m: upright}
	twice := laid{found: found{line: line{20, 1}, from: 0, to: 5.5, agreement: 0.97, cover: 1}, m: upright}
	if got := chosen([]laid{alike, again, twice, good}); !reflect.DeepEqual(got, []laid{good, twice}) {
		t.Errorf("%+v, want the better one and the second showing", got)
	}
}

func TestTimesMayBeginAnywhere(t *testing.T) {
	a := cut{pieces: []shown{{scene: yard, to: 20}}}.reel()
	b := cut{pieces: []shown{{scene: yard, from: 7, to: 15}}}.reel()
	first := Shared(a, b, []Proposal{{Map: upright, AtA: 8, AtB: 1, Copy: true}})
	const laterA, laterB = 100, -3
	later := Shared(moved(a, laterA), moved(b, laterB), []Proposal{{Map: upright, AtA: 8 + laterA, AtB: 1 + laterB, Copy: true}})
	if len(first.Stretches) != 1 || len(later.Stretches) != 1 {
		t.Fatalf("%+v and %+v, want one stretch each", first, later)
	}
	s, l := first.Stretches[0], later.Stretches[0]
	for _, d := range []float64{l.StartA - s.StartA - laterA, l.EndA - s.EndA - laterA, l.StartB - s.StartB - laterB, l.EndB - s.EndB - laterB,
		l.Offset - (s.Offset + laterA - s.Speed*laterB), l.Speed - s.Speed} {
		if math.Abs(d) > 1e-6 {
			t.Errorf("shifted %+v, want %+v moved by %d and %d", l, s, laterA, laterB)
		}
	}
}

func moved(r *Reel, by float64) *Reel {
	out := &Reel{W: r.W, H: r.H, Moments: slices.Clone(r.Moments)}
	for k := range out.Moments {
		out.Moments[k].At += by
	}
	return out
}

// Two long reels: the work is bounded by thinning, and a clip is still found.
func TestLongReels(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute of painting")
	}
	a := cut{pieces: []shown{{scene: yard, to: 500}}}.reel()
	b := cut{pieces: []shown{{scene: harbour, to: 250}, {scene: yard, from: 200, to: 260}, {scene: street, to: 60}}}.reel()
	check(t, Shared(a, b, []Proposal{{Map: upright, Copy: true, AtA: 1, AtB: 1}}), []part{{200, 260, 250, 310}}, false)
}

func TestLocate(t *testing.T) {
	video := cut{pieces: []shown{{scene: yard, to: 20}, {scene: street, to: 10}}}.reel()
	captioned := func(l hashing.Luma, _ float64) hashing.Luma {
		for i := len(l.Pix) * 4 / 5; i < len(l.Pix); i++ {
			l.Pix[i] = byte(255 * (i / 3 % 2))
		}
		return l
	}
	back, _ := crop.Inverse()
	tests := map[string]struct {
		scene
		at, video, near float64
		edit            func(hashing.Luma, float64) hashing.Luma
		m               hashing.Affine
	}{
		"fixed camera":  {yard, 7.4, 7.4, 2, nil, upright},
		"moving camera": {street, 3.1, 23.1, 25, nil, upright},
		"captioned":     {yard, 13, 13, 17, captioned, upright},
		"cropped":       {yard, 5.6, 5.6, 4, cropped, back},
		"degraded":      {yard, 16.2, 16.2, 12, degraded, upright},
		"rough map":     {yard, 9.2, 9.2, 14, nil, hashing.Affine{1.01, 0, -0.01, 0, 1, 0.01}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := test.picture(test.at)
			if test.edit != nil {
				l = test.edit(l, 5)
			}
			at, agreement := Locate(l, video, test.m, test.near)
			if math.Abs(at-test.video) > 0.26 || agreement < 0.1 {
				t.Errorf("at %.2f, agreement %.2f, want %.2f", at, agreement, test.video)
			}
		})
	}
	still := cut{pieces: []shown{{scene: empty, to: 10}}, edit: grainy}.reel()
	if at, agreement := Locate(empty.picture(0), still, upright, 4.3); at != 4.3 || agreement > 0 {
		t.Errorf("where nothing moves: at %.2f, agreement %.2f, want 4.3 and 0", at, agreement)
	}
	if at, agreement := Locate(hashing.Luma{}, still, upright, 4.3); at != 4.3 || agreement > 0 {
		t.Errorf("without a picture: at %.2f, agreement %.2f, want 4.3 and 0", at, agreement)
	}
}

func BenchmarkSharedMinute(b *testing.B) {
	x := cut{pieces: []shown{{scene: yard, to: 60}}}.reel()
	y := cut{pieces: []shown{{scene: yard, from: 20, to: 50}, {scene: harbour, to: 30}}}.reel()
	for b.Loop() {
		Shared(x, y, []Proposal{{Map: upright, Copy: true}})
	}
}
