package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// madeUp is three photographs, the first two of one place, and four variants:
// a crop of a, a tile picture of a and c, a border around b, a crop of c.
func madeUp(t *testing.T) *truth.Copies {
	t.Helper()
	top := t.TempDir()
	for path, text := range map[string]string{
		"photos/a.jpg": "", "photos/b.JPG": "", "photos/c.png": "",
		"photos/manifest.csv": "file,origin,scene_group\na.jpg,x,square\nb.JPG,x,square\nc.png,x,\n",
		"made/truth.csv": "variant,original,transform,x0,y0,x1,y1\n" +
			"a__crop.jpg,a.jpg,crop_50,0,0,1,1\n" +
			"a__tiles.jpg,a.jpg,collage4,0,0,0.5,0.5\n" +
			"a__tiles.jpg,c.png,collage4,0.5,0,1,0.5\n" +
			"b__border.jpg,b.JPG,border,0.1,0.1,0.9,0.9\n" +
			"c__crop.jpg,c.png,crop_50,0,0,1,1\n",
	} {
		path = filepath.Join(top, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	known, err := truth.ReadCopies(filepath.Join(top, "photos"), filepath.Join(top, "made"))
	if err != nil {
		t.Fatal(err)
	}
	return known
}

func match(a, b, relation string) likeMatch { return likeMatch{A: a, B: b, Relation: relation} }

func TestJudgeCountsCopies(t *testing.T) {
	rect := func(x0, y0, x1, y1 float64) [][2]float64 {
		return [][2]float64{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
	}
	s := judge(madeUp(t), []likeMatch{
		// The variant is A: its region counts, and the original's does not.
		{A: "made/a__crop.jpg", B: "photos/a.jpg", Relation: "part", RegionA: rect(0, 0, 1, .5), RegionB: rect(0, 0, .1, .1)},
		// The variant is B, and a copy comes before a scene, whichever is listed first.
		{A: "photos/b.JPG", B: "made/b__border.jpg", Relation: sameScene, RegionB: rect(0, 0, 1, 1), Score: .9},
		{A: "photos/b.JPG", B: "made/b__border.jpg", Relation: "near", RegionB: rect(.1, .1, .9, .9), Score: .2},
		{A: "made/a__tiles.jpg", B: "photos/c.png", Relation: "part", RegionA: rect(.5, 0, 1, .5)},
		match("made/a__tiles.jpg", "photos/a.jpg", sameScene),
	})
	for kind, want := range map[string]kindTally{
		"crop_50":  {total: 2, found: 1, overlaps: []float64{.5}},
		"collage4": {total: 2, found: 1, scene: 1, overlaps: []float64{1}},
		"border":   {total: 1, found: 1, overlaps: []float64{1}},
	} {
		got := *s.of[kind]
		if got.total != want.total || got.found != want.found || got.scene != want.scene || !slices.Equal(got.overlaps, want.overlaps) {
			t.Errorf("%s: got %+v, want %+v", kind, got, want)
		}
	}
	if len(s.missed) != 2 || s.missed[0].instead != sameScene || s.missed[1].Variant != "made/c__crop.jpg" || s.missed[1].instead != "nothing" {
		t.Errorf("missed: %+v", s.missed)
	}
	if len(s.falsePairs)+len(s.falseScenes) != 0 {
		t.Errorf("false pairs %v, scenes %v", s.falsePairs, s.falseScenes)
	}
}

func TestJudgeCountsStrangers(t *testing.T) {
	for _, c := range []struct {
		name                    string
		match                   likeMatch
		falsePairs, falseScenes int
	}{
		{"a variant and an original that it does not show", match("made/a__crop.jpg", "photos/c.png", "part"), 1, 0},
		{"the same, called one scene", match("made/a__crop.jpg", "photos/c.png", sameScene), 0, 1},
		{"two originals", match("photos/a.jpg", "photos/c.png", "near"), 1, 0},
		{"two originals of one place called copies", match("photos/a.jpg", "photos/b.JPG", "near"), 1, 0},
		{"two originals of one place", match("photos/a.jpg", "photos/b.JPG", sameScene), 0, 0},
		{"variants of one place", match("made/a__crop.jpg", "made/b__border.jpg", sameScene), 0, 0},
		{"variants of different originals", match("made/b__border.jpg", "made/c__crop.jpg", "part"), 1, 0},
		{"variants that share an original", match("made/a__tiles.jpg", "made/c__crop.jpg", "part"), 0, 0},
	} {
		s := judge(madeUp(t), []likeMatch{c.match})
		if len(s.falsePairs) != c.falsePairs || len(s.falseScenes) != c.falseScenes {
			t.Errorf("%s: %d false pairs, %d false scenes; want %d, %d", c.name, len(s.falsePairs), len(s.falseScenes), c.falsePairs, c.falseScenes)
		}
	}
	// 3 pairs of originals; 2 + 1 + 2 + 2 of variant and original; of the 6
	// pairs of variants, two share an original.
	if n := judge(madeUp(t), nil).negatives; n != 3+7+4 {
		t.Errorf("%d negative pairs, want 14", n)
	}
}

func TestMixedClusters(t *testing.T) {
	mixed := mixedClusters(madeUp(t), []likeCluster{
		{"whole copies", []string{"photos/a.jpg", "made/a__crop.jpg"}},
		{"a picture and its tile", []string{"photos/c.png", "made/a__tiles.jpg", "made/c__crop.jpg"}},
		{"joined through a tile", []string{"made/a__crop.jpg", "made/a__tiles.jpg", "made/c__crop.jpg"}},
		{"one place", []string{"photos/a.jpg", "photos/b.JPG"}},
	})
	if len(mixed) != 2 || mixed[0].Cluster != "joined through a tile" || mixed[1].Cluster != "one place" {
		t.Errorf("got %v", mixed)
	}
}

func TestBounds(t *testing.T) {
	s := &likenessScore{negatives: 10, of: map[string]*kindTally{
		"mirror": {total: 141, found: 138},
		"noise":  {total: 1000, found: 1000, overlaps: []float64{.95, .5, .91}},
	}}
	if failed := s.recallHeld([]recallBound{{98, []string{"mirror", "not made"}}, {99, nil}}); len(failed) != 1 {
		t.Errorf("one bound fails, got %q", failed)
	}
	if failed := s.purityHeld(); len(failed) != 0 {
		t.Errorf("got %q", failed)
	}
	s.falsePairs = []likeMatch{match("x", "y", "part")}
	s.mixed = []likeCluster{{Cluster: "C"}}
	s.of["noise"].overlaps[0] = .89
	if failed := s.purityHeld(); len(failed) != 3 {
		t.Errorf("three bounds fail, got %q", failed)
	}
}

func TestScenesAsCopies(t *testing.T) {
	var rows []map[string]string
	for range 50 {
		n := string(rune('A' + len(rows)))
		photograph := n
		if n == "B" || n == "C" {
			photograph = "wall|tree" + n
		}
		rows = append(rows, map[string]string{"a": n + "1", "b": n + "2", "how": "street", "photographs": photograph})
	}
	listed := []likeMatch{
		match("s/A2", "s/A1", "near"), match("s/D1", "s/D2", sameScene),
		match("s/B1", "s/C1", "part"), // they share the wall
		match("s/E1", "s/F1", sameScene),
	}
	if failed := reportScenes(rows, "s", listed); len(failed) != 0 {
		t.Errorf("one of 50 is allowed, got %q", failed)
	}
	for _, more := range []likeMatch{match("s/B1", "s/B2", "part"), match("s/E1", "s/G2", "part")} {
		if failed := reportScenes(rows, "s", append(listed, more)); len(failed) != 1 {
			t.Errorf("%v is not allowed, got %q", more, failed)
		}
	}
}
