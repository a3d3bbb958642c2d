package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// madeUpVideos is an original of 20 seconds with a copy, a trim and a preview,
// two takes of one room, a stranger, a second name for the copy's bytes, and a
// compilation of the original and the stranger.
func madeUpVideos(t *testing.T) *videoTruth {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"manifest.csv": "file,duration_s,sha256,group,segments\n" +
			"o.mp4,20,01,o,\ncopy.mp4,10,02,o,\nsame.mp4,10,02,o,\ntrim.mp4,5,03,o,\npreview.gif,3,04,o,\n" +
			"take1.mkv,2,05,take1,\ntake2.mkv,2,06,take2,\nstranger_hd.mp4,8,07,stranger_hd,\nlying.mp4,,08,lying,\n" +
			"all.mkv,9,09,o,o@0-5<-10;stranger@5-9<-2\n",
		"pairs.csv": "file_a,file_b,label,relation,source_start_s,overlap_s\n" +
			"o.mp4,copy.mp4,duplicate,speed,0,\no.mp4,trim.mp4,partial,trim,8,5\no.mp4,preview.gif,partial,preview,,\n" +
			"o.mp4,all.mkv,partial,inside,10,5\nstranger_hd.mp4,all.mkv,partial,inside,2,4\n" +
			"take1.mkv,take2.mkv,hard-negative,same room,,\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	truth, err := readVideoTruth(dir)
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

func TestWhichVideosAreRelated(t *testing.T) {
	truth := madeUpVideos(t)
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"o.mp4", "copy.mp4", true}, {"copy.mp4", "trim.mp4", true}, {"trim.mp4", "all.mkv", true},
		{"stranger_hd.mp4", "all.mkv", true}, {"stranger_hd.mp4", "o.mp4", false},
		{"take1.mkv", "take2.mkv", false}, {"take1.mkv", "all.mkv", false}, {"same.mp4", "o.mp4", true},
	} {
		if got := truth.related(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: related is %v", c.a, c.b, got)
		}
		if got := truth.related(c.b, c.a); got != c.want {
			t.Errorf("%s, %s: related is %v", c.b, c.a, got)
		}
	}
	// take1, take2 and lying with the seven others each, but not the two takes
	// with each other, which are listed; the stranger with five variants of o.
	if hard, unlisted := truth.negatives(); hard != 1 || unlisted != 3*7+2+5 {
		t.Errorf("%d hard negatives and %d others", hard, unlisted)
	}
}

func TestWhichSecondIsWhich(t *testing.T) {
	truth := madeUpVideos(t)
	for _, c := range []struct {
		of, other string
		at        float64
		want      []float64
	}{
		{"o.mp4", "copy.mp4", 4, []float64{8}}, // at twice the speed
		{"copy.mp4", "o.mp4", 8, []float64{4}},
		{"trim.mp4", "copy.mp4", 5, []float64{2}},
		{"trim.mp4", "o.mp4", 2, nil},            // before the trim begins
		{"all.mkv", "trim.mp4", 4, []float64{2}}, // second 12 of the original
		{"all.mkv", "stranger_hd.mp4", 3, []float64{6}},
		{"preview.gif", "o.mp4", 3, nil}, // nobody knows
		{"take1.mkv", "take2.mkv", 1, nil},
	} {
		if got := truth.seconds(c.of, c.other, c.at); !slices.Equal(got, c.want) {
			t.Errorf("%s shows second %g of %s at %v, want %v", c.of, c.at, c.other, got, c.want)
		}
	}
}

func at(start, end float64) *[2]float64 { return &[2]float64{start, end} }

func TestJudgeVideos(t *testing.T) {
	s := judgeVideos(madeUpVideos(t), []videoMatch{
		// A copy comes before a scene, and one of equal bytes stands for the other.
		{A: "v/o.mp4", B: "v/same.mp4", Relation: sameScene},
		{A: "v/o.mp4", B: "v/same.mp4", Relation: "near", TimeA: at(0.4, 20), TimeB: at(0, 10)},
		// The times are those of the table's first file, wherever it stands.
		{A: "v/a/trim.mp4", B: "v/o.mp4", Relation: "part", TimeA: at(0, 5), TimeB: at(9.5, 14)},
		{A: "v/o.mp4", B: "v/preview.gif", Relation: "near", TimeA: at(3, 6)},
		{A: "v/all.mkv", B: "v/stranger_hd.mp4", Relation: "part"},
		{A: "v/take1.mkv", B: "v/take2.mkv", Relation: "part"},
		{A: "v/o.mp4", B: "v/stranger_hd.mp4", Relation: sameScene},
		{A: "v/lying.mp4", B: "v/take1.mkv", Relation: "near"},
		{A: "v/copy.mp4", B: "v/trim.mp4", Relation: "part"},
		{A: "v/manifest.csv", B: "stills/1.jpg", Relation: "near"},
	})
	all := s.all()
	if all.total != 5 || all.found != 4 || all.other != 1 || all.untimed != 1 {
		t.Errorf("got %+v", all)
	}
	if len(s.missed) != 1 || s.missed[0].a != "o.mp4" || s.missed[0].b != "all.mkv" {
		t.Errorf("missed %v", s.missed)
	}
	if len(s.offStart) != 1 || s.offStart[0].b != "trim.mp4" || s.offStart[0].off != 1.5 {
		t.Errorf("off %v", s.offStart)
	}
	if got := s.of["trim"].overlaps; !slices.Equal(got, []float64{.5}) {
		t.Errorf("overlaps %v", got)
	}
	if len(s.hardFalse) != 1 || len(s.falsePairs) != 1 || s.falseScenes != 1 {
		t.Errorf("wrongly copies %v and %v, wrongly scenes %d", s.hardFalse, s.falsePairs, s.falseScenes)
	}
	if failed := s.held("native"); len(failed) != 2 { // four of five are enough
		t.Errorf("failed %q", failed)
	}
}

func TestDemandedPairs(t *testing.T) {
	for n, want := range map[int]int{37: 36, 3: 2, 100: 97, 1: 0} {
		if got := demandedPairs(n); got != want {
			t.Errorf("%d of %d, want %d", got, n, want)
		}
	}
}

func TestJudgeStills(t *testing.T) {
	taken := []takenStill{
		{"own.jpg", "o.mp4", "crop", 12, true},
		{"late.jpg", "o.mp4", "crop", 12, true},
		{"elsewhere.jpg", "o.mp4", "phone", 12, true},
		{"repeated.jpg", "o.mp4", "phone", 12, false},
		{"lost.jpg", "o.mp4", "phone", 12, true},
		{"wrong.jpg", "take1.mkv", "phone", 1, true},
	}
	s := judgeStills(madeUpVideos(t), taken, []videoMatch{
		{A: "stills/own.jpg", B: "v/o.mp4", Relation: "part", TimeB: at(12.5, 12.5)},
		{A: "stills/own.jpg", B: "v/trim.mp4", Relation: "part", TimeB: at(0, 0)}, // its own video counts
		{A: "stills/late.jpg", B: "v/o.mp4", Relation: "near", TimeB: at(14, 14)},
		{A: "stills/elsewhere.jpg", B: "v/all.mkv", Relation: "part", TimeB: at(2.1, 2.1)},
		{A: "stills/repeated.jpg", B: "v/o.mp4", Relation: "part", TimeB: at(3, 3)},
		{A: "stills/lost.jpg", B: "v/o.mp4", Relation: sameScene, TimeB: at(12, 12)},
		{A: "stills/wrong.jpg", B: "v/take2.mkv", Relation: "part", TimeB: at(1, 1)},
		{A: "stills/own.jpg", B: "stills/late.jpg", Relation: "near"},
	})
	all := s.over(slices.Collect(maps.Keys(s.of)))
	right, of := all.inTime()
	if all.total != 6 || all.found != 4 || all.elsewhere != 1 || right != 2 || of != 3 || all.unclear != 1 {
		t.Errorf("got %+v, %d of %d in time", all, right, of)
	}
	if len(s.lost) != 2 || len(s.late) != 1 || s.late[0].off != 2 || len(s.wrong) != 1 {
		t.Errorf("lost %v, late %v, wrong %v", s.lost, s.late, s.wrong)
	}
	if failed := s.held(); len(failed) != 3 {
		t.Errorf("failed %q", failed)
	}
}
