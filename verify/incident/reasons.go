package incident

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

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
		Message: fmt.Sprintf("%s fits the others least: %.1f bits on average", c.atoms[at].path(), least)}, true
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

// suggestions are candidates that would join a confirmed incident, judged by
// the member that they fit best: what a person confirmed need not be alike.
func (c *grouping) suggestions(e *event, near []*event) []verify.Reason {
	var out []verify.Reason
	for _, n := range near {
		if n.status == verify.Confirmed {
			continue
		}
		m := math.Inf(-1)
		for _, i := range e.atoms[:min(len(e.atoms), maxExplained)] {
			m = max(m, c.bits(c.between(n.atoms, []int{i})))
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
