package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

func TestOneFileWithoutACase(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{"IMG_20240501_101500.jpg": picture(1, 90, 60), "note.txt": []byte("no picture")})
	t.Chdir(dir)
	opt := testOptions(t, 1)
	for _, name := range []string{"IMG_20240501_101500.jpg", "./IMG_20240501_101500.jpg", filepath.Join(dir, "IMG_20240501_101500.jpg")} {
		it, err := One(t.Context(), name, opt)
		if err != nil {
			t.Fatal(err)
		}
		s := it.Sightings[0]
		if !it.Readable() || len(it.Frames) != 1 || s.Digest != it.Digest || s.Size != it.Size || s.Times[0].Kind != "file_name" {
			t.Errorf("%s: %+v", name, it)
		}
	}
	if it, err := One(t.Context(), "note.txt", opt); err != nil || it.Readable() || it.Media.Kind != extract.Document {
		t.Errorf("a text: %+v, %v", it.Media, err)
	}
	for _, name := range []string{"gone.jpg", ".", "gone/gone.jpg"} {
		if _, err := One(t.Context(), name, opt); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Symlink("note.txt", "link.jpg"); err == nil {
		if _, err := One(t.Context(), "link.jpg", opt); err == nil {
			t.Error("a link was followed")
		}
	}
}

func TestCompareSaysWhatWasCompared(t *testing.T) {
	dir := write(t, "phone", map[string][]byte{
		"a.jpg": picture(1, 480, 320), "other.jpg": picture(2, 480, 320),
		"broken.jpg": picture(1, 480, 320)[:100], "same.jpg": picture(1, 480, 320),
	})
	opt := testOptions(t, 1)
	for name, want := range map[string]struct {
		relation verify.Relation
		why      string
	}{
		"same.jpg":   {verify.Exact, "byte for byte"},
		"other.jpg":  {"", "no shared content found"},
		"broken.jpg": {"", "not compared: "},
	} {
		m, err := Compare(t.Context(), filepath.Join(dir, "a.jpg"), filepath.Join(dir, name), opt)
		if err != nil || m.Relation != want.relation || !strings.Contains(m.Why, want.why) {
			t.Errorf("%s: %q because %q, %v", name, m.Relation, m.Why, err)
		}
	}
	if _, err := Compare(t.Context(), filepath.Join(dir, "a.jpg"), filepath.Join(dir, "gone.jpg"), opt); err == nil {
		t.Error("a file that is not there was compared")
	}
	if it, err := One(t.Context(), filepath.Join(dir, "broken.jpg"), opt); err != nil || it.Media.Kind != extract.Image {
		t.Errorf("a broken picture: %v %v", it.Media.Kind, err)
	}
}
