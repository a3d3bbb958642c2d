package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Incident is an incident as the case has it: what the grouping proposes, with
// what was decided, and what people wrote of it. Proposed is false for one by
// hand or from an import, whose part of the grouping holds only what its record
// says.
type Incident struct {
	verify.Incident
	Record   Record `json:"record"`
	Proposed bool   `json:"-"`
}

// Incidents joins the candidates (with their decisions, see [verify.Decided])
// and the records: the candidates in their order, then what is in records
// alone, by id. A person's day and place stand in Record and, where the
// grouping has none, nowhere else: the two are never mixed.
func Incidents(candidates []verify.Incident, records []Record) []Incident {
	written := map[string]Record{}
	for _, r := range records {
		written[strings.ToUpper(r.Incident)] = r
	}
	var out []Incident
	for _, c := range candidates {
		key := strings.ToUpper(c.ID)
		r, ok := written[key]
		if !ok {
			r = Record{Incident: c.ID, Origin: FromCandidate}
		}
		delete(written, key)
		out = append(out, Incident{Incident: c, Record: r, Proposed: true})
	}
	for _, r := range records {
		if _, left := written[strings.ToUpper(r.Incident)]; left {
			out = append(out, Incident{Incident: r.unproposed(), Record: r})
		}
	}
	return out
}

// unproposed is the incident that a record alone gives.
func (r *Record) unproposed() verify.Incident {
	inc := verify.Incident{
		ID: r.Incident, Status: r.Status, Latitude: r.Latitude, Longitude: r.Longitude,
		Members: []verify.Member{}, Possible: []verify.Member{}, Reasons: []verify.Reason{}, Flags: []string{},
	}
	if inc.Status == "" {
		inc.Status = verify.Candidate
	}
	if r.Latitude != nil {
		inc.PlaceBasis = "person"
		if m := r.LocationPrecision.Metres(); m > 0 {
			inc.RadiusM = &m
		}
	}
	inc.Earliest, inc.Latest = r.Span()
	return inc
}

// Span is what the record says of the time: bounds of the instant in UTC, nil
// where it says no day. Without a zone it spans every zone there is.
func (r *Record) Span() (earliest, latest *time.Time) {
	first, err := time.Parse(dayForm, r.DateStart)
	if err != nil {
		return nil, nil
	}
	last := first
	if d, err := time.Parse(dayForm, r.DateEnd); err == nil {
		last = d
	}
	from, to := first, last.AddDate(0, 0, 1).Add(-time.Second)
	if d, err := clockTime(r.TimeLocal); err == nil && first.Equal(last) {
		from = first.Add(d)
		if to = from.Add(time.Minute - time.Second); strings.Count(r.TimeLocal, ":") == 2 {
			to = from
		}
	}
	from, to = r.inZone(from, -1), r.inZone(to, 1)
	return &from, &to
}

// inZone reads a clock without a zone in that of the record: without one, in
// the zone that gives the earliest instant (side < 0) or the latest.
func (r *Record) inZone(clock time.Time, side int) time.Time {
	east, west := 14*time.Hour, 12*time.Hour
	if r.Zone != "" {
		if t, err := time.Parse("Z07:00", strings.TrimSpace(r.Zone)); err == nil {
			_, seconds := t.Zone()
			return clock.Add(-time.Duration(seconds) * time.Second)
		}
		if loc, err := time.LoadLocation(r.Zone); err == nil && r.Zone != "Local" {
			return time.Date(clock.Year(), clock.Month(), clock.Day(), clock.Hour(), clock.Minute(), clock.Second(), 0, loc).UTC()
		}
	}
	if side < 0 {
		return clock.Add(-east)
	}
	return clock.Add(west)
}

// Day is the day that an incident is counted on, YYYY-MM-DD: a person's, else
// the day of the earliest instant in UTC where the grouping leaves less than
// two days between its bounds; "" where neither says one.
func (i *Incident) Day() string {
	if i.Record.DateStart != "" {
		return i.Record.DateStart
	}
	if i.Earliest == nil || i.Latest == nil || i.Latest.Sub(*i.Earliest) >= 48*time.Hour {
		return ""
	}
	return i.Earliest.UTC().Format(dayForm)
}

// Items are the items of the incident, each once, in order: the members that
// count, then those that a person named.
func (i *Incident) Items() []verify.Digest {
	var out []verify.Digest
	for k := range i.Members {
		if m := &i.Members[k]; m.Counts() && !slices.Contains(out, m.Digest) {
			out = append(out, m.Digest)
		}
	}
	for _, d := range i.Record.Members {
		if !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// PublicSources are the sources as they may leave the case: each hidden one is
// HIDDEN and nothing else.
func (r *Record) PublicSources() []Source {
	out := []Source{}
	for _, s := range r.Sources {
		if s.Hidden {
			s = Source{ID: s.ID, Paths: []string{HiddenPath}, Title: "-", Description: "Source hidden", Hidden: true}
		}
		out = append(out, s)
	}
	return out
}

// Text is the incident's sentence: the summary, else what is seen.
func (r *Record) Text() source.Text {
	if r.Summary != "" {
		return source.Text(r.Summary)
	}
	return source.Text(r.Description)
}
