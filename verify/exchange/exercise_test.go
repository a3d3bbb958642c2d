package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/publish"
)

// writtenFiles gives every file of an export by its name, those in an archive
// too. Objects, which are the media themselves, are left out.
func writtenFiles(t *testing.T, path string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(path, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(p, "objects") {
			return err
		}
		out[filepath.Base(p)], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range out {
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			continue
		}
		delete(out, name)
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if out[f.Name], err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
			r.Close()
		}
	}
	return out
}

// rowsOf gives what stands for itself in a file: a row of a table, a feature, an
// event, a placemark, an incident.
func rowsOf(t *testing.T, name string, content []byte) []string {
	t.Helper()
	var rows []string
	list := func(values []json.RawMessage, wanted string) {
		for _, v := range values {
			if strings.Contains(string(v), wanted) {
				rows = append(rows, string(v))
			}
		}
	}
	var of struct {
		Features []json.RawMessage `json:"features"`
		Graph    []json.RawMessage `json:"@graph"`
	}
	switch {
	case strings.HasSuffix(name, ".csv"):
		table, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table[1:] {
			rows = append(rows, strings.Join(row, "\n"))
		}
	case name == "events.json":
		var events []json.RawMessage
		if err := json.Unmarshal(content, &events); err != nil {
			t.Fatal(err)
		}
		list(events, "")
	case name == "out.kml":
		var doc struct {
			Placemarks []struct {
				Text string `xml:",innerxml"`
			} `xml:"Document>Placemark"`
		}
		if err := xml.Unmarshal(content, &doc); err != nil {
			t.Fatal(err)
		}
		for _, p := range doc.Placemarks {
			rows = append(rows, p.Text)
		}
	case name == "out.geojson", name == "out.jsonld":
		if err := json.Unmarshal(content, &of); err != nil {
			t.Fatal(err)
		}
		list(of.Features, `"kind":"incident"`)
		list(of.Graph, `case-investigation:Investigation"`)
	}
	return rows
}

// Whatever is written of an exercise says in every row that it is one. The rows
// are counted: the sample has three incidents, one of them with a day, without
// which TimeMap takes none, and three items.
func TestExportsOfAnExerciseSaySo(t *testing.T) {
	for format, want := range map[string]map[string]int{
		"csv":      {"incidents.csv": 3, "media.csv": 3},
		"atlos":    {"out.csv": 3},
		"timemap":  {"events.json": 1, "api.csv": 1},
		"geojson":  {"out.geojson": 3},
		"kml":      {"out.kml": 3},
		"uwazi":    {"import.csv": 3},
		"case-uco": {"out.jsonld": 4},
		"bagit":    {},
	} {
		for _, public := range []bool{false, true} {
			c := sampleCase(t)
			c.Exercise = true
			if public {
				c.MakePublic(publish.Profile{})
			}
			path, _ := exported(t, format, c, Options{Public: public})
			files := writtenFiles(t, path)
			for name, n := range want {
				rows := rowsOf(t, name, files[name])
				if !public && len(rows) != n || len(rows) == 0 {
					t.Errorf("%s: %s has %d rows, want %d", format, name, len(rows), n)
				}
				for _, row := range rows {
					if !strings.Contains(row, ExerciseNotice) {
						t.Errorf("%s, public %v: a row of %s does not say it: %.200s", format, public, name, row)
					}
					if name == incidentsTable && !strings.Contains(row, exerciseTag+"\n") {
						t.Errorf("public %v: an incident lacks the tag: %q", public, row)
					}
				}
			}
			if e, _ := FindExport(format); e.Folder && !bytes.Contains(files[exerciseName], []byte(ExerciseNotice)) {
				t.Errorf("%s has no %s", format, exerciseName)
			}
			if format == "bagit" && !bytes.Contains(files["bag-info.txt"], []byte("External-Description: "+ExerciseNotice+". ")) {
				t.Errorf("public %v: bag-info.txt does not say it: %s", public, files["bag-info.txt"])
			}
		}
	}
}

// What is written of a real case says nothing of it, and nor does the case change
// by being exported.
func TestExportsOfARealCaseDoNot(t *testing.T) {
	for _, e := range Exports() {
		c := sampleCase(t)
		path, _ := exported(t, e.Name, c, Options{})
		for name, content := range writtenFiles(t, path) {
			if bytes.Contains(content, []byte(ExerciseNotice)) || name == exerciseName {
				t.Errorf("%s: %s speaks of an exercise", e.Name, name)
			}
		}
		c.Exercise = true
		before := c.Incidents[0].Record.Summary
		exported(t, e.Name, c, Options{})
		if after := c.Incidents[0].Record.Summary; after != before {
			t.Errorf("%s: the incident is now called %q", e.Name, after)
		}
	}
}

// A bag of an exercise is known as one when it comes in.
func TestBagOfAnExerciseIsKnown(t *testing.T) {
	for _, exercise := range []bool{false, true} {
		c := sampleCase(t)
		c.Exercise = exercise
		path, _ := exported(t, "bagit", c, Options{})
		b, err := ReadBag(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		if b.Exercise != exercise {
			t.Errorf("read as an exercise: %v, want %v", b.Exercise, exercise)
		}
	}
}
