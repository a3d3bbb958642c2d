package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestNew(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	os.Mkdir("photos", 0o755)
	os.WriteFile("file.jpg", nil, 0o644)
	for _, given := range []string{"photos", "./photos/", filepath.Join(dir, "photos")} {
		src, err := New(given)
		if err != nil || src.Name != "photos" || !filepath.IsAbs(src.Dir) {
			t.Errorf("New(%q) = %+v, %v", given, src, err)
		}
	}
	if _, err := New("gone"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	if _, err := New("file.jpg"); err == nil {
		t.Error("a file was taken for a folder")
	}
	if name := folderName(string(filepath.Separator)); name != "root" {
		t.Errorf("the top folder is named %q", name)
	}
}

func TestDistinct(t *testing.T) {
	given := []Source{{Name: "photos", Dir: "1"}, {Name: "photos", Dir: "2"}, {Name: "photos-2", Dir: "3"}, {Name: "photos", Dir: "4"}, {Name: "x", Dir: "5"}}
	var got []string
	for _, s := range Distinct(given) {
		got = append(got, s.Name+" "+s.Dir)
	}
	equal(t, "names", got, []string{"photos 1", "photos-3 2", "photos-2 3", "photos-4 4", "x 5"})
	if given[1].Name != "photos" {
		t.Error("the argument was changed")
	}
}

func TestShownPath(t *testing.T) {
	for rel, want := range map[string]string{
		"a/b.jpg":        "src/a/b.jpg",
		"a\xff/\xe9.jpg": `src/a\xff/\xe9.jpg`,
		`\xff.jpg`:       `src/\xff.jpg`,
		"міст\ufffd.jpg": "src/міст\ufffd.jpg",
	} {
		if got := ShownPath("src", rel); got != want {
			t.Errorf("ShownPath(%q) = %q, want %q", rel, got, want)
		}
	}
}
