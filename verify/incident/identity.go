package incident

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/verify"
)

// ruling is the last word that a person has said on one incident.
type ruling struct {
	id       string
	status   verify.Status
	subjects []verify.Digest // sorted
	decision verify.Decision
}

// event is a group with its name and what people said of it.
type event struct {
	group
	id     string
	status verify.Status
	ruling *ruling
	claims []claim // recycled postings that claim it
	also   []beside
	items  []verify.Digest // of the group, sorted
	all    atomic.Pointer[opinion]
	gone   bool // rejected, and its items are with others now: only shown
}

// rejectedShare is how much of a group must have been rejected before for it
// to stay rejected: with mostly new members it is a new proposal.
const rejectedShare = 0.5

// identify names the groups. The name of an incident goes to the group that
// holds most of the items that people put into it, else to the one whose
// members are most like those it had; other groups are named after their
// smallest digest. Groups of one atom are named only when they have something
// to say.
func (c *grouping) identify(groups []group, previous, retired []Previous) []*event {
	rulings := c.rules.rulings()
	var events []*event
	for _, g := range groups {
		if g.frozen != "" || c.worthShowing(g) || c.wasKnown(g, rulings) {
			e := &event{group: g, id: g.frozen, status: verify.Candidate}
			if g.frozen != "" {
				e.status = verify.Confirmed
			}
			events = append(events, e)
		}
	}
	events = c.restore(events, rulings)
	claims := c.fitRecycled(events)
	c.claimRecycled(events, claims)
	n := newNaming(previous, c.rules.known, retired)
	for _, e := range events {
		if e.frozen != "" {
			n.used[e.id] = true
		}
		e.items = c.counted(e.group)
	}
	n.byPeople(events, c.rules.home, c.rules.rejected)
	n.inherit(events, c.present(previous), c.present(c.rules.known), c.present(retired), c.rules.rejected)
	n.invent(events)
	for _, e := range events {
		for i := range rulings {
			r := &rulings[i]
			if r.id == e.id && (r.status == verify.Confirmed && e.frozen != "" || r.status == verify.Rejected && stillRejected(e, *r)) {
				e.status, e.ruling = r.status, r
			}
		}
	}
	c.claimRecycled(events, claims) // by their status as it is now
	return append(events, c.absorbed(events, rulings)...)
}

// absorbed are the rejected candidates that no group is any more, since their
// items came to be grouped with others. What a person said stays listed, with
// the items shown and not counted.
func (c *grouping) absorbed(events []*event, rulings []ruling) []*event {
	named := map[string]bool{}
	for _, e := range events {
		named[e.id] = true
	}
	var out []*event
	for i := range rulings {
		r := &rulings[i]
		if r.status != verify.Rejected || named[r.id] {
			continue
		}
		e := &event{id: r.id, status: verify.Rejected, ruling: r, gone: true}
		for _, d := range r.subjects {
			if _, ok := c.member[d]; ok && !c.rules.excludes(d) {
				e.also = append(e.also, beside{d, r.decision})
			}
		}
		if len(e.also) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// restore adds the confirmed incidents whose items all stand with another,
// and keeps each to the items that it was confirmed with.
func (c *grouping) restore(events []*event, rulings []ruling) []*event {
	for i := range rulings {
		r := &rulings[i]
		if r.status != verify.Confirmed || slices.ContainsFunc(events, func(e *event) bool { return e.frozen == r.id }) {
			continue
		}
		if e := (&event{group: group{frozen: r.id}, id: r.id, status: verify.Confirmed}); len(c.confirmedAtoms(r)) > 0 {
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

// wasKnown keeps a single atom that a person has ruled on, or put somewhere.
func (c *grouping) wasKnown(g group, rulings []ruling) bool {
	digests := c.digests(g)
	for _, d := range digests {
		if c.rules.home[d] != "" {
			return true
		}
	}
	for _, r := range rulings {
		if r.status == verify.Rejected && overlap(digests, r.subjects) > 0 {
			return true
		}
	}
	return false
}

func stillRejected(e *event, r ruling) bool {
	return float64(overlap(e.items, r.subjects)) > rejectedShare*float64(len(e.items))
}

// digests are the items of a group, sorted.
func (c *grouping) digests(g group) []verify.Digest {
	var out []verify.Digest
	for _, a := range g.atoms {
		for _, q := range c.atoms[a].postings {
			if !q.excluded {
				out = append(out, q.item.Digest)
			}
		}
	}
	return sorted(out)
}

// counted are the items of a group that count in it, as they will be listed,
// so that a run knows the groups of the one before again.
func (c *grouping) counted(g group) []verify.Digest {
	var out []verify.Digest
	for _, a := range g.atoms {
		first := c.atoms[a].path()
		for _, q := range c.atoms[a].postings {
			if !q.excluded && (q.sighting.Path == first || !c.onlyShown(q)) {
				out = append(out, q.item.Digest)
			}
		}
	}
	return sorted(out)
}

// onlyShown says whether a posting is listed as recycled in its own event: it
// shows an old picture again, no newer event is claimed by it, and nobody said
// that it belongs here.
func (c *grouping) onlyShown(q *posting) bool {
	return q.recycled && !c.claimed(q) && c.rules.home[q.item.Digest] == ""
}

// present leaves of earlier incidents what the case still has.
func (c *grouping) present(all []Previous) []Previous {
	var out []Previous
	for _, p := range all {
		p.Digests = slices.DeleteFunc(sorted(p.Digests), func(d verify.Digest) bool { _, ok := c.member[d]; return !ok })
		out = append(out, p)
	}
	return out
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

// naming hands out names, each to one group.
type naming struct {
	used  map[string]bool // by a group of this run
	taken map[string]bool // ever
}

func newNaming(earlier ...[]Previous) *naming {
	n := &naming{used: map[string]bool{}, taken: map[string]bool{}}
	for _, p := range slices.Concat(earlier...) {
		n.taken[p.ID] = true
	}
	return n
}

// offer is a name that fits a group: the more, the better.
type offer struct {
	event *event
	id    string
	fit   float64
	rank  int // of two that fit alike the lesser one goes first
}

// give hands out the best offers first.
func (n *naming) give(offers []offer) {
	slices.SortFunc(offers, func(a, b offer) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(a.rank, b.rank), strings.Compare(a.id, b.id), cmp.Compare(a.event.items[0], b.event.items[0]))
	})
	for _, o := range offers {
		if o.event.id == "" && !n.used[o.id] {
			o.event.id = o.id
			n.used[o.id] = true
		}
	}
}

// byPeople offers the names of the incidents that people put items into.
func (n *naming) byPeople(events []*event, home map[verify.Digest]string, rejected map[string]ruling) {
	var offers []offer
	for _, e := range events {
		votes := map[string]int{}
		for _, d := range e.items {
			if id := home[d]; id != "" {
				votes[id]++
			}
		}
		for id, v := range votes {
			n.taken[id] = true
			if r, ok := rejected[id]; ok && !stillRejected(e, r) {
				continue
			}
			offers = append(offers, offer{event: e, id: id, fit: float64(v)})
		}
	}
	n.give(offers)
}

// inherit offers the names that incidents had in the run before, and those by
// which decisions called them, the newest first. A name that went out of use
// goes to a group that is again what it was, and else to one that nothing else
// names. A rejected name goes only to a group that stays rejected.
func (n *naming) inherit(events []*event, previous, known, retired []Previous, rejected map[string]ruling) {
	all := slices.Concat(previous, known, retired)
	owner := map[verify.Digest][]int{}
	for i, p := range all {
		for _, d := range p.Digests {
			owner[d] = append(owner[d], i)
		}
	}
	var offers, late []offer
	for _, e := range events {
		if e.id != "" {
			continue
		}
		shared := map[int]int{}
		for _, d := range e.items {
			for _, i := range owner[d] {
				shared[i]++
			}
		}
		for i, s := range shared {
			if r, ok := rejected[all[i].ID]; ok && !stillRejected(e, r) {
				continue
			}
			both := len(e.items) + len(all[i].Digests) - s
			o := offer{event: e, id: all[i].ID, fit: float64(s) / float64(both), rank: max(0, i-len(previous)+1)}
			if i < len(previous)+len(known) || s == both {
				offers = append(offers, o)
			} else {
				late = append(late, o)
			}
		}
	}
	n.give(offers)
	n.give(late)
}

// invent names what has no name yet.
func (n *naming) invent(events []*event) {
	for _, e := range events {
		if e.id == "" {
			e.id = Name(e.items[0], func(id string) bool { return n.taken[id] })
			n.taken[e.id] = true
		}
	}
}

// idDigits is how much of the smallest digest names an incident.
const idDigits = 6

// Name is the name of a new incident with that smallest digest, as long as it
// takes to be one that was not taken before.
func Name(smallest verify.Digest, taken func(id string) bool) string {
	n := min(idDigits, len(smallest))
	for n < len(smallest) && taken("I-"+string(smallest[:n])) {
		n++
	}
	return "I-" + string(smallest[:n])
}

// maxRetired bounds the names that are remembered beside those in use.
const maxRetired = 20000

// retire gives the names that are in use no more, with what they stood for when
// they last were, the newest first.
func retire(now []verify.Incident, previous, retired []Previous) []Previous {
	used := map[string]bool{}
	for i := range now {
		used[now[i].ID] = true
	}
	var out []Previous
	for _, p := range slices.Concat(previous, retired) {
		if !used[p.ID] && len(p.Digests) > 0 && len(out) < maxRetired {
			used[p.ID] = true
			out = append(out, Previous{ID: p.ID, Digests: sorted(p.Digests)})
		}
	}
	return out
}
