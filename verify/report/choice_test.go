package report_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/firsthand-media/firsthand/verify/report"
)

// A section that a person leaves out is gone, with its line of the contents,
// and the report says so; nothing else goes with it.
func TestSectionsThatAreLeftOut(t *testing.T) {
	anchors := map[report.Section]string{
		report.Counts: "counts", report.Overview: "overview", report.Incidents: "incidents", report.Likenesses: "likeness", report.Videos: "videos",
		report.Unread: "unread", report.Alone: "alone", report.Clocks: "clocks", report.Notes: "notes",
	}
	whole := html(t, smallCase())
	for _, s := range report.Sections() {
		d := smallCase()
		d.Leave = []report.Section{s}
		page := html(t, d)
		if !strings.Contains(page, "What is left out") || !strings.Contains(page, "Sections that were left out: "+s.InWords()) {
			t.Errorf("that %s is left out is not said", s)
		}
		for other, anchor := range anchors {
			mark := `<h2 id="` + anchor + `"`
			if there := strings.Contains(page, mark); there != (other != s && strings.Contains(whole, mark)) {
				t.Errorf("without %s the section %s is there: %v", s, other, there)
			}
			if other == s && strings.Contains(page, `<a href="#`+anchor+`">`) && s != report.Incidents {
				t.Errorf("the contents still lead to %s", s)
			}
		}
		for _, always := range []string{`id="limits"`, `id="reading"`, `id="record"`} {
			if !strings.Contains(page, always) {
				t.Errorf("without %s, %s is gone too", s, always)
			}
		}
	}
	if strings.Contains(whole, "What is left out") {
		t.Error("a whole report says that something is left out")
	}
}

// A dossier of files shows each of them with its digest, whatever incident it
// is in.
func TestDossierOfFiles(t *testing.T) {
	d := smallCase()
	chosen := d.Items[1].Digest
	d.Media = []verify.Digest{chosen}
	page := html(t, d)
	if !strings.Contains(page, "Firsthand dossier") || !strings.Contains(page, `<h2 id="media">`) || strings.Count(page, string(chosen)) == 0 {
		t.Error("the chosen file is not shown")
	}
	for _, it := range d.Items {
		if it.Digest != chosen && strings.Contains(page, string(it.Digest)) {
			t.Errorf("%s was not chosen", it.Digest)
		}
	}
	told := d.Told()
	if len(told.Items) != 1 || len(told.Incidents) != 0 {
		t.Errorf("%d files and %d incidents are told", len(told.Items), len(told.Incidents))
	}
}

// What is redacted is said where the public form says it, and the case stays as
// it was.
func TestRedactedPage(t *testing.T) {
	d := smallCase()
	path := d.Items[0].Path()
	page := html(t, d)
	if !strings.Contains(page, path) {
		t.Fatalf("%s is not in the report to begin with", path)
	}
	d.Redaction = publish.Redaction{Names: true, People: true, Notes: true}
	shut := html(t, d)
	if strings.Contains(shut, path) || !strings.Contains(shut, "source-1/item-") || !strings.Contains(shut, "names of files") {
		t.Error("names are still told, or that they are not is not said")
	}
	if d.Items[0].Path() != path || len(d.LeftOut()) == 0 {
		t.Error("the case was changed")
	}
	slices.SortFunc(d.Sources, func(a, b report.Source) int { return strings.Compare(a.Name, b.Name) })
	for _, s := range d.Sources {
		if strings.Contains(shut, ">"+s.Name+"<") {
			t.Errorf("the source %s is still named", s.Name)
		}
	}
}

func TestCovered(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 400, 200))
	for y := range 200 {
		for x := range 400 {
			img.Set(x, y, color.RGBA{220, 160, 90, 255})
		}
	}
	var in bytes.Buffer
	if err := jpeg.Encode(&in, img, nil); err != nil {
		t.Fatal(err)
	}
	out, err := report.Covered(in.Bytes(), [][4]float64{{0.25, 0.25, 0.5, 0.75}}, 100)
	if err != nil {
		t.Fatal(err)
	}
	got, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil || got.Bounds().Dx() != 100 || got.Bounds().Dy() != 50 {
		t.Fatalf("%v: %v", err, got.Bounds())
	}
	for y := 13; y < 37; y++ {
		for x := 25; x < 50; x++ {
			if r, g, b, _ := got.At(x, y).RGBA(); max(r, g, b) > 0x3000 {
				t.Fatalf("%d,%d shows through: %x %x %x", x, y, r, g, b)
			}
		}
	}
	if r, _, _, _ := got.At(80, 25).RGBA(); r < 0x8000 {
		t.Error("more than the box is covered")
	}
	if _, err := report.Covered([]byte("no picture"), nil, 100); err == nil {
		t.Error("what is no picture is covered")
	}
}
