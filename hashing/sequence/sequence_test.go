package sequence

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
)

// shot makes prints of frames that differ from each other in about change bits
// from one second to the next. The eight hashes are unrelated numbers, as those
// of a picture without symmetry nearly are.
func shot(seed uint64, seconds, change int) []hashing.Print {
	r := rand.New(rand.NewPCG(seed, 9))
	var hash [hashing.Symmetries]uint64
	for s := range hash {
		hash[s] = r.Uint64()
	}
	var prints []hashing.Print
	for range seconds {
		for s := range hash {
			for range change {
				hash[s] ^= 1 << r.IntN(64)
			}
		}
		prints = append(prints, hashing.Print{Full: hashing.View{Box: hashing.Box{X1: 1, Y1: 1}, Quality: 90, Hash: hash}})
	}
	return prints
}

// film gives frames at even steps.
func film(step float64, prints ...[]hashing.Print) []Frame {
	var frames []Frame
	for _, p := range slices.Concat(prints...) {
		frames = append(frames, Frame{At: float64(len(frames)) * step, Print: p})
	}
	return frames
}

// recoded changes some bits of each frame, as another encoding does.
func recoded(prints []hashing.Print) []hashing.Print {
	r := rand.New(rand.NewPCG(5, 5))
	out := slices.Clone(prints)
	for i := range out {
		for s := range out[i].Full.Hash {
			for range 3 {
				out[i].Full.Hash[s] ^= 1 << r.IntN(64)
			}
		}
	}
	return out
}

func mirrored(prints []hashing.Print) []hashing.Print {
	out := slices.Clone(prints)
	for i, p := range prints {
		for s := hashing.Symmetry(0); s < hashing.Symmetries; s++ {
			out[i].Full.Hash[s] = p.Full.Hash[hashing.Symmetry(4).Then(s)]
		}
	}
	return out
}

const lively = 20 // bits that change in a second of a lively shot

func TestAlign(t *testing.T) {
	street, market, river := shot(1, 30, lively), shot(2, 20, lively), shot(3, 12, lively)
	ident := shot(4, 2, lively)
	tests := map[string]struct {
		a, b []Frame
		want []Segment
	}{
		"whole": {film(1, street), film(1, recoded(street)), []Segment{{StartA: 0, EndA: 29, StartB: 0, EndB: 29, Speed: 1, Matches: 30}}},
		"clip":  {film(1, street), film(1, recoded(street[8:17])), []Segment{{StartA: 8, EndA: 16, StartB: 0, EndB: 8, Speed: 1, Matches: 9}}},
		"mirrored clip": {film(1, street), film(1, mirrored(street[8:17])),
			[]Segment{{StartA: 8, EndA: 16, StartB: 0, EndB: 8, Speed: 1, Matches: 9, Symmetry: 4}}},
		"compilation": {film(1, street), film(1, market, street[20:28], river, street[2:8]), []Segment{
			{StartA: 20, EndA: 27, StartB: 20, EndB: 27, Speed: 1, Matches: 8},
			{StartA: 2, EndA: 7, StartB: 40, EndB: 45, Speed: 1, Matches: 6}}},
		"a tenth faster":         {film(1, street), film(1/1.1, street), []Segment{{StartA: 0, EndA: 29, StartB: 0, EndB: 29 / 1.1, Speed: 1.1, Matches: 30}}},
		"twice as fast":          {film(1, street), film(0.5, street), nil},
		"unrelated":              {film(1, street), film(1, market), nil},
		"shared ident":           {film(1, ident, street), film(1, ident, market), nil},
		"two frames":             {film(1, street), film(1, street[4:6]), nil},
		"in the opposite order":  {film(1, street), reversed(film(1, street)), nil},
		"one picture many times": {film(1, street), film(1, slices.Repeat(street[5:6], 10)), nil},
		"nothing":                {nil, film(1, street), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Align(test.a, test.b, Options{Distance: 10})
			check(t, got, test.want)
			back := Align(test.b, test.a, Options{Distance: 10})
			for i := range back {
				back[i] = back[i].exchanged()
			}
			check(t, back, test.want)
		})
	}
}

func check(t *testing.T, got, want []Segment) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("segments %+v, want %+v", got, want)
	}
	for i, w := range want {
		g := got[i]
		near := func(x, y float64) bool { return math.Abs(x-y) < 0.01 }
		if !near(g.StartA, w.StartA) || !near(g.EndA, w.EndA) || !near(g.StartB, w.StartB) || !near(g.EndB, w.EndB) ||
			!near(g.Speed, w.Speed) || g.Matches != w.Matches || g.Symmetry != w.Symmetry || g.Ambiguous != w.Ambiguous {
			t.Errorf("segment %+v, want %+v", g, w)
		}
	}
}

func reversed(frames []Frame) []Frame {
	out := slices.Clone(frames)
	for i := range out {
		out[i].Print = frames[len(frames)-1-i].Print
	}
	return out
}

// A camera on a tripod: the same is shown, but no second of one video can be
// laid on a second of the other.
func TestStillVideosAreAmbiguous(t *testing.T) {
	room := shot(6, 40, 0)
	got := Align(film(1, room), film(1, room[:15]), Options{Distance: 10})
	check(t, got, []Segment{{StartA: 0, EndA: 39, StartB: 0, EndB: 14, Speed: 1, Matches: 15, Ambiguous: true}})
}

func TestOnlyConfirmedPairsCount(t *testing.T) {
	street := shot(1, 30, lively)
	asked := map[[2]int]int{}
	refuse := func(p Pair) bool {
		asked[[2]int{p.A, p.B}]++
		return p.A < 10
	}
	got := Align(film(1, street), film(1, street), Options{Distance: 10, Confirm: refuse})
	check(t, got, []Segment{{StartA: 0, EndA: 9, StartB: 0, EndB: 9, Speed: 1, Matches: 10}})
	for pair, n := range asked {
		if n > 1 {
			t.Errorf("asked %d times about %v", n, pair)
		}
	}
	if got := Align(film(1, street), film(1, street), Options{Distance: 10, Confirm: func(Pair) bool { return false }}); got != nil {
		t.Errorf("segments %+v without a confirmed pair", got)
	}
}

// Two long still videos have more than a hundred thousand pairs; the questions
// to the caller must not grow with them.
func TestQuestionsAreBounded(t *testing.T) {
	room := film(1, shot(6, 600, 0))
	asked := 0
	Align(room, room, Options{Distance: 10, Confirm: func(Pair) bool { asked++; return false }})
	if asked > mostConfirms {
		t.Errorf("asked %d times, want at most %d", asked, mostConfirms)
	}
}

func FuzzAlign(f *testing.F) {
	f.Add([]byte("0123456789abcdef0123456789abcdef"), []byte("fedcba98765432100123456789abcdef"), 12)
	f.Add(make([]byte, 200), make([]byte, 90), 64)
	f.Fuzz(func(t *testing.T, x, y []byte, distance int) {
		a, b := framesOf(x), framesOf(y)
		for _, s := range Align(a, b, Options{Distance: distance, Confirm: func(p Pair) bool { return (p.A+p.B)%5 != 0 }}) {
			if s.Matches < leastMatches || !(s.StartA < s.EndA) || !(s.StartB < s.EndB) || !(s.Speed >= leastSpeed && s.Speed <= mostSpeed) {
				t.Fatalf("impossible segment %+v", s)
			}
		}
	})
}

// framesOf reads frames of ten bytes: two of time, eight of hash.
func framesOf(b []byte) []Frame {
	var frames []Frame
	for ; len(b) >= 10 && len(frames) < 100; b = b[10:] {
		v := hashing.View{Box: hashing.Box{X1: 1, Y1: 1}, Quality: b[0]}
		for s := range v.Hash {
			v.Hash[s] = binary.LittleEndian.Uint64(b[2:]) >> s
		}
		at := float64(int16(binary.LittleEndian.Uint16(b))) / 10
		if b[1] == 0x7f {
			at = math.NaN()
		}
		frames = append(frames, Frame{At: at, Print: hashing.Print{Full: v}})
	}
	return frames
}

func BenchmarkAlign(b *testing.B) {
	x, y := film(1, shot(1, 600, lively)), film(1, shot(2, 300, lively), shot(1, 300, lively))
	for b.Loop() {
		Align(x, y, Options{Distance: 14})
	}
}
