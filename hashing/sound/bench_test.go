package sound

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// scattered is a track of marks by chance, as many as those of real sound.
func scattered(seed uint64, seconds int) Track {
	r := rand.New(rand.NewPCG(seed, 3))
	t := Track{samples: int64(seconds) * Rate}
	all := make([]mark, seconds*26)
	for i := range all {
		all[i] = mark{uint32(r.IntN(int(frames(t.samples)))), uint8(r.IntN(topPitch)), true}
	}
	slices.SortFunc(all, mark.compare)
	for _, m := range slices.Compact(all) {
		t.add(m)
	}
	return t
}

// BenchmarkMaker fingerprints a minute of sound.
func BenchmarkMaker(b *testing.B) {
	samples := make16("music", 1, 60)
	for b.Loop() {
		var m Maker
		m.Write(samples)
		m.Track()
	}
}

// BenchmarkAlign aligns two tracks of ten minutes that share a minute.
func BenchmarkAlign(b *testing.B) {
	x, y := scattered(1, 600), scattered(2, 600)
	y.marks = slices.DeleteFunc(y.marks, func(m mark) bool { return m.frame >= 4000 && m.frame < 6600 })
	for _, m := range x.marks {
		if m.frame >= 1000 && m.frame < 3600 {
			y.marks = append(y.marks, mark{m.frame + 3000, m.pitch, true})
		}
	}
	slices.SortFunc(y.marks, mark.compare)
	for b.Loop() {
		if s := Align(&x, &y); len(s) != 1 {
			b.Fatal(s)
		}
	}
}

// BenchmarkPairs looks for pairs among a thousand tracks of a minute.
func BenchmarkPairs(b *testing.B) {
	tracks := make([]Track, 1000)
	for i := range tracks {
		tracks[i] = scattered(uint64(i), 60)
	}
	tracks[700] = tracks[3]
	for b.Loop() {
		if p := Pairs(tracks); !slices.Contains(p, [2]int{3, 700}) {
			b.Fatal(p)
		}
	}
}
