package incident

import (
	"cmp"
	"fmt"
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
	after   time.Duration // since the picture first appeared
}

// claimReach: a post of an old picture is shown with the event that it fits
// best within this time. The bar is low, for it decides only where the warning
// is shown.
const (
	claimReach = 4 * 24 * time.Hour
	claimBits  = -4.0
)

// claimRecycled finds for each struck post the event that it claims to show.
// The post is listed there and not counted, and joins nothing.
func (c *grouping) claimRecycled(events []*event) {
	eventOf := c.eventOf(events)
	c.claims = map[*posting]bool{}
	for _, a := range c.atoms {
		for _, q := range a.postings {
			if !q.recycled {
				continue
			}
			first, _ := a.appeared(&c.clock)
			lone := c.alone(a, q)
			if e, bits := c.bestEvent(lone, events, eventOf, eventOf[a.id]); e != nil && e.status != verify.Confirmed {
				c.claims[q] = true
				e.claims = append(e.claims, claim{q, a.id, bits, q.when.lo.Sub(first)})
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

// alone is the post by itself, as if its picture were new.
func (c *grouping) alone(a *atom, q *posting) *atom {
	fresh := *q
	fresh.recycled = false
	lone := &atom{id: a.id, digest: a.digest, postings: []*posting{&fresh}}
	lone.moment = moment{span: q.when, loose: q.loose}
	lone.accounts = []string{q.account}
	for _, text := range q.texts {
		for _, w := range words(text) {
			c.words.recall(lone, w)
		}
	}
	slices.Sort(lone.names)
	slices.Sort(lone.rare)
	return lone
}

// bestEvent is the event whose atoms the post fits best on average.
func (c *grouping) bestEvent(lone *atom, events []*event, eventOf []*event, own *event) (*event, float64) {
	type tally struct {
		sum float64
		n   int
	}
	seen := map[*event]*tally{}
	from := lone.moment.lo.Add(-claimReach)
	to := lone.moment.hi.Add(claimReach)
	i, _ := slices.BinarySearchFunc(c.order, from, func(k int, t time.Time) int { return c.atoms[k].moment.middle().Compare(t) })
	for _, k := range c.order[i:] {
		b := c.atoms[k]
		if b.moment.middle().After(to) {
			break
		}
		e := eventOf[k]
		if e == nil || e == own || k == lone.id {
			continue
		}
		ev := c.weighApart(lone, b)
		if seen[e] == nil {
			seen[e] = &tally{}
		}
		seen[e].sum += ev.total()
		seen[e].n++
	}
	var best *event
	bits := claimBits
	for _, e := range events {
		if t := seen[e]; t != nil && t.sum/float64(t.n) > bits {
			best, bits = e, t.sum/float64(t.n)
		}
	}
	return best, bits
}

// weighApart weighs a post without what its picture itself says: the position
// and the likeness belong to the older event.
func (c *grouping) weighApart(lone, b *atom) evidence {
	placed := c.placed[lone.id]
	if !placed {
		e := c.weigh(lone, b)
		e.bits[byCopy] = 0
		return e
	}
	hidden := *c
	hidden.placed = slices.Clone(c.placed)
	hidden.placed[lone.id] = false
	e := hidden.weigh(lone, b)
	e.bits[byCopy] = 0
	return e
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
		first, ok := a.appeared(&c.clock)
		for _, q := range a.postings {
			if q.recycled && ok {
				out = append(out, verify.Finding{Path: source.Text(q.sighting.Path), Finding: extract.Finding{
					Code: "recycled-media", Severity: extract.Severity("warning"),
					Message: fmt.Sprintf("posted %s after the picture first appeared, see %s", lasting(q.when.lo.Sub(first)), a.path()),
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
