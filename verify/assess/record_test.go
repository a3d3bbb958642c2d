package assess

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// full is a record with every field set, by the texts that a person would type.
func full(t *testing.T) Record {
	t.Helper()
	r := Record{Incident: "CIV-0001"}
	for _, s := range [][2]string{
		{"origin", "manual"}, {"status", "confirmed"}, {"items", strings.Repeat("a", 64) + ";" + strings.Repeat("b", 64)},
		{"summary", "Обстріл"}, {"description_visible_only", "=a block of flats"}, {"more_info", "x"}, {"title_i18n.uk", "Удар"}, {"title_i18n.ar", "ضربة"},
		{"date_start", "2022-03-04"}, {"date_end", "2022-03-05"}, {"time_local", "14:05"}, {"tz", "Europe/Kyiv"}, {"time_precision", "part_of_day"}, {"date_basis", "shadow; post"},
		{"place_name_i18n.en", "Kharkiv"}, {"admin1", "Kharkiv"}, {"admin2", "Kharkiv"}, {"country", "Ukraine"}, {"position", "49.99,36.23"},
		{"location_precision", "vicinity"}, {"location_basis", "satellite picture"}, {"public", "50.0,36.2"}, {"publish_location", "fuzzed"},
		{"area_type", "residential;food/food infrastructure"}, {"weapon_system", "CLUSTER MUNITIONS"}, {"incident_type", "Military Activity/Strike"},
		{"violation_type", "Unlawful_attacks"}, {"protected_objects", "Journalists"}, {"killed", "3-5"}, {"children_killed", "1"}, {"injured", "10-"},
		{"medical_staff_injured", "-2"}, {"casualties.status", "civilian"}, {"casualties.visible_in_media", "no"}, {"casualties.grade", "fair"}, {"casualties.source_ids", "src1"},
		{"children_casualties", "yes"}, {"alleged_actor.value", "somebody"}, {"alleged_actor.grade", "contested"}, {"duplicate_of", "CIV-0002"},
		{"related", "CIV-0003:same_attack;A:B:see_also"}, {"work_status", "ready_for_review"}, {"tags", "a;b"}, {"sources", "https://t.me/x/1; HIDDEN"},
		{"sensitivity", "graphic violence"}, {"graphic_level", "2"},
	} {
		var err error
		if r, err = r.Set(s[0], s[1]); err != nil {
			t.Fatal(err)
		}
	}
	r.Foreign = &Foreign{Format: "timemap", ID: "CIV0001", Fields: map[string]json.RawMessage{"civId": json.RawMessage(`"CIV0001"`)}}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return r
}

// A record goes through its change, its JSON and back unharmed.
func TestRecordsComeBackWhole(t *testing.T) {
	want := full(t)
	c, err := Whole(want)
	if err != nil {
		t.Fatal(err)
	}
	c.Seq, c.By, c.At = 7, "Ada", time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	book, err := NewBook([]Change{c})
	if err != nil {
		t.Fatal(err)
	}
	want.CreatedBy, want.CreatedAt, want.UpdatedBy, want.UpdatedAt = c.By, c.At, c.By, c.At
	if got := book.Records(); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var again Record
	if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("%v: JSON gives %+v", err, again)
	}
	if !strings.Contains(string(text), `"killed_min":3,"killed_max":5,"injured_min":10,"injured_max":null,"children_killed_min":1`) {
		t.Errorf("casualties are not flat: %s", text)
	}
}

func TestEveryFieldCanBeEmptied(t *testing.T) {
	r := full(t)
	for _, name := range Fields() {
		var err error
		if r, err = r.Set(strings.Replace(name, "*", "uk", 1), ""); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	r.Foreign = nil
	r, _ = r.Set("title_i18n.ar", "")
	r, _ = r.Set("place_name_i18n.en", "")
	if got, err := keysOf(r); err != nil || !reflect.DeepEqual(got, must(keysOf(Record{Incident: r.Incident}))) {
		t.Errorf("%v: something is left: %+v", err, r)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestRecordsThatCannotBe(t *testing.T) {
	for _, c := range []struct{ sets, want string }{
		{"area_type=Village", "Residential, Industrial"},
		{"weapon_system=cluster", "it is one of Unknown"},
		{"killed=5-3", "the least, 5, is more than the most, 3"},
		{"killed=many", "is no number of people"},
		{"killed=-", "is no number of people"},
		{"killed=2|children_killed=3", "children_killed is at least 3 and killed at most 2"},
		{"latitude=50", "go together"},
		{"position=91,0", "latitude lies within"},
		{"position=50,30,100", "location_precision"},
		{"latitude=NaN", "is not a number"},
		{"date_start=4/5/2022", "a day is written as"},
		{"date_start=2022-02-30", "a day is written as"},
		{"date_end=2022-03-04", "stands without date_start"},
		{"date_start=2022-03-04|date_end=2022-03-03", "before date_start"},
		{"time_local=14:05", "stands without date_start"},
		{"date_start=2022-03-04|time_local=2pm", "a time is written as"},
		{"date_start=2022-03-04|tz=three hours", "tz is"},
		{"graphic_level=4", "graphic_level is 4"},
		{"duplicate_of=CIV-0001", "no duplicate of itself"},
		{"related=CIV-2:cousin", "same_attack"},
		{"items=photo.jpg", "SHA-256"},
		{"sources=[{\"adress\":1}]", "unknown field"},
		{"nothing=1", "no such field"},
		{"created_by=Eve", "no such field"},
	} {
		r := Record{Incident: "CIV-0001"}
		var err error
		for set := range strings.SplitSeq(c.sets, "|") {
			field, value, _ := strings.Cut(set, "=")
			if err == nil {
				r, err = r.Set(field, value)
			}
		}
		if err == nil {
			err = r.Check()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.sets, err, c.want)
		}
	}
}

func TestChildCasualties(t *testing.T) {
	for _, c := range []struct {
		sets string
		want YesNo
	}{
		{"", ""}, {"killed=5", ""}, {"children_casualties=unclear|children_killed=1", Unclear},
		{"children_killed=1", Yes}, {"children_injured=2-", Yes}, {"children_killed=0-3", Unclear}, {"children_killed=0-", Unclear},
		{"children_killed=0", Unclear}, {"children_killed=0|children_injured=0", No}, {"children_killed=-4", Unclear},
		{"children_killed=0|children_injured=1-2", Yes},
	} {
		var r Record
		for set := range strings.SplitSeq(c.sets, "|") {
			if field, value, ok := strings.Cut(set, "="); ok {
				r = must(r.Set(field, value))
			}
		}
		if got := r.ChildCasualties(); got != c.want {
			t.Errorf("%s: %q, want %q", c.sets, got, c.want)
		}
	}
}

// No zone is made up: without one the bounds span every zone there is.
func TestSpanOfARecord(t *testing.T) {
	for _, c := range []struct{ day, end, clock, zone, from, to string }{
		{"", "", "", "", "", ""},
		{"2022-03-04", "", "", "", "2022-03-03T10:00:00Z", "2022-03-05T11:59:59Z"},
		{"2022-03-04", "2022-03-06", "", "", "2022-03-03T10:00:00Z", "2022-03-07T11:59:59Z"},
		{"2022-03-04", "", "", "+02:00", "2022-03-03T22:00:00Z", "2022-03-04T21:59:59Z"},
		{"2022-07-04", "", "14:05", "Europe/Kyiv", "2022-07-04T11:05:00Z", "2022-07-04T11:05:59Z"},
		{"2022-03-04", "", "14:05:07", "Europe/Kyiv", "2022-03-04T12:05:07Z", "2022-03-04T12:05:07Z"},
		{"2022-03-04", "", "14:05", "", "2022-03-04T00:05:00Z", "2022-03-05T02:05:59Z"},
		{"2022-03-04", "", "14:05", "Nowhere/City", "2022-03-04T00:05:00Z", "2022-03-05T02:05:59Z"},
	} {
		r := Record{DateStart: c.day, DateEnd: c.end, TimeLocal: c.clock, Zone: c.zone}
		from, to := r.Span()
		got := []string{"", ""}
		if from != nil {
			got = []string{from.Format(time.RFC3339), to.Format(time.RFC3339)}
		}
		if got[0] != c.from || got[1] != c.to {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// changes makes changes of three incidents at random, each of which a book
// took.
func changes(t *testing.T, r *rand.Rand) []Change {
	t.Helper()
	book := must(NewBook(nil))
	var out []Change
	for seq := range int64(40) {
		c := Change{Seq: seq + 1, By: "Ada", Incident: fmt.Sprintf("CIV-%d", r.IntN(3)), At: time.Date(2026, 5, 1, 12, 0, int(seq), 0, time.UTC)}
		switch r.IntN(5) {
		case 0:
			c.Fields = json.RawMessage(fmt.Sprintf(`{"summary":"s%d","tags":["t%d"]}`, seq, seq))
		case 1:
			c.Fields = json.RawMessage(fmt.Sprintf(`{"area_type":[%q],"children_casualties":"yes"}`, AreaTypes()[r.IntN(13)]))
		case 2:
			c.Fields = json.RawMessage(`{"casualties":{"killed_min":1,"killed_max":` + fmt.Sprint(1+seq) + `}}`)
		case 3:
			c.Fields = json.RawMessage(`{"summary":null}`)
		case 4:
			c.TakesBack = r.Int64N(seq + 1)
		}
		if book.Enter(c) == nil {
			out = append(out, c)
		}
	}
	return out
}

func TestBookDoesNotDependOnTheOrderOfHanding(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 25 {
		list := changes(t, r)
		want := must(NewBook(list)).Records()
		step := must(NewBook(nil))
		for _, c := range list {
			if err := step.Enter(c); err != nil {
				t.Fatal(err)
			}
		}
		if got := step.Records(); !reflect.DeepEqual(got, want) {
			t.Fatalf("one by one:\n%+v\nwant\n%+v", got, want)
		}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if got := must(NewBook(list)).Records(); !reflect.DeepEqual(got, want) {
			t.Fatalf("in another order:\n%+v\nwant\n%+v", got, want)
		}
	}
}

// The difference of two records, laid over the first, gives the second.
func TestDiffLeadsFromOneRecordToAnother(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 30 {
		pick := func() Record { // of one incident
			book := must(NewBook(changes(t, r)))
			rec, _ := book.Record("CIV-1")
			return rec
		}
		from, to := pick(), pick()
		c, differs, err := Diff(from, to)
		if err != nil {
			t.Fatal(err)
		}
		got, err := from.Laid(c.Fields)
		if err != nil {
			t.Fatal(err)
		}
		got.CreatedBy, got.CreatedAt, got.UpdatedBy, got.UpdatedAt = to.CreatedBy, to.CreatedAt, to.UpdatedBy, to.UpdatedAt
		if !reflect.DeepEqual(must(keysOf(got)), must(keysOf(to))) {
			t.Fatalf("got %+v, want %+v", got, to)
		}
		if differs != (string(c.Fields) != "{}") {
			t.Fatalf("differs is %v for %s", differs, c.Fields)
		}
	}
}

// A change that is taken back no longer holds, and what it stood over does.
func TestTakingBackAChange(t *testing.T) {
	set := func(seq int64, fields string) Change {
		return Change{Seq: seq, Incident: "A", By: "Ada", Fields: json.RawMessage(fields)}
	}
	back := func(seq, of int64) Change { return Change{Seq: seq, Incident: "a", By: "Bo", TakesBack: of} }
	for _, c := range []struct {
		name    string
		changes []Change
		want    string // summary and tags
	}{
		{"the latest stands", []Change{set(1, `{"summary":"one","tags":["x"]}`), set(2, `{"summary":"two"}`)}, "two [x]"},
		{"taken back, the earlier one does", []Change{set(1, `{"summary":"one","tags":["x"]}`), set(2, `{"summary":"two"}`), back(3, 2)}, "one [x]"},
		{"the earlier one taken back", []Change{set(1, `{"summary":"one","tags":["x"]}`), set(2, `{"summary":"two"}`), back(3, 1)}, "two []"},
		{"both", []Change{set(1, `{"summary":"one"}`), set(2, `{"summary":"two"}`), back(3, 1), back(4, 2)}, "none"},
		{"emptied", []Change{set(1, `{"summary":"one"}`), set(2, `{"summary":null}`)}, " []"},
		{"erased", []Change{set(1, `{"summary":"one"}`), {Seq: 2, Incident: "A", By: "Ada", Erased: true}}, "one []"},
	} {
		r, ok := must(NewBook(c.changes)).Record("A")
		got := fmt.Sprint(r.Summary, " ", r.Tags)
		if !ok {
			got = "none"
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The keys are those of the exchange and of the ledger: one that changes makes
// what was written unreadable.
func TestKeysOfARecord(t *testing.T) {
	want := "admin1 admin2 alleged_actor area_type casualties children_casualties country created_at created_by date_basis date_end date_start " +
		"description_visible_only duplicate_of foreign graphic_level incident incident_type items latitude location_basis location_precision longitude " +
		"more_info origin place_name_i18n protected_objects public_lat public_lon publish_location related sensitivity sources status summary tags " +
		"time_local time_precision title_i18n tz updated_at updated_by violation_type weapon_system work_status"
	if got := strings.Join(slices.Sorted(maps.Keys(must(keysOf(Record{})))), " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBookRefuses(t *testing.T) {
	some := json.RawMessage(`{"summary":"s"}`)
	for _, c := range []struct {
		change Change
		want   string
	}{
		{Change{Incident: "", By: "Ada", Fields: some}, "no name of an incident"},
		{Change{Incident: "../x", By: "Ada", Fields: some}, "no name of an incident"},
		{Change{Incident: "a b", By: "Ada", Fields: some}, "no name of an incident"},
		{Change{Incident: "A", By: "", Fields: some}, "has to be named"},
		{Change{Incident: "A", By: "Ada"}, "nothing is set"},
		{Change{Incident: "A", By: "Ada", Fields: json.RawMessage(`{"sumary":"s"}`)}, `no field "sumary"`},
		{Change{Incident: "A", By: "Ada", Fields: json.RawMessage(`{"created_by":"Eve"}`)}, `no field "created_by" that`},
		{Change{Incident: "A", By: "Ada", Fields: json.RawMessage(`{"area_type":["Moon"]}`)}, "it is one of"},
		{Change{Incident: "A", By: "Ada", Fields: json.RawMessage(`{"casualties":{"killed":1}}`)}, "unknown field"},
		{Change{Incident: "A", By: "Ada", TakesBack: 3}, "no change of the record"},
	} {
		if err := must(NewBook(nil)).Enter(c.change); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got %v, want %q", c.change, err, c.want)
		}
	}
}

func TestIncidentsJoinCandidatesAndRecords(t *testing.T) {
	lat := 50.0
	records := []Record{{Incident: "i-1", Summary: "of a candidate"}, {Incident: "M-1", Origin: Manual, DateStart: "2022-03-04", Latitude: &lat, Longitude: &lat, LocationPrecision: PlaceLocality}}
	got := Incidents([]verify.Incident{{ID: "I-1", Status: verify.Confirmed}, {ID: "I-2", Status: verify.Candidate}}, records)
	var ids []string
	for _, i := range got {
		ids = append(ids, fmt.Sprintf("%s %s %v %s", i.ID, i.Status, i.Proposed, i.Record.Summary))
	}
	want := []string{"I-1 confirmed true of a candidate", "I-2 candidate true ", "M-1 candidate false "}
	if !slices.Equal(ids, want) {
		t.Errorf("got %q, want %q", ids, want)
	}
	if m := got[2]; m.RadiusM == nil || *m.RadiusM != 1000 || m.Earliest == nil || m.Day() != "2022-03-04" {
		t.Errorf("by hand: %+v", m.Incident)
	}
}
