package incident

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// Conflict is two decisions of which only one can hold, and the items of which
// they say so.
type Conflict struct {
	Holds, GivesWay verify.Decision
	Items           [2]verify.Digest
	Settled         bool // the newer one was made to prevail
}

// String names both records.
func (c Conflict) String() string {
	words := fmt.Sprintf("%s contradicts %s: ", entryOf(c.GivesWay), entryOf(c.Holds))
	if c.Settled {
		return words + "the newer one prevails, as was said when it was made"
	}
	return words + "the older one holds until one of them is taken back"
}

func entryOf(d verify.Decision) string {
	return fmt.Sprintf("entry %d (%s, by %s)", d.Seq, d.Kind, d.By)
}

// Conflicts finds the decisions that contradict each other, each pair once.
func Conflicts(decisions []verify.Decision) []Conflict {
	return newConstraints(decisions, nil).Conflicts()
}

// Conflicts lists the contradictions by the decision that gives way.
func (k *constraints) Conflicts() []Conflict {
	found := slices.Clone(k.conflicts)
	slices.SortFunc(found, func(a, b conflict) int {
		return cmp.Or(cmp.Compare(a.givesWay, b.givesWay), cmp.Compare(a.holds, b.holds), slices.Compare(a.items[:], b.items[:]))
	})
	found = slices.CompactFunc(found, func(a, b conflict) bool { return a.givesWay == b.givesWay && a.holds == b.holds })
	var out []Conflict
	for _, f := range found {
		c := Conflict{Holds: k.standing[f.holds], GivesWay: k.standing[f.givesWay], Items: f.items}
		c.Settled = f.holds > f.givesWay && c.Holds.NewerWins
		out = append(out, c)
	}
	return out
}
