package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// smallTruth has two incidents of four files, an old picture with a second
// copy that claims to be of B, a greeting, and a damaged file.
var smallTruth = []truthRow{
	{"a1", "A", "D1", "original", "", ""},
	{"a2", "A", "D1", "repost", "", ""},
	{"a3", "A", "D2", "original", "", ""},
	{"a4", "A", "D2", "recycled", "B", ""}, // posted again as if of B
	{"b1", "B", "D3", "original", "", ""},
	{"b2", "B", "D3", "repost", "", ""},
	{"b3", "B", "D4", "original", "", ""},
	{"b4", "B", "D5", "original", "", ""},
	{"old", "", "D6", "original", "", "old-media"},
	{"new", "", "D6", "recycled", "B", ""},
	{"lost", "", "D7", "recycled", "A", "older-copy-absent"},
	{"hello", "", "D8", "distractor", "", ""},
	{"bad", "B", "D9", "corrupt", "", "damaged"},
}

// TestScoresAsTheGenerator holds the figures against those that mkcase score
// printed for the same tables.
func TestScoresAsTheGenerator(t *testing.T) {
	for _, c := range []struct{ name, placed, want string }{
		{"as in truth", "a1:1 a2:1 a3:1 a4:1! b1:2 b2:2 b3:2 b4:2 old:3 new:3!", `files 12 incidents 2 clusters 5
B3 incident files  P 1.000 R 1.000 F1 1.000
B3 all files       P 1.000 R 1.000 F1 1.000
pairs              P 1.000 R 1.000 F1 1.000   ARI 1.000
over-merged clusters 0 (touching >1 incident 0)  split incidents 0 of 2
recycled: flagged 2 of 2 findable, false flags 0, merged into the claimed incident 0
`},
		{"mixed, split, joined to the claim", "a1:1 a2:1 a3:2 a4:2 b1:1 b2:1 b3:2 b4:2 new:2 lost:1! hello:3!", `files 12 incidents 2 clusters 4
B3 incident files  P 0.400 R 0.500 F1 0.444
B3 all files       P 0.467 R 0.583 F1 0.519
pairs              P 0.200 R 0.308 F1 0.242   ARI 0.005
over-merged clusters 1 (touching >1 incident 2)  split incidents 2 of 2
recycled: flagged 0 of 2 findable, false flags 1, merged into the claimed incident 2
`},
	} {
		placed := map[string]placement{}
		for _, w := range strings.Fields(c.placed) {
			file, cluster, _ := strings.Cut(w, ":")
			cluster, flag := strings.CutSuffix(cluster, "!")
			placed[file] = placement{cluster, flag}
		}
		if got := scoreIncidents(scoredFiles(smallTruth, placed), nil).String(); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestPlacements(t *testing.T) {
	member := func(path string, role verify.Role) verify.Member { return verify.Member{Path: path, Role: role} }
	got := placements([]verify.Incident{
		{ID: "I-new", Members: []verify.Member{member("post", verify.Original), member("old", verify.Recycled), member("map", verify.Context), member("both", verify.Copy)}},
		{ID: "I-old", Members: []verify.Member{member("old", verify.Original), member("both", verify.Original)}},
	})
	want := map[string]placement{
		"post": {"I-new", false},
		"old":  {"I-old", true}, // never of the incident that claims it
		"map":  {"", false},
		"both": {"I-new", false},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestHoldBack(t *testing.T) {
	c := generated{out: t.TempDir()}
	text := "file,incident_id,dup_group,role,claimed_incident,note\n"
	for _, name := range []string{"x/a b.jpg", "x/c.jpg", "y/d,e.jpg", "y/f.jpg"} {
		path := filepath.Join(c.out, "case", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		text += `"` + name + `",A,D,original,,` + "\n"
	}
	if err := os.WriteFile(filepath.Join(c.out, "truth.csv"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	there := func() (n int) {
		names, _ := filepath.Glob(filepath.Join(c.out, "case/*/*"))
		return len(names)
	}
	if err := c.putBack(); err != nil || there() != 4 {
		t.Fatalf("%d files of 4 before any was held back: %v", there(), err)
	}
	if err := c.holdBack(2); err != nil || there() != 2 {
		t.Fatalf("%d files left of 4 with 2 held back: %v", there(), err)
	}
	if err := c.putBack(); err != nil || there() != 4 {
		t.Fatalf("%d files of 4 after all: %v", there(), err)
	}
	if text, _ := os.ReadFile(filepath.Join(c.out, "case/y/d,e.jpg")); string(text) != "y/d,e.jpg" {
		t.Errorf("a file came back as %q", text)
	}
}

func TestReadsTheTimeOfGrouping(t *testing.T) {
	for said, want := range map[string]time.Duration{
		"reading took 1.2s, likeness 3.4s, grouping 560ms":        560 * time.Millisecond,
		"reading took 1.2s, likeness as it was, grouping 1m2.03s": 62030 * time.Millisecond,
		"reading took 1.2s, likeness as it was, grouping 0s":      0,
	} {
		if got, ok := (scanned{said: said}).grouping(); !ok || got != want {
			t.Errorf("%s: %v %v", said, got, ok)
		}
	}
	if _, ok := (scanned{said: "likeness as it was, grouping as it was"}).grouping(); ok {
		t.Error("a grouping that stood was read as made")
	}
}

func TestReadSeeds(t *testing.T) {
	var c chosen
	if err := c.readSeeds("1,3,11-13"); err != nil || !reflect.DeepEqual(c.seeds, []int{1, 3, 11, 12, 13}) {
		t.Errorf("%v %v", c.seeds, err)
	}
	for _, bad := range []string{"x", "3-1", "1,", "-2", "0-99999999"} {
		if err := new(chosen).readSeeds(bad); err == nil {
			t.Errorf("-seeds %s was taken", bad)
		}
	}
}
