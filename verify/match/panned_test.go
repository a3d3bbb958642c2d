package match

import (
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// panOver is a small clip of one frame a second in which the view drifts over a
// picture.
func panOver(t *testing.T, path string, picture hashing.Luma, seconds, side int) verify.Item {
	t.Helper()
	var frames []verify.Frame
	var reel sequence.Reel
	var last hashing.Luma
	for k := range seconds {
		d := 0.2 * float64(k) / float64(seconds)
		at := time.Duration(k) * time.Second
		last = cut(picture, d, d/2, d+0.8, d/2+0.8).Reduced(side)
		reel.Add(at, last)
		frames = append(frames, frame(t, at, last))
	}
	it := item(path, extract.Video, last, frames...)
	length := float64(seconds)
	it.Media.DurationSeconds, it.Sampling.Dense = &length, true
	b, err := reel.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	it.Moving = &verify.Moving{Reel: b}
	return it
}

// Preview clips that drift over one picture, each at its own speed, are found to
// show it whatever was done to the picture, and those of another are not.
func TestClipsOverOnePicture(t *testing.T) {
	picture := scene(501, 320, 240)
	clip := panOver(t, "s/clip.mp4", picture, 6, 77)
	for _, test := range []struct {
		name     string
		copy     verify.Item
		relation verify.Relation
		mirrored bool
	}{
		{"slower", panOver(t, "s/x.mp4", picture, 9, 77), verify.Near, false},
		{"smaller", panOver(t, "s/x.mp4", picture, 8, 64), verify.Near, false},
		{"mirrored", panOver(t, "s/x.mp4", mirroredWhole(picture), 7, 77), verify.Near, true},
		{"a crop", panOver(t, "s/x.mp4", cut(picture, 0.1, 0.08, 0.87, 0.85), 10, 77), verify.Part, false},
		{"a mark in the corner", panOver(t, "s/x.mp4", logo(picture), 5, 77), verify.Near, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, ok, err := Compare(clip, test.copy, Options{})
			if err != nil || !ok {
				t.Fatalf("nothing found: %v", err)
			}
			if m.Relation != test.relation || m.Transform.Mirrored != test.mirrored || m.WholeOfBoth != (test.relation == verify.Near) {
				t.Errorf("%s %s, mirrored %v: %s", m.Relation, m.AIs, m.Transform.Mirrored, m.Why)
			}
			if !strings.Contains(m.Why, "move over the same still picture") || len(m.Segments) > 0 || m.Map == nil || len(m.RegionA) < 3 || len(m.RegionB) < 3 {
				t.Errorf("%q, or evidence is missing: %+v", m.Why, m)
			}
			for _, p := range append(m.RegionA, m.RegionB...) {
				if p[0] < 0 || p[1] < 0 || p[0] > 1 || p[1] > 1 {
					t.Errorf("what is shown reaches out of the frame: %v %v", m.RegionA, m.RegionB)
				}
			}
		})
	}
	items := []verify.Item{clip, panOver(t, "s/again.mp4", picture, 9, 64)}
	for i, path := range []string{"s/p.mp4", "s/q.mp4", "s/r.mp4", "s/u.mp4"} {
		items = append(items, panOver(t, path, scene(int64(510+i), 320, 240), 5+i, 77))
	}
	res := find(t, items, Options{})
	if len(res.Matches) != 1 || len(res.Clusters) != 1 {
		t.Errorf("matches %+v, clusters %+v", res.Matches, res.Clusters)
	}
}
