package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// exportedTo writes a case to a name of one's choice.
func exportedTo(t testing.TB, format, base string, c *Case, opt Options) (string, []Loss) {
	t.Helper()
	e, err := FindExport(format)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), base)
	out, err := NewOutput(name, e.Folder, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(e.Write(context.Background(), c, opt, out), out.Commit()); err != nil {
		t.Fatal(err)
	}
	return name, out.Losses
}

// TestPartnersGolden holds what partners' programs read to the letter: headers,
// keys, values of their lists.
func TestPartnersGolden(t *testing.T) {
	for _, test := range []struct{ format, base string }{{"atlos", "a.csv"}, {"atlos", "a.zip"}, {"timemap", "map"}, {"uwazi", "u.zip"}} {
		t.Run(test.base, func(t *testing.T) {
			name, losses := exportedTo(t, test.format, test.base, sampleCase(t), Options{})
			var got bytes.Buffer
			for _, l := range losses {
				fmt.Fprintf(&got, "not carried over: %s\n", l)
			}
			texts := textsOfExport(t, name)
			var names []string
			for n := range texts {
				names = append(names, n)
			}
			slices.Sort(names)
			for _, n := range names {
				fmt.Fprintf(&got, "-- %s --\n%s\n", n, strings.ReplaceAll(texts[n], "\r\n", "␍\n"))
			}
			golden := filepath.Join("testdata", "golden", test.format+"-"+test.base+".golden")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("%s differs; run with -update and read the difference", golden)
			}
		})
	}
}

// textsOfExport gives the files of an export by name.
func textsOfExport(t testing.TB, name string) map[string]string {
	t.Helper()
	out := map[string]string{}
	c, err := openContainer(context.Background(), name)
	if err != nil { // one file
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return map[string]string{filepath.Base(name): string(text)}
	}
	defer c.close()
	for n := range c.files {
		text, err := c.read(n, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		out[n] = string(text)
	}
	return out
}

// A full export for Atlos comes back: the records, and each file under the
// address that it was published at.
func TestAtlosArchiveRoundTrip(t *testing.T) {
	c := sampleCase(t)
	name, _ := exportedTo(t, "atlos", "a.zip", c, Options{})
	a, err := ReadAtlos(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if len(a.Bad) > 0 || len(a.Good) != 3 {
		t.Fatalf("%d came back, %v", len(a.Good), a.Bad)
	}
	items := c.ItemOf()
	for i, back := range a.Values() {
		inc, ok := c.Incident(back.Incident)
		if !ok {
			t.Fatalf("%d: there is no incident %s", i, back.Incident)
		}
		sent := withPlainSources(c.whole(inc, items))
		slices.Sort(sent.Members)
		slices.Sort(back.Members)
		if d := differing(numbered(sent), numbered(back)); len(d) > 0 {
			t.Errorf("%s differs in %v:\n%s\n%s", back.Incident, d, fieldsOf(sent), fieldsOf(back))
		}
	}
	src, bad, err := a.Unpack(context.Background(), t.TempDir(), func(s string) string { return s })
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	inv, err := source.Read(context.Background(), src, source.Options{})
	if err != nil || len(inv.Files) != 2 {
		t.Fatalf("%d files, %v", len(inv.Files), err)
	}
}

// atlosArchiveOf makes a full export as Atlos writes it.
func atlosArchiveOf(t testing.TB, files ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "atlos-export-2031-05-02.zip")
	if err := os.WriteFile(name, []byte(zipOf(t, files...)), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// The traps of a full export: two files of one name, files that are not what
// they are said to be, what was deleted, saved pages, names that lead out.
func TestReadAtlosArchive(t *testing.T) {
	meta := fmt.Sprintf(`{"slug":"FAIR-1","attr_description":"A fair on a square","attr_status":"Completed","attr_sensitive":["Not Sensitive"],"attr_date":"2031-05-02",
		"attr_geolocation":{"type":"Point","coordinates":[20.25,-10.5]},"attr_tags":null,"attr_impact":["Structure/Religious"],
		"project_attributes":[{"name":"Crew","id":"1","value":"one"},{"name":"Incident Type","id":"2","value":["Other"]}],
		"versions":[{"id":"v","scoped_id":1,"source_url":"https://example.org/1","visibility":"hidden","inserted_at":"2031-05-02T10:00:00Z","artifacts":[
			{"file_hash_sha256":"%s","type":"upload"},{"file_hash_sha256":"%s","type":"upload"},{"file_hash_sha256":"%s","type":"viewport"},{"file_hash_sha256":"%s","type":"media"}]},
			{"id":"w","scoped_id":2,"source_url":"https://example.org/2","visibility":"removed","artifacts":[]}]}`,
		sum256("one"), sum256("two"), sum256("shot"), sum256("gone"))
	a, err := ReadAtlos(context.Background(), atlosArchiveOf(t,
		"atlos-export-2031-05-02/project.json", "{}",
		"atlos-export-2031-05-02/FAIR-1/metadata.json", meta,
		"atlos-export-2031-05-02/FAIR-1/updates.json", "[]",
		"atlos-export-2031-05-02/FAIR-1/FAIR-1-1/upload_FAIR-1-1.jpg", "one",
		"atlos-export-2031-05-02/FAIR-1/FAIR-1-1/upload_FAIR-1-1.jpg", "two",
		"atlos-export-2031-05-02/FAIR-1/FAIR-1-1/viewport_FAIR-1-1.png", "shot",
		"atlos-export-2031-05-02/FAIR-1/FAIR-1-1/other_FAIR-1-1.png", "not named",
		"atlos-export-2031-05-02/FAIR-2/metadata.json", `{"slug":"FAIR-2","deleted":true}`,
		"atlos-export-2031-05-02/FAIR-3/metadata.json", `[`,
		"atlos-export-2031-05-02/../../evil.jpg", "x",
	))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	want := []string{
		"line 1: FAIR-1 media: no file of FAIR-1/FAIR-1-1 has the SHA-256 " + sum256("gone")[:16] + "… that its description names",
		"line 1: FAIR-1/FAIR-1-1/other_FAIR-1-1.png: its description names no file with these bytes; it is not taken",
		"line 2: FAIR-2: it was deleted in Atlos",
		"line 3: FAIR-3/metadata.json: it is no description of an incident: unexpected end of JSON input",
		"atlos-export-2031-05-02/../../evil.jpg: the name leads out of the folder: \"atlos-export-2031-05-02/../../evil.jpg\"",
	}
	if got := badWords(a.Bad); got != strings.Join(want, "\n") {
		t.Errorf("bad rows:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	if len(a.Good) != 1 {
		t.Fatalf("%d good rows", len(a.Good))
	}
	r := a.Good[0].Value
	if fmt.Sprint(r.Members) != fmt.Sprint([]verify.Digest{verify.Digest(sum256("one")), verify.Digest(sum256("two"))}) || *r.Latitude != -10.5 ||
		fmt.Sprint(r.AreaTypes, r.IncidentTypes) != "[Religious] [Other]" || len(r.Sources) != 1 || !r.Sources[0].Hidden {
		t.Errorf("record %+v", r)
	}
	src, bad, err := a.Unpack(context.Background(), t.TempDir(), strings.ToUpper)
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	for name, want := range map[string]string{"upload_FAIR-1-1.jpg": "one", "upload_FAIR-1-1_2.jpg": "two"} {
		if got, err := os.ReadFile(filepath.Join(src.Dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// Uwazi's archive holds a table that it reads and every file that the table
// names, and nothing else.
func TestUwaziArchive(t *testing.T) {
	c := sampleCase(t)
	south := c.Incidents[1]
	if south.Latitude == nil || *south.Latitude >= 0 {
		t.Fatal("the sample has no southern incident")
	}
	name, losses := exportedTo(t, "uwazi", "u.zip", c, Options{})
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string]bool{}
	var rows [][]string
	for _, f := range z.File {
		if f.Name != "import.csv" {
			files[f.Name] = true
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if rows, err = csv.NewReader(r).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	at := slices.Index(rows[0], "attachments")
	for _, row := range rows[1:] {
		if row[0] == "" {
			t.Error("an entity has no title")
		}
		for n := range strings.SplitSeq(row[at], "|") {
			if n != "" && !files[n] {
				t.Errorf("%s is named and not there", n)
			}
			delete(files, n)
		}
		if cell := row[slices.Index(rows[0], "Geolocation")]; row[1] == south.ID && cell != " -16.5|179.9999" {
			t.Errorf("south of the equator: %q", cell)
		}
	}
	if len(files) > 0 {
		t.Errorf("files that no row names: %v", files)
	}
	if public, _ := exportedTo(t, "uwazi", "p.zip", c, Options{Public: true}); len(textsOfExport(t, public)) != 1 {
		t.Error("the public form has files")
	}
	if !slices.ContainsFunc(losses, func(l Loss) bool { return strings.Contains(l.What, "casualties of I-000001") }) {
		t.Errorf("losses: %v", losses)
	}
}

// What Uwazi's archive holds of a case comes back, with the files, and what does
// not is said.
func TestUwaziRoundTrip(t *testing.T) {
	c := sampleCase(t)
	c.Incidents = append(c.Incidents, assess.Incidents(nil, []assess.Record{{
		Incident: "UW-1", Origin: assess.Imported, Status: verify.Confirmed, WorkStatus: "completed", Titles: map[string]string{"en": "A fair", "uk": "Ярмарок"}, DateStart: "2031-05-02",
		DateEnd: "2031-05-03", IncidentTypes: []string{"Military Activity/Equipment/Lost"}, Tags: []string{"a, b", "ليل"}, Sources: []assess.Source{{ID: "x", URL: "https://example.org/t", Title: "T"}},
		Casualties: &assess.Casualties{All: assess.Toll{Injured: assess.Range{Max: ptr(3)}}},
		Foreign:    &assess.Foreign{Format: uwaziFormat, ID: "UW-1", Fields: map[string]json.RawMessage{"Crew": json.RawMessage(`"=one"`)}},
	}})...)
	name, losses := exportedTo(t, "uwazi", "u.zip", c, Options{})
	u, err := ReadUwazi(context.Background(), name)
	if err != nil || len(u.Bad) > 0 || len(u.Good) != 4 || len(u.found) != 2 {
		t.Fatalf("%d came back with %d files, %v %v", len(u.Good), len(u.found), u.Bad, err)
	}
	defer u.Close()
	for _, back := range u.Values() {
		inc, ok := c.Incident(back.Incident)
		if !ok {
			t.Fatalf("there is no incident %s", back.Incident)
		}
		var lost []string
		for _, field := range differing(numbered(c.whole(inc, c.ItemOf())), numbered(back)) {
			if !slices.ContainsFunc(losses, func(l Loss) bool {
				return strings.HasPrefix(l.What, field+" of ") && strings.Contains(l.What, back.Incident)
			}) {
				lost = append(lost, field)
			}
		}
		if len(lost) > 0 {
			t.Errorf("%s lost %v without a word", back.Incident, lost)
		}
		if back.Incident == "UW-1" && (foreignOf(back, uwaziFormat).text("Crew") != "=one" || len(differing(c.whole(inc, nil), back)) > 1) {
			t.Errorf("%s came back as %s", back.Incident, fieldsOf(back))
		}
	}
}

func TestReadUwazi(t *testing.T) {
	name := filepath.Join(t.TempDir(), "u.zip")
	table := "Title,Date,Geolocation,Incident type,Killed min,Weather,Source,attachments\n" +
		"Fair,2031 05 02~2031 05 03,10.5|20.25,Policing::Detention,2,wet,Post|https://example.org/1,a.jpg|none.jpg\n" +
		"Fair,3/4/2031,10.5,Street theatre,many,,nowhere,\n"
	if err := os.WriteFile(name, []byte(zipOf(t, "import.csv", table, "a.jpg", "one")), 0o600); err != nil {
		t.Fatal(err)
	}
	u, err := ReadUwazi(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	var why []string
	for _, b := range u.Bad {
		why = append(why, fmt.Sprintf("%d %s", b.Line, strings.SplitN(b.Why, ":", 2)[0]))
	}
	if got := strings.Join(why, "; "); got != "2 the archive has no such file; 3 Date; 3 Geolocation; 3 Incident type; 3 Killed min; 3 Source" {
		t.Errorf("bad rows: %s", got)
	}
	r := u.Good[0].Value
	if r.DateStart != "2031-05-02" || r.DateEnd != "2031-05-03" || *r.Longitude != 20.25 || r.IncidentTypes[0] != "Policing/Detention" || *r.Casualties.All.Killed.Min != 2 ||
		r.Sources[0].Title != "Post" || string(r.Foreign.Fields["Weather"]) != `"wet"` || len(r.Members) != 1 {
		t.Errorf("%s", fieldsOf(r))
	}
}

// Hidden sources leave no trace of themselves, not even by a post of a file
// that comes from one.
func TestHiddenSourcesStayHidden(t *testing.T) {
	c := sampleCase(t)
	for i := range c.Incidents {
		c.Incidents[i].Record.Sources = append(c.Incidents[i].Record.Sources, assess.Source{ID: "s", Hidden: true, URL: "https://t.me/s/1", Title: "Ivan", Description: "Ivan's"})
	}
	for _, test := range []struct{ format, base string }{{"atlos", "a.csv"}, {"atlos", "a.zip"}, {"timemap", "map"}, {"uwazi", "u.zip"}} {
		name, _ := exportedTo(t, test.format, test.base, c, Options{})
		for file, text := range textsOfExport(t, name) {
			for _, secret := range []string{"t.me/s/1", "Ivan", "example.org/secret"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: %s gives away %s", test.base, file, secret)
				}
			}
		}
	}
}

// Ten thousand incidents are written and read in the time that a person waits.
func TestTenThousand(t *testing.T) {
	c := &Case{Now: time.Date(2031, 5, 2, 0, 0, 0, 0, time.UTC)}
	var records []assess.Record
	for n := range 10_000 {
		records = append(records, assess.Record{
			Incident: fmt.Sprintf("I-%06d", n), Origin: assess.Manual, Summary: fmt.Sprintf("مهرجان %d on a square", n), DateStart: "2031-05-02",
			Latitude: ptr(10.5), Longitude: ptr(20.25), AreaTypes: []string{"Residential"}, Sources: []assess.Source{{ID: "1", URL: fmt.Sprintf("https://example.org/%d", n)}},
		})
	}
	c.Incidents = assess.Incidents(nil, records)
	for _, test := range []struct{ format, base, read string }{{"atlos", "a.csv", ""}, {"timemap", "map", "events.json"}, {"uwazi", "u.zip", ""}} {
		name, losses := exportedTo(t, test.format, test.base, c, Options{})
		if len(losses) > 10 {
			t.Errorf("%s: %d losses", test.base, len(losses))
		}
		switch test.format {
		case "atlos":
			a, err := ReadAtlos(context.Background(), name)
			if err != nil || len(a.Good) != len(records) || len(a.Bad) > 0 {
				t.Errorf("atlos: %d came back, %v %v", len(a.Good), a.Bad, err)
			}
		case "timemap":
			p, err := ReadTimemap(os.DirFS(name), ".")
			if err != nil || len(p.Good) != len(records) || len(p.Bad) > 0 {
				t.Errorf("timemap: %d came back, %v %v", len(p.Good), p.Bad, err)
			}
		}
	}
}

// Our own map is a map of known incidents to another case, on any day, and the
// circles that it draws are none.
func TestOwnMapAsKnown(t *testing.T) {
	c := sampleCase(t)
	c.Incidents[0].Record.DateStart = geoExtractorNoDate
	name, _ := exportedTo(t, "geojson", "ours.geojson", c, Options{})
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ReadKnown("ours.geojson", bytes.NewReader(text), int64(len(text)), KnownOptions{})
	if err != nil || len(k.Incident.Bad) > 0 {
		t.Fatal(k.Incident.Bad, err)
	}
	var got []string
	for _, v := range k.Incident.Values() {
		got = append(got, knownWords(v))
	}
	want := "I-000001|Удар по школі, بوصف|2022-02-24|48.2501,37.5002±100|Kharkiv, Ukraine|https://example.org/a?b=1&c=2 https://t.me/s/1|1\n" +
		"I-000002|I-000002||-16.5,179.9999±1500|||0\nCIV0001|known to others||nowhere|||0"
	if strings.Join(got, "\n") != want || k.Set != "ours" || k.Skipped == 0 {
		t.Errorf("set %s, %d skipped:\n%s\nwant:\n%s", k.Set, k.Skipped, strings.Join(got, "\n"), want)
	}
}

// An empty case is a case.
func TestPartnersEmpty(t *testing.T) {
	c := &Case{Now: time.Date(2031, 5, 2, 0, 0, 0, 0, time.UTC)}
	for _, test := range []struct{ format, base string }{{"atlos", "a.csv"}, {"atlos", "a.zip"}, {"timemap", "map"}, {"uwazi", "u.zip"}} {
		name, losses := exportedTo(t, test.format, test.base, c, Options{})
		if texts := textsOfExport(t, name); len(texts) == 0 || len(losses) > 0 {
			t.Errorf("%s: %v, %v", test.base, texts, losses)
		}
	}
}

func FuzzUwaziTable(f *testing.F) {
	f.Add([]byte("title,Incident,Date,Geolocation,Tags,All sources,title__uk,x\n=A,I-1,2031-05-02:2031-05-03, -1|2,a|b,\"HIDDEN\nhttps://a.example\",Б,y\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p := &Preview[assess.Record]{}
		s, err := readSheet(bytes.NewReader(data), p.Refuse)
		if err != nil {
			return
		}
		for _, row := range s.rows {
			r, _ := uwaziRecord(&s, row)
			if r.Check() != nil {
				continue
			}
			if _, cells := uwaziSheet(&r); cells[0] == "" && r.Incident != "" {
				t.Fatal("an entity without a title")
			}
		}
	})
}

func FuzzReadAtlosArchive(f *testing.F) {
	f.Add([]byte(`{"slug":"A-1","attr_description":"A fair on a square","attr_status":"To Do","attr_sensitive":["Not Sensitive"],"project_attributes":[{"name":"x","value":["a"]}],"versions":[{"scoped_id":1,"artifacts":[{"file_hash_sha256":"`+sum256("x")+`","type":"upload"}]}]}`), []byte("x"))
	f.Fuzz(func(t *testing.T, meta, file []byte) {
		var j atlosJSON
		if json.Unmarshal(meta, &j) != nil {
			return
		}
		a := &AtlosImport{
			broughtFiles: newBroughtFiles("a", &container{files: map[string]member{"A/A-1/f": text(file)}}),
			in:           map[string][]string{"A/A-1": {"A/A-1/f"}},
		}
		if err := a.incident(context.Background(), newIDs(), 1, "A", &j); err != nil {
			t.Fatal(err)
		}
		for _, r := range a.Values() {
			if _, err := assess.Whole(r); err != nil {
				t.Fatal(err)
			}
			encoded, _ := encodeAtlos(r, false)
			if _, err := io.Discard.Write([]byte(encoded.json().Slug)); err != nil {
				t.Fatal(err)
			}
		}
	})
}
