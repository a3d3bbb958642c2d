package sound

import (
	"flag"
	"maps"
	"slices"
	"testing"
)

var unrelated = flag.Int("unrelated", 60, "tracks that TestUnrelated compares with each other")

// TestUnrelated: no two tracks that have nothing to do with each other match.
func TestUnrelated(t *testing.T) {
	names := slices.Sorted(maps.Keys(kinds))
	// Two in three tracks are of a kind that tells something.
	names = append(names, "speech", "music", "street", "speech", "music", "street", "speech", "music", "street")
	tracks := make([]Track, *unrelated)
	for i := range tracks {
		var m Maker
		m.Write(make16(names[i%len(names)], uint64(i), 8))
		tracks[i] = m.Track()
	}
	pairs := 0
	for i := range tracks {
		for j := range i {
			pairs++
			if s := Align(&tracks[i], &tracks[j]); len(s) > 0 {
				t.Errorf("%s %d and %s %d: %.2f", names[i%len(names)], i, names[j%len(names)], j, s)
			}
		}
	}
	t.Logf("%d pairs", pairs)
}
