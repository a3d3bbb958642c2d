package verify_test

import (
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// A decision that was taken back leaves what stood before it.
func TestDecisionsThatHold(t *testing.T) {
	all := []verify.Decision{
		{Seq: 3, Kind: verify.Reject, Incident: "I-1"},
		{Seq: 5, Kind: verify.Confirm, Incident: "I-1"},
		{Seq: 6, Kind: verify.NotSame, Subjects: []verify.Digest{"b", "a"}},
		{Seq: 7, Kind: verify.NotSame, Subjects: []verify.Digest{"c", "d"}},
		{Seq: 8, Kind: verify.NotSame, Subjects: []verify.Digest{"a", "b"}},
		{Seq: 9, Kind: verify.TakeBack, TakesBack: 5},
		{Seq: 10, Kind: verify.TakeBack, TakesBack: 6},
		{Seq: 11, Kind: verify.TakeBack, TakesBack: 7},
		{Seq: 12, Kind: verify.TakeBack, TakesBack: 11},
	}
	status := func(n int) verify.Status {
		return verify.Decided([]verify.Incident{{ID: "I-1", Status: verify.Candidate}}, all[:n])[0].Status
	}
	if a, b, c := status(0), status(2), status(len(all)); a != verify.Candidate || b != verify.Confirmed || c != verify.Rejected {
		t.Errorf("status %s, then %s, then %s", a, b, c)
	}
	for n, want := range map[int][][2]verify.Digest{
		3:        {{"a", "b"}},
		7:        {{"a", "b"}, {"c", "d"}},
		8:        {{"a", "b"}},
		len(all): {{"a", "b"}, {"c", "d"}},
	} {
		if got := verify.PairsSaid(all[:n], verify.NotSame); !reflect.DeepEqual(got, want) {
			t.Errorf("after %d decisions %v are apart, want %v", n, got, want)
		}
	}
}
