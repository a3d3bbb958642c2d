package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// IncidentSuggestion is an item that might belong to an incident.
type IncidentSuggestion struct {
	Card    Card      `json:"card"`
	Copies  int       `json:"copies"` // that would come with it, itself not counted
	Bits    float64   `json:"bits"`
	Sure    bool      `json:"sure"`                 // it would join by itself, but people decided on this incident
	Says    string    `json:"says" say:"sentence"`  // how well it fits, in words
	Apart   []string  `json:"apart" say:"sentence"` // distance and time to the incident in words; empty where neither is known
	Reasons []WhyLine `json:"reasons"`              // sums to the bits
}

// IncidentChange is what a grouping would do to an incident that a person
// confirmed, and does not.
type IncidentChange struct {
	Incident string  `json:"incident"`
	Kind     string  `json:"kind"`  // add, merge
	Item     *Card   `json:"item"`  // that would join, of an add
	Other    string  `json:"other"` // that would be one with it, of a merge
	Bits     float64 `json:"bits"`
	Says     string  `json:"says" say:"sentence"`
}

// IncidentChangesOut is what waits for a person.
type IncidentChangesOut struct {
	Changes []IncidentChange `json:"changes"`
}

// Heads of the tables of evidence: they give the sum and are not part of it.
const (
	headPossible   = "possible"
	headSuggestion = "suggestion"
)

func isHeading(code string) bool { return code == headPossible || code == headSuggestion }

// isHead says whether a possible member stands for its copies.
func isHead(m *verify.Member) bool { return len(m.Reasons) > 0 && isHeading(m.Reasons[0].Code) }

// suggestions are what might belong to an incident, the best first.
func (v *View) suggestions(inc *assess.Incident) []IncidentSuggestion {
	out := []IncidentSuggestion{}
	for i := range inc.Possible {
		m := &inc.Possible[i]
		it := v.Item(m.Digest)
		switch {
		case it == nil:
		case isHead(m):
			head := m.Reasons[0]
			s := IncidentSuggestion{Card: v.card(it), Bits: head.Weight, Sure: head.Code == headSuggestion, Says: head.Message, Reasons: whyLines(m.Reasons[1:])}
			s.Apart = apartFrom(&s.Card, &inc.Incident)
			out = append(out, s)
		case len(out) > 0:
			out[len(out)-1].Copies++
		}
	}
	return out
}

// apartFrom says how far an item lies from an incident in place and time.
func apartFrom(c *Card, inc *verify.Incident) []string {
	out := []string{}
	if at := (&Spot{Latitude: inc.Latitude, Longitude: inc.Longitude}); c.Place != nil {
		if m, ok := metresBetween(c.Place, at); ok {
			out = append(out, distanceText(m)+" away")
		}
	}
	if text := timeApart(boundsOf(c.Time), span{inc.Earliest, inc.Latest}); text != "" {
		out = append(out, text)
	}
	return out
}

// span is bounds of an instant, nil where nothing bounds it.
type span struct{ from, to *time.Time }

// boundsOf reads the bounds of a claimed time.
func boundsOf(w *When) span {
	if w == nil {
		return span{}
	}
	read := func(text string) *time.Time {
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return nil
		}
		return &t
	}
	s := span{read(w.Earliest), read(w.Latest)}
	if w.NotAfter {
		s.from = nil
	}
	return s
}

// gap is how long after b the span a begins; below zero how long before it a
// ends; 0 where they overlap. ok is false where that is not known.
func (a span) gap(b span) (d time.Duration, ok bool) {
	switch {
	case a.to == nil && a.from == nil || b.to == nil && b.from == nil:
		return 0, false
	case a.from != nil && b.to != nil && a.from.After(*b.to):
		return a.from.Sub(*b.to), true
	case a.to != nil && b.from != nil && a.to.Before(*b.from):
		return a.to.Sub(*b.from), true
	case a.from != nil && a.to != nil && b.from != nil && b.to != nil:
		return 0, true
	}
	return 0, false
}

// timeApart says how a time lies to that of an incident.
func timeApart(a, b span) string {
	d, ok := a.gap(b)
	switch {
	case !ok:
		return ""
	case d == 0:
		return "in its time"
	case d > 0:
		return lasting(d) + " later"
	}
	return lasting(-d) + " earlier"
}

// proposedFor lists what would be done to an incident if nobody had confirmed
// it.
func proposedFor(inc *verify.Incident) []verify.Reason {
	if inc.Status != verify.Confirmed {
		return nil
	}
	var out []verify.Reason
	for i := range inc.Possible {
		if m := &inc.Possible[i]; isHead(m) && m.Reasons[0].Code == headSuggestion {
			out = append(out, m.Reasons[0])
		}
	}
	for _, r := range inc.Reasons {
		if r.Code == headSuggestion {
			out = append(out, r)
		}
	}
	return out
}

func listIncidentChanges(ctx context.Context, c *Case, _ None) (IncidentChangesOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return IncidentChangesOut{}, err
	}
	out := IncidentChangesOut{Changes: []IncidentChange{}}
	for i := range v.Incidents {
		out.Changes = append(out.Changes, v.changesOf(&v.Incidents[i])...)
	}
	slices.SortStableFunc(out.Changes, func(a, b IncidentChange) int { return cmp.Compare(b.Bits, a.Bits) })
	return out, nil
}

// changesOf are the changes that a grouping proposes to a confirmed incident.
func (v *View) changesOf(inc *verify.Incident) []IncidentChange {
	out := []IncidentChange{}
	if inc.Status != verify.Confirmed {
		return out
	}
	for i := range inc.Possible {
		m := &inc.Possible[i]
		it := v.Item(m.Digest)
		if it == nil || !isHead(m) || m.Reasons[0].Code != headSuggestion {
			continue
		}
		card := v.card(it)
		out = append(out, IncidentChange{Incident: inc.ID, Kind: verify.Add, Item: &card, Bits: m.Reasons[0].Weight, Says: m.Reasons[0].Message})
	}
	for _, r := range inc.Reasons {
		other, _, _ := strings.Cut(r.Message, " ")
		if r.Code == headSuggestion && slices.ContainsFunc(v.Incidents, func(i verify.Incident) bool { return i.ID == other && i.Status != verify.Rejected }) {
			out = append(out, IncidentChange{Incident: inc.ID, Kind: verify.Merge, Other: other, Bits: r.Weight, Says: r.Message})
		}
	}
	return out
}

// IncidentNeighbour is another incident near one, which a person may find to
// be the same.
type IncidentNeighbour struct {
	Row   IncidentRow `json:"row"`
	Apart []string    `json:"apart" say:"sentence"`
}

// Neighbours are worth naming within a day and 25 km; where one of the two is
// not known, by the other.
const (
	neighbourM    = 25_000
	neighbourTime = 24 * time.Hour
	mostNear      = 8
)

// neighbours are the incidents nearest to one in time and place.
func (v *View) neighbours(inc *assess.Incident, all []assess.Incident) []IncidentNeighbour {
	type near struct {
		at   int
		cost float64
	}
	var found []near
	for i := range all {
		o := &all[i]
		if o.ID == inc.ID || !o.Proposed || !inc.Proposed || o.Status == verify.Rejected {
			continue
		}
		if cost, ok := closeness(inc.Placed(), o.Placed()); ok {
			found = append(found, near{i, cost})
		}
	}
	slices.SortFunc(found, func(a, b near) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.at, b.at)) })
	out := []IncidentNeighbour{}
	for _, f := range found[:min(len(found), mostNear)] {
		o := &all[f.at]
		out = append(out, IncidentNeighbour{Row: v.incidentRow(o), Apart: incidentsApart(o.Placed(), inc.Placed())})
	}
	return out
}

// closeness is small for incidents that lie near each other, in shares of the
// reach of a neighbourhood; ok is false beyond it and where nothing is known.
func closeness(a, b *verify.Incident) (cost float64, ok bool) {
	m, placed := metresBetween(&Spot{Latitude: a.Latitude, Longitude: a.Longitude}, &Spot{Latitude: b.Latitude, Longitude: b.Longitude})
	d, timed := span{a.Earliest, a.Latest}.gap(span{b.Earliest, b.Latest})
	if !placed && !timed || placed && m > neighbourM || timed && d.Abs() > neighbourTime {
		return 0, false
	}
	cost = 2
	if placed {
		cost += m/neighbourM - 1
	}
	if timed {
		cost += float64(d.Abs())/float64(neighbourTime) - 1
	}
	return cost, true
}

// incidentsApart says how far one incident lies from another.
func incidentsApart(a, b *verify.Incident) []string {
	out := []string{}
	if m, ok := metresBetween(&Spot{Latitude: a.Latitude, Longitude: a.Longitude}, &Spot{Latitude: b.Latitude, Longitude: b.Longitude}); ok {
		out = append(out, distanceText(m)+" away")
	}
	switch d, ok := (span{a.Earliest, a.Latest}).gap(span{b.Earliest, b.Latest}); {
	case !ok:
	case d == 0:
		out = append(out, "at the same time")
	default:
		out = append(out, timeApart(span{a.Earliest, a.Latest}, span{b.Earliest, b.Latest}))
	}
	return out
}
