package match

import (
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// A photograph is a frame of one take: of videos that show nothing of each
// other, those that agree with it clearly worse than another show the place at
// another time. Copies of the better one keep it, and so does one that agrees
// nearly as well.
func TestPhotographIsAFrameOfOneTake(t *testing.T) {
	const take, other, copied, near, photo = 0, 1, 2, 3, 4
	items := []verify.Item{{Digest: "e"}, {Digest: "a"}, {Digest: "c"}, {Digest: "f"}, {Digest: "d"}}
	frame := func(video int, share float64) link {
		f := &film{finding: finding{Agreement: hashing.Agreement{Share: share}}}
		f.Still[0] = items[photo].Digest < items[video].Digest
		f.Still[1] = !f.Still[0]
		return link{a: video, b: photo, verdict: verdict{Film: f}}
	}
	links := []link{
		frame(take, 0.95), frame(other, 0.64), frame(copied, 0.5), frame(near, 0.8),
		{a: take, b: copied, verdict: verdict{Film: &film{}}},
		{a: take, b: other, verdict: verdict{Film: &film{Take: true}}},
	}
	kept := links[1].Film
	for range 2 {
		s := &search{items: items}
		for _, l := range s.oneTake(slices.Clone(links)) {
			video := l.a
			if l.b == photo && l.Film.Take != (video == other) {
				t.Errorf("video %s: another take: %v", items[video].Digest, l.Film.Take)
			}
		}
		slices.Reverse(links)
	}
	if kept.Take {
		t.Error("what is remembered of the pair was changed")
	}
}
