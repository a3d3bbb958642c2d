package api

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/report"
)

func made(t *testing.T, c *Case, form HandOnForm) (HandOn, Draft) {
	t.Helper()
	out, err := ask[HandOn](t, c, "draftReport", nil, form)
	if err != nil {
		t.Fatal(err)
	}
	if out.Later {
		return out, Draft{}
	}
	d, err := c.api.Draft(c.ID, out.Draft)
	if err != nil {
		t.Fatal(err)
	}
	return out, d
}

// What is looked at is what is written, byte for byte, and nothing that is
// there is written over.
func TestWhatIsShownIsWhatIsWritten(t *testing.T) {
	c, item := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	for _, form := range []HandOnForm{{Format: htmlFormat}, {Format: "geojson"}, {Format: htmlFormat, Media: []verify.Digest{item}, Pictures: noPictures}} {
		out, shown := made(t, c, form)
		dir := t.TempDir()
		saved, err := ask[Saved](t, c, "saveReport", nil, SaveIn{Draft: out.Draft, Folder: dir, Name: out.Name})
		if err != nil {
			t.Fatal(err)
		}
		written, err := os.ReadFile(saved.Path)
		if err != nil || !bytes.Equal(written, shown.Body) || len(out.Files) != 1 || out.Files[0].Bytes != len(written) {
			t.Errorf("%s: %d bytes are written and %d were shown (%v)", form.Format, len(written), len(shown.Body), err)
		}
		_, err = ask[Saved](t, c, "saveReport", nil, SaveIn{Draft: out.Draft, Folder: dir, Name: out.Name})
		e, ok := err.(*Error)
		if !ok || e.Status != http.StatusConflict || e.Hint == "" {
			t.Errorf("a second time: %v", err)
		}
		if again, _ := os.ReadFile(saved.Path); !bytes.Equal(again, written) {
			t.Error("what was there is another now")
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestFolderOfTables(t *testing.T) {
	c, _ := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	out, shown := made(t, c, HandOnForm{Format: "csv"})
	if !out.Folder || len(out.Files) != 2 || !strings.HasPrefix(out.Text, "incident,") {
		t.Fatalf("%+v", out)
	}
	z, err := zip.NewReader(bytes.NewReader(shown.Body), int64(len(shown.Body)))
	if err != nil || len(z.File) != 2 {
		t.Fatalf("%v: %d files", err, len(z.File))
	}
	saved, err := ask[Saved](t, c, "saveReport", nil, SaveIn{Draft: out.Draft, Folder: t.TempDir(), Name: "tables"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range out.Files {
		if info, err := os.Stat(filepath.Join(saved.Path, f.Name)); err != nil || int(info.Size()) != f.Bytes {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// A bag copies the files: it is made when it is written, and says before that
// it holds everything.
func TestBagIsMadeWhenItIsWritten(t *testing.T) {
	c, _ := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	out, _ := made(t, c, HandOnForm{Format: "bagit"})
	if !out.Later || !out.Holds.Originals || len(out.Files) != 0 {
		t.Fatalf("%+v", out)
	}
	saved, err := ask[Saved](t, c, "saveReport", nil, SaveIn{Draft: out.Draft, Folder: t.TempDir(), Name: "bag"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(saved.Path, "bagit.txt")); err != nil {
		t.Error(err)
	}
	if _, err := ask[HandOn](t, c, "draftReport", nil, HandOnForm{Format: "bagit", Names: true}); err == nil {
		t.Error("a bag of the files themselves is redacted")
	}
}

func TestSaveRefusals(t *testing.T) {
	c, _ := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	out, _ := made(t, c, HandOnForm{Format: "geojson"})
	dir := t.TempDir()
	for _, in := range []SaveIn{
		{Draft: out.Draft, Folder: dir, Name: "../away"}, {Draft: out.Draft, Folder: dir, Name: ".."}, {Draft: out.Draft, Folder: dir, Name: ""},
		{Draft: out.Draft, Folder: dir, Name: "a\x00b"}, {Draft: out.Draft, Folder: dir, Name: `a\b`}, {Draft: out.Draft, Folder: dir, Name: strings.Repeat("x", 300)},
		{Draft: out.Draft, Folder: filepath.Join(dir, "nowhere"), Name: "x"}, {Draft: out.Draft, Folder: "relative", Name: "x"}, {Draft: "none", Folder: dir, Name: "x"},
	} {
		if saved, err := ask[Saved](t, c, "saveReport", nil, in); err == nil {
			t.Errorf("%+v is written to %s", in, saved.Path)
		}
	}
	if list, _ := os.ReadDir(dir); len(list) > 0 {
		t.Errorf("%d things were written", len(list))
	}
	two := 9
	for _, form := range []HandOnForm{{Format: "docx"}, {Format: htmlFormat, Pictures: "vivid"}, {Format: htmlFormat, Decimals: &two}, {Format: htmlFormat, Leave: []report.Section{"limits"}}, {Format: htmlFormat, Incidents: []string{"I-none"}}} {
		if _, err := ask[HandOn](t, c, "draftReport", nil, form); err == nil {
			t.Errorf("%+v is made", form)
		}
	}
}

// What a person leaves out of a report is nowhere in it, and the report says
// what kind of thing is missing.
func TestRedactedReport(t *testing.T) {
	c, item := reviewedCase(t)
	atWork(t, c, "Ada Lovelace", 1)
	sheet := sheetOf(item, "KEEPWORD", assess.Pass, "probable", "partly_verified")
	sheet.Done, sheet.Single = true, true
	write(t, c, sheet)
	one := 1
	out, open := made(t, c, HandOnForm{Format: htmlFormat, Media: []verify.Digest{item}})
	for _, word := range []string{"KEEPWORD", "Ada Lovelace", "harbour.jpg", "46.48251"} {
		if !bytes.Contains(open.Body, []byte(word)) {
			t.Fatalf("%q is not in the report to begin with", word)
		}
	}
	if !slices.Contains(out.Holds.People, "Ada Lovelace") || out.Holds.Notes == 0 || out.Holds.Positions == 0 {
		t.Errorf("what it holds is not said: %+v", out.Holds)
	}
	out, shut := made(t, c, HandOnForm{Format: htmlFormat, Media: []verify.Digest{item}, People: true, Names: true, Notes: true, Decimals: &one, Leave: []report.Section{report.Decisions}})
	for _, word := range []string{"KEEPWORD three", "KEEPWORD no second", "Ada Lovelace", "harbour.jpg", "46.48", "phone/"} {
		if bytes.Contains(shut.Body, []byte(word)) {
			t.Errorf("%q is still in the report", word)
		}
	}
	for _, word := range []string{"person 1", "source-1/item-0001", "What is left out", "decisions of people", string(item)} {
		if !bytes.Contains(shut.Body, []byte(word)) {
			t.Errorf("%q is not in the report", word)
		}
	}
	if len(out.Holds.People) != 1 || out.Holds.People[0] != "person 1" || len(out.LeftOut) < 3 {
		t.Errorf("what it holds: %+v, what it leaves out: %+v", out.Holds, out.LeftOut)
	}
}

var pictures = regexp.MustCompile(`data:image/jpeg;base64,([A-Za-z0-9+/=]+)`)

// Only what was ticked is sharp, and what was covered in it is black.
func TestSharpPicturesAreTickedAndCovered(t *testing.T) {
	c, item := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	c.api.program.Picture = func(_ context.Context, path string, _, _ int) ([]byte, error) { return os.ReadFile(path) }
	other := view(t, c).Items[1].Digest
	err := c.Writing(t.Context(), func(f *casefile.File) error {
		_, err := f.Mark(t.Context(), verify.Mark{Items: []verify.Digest{item}, By: "Ada", Masks: &[]verify.Mask{{X: 0, Y: 0, Width: 0.5, Height: 0.5}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	form := HandOnForm{Format: htmlFormat, Media: []verify.Digest{item, other}, Pictures: sharpPictures}
	out, page := made(t, c, form)
	if out.Holds.Sharp != 0 || largest(t, page.Body) > 48 || len(out.Pictures) != 2 {
		t.Fatalf("without a tick %d pictures are sharp, the largest has %d pixels", out.Holds.Sharp, largest(t, page.Body))
	}
	form.Sharp = []verify.Digest{item}
	out, page = made(t, c, form)
	if out.Holds.Sharp != 1 {
		t.Fatalf("%d pictures are sharp", out.Holds.Sharp)
	}
	sharp := 0
	for _, img := range inPage(t, page.Body) {
		if img.Bounds().Dx() <= 48 {
			continue
		}
		sharp++
		if w, h := img.Bounds().Dx(), img.Bounds().Dy(); !black(img, image.Rect(4, 4, w/2-4, h/2-4)) || black(img, image.Rect(w/2+8, h/2+8, w, h)) {
			t.Error("what was covered shows, or more than it is covered")
		}
	}
	if sharp != 1 || bytes.Contains(page.Body, []byte("Pictures are softened on purpose.")) {
		t.Errorf("%d sharp pictures are in the page", sharp)
	}
	form.Pictures = softPictures // the ticks hold with sharp alone
	if _, page = made(t, c, form); largest(t, page.Body) > 48 {
		t.Error("a picture that was to be softened is sharp")
	}
	form.Pictures = noPictures
	if _, page = made(t, c, form); len(inPage(t, page.Body)) != 0 {
		t.Error("there are pictures in a report without any")
	}
}

func inPage(t *testing.T, page []byte) []image.Image {
	t.Helper()
	var out []image.Image
	for _, m := range pictures.FindAllSubmatch(page, -1) {
		body, err := base64.StdEncoding.DecodeString(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, img)
	}
	return out
}

func largest(t *testing.T, page []byte) int {
	t.Helper()
	most := 0
	for _, img := range inPage(t, page) {
		most = max(most, img.Bounds().Dx(), img.Bounds().Dy())
	}
	return most
}

func black(img image.Image, r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y += 3 {
		for x := r.Min.X; x < r.Max.X; x += 3 {
			if red, green, blue, _ := img.At(x, y).RGBA(); max(red, green, blue) > 0x2000 {
				return false
			}
		}
	}
	return true
}

// Drafts are kept in memory, the last few of a case.
func TestDraftsAreForgotten(t *testing.T) {
	c, _ := reviewedCase(t)
	atWork(t, c, "Ada", 1)
	first, _ := made(t, c, HandOnForm{Format: "geojson"})
	for range keptDrafts {
		made(t, c, HandOnForm{Format: "geojson"})
	}
	if _, err := c.api.Draft(c.ID, first.Draft); err == nil {
		t.Error("an old draft is still kept")
	}
	if _, err := c.api.Draft("another", first.Draft); err == nil {
		t.Error("a draft is given for another case")
	}
}
