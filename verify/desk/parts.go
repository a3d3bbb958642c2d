package desk

import (
	"context"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/incident"
)

// Merge records that two incidents are one. The first keeps its name, unless
// only the other is confirmed.
func (d *Desk) Merge(ctx context.Context, w Word, id, other string) (Made, error) {
	a, err := d.Incident(id)
	if err != nil {
		return Made{}, err
	}
	b, err := d.Incident(other)
	if err != nil {
		return Made{}, err
	}
	if a.ID == b.ID {
		return Made{}, problem(Unclear, "choose another incident", "%s and %s are one incident already", id, other)
	}
	var notes []string
	if b.Status == verify.Confirmed && a.Status != verify.Confirmed {
		notes = append(notes, b.ID+" is confirmed: it keeps its name")
		a, b = b, a
	}
	m := verify.Decision{Kind: verify.Merge, Incident: a.ID, Other: b.ID, Subjects: d.staying(a, nil)}
	m.Others = d.staying(b, m.Subjects)
	if len(m.Subjects) == 0 || len(m.Others) == 0 {
		return Made{}, problem(NothingLeft, "", "one of %s and %s has no members of its own", a.ID, b.ID)
	}
	made, err := d.record(ctx, w, []verify.Decision{m})
	made.Notes = notes
	return made, err
}

// Split records that members are an incident of their own. The others stay; if
// some are named in stays, only these do, and the rest goes with the part that
// it fits better.
func (d *Desk) Split(ctx context.Context, w Word, id string, names, stays []string) (Made, error) {
	inc, items, err := d.members(ctx, id, names)
	if err != nil {
		return Made{}, err
	}
	items, left := d.withCopies(w, items, subjects(inc))
	staying := d.staying(inc, items)
	if len(stays) > 0 {
		if _, staying, err = d.members(ctx, id, stays); err != nil {
			return Made{}, err
		}
	}
	switch {
	case len(staying) == 0:
		return Made{}, problem(Unclear, "leave at least one member", "nothing would be left of %s", inc.ID)
	case slices.ContainsFunc(items, func(x verify.Digest) bool { return slices.Contains(staying, x) }):
		return Made{}, problem(Unclear, "choose for each file one of the two", "a file cannot stay and be split off")
	}
	made, err := d.record(ctx, w, []verify.Decision{{Kind: verify.Split, Incident: inc.ID, Other: d.newName(items), Subjects: items, Others: staying}})
	made.CopiesLeft = left
	return made, err
}

// newName is a name that no incident of this case ever had.
func (d *Desk) newName(items []verify.Digest) string {
	return incident.Name(slices.Min(items), func(id string) bool {
		return Find(d.incidents, id) != nil || slices.ContainsFunc(d.decisions, func(m verify.Decision) bool { return m.Incident == id || m.Other == id })
	})
}
