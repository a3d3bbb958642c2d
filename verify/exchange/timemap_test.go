package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// mapFiles writes records as the files of a map.
func mapFiles(t testing.TB, records ...assess.Record) (fstest.MapFS, [][]string) {
	t.Helper()
	w := newTimemapWriter()
	var lost [][]string
	for _, r := range records {
		lost = append(lost, w.add(r))
	}
	files := fstest.MapFS{}
	for name, v := range map[string]any{"events.json": w.events, "sources.json": w.sources, "associations.json": w.associations, "api.json": w.download()} {
		var b bytes.Buffer
		if err := writeJSON(&b, v); err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b.Bytes()}
	}
	var b bytes.Buffer
	if err := w.downloadCSV(&b, false); err != nil {
		t.Fatal(err)
	}
	files["api.csv"] = &fstest.MapFile{Data: b.Bytes()}
	return files, lost
}

// forMap is what TimeMap can hold of a record.
func forMap(r assess.Record) assess.Record {
	kept := assess.Record{
		Incident: r.Incident, Status: "candidate", WorkStatus: "candidate", Description: described(r).Description, DateStart: r.DateStart,
		AreaTypes: r.AreaTypes, Weapons: r.Weapons, Latitude: r.Latitude, Longitude: r.Longitude, Sources: r.Sources, TimePrecision: r.TimePrecision,
	}
	if r.TimeLocal != "00:00" && r.TimeLocal != "" {
		kept.TimeLocal = r.TimeLocal[:5]
	}
	if r.PlaceNames != nil {
		kept.PlaceNames = map[string]string{"und": "Млин"}
	}
	return kept
}

// What a map can hold comes back from events.json; what its downloads can hold,
// from these.
func TestTimemapRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var sent []assess.Record
	for n := 0; len(sent) < 1000; n++ {
		rec := forMap(someRecord(r, n))
		if rec.DateStart == "" {
			continue
		}
		if n%3 == 0 {
			rec.Sources = append(rec.Sources, assess.Source{ID: "srcHidden", Hidden: true, Paths: []string{"HIDDEN"}, Title: "-", Description: "Source hidden"})
		}
		sent = append(sent, rec)
	}
	files, lost := mapFiles(t, sent...)
	for i, l := range lost {
		if len(l) > 0 {
			t.Fatalf("%s loses %v", sent[i].Incident, l)
		}
	}
	for _, name := range []string{".", "events.json", "api.json", "api.csv"} {
		p, err := ReadTimemap(files, name)
		if err != nil || len(p.Bad) > 0 || len(p.Good) != len(sent) {
			t.Fatalf("%s: %d of %d came back, %v, %v", name, len(p.Good), len(sent), p.Bad, err)
		}
		for i, back := range p.Values() {
			want := sent[i]
			if strings.HasPrefix(name, "api") {
				want.TimeLocal, want.TimePrecision = "", ""
				back.Description, want.Description = strings.TrimSpace(back.Description), strings.TrimSpace(want.Description)
			}
			if name == "api.csv" {
				for k := range back.Sources { // nothing but addresses
					want.Sources[k].ID = back.Sources[k].ID
				}
			}
			if d := differing(numbered(want), numbered(back)); len(d) > 0 || back.Incident != want.Incident {
				t.Fatalf("%s: %s differs in %v:\n%s\n%s", name, back.Incident, d, fieldsOf(want), fieldsOf(back))
			}
		}
	}
}

func TestTimemapLosses(t *testing.T) {
	r := assess.Record{
		Incident: "I-1", Status: "confirmed", WorkStatus: "completed", Summary: "Summary", Description: "What is seen", DateStart: "2031-05-02", DateEnd: "2031-05-03",
		TimeLocal: "14:05:30", Casualties: &assess.Casualties{Status: "civilian"}, Tags: []string{"a"},
	}
	files, lost := mapFiles(t, r)
	if got := strings.Join(lost[0], " "); got != "casualties date_end status summary tags time_local work_status" {
		t.Errorf("lost: %s", got)
	}
	if events := string(files["events.json"].Data); strings.Contains(events, "Summary") || !strings.Contains(events, `"date": "5/2/2031"`) || !strings.Contains(events, `"time": "14:05"`) {
		t.Errorf("events: %s", events)
	}
}

// The traps of the published files.
func TestReadTimemap(t *testing.T) {
	files := fstest.MapFS{
		"m/events.json": {Data: []byte("\ufeff" + `[
			{"id":"1","civId":"CIV0001","description":"قافلة in a fair","date":"3/4/2031","time":"00:00","location":"Mill","latitude":"10,5","longitude":"-20,25","associations":["asc1","asc9"],"sources":["srcHidden","src1"],"colour":"red","graphic":"TRUE","x":""},
			{"id":"2","civId":"CIV0001","description":"Again","date":"13/4/2031","time":"14:05","latitude":"1","longitude":"","associations":["asc2"],"sources":["src9"]},
			{"id":"CIV 3","description":"Only a place","date":"","time":"","latitude":"10","longitude":"20"},
			7,
			{}]`)},
		"m/sources.json": {Data: []byte(`{"srcHidden":{"id":"srcHidden","paths":["HIDDEN"],"title":"-","description":"Source hidden"},
			"src1":{"id":"src1","paths":["https://example.org/a,b"],"title":"","description":""}}`)},
		"m/associations.json": {Data: []byte(`[{"id":"asc1","title":"Residential","mode":"FILTER","filter_paths":["Type of area affected","Residential"]},
			{"id":"asc2","filter_paths":["Season","Spring"]}]`)},
		"alone/events.json": {Data: []byte(`[{"id":"1","description":"d","date":"3/4/2031","sources":[],"associations":[]}]`)},
		"d.csv":             {Data: []byte("id,date,latitude,longitude,location,description,sources,associations\nCIV1,3/4/2031,10.5,20.5,Mill,\"A fair, twice\",\"https://example.org/a,b,https://example.org/c,HIDDEN\",\"Type of area affected=Residential,Season=Spring, warm\"\n")},
	}
	p, err := ReadTimemap(files, "m")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Good) != 3 {
		t.Fatalf("%d good rows: %v", len(p.Good), p.Bad)
	}
	first, second := p.Good[0].Value, p.Good[1].Value
	if first.Incident != "CIV0001" || first.TimeLocal != "" || first.DateStart != "2031-03-04" || *first.Latitude != 10.5 || *first.Longitude != -20.25 ||
		fmt.Sprint(first.AreaTypes, first.Sensitivity) != "[Residential] [Graphic Violence]" || !first.Sources[0].Hidden || first.Sources[1].URL != "https://example.org/a,b" ||
		string(first.Foreign.Fields["event"]) != `{"colour":"red"}` {
		t.Errorf("first: %+v %s", first, first.Foreign.Fields)
	}
	if second.Incident != "CIV0001-2" || second.DateStart != "" || second.Latitude != nil || string(second.Foreign.Fields["filters"]) != `[["Season","Spring"]]` {
		t.Errorf("second: %+v %s", second, second.Foreign.Fields)
	}
	want := []string{
		`line 1: CIV0001 association: associations.json has no "asc9"`,
		`line 2: CIV0001 source: sources.json has no "src9"`,
		`line 2: CIV0001 id: it repeats, or holds what an identity cannot; the incident is taken as CIV0001-2`,
		`line 2: CIV0001: date: there is no date "13/4/2031"; it is taken as unknown`,
		`line 2: CIV0001: position: latitude and longitude are given together, here one is missing; it is taken as unknown`,
		`line 3: CIV 3 id: it repeats, or holds what an identity cannot; the incident is taken as CIV-3`,
		`line 4: event: the entry is no JSON object`,
		`line 5: event: it states neither what nor where nor when`,
	}
	if got := badWords(p.Bad); got != strings.Join(want, "\n") {
		t.Errorf("bad rows:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	if p, err = ReadTimemap(files, "alone/events.json"); err != nil || len(p.Good) != 1 || len(p.Bad) != 2 {
		t.Errorf("events alone: %v %v", p.Bad, err)
	}
	if p, err = ReadTimemap(files, "d.csv"); err != nil || len(p.Good) != 1 {
		t.Fatal(p.Bad, err)
	}
	r := p.Good[0].Value
	if len(r.Sources) != 3 || r.Sources[0].URL != "https://example.org/a,b" || !r.Sources[2].Hidden || string(r.Foreign.Fields["filters"]) != `[["Season","Spring, warm"]]` {
		t.Errorf("download: %+v %s", r, r.Foreign.Fields)
	}
	// Back on a map, nothing of it is missing.
	back, lost := mapFiles(t, first)
	var events []map[string]any
	if err := json.Unmarshal(back["events.json"].Data, &events); err != nil || len(lost[0]) > 0 || events[0]["colour"] != "red" || events[0]["civId"] != "CIV0001" {
		t.Errorf("back on a map: %v, lost %v, %v", events, lost, err)
	}
}

// A map without positions is a map; one that is no map is one clear error.
func TestTimemapHostile(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "is empty",
		"{}":                                   "is an object",
		"[":                                    "no whole JSON",
		strings.Repeat("[", 20_000):            "no whole JSON",
		"a,b\n1,2\n":                           "has no column id",
		"\x00\xff":                             "not in UTF-8",
		`[{"id":"1","sources":["a"]}` + "\x00": "no whole JSON",
	} {
		if _, err := ReadTimemap(fstest.MapFS{"f": {Data: []byte(text)}}, "f"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %q", text, err, want)
		}
	}
	beside := fstest.MapFS{"events.json": {Data: []byte(`[{"id":"1"}]`)}, "sources.json": {Data: []byte(`[]`)}}
	if _, err := ReadTimemap(beside, "."); err == nil || !strings.Contains(err.Error(), "sources.json") {
		t.Errorf("sources that are none: %v", err)
	}
}

func FuzzReadTimemap(f *testing.F) {
	f.Add([]byte(`[{"id":"1","date":"3/4/2031","time":"00:00","latitude":"1","longitude":"2","sources":["a"],"associations":["b"],"x":1}]`), []byte(`{"a":{"paths":["HIDDEN"]}}`), []byte(`[{"id":"b","filter_paths":["a"]}]`))
	f.Add([]byte(`[{"id":"1","filters":[{"key":"k","value":"v"}],"sources":[{"path":"p"}]}]`), []byte(`{}`), []byte(`[]`))
	f.Add([]byte("id,date,latitude,longitude,location,description,sources,associations\n1,1/1/2031,1,2,a,b,\"https://a,b\",k=v"), []byte(`{}`), []byte(`[]`))
	f.Fuzz(func(t *testing.T, events, sources, associations []byte) {
		p, err := ReadTimemap(fstest.MapFS{"events.json": {Data: events}, "sources.json": {Data: sources}, "associations.json": {Data: associations}}, "events.json")
		if err != nil {
			return
		}
		var dated []assess.Record
		for _, r := range p.Values() {
			if err := r.Check(); err != nil {
				t.Fatal(err)
			}
			if r.DateStart != "" {
				dated = append(dated, r)
			}
		}
		files, _ := mapFiles(t, dated...)
		if again, err := ReadTimemap(files, "."); err != nil || len(again.Good) != len(dated) {
			t.Fatalf("%d of %d came back, %v %v", len(again.Good), len(dated), again.Bad, err)
		}
	})
}
