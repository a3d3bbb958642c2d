package main

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
	"github.com/firsthand-media/firsthand/fixtures/canvas"
	"github.com/firsthand-media/firsthand/fixtures/usage"
)

// madeUp is three photographs, the first two of one place, and their copies.
func madeUp(t *testing.T) *truth.Copies {
	t.Helper()
	top := t.TempDir()
	for path, text := range map[string]string{
		"photos/a.jpg": "", "photos/b.jpg": "", "photos/c.jpg": "",
		"photos/manifest.csv": "file,scene_group\na.jpg,square\nb.jpg,square\nc.jpg,\n",
		"variants/truth.csv": "variant,original,transform,x0,y0,x1,y1\n" +
			"a_q.jpg,a.jpg,jpeg_q30,0,0,1,1\n" + "a_c.jpg,a.jpg,crop_50,0,0,1,1\n" + "c_c.jpg,c.jpg,crop_20,0,0,1,1\n",
	} {
		if err := copyText(filepath.Join(top, path), text); err != nil {
			t.Fatal(err)
		}
	}
	known, err := truth.ReadCopies(filepath.Join(top, "photos"), filepath.Join(top, "variants"))
	if err != nil {
		t.Fatal(err)
	}
	return known
}

func copyText(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

func TestScoreGroups(t *testing.T) {
	s := scoreGroups(madeUp(t), [][]string{
		{"photos/a.jpg", "variants/a_q.jpg", "photos/b.jpg"}, // one true, two of one place
		{"variants/a_q.jpg", "photos/a.jpg"},                 // again, the other way round
		{"variants/a_c.jpg", "variants/a_q.jpg"},             // true, and in no row
		{"photos/c.jpg", "variants/a_c.jpg"},                 // wrong
		{"photos/a.jpg", "photos/a.jpg"},                     // itself
	})
	if s.all != (recall{1, 3}) || s.wrong != 1 || s.oneScene != 2 || s.mixed != 1 {
		t.Errorf("got %+v", s)
	}
	want := map[string]recall{"written anew or scaled": {1, 1}, "cropped": {0, 2}}
	if !reflect.DeepEqual(s.families, want) {
		t.Errorf("got %v, want %v", s.families, want)
	}
	if got := s.wrongPairs(); got != "1, in 1 groups" {
		t.Error(got)
	}
}

func TestUnknownPathsAreAnError(t *testing.T) {
	known := madeUp(t)
	if err := unknown(known, [][]string{{"photos/a.jpg", "variants/a_c.jpg"}}); err != nil {
		t.Error(err)
	}
	if err := unknown(known, [][]string{{"photos/a.jpg", "a_c.jpg"}}); err == nil {
		t.Error("a path read wrongly must not count as nothing found")
	}
}

// Every kind that the generators name stands in its family.
func TestFamilies(t *testing.T) {
	for kinds, family := range map[string]string{
		"jpeg_q75 jpeg_q10 webp_q40 resize_50 stretch_43 stretch thumbnail":    "written anew or scaled",
		"bright gamma_dark contrast gray sepia_fade blur noise filter_sharpen": "colours, blur, noise",
		"mirror flip rot90 rot180 rot5_black rot5_crop rot20_crop":             "mirrored, turned",
		"crop_10 crop_75 crop_90": "cropped",
		"letterbox pillar_blur border logo lower_third caption phone_ui repost_chain": "bars, words, screens",
		"screen_photo stickers two_step big_text barrel":                              "bars, words, screens",
		"collage4 pip35_inset pip35_host inset5 inset5_host diptych":                  "in other pictures",
	} {
		for _, kind := range strings.Fields(kinds) {
			if got := familyOf(kind); got != family {
				t.Errorf("%s: %s, want %s", kind, got, family)
			}
		}
	}
}

func used(processor, wall float64, peak int64) usage.Used {
	second := float64(time.Second)
	return usage.Used{Processor: time.Duration(processor * second), Wall: time.Duration(wall * second), Peak: peak}
}

func TestRatioIsTakenWithinTurns(t *testing.T) {
	ours := []usage.Used{used(1, 1, 100), used(10, 30, 100), used(3, 3, 0)}
	theirs := []usage.Used{used(4, 2, 50), used(20, 90, 50), used(9, 9, 0)}
	if got := ratio(theirs, ours, processor); got != (spread{3, 2, 4, 3}) {
		t.Errorf("processor: %+v", got)
	}
	if got := ratio(theirs[:2], ours, wall); got != (spread{2.5, 2, 3, 2}) {
		t.Errorf("wall, an even number of turns: %+v", got)
	}
	if got := ratio(ours, theirs, memory); got != (spread{2, 2, 2, 2}) {
		t.Errorf("a turn without a figure does not count: %+v", got)
	}
	if got := ratio(nil, theirs, wall).String(); got != "–" {
		t.Error(got)
	}
	for v, want := range map[float64]string{12.4: "12", 9.96: "10", 2.345: "2.3", 0.999: "1.0", 0.126: "0.13"} {
		if got := brief(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

func TestTurnsAlternate(t *testing.T) {
	var order strings.Builder
	turn := 0
	b := &bench{}
	took := b.inTurns(3, []contender{
		{"a", func() (usage.Used, error) { order.WriteString("a"); turn++; return used(1, float64(turn), 0), nil }},
		{"b", func() (usage.Used, error) { order.WriteString("b"); return used(1, 1, 0), nil }},
		{"c", func() (usage.Used, error) {
			order.WriteString("c")
			if turn == 2 {
				return usage.Used{}, errors.New("fails in the third turn")
			}
			return used(1, 1, 0), nil
		}},
	})
	// In the second turn c is first, when a has run once.
	if got := order.String(); got != "abccbaabc" {
		t.Errorf("order %s", got)
	}
	if len(took["a"]) != 3 || len(took["b"]) != 3 {
		t.Errorf("got %v", took)
	}
}

func TestAFailedContenderIsLeftOut(t *testing.T) {
	tries := 0
	b := &bench{}
	took := b.inTurns(4, []contender{
		{"good", func() (usage.Used, error) { return used(1, 1, 0), nil }},
		{"bad", func() (usage.Used, error) {
			if tries++; tries == 2 {
				return usage.Used{}, errors.New("fails once")
			}
			return used(1, 1, 0), nil
		}},
	})
	if _, there := took["bad"]; there || tries != 2 || len(took["good"]) != 4 {
		t.Errorf("%d tries, got %v", tries, took)
	}
}

func TestNoClockOfABusyMachine(t *testing.T) {
	idle := runs{"a": {used(10, 10, 0)}, "b": {used(4, 5, 0)}}
	if got := idle.clock("a", "b"); got != "2.0 (2.0–2.0)" {
		t.Error(got)
	}
	waiting := runs{"a": {used(10, 30, 0)}, "b": {used(4, 5, 0)}}
	if got := waiting.clock("a", "b"); got != "machine busy" {
		t.Error(got)
	}
}

func TestEvenly(t *testing.T) {
	files := []string{"a", "b", "c", "d", "e"}
	for n, want := range map[int]string{0: "abcde", 2: "ac", 3: "abd", 5: "abcde", 9: "abcde"} {
		if got := strings.Join(evenly(files, n), ""); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestTableHasNoSeconds(t *testing.T) {
	finders := []finder{{name: ourName}, {name: "peer -t 90%"}, {name: "absent"}}
	took := runs{ourName: {used(60, 71.25, 900), used(60, 71.25, 900)}, "peer -t 90%": {used(20, 30, 300), used(15, 30, 300)}}
	found := map[string][][]string{
		ourName:       {{"photos/a.jpg", "variants/a_q.jpg"}, {"photos/a.jpg", "variants/a_c.jpg"}, {"photos/c.jpg", "variants/c_c.jpg"}},
		"peer -t 90%": {{"photos/a.jpg", "variants/a_q.jpg"}},
	}
	r := results{Programs: []program{{"firsthand", "1.0", ""}, {"peer", "2.0", ""}, {"absent", "", "apt-get install absent"}}}
	r.add(foundTable(madeUp(t), finders, found, took))
	r.add(costTable(finders, took, 2))
	var out bytes.Buffer
	r.print(&out)
	for _, want := range []string{
		"firsthand 1.0, peer 2.0. Not installed and left out: absent.",
		"| " + ourName + " | 100.0 % | 100.0 % | – | – | 100.0 % | – | – | 0 | 0 |",
		"| peer -t 90% | 33.3 % | 100.0 % | – | – | 0.0 % | – | – | 0 | 0 |",
		"| peer -t 90% | 3.5 (3.0–4.0) | 2.4 (2.4–2.4) | 3.0 (3.0–3.0) |",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("missing %q in\n%s", want, out.String())
		}
	}
	for _, not := range []string{"71.25", "71 s", "| absent"} {
		if strings.Contains(out.String(), not) {
			t.Errorf("%q in\n%s", not, out.String())
		}
	}
}

func TestEasyCopiesSayWhereTheOriginalIs(t *testing.T) {
	photos, variants := t.TempDir(), t.TempDir()
	m := canvas.Blank(40, 30, color.RGBA{200, 30, 30, 255})
	canvas.Fill(m, image.Rect(0, 0, 10, 30), color.RGBA{30, 30, 200, 255})
	if err := canvas.Save(filepath.Join(photos, "p.jpg"), m, 95); err != nil {
		t.Fatal(err)
	}
	if err := copyText(filepath.Join(photos, "manifest.csv"), "file,scene_group\np.jpg,\n"); err != nil {
		t.Fatal(err)
	}
	if err := copyText(filepath.Join(variants, "truth.csv"), "variant,original,transform,x0,y0,x1,y1\n"); err != nil {
		t.Fatal(err)
	}
	if err := easyCopies(photos, variants); err != nil {
		t.Fatal(err)
	}
	known, err := truth.ReadCopies(photos, variants)
	if err != nil {
		t.Fatal(err)
	}
	if len(known.Rows) != len(easyKinds) {
		t.Fatalf("%d rows, %d kinds", len(known.Rows), len(easyKinds))
	}
	blueLeft := func(name string) bool {
		c, err := canvas.Load(filepath.Join(variants, name))
		if err != nil {
			t.Fatal(err)
		}
		p := c.RGBAAt(2, c.Bounds().Dy()/2)
		return p.B > p.R
	}
	for _, row := range known.Rows {
		box := row.Box
		whole := box == truth.Box{X1: 1, Y1: 1}
		if framed := row.Kind == "letterbox" || row.Kind == "border"; framed == whole {
			t.Errorf("%s: %+v", row.Kind, box)
		}
	}
	if !blueLeft("p__jpeg_q30.jpg") || blueLeft("p__mirror.jpg") {
		t.Error("the mirrored copy is not mirrored")
	}
}
