package ingest

import (
	"bytes"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func shownAs(t *testing.T, content []byte, orientation, side int) ([]byte, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return Picture(t.Context(), inProcess{}, f, orientation, side)
}

func TestPictureIsUprightAndNoLargerThanAsked(t *testing.T) {
	// A comment stands for all that the file says beside its picture.
	secret := []byte("\xff\xfe\x00\x08secret")
	content := picture(5, 400, 200)
	content = append(append(append([]byte{}, content[:2]...), secret...), content[2:]...)
	for _, x := range []struct{ orientation, side, w, h int }{
		{1, 1000, 400, 200}, {0, 100, 100, 50}, {6, 1000, 200, 400}, {8, 100, 50, 100}, {99, 1000, 400, 200}, {1, 0, 1, 1},
	} {
		out, err := shownAs(t, content, x.orientation, x.side)
		if err != nil {
			t.Fatal(err)
		}
		c, err := jpeg.DecodeConfig(bytes.NewReader(out))
		if err != nil || c.Width != x.w || c.Height != x.h {
			t.Errorf("orientation %d at most %d: %d x %d (%v), want %d x %d", x.orientation, x.side, c.Width, c.Height, err, x.w, x.h)
		}
		if bytes.Contains(out, []byte("secret")) {
			t.Error("the picture carries what the file says of itself")
		}
	}
	if out, err := shownAs(t, content[:len(content)*2/3], 1, 1000); err != nil || len(out) == 0 {
		t.Errorf("of a file that is cut off the rest is not shown: %v", err)
	}
}

func TestPictureOfWhatIsNone(t *testing.T) {
	for name, content := range map[string]string{
		"text": "no picture", "a page": "<!doctype html><script>alert(1)</script>", "a drawing": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "nothing": "",
	} {
		if out, err := shownAs(t, []byte(content), 1, 1000); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s gives %d bytes and %v", name, len(out), err)
		}
	}
}
