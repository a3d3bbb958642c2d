package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"testing"
	"time"
)

// inZip writes the files of a bag into a folder of a zip.
type inZip struct {
	*zip.Writer
	folder string
}

func (z inZip) Write(name string, content func(io.Writer) error) error {
	w, err := z.Create(path.Join(z.folder, name))
	if err != nil {
		return err
	}
	return content(w)
}

// packedBag is a zip with a bag of these files.
func packedBag(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	bag := NewBagWriter(inZip{z, "bag"})
	for name, text := range files {
		if err := bag.text(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(bag.Finish([][2]string{{"Source-Organization", "a test"}}, time.Time{}), z.Close()); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "bag.zip")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestPackedBagComesBack(t *testing.T) {
	files := map[string]string{"data/a.txt": "one", "data/100%25 of Дніпро.txt": "two", "data/two\nlines\r.txt": "three"}
	b, err := OpenPackedBag(context.Background(), packedBag(t, files), BagLimits{Files: 10, Bytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if len(b.Payload) != 3 || b.Folder != "bag" || len(b.Info) != 3 {
		t.Errorf("%+v", b)
	}
	for name, want := range files {
		if text, err := b.Read(name, 100); err != nil || string(text) != want || b.Size(name) != int64(len(want)) || b.Sum(name, "sha256") != sum256(want) {
			t.Errorf("%q is %q, %v", name, text, err)
		}
	}
	dir := t.TempDir()
	at := time.Date(2025, 9, 2, 6, 0, 0, 0, time.UTC)
	if err := b.Lay(context.Background(), dir, []BagPlacing{{"data/a.txt", "x/y.txt", at}}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "x", "y.txt")); err != nil || info.Size() != 3 || !info.ModTime().Equal(at) {
		t.Errorf("%v, %v", info, err)
	}
	b.sums["data/a.txt"]["sha256"] = sum256("another") // as when the zip is changed meanwhile
	if err := b.Lay(context.Background(), t.TempDir(), []BagPlacing{{Name: "data/a.txt", To: "a"}}); err == nil {
		t.Error("other bytes than were checked were laid down")
	}
	for _, to := range []string{"../out", "/out", "x/../../out", ""} {
		if err := b.Lay(context.Background(), dir, []BagPlacing{{Name: "data/a.txt", To: to}}); err == nil {
			t.Errorf("it was laid to %q", to)
		}
	}
}

func TestPackedBagWithinLimits(t *testing.T) {
	name := packedBag(t, map[string]string{"data/a": "one", "data/b": "two"})
	for _, most := range []BagLimits{{Files: 5, Bytes: 1 << 20}, {Files: 10, Bytes: 100}} {
		if b, err := OpenPackedBag(context.Background(), name, most); err == nil {
			b.Close()
			t.Errorf("it was opened within %+v", most)
		}
	}
	// What another bag is warned of, a packed one is refused for.
	twins := packedBag(t, map[string]string{"data/a": "one", "data/A": "one"})
	var invalid *BagError
	if _, err := OpenPackedBag(context.Background(), twins, BagLimits{Files: 10, Bytes: 1 << 20}); !errors.As(err, &invalid) {
		t.Errorf("two names for one file: %v", err)
	}
}
