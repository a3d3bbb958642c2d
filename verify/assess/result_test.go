package assess

import (
	"slices"
	"testing"
)

func TestResult(t *testing.T) {
	steps := InGroup(provenance)
	var ids []string
	for _, s := range steps {
		ids = append(ids, s.ID)
	}
	if want := []string{"A3", "B1", "B2", "B3", "C1", "D4"}; !slices.Equal(ids, want) {
		t.Fatalf("the questions of provenance are %v", ids)
	}
	for _, k := range []struct {
		answers map[string]Reply
		want    string
	}{
		{nil, "All 6 questions are not done (A3, B1, B2, B3, C1 and D4)."},
		{map[string]Reply{"B1": Pass, "B2": Pass, "C1": Pass, "D4": Fail, "B3": CannotTell, "A3": NotApplicable},
			"Of 6 questions, 3 are supported (B1, B2 and C1), 1 is contradicted (D4), 1 does not apply (A3) and 1 cannot be told (B3)."},
		{map[string]Reply{"B1": Partial}, "Of 6 questions, 1 is partly supported (B1) and 5 are not done (A3, B2, B3, C1 and D4)."},
	} {
		answers := map[string]Answer{}
		for id, reply := range k.answers {
			answers[id] = Answer{Step: id, Answer: reply}
		}
		if got := Result(steps, answers); got != k.want {
			t.Errorf("got  %s\nwant %s", got, k.want)
		}
	}
	if got, want := Result(InGroup(placeGroup), map[string]Answer{"E2": {Answer: Fail}}), "The one question is contradicted (E2)."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Every question stands under one heading, and the second review is answered by
// the program.
func TestGroupsHoldEveryStep(t *testing.T) {
	n := 0
	for _, g := range Groups() {
		n += len(InGroup(g))
	}
	if n != len(Steps()) {
		t.Errorf("%d of %d steps stand under a heading", n, len(Steps()))
	}
}
