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
	f := c.newField(firstLook, events)
	for _, a := range c.atoms {
		own := f.eventOf[a.id]
		first, ok := a.appeared(&c.clock)
		if !ok || own == nil || own.frozen != "" {
			continue
		}
		for _, q := range a.postings {
			if q.recycled || q.excluded || q.loose || !q.when.known() || q.when.lo.Sub(first) < c.params.Reused {
				continue
			}
			if e, bits := f.best(a, q); e != nil && bits > 0 && bits-f.here(a, q) > c.params.ReusedBits {
				out[q.sighting.Path] = first
			}
		}
	}
	f.leave()
	return out
}

// fitRecycled finds for each struck post the event that it claims to show.
func (c *grouping) fitRecycled(events []*event) []fitted {
	f := c.newField(secondLook, events)
	var out []fitted
	for _, a := range c.atoms {
		for _, q := range a.postings {
			if !q.recycled || q.excluded {
				continue
			}
			if e, bits := f.best(a, q); e != nil {
				out = append(out, fitted{claim{q, a.id, bits}, e})
			}
		}
	}
	f.leave()
	return out
}

// fitted is a struck post and the event that it fits best.
type fitted struct {
	claim
	event *event
}

// claimRecycled lists struck posts with the events that they claim to show,
// confirmed ones apart. They are not counted there, and join nothing.
func (c *grouping) claimRecycled(events []*event, posts []fitted) {
	c.claims = map[*posting]bool{}
	for _, e := range events {
		e.claims = nil
	}
	for _, p := range posts {
		if p.event.status != verify.Confirmed {
			c.claims[p.posting] = true
			p.event.claims = append(p.event.claims, p.claim)
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
// what the picture says of time and place, which belong to the older event. Its
// start is left out: see startAlone.
func (c *grouping) alone(a *atom, q *posting) *opinion {
	if o, ok := c.lone[q]; ok {
		return o
	}
	o := &opinion{atoms: []int{a.id}, rate: c.learnt.Crowding.at(momentOf(q))}
	said := &atom{id: a.id}
	var found []mention
	for _, text := range q.texts {
		mentions, rest := c.words.split(text)
		for _, f := range mentions {
			found = append(found, c.sites.mention(f))
		}
		for _, w := range rest {
			if id, ok := c.words.ids[w.key]; ok && c.words.names(said, w) {
				c.words.sort(said, id)
			}
		}
	}
	o.place = c.spoken(said, found)
	o.reach = c.reach(o.place)
	o.object = c.objectOf(said)
	c.lone[q] = o
	return o
}

// startAlone is when the event began that a post speaks of by itself.
func (c *grouping) startAlone(q *posting) *start { return c.newStart(momentOf(q)) }

func momentOf(q *posting) moment { return moment{span: q.when, loose: q.loose} }

// whole is what all atoms of an event say, worked out once; any number of
// goroutines may ask.
func (c *grouping) whole(e *event) *opinion {
	o := e.all.Load()
	if o == nil {
		o = c.opinionOfAll(e.atoms)
		e.all.Store(o)
	}
	return o
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
