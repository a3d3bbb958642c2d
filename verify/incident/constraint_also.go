package incident

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// beside is an item shown in an event by the word of a person, while it counts
// in another or in none.
type beside struct {
	item     verify.Digest
	decision verify.Decision
}

// showBeside finds the events that items are shown in beside their own: by the
// member that stands for it, else by its name.
func (c *grouping) showBeside(events []*event) {
	eventOf := c.eventOf(events)
	byID := map[string]*event{}
	for _, e := range events {
		byID[e.id] = e
	}
	for k, w := range c.rules.also {
		e := byID[k.id]
		if e != nil && e.gone {
			e = nil
		}
		if a, ok := c.member[w.anchor]; ok && eventOf[a] != nil && (e == nil || e.frozen == "") {
			e = eventOf[a]
		}
		if a, ok := c.member[k.item]; ok && e != nil && !slices.Contains(e.atoms, a) {
			e.also = append(e.also, beside{k.item, w.decision})
		}
	}
	for _, e := range events {
		slices.SortFunc(e.also, func(a, b beside) int {
			return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.decision.Order(), b.decision.Order()))
		})
		e.also = slices.CompactFunc(e.also, func(a, b beside) bool { return a.item == b.item })
	}
}

// besides lists the sightings of the items that are shown here by the word of
// a person.
func (c *grouping) besides(e *event) []verify.Member {
	var out []verify.Member
	for _, b := range e.also {
		a := c.atoms[c.member[b.item]]
		for _, q := range a.postings {
			if q.item.Digest != b.item {
				continue
			}
			message := fmt.Sprintf("shown here too: %s, entry %d of the ledger", b.decision.By, b.decision.Seq)
			if e.gone {
				message = fmt.Sprintf("rejected as a part of this: %s, entry %d of the ledger; it is grouped with others now", b.decision.By, b.decision.Seq)
			}
			m := verify.Member{Path: q.sighting.Path, Digest: b.item, Role: verify.Copy, Reasons: []verify.Reason{{Code: verify.AlsoIn, Message: message}}}
			if q.sighting.Path == a.path() {
				m.Role = verify.Original
			}
			out = append(out, m)
		}
	}
	return out
}
