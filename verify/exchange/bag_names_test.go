package exchange

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// caseOf is a case of files with one incident that all are members of.
func caseOf(t testing.TB, kind extract.Kind, mediaType string, content map[string]string) *Case {
	t.Helper()
	dir := t.TempDir()
	c := &Case{ID: strings.Repeat("a", 32), Sources: []Source{{Name: "src", Dir: dir}}}
	inc := verify.Incident{ID: "I-1", Status: verify.Confirmed}
	for name, text := range content {
		full := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o700), os.WriteFile(full, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(full)
		if err != nil {
			t.Fatal(err)
		}
		s := verify.Sighting{Path: source.ShownPath("src", name), Source: "src", Rel: name, Digest: verify.Digest(sum256(text)), Size: info.Size(), ModTime: info.ModTime(),
			Records: []source.Record{{URL: "https://t.me/s/1"}}}
		c.Items = append(c.Items, verify.Item{Digest: s.Digest, Size: s.Size, Media: extract.Media{Kind: kind, MediaType: mediaType}, Sightings: []verify.Sighting{s}})
		inc.Members = append(inc.Members, verify.Member{Path: s.Path, Role: verify.Original, Digest: s.Digest})
	}
	c.Incidents = []assess.Incident{{Incident: inc, Proposed: true}}
	c.Originals, c.Ledger = NewOriginals(c.Sources, nil), ledgerFor(t, c.ID, c.Items[0].Digest)
	t.Cleanup(func() { c.Originals.Close() })
	return c
}

func TestBagKeepsEveryNameThatAFileCanHave(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("this system takes none of these names")
	}
	content := map[string]string{}
	for _, name := range []string{
		"-rf", "$(touch x)", "a%2e%2e", "100%25", "~home", "C:a", `a\..\b`, "con", "=1+1", "two\nlines", "\u202egpj.exe", "n\u0303.jpg", "\u00f1.jpg",
		"\xff\xfe", strings.Repeat("x", 250), "..hidden", "a ", "tab\there", "quote'\"", "*", "deep/er/file",
	} {
		content[name] = "content of " + name
	}
	c := caseOf(t, extract.Other, "text/plain", content)
	if len(c.Items) != len(content) {
		t.Fatal("two names have one content")
	}
	name, out := exported(t, "bagit", c, Options{})
	if len(out.Losses) > 0 {
		t.Errorf("lost %v", out.Losses)
	}
	in, err := ReadBag(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	sources, bad, err := in.Unpack(context.Background(), t.TempDir(), func(string) string { return "" })
	if err != nil || len(bad) > 0 || len(in.Bad) > 0 {
		t.Fatal(err, bad, in.Bad)
	}
	for name, want := range content {
		if got, err := os.ReadFile(filepath.Join(sources[0].Dir, name)); err != nil || string(got) != want {
			t.Errorf("%q is %q, %v", name, got, err)
		}
	}
}

func TestBagWhoseRecordsLeadOut(t *testing.T) {
	c := caseOf(t, extract.Other, "text/plain", map[string]string{"a": "x"})
	for _, rel := range []string{"../evil", "/evil", "a/../../evil", "./a", "a//b", "", "a\x00b"} {
		c.Items[0].Sightings[0].Rel = rel
		b := &BagImport{bag: newBag(&container{})}
		b.bag.sums["data/x"] = map[string]string{"sha256": "d"}
		b.file(1, "src", newFileName(rel), nil, "data/x", "d", false)
		if len(b.Good) > 0 || len(b.Bad) != 1 {
			t.Errorf("%q was taken", rel)
		}
	}
}

func TestPublicBagHoldsCopiesAlone(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	// A text chunk in front of the last one, as a camera's name would be.
	const secret = "tEXtAuthor\x00Olena"
	whole := b.String()
	end := strings.LastIndex(whole, "IEND") - 4
	laden := whole[:end] + "\x00\x00\x00\x0c" + secret + "\x00\x00\x00\x00" + whole[end:]
	c := caseOf(t, extract.Image, "image/png", map[string]string{"Olena/home.png": laden, "clip.mp4": "no such type"})
	for i := range c.Items {
		if strings.HasSuffix(c.Items[i].Sightings[0].Rel, "mp4") {
			c.Items[i].Media = extract.Media{Kind: extract.Video, MediaType: "video/mp4"}
		}
	}
	c.Now, c.Title = time.Unix(0, 0), "Olena's case"
	c.MakePublic(publish.Profile{})
	name, out := exported(t, "bagit", c, Options{Public: true})
	if len(out.Losses) != 1 {
		t.Errorf("want the video named, got %v", out.Losses)
	}
	files := 0
	err := filepath.WalkDir(name, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(p)
		if bytes.Contains(text, []byte("Olena")) || bytes.Contains(text, []byte("home.png")) {
			t.Errorf("%s tells too much", p)
		}
		return err
	})
	if err != nil || files < 10 {
		t.Fatal(files, err)
	}
	if _, err := os.Stat(filepath.Join(name, withheldName)); err != nil {
		t.Error(err)
	}
	in, err := ReadBag(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if len(in.Good) != 1 || in.CaseID != "" {
		t.Errorf("%d files of case %q", len(in.Good), in.CaseID)
	}
}
