package incident

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// copyBits is shown for a copy: it is not weighed, the match has decided.
const copyBits = 12

// closeRival is the lead, in bits, below which another event is a rival.
const closeRival = 3

// leastShown is the evidence, in bits, that is worth a sentence.
const leastShown = 1

// describe writes the events as incidents, by time and then by ID. One of which
// nothing changed is as it was.
func (c *grouping) describe(events []*event) []verify.Incident {
	eventOf := c.eventOf(events)
	near := c.neighbours(events, eventOf)
	out := make([]verify.Incident, len(events))
	keys := make([]mark, len(events))
	_ = c.share(context.Background(), len(events), func(i int) { // a context without an end
		e := events[i]
		if e.gone {
			out[i] = c.gone(e)
			return
		}
		keys[i] = c.eventMark(e, eventOf, near[i])
		if was, ok := c.memory.described(keys[i], e.id); ok {
			out[i] = *was
		} else {
			out[i] = c.incident(e, eventOf, near[i])
		}
	})
	for i, e := range events {
		if !e.gone {
			c.memory.keepDescribed(keys[i], e.id)
		}
	}
	slices.SortFunc(out, func(a, b verify.Incident) int {
		return cmp.Or(when(a).Compare(when(b)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// gone describes a rejected candidate whose items are with others now.
func (c *grouping) gone(e *event) verify.Incident {
	in := verify.Incident{ID: e.id, Status: e.status, Members: c.besides(e), Possible: []verify.Member{}, Reasons: []verify.Reason{}, Flags: []string{"absorbed"}}
	slices.SortFunc(in.Members, func(a, b verify.Member) int { return cmp.Compare(a.Path, b.Path) })
	shown := &event{}
	for _, b := range e.also {
		shown.atoms = append(shown.atoms, c.member[b.item])
	}
	slices.Sort(shown.atoms)
	shown.atoms = slices.Compact(shown.atoms)
	in.Earliest, in.Latest = c.bounds(shown)
	c.locate(shown, &in, map[string]bool{})
	return in
}

// eventMark is that of all that the description of an event depends on: its
// atoms, what people said of them, and what is near.
func (c *grouping) eventMark(e *event, eventOf []*event, near []*event) mark {
	w := writer{b: make([]byte, 0, 512)}
	w.text("event")
	c.writeEvent(&w, e)
	if e.ruling != nil {
		w.number(e.ruling.decision.Seq)
		w.number(e.ruling.decision.Order())
		w.count(len(e.ruling.subjects))
		for _, d := range e.ruling.subjects {
			w.text(string(d))
		}
	}
	for _, i := range e.atoms {
		for _, q := range c.atoms[i].postings {
			home := c.rules.home[q.item.Digest]
			w.yes(home != "")
			w.yes(q.recycled && c.claimed(q))
		}
	}
	w.count(len(e.also))
	for _, b := range e.also {
		w.text(string(b.item))
		w.number(b.decision.Seq)
		w.number(b.decision.Order())
		w.text(b.decision.By)
		w.bytes(c.marks[c.member[b.item]][:])
	}
	w.count(len(e.claims))
	for _, cl := range e.claims {
		w.text(cl.posting.sighting.Path)
		w.bytes(c.marks[cl.atom][:])
		w.float(cl.bits)
	}
	around := c.around(e)
	w.count(len(around))
	for _, j := range around {
		w.bytes(c.marks[j][:])
		o := eventOf[j]
		w.yes(o == nil || len(o.atoms) == 1)
	}
	w.count(len(near))
	all := slices.Concat(e.atoms, around)
	for _, n := range near {
		c.writeEvent(&w, n)
		all = append(all, n.atoms...)
	}
	c.writeTies(&w, all)
	c.writeRules(&w, all, nil)
	return w.mark()
}

func (c *grouping) writeEvent(w *writer, e *event) {
	w.text(e.id)
	w.text(string(e.status))
	w.text(e.frozen)
	w.count(len(e.atoms))
	for _, i := range e.atoms {
		w.bytes(c.marks[i][:])
	}
}

// when is where an incident stands in the list; undated ones come last.
func when(i verify.Incident) time.Time {
	switch {
	case i.Earliest != nil:
		return *i.Earliest
	case i.Latest != nil:
		return *i.Latest
	}
	return time.Unix(1<<40, 0)
}

func (c *grouping) incident(e *event, eventOf []*event, near []*event) verify.Incident {
	in := verify.Incident{ID: e.id, Status: e.status, Possible: c.possible(e, eventOf), Reasons: []verify.Reason{}, Flags: []string{}}
	flags := map[string]bool{}
	in.Members = c.members(e, eventOf, flags)
	in.Earliest, in.Latest = c.bounds(e)
	c.locate(e, &in, flags)
	in.Reasons = append(in.Reasons, c.topEvidence(e)...)
	if r, ok := c.weakest(e); ok {
		in.Reasons = append(in.Reasons, r)
	}
	if e.status == verify.Confirmed {
		s := c.suggestions(e, near)
		in.Reasons = append(in.Reasons, s...)
		flags["suggestion"] = len(s) > 0 || slices.ContainsFunc(in.Possible, func(m verify.Member) bool { return m.Reasons[0].Code == "suggestion" })
	} else if r, lead, ok := c.rival(e, near); ok {
		in.Reasons = append(in.Reasons, r)
		flags["rival"] = lead < closeRival
	}
	c.flagWeakness(e, flags)
	for f, on := range flags {
		if on {
			in.Flags = append(in.Flags, f)
		}
	}
	slices.Sort(in.Flags)
	return in
}

// neighbours lists, for each event, the others that some pair speaks for.
func (c *grouping) neighbours(events []*event, eventOf []*event) [][]*event {
	place := map[*event]int{}
	for i, e := range events {
		place[e] = i
	}
	sets := make([]map[int]bool, len(events))
	for _, g := range c.edges {
		x, y := eventOf[g.a], eventOf[g.b]
		if x == nil || y == nil || x == y {
			continue
		}
		i, j := place[x], place[y]
		for _, k := range [2][2]int{{i, j}, {j, i}} {
			if sets[k[0]] == nil {
				sets[k[0]] = map[int]bool{}
			}
			sets[k[0]][k[1]] = true
		}
	}
	out := make([][]*event, len(events))
	for i, s := range sets {
		for _, j := range slices.Sorted(maps.Keys(s)) {
			out[i] = append(out[i], events[j])
		}
	}
	return out
}

// members lists every sighting of every atom, with why it is there.
func (c *grouping) members(e *event, eventOf []*event, flags map[string]bool) []verify.Member {
	out := []verify.Member{}
	for _, i := range e.atoms {
		a := c.atoms[i]
		own := c.reasons(a, e)
		first := a.path()
		for _, q := range a.postings {
			if q.excluded || !e.holds(q.item.Digest) {
				continue
			}
			m := verify.Member{Path: q.sighting.Path, Role: verify.Copy, Digest: q.item.Digest}
			if q.recycled {
				flags["recycled-member"] = true
			}
			switch {
			case q.sighting.Path == first:
				m.Role, m.Reasons = verify.Original, own
			case q.recycled && !c.claimed(q) && c.rules.home[q.item.Digest] == "":
				m.Role = verify.Recycled
				m.Reasons = []verify.Reason{c.recycledReason(a, q, 0)}
			default:
				m.Reasons = []verify.Reason{{Code: "copy", Weight: copyBits, Message: "copy of " + first}}
			}
			out = append(out, m)
		}
	}
	for _, cl := range e.claims {
		flags["recycled-member"] = true
		out = append(out, verify.Member{
			Path: cl.posting.sighting.Path, Role: verify.Recycled, Digest: cl.posting.item.Digest,
			Reasons: []verify.Reason{c.recycledReason(c.atoms[cl.atom], cl.posting, cl.bits)},
		})
	}
	out = append(out, c.besides(e)...)
	slices.SortFunc(out, func(a, b verify.Member) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// holds says whether an item is a member: of a confirmed incident only those
// are that it was confirmed with.
func (e *event) holds(d verify.Digest) bool {
	if e.frozen == "" || e.ruling == nil {
		return true
	}
	_, ok := slices.BinarySearch(e.ruling.subjects, d)
	return ok
}

func (c *grouping) claimed(q *posting) bool { return c.claims[q] }

func (c *grouping) recycledReason(a *atom, q *posting, bits float64) verify.Reason {
	seen, what := cmp.Or(q.seen, a.path()), "the picture"
	if q.seen != "" {
		what = "a part of the picture"
	}
	return verify.Reason{Code: "recycled", Weight: round(bits),
		Message: fmt.Sprintf("posted %s after %s first appeared, see %s", lasting(q.when.lo.Sub(q.since)), what, seen)}
}

// bounds is the span in which the members say they were taken. Without any
// capture time only the end is known: before the first post.
func (c *grouping) bounds(e *event) (earliest, latest *time.Time) {
	var from, to, posted time.Time
	for _, i := range e.atoms {
		a := c.atoms[i]
		switch {
		case a.captured != nil:
			if lo := a.captured.honest[0]; from.IsZero() || lo.Before(from) {
				from = lo
			}
			if hi := a.captured.honest[1]; hi.After(to) {
				to = hi
			}
		case a.moment.known():
			if hi := a.moment.honest[1]; posted.IsZero() || hi.Before(posted) {
				posted = hi
			}
		}
	}
	if to.IsZero() {
		to = posted
	}
	return instant(from), instant(to)
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	u := t.UTC()
	return &u
}

// namedIn introduces the names that captions bear in a basis of place.
const namedIn = "named in captions: "

// maxNamed bounds the names in a basis of place.
const maxNamed = 3

// locate gives the position that most of the placed members agree on, and the
// names that most captions bear.
func (c *grouping) locate(e *event, in *verify.Incident, flags map[string]bool) {
	var fixes []fix
	counts := map[string]int{}
	for _, i := range e.atoms {
		if c.placed[i] {
			fixes = append(fixes, c.fixes[i])
		}
		for _, n := range c.named(i) {
			counts[n]++
		}
	}
	named := ""
	if len(counts) > 0 {
		names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
			return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
		})
		named = namedIn + strings.Join(names[:min(len(names), maxNamed)], ", ")
	}
	if len(fixes) > 0 {
		f, _ := middle(fixes, 4)
		radius := 0.0
		for _, g := range fixes {
			if d := f.km(g); d <= 4 {
				radius = math.Max(radius, 1000*d+g.radius)
			}
		}
		radius = math.Ceil(radius)
		lat, lon := f.lat, f.lon
		in.Latitude, in.Longitude, in.RadiusM = &lat, &lon, &radius
		basis := fmt.Sprintf("positions of %d of %d pictures", len(fixes), len(e.atoms))
		if len(fixes) == 1 {
			basis = "position of " + f.path
		}
		if named != "" {
			basis += "; " + named
		}
		in.PlaceBasis = source.Text(basis)
		return
	}
	if named != "" {
		in.PlaceBasis = source.Text(named)
		return
	}
	flags["no-place"] = true
}

// named are the places that an atom's captions name, as the gazetteer writes
// them, and the names that only the case knows.
func (c *grouping) named(i int) []string {
	var out []string
	for _, m := range c.atoms[i].found {
		out = append(out, m.Places[0].Name)
	}
	for _, n := range c.atoms[i].names {
		out = append(out, c.words.terms[n].Shown)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// flagWeakness says what a person should not rely on.
func (c *grouping) flagWeakness(e *event, flags map[string]bool) {
	sources := map[string]bool{}
	weak := true
	for _, i := range e.atoms {
		a := c.atoms[i]
		if a.captured != nil && !a.captured.floating {
			weak = false
		}
		if a.clash != "" {
			flags["clock-contradiction"] = true
		}
		for _, q := range a.postings {
			if !q.recycled {
				sources[q.account] = true
			}
		}
	}
	flags["weak-time"] = weak
	flags["single-source"] = len(sources) == 1
	flags["single-item"] = len(e.atoms) == 1
}
