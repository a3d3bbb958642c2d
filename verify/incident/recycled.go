package incident

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// claim is a post of an old picture that fits a newer event: the event it is
// passed off as.
type claim struct {
	posting *posting
	atom    int
	bits    float64
}

// claimReach: a post of an old picture is shown with the event that it fits
// best within this time. The bar is low, for it decides only where the warning
// is shown.
const (
	claimReach = 4 * 24 * time.Hour
	claimBits  = -4.0
)

// strikeParts strikes the posts that show a part of what had appeared long
// before, or that of which a part had.
func (c *grouping) strikeParts() {
	type strike struct {
		post  *posting
		since time.Time
		seen  string
	}
	var found []strike
	for k, bits := range c.links {
		if bits < c.params.PartCopy {
			continue
		}
		pair := [2]*atom{c.atoms[k>>32], c.atoms[k&math.MaxUint32]}
		for i, a := range pair {
			old := pair[1-i]
			first, ok := old.appeared(&c.clock)
			if !ok {
				continue
			}
			for _, q := range a.postings {
				if q.when.known() && !q.loose && q.when.lo.Sub(first) > c.params.Recycled {
					found = append(found, strike{q, first, old.path()})
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b strike) int { return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.seen, b.seen)) })
	for _, s := range found {
		s.post.strike(s.since, s.seen)
	}
}

// struck are posts found to show old pictures, by path, with when these had
// appeared.
type struck map[string]time.Time

// exposed are the posts made soon after the picture first appeared that fit
// another event than that of the picture clearly better: neither fresh nor
// long past, they are told by what they claim.
func (c *grouping) exposed(groups []group) struck {
	out := struck{}
	events := make([]*event, len(groups))
	for i, g := range groups {
		events[i] = &event{group: g}
	}
	eventOf := c.eventOf(events)
	for _, a := range c.atoms {
		own := eventOf[a.id]
		first, ok := a.appeared(&c.clock)
		if !ok || own == nil || own.frozen != "" {
			continue
		}
		for _, q := range a.postings {
			if q.recycled || q.excluded || q.loose || !q.when.known() || q.when.lo.Sub(first) < c.params.Reused {
				continue
			}
			lone := c.alone(a, q)
			here := c.weigh(lone, c.whole(own), ties{})
			if e, bits := c.bestEvent(lone, q, events, eventOf, own); e != nil && bits > 0 && bits-here.total() > c.params.ReusedBits {
				out[q.sighting.Path] = first
			}
		}
	}
	return out
}

// claimRecycled finds for each struck post the event that it claims to show.
// The post is listed there and not counted, and joins nothing.
func (c *grouping) claimRecycled(events []*event) {
	eventOf := c.eventOf(events)
	c.claims = map[*posting]bool{}
	for _, a := range c.atoms {
		for _, q := range a.postings {
			if !q.recycled || q.excluded {
				continue
			}
			lone := c.alone(a, q)
			if e, bits := c.bestEvent(lone, q, events, eventOf, eventOf[a.id]); e != nil && e.status != verify.Confirmed {
				c.claims[q] = true
				e.claims = append(e.claims, claim{q, a.id, bits})
			}
		}
	}
	for _, e := range events {
		slices.SortFunc(e.claims, func(x, y claim) int { return cmp.Compare(x.posting.sighting.Path, y.posting.sighting.Path) })
	}
}

func (c *grouping) eventOf(events []*event) []*event {
	out := make([]*event, len(c.atoms))
	for _, e := range events {
		for _, a := range e.atoms {
			out[a] = e
		}
	}
	return out
}

// alone is what the post says by itself, as if its picture were new: without
// what the picture says of time and place, which belong to the older event.
func (c *grouping) alone(a *atom, q *posting) *opinion {
	m := moment{span: q.when, loose: q.loose}
	o := &opinion{atoms: []int{a.id}, start: c.params.newStart(m), rate: c.rateAt(m)}
	said := &atom{id: a.id}
	var found []mention
	for _, text := range q.texts {
		mentions, rest := c.words.split(text)
		for _, f := range mentions {
			found = append(found, c.sites.mention(f))
		}
		for _, w := range rest {
			c.words.recall(said, w)
		}
	}
	o.place = c.said(said, found)
	likely := map[int32]float64{}
	for k := 0; k < len(objectStems); k++ {
		if said.objects&(1<<k) != 0 {
			likely[int32(k)] = 1
		}
	}
	o.reach = c.reach(o.place)
	o.object = shapeOf(likely, c.objectShares, c.params.WrongObject)
	return o
}

// rateAt is how crowded the case is around a moment: as around the nearest
// atom.
func (c *grouping) rateAt(m moment) float64 {
	if len(c.order) == 0 {
		return 1
	}
	i, _ := slices.BinarySearchFunc(c.order, m.middle(), func(k int, t time.Time) int { return c.atoms[k].moment.middle().Compare(t) })
	return c.rate[c.order[min(i, len(c.order)-1)]]
}

// bestEvent is the event that the post fits best.
func (c *grouping) bestEvent(lone *opinion, q *posting, events []*event, eventOf []*event, own *event) (*event, float64) {
	seen := map[*event]bool{}
	from := q.when.lo.Add(-claimReach)
	to := q.when.hi.Add(claimReach)
	i, _ := slices.BinarySearchFunc(c.order, from, func(k int, t time.Time) int { return c.atoms[k].moment.middle().Compare(t) })
	for _, k := range c.order[i:] {
		b := c.atoms[k]
		if b.moment.middle().After(to) {
			break
		}
		if e := eventOf[k]; e != nil && e != own && k != lone.atoms[0] {
			seen[e] = true
		}
	}
	var best *event
	bits := claimBits
	for _, e := range events {
		if !seen[e] {
			continue
		}
		ev := c.weigh(lone, c.whole(e), ties{})
		if t := ev.total(); t > bits {
			best, bits = e, t
		}
	}
	return best, bits
}

// whole is what all atoms of an event say, worked out once.
func (c *grouping) whole(e *event) *opinion {
	o, ok := c.wholes[e]
	if !ok {
		o = c.opinionOfAll(e.atoms)
		if c.wholes == nil {
			c.wholes = map[*event]*opinion{}
		}
		c.wholes[e] = o
	}
	return o
}

// recall sorts a word into an atom by a vocabulary that is complete.
func (v *vocabulary) recall(a *atom, w word) {
	id, ok := v.ids[w.key]
	if !v.names(a, w) || !ok {
		return
	}
	id = v.merged[id]
	if v.terms[id].isName {
		a.names = append(a.names, id)
	} else {
		a.rare = append(a.rare, id)
	}
}

// findings reports the posts of old pictures, and clocks that contradict the
// first post.
func (c *grouping) findings() []verify.Finding {
	var out []verify.Finding
	for _, a := range c.atoms {
		for _, q := range a.postings {
			if q.recycled {
				out = append(out, verify.Finding{Path: source.Text(q.sighting.Path), Finding: extract.Finding{
					Code: "recycled-media", Severity: extract.Severity("warning"),
					Message: c.recycledReason(a, q, 0).Message,
				}})
			}
		}
		if a.clash != "" {
			out = append(out, verify.Finding{Path: source.Text(a.path()), Finding: extract.Finding{
				Code: "time-contradiction", Severity: extract.Severity("warning"), Message: a.clash,
			}})
		}
	}
	slices.SortFunc(out, func(x, y verify.Finding) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Code, y.Code))
	})
	return out
}
