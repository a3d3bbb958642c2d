package sidebyside

import (
	"math"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

func TestShares(t *testing.T) {
	for _, c := range []struct {
		region [][2]float64
		want   string
	}{
		{square(0, 0, 1, 1), "all of A"},
		{square(0, 0, 0.99, 0.99), "all of A"},
		{square(0, 0, 0.95, 0.95), "nearly all of A (90 %)"},
		{square(0.25, 0.25, 0.75, 0.75), "25 % of A, the middle"},
		{square(0, 0, 0.05, 0.1), "under 1 % of A, the upper left corner"},
		// A slanted part reaches all edges and is not all of the picture.
		{[][2]float64{{0.5, 0}, {1, 0.5}, {0.5, 1}, {0, 0.5}}, "50 % of A"},
	} {
		if got := strings.ReplaceAll(part("A", c.region), "\u00a0", " "); got != c.want {
			t.Errorf("%v: %q, want %q", c.region, got, c.want)
		}
	}
}

func TestTransforms(t *testing.T) {
	for _, c := range []struct {
		t    verify.Transform
		want string
	}{
		{verify.Transform{Scale: 1}, "B is A as it stands, at the same size"},
		{verify.Transform{Scale: 1.004, Rotation: 359.8}, "B is A as it stands, at the same size"},
		{verify.Transform{Mirrored: true, Rotation: 5, Scale: 0.62}, "B is A mirrored, turned by 5 degrees clockwise, at 0.62 of the size"},
		{verify.Transform{Rotation: 358.6, Scale: 1}, "B is A turned by 1.4 degrees anticlockwise"},
		{verify.Transform{Rotation: -90, Scale: 2.5}, "B is A turned by 90 degrees anticlockwise, at 2.5 times the size"},
		{verify.Transform{Rotation: 180, Scale: 1}, "B is A turned upside down"},
		{verify.Transform{Rotation: 1, Scale: 1}, "B is A turned by 1 degree clockwise"},
		{verify.Transform{Scale: 0}, "B is A as it stands, at the same size"},
		{verify.Transform{Scale: math.NaN(), Rotation: math.NaN()}, "B is A as it stands, at the same size"},
	} {
		if got := transform(c.t); got != c.want {
			t.Errorf("%+v: %q, want %q", c.t, got, c.want)
		}
	}
}

func TestChangesAreNamedAndNumberedAsDrawn(t *testing.T) {
	bottom, corner := [4]float64{0, 0.8, 1, 1}, [4]float64{0.8, 0, 1, 0.2}
	for name, c := range map[string]struct {
		a, b verify.Boxes
		want string
	}{
		"none":      {nil, verify.Boxes{}, ""},
		"one":       {verify.Boxes{bottom}, verify.Boxes{bottom}, "the lower quarter of both (20 %)"},
		"elsewhere": {verify.Boxes{bottom}, verify.Boxes{corner}, "the lower quarter of A (20 %) and the upper right corner of B (4 %)"},
		"two":       {verify.Boxes{bottom, corner}, verify.Boxes{bottom, corner}, "(1) the lower quarter of both (20 %); (2) the upper right corner of both (4 %)"},
		"scattered": {verify.Boxes{{0, 0, 1, 0.95}}, verify.Boxes{{0, 0, 0.98, 1}}, "here and there in nearly the whole of both"},
		"smaller":   {verify.Boxes{bottom}, verify.Boxes{{0, 0.75, 1, 1}}, "the lower quarter of both (20 % of A, 25 % of B)"},
		"one side":  {nil, verify.Boxes{corner}, "the upper right corner of B (4 %)"},
		"many":      {verify.Boxes{corner, corner, corner, corner, corner, corner}, nil, "(1) the upper right corner of A (4 %); (2) the upper right corner of A (4 %); (3) the upper right corner of A (4 %); (4) the upper right corner of A (4 %); and 2 more"},
	} {
		got := strings.ReplaceAll(changed(verify.Match{ChangedA: c.a, ChangedB: c.b}), "\u00a0", " ")
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestEachVerdictSaysWhatItLeavesOpen: nobody may read more into a match.
func TestEachVerdictSaysWhatItLeavesOpen(t *testing.T) {
	whole := square(0, 0, 1, 1)
	for _, c := range []struct {
		relation verify.Relation
		is       string
		verdict  string
		open     string
	}{
		{verify.Exact, "same", "the same file twice", "which of the two was first"},
		{verify.Near, "same", "two copies of one whole picture", "one burst and neighbouring frames"},
		{verify.Part, "crop_of_b", "A is a part of B", "one burst and neighbouring frames"},
		{verify.Part, "contains_b", "A contains B", "who changed it"},
		{verify.Part, "frame_of_b", "A is a frame of B", "who changed it"},
		{verify.Part, "clip_of_b", "A is a clip of B", "who changed it"},
		{verify.SameScene, "other_shot_of_b", "not copies", "the same event or the same day"},
		{"", "", "", "whether the two differ"},
	} {
		d := Describe(verify.Match{Relation: c.relation, AIs: c.is, RegionA: whole, RegionB: whole, Transform: verify.Transform{Scale: 1}})
		if !strings.Contains(d.Verdict, c.verdict) || !strings.Contains(d.Limits, c.open) {
			t.Errorf("%s %s: %q, which leaves open %q", c.relation, c.is, d.Verdict, d.Limits)
		}
		if placed := c.relation != "" && c.relation != verify.Exact; (d.Shared != "") != placed {
			t.Errorf("%s: shared %q", c.relation, d.Shared)
		}
		// Two photographs of one place are not one picture that was moved.
		if moved := c.relation == verify.Near || c.relation == verify.Part; (d.Transform != "") != moved {
			t.Errorf("%s: %q", c.relation, d.Transform)
		}
	}
}

func TestMomentsOfVideos(t *testing.T) {
	for _, c := range []struct {
		a, b *[2]float64
		want string
	}{
		{nil, nil, ""},
		{nil, &[2]float64{7, 7}, "at 0:07 of B"},
		{&[2]float64{0, 12}, &[2]float64{61.6, 73.6}, "from 0:00 to 0:12 of A and from 1:02 to 1:14 of B"},
		{nil, &[2]float64{3725, 3725}, "at 1:02:05 of B"},
		{nil, &[2]float64{7.48, 7.5}, "at 0:07.5 of B"},
		{nil, &[2]float64{math.NaN(), math.Inf(1)}, "at 0:00 of B"},
		{nil, &[2]float64{0, math.Inf(1)}, "from 0:00 to 1000:00:00 of B"},
	} {
		if got := moment(verify.Match{TimeA: c.a, TimeB: c.b}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestStretchesInWords(t *testing.T) {
	whole := [2]float64{0, 20}
	for _, c := range []struct {
		s    verify.Segment
		want string
	}{
		{verify.Segment{TimeA: [2]float64{20, 32}, TimeB: [2]float64{8, 20}, Offset: 12, Speed: 1}, "0:20–0:32 of A is 0:08–0:20 of B, 12.0 s earlier"},
		{verify.Segment{TimeA: [2]float64{1, 11}, TimeB: [2]float64{3.5, 13.5}, Offset: -2.5, Speed: 1}, "0:01–0:11 of A is 0:04–0:14 of B, 2.5 s later"},
		{verify.Segment{TimeA: whole, TimeB: whole, Speed: 1}, "0:00–0:20 of A is 0:00–0:20 of B, at the same time"},
		{verify.Segment{TimeA: [2]float64{0, 20}, TimeB: [2]float64{0, 16}, Speed: 1.25, Mirrored: true}, "0:00–0:20 of A is 0:00–0:16 of B, mirrored, at 1.25 times the speed"},
		{verify.Segment{TimeA: [2]float64{0, 8}, TimeB: [2]float64{2, 12}, Speed: 0.8}, "0:00.0–0:08.0 of A is 0:02.0–0:12.0 of B, slowed down to 0.8 of the speed"},
		{verify.Segment{TimeA: whole, TimeB: whole, Speed: 1, Uncertain: true}, "0:00–0:20 of A and 0:00–0:20 of B; hardly anything moves there, so that it is not known which moment of one is which of the other"},
		{verify.Segment{TimeA: [2]float64{math.NaN(), math.Inf(1)}, TimeB: whole, Speed: math.NaN(), Offset: math.Inf(-1)}, "0:00–1000:00:00 of A is 0:00–0:20 of B"},
	} {
		m := verify.Match{Relation: verify.Part, AIs: "clip_of_b", Segments: verify.Segments{c.s}}
		if d := Describe(m); d.Moment != c.want || d.Stretches != nil || d.Verdict != "A and B share a stretch" {
			t.Errorf("%q, %q, %q; want %q", d.Verdict, d.Moment, d.Stretches, c.want)
		}
	}
	many := verify.Match{Relation: verify.Part, Segments: make(verify.Segments, 14)}
	many.Segments[0] = verify.Segment{TimeA: whole, TimeB: whole, Speed: 1}
	d := Describe(many)
	if d.Verdict != "A and B share 14 stretches" || d.Moment != "14 stretches, 0:20 of A together" || len(d.Stretches) != 13 || d.Stretches[12] != "and 2 more" ||
		!strings.HasPrefix(d.Stretches[0], "(1) 0:00–0:20 of A") {
		t.Errorf("%+v", d)
	}
}

func TestTwoVideosAreNotCalledPhotographs(t *testing.T) {
	at := &[2]float64{1, 1}
	for _, c := range []struct {
		m    verify.Match
		want string
	}{
		{verify.Match{Relation: verify.SameScene, TimeA: at, TimeB: at}, "not copies: two takes of one place"},
		{verify.Match{Relation: verify.SameScene, TimeB: at}, "not copies: a photograph and a video of one place"},
		{verify.Match{Relation: verify.SameScene}, "not copies: two photographs of one place"},
		{verify.Match{Relation: verify.Near, TimeA: at, TimeB: at}, "two copies of one whole video"},
	} {
		if d := Describe(c.m); d.Verdict != c.want {
			t.Errorf("%q, want %q", d.Verdict, c.want)
		}
	}
	for sound, want := range map[string]string{"same": "the same in both", "other": "not the same: one picture, two sound tracks", "none": "", "": ""} {
		if d := Describe(verify.Match{Sound: source.Text(sound)}); d.Sound != want {
			t.Errorf("%s: %q, want %q", sound, d.Sound, want)
		}
	}
}
