package verify

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// codeContext is the code of the reason of a member that is shown for context.
const codeContext = "context"

// WithContext gives the incidents with what people attached to them for context
// (see [ForContext]), as satellite pictures of before and after: members that
// are not counted. It says how the time of each lies to that of the incident.
// One that was merged into another is followed there; item gives an item of the
// case, nil when it is gone.
func WithContext(incidents []Incident, decisions []Decision, item func(Digest) *Item) []Incident {
	standing := Standing(decisions)
	last := map[Digest]Decision{} // what was decided last of each that was ever attached
	for _, d := range standing {
		for _, s := range d.Subjects {
			if d.Kind == ForContext {
				last[s] = d
			}
		}
	}
	if len(last) == 0 {
		return incidents
	}
	out := slices.Clone(incidents)
	for digest, d := range last {
		i := slices.IndexFunc(out, func(inc Incident) bool { return strings.EqualFold(inc.ID, merged(d, standing)) })
		it := item(digest)
		if i < 0 || it == nil {
			continue
		}
		members := slices.Clone(out[i].Members)
		for _, s := range it.Sightings {
			members = append(members, Member{Path: s.Path, Role: Context, Digest: digest, Reasons: []Reason{{Code: codeContext, Message: contextIn(it, &out[i], d)}}})
		}
		slices.SortStableFunc(members, func(a, b Member) int { return cmp.Compare(a.Path, b.Path) })
		out[i].Members = members
	}
	return out
}

// merged is the incident that what was attached by d belongs to now.
func merged(d Decision, standing []Decision) string {
	id := d.Incident
	for _, m := range standing {
		if m.Kind == Merge && m.Order() > d.Order() && strings.EqualFold(m.Other, id) {
			id = m.Incident
		}
	}
	return id
}

// contextIn says why an item is shown with an incident, and when it is of.
func contextIn(it *Item, inc *Incident, d Decision) string {
	said := "shown for context"
	if it.Media.FromAbove() {
		said = "a picture from above, for context"
	}
	if t := it.BestTime(it.Path()); t != nil && t.Kind == extract.Capture || t != nil && t.Kind == extract.FileName {
		if words := lies(t, inc); words != "" {
			said += ", " + words
		}
		day := t.Earliest.UTC().Format(time.DateOnly)
		if len(t.Local) >= len(day) {
			day = string(t.Local[:len(day)])
		}
		said += " (" + day + ")"
	}
	return said + ": " + d.By
}

// lies says how a time lies to that of an incident, "" where that is open.
func lies(t *extract.Time, inc *Incident) string {
	switch {
	case inc.Earliest != nil && t.Latest.Before(*inc.Earliest):
		return "of before"
	case inc.Latest != nil && t.Earliest.After(*inc.Latest):
		return "of after"
	}
	return ""
}
