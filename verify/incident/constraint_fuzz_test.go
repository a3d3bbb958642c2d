package incident

import (
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// anyDecisions reads decisions from bytes, whatever they say: those of a case
// that a stranger handed over need not be ones that the commands make.
func anyDecisions(b []byte) []verify.Decision {
	kinds := []string{
		verify.Confirm, verify.Reject, verify.Pin, verify.Add, verify.AlsoIn, verify.Remove, verify.Exclude, verify.Move,
		verify.Merge, verify.Split, verify.NotSame, verify.NotSameIncident, verify.TakeBack, "unknown", "",
	}
	next := func() (v byte) {
		if len(b) > 0 {
			v, b = b[0], b[1:]
		}
		return v
	}
	items := func() (out []verify.Digest) {
		for range next() % 5 {
			out = append(out, verify.Digest("abcdefgh"[next()%8:][:1]))
		}
		return out
	}
	var out []verify.Decision
	for len(b) > 0 && len(out) < 64 {
		d := verify.Decision{Seq: int64(len(out) + 1), Kind: kinds[int(next())%len(kinds)], By: "x"}
		d.Incident, d.Other = "I-"+string('0'+next()%4), "I-"+string('0'+next()%4)
		d.Subjects, d.Others, d.Left = items(), items(), items()
		d.TakesBack, d.NewerWins = int64(next()%16), next()%3 == 0
		out = append(out, d)
	}
	return out
}

// Whatever was decided, reading it ends, nothing that is kept apart is put
// together, and of every conflict both records are known.
func FuzzConstraints(f *testing.F) {
	f.Add([]byte{2, 0, 0, 1, 2, 2, 0, 1, 0, 0, 0, 0, 11, 0, 0, 2, 2, 0, 0, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 3, 0, 1, 2, 0, 0, 0, 0, 0, 1, 1, 3, 0, 1, 3, 0, 0, 0, 0, 8, 0, 1, 1, 0, 1, 3, 0, 0, 0})
	f.Add([]byte{6, 0, 0, 2, 0, 1, 0, 0, 0, 0, 7, 1, 0, 1, 1, 1, 2, 1, 3, 0, 0, 12, 0, 0, 0, 0, 0, 1, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		decisions := anyDecisions(b)
		var items []verify.Item
		member := map[verify.Digest]int{}
		for i, d := range []verify.Digest{"a", "b", "c", "d", "e", "f", "i"} {
			items = append(items, verify.Item{Digest: d})
			member[d] = i
		}
		k := newConstraints(decisions, items)
		k.bind(member, len(items))
		for _, pair := range k.must() {
			if why, bad := k.forbids(pair[:1], pair[1:]); bad {
				t.Errorf("%v are together and apart: %s", pair, why)
			}
		}
		for _, c := range k.Conflicts() {
			if c.Holds.Seq == 0 || c.GivesWay.Seq == 0 || c.Holds.Seq == c.GivesWay.Seq {
				t.Errorf("no conflict of two records: %+v", c)
			}
		}
	})
}
