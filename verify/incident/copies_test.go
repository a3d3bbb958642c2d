package incident

import (
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// Copies of one picture are taken as one piece of evidence, but not over what a
// person said: a confirmed incident takes none in that it was not confirmed with,
// and two that a person holds to be of two incidents stay two.
func TestCopiesAreJoinedAsPeopleAllow(t *testing.T) {
	var items []verify.Item
	for _, d := range each("abcdef") {
		items = append(items, verify.Item{Digest: d})
	}
	decisions := []verify.Decision{
		{Seq: 1, Kind: verify.Confirm, Incident: "I-1", Subjects: each("ab"), By: "Ada"},
		{Seq: 2, Kind: verify.NotSameIncident, Subjects: each("de"), By: "Ada"},
	}
	for pair, want := range map[string]bool{"ab": true, "ac": false, "cb": false, "cd": true, "de": false, "ef": true} {
		k := newConstraints(decisions, items)
		two := each(pair)
		if may := k.canJoin(two[0], two[1]); may != want {
			t.Errorf("%s may be one: %v", pair, may)
		}
		if joined := k.joinCopies(two[0], two[1]); joined != want {
			t.Errorf("%s are one: %v", pair, joined)
		}
	}
}

// Of several contradictions those of the earliest decision that gives way come
// first, so that a list of them reads in the order of the ledger.
func TestConflictsStandInOrder(t *testing.T) {
	var decisions []verify.Decision
	for i, pair := range []string{"ab", "cd", "ef"} {
		decisions = append(decisions,
			verify.Decision{Seq: int64(10 + i), Kind: verify.NotSameIncident, Subjects: each(pair), By: "Ada"},
			verify.Decision{Seq: int64(20 + i), Kind: verify.Pin, Incident: "I-1", Subjects: each(pair[1:]), Others: each(pair[:1]), By: "Bo"})
	}
	var last int64
	found := Conflicts(decisions)
	for _, c := range found {
		if c.GivesWay.Seq < last {
			t.Errorf("entry %d stands after entry %d", c.GivesWay.Seq, last)
		}
		last = c.GivesWay.Seq
	}
	if len(found) != 3 {
		t.Errorf("%d contradictions, want 3", len(found))
	}
}
