package desk

import (
	"context"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// named is an incident and the files that a person names with it.
func (d *Desk) named(ctx context.Context, incident string, names []string) (*verify.Incident, []verify.Digest, error) {
	inc, err := d.Incident(incident)
	if err != nil {
		return nil, nil, err
	}
	if len(names) == 0 {
		return nil, nil, problem(Unclear, "choose the files first", "name an incident and at least one file")
	}
	items, err := d.Items(ctx, names)
	return inc, items, err
}

// members is named for files that are members.
func (d *Desk) members(ctx context.Context, incident string, names []string) (*verify.Incident, []verify.Digest, error) {
	inc, items, err := d.named(ctx, incident, names)
	if err == nil {
		err = d.among(ctx, inc, items)
	}
	return inc, items, err
}

// Pin records that files belong to an incident, where the grouping has put
// them.
func (d *Desk) Pin(ctx context.Context, w Word, incident string, names []string) (Made, error) {
	inc, items, err := d.members(ctx, incident, names)
	if err != nil {
		return Made{}, err
	}
	items, left := d.withCopies(w, items, subjects(inc))
	made, err := d.record(ctx, w, []verify.Decision{{Kind: verify.Pin, Incident: inc.ID, Subjects: items, Others: d.staying(inc, items)}})
	made.CopiesLeft = left
	return made, err
}

// Add records that files belong to an incident. One that is counted in another
// already stays there and is shown in this one too.
func (d *Desk) Add(ctx context.Context, w Word, incident string, names []string) (Made, error) {
	inc, items, err := d.named(ctx, incident, names)
	if err != nil {
		return Made{}, err
	}
	all, left := d.withCopies(w, items, d.notIn(inc))
	var free, taken []verify.Digest
	for _, it := range all {
		switch home := d.homeOf(it); {
		case slices.Contains(subjects(inc), it):
			return Made{}, problem(MemberAlready, "pin it to keep it there", "%s is in %s already", d.path(ctx, it), inc.ID).of(inc.ID)
		case home == nil:
			free = append(free, it)
		default:
			taken = append(taken, it)
		}
	}
	members := d.staying(inc, items)
	var proposed []verify.Decision
	if len(free) > 0 {
		proposed = append(proposed, verify.Decision{Kind: verify.Add, Incident: inc.ID, Subjects: free, Others: members})
	}
	if len(taken) > 0 {
		proposed = append(proposed, verify.Decision{Kind: verify.AlsoIn, Incident: inc.ID, Subjects: taken, Others: members})
	}
	made, err := d.record(ctx, w, proposed)
	made.CopiesLeft = left
	return made, err
}

// notIn are the items of clusters that are not members of the incident.
func (d *Desk) notIn(inc *verify.Incident) []verify.Digest {
	in := set(subjects(inc))
	var out []verify.Digest
	for _, c := range d.clusters {
		for _, x := range c.Digests {
			if !in[x] {
				out = append(out, x)
			}
		}
	}
	return out
}

// Remove records that files do not belong to an incident.
func (d *Desk) Remove(ctx context.Context, w Word, incident string, names []string) (Made, error) {
	inc, items, err := d.members(ctx, incident, names)
	if err != nil {
		return Made{}, err
	}
	items, left := d.withCopies(w, items, subjects(inc))
	staying := d.staying(inc, items)
	if len(staying) == 0 {
		return Made{}, problem(NothingLeft, "reject it, or keep the files out of every incident", "nothing would be left of %s", inc.ID).of(inc.ID)
	}
	made, err := d.record(ctx, w, []verify.Decision{{Kind: verify.Remove, Incident: inc.ID, Subjects: items, Others: staying}})
	made.CopiesLeft = left
	return made, err
}

// Exclude records that files are of no incident at all.
func (d *Desk) Exclude(ctx context.Context, w Word, names []string) (Made, error) {
	items, err := d.Items(ctx, names)
	if err != nil {
		return Made{}, err
	}
	var in []verify.Digest
	for _, c := range d.clusters {
		in = append(in, c.Digests...)
	}
	items, left := d.withCopies(w, items, in)
	made, err := d.record(ctx, w, []verify.Decision{{Kind: verify.Exclude, Subjects: items}})
	made.CopiesLeft = left
	return made, err
}

// Context records that files are shown with an incident and are no evidence for
// it.
func (d *Desk) Context(ctx context.Context, w Word, incident string, names []string) (Made, error) {
	inc, items, err := d.named(ctx, incident, names)
	if err != nil {
		return Made{}, err
	}
	return d.record(ctx, w, []verify.Decision{{Kind: verify.ForContext, Incident: inc.ID, Subjects: items}})
}

// Move records that files belong to this incident, and not to the ones that
// they are counted in: one decision for each incident that files are taken
// from.
func (d *Desk) Move(ctx context.Context, w Word, incident string, names []string) (Made, error) {
	to, items, err := d.named(ctx, incident, names)
	if err != nil {
		return Made{}, err
	}
	from := map[*verify.Incident][]verify.Digest{}
	for _, it := range items {
		home := d.homeOf(it)
		switch {
		case home == nil:
			return Made{}, problem(CountedNowhere, "add it instead", "%s is counted in no incident", d.path(ctx, it)).of(to.ID)
		case home.ID == to.ID:
			return Made{}, problem(MemberAlready, "pin it to keep it there", "%s is in %s already", d.path(ctx, it), to.ID).of(to.ID)
		}
		from[home] = append(from[home], it)
	}
	var proposed []verify.Decision
	left := 0
	for home, list := range from {
		list, stay := d.withCopies(w, list, subjects(home))
		left += stay
		proposed = append(proposed, verify.Decision{
			Kind: verify.Move, Incident: to.ID, Other: home.ID, Subjects: list,
			Others: d.staying(to, list), Left: d.staying(home, list),
		})
	}
	slices.SortFunc(proposed, func(a, b verify.Decision) int { return strings.Compare(a.Other, b.Other) })
	made, err := d.record(ctx, w, proposed)
	made.CopiesLeft = left
	return made, err
}
