package match

import (
	"math"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// What is a frame of one video leads to the moment of another that shows the
// same, whichever digests are the lesser; it leads nowhere where the videos do
// not meet, where times are uncertain, and to another take.
func TestPassagesThroughVideos(t *testing.T) {
	const photo, first, second = 0, 1, 2
	half := hashing.Affine{0.5, 0, 0, 0, 0.5, 0}
	for _, digests := range [][3]verify.Digest{{"a", "b", "c"}, {"a", "c", "b"}, {"b", "a", "c"}, {"c", "b", "a"}, {"b", "c", "a"}} {
		s := &search{items: []verify.Item{{Digest: digests[0]}, {Digest: digests[1]}, {Digest: digests[2]}}}
		oriented := func(f film, from, to int) link {
			if s.items[from].Digest > s.items[to].Digest {
				f = f.exchanged()
			}
			return link{min(from, to), max(from, to), verdict{Film: &f}}
		}
		frame := func(at float64) link {
			f := film{Times: [2]float64{0, at}, Still: [2]bool{true, false}}
			f.Agreement.Map, f.Agreement.Share = half, 0.9
			return oriented(f, photo, first)
		}
		meet := func(take, uncertain bool) link {
			f := film{Take: take, Shared: []sequence.Stretch{{StartA: 4, EndA: 10, StartB: 1, EndB: 7, Offset: 3, Speed: 1, Map: half, Uncertain: uncertain}}}
			f.Agreement.Map = half
			return oriented(f, first, second)
		}
		got := s.passages([]link{frame(6), meet(false, false)})
		if len(got) != 1 || got[0].photo != photo || got[0].video != second || math.Abs(got[0].at-3) > 1e-9 || math.Abs(got[0].m[0]-0.25) > 1e-9 {
			t.Errorf("digests %v: %+v", digests, got)
		}
		for _, none := range [][]link{{frame(2), meet(false, false)}, {frame(6), meet(true, false)}, {frame(6), meet(false, true)}, {frame(6)}} {
			if got := s.passages(none); len(got) != 0 {
				t.Errorf("digests %v: %+v", digests, got)
			}
		}
	}
}
