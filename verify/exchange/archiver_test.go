package exchange

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/source"
)

// folderOf makes files of names and contents.
func folderOf(t testing.TB, namesAndContents ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "saved")
	for i := 0; i < len(namesAndContents); i += 2 {
		full := filepath.Join(dir, filepath.FromSlash(namesAndContents[i]))
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(namesAndContents[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const archiverSheet = "Our sheet;;;\n" +
	"Link;Archive status;Archive location;Hash\n" +
	"https://t.me/fair/1;telegram: success;https://store.example/media/a1.jpg;\n" +
	"\"=HYPERLINK(\"\"https://t.me/fair/5\"\",\"\"fair\"\")\";success;/home/someone/media/b.mp4;\n" +
	"https://t.me/fair/2;success;https://store.example/gone.jpg;\n" +
	"https://t.me/fair/3;Archive in progress;;\n" +
	"https://t.me/fair/4;nothing archived;;\n"

// A sheet's rows with files are taken, with the sheet and nothing else; of the
// others it is said why.
func TestReadArchiver(t *testing.T) {
	dir := folderOf(t, "sheet.csv", archiverSheet, "media/a1.jpg", "one", "media/b.mp4", "two", "holiday.jpg", "mine", "notes.csv", "a,b\n1,2\n")
	for _, name := range []string{dir, filepath.Join(dir, "sheet.csv")} {
		a, err := ReadArchiver(context.Background(), name)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Values(); !slices.Equal(got, []string{"media/a1.jpg", "media/b.mp4"}) {
			t.Errorf("files %q", got)
		}
		var rows []BadRow
		for _, b := range a.Bad {
			if b.Line > 0 {
				rows = append(rows, b)
			}
		}
		want := "line 5: https://t.me/fair/2: its file is not here; download it beside the sheet from https://store.example/gone.jpg\n" +
			"line 6: https://t.me/fair/3: it was being archived when the sheet was saved\n" +
			"line 7: https://t.me/fair/4: auto-archiver saved nothing of it: nothing archived"
		if got := badWords(rows); got != want {
			t.Errorf("bad rows:\n%s\nwant:\n%s", got, want)
		}
		into := t.TempDir()
		src, bad, err := a.Unpack(context.Background(), into, func(s string) string { return s })
		if err != nil || len(bad) > 0 {
			t.Fatal(bad, err)
		}
		inv, err := source.Read(context.Background(), src, source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range inv.Files {
			got = append(got, f.Rel+" "+f.Records[0].URL)
		}
		if !slices.Equal(got, []string{"media/a1.jpg https://t.me/fair/1", "media/b.mp4 https://t.me/fair/5"}) {
			t.Errorf("read again: %q", got)
		}
		// What is given is as it was, and once more is no harm.
		if _, bad, err := a.Unpack(context.Background(), into, func(s string) string { return s }); err != nil || len(bad) > 0 {
			t.Errorf("once more: %v %v", bad, err)
		}
	}
}

func TestReadArchiverNothing(t *testing.T) {
	for name, dir := range map[string]string{
		"no sheet":           folderOf(t, "a.jpg", "x"),
		"a sheet of another": folderOf(t, "s.csv", "name,place\nx,y\n"),
	} {
		if _, err := ReadArchiver(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "no sheet") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzArchiverSheet(f *testing.F) {
	f.Add([]byte(archiverSheet))
	f.Add([]byte("link\tarchive status\nhttps://a.example\tx\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a := &ArchiverImport{}
		a.checkSheet("s.csv", data, map[string]int{})
		for _, b := range a.Bad {
			if b.Why == "" {
				t.Fatal("a bad row without a reason")
			}
		}
	})
}
