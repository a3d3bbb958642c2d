package incident

import (
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// clip is a match of two videos that share a stretch of each.
func clip(a, b string, inA, inB [2]float64) verify.Match {
	return verify.Match{Relation: verify.Part, AIs: "clip_of_b", DigestA: digest(a), DigestB: digest(b), TimeA: &inA, TimeB: &inB}
}

// What is shown in one place of a long video is one thing, however many copies
// of it there are; what is shown one after the other is a compilation.
func TestClipsOfOneVideo(t *testing.T) {
	const long, one, two = "x/a/long.mp4", "telegram/b/one.mp4", "telegram/c/two.mp4"
	items := append(crowd(), posted(long, 5, ""), posted(one, 6, ""), posted(two, 7, ""))
	minute := 60.0
	for i := range items {
		if p := items[i].Sightings[0].Path; p == long || p == one || p == two {
			items[i].Media.Kind, items[i].Media.DurationSeconds = extract.Video, &minute
		}
	}
	for _, test := range []struct {
		name   string
		second [2]float64 // where the second clip lies in the long video
		joined bool
	}{
		{"overlapping", [2]float64{12, 20}, true},
		{"one after the other", [2]float64{40, 48}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			matches := []verify.Match{clip(one, long, [2]float64{0, 8}, [2]float64{10, 18}), clip(two, long, [2]float64{0, 8}, test.second)}
			c := newCase(Input{Items: items, Matches: matches}, Automatic())
			got := c.member[digest(one)] == c.member[digest(long)] && c.member[digest(two)] == c.member[digest(long)]
			if got != test.joined {
				t.Errorf("one picture: %v", got)
			}
			slices.Reverse(matches)
			if d := newCase(Input{Items: items, Matches: matches}, Automatic()); (d.member[digest(one)] == d.member[digest(long)]) != test.joined {
				t.Error("the order of matches matters")
			}
		})
	}
}

// A clip of what was posted a month before is used again: it is told so, and
// does not become one unit with the film, whose event it would mix with another
// if the likeness erred.
func TestAPartUsedAgainStandsApart(t *testing.T) {
	const film, clipped, later = "x/a/film.mp4", "telegram/b/clip.mp4", "telegram/c/later.mp4"
	items := append(crowd(), posted(film, 5, "Lysychansk: strike hit a school"), posted(clipped, 6, ""), posted(later, 5+30*24, "Footage from Sumy today"))
	minute := 60.0
	for i := range items {
		if p := items[i].Sightings[0].Path; p == film || p == clipped || p == later {
			items[i].Media.Kind, items[i].Media.DurationSeconds = extract.Video, &minute
		}
	}
	in := Input{Items: items, Matches: []verify.Match{clip(clipped, film, [2]float64{0, 40}, [2]float64{10, 50}), clip(later, film, [2]float64{0, 40}, [2]float64{10, 50})}}
	c := newCase(in, Automatic())
	if c.member[digest(clipped)] != c.member[digest(film)] {
		t.Error("a clip posted an hour later is no copy of the film")
	}
	if c.member[digest(later)] == c.member[digest(film)] {
		t.Error("a clip posted a month later is one unit with the film")
	}
	res := propose(t, in, Automatic())
	if !slices.ContainsFunc(res.Findings, func(f verify.Finding) bool { return f.Code == "recycled-media" && string(f.Path) == later }) {
		t.Errorf("the clip used again is not told as such: %+v", res.Findings)
	}
}
