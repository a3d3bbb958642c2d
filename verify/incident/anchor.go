package incident

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// Anchor is the member that stands for an incident in a decision: one that
// people put there, else the one that most evidence ties to the others. It is
// none of those excepted, and ok is false when no other member counts.
func Anchor(inc verify.Incident, decisions []verify.Decision, except []verify.Digest) (anchor verify.Digest, ok bool) {
	home := newRoster(decisions).home
	type choice struct {
		digest verify.Digest
		put    bool
		bits   float64
	}
	var all []choice
	for i := range inc.Members {
		m := &inc.Members[i]
		if !m.Counts() || slices.Contains(except, m.Digest) {
			continue
		}
		c := choice{digest: m.Digest, put: home[m.Digest] == inc.ID}
		if m.Role == verify.Original {
			for _, r := range m.Reasons {
				c.bits += max(r.Weight, 0)
			}
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return "", false
	}
	best := slices.MinFunc(all, func(a, b choice) int {
		if a.put != b.put {
			return map[bool]int{true: -1, false: 1}[a.put]
		}
		return cmp.Or(cmp.Compare(b.bits, a.bits), cmp.Compare(a.digest, b.digest))
	})
	return best.digest, true
}
