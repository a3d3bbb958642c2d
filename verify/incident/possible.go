package incident

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// maxPossible bounds the list of possible members: the best are shown.
const maxPossible = 20

// possible lists the atoms that fit an event nearly well enough, or well
// enough but with too little lead, and that a person may add. For a candidate
// these are atoms of no other event; a confirmed incident is never changed, so
// there they are all that would join it.
func (c *grouping) possible(e *event, eventOf []*event) []verify.Member {
	type entry struct {
		atom int
		bits float64
	}
	var found []entry
	whole := c.whole(e)
	for _, j := range c.around(e) {
		o := eventOf[j]
		free := o == nil || len(o.atoms) == 1
		if c.atoms[j].frozen != "" || c.atoms[j].excluded || !free && e.status != verify.Confirmed {
			continue
		}
		if _, apart := c.rules.forbids([]int{j}, e.atoms); apart {
			continue
		}
		if bits := c.joins(j, e, whole); bits > c.params.Threshold+c.params.Possible {
			found = append(found, entry{j, bits})
		}
	}
	slices.SortFunc(found, func(a, b entry) int { return cmp.Or(cmp.Compare(b.bits, a.bits), cmp.Compare(a.atom, b.atom)) })
	out := []verify.Member{}
	for _, f := range found[:min(len(found), maxPossible)] {
		out = append(out, c.possibleMembers(c.atoms[f.atom], e, f.bits)...)
	}
	return out
}

// around are the atoms that some edge links to an event, and that are not of
// it.
func (c *grouping) around(e *event) []int {
	var out []int
	for _, i := range e.atoms {
		for _, j := range c.ends[i] {
			if _, own := slices.BinarySearch(e.atoms, j); !own {
				out = append(out, j)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// joins is by how much an atom would join an event. What a person confirmed
// need not be alike: there the member that it fits best counts too.
func (c *grouping) joins(i int, e *event, whole *opinion) float64 {
	one := c.opinionOf(i)
	ev := c.weigh(one, whole, c.between([]int{i}, e.atoms))
	bits := ev.total()
	if e.status != verify.Confirmed {
		return bits
	}
	for _, j := range e.atoms[:min(len(e.atoms), maxExplained)] {
		ev := c.weigh(one, c.opinionOf(j), c.tied[i][j])
		bits = math.Max(bits, ev.total())
	}
	return bits
}

func (c *grouping) possibleMembers(a *atom, e *event, bits float64) []verify.Member {
	first := a.path()
	head := verify.Reason{Code: "possible", Weight: round(bits)}
	switch missing := c.params.Threshold - bits; {
	case e.status == verify.Confirmed && missing < 0:
		head.Code = "suggestion"
		head.Message = fmt.Sprintf("would join by %.1f bits, which a person decides", bits)
	case missing < 0:
		head.Message = fmt.Sprintf("fits by %.1f bits, too few to be sure of it", bits)
	default:
		head.Message = fmt.Sprintf("fits by %.1f bits, %.1f less than a member must", bits, missing)
	}
	rows, _ := c.table(a, e.atoms)
	var out []verify.Member
	for _, q := range a.postings {
		if q.recycled || q.excluded {
			continue
		}
		m := verify.Member{Path: q.sighting.Path, Role: verify.Copy, Digest: q.item.Digest,
			Reasons: []verify.Reason{{Code: "copy", Weight: copyBits, Message: "copy of " + first}}}
		if q.sighting.Path == first {
			m.Role, m.Reasons = verify.Original, append([]verify.Reason{head}, rows...)
		}
		out = append(out, m)
	}
	return out
}
