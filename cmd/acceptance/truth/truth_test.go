package truth

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestEqualValues(t *testing.T) {
	list := func(v ...any) []any { return v }
	for _, c := range []struct {
		name      string
		want, got any
		equal     bool
	}{
		{"numbers in any spelling", "0.50", 0.5, true},
		{"numbers that differ", 0.5, 0.51, false},
		{"text with space around it", " Canon ", "Canon", true},
		{"text in another case", "canon", "Canon", false},
		{"zero offset and Z", "2022:02:24 05:12:33+00:00", "2022:02:24 05:12:33Z", true},
		{"another offset", "2022:02:24 05:12:33+03:00", "2022:02:24 05:12:33Z", false},
		{"a list of one and its member", list("a"), "a", true},
		{"lists", list("a", 1.0), list("a", "1"), true},
		{"lists in another order", list("a", "b"), list("b", "a"), false},
		{"a list and its beginning", list("a", "b"), list("a"), false},
		{"binary data of one length", "(Binary data 12 bytes, use -b option to extract)", "(Binary data 12 bytes)", true},
		{"binary data of another length", "(Binary data 12 bytes, use -b option to extract)", "(Binary data 13 bytes)", false},
	} {
		if got := EqualValues(c.want, c.got, 1e-9); got != c.equal {
			t.Errorf("%s: %v and %v equal: %v", c.name, c.want, c.got, got)
		}
	}
	if !EqualValues(100.0, 100.4, 5e-3) || EqualValues(100.0, 100.6, 5e-3) {
		t.Error("the tolerance is a share of the number")
	}
}

func TestReadCopies(t *testing.T) {
	top := t.TempDir()
	for path, text := range map[string]string{
		"photos/a.jpg": "", "photos/b.JPG": "", "photos/c.png": "", "photos/notes.txt": "",
		"photos/manifest.csv": "file,scene_group\na.jpg,square\nb.JPG,square\nc.png,\n",
		"made/truth.csv": "variant,original,transform,x0,y0,x1,y1\n" +
			"a__tiles.jpg,a.jpg,tiles,0,0,0.5,1\n" +
			"a__tiles.jpg,c.png,tiles,0.5,0,1,1\n" +
			"b__crop.jpg,b.JPG,crop,0,0,1,1\n",
	} {
		path = filepath.Join(top, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := ReadCopies(filepath.Join(top, "photos"), filepath.Join(top, "made"))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Originals) != 3 || len(c.Rows) != 3 || c.Pictures() != 5 {
		t.Errorf("%d originals, %d rows, %d pictures; want 3, 3, 5", len(c.Originals), len(c.Rows), c.Pictures())
	}
	const tiles, crop = "made/a__tiles.jpg", "made/b__crop.jpg"
	if !c.Share(tiles, "photos/c.png") || !c.Share("photos/a.jpg", tiles) || c.Share(tiles, crop) || c.Share("photos/a.jpg", "photos/b.JPG") {
		t.Error("which pictures share an original is wrong")
	}
	if !c.OneScene(tiles, crop) || c.OneScene(crop, "photos/c.png") {
		t.Error("which pictures show one place is wrong")
	}
	if c.Mixed([]string{"photos/a.jpg", tiles}) || !c.Mixed([]string{"photos/a.jpg", tiles, "photos/c.png"}) {
		t.Error("a tile shows both, the photographs do not show each other")
	}
	if n := c.Negatives(); n != 3+1+2+1 {
		t.Errorf("%d pairs must not match, want 7", n)
	}
	if got := c.Rows[1].Box.Overlap(Box{.75, 0, 1.25, 1}); math.Abs(got-1.0/3) > 1e-9 {
		t.Errorf("overlap %v, want a third", got)
	}
}
