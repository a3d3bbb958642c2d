package incident

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// ErrUnknown says that an incident or item is not in the case.
var ErrUnknown = errors.New("not in this case")

// Explanation says why an item is in an incident, or why not, or why an
// incident is one. Bits speak for it when they are positive; weights are
// rounded to a tenth, so that the rows may miss the sum by as much.
type Explanation struct {
	Incident  string          `json:"incident"`
	Status    verify.Status   `json:"status"`
	Item      source.Text     `json:"item"`      // path, null when the incident as a whole is asked for
	Is        string          `json:"is"`        // original, copy, recycled, context, also-in, possible, excluded or none; "" of an incident
	Bits      *float64        `json:"bits"`      // what speaks for the item beside the other members; null where there are none
	Threshold float64         `json:"threshold"` // in bits, above which groups are joined
	Evidence  []verify.Reason `json:"evidence"`  // the signed table: it sums to the bits
	Rival     *Rival          `json:"rival"`     // of an item the incident that it fits best beside this one, of an incident its closest call
	Weakest   *verify.Reason  `json:"weakest"`   // of an incident: the member that fits the others least
	Members   []Fit           `json:"members"`   // of an incident, the weakest first
	Possible  []verify.Member `json:"possible"`
	Decisions []Ruling        `json:"decisions"` // that hold and bear on it, in order
}

// Rival is another incident that an item fits.
type Rival struct {
	Incident string      `json:"incident"`
	Item     source.Text `json:"item"`
	Bits     float64     `json:"bits"` // what speaks for the item there
	Less     float64     `json:"less"` // how much less than here; negative when it is more
}

// Fit is how well a member fits the others.
type Fit struct {
	Path  source.Text `json:"path"`
	Bits  *float64    `json:"bits"` // null where there are no others
	Fixed bool        `json:"by_decision"`
}

// Ruling is a decision that bears on what is explained.
type Ruling struct {
	Entry  int64       `json:"entry"`
	Kind   string      `json:"kind"`
	By     string      `json:"by"`
	Reason source.Text `json:"reason"`
}

// Explain says why the item is in the incident or not, by the evidence and the
// decisions of the case; an empty item asks for the incident as a whole. The
// incidents are those that stand, as [Group] gave them for this input. The
// error is [ErrUnknown], that of ctx, or names the setting that cannot be used.
func Explain(ctx context.Context, in Input, p Params, incidents []verify.Incident, id string, item verify.Digest) (Explanation, error) {
	if err := p.check(); err != nil {
		return Explanation{}, err
	}
	at := slices.IndexFunc(incidents, func(inc verify.Incident) bool { return inc.ID == id })
	if at < 0 {
		return Explanation{}, ErrUnknown
	}
	x := &explainer{grouping: readCase(in, p), incidents: incidents, inc: &incidents[at]}
	x.memory = newMemory(x.maker(in.Maker), in.Memory, nil)
	if _, err := x.propose(ctx); err != nil { // which strikes the posts that claim another event
		return Explanation{}, err
	}
	x.out = Explanation{
		Incident: id, Status: x.inc.Status, Threshold: p.Threshold, Evidence: []verify.Reason{},
	}
	if item == "" {
		x.whole()
		return x.out, nil
	}
	if _, ok := x.member[item]; !ok {
		return Explanation{}, ErrUnknown
	}
	x.single(item)
	return x.out, nil
}

// explainer weighs one incident as it stands.
type explainer struct {
	*grouping
	incidents []verify.Incident
	inc       *verify.Incident
	out       Explanation
}

// atomsOf are the atoms of the members that count.
func (x *explainer) atomsOf(inc *verify.Incident) []int {
	var out []int
	for i := range inc.Members {
		if a, ok := x.member[inc.Members[i].Digest]; ok && inc.Members[i].Counts() {
			out = append(out, a)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// single explains one item.
func (x *explainer) single(item verify.Digest) {
	a := x.atoms[x.member[item]]
	x.out.Item = source.Text(pathOf(a, item))
	x.out.Is = x.is(item)
	others := without(x.atomsOf(x.inc), a.id)
	if len(others) > 0 {
		rows, bits := x.table(a, others)
		x.out.Evidence, x.out.Bits = rows, &bits
	} else {
		x.out.Evidence = append(x.out.Evidence, x.loneReasons(a)...)
	}
	if r, ok := x.bestRival(a.id, x.out.Bits); ok {
		x.out.Rival = &r
	}
	x.rulings(func(d verify.Decision) bool { return mentions(d, item) })
}

func pathOf(a *atom, item verify.Digest) string {
	for _, q := range a.postings {
		if q.item.Digest == item {
			return q.sighting.Path
		}
	}
	return a.path()
}

// is says what the item is to the incident.
func (x *explainer) is(item verify.Digest) string {
	for i := range x.inc.Members {
		m := &x.inc.Members[i]
		switch {
		case m.Digest != item:
		case !m.Counts() && m.Role != verify.Recycled && m.Role != verify.Context:
			return verify.AlsoIn
		default:
			return string(m.Role)
		}
	}
	switch {
	case x.rules.excludes(item):
		return "excluded"
	case slices.ContainsFunc(x.inc.Possible, func(m verify.Member) bool { return m.Digest == item }):
		return "possible"
	}
	return "none"
}

// whole explains the incident.
func (x *explainer) whole() {
	atoms := x.atomsOf(x.inc)
	for _, i := range atoms {
		a := x.atoms[i]
		f := Fit{Path: source.Text(a.path()), Fixed: x.fixed(a)}
		if len(atoms) > 1 {
			bits := round(x.fit(i, atoms))
			f.Bits = &bits
		}
		x.out.Members = append(x.out.Members, f)
	}
	slices.SortStableFunc(x.out.Members, func(a, b Fit) int {
		if a.Bits == nil || b.Bits == nil {
			return 0
		}
		return cmp.Or(cmp.Compare(*a.Bits, *b.Bits), cmp.Compare(a.Path, b.Path))
	})
	for _, r := range x.inc.Reasons {
		if r.Code == "weakest-member" {
			x.out.Weakest = &r
			continue
		}
		x.out.Evidence = append(x.out.Evidence, r)
	}
	x.closest(atoms)
	x.rulings(func(d verify.Decision) bool {
		return d.Incident == x.inc.ID || d.Other == x.inc.ID || slices.ContainsFunc(d.Subjects, func(s verify.Digest) bool {
			return x.is(s) != "none" && d.Kind == verify.NotSameIncident
		})
	})
}

// fixed says whether a person put some item of the atom where it is.
func (x *explainer) fixed(a *atom) bool {
	return slices.ContainsFunc(a.postings, func(q *posting) bool { return x.rules.home[q.item.Digest] != "" })
}

// closest is the member that comes closest to being in another incident.
func (x *explainer) closest(atoms []int) {
	for _, i := range atoms {
		var own *float64
		if len(atoms) > 1 {
			bits := x.fit(i, atoms)
			own = &bits
		}
		if r, ok := x.bestRival(i, own); ok && (x.out.Rival == nil || r.Less < x.out.Rival.Less) {
			x.out.Rival = &r
		}
	}
}

// rivalReach is how far, in bits, below the threshold another incident is
// still worth naming.
const rivalReach = 6

// bestRival is the incident, beside this one, that the atom fits best. An atom
// that has nobody here is held against the threshold.
func (x *explainer) bestRival(atom int, own *float64) (Rival, bool) {
	here := x.params.Threshold
	if own != nil {
		here = *own
	}
	best, found := Rival{Bits: math.Inf(-1), Item: source.Text(x.atoms[atom].path())}, false
	for i := range x.incidents {
		inc := &x.incidents[i]
		if inc.ID == x.inc.ID || inc.Status == verify.Rejected || !x.near(atom, inc) {
			continue
		}
		others := without(x.atomsOf(inc), atom)
		if len(others) == 0 {
			continue
		}
		if b := x.fit(atom, others); b > best.Bits {
			best.Incident, best.Bits, found = inc.ID, b, true
		}
	}
	if !found || best.Bits < x.params.Threshold-rivalReach {
		return Rival{}, false
	}
	best.Less, best.Bits = round(here-best.Bits), round(best.Bits)
	return best, true
}

// near says whether the atom lies within the window of some member: only then
// are they compared at all.
func (x *explainer) near(atom int, inc *verify.Incident) bool {
	m := x.atoms[atom].moment
	if !m.known() {
		return true
	}
	for i := range inc.Members {
		a, ok := x.member[inc.Members[i].Digest]
		if !ok || !inc.Members[i].Counts() {
			continue
		}
		if n := x.atoms[a].moment; !n.known() || n.middle().Sub(m.middle()).Abs() <= x.params.Window {
			return true
		}
	}
	return false
}

// rulings lists the decisions that hold and bear on what is explained.
func (x *explainer) rulings(bears func(verify.Decision) bool) {
	for _, d := range x.rules.standing {
		if bears(d) {
			x.out.Decisions = append(x.out.Decisions, Ruling{d.Seq, d.Kind, d.By, source.Text(d.Reason)})
		}
	}
	slices.SortFunc(x.out.Decisions, func(a, b Ruling) int { return cmp.Compare(a.Entry, b.Entry) })
}

// mentions says whether a decision is of the item.
func mentions(d verify.Decision, item verify.Digest) bool {
	return slices.Contains(d.Subjects, item) || slices.Contains(d.Others, item) && d.Kind == verify.Merge
}
