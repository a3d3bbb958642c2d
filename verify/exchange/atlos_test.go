package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// someRecord is a record with whatever a person may write of an incident.
func someRecord(r *rand.Rand, n int) assess.Record {
	words := []string{"fair", "bridge, north", "قافلة", "=SUM(1)", "-12", "“quoted”", "two\nlines", "Mädchen", "a;b", "+1", "@x", "'=y", "naïve\ttab"}
	word := func() string { return words[r.IntN(len(words))] }
	sentence := func() string {
		var s []string
		for range r.IntN(12) {
			s = append(s, word())
		}
		return strings.TrimSpace(strings.Join(s, " "))
	}
	some := func(list []string) []string {
		var out []string
		for _, v := range list {
			if r.IntN(5) == 0 {
				out = append(out, v)
			}
		}
		return out
	}
	rec := assess.Record{
		Incident: fmt.Sprintf("I-%06x", n), Origin: assess.Manual, Status: []verify.Status{verify.Candidate, verify.Confirmed}[r.IntN(2)],
		Summary: sentence(), Description: sentence(), MoreInfo: sentence(), WorkStatus: assess.WorkStatuses()[r.IntN(7)],
		AreaTypes: some(assess.AreaTypes()), Weapons: some(assess.WeaponSystems()), IncidentTypes: some(assess.IncidentTypes()),
		LocationPrecision: append(assess.LocationPrecisions(), "")[r.IntN(6)], Children: []assess.YesNo{"", "yes", "no", "unclear"}[r.IntN(4)],
		Sources: []assess.Source{},
	}
	rec.Tags = some([]string{"candidate", "market", "Weapon System: Unknown", "ليل", "-", "sensitivity not assessed"})
	for _, s := range assess.Sensitivities() {
		if r.IntN(4) == 0 {
			rec.Sensitivity = append(rec.Sensitivity, s)
		}
	}
	if r.IntN(3) > 0 {
		lat, lon := float64(r.IntN(1_800_000))/1e4-90, float64(r.IntN(3_600_000))/1e4-180
		rec.Latitude, rec.Longitude = &lat, &lon
	}
	if r.IntN(3) > 0 {
		rec.DateStart = fmt.Sprintf("20%02d-%02d-%02d", 10+r.IntN(60), 1+r.IntN(12), 1+r.IntN(28))
		rec.TimeLocal = []string{"", "14:05", "14:05:30", "14:05:00", "00:00"}[r.IntN(5)]
		rec.Zone = []string{"", "Europe/Kyiv", "+03:00"}[r.IntN(3)]
		rec.TimePrecision = append(assess.TimePrecisions(), "")[r.IntN(8)]
		if r.IntN(4) == 0 {
			rec.DateEnd = "2080-01-01"
		}
	}
	if r.IntN(3) == 0 {
		rec.PlaceNames = map[string]string{"en": "Mill", "uk": "Млин"}
	}
	if r.IntN(3) == 0 {
		two, five, level := 2, 5, r.IntN(4)
		rec.Casualties = &assess.Casualties{All: assess.Toll{Killed: assess.Range{Min: &two, Max: &five}}, Status: "civilian", Sources: []string{}}
		rec.Graphic = &level
	}
	for i := range r.IntN(4) {
		rec.Sources = append(rec.Sources, assess.Source{ID: fmt.Sprintf("source_%d", i+1), URL: fmt.Sprintf("https://example.org/%d?a=1,2&b=%d", n, i)})
	}
	return rec
}

func atlosOfRecord(r assess.Record, withTime bool) (atlosExport, []string) {
	a, lost := encodeAtlos(r, withTime)
	return atlosExport{atlosIncident: a}, lost
}

// What is written for Atlos comes back as it was: by its CSV, and by its JSON.
func TestAtlosRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var sent []assess.Record
	var list []atlosExport
	for n := range 2000 {
		rec := someRecord(r, n)
		if err := rec.Check(); err != nil {
			t.Fatal(err)
		}
		a, lost := atlosOfRecord(rec, true)
		if len(lost) > 0 {
			t.Errorf("%s loses %v", rec.Incident, lost)
		}
		if l := length(a.description); l < atlosMinDescription || l > atlosMaxDescription || length(a.moreInfo) > atlosMaxMoreInfo || len(a.sensitive) == 0 || a.status == "" {
			t.Errorf("%s is none that Atlos takes: %+v", rec.Incident, a)
		}
		for _, l := range append(slices.Collect(valuesOf(a.attributes)), a.tags, a.sensitive) {
			for _, v := range l {
				if strings.Contains(v, ",") && !slices.Contains(a.attributes[atlosReportedNear], v) {
					t.Errorf("the value %q holds a comma", v)
				}
			}
		}
		sent, list = append(sent, rec), append(list, a)
	}
	var b bytes.Buffer
	if err := writeAtlosCSV(&b, list, true); err != nil {
		t.Fatal(err)
	}
	p, err := ReadAtlosCSV(&b)
	if err != nil || len(p.Bad) > 0 || len(p.Good) != len(sent) {
		t.Fatalf("%d of %d came back, %v %v", len(p.Good), len(sent), p.Bad, err)
	}
	for i, back := range p.Values() {
		if d := differing(sent[i], back); len(d) > 0 || back.Incident != sent[i].Incident {
			t.Fatalf("%s differs in %v:\n%+v\n%+v", back.Incident, d, fieldsOf(sent[i]), fieldsOf(back))
		}
	}
	for _, rec := range sent {
		a, lost := atlosOfRecord(rec, false)
		text, err := json.Marshal(a.json())
		var j atlosJSON
		if err == nil {
			err = json.Unmarshal(text, &j)
		}
		if err != nil {
			t.Fatal(err)
		}
		read := j.incident()
		back, notes := read.record()
		if rec.Sources = back.Sources; len(lost) > 0 || len(notes) > 0 || len(differing(rec, back)) > 0 {
			t.Fatalf("%s by JSON: lost %v, notes %v, differs in %v", rec.Incident, lost, notes, differing(rec, back))
		}
	}
}

func valuesOf(m map[string][]string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

// What does not fit is said: every field that comes back otherwise, and none
// that comes back.
func TestAtlosLosses(t *testing.T) {
	two := 2
	rec := assess.Record{
		Incident: "I-1", Status: verify.Candidate, WorkStatus: "candidate", Summary: strings.Repeat("long ", 500),
		Description: strings.Repeat("seen ", 500), Titles: map[string]string{"uk": "Міст"}, Members: []verify.Digest{"d"},
		AllegedActor: &assess.AllegedActor{Value: "unknown", Grade: "weak"}, Casualties: &assess.Casualties{All: assess.Toll{Killed: assess.Range{Min: &two}}},
		Sources: []assess.Source{{ID: "a", URL: "https://example.org/a", Title: "T"}, {ID: "b", Hidden: true, Paths: []string{"HIDDEN"}}},
	}
	a, lost := encodeAtlos(rec, true)
	if want := "alleged_actor description_visible_only items title_i18n hidden sources titles and notes of sources"; strings.Join(lost, " ") != want {
		t.Errorf("lost %q, want %q", strings.Join(lost, " "), want)
	}
	if !strings.Contains(a.moreInfo, "\ncasualties: {\"killed_min\":2}") || len(a.sources) != 1 {
		t.Errorf("more_info %q, sources %q", a.moreInfo, a.sources)
	}
}

func TestReadAtlosCSV(t *testing.T) {
	const header = "Status,description,attr_sensitive,latitude,longitude,date,time,Impact,attr_tags,source_1,source_2,Crew,Crew - Notes\n"
	text := "dropped\ufeff" + header +
		"to do,A fair on a square,\"Graphic Violence, Not Sensitive\",'-12.5°,20.25,2031-05-02,00:00:00,\"Structure/Roads, Highways, or Transport, Death/Civilian, Structure/Residential/House\",\"a, b\",https://example.org/1,,\"x, y\",note\n" +
		"Unclaimed,Twice the same fair,Secret,95,1,3/4/2031,25:00:00,,,,,,\n" +
		",,,,,,,,,,,,\n" +
		"To Do,,Not Sensitive,,,,,,,,,,\n" +
		"Paused,'=cmd|' /C calc'!A0,Not Sensitive,,,2031-02-30,,,,,,,,too long\n" +
		"Paused,'=1+1 is a formula,Not Sensitive,1,,2031-02-28,14:05:09,,,,,,\n"
	p, err := ReadAtlosCSV(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, g := range p.Good {
		ids = append(ids, fmt.Sprint(g.Line))
	}
	if got := strings.Join(ids, " "); got != "2 3 7" {
		t.Errorf("lines %s are good", got)
	}
	first := p.Good[0].Value
	if *first.Latitude != -12.5 || first.TimeLocal != "" || first.DateStart != "2031-05-02" || fmt.Sprint(first.AreaTypes) != "[Residential Roads/Highways/Transport]" ||
		fmt.Sprint(first.Tags) != "[a b]" || len(first.Sensitivity) != 2 || first.WorkStatus != "to_do" {
		t.Errorf("first row: %+v", first)
	}
	if got := fmt.Sprintf("%s", first.Foreign.Fields); got != `map[Impact:["Structure/Roads, Highways, or Transport","Death/Civilian","Structure/Residential/House"] attribute: Crew:["x, y"] attribute: Crew - Notes:["note"]]` {
		t.Errorf("kept of the first row: %s", got)
	}
	if third := p.Good[2].Value; third.Summary != "=1+1 is a formula" || third.TimeLocal != "14:05:09" || third.Latitude != nil {
		t.Errorf("last row: %+v", third)
	}
	want := []string{
		`line 6: row: it has 14 cells and the header 13`,
		`line 3: ` + p.Good[1].Value.Incident + `: date: day and month could be either way round: "3/4/2031" is 2031-03-04 or 2031-04-03; say which order the dates have; it is taken as unknown`,
		`line 3: ` + p.Good[1].Value.Incident + `: position: latitude and longitude look swapped: 95, 1; it is taken as unknown`,
		`line 3: ` + p.Good[1].Value.Incident + `: sensitive "Secret" is none of Atlos' values and is left out`,
		`line 5: : the description is empty; Atlos wants 8 to 2000 letters`,
		`line 7: ` + p.Good[2].Value.Incident + `: position: latitude and longitude are given together, here one is missing; it is taken as unknown`,
		`line 7: ` + p.Good[2].Value.Incident + `: status "Paused" is none of Atlos; it is taken as To Do`,
	}
	if got := badWords(p.Bad); got != strings.Join(want, "\n") {
		t.Errorf("bad rows:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	if _, err := ReadAtlosCSV(strings.NewReader("status,description\nTo Do,Some words here\n")); err == nil || !strings.Contains(err.Error(), "no column sensitive") {
		t.Errorf("a table without a column that Atlos needs: %v", err)
	}
}

// An incident that came from Atlos goes back as it came.
func TestAtlosThereAndBack(t *testing.T) {
	const text = "slug,inserted_at,updated_at,latitude,longitude,status,assignments,description,date,time,tags,geolocation_resolution,more_info,restrictions,sensitive,source_1,Incident Type,Reported Near,Impact,Equipment Used,Crew\r\n" +
		"FAIR-1A2B3C,2031-05-02 10:00:00,2031-05-03 10:00:00,10.5,20.25,Completed,\"ada, max\",A fair on a square,2031-05-02,14:05:00,\"market, north\",Vicinity,Wide street,Frozen,Not Sensitive,https://example.org/1,\"Civilian Activity, Other\",\"Mill, north\",\"Structure/Residential/House, Death/Civilian\",Launch System/Self-Propelled,\"x, y\"\r\n"
	p, err := ReadAtlosCSV(strings.NewReader(text))
	if err != nil || len(p.Bad) > 0 {
		t.Fatal(p.Bad, err)
	}
	a, lost := atlosOfRecord(p.Good[0].Value, true)
	var b bytes.Buffer
	if err := writeAtlosCSV(&b, []atlosExport{a}, false); err != nil || len(lost) > 0 {
		t.Fatal(lost, err)
	}
	if b.String() != text {
		t.Errorf("went back as\n%s\nnot\n%s", b.String(), text)
	}
}

// Atlos' own option with commas, which its CSV cannot carry, goes out as its
// group and a tag and comes back as what it was; a byte order mark inside a text,
// before which Atlos would drop all, does not go out.
func TestAtlosOwnTraps(t *testing.T) {
	p, err := ReadAtlosCSV(strings.NewReader("status,description,sensitive,Impact\nTo Do,A bridge\ufeff on a river,Not Sensitive,\"Structure/Roads, Highways, or Transport\"\n"))
	if err != nil || len(p.Good) != 1 {
		t.Fatal(p.Bad, err)
	}
	r := p.Good[0].Value
	if fmt.Sprint(r.AreaTypes) != "[Roads/Highways/Transport]" {
		t.Fatalf("areas %v", r.AreaTypes)
	}
	a, _ := atlosOfRecord(r, true)
	if fmt.Sprint(a.attributes[atlosImpact], a.tags) != "[Structure] [Type of area affected: Roads/Highways/Transport]" {
		t.Errorf("impact %q, tags %q", a.attributes[atlosImpact], a.tags)
	}
	var b bytes.Buffer
	if err := writeAtlosCSV(&b, []atlosExport{a}, false); err != nil || strings.Contains(b.String(), byteOrderMark) || !strings.Contains(b.String(), "A bridge on a river") {
		t.Errorf("%v: %q", err, b.String())
	}
	back, err := ReadAtlosCSV(&b)
	if err != nil || fmt.Sprint(back.Good[0].Value.AreaTypes) != "[Roads/Highways/Transport]" || len(back.Good[0].Value.Tags) > 0 {
		t.Errorf("came back as %+v, %v", back.Good[0].Value, err)
	}
}

func FuzzReadAtlosCSV(f *testing.F) {
	f.Add([]byte("status,description,sensitive,latitude,longitude,date,time,tags,more_info\nTo Do,A fair on a square,Not Sensitive,1,2,2031-05-02,14:05:00,\"a, b\",\"x\n\nRecorded in Firsthand:\ntz: +03:00\"\n"))
	f.Add([]byte("\ufeffstatus,description,sensitive,Impact\n,'=x,,\"Structure/Roads, Highways, or Transport\"\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ReadAtlosCSV(bytes.NewReader(text))
		if err != nil {
			return
		}
		var list []atlosExport
		for _, r := range p.Values() {
			if err := r.Check(); err != nil {
				t.Fatalf("%s: %v", r.Incident, err)
			}
			a, _ := atlosOfRecord(r, true)
			list = append(list, a)
		}
		if err := writeAtlosCSV(&bytes.Buffer{}, list, true); err != nil {
			t.Fatal(err)
		}
	})
}
