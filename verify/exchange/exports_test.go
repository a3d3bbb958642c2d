package exchange

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The contents and names of the sample's files: plain, of another script, and
// of bytes that are no text.
const (
	photo, clip, memo = "a photo", "a clip", "a note"
	clipName          = "відео/مرحبا 100%\n.mp4"
	noteName          = "b\xffd.txt"
)

func at(t time.Time) *time.Time { return &t }

func ptr[T any](v T) *T { return &v }

// sampleCase has what exports stumble over: other scripts, a text that begins
// like a formula, markup, names that are no text, an incident without place and
// time, a place at the edge of the map, and one file in two places.
func sampleCase(t testing.TB) *Case {
	t.Helper()
	dir := t.TempDir()
	modified := time.Date(2022, 3, 4, 5, 6, 7, 0, time.UTC)
	content := map[string]string{"IMG_1.JPG": photo, "copy/IMG_1.JPG": photo, clipName: clip, noteName: memo, "result.json": "{}"}
	for name, text := range content {
		full := filepath.Join(dir, name)
		err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o700), os.WriteFile(full, []byte(text), 0o600), os.Chtimes(full, modified, modified))
		if err != nil {
			t.Skip("this file system does not take such names:", err)
		}
	}
	sighting := func(rel string) verify.Sighting {
		text := content[rel]
		return verify.Sighting{Path: source.ShownPath("tele gram", rel), Source: "tele gram", Rel: rel, Digest: verify.Digest(sum256(text)), Size: int64(len(text)), ModTime: modified}
	}
	first := sighting("IMG_1.JPG")
	first.Account = "@канал"
	first.Records = []source.Record{{
		Format: "telegram-json", Sidecar: "result.json", URL: "https://t.me/s/1", Text: "=HYPERLINK(\"x\") \u202eמלמעלה <b>",
		Posted: &source.PostTime{Instant: modified, Precision: "second"},
	}}
	capture := extract.Time{Kind: extract.Capture, Local: "2022-03-04T07:06:07", OffsetMinutes: ptr(120), Zone: extract.Offset,
		Earliest: modified, Latest: modified.Add(time.Second), Precision: extract.Second, Trust: extract.TrustDevice, Field: "EXIF:DateTimeOriginal", Raw: "2022:03:04 07:06:07"}
	item := func(media extract.Media, sightings ...verify.Sighting) verify.Item {
		return verify.Item{Digest: sightings[0].Digest, Size: sightings[0].Size, Media: media, Sightings: sightings}
	}
	items := []verify.Item{
		item(extract.Media{
			Kind: extract.Image, MediaType: "image/jpeg", Width: ptr(640), Height: ptr(480), Device: extract.Device{Make: "Lumen", Model: "A5", Serial: "1"},
			BestTime: &capture, Times: []extract.Time{capture},
			BestPlace: &extract.Place{Kind: extract.PlaceEXIF, Latitude: ptr(48.25), Longitude: ptr(37.5), AltitudeM: ptr(120.5), Field: "Composite:GPSPosition"},
			Findings:  []extract.Finding{{Code: "resaved", Severity: source.Info, Message: "x"}},
		}, first, sighting("copy/IMG_1.JPG")),
		item(extract.Media{Kind: extract.Video, MediaType: "video/mp4", DurationSeconds: ptr(7.5)}, sighting(clipName)),
		item(extract.Media{Kind: extract.Other, MediaType: "application/octet-stream", Error: "not media"}, sighting(noteName)),
	}
	record := assess.Record{
		Incident: "I-000001", Origin: assess.FromCandidate, Summary: "Удар по школі, بوصف", Description: "-1 <script>alert(1)</script> & \x0bsmoke",
		DateStart: "2022-03-04", TimeLocal: "07:05", Zone: "Europe/Kyiv", TimePrecision: "minute",
		PlaceNames: map[string]string{"en": "Kharkiv", "uk": "Харків"}, Country: "Ukraine", Latitude: ptr(48.2501), Longitude: ptr(37.5002),
		LocationPrecision: assess.PlaceVicinity, AreaTypes: []string{"School or childcare", "Residential"}, Weapons: []string{"Cluster munitions"},
		Casualties: &assess.Casualties{All: assess.Toll{Killed: assess.Range{Min: ptr(2), Max: ptr(5)}}, Children: assess.Toll{Killed: assess.Range{Min: ptr(1)}}, Grade: "fair"},
		Children:   assess.Yes, WorkStatus: "in_progress", Tags: []string{"@night"},
		Sources: []assess.Source{{ID: "1", URL: "https://example.org/a?b=1&c=2"}, {ID: "2", Hidden: true, URL: "https://example.org/secret"}},
	}
	candidates := []verify.Incident{
		{ID: "I-000001", Status: verify.Confirmed, Members: []verify.Member{
			{Path: first.Path, Role: verify.Original, Digest: first.Digest}, {Path: items[1].Path(), Role: verify.Copy, Digest: items[1].Digest},
		}, Earliest: at(modified), Latest: at(modified.Add(time.Minute)), Reasons: []verify.Reason{{Code: "time", Weight: 3, Message: "posted within a minute"}}, Flags: []string{"time-conflict"}},
		{ID: "I-000002", Status: verify.Candidate, Latitude: ptr(-16.5), Longitude: ptr(179.9999), RadiusM: ptr(1500.0), PlaceBasis: "gps", Reasons: []verify.Reason{}, Flags: []string{}},
	}
	foreign := assess.Record{Incident: "CIV0001", Origin: assess.Imported, Summary: "known to others"}
	c := &Case{
		ID: "0123456789abcdef0123456789abcdef", Title: "Sample, \"case\"", Created: modified, Tool: "firsthand test", Now: modified.AddDate(0, 1, 0),
		Items: items, Incidents: assess.Incidents(candidates, []assess.Record{record, foreign}),
		Decisions: []verify.Decision{{Seq: 7, At: modified.Add(time.Hour), Kind: verify.Confirm, Incident: "I-000001", Subjects: []verify.Digest{first.Digest}, Reason: "seen", By: "Іра"}},
		Findings:  []verify.Finding{}, Settings: map[string]string{"zone": "Europe/Kyiv", "import/x": "{}"},
		Sources: []Source{{Name: "tele gram", Dir: dir, Sidecars: []source.Sidecar{{Rel: "result.json", Format: "telegram-json", Records: 1}}}},
	}
	c.Originals, c.Ledger = NewOriginals(c.Sources, nil), ledgerFor(t, c.ID, first.Digest)
	t.Cleanup(func() { c.Originals.Close() })
	return c
}

// exported writes a case and gives the path of what was written.
func exported(t testing.TB, format string, c *Case, opt Options) (string, *Output) {
	t.Helper()
	e, err := FindExport(format)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "out")
	if !e.Folder {
		name += e.Ending[0]
	}
	out, err := NewOutput(name, e.Folder, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(e.Write(context.Background(), c, opt, out), out.Commit()); err != nil {
		t.Fatal(err)
	}
	return name, out
}

// TestGolden holds every header, key and value of what is written; read a
// change of the golden files before keeping it.
func TestGolden(t *testing.T) {
	for format, files := range map[string][]string{"csv": {"incidents.csv", "media.csv"}, "geojson": {""}, "kml": {""}, "case-uco": {""}} {
		t.Run(format, func(t *testing.T) {
			name, _ := exported(t, format, sampleCase(t), Options{})
			for _, f := range files {
				got, err := os.ReadFile(filepath.Join(name, f))
				if err != nil {
					t.Fatal(err)
				}
				golden := filepath.Join("testdata", "golden", strings.Trim(format+"-"+f, "-")+".golden")
				if *update {
					if err := errors.Join(os.MkdirAll(filepath.Dir(golden), 0o755), os.WriteFile(golden, got, 0o644)); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if string(got) != string(want) {
					t.Errorf("%s differs; run with -update and read the difference", golden)
				}
			}
		})
	}
}

// parses says whether a file is what its format asks for, by another reader.
func parses(t *testing.T, format, name string) (features int) {
	t.Helper()
	switch format {
	case "csv":
		f, err := os.Open(filepath.Join(name, incidentsTable))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll() // and every row has as many cells
		if err != nil {
			t.Fatal(err)
		}
		return len(rows) - 1
	case "kml":
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for d := xml.NewDecoder(f); ; {
			token, err := d.Token()
			if err == io.EOF {
				return features
			}
			if err != nil {
				t.Fatal(err)
			}
			if s, ok := token.(xml.StartElement); ok && s.Name.Local == "Placemark" {
				features++
			}
		}
	case "geojson", "case-uco":
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var v struct {
			Features []struct {
				Properties struct{ Kind string }
			}
			Graph []map[string]any `json:"@graph"`
		}
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatal(err)
		}
		for _, f := range v.Features {
			if f.Properties.Kind == "incident" {
				features++
			}
		}
		for _, n := range v.Graph {
			if n["case-investigation:investigationForm"] == "incident" {
				features++
			}
		}
		return features
	}
	return 0
}

func TestExportsOfNothingAndOfMuch(t *testing.T) {
	const many = 10_000
	for _, format := range []string{"csv", "geojson", "kml", "case-uco"} {
		for _, n := range []int{0, many} {
			c := &Case{ID: "0", Title: "sizes"}
			for i := range n {
				c.Incidents = append(c.Incidents, assess.Incident{
					Incident: verify.Incident{ID: fmt.Sprintf("I-%06d", i), Latitude: ptr(float64(i%170) - 85 + 0.5), Longitude: ptr(float64(i%360) - 180 + 0.5), RadiusM: ptr(100.0)},
					Record:   assess.Record{Summary: "подія"},
				})
			}
			name, _ := exported(t, format, c, Options{})
			if got := parses(t, format, name); got != n {
				t.Errorf("%s of %d incidents holds %d", format, n, got)
			}
		}
	}
}

func TestEveryNodeHasAnIdentityOfItsOwn(t *testing.T) {
	name, _ := exported(t, "case-uco", sampleCase(t), Options{})
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Graph []any `json:"@graph"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	defined, used := map[string]bool{}, map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			id, _ := v["@id"].(string)
			_, isLiteral := v["@value"]
			switch {
			case isLiteral:
			case id == "":
				t.Errorf("a node without an identity: %v", v)
			case len(v) == 1:
				used[id] = true
			case defined[id]:
				t.Errorf("two nodes are %s", id)
			default:
				defined[id] = true
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(doc.Graph)
	for id := range used {
		if !defined[id] {
			t.Errorf("%s is referred to and is not there", id)
		}
	}
}

func TestOutlinesAreCirclesOnTheGlobe(t *testing.T) {
	ring := circle(Position{60, 30}, 1000)
	if len(ring) != circlePoints+1 || ring[0] != ring[circlePoints] {
		t.Fatalf("%d corners, %v to %v", len(ring), ring[0], ring[len(ring)-1])
	}
	area := 0.0
	for i, p := range ring[1:] {
		area += ring[i].Longitude*p.Latitude - p.Longitude*ring[i].Latitude
		dy, dx := (p.Latitude-60)*111_195, (p.Longitude-30)*111_195*0.5
		if d := dx*dx + dy*dy; d < 990*990 || d > 1010*1010 {
			t.Errorf("corner %v lies %.0f m² away", p, d)
		}
	}
	if area <= 0 {
		t.Error("the outline runs clockwise")
	}
	for _, p := range []Position{{89.999, 0}, {0, 179.999}, {0, -179.999}} {
		if circle(p, 5000) != nil {
			t.Errorf("an outline that would have to be cut: %v", p)
		}
	}
	if circle(Position{0, 0}, 0) != nil {
		t.Error("a circle without a size")
	}
}
