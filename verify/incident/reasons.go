package incident

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// reasons is the table of evidence between an atom and the others of its
// event: its lines add up to what the atom fits by.
func (c *grouping) reasons(a *atom, e *event) []verify.Reason {
	others := without(e.atoms, a.id)
	if len(others) == 0 {
		return c.loneReasons(a)
	}
	out, _ := c.table(a, others)
	if a.clash != "" {
		out = append(out, verify.Reason{Code: "clock", Message: a.clash})
	}
	return out
}

// table is the signed evidence between an atom and a group, the weightiest
// first, and what it comes to.
func (c *grouping) table(a *atom, group []int) ([]verify.Reason, float64) {
	ev := c.compare([]int{a.id}, group)
	rows := []verify.Reason{}
	for k := kind(0); k < kinds; k++ {
		if b := round(ev[k]); b != 0 {
			rows = append(rows, verify.Reason{Code: codes[k], Weight: b, Message: c.sentence(k, ev[k], a, group)})
		}
	}
	slices.SortStableFunc(rows, func(x, y verify.Reason) int { return cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)) })
	return rows, round(ev.total())
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
	if names := c.named(a.id); len(names) > 0 {
		out = append(out, verify.Reason{Code: "own-name", Weight: round(min(math.Log2(math.Max(c.places[a.id].weight, 1)), 2)),
			Message: "its caption names " + strings.Join(names[:min(len(names), maxNamed)], ", ")})
	}
	return out
}

// topEvidence is the strongest line of each kind, at most four.
func (c *grouping) topEvidence(e *event) []verify.Reason {
	if len(e.atoms) < 2 {
		return nil
	}
	var best [kinds]verify.Reason
	for _, i := range e.atoms[:min(len(e.atoms), maxExplained)] {
		others := without(e.atoms, i)
		ev := c.compare([]int{i}, others)
		for k := kind(0); k < byCrowd; k++ {
			if w := round(ev[k]); w >= leastShown && w > best[k].Weight {
				best[k] = verify.Reason{Code: codes[k], Weight: w, Message: c.atoms[i].path() + ": " + c.sentence(k, ev[k], c.atoms[i], others)}
			}
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
		if m := c.fit(i, e.atoms); m < least {
			least, at = m, i
		}
	}
	return verify.Reason{Code: "weakest-member", Weight: round(least),
		Message: fmt.Sprintf("%s fits the others least: by %.1f bits", c.atoms[at].path(), least)}, true
}

// fit is by how many bits an atom fits those of a list, itself left out.
func (c *grouping) fit(i int, atoms []int) float64 {
	others := without(atoms, i)
	if len(others) == 0 {
		return c.params.Threshold
	}
	ev := c.compare([]int{i}, others)
	return ev.total()
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
	members := e.atoms[:min(len(e.atoms), maxExplained)]
	own := make([]float64, len(members))
	for x, i := range members {
		own[x] = c.fit(i, e.atoms)
	}
	for _, n := range near[:min(len(near), maxExplained)] {
		theirs := c.whole(n)
		for x, i := range members {
			ev := c.weigh(c.opinionOf(i), theirs, c.between([]int{i}, n.atoms))
			if d := own[x] - ev.total(); d < lead {
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

// suggestions are candidates that would join a confirmed incident, judged by
// the member that they fit best: what a person confirmed need not be alike.
func (c *grouping) suggestions(e *event, near []*event) []verify.Reason {
	var out []verify.Reason
	for _, n := range near {
		if n.status == verify.Confirmed || len(n.atoms) < 2 {
			continue // single ones are possible members
		}
		if _, apart := c.rules.forbids(n.atoms, e.atoms); apart {
			continue
		}
		m := math.Inf(-1)
		for _, i := range e.atoms[:min(len(e.atoms), maxExplained)] {
			ev := c.compare(n.atoms, []int{i})
			m = max(m, ev.total())
		}
		if m > c.params.Threshold {
			out = append(out, verify.Reason{Code: "suggestion", Weight: round(m),
				Message: fmt.Sprintf("%s would join by %.1f bits, which a person decides", n.id, m)})
		}
	}
	return out
}

// round keeps a tenth of a bit: more is not known.
func round(bits float64) float64 { return math.Round(bits*10) / 10 }
