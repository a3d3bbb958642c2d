package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Partners' databases hold one record an incident. What such a record is made
// from, how a field that has no place there is carried in its free text, and
// what is lost, is the same for all of them.

// whole is the record of an incident as it leaves the case: where a person
// wrote no day, place or status, those of the grouping stand in it; its sources
// are those of the record and the posts that its items come from. Hidden
// sources are hidden.
func (c *Case) whole(inc *assess.Incident, items map[verify.Digest]*verify.Item) assess.Record {
	r := inc.Record
	r.Incident, r.Status = inc.ID, inc.Status
	if r.WorkStatus == "" {
		r.WorkStatus = "candidate"
	}
	if r.DateStart == "" {
		r.DateStart = inc.Day()
	}
	if r.Latitude == nil {
		r.Latitude, r.Longitude = inc.Latitude, inc.Longitude
		if r.LocationPrecision == "" && inc.Latitude != nil && inc.RadiusM != nil {
			r.LocationPrecision = precisionOf(*inc.RadiusM)
		}
	}
	r.Members = inc.Items()
	r.Sources = inc.Record.PublicSources()
	seen := map[string]bool{}
	for _, s := range inc.Record.Sources { // also those that are hidden, so that no post gives one away
		seen[s.URL] = true
	}
	for _, d := range r.Members {
		for _, url := range postsOf(items[d]) {
			if !seen[url] {
				seen[url] = true
				r.Sources = append(r.Sources, assess.Source{ID: fmt.Sprintf("post-%d", len(r.Sources)+1), URL: url})
			}
		}
	}
	return r
}

// postsOf are the addresses that an item was published under.
func postsOf(it *verify.Item) []string {
	if it == nil {
		return nil
	}
	var out []string
	for _, s := range it.Sightings {
		for _, r := range s.Records {
			out = appendLink(out, r.URL)
		}
	}
	return out
}

// noLanguage is the tag of a text whose language is not stated (BCP 47).
const noLanguage = "und"

// precisionOf is the precision that a radius comes closest to from above.
func precisionOf(radiusM float64) assess.LocationPrecision {
	for _, p := range []assess.LocationPrecision{assess.PlaceExact, assess.PlaceVicinity, assess.PlaceLocality} {
		if radiusM <= p.Metres() {
			return p
		}
	}
	return assess.PlaceDistrict
}

// exported gives the incidents that partners are told of: a rejected one is
// none.
func (c *Case) exported(out *Output) []*assess.Incident {
	var list []*assess.Incident
	rejected := 0
	for i := range c.Incidents {
		if c.Incidents[i].Status == verify.Rejected {
			rejected++
			continue
		}
		list = append(list, &c.Incidents[i])
	}
	if rejected > 0 {
		out.Lose(fmt.Sprintf("%d rejected candidates", rejected), "they are no incidents")
	}
	return list
}

// unsaid are the fields of a record that are of this case alone and never
// expected elsewhere.
var unsaid = map[string]bool{
	"incident": true, "origin": true, "foreign": true, "created_by": true, "created_at": true, "updated_by": true, "updated_at": true,
}

// unordered are lists in which the order says nothing.
var unordered = map[string]bool{"area_type": true, "weapon_system": true, "incident_type": true, "violation_type": true, "protected_objects": true, "sensitivity": true, "tags": true}

// fieldsOf gives the fields of a record as JSON, by key.
func fieldsOf(r assess.Record) map[string]json.RawMessage {
	text, err := json.Marshal(r)
	if err != nil {
		return nil // no record does this
	}
	var out map[string]json.RawMessage
	if err := json.Unmarshal(text, &out); err != nil {
		return nil
	}
	return out
}

// differing gives the fields in which two records differ, sorted. Nothing and
// an empty list are the same.
func differing(a, b assess.Record) []string {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	var out []string
	for i := range x.NumField() {
		key := x.Type().Field(i).Tag.Get("json")
		if !unsaid[key] && !sameField(key, x.Field(i).Interface(), y.Field(i).Interface()) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

func sameField(key string, a, b any) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	if err != nil || err2 != nil {
		return false
	}
	return bytes.Equal(x, y) || isNothing(x) && isNothing(y) || unordered[key] && sameSet(x, y)
}

func isNothing(v json.RawMessage) bool {
	switch string(v) {
	case "null", `""`, "[]", "{}":
		return true
	}
	return false
}

func sameSet(a, b json.RawMessage) bool {
	var x, y []string
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(slices.Compact(x), slices.Compact(y))
}

// carriedHeading stands above the fields that are carried in the free text of
// a foreign record, one a line, for people to read and for [carriedOff] to
// read back.
const carriedHeading = "Recorded in Firsthand:"

// carried lists the fields that are carried so, the most needed first: where
// the text has a limit, the last fall away.
func carried() []string {
	return []string{
		"status", "work_status", "location_precision", "date_end", "time_local", "time_precision", "tz", "children_casualties", "casualties",
		"sensitivity", "graphic_level", "area_type", "weapon_system", "incident_type", "protected_objects", "country", "admin1", "admin2", "place_name_i18n",
		"summary", "description_visible_only", "tags",
	}
}

// carry adds those of the fields to a text that it holds within so many
// letters, and gives the fields that it carries.
func carry(text string, fields []string, from assess.Record, letters int) (string, []string) {
	block, taken := "", []string{}
	var values map[string]json.RawMessage
	for _, key := range carried() {
		if !slices.Contains(fields, key) {
			continue
		}
		if values == nil {
			values = fieldsOf(from)
		}
		line := "\n" + strings.ReplaceAll(key, "_", " ") + ": " + carriedValue(values[key])
		if length(text)+2+length(carriedHeading)+length(block)+length(line) > letters {
			continue
		}
		block += line
		taken = append(taken, key)
	}
	if block == "" && !strings.Contains(text, carriedHeading) {
		return text, taken
	}
	if text != "" {
		text += "\n\n"
	}
	return text + carriedHeading + block, taken
}

func length(s string) int { return len([]rune(s)) }

// carriedValue writes a value so that people can read it: a plain text as it
// is, a list and the like as JSON without what is empty.
func carriedValue(raw json.RawMessage) string {
	if isNothing(raw) {
		return "-"
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if text != "-" && text == strings.TrimSpace(text) && !strings.ContainsAny(text[:1], `"[{`) && !strings.ContainsAny(text, "\r\n") && !allDigits(text) {
			return text
		}
		return string(raw)
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) == nil {
		maps.DeleteFunc(object, func(_ string, v json.RawMessage) bool { return isNothing(v) })
		if short, err := json.Marshal(object); err == nil {
			return string(short)
		}
	}
	return string(raw)
}

// carriedOff takes the carried fields from a text and lays them over a record.
// A block that cannot be read stays in the text.
func carriedOff(text string, r assess.Record) (string, assess.Record) {
	at := strings.LastIndex(text, carriedHeading)
	if at < 0 || at > 0 && text[at-1] != '\n' {
		return text, r
	}
	fields := map[string]json.RawMessage{}
	for line := range strings.Lines(text[at+len(carriedHeading):]) {
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ": ")
		key := strings.ReplaceAll(name, " ", "_")
		if !ok || !slices.Contains(carried(), key) {
			return text, r
		}
		fields[key] = carriedJSON(value)
	}
	laid := r
	if len(fields) > 0 {
		whole, err := json.Marshal(fields)
		if err != nil {
			return text, r
		}
		if laid, err = r.Laid(whole); err != nil {
			return text, r
		}
	}
	return strings.TrimSuffix(strings.TrimSuffix(text[:at], "\n\n"), "\r\n\r\n"), laid
}

func carriedJSON(value string) json.RawMessage {
	if value == "-" {
		return json.RawMessage("null")
	}
	if value != "" && (strings.ContainsAny(value[:1], `"[{`) || allDigits(value)) && json.Valid([]byte(value)) {
		return json.RawMessage(value)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return json.RawMessage("null")
	}
	return text
}

// lossBook gathers what an export loses: one line a field, with the incidents.
type lossBook struct {
	fields map[string][]string // incidents by what is lost
	why    map[string]string
}

func newLossBook() *lossBook {
	return &lossBook{fields: map[string][]string{}, why: map[string]string{}}
}

func (l *lossBook) lose(incident, what, why string) {
	l.fields[what] = append(l.fields[what], incident)
	l.why[what] = why
}

// loseDiffering notes the fields in which what comes back differs from what
// was sent.
func (l *lossBook) loseDiffering(sent, back assess.Record, format string) {
	for _, key := range differing(sent, back) {
		l.lose(sent.Incident, key, format+" has no place for it, or not for all of it")
	}
}

// mostNamed is how many incidents a loss names.
const mostNamed = 5

func (l *lossBook) tell(out *Output) {
	for _, what := range slices.Sorted(maps.Keys(l.fields)) {
		ids := l.fields[what]
		named := strings.Join(ids[:min(len(ids), mostNamed)], ", ")
		if len(ids) > mostNamed {
			named += fmt.Sprintf(" and %d more", len(ids)-mostNamed)
		}
		out.Lose(what+" of "+named, "%s", l.why[what])
	}
}
