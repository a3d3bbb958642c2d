package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/report"
)

// SplitIn names what would leave an incident.
type SplitIn struct {
	Incident string          `json:"incident" in:"path"`
	Items    []verify.Digest `json:"items" in:"query"`
}

// SplitOut is what a split would leave.
type SplitOut struct {
	Stays    IncidentPart `json:"stays"`
	Leaves   IncidentPart `json:"leaves"`
	Ties     []WhyLine    `json:"ties"`                    // evidence that would be cut through, the strongest first
	Apart    []string     `json:"apart" say:"sentence"`    // how far the two lie from each other
	Warnings []string     `json:"warnings" say:"sentence"` // what to know before
}

// IncidentPart is some items of an incident, taken together.
type IncidentPart struct {
	Items     int      `json:"items"`
	Copies    int      `json:"copies"` // among them
	Sources   int      `json:"sources"`
	When      string   `json:"when" say:"sentence"`
	Where     string   `json:"where" say:"sentence"`
	Latitude  *float64 `json:"latitude"`
	Longitude *float64 `json:"longitude"`
}

const mostTies = 12

func previewSplit(ctx context.Context, c *Case, in SplitIn) (SplitOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return SplitOut{}, err
	}
	inc, err := findIncident(assess.Incidents(v.Incidents, v.Records), in.Incident)
	if err != nil {
		return SplitOut{}, err
	}
	var stays, leaves []IncidentMember
	for _, m := range v.incidentMembers(inc) {
		switch {
		case !m.Counts:
		case slices.Contains(in.Items, m.Card.ID):
			leaves = append(leaves, m)
		default:
			stays = append(stays, m)
		}
	}
	s, sAt := partOf(stays)
	l, lAt := partOf(leaves)
	out := SplitOut{Stays: s, Leaves: l, Ties: cutTies(stays, leaves), Apart: []string{}, Warnings: []string{}}
	if len(stays) > 0 && len(leaves) > 0 {
		out.Apart = incidentsApart(&lAt, &sAt)
	}
	warn := func(format string, args ...any) { out.Warnings = append(out.Warnings, fmt.Sprintf(format, args...)) }
	switch {
	case len(leaves) == 0:
		warn("Nothing is chosen to leave.")
	case len(stays) == 0:
		warn("Nothing would be left of %s.", inc.ID)
	}
	if n := separatedCopies(stays, leaves); n > 0 {
		warn("%s of what leaves would stay.", several(n, "copy", "copies"))
	}
	if inc.Status == verify.Confirmed {
		warn("%s is confirmed; what leaves becomes a candidate of its own.", inc.ID)
	}
	if held := slices.IndexFunc(leaves, func(m IncidentMember) bool { return m.Held != nil && m.Held.Kind == verify.Pin }); held >= 0 {
		warn("%s pinned one of the items that leave: %s", leaves[held].Held.By, leaves[held].Held.Reason)
	}
	return out, nil
}

// partOf says of some members what an incident of them would say of itself.
func partOf(members []IncidentMember) (IncidentPart, verify.Incident) {
	var at verify.Incident
	p := IncidentPart{}
	sources := map[string]bool{}
	for i := range members {
		m := &members[i]
		p.Items++
		if m.Role == string(verify.Copy) {
			p.Copies++
		}
		for _, path := range m.Paths {
			source, _, _ := strings.Cut(path, "/")
			sources[source] = true
		}
		s := boundsOf(m.Card.Time)
		if s.from != nil && (at.Earliest == nil || s.from.Before(*at.Earliest)) {
			at.Earliest = s.from
		}
		if s.from != nil && s.to != nil && (at.Latest == nil || s.to.After(*at.Latest)) {
			at.Latest = s.to
		}
		if at.Latitude == nil && m.Card.Place != nil && m.Card.Place.Latitude != nil {
			at.Latitude, at.Longitude, at.RadiusM = m.Card.Place.Latitude, m.Card.Place.Longitude, m.Card.Place.RadiusM
		}
	}
	p.Sources = len(sources)
	p.When, p.Where, p.Latitude, p.Longitude = report.Span(at.Earliest, at.Latest), report.Where(&at), at.Latitude, at.Longitude
	return p, at
}

// cutTies is the evidence for members of one side that names a member of the
// other, each pair once.
func cutTies(stays, leaves []IncidentMember) []WhyLine {
	out := []WhyLine{}
	collect := func(from, to []IncidentMember) {
		for i := range from {
			for _, r := range from[i].Reasons {
				line := WhyLine{r.Code, r.Weight, from[i].Card.Path + ": " + r.Message}
				told := slices.ContainsFunc(out, func(l WhyLine) bool { return l.Code == line.Code && namesOne(l.Message, from[i:i+1]) })
				if r.Weight > 0 && r.Code != string(verify.Copy) && namesOne(r.Message, to) && !told {
					out = append(out, line)
				}
			}
		}
	}
	collect(leaves, stays)
	collect(stays, leaves)
	slices.SortStableFunc(out, func(a, b WhyLine) int { return cmp.Compare(b.Weight, a.Weight) })
	return out[:min(len(out), mostTies)]
}

// namesOne says whether a sentence names the path of a member.
func namesOne(message string, members []IncidentMember) bool {
	return slices.ContainsFunc(members, func(m IncidentMember) bool {
		return slices.ContainsFunc(m.Paths, func(p string) bool { return strings.Contains(message, p) })
	})
}

// separatedCopies counts the members that stay and are copies of one that
// leaves.
func separatedCopies(stays, leaves []IncidentMember) int {
	gone := map[string]bool{}
	for i := range leaves {
		if c := leaves[i].Card.Cluster; c != "" {
			gone[c] = true
		}
	}
	n := 0
	for i := range stays {
		if gone[stays[i].Card.Cluster] {
			n++
		}
	}
	return n
}

// MergeIn names two incidents.
type MergeIn struct {
	Incident string `json:"incident" in:"path"`
	Other    string `json:"other" in:"path"`
}

// MergeOut is what speaks for two incidents being one, and what against.
type MergeOut struct {
	Keeps   string        `json:"keeps"` // the name that the joined incident bears
	Rows    []IncidentRow `json:"rows"`
	Whys    [][]WhyLine   `json:"whys"`                   // of each
	For     []string      `json:"for" say:"sentence"`     // what they share
	Clashes []string      `json:"clashes" say:"sentence"` // what cannot be of one event, or hardly
	Forbids []Ruled       `json:"forbids"`                // decisions that keep them apart
	When    string        `json:"when" say:"sentence"`    // of both together, in words
	Paths   []string      `json:"paths"`                  // of the members, which the sentences name
	Apart   []string      `json:"apart" say:"sentence"`
}

// Two incidents further apart than this are told as a clash: what a person
// confirms as one event is seldom spread so far.
const (
	clashM    = 2000
	clashTime = 3 * time.Hour
)

func previewMerge(ctx context.Context, c *Case, in MergeIn) (MergeOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return MergeOut{}, err
	}
	all := assess.Incidents(v.Incidents, v.Records)
	a, err := findIncident(all, in.Incident)
	if err != nil {
		return MergeOut{}, err
	}
	b, err := findIncident(all, in.Other)
	if err != nil {
		return MergeOut{}, err
	}
	if a.ID == b.ID {
		return MergeOut{}, refused("%s and %s are one incident already", in.Incident, in.Other)
	}
	if b.Status == verify.Confirmed && a.Status != verify.Confirmed {
		a, b = b, a
	}
	out := MergeOut{Keeps: a.ID, Rows: []IncidentRow{v.incidentRow(a), v.incidentRow(b)}, Forbids: v.forbidding(a, b), Paths: []string{}, Apart: incidentsApart(b.Placed(), a.Placed())}
	for _, inc := range []*assess.Incident{a, b} {
		why := []WhyLine{}
		for _, r := range inc.Reasons {
			if !isHeading(r.Code) {
				why = append(why, WhyLine{r.Code, r.Weight, r.Message})
			}
		}
		out.Whys = append(out.Whys, why)
	}
	for _, inc := range []*assess.Incident{a, b} {
		for i := range inc.Members {
			out.Paths = append(out.Paths, inc.Members[i].Path)
		}
	}
	out.For, out.Clashes = v.sharedBy(a, b), mergeClashes(a.Placed(), b.Placed())
	out.When = report.Span(spanOfBoth(a.Placed(), b.Placed()))
	return out, nil
}

// spanOfBoth is the time of two incidents together.
func spanOfBoth(a, b *verify.Incident) (from, to *time.Time) {
	from, to = a.Earliest, a.Latest
	if b.Earliest != nil && (from == nil || b.Earliest.Before(*from)) {
		from = b.Earliest
	}
	if b.Latest != nil && (to == nil || b.Latest.After(*to)) {
		to = b.Latest
	}
	return from, to
}

// mergeClashes says what is hard to believe of one event.
func mergeClashes(a, b *verify.Incident) []string {
	out := []string{}
	if d, ok := (span{a.Earliest, a.Latest}).gap(span{b.Earliest, b.Latest}); ok && d.Abs() > clashTime {
		out = append(out, fmt.Sprintf("Their times lie %s apart: %s, and %s.", lasting(d.Abs()), report.Span(a.Earliest, a.Latest), report.Span(b.Earliest, b.Latest)))
	}
	if m, ok := metresBetween(&Spot{Latitude: a.Latitude, Longitude: a.Longitude}, &Spot{Latitude: b.Latitude, Longitude: b.Longitude}); ok && m > clashM {
		out = append(out, fmt.Sprintf("Their places lie %s apart.", distanceText(m)))
	}
	if a.Status == verify.Rejected || b.Status == verify.Rejected {
		out = append(out, "One of them was rejected.")
	}
	return out
}

// sharedBy says what two incidents have in common.
func (v *View) sharedBy(a, b *assess.Incident) []string {
	out := []string{}
	in := func(inc *assess.Incident) map[verify.Digest]bool {
		items := map[verify.Digest]bool{}
		for _, d := range inc.Items() {
			items[d] = true
		}
		return items
	}
	ofA, ofB := in(a), in(b)
	copies, scenes := 0, 0
	for i := range v.Matches {
		m := &v.Matches[i]
		if !(ofA[m.DigestA] && ofB[m.DigestB] || ofA[m.DigestB] && ofB[m.DigestA]) {
			continue
		}
		if m.Relation == verify.SameScene {
			scenes++
		} else {
			copies++
		}
	}
	if copies > 0 {
		out = append(out, several(copies, "pair shows", "pairs show")+" the same picture or a part of it.")
	}
	if scenes > 0 {
		out = append(out, several(scenes, "pair shows", "pairs show")+" one place in other shots.")
	}
	return out
}

// forbidding are the decisions that keep members of two incidents apart.
func (v *View) forbidding(a, b *assess.Incident) []Ruled {
	out := []Ruled{}
	ofA, ofB := a.Items(), b.Items()
	for _, d := range verify.Standing(v.Decisions) {
		if d.Kind != verify.NotSameIncident || len(d.Subjects) != 2 {
			continue
		}
		x, y := d.Subjects[0], d.Subjects[1]
		if slices.Contains(ofA, x) && slices.Contains(ofB, y) || slices.Contains(ofA, y) && slices.Contains(ofB, x) {
			out = append(out, *ruled(d))
		}
	}
	return out
}

// several writes a number with what it counts.
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
