package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
)

// Incident finds an incident by its name, in whatever case.
func (d *Desk) Incident(id string) (*verify.Incident, error) {
	if inc := Find(d.incidents, id); inc != nil {
		return inc, nil
	}
	if slices.ContainsFunc(d.records, func(r assess.Record) bool { return strings.EqualFold(r.Incident, id) }) {
		return nil, problem(MadeByHand, "change its status in its record", "%s was made by hand or imported: it is decided on in its record", id).of(id)
	}
	return nil, problem(UnknownIncident, "it may have become part of another: look at the list of incidents", "there is no incident %s in this case", id).of(id)
}

// Find gives the incident of a name, nil for none.
func Find(incidents []verify.Incident, id string) *verify.Incident {
	for i := range incidents {
		if strings.EqualFold(incidents[i].ID, id) {
			return &incidents[i]
		}
	}
	return nil
}

// Named finds an item by its path or digest, of which the first digits do.
func Named(ctx context.Context, file *casefile.File, name string) (verify.Digest, error) {
	d, err := file.Named(ctx, name)
	if errors.Is(err, casefile.ErrUnknownItem) {
		return "", problem(UnknownItem, "it may be gone since the last scan: load the page again", "there is no file %s in this case", name)
	}
	return d, err
}

// Items finds the files that a person names, each once.
func (d *Desk) Items(ctx context.Context, names []string) ([]verify.Digest, error) {
	var out []verify.Digest
	for _, name := range names {
		it, err := Named(ctx, d.file, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, it) {
			out = append(out, it)
		}
	}
	return out, nil
}

// path is how an item is called in a message.
func (d *Desk) path(ctx context.Context, item verify.Digest) string {
	it, err := d.file.Item(ctx, item)
	if err != nil || len(it.Sightings) == 0 {
		return string(item[:min(len(item), 12)])
	}
	return it.Path()
}

// withCopies adds the copies that are among some when the word asks for it, and
// otherwise says how many are left.
func (d *Desk) withCopies(w Word, items, among []verify.Digest) (all []verify.Digest, left int) {
	wanted := set(items)
	in := set(among)
	var more []verify.Digest
	for _, c := range d.clusters {
		if !slices.ContainsFunc(c.Digests, func(x verify.Digest) bool { return wanted[x] }) {
			continue
		}
		for _, x := range c.Digests {
			if in[x] && !wanted[x] && !slices.Contains(more, x) {
				more = append(more, x)
			}
		}
	}
	if w.Copies {
		return append(slices.Clip(items), more...), 0
	}
	return items, len(more)
}

func set(items []verify.Digest) map[verify.Digest]bool {
	out := make(map[verify.Digest]bool, len(items))
	for _, x := range items {
		out[x] = true
	}
	return out
}

// subjects are the members that count.
func subjects(inc *verify.Incident) []verify.Digest {
	var out []verify.Digest
	for i := range inc.Members {
		if m := &inc.Members[i]; m.Counts() {
			out = append(out, m.Digest)
		}
	}
	return Once(out)
}

// shownIn are the members that count, and those that a person shows there
// beside their own incident.
func shownIn(inc *verify.Incident) []verify.Digest {
	out := subjects(inc)
	for _, m := range inc.Members {
		if !m.Counts() && m.Role != verify.Recycled && m.Role != verify.Context {
			out = append(out, m.Digest)
		}
	}
	return Once(out)
}

// Once leaves the first of equal items.
func Once(items []verify.Digest) []verify.Digest {
	seen := map[verify.Digest]bool{}
	var out []verify.Digest
	for _, d := range items {
		if !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	return out
}

// among wants every item to be a member of the incident, whether it counts or
// is shown beside its own.
func (d *Desk) among(ctx context.Context, inc *verify.Incident, items []verify.Digest) error {
	for _, it := range items {
		if !slices.ContainsFunc(inc.Members, func(m verify.Member) bool { return m.Digest == it && m.Role != verify.Recycled }) {
			return problem(NoMember, "load the incident again to see its members", "%s is not a member of %s", d.path(ctx, it), inc.ID).of(inc.ID)
		}
	}
	return nil
}

// staying are the members that count without some, the one that stands for the
// incident first.
func (d *Desk) staying(inc *verify.Incident, without []verify.Digest) []verify.Digest {
	anchor, ok := incident.Anchor(*inc, d.decisions, without)
	if !ok {
		return nil
	}
	gone := set(without)
	out := []verify.Digest{anchor}
	for _, m := range subjects(inc) {
		if m != anchor && !gone[m] {
			out = append(out, m)
		}
	}
	return out
}

// homeOf is the incident that an item counts in, nil for none. A rejected
// candidate is none.
func (d *Desk) homeOf(item verify.Digest) *verify.Incident {
	for i := range d.incidents {
		inc := &d.incidents[i]
		if inc.Status != verify.Rejected && slices.Contains(subjects(inc), item) {
			return inc
		}
	}
	return nil
}
