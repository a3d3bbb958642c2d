package sound

import (
	"slices"
	"testing"
)

// TestPairs: among many tracks those are found that share something, and
// hardly any others.
func TestPairs(t *testing.T) {
	var tracks []Track
	var want [][2]int
	for i, kind := range []string{"speech", "music", "street", "speech", "music", "street"} {
		whole := make16(kind, uint64(50+i), 16)
		d := damage[(2*i+3)%len(damage)]
		clip := heard(d.change(whole)[5*Rate : 10*Rate])
		want = append(want, [2]int{len(tracks), len(tracks) + 1})
		tracks = append(tracks, heard(whole), clip, heard(make16([]string{"wind", "tone", "hum"}[i%3], 7, 16)))
	}
	for i := range 100 {
		tracks = append(tracks, scattered(uint64(i), 20))
	}
	found := Pairs(tracks)
	for _, p := range want {
		if !slices.Contains(found, p) {
			t.Errorf("%v is not among the candidates", p)
		}
	}
	if len(found) > len(want)+5 {
		t.Errorf("%d candidates, want %d: %v", len(found), len(want), found)
	}
}

// TestPairsOfOneSound: a sound that very many videos have does not make work
// for all pairs of them, and leaves none of them out.
func TestPairsOfOneSound(t *testing.T) {
	tracks := make([]Track, 80)
	for i := range tracks {
		tracks[i] = scattered(1, 10)
	}
	found := Pairs(tracks)
	if len(found) < len(tracks)-1 || len(found) > len(tracks)*mostFollowed {
		t.Errorf("%d candidates", len(found))
	}
	partner := map[int]bool{}
	for _, p := range found {
		partner[p[0]], partner[p[1]] = true, true
	}
	if len(partner) != len(tracks) {
		t.Errorf("%d of %d tracks have a partner", len(partner), len(tracks))
	}
}

func TestPairsOfNone(t *testing.T) {
	if p := Pairs(nil); len(p) != 0 {
		t.Error(p)
	}
	if p := Pairs(make([]Track, 3)); len(p) != 0 {
		t.Error(p)
	}
}
