package incident

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// ruling is the last word that a person has said on one incident.
type ruling struct {
	id       string
	status   verify.Status
	subjects []verify.Digest // sorted
	reason   string
	by       string
	seq      int64
}

// readDecisions keeps the last decision on each incident. Kinds that this
// grouping does not know are passed over.
func readDecisions(all []verify.Decision) []ruling {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b verify.Decision) int { return cmp.Compare(a.Seq, b.Seq) })
	last := map[string]ruling{}
	for _, d := range all {
		r := ruling{id: d.Incident, subjects: slices.Clone(d.Subjects), reason: d.Reason, by: d.By, seq: d.Seq}
		switch d.Kind {
		case "confirm":
			r.status = verify.Confirmed
		case "reject":
			r.status = verify.Rejected
		case "reopen", "undo":
			r.status = verify.Candidate
		default:
			continue
		}
		slices.Sort(r.subjects)
		r.subjects = slices.Compact(r.subjects)
		last[d.Incident] = r
	}
	out := make([]ruling, 0, len(last))
	for _, r := range last {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b ruling) int { return cmp.Compare(a.id, b.id) })
	return out
}

// frozenItems says to which confirmed incident an item belongs. An item that
// two confirmed incidents name stands with the one decided on last, and is
// listed in both.
func frozenItems(rulings []ruling) map[verify.Digest]string {
	out := map[verify.Digest]string{}
	at := map[verify.Digest]int64{}
	for _, r := range rulings {
		if r.status != verify.Confirmed {
			continue
		}
		for _, d := range r.subjects {
			if _, ok := out[d]; !ok || r.seq > at[d] {
				out[d], at[d] = r.id, r.seq
			}
		}
	}
	return out
}

// event is a group with its name and what people said of it.
type event struct {
	group
	id     string
	status verify.Status
	ruling *ruling
	claims []claim // recycled postings that claim it
}

// rejectedShare is how much of a group must have been rejected before for it
// to stay rejected: with mostly new members it is a new proposal.
const rejectedShare = 0.5

// identify names the groups. Each keeps the name of the earlier incident with
// which it shares most members; the others are named after their smallest
// digest. Groups of one atom are named only when they have something to say.
func (c *grouping) identify(groups []group, previous []Previous, rulings []ruling) []*event {
	var events []*event
	for _, g := range groups {
		if g.frozen != "" || c.worthShowing(g) || c.wasKnown(g, rulings) {
			events = append(events, &event{group: g, id: g.frozen, status: verify.Candidate})
		}
	}
	for i := range rulings {
		if rulings[i].status != verify.Candidate {
			previous = append(slices.Clip(previous), Previous{rulings[i].id, rulings[i].subjects})
		}
	}
	events = c.restore(events, rulings)
	taken := c.inherit(events, previous)
	c.name(events, taken)
	for _, e := range events {
		for i := range rulings {
			r := &rulings[i]
			if r.id == e.id && (r.status == verify.Confirmed && e.frozen != "" || r.status == verify.Rejected && c.sharedPart(e, r.subjects) > rejectedShare) {
				e.status, e.ruling = r.status, r
			}
		}
	}
	return events
}

// restore adds the confirmed incidents whose items all stand with another,
// and keeps each to the items that it was confirmed with.
func (c *grouping) restore(events []*event, rulings []ruling) []*event {
	for i := range rulings {
		r := &rulings[i]
		if r.status != verify.Confirmed || slices.ContainsFunc(events, func(e *event) bool { return e.frozen == r.id }) {
			continue
		}
		if e := (&event{group: group{frozen: r.id}, id: r.id}); len(c.confirmedAtoms(r)) > 0 {
			events = append(events, e)
		}
	}
	for _, e := range events {
		for i := range rulings {
			if e.frozen != "" && rulings[i].id == e.frozen {
				e.atoms = c.confirmedAtoms(&rulings[i])
			}
		}
	}
	return events
}

// confirmedAtoms are the atoms of the items that were confirmed.
func (c *grouping) confirmedAtoms(r *ruling) []int {
	var atoms []int
	for _, d := range r.subjects {
		if a, ok := c.member[d]; ok {
			atoms = append(atoms, a)
		}
	}
	slices.Sort(atoms)
	return slices.Compact(atoms)
}

// wasKnown keeps a single atom that a person has ruled on.
func (c *grouping) wasKnown(g group, rulings []ruling) bool {
	digests := c.digests(g)
	for _, r := range rulings {
		if r.status == verify.Rejected && overlap(digests, r.subjects) > 0 {
			return true
		}
	}
	return false
}

// inherit hands out the old names, the largest common membership first, and
// returns every name that is in use.
func (c *grouping) inherit(events []*event, previous []Previous) map[string]bool {
	taken := map[string]bool{}
	type link struct{ event, prev, shared int }
	owner := map[verify.Digest][]int{}
	for i, p := range previous {
		taken[p.ID] = true
		for _, d := range p.Digests {
			owner[d] = append(owner[d], i)
		}
	}
	var links []link
	for i, e := range events {
		if e.frozen != "" {
			taken[e.id] = true
			continue
		}
		count := map[int]int{}
		for _, d := range c.digests(e.group) {
			for _, p := range owner[d] {
				count[p]++
			}
		}
		for p, n := range count {
			links = append(links, link{i, p, n})
		}
	}
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), strings.Compare(previous[a.prev].ID, previous[b.prev].ID), cmp.Compare(a.event, b.event))
	})
	used := map[string]bool{}
	for _, e := range events {
		if e.frozen != "" {
			used[e.id] = true
		}
	}
	for _, l := range links {
		id := previous[l.prev].ID
		if events[l.event].id == "" && !used[id] {
			events[l.event].id = id
			used[id] = true
		}
	}
	return taken
}

// idDigits is how much of the smallest digest names an incident.
const idDigits = 6

func (c *grouping) name(events []*event, taken map[string]bool) {
	for _, e := range events {
		if e.id != "" {
			continue
		}
		d := string(c.digests(e.group)[0])
		n := min(idDigits, len(d))
		for n < len(d) && taken["I-"+d[:n]] {
			n++
		}
		e.id = "I-" + d[:n]
		taken[e.id] = true
	}
}

// digests are the items of a group, sorted.
func (c *grouping) digests(g group) []verify.Digest {
	var out []verify.Digest
	for _, a := range g.atoms {
		for _, q := range c.atoms[a].postings {
			out = append(out, q.item.Digest)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c *grouping) sharedPart(e *event, subjects []verify.Digest) float64 {
	digests := c.digests(e.group)
	return float64(overlap(digests, subjects)) / float64(len(digests))
}

// overlap counts the common entries of two sorted lists.
func overlap(a, b []verify.Digest) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// worthShowing says whether a group is proposed. A single atom is, when it
// has evidence of its own beyond the time of a post: half of the published
// events have one source.
func (c *grouping) worthShowing(g group) bool {
	if len(g.atoms) > 1 {
		return true
	}
	if a := c.atoms[g.atoms[0]]; len(a.postings) > 1 && !a.routine {
		return true
	}
	return c.ownBits(c.atoms[g.atoms[0]]) >= c.params.LoneBits
}

// ownBits is how much a single atom says of an event: a capture time and a
// position of its own, an object, a name.
func (c *grouping) ownBits(a *atom) float64 {
	if !a.moment.known() || a.routine {
		return 0
	}
	bits := 0.0
	if a.captured != nil {
		bits++
	}
	if len(a.fixes) > 0 {
		bits += 2
	}
	if a.objects != 0 {
		bits++
	}
	best := 0.0
	for _, n := range a.names {
		best = max(best, min(c.words.bits(n), 2))
	}
	return bits + best
}
