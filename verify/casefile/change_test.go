package casefile

import (
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

func TestChangedSaysWhatIsOther(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	begin, err := f.Changed(ctx, -1)
	if err != nil || !begin.Items || !begin.Decisions || !begin.Marks {
		t.Fatalf("of a case of which nothing is known: %+v %v", begin, err)
	}
	none, err := f.Changed(ctx, begin.Last)
	if err != nil || none.Any() || none.Last != begin.Last {
		t.Errorf("of nothing: %+v %v", none, err)
	}
	last := begin.Last
	for name, x := range map[string]struct {
		do   func() error
		want Change
	}{
		"a setting": {func() error { return f.Set(ctx, "zone", "UTC") }, Change{Settings: true}},
		"a decision": {func() error {
			_, err := f.Decide(ctx, verify.Decision{Kind: verify.Reject, Incident: "i1", Reason: "r", By: "Ada"})
			return err
		}, Change{Decisions: true}},
		"matches":   {func() error { return f.ReplaceMatches(ctx, nil, nil, RunInfo{}) }, Change{Likeness: true}},
		"incidents": {func() error { return f.ReplaceIncidents(ctx, nil, RunInfo{}) }, Change{Incidents: true}},
		"findings":  {func() error { return f.ReplaceFindings(ctx, "c", nil) }, Change{Findings: true}},
	} {
		if err := x.do(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := f.Changed(ctx, last)
		if err != nil || got.Last <= last {
			t.Fatalf("%s: %+v %v", name, got, err)
		}
		last = got.Last
		if got.Last = 0; got != x.want {
			t.Errorf("%s changes %+v, want %+v", name, got, x.want)
		}
	}
	both := Change{Last: 3, Items: true}.Add(Change{Last: 5, Findings: true})
	if want := (Change{Last: 5, Items: true, Findings: true}); both != want {
		t.Errorf("two changes are %+v", both)
	}
	unknown := Change{Last: 7}
	if unknown.add("of a later version"); unknown != all(7) {
		t.Errorf("an event of a kind that is not known changes %+v only", unknown)
	}
}
