package incident

import (
	"cmp"
	"fmt"
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

// describe writes the events as incidents, by time and then by ID.
func (c *grouping) describe(events []*event) []verify.Incident {
	eventOf := c.eventOf(events)
	near := c.neighbours(events, eventOf)
	out := make([]verify.Incident, 0, len(events))
	for i, e := range events {
		out = append(out, c.incident(e, eventOf, near[i]))
	}
	slices.SortFunc(out, func(a, b verify.Incident) int {
		return cmp.Or(when(a).Compare(when(b)), cmp.Compare(a.ID, b.ID))
	})
	return out
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
	in := verify.Incident{ID: e.id, Status: e.status, Reasons: []verify.Reason{}, Flags: []string{}}
	flags := map[string]bool{}
	in.Members = c.members(e, eventOf, flags)
	in.Earliest, in.Latest = c.bounds(e)
	c.locate(e, &in, flags)
	in.Reasons = append(in.Reasons, c.topEvidence(e)...)
	if r, ok := c.weakest(e); ok {
		in.Reasons = append(in.Reasons, r)
	}
	if r, lead, ok := c.rival(e, near); ok {
		in.Reasons = append(in.Reasons, r)
		flags["rival"] = lead < closeRival
	}
	if e.status == verify.Confirmed {
		s := c.suggestions(e, near)
		in.Reasons = append(in.Reasons, s...)
		flags["suggestion"] = len(s) > 0
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
		for j := range events {
			if len(s) == 0 {
				break
			}
			if s[j] {
				out[i] = append(out[i], events[j])
			}
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
			m := verify.Member{Path: q.sighting.Path, Role: verify.Copy, Digest: q.item.Digest}
			if q.recycled {
				flags["recycled-member"] = true
			}
			switch {
			case q.sighting.Path == first:
				m.Role, m.Reasons = verify.Original, own
			case q.recycled && !c.claimed(q):
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
	slices.SortFunc(out, func(a, b verify.Member) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

func (c *grouping) claimed(q *posting) bool { return c.claims[q] }

func (c *grouping) recycledReason(a *atom, q *posting, bits float64) verify.Reason {
	first, _ := a.appeared(&c.clock)
	return verify.Reason{Code: "recycled", Weight: round(bits), Message: fmt.Sprintf("posted %s after the picture first appeared, see %s",
		lasting(q.when.lo.Sub(first)), a.path())}
}

// reasons is the evidence between an atom and the member that it fits best.
func (c *grouping) reasons(a *atom, e *event) []verify.Reason {
	var best evidence
	var partner *atom
	most := math.Inf(-1)
	for _, j := range e.atoms {
		if j == a.id {
			continue
		}
		v := c.weigh(c.atoms[min(a.id, j)], c.atoms[max(a.id, j)])
		if t := v.total(); t > most {
			most, best, partner = t, v, c.atoms[j]
		}
	}
	if partner == nil {
		return c.loneReasons(a)
	}
	out := []verify.Reason{}
	for k := kind(0); k < kinds; k++ {
		if b := best.bits[k]; k != byPrior && k != byNothing && math.Abs(b) >= leastShown {
			out = append(out, verify.Reason{Code: codes[k], Weight: round(b), Message: c.sentence(k, &best, a, partner)})
		}
	}
	slices.SortStableFunc(out, func(x, y verify.Reason) int { return cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)) })
	if a.clash != "" {
		out = append(out, verify.Reason{Code: "clock", Message: a.clash})
	}
	return out
}

// loneReasons says why an atom by itself is proposed.
func (c *grouping) loneReasons(a *atom) []verify.Reason {
	out := []verify.Reason{}
	if a.captured != nil {
		out = append(out, verify.Reason{Code: "own-time", Weight: 1, Message: "it says when it was taken"})
	}
	if len(a.fixes) > 0 {
		out = append(out, verify.Reason{Code: "own-place", Weight: 2, Message: "it says where it was taken"})
	}
	if len(a.names) > 0 {
		out = append(out, verify.Reason{Code: "own-name", Weight: round(min(c.words.bits(a.names[0]), 2)), Message: "its caption names " + c.nameList(a.names)})
	}
	return out
}

func (c *grouping) nameList(names []int32) string {
	var out []string
	for _, n := range names[:min(len(names), 3)] {
		out = append(out, c.words.terms[n].shown)
	}
	return strings.Join(out, ", ")
}

// topEvidence is the strongest pair of each kind, at most four kinds.
func (c *grouping) topEvidence(e *event) []verify.Reason {
	var best [kinds]verify.Reason
	for x, i := range e.atoms {
		for _, j := range e.atoms[x+1:] {
			a, b := c.atoms[min(i, j)], c.atoms[max(i, j)]
			v := c.weigh(a, b)
			for k := kind(0); k < byRoutine; k++ {
				if w := round(v.bits[k]); w >= leastShown && w > best[k].Weight {
					best[k] = verify.Reason{Code: codes[k], Weight: w, Message: a.path() + ": " + c.sentence(k, &v, a, b)}
				}
			}
		}
		if x > maxExplained {
			break
		}
	}
	var out []verify.Reason
	for _, r := range best {
		if r.Code != "" {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(x, y verify.Reason) int { return cmp.Compare(y.Weight, x.Weight) })
	return out[:min(len(out), 4)]
}

// maxExplained bounds the members that are searched for the best examples.
const maxExplained = 60

// weakest is the member that fits the others least.
func (c *grouping) weakest(e *event) (verify.Reason, bool) {
	if len(e.atoms) < 3 {
		return verify.Reason{}, false
	}
	least, at := math.Inf(1), -1
	for _, i := range e.atoms[:min(len(e.atoms), maxExplained)] {
		if m := c.bits(c.between([]int{i}, without(e.atoms, i))); m < least {
			least, at = m, i
		}
	}
	return verify.Reason{Code: "weakest-member", Weight: round(least),
		Message: fmt.Sprintf("%s fits the others least, by %.1f bits on average", c.atoms[at].path(), least)}, true
}

func without(all []int, i int) []int {
	out := make([]int, 0, len(all))
	for _, j := range all {
		if j != i {
			out = append(out, j)
		}
	}
	return out
}

// rival is the event that some member would fit nearly as well.
func (c *grouping) rival(e *event, near []*event) (verify.Reason, float64, bool) {
	lead, at := math.Inf(1), -1
	var other *event
	for _, n := range near[:min(len(near), maxExplained)] {
		for _, i := range e.atoms[:min(len(e.atoms), maxExplained)] {
			own := c.params.Threshold
			if len(e.atoms) > 1 {
				own = c.bits(c.between([]int{i}, without(e.atoms, i)))
			}
			if d := own - c.bits(c.between([]int{i}, n.atoms)); d < lead {
				lead, at, other = d, i, n
			}
		}
	}
	if other == nil || lead > 4*closeRival {
		return verify.Reason{}, 0, false
	}
	words := fmt.Sprintf("%s fits %s by %.1f bits less", c.atoms[at].path(), other.id, lead)
	if lead < 0 {
		words = fmt.Sprintf("%s fits %s by %.1f bits more", c.atoms[at].path(), other.id, -lead)
	}
	return verify.Reason{Code: "best-rival", Weight: round(-lead), Message: words}, lead, true
}

// suggestions are candidates that would join a confirmed incident.
func (c *grouping) suggestions(e *event, near []*event) []verify.Reason {
	var out []verify.Reason
	for _, n := range near {
		if n.status == verify.Confirmed {
			continue
		}
		if m := c.bits(c.between(n.atoms, e.atoms)); m > c.params.Threshold {
			out = append(out, verify.Reason{Code: "suggestion", Weight: round(m),
				Message: fmt.Sprintf("%s would join by %.1f bits, which a person decides", n.id, m)})
		}
	}
	return out
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

// locate gives the position that most of the placed members agree on, or the
// name that most captions bear.
func (c *grouping) locate(e *event, in *verify.Incident, flags map[string]bool) {
	var fixes []fix
	counts := map[int32]int{}
	for _, i := range e.atoms {
		if c.placed[i] {
			fixes = append(fixes, c.fixes[i])
		}
		for _, n := range c.atoms[i].names {
			counts[n]++
		}
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
		in.PlaceBasis = source.Text(fmt.Sprintf("positions of %d of %d pictures", len(fixes), len(e.atoms)))
		if len(fixes) == 1 {
			in.PlaceBasis = source.Text("position of " + f.path)
		}
		return
	}
	names := make([]int32, 0, len(counts))
	for n := range counts {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b int32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(c.words.terms[a].shown, c.words.terms[b].shown))
	})
	if len(names) > 0 {
		in.PlaceBasis = source.Text("named in captions: " + c.nameList(names))
		return
	}
	flags["no-place"] = true
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

// round keeps a tenth of a bit: more is not known.
func round(bits float64) float64 { return math.Round(bits*10) / 10 }
