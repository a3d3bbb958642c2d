package assess

import (
	"errors"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

func TestTurn(t *testing.T) {
	const item = verify.Digest("d1")
	ada, bo, chi := Reviewer{"Ada", "k1"}, Reviewer{"Bo", "k2"}, Reviewer{"Chi", "k3"}
	var acts []Act
	say := func(who Reviewer, round Round, c Conclusion, done bool) {
		acts = append(acts, Act{Seq: int64(len(acts) + 1), Item: item, By: who.Name, Key: who.Key, Round: round, Conclusion: c, Done: done, Blind: round == Second})
	}
	want := func(step string, who Reviewer, round Round, fault error) {
		t.Helper()
		r := Review{Item: item}
		if all := Fold(acts); len(all) > 0 {
			r = all[0]
		}
		got, err := r.Turn(who)
		if got != round || !errors.Is(err, fault) {
			t.Errorf("%s: %s may write in round %d (%v), want %d (%v)", step, who.Name, got, err, round, fault)
		}
	}
	want("nobody began", ada, First, nil)
	want("nobody began", Reviewer{}, 0, ErrNobody)
	say(ada, First, NotVerifiable, false)
	want("the first is under way", ada, First, nil)
	want("the first is under way", bo, Second, nil)
	want("the first is under way", Reviewer{"Ada", "k9"}, 0, ErrSamePerson)
	want("the first is under way", Reviewer{"Bo", "k1"}, 0, ErrSamePerson)
	say(ada, First, NotVerifiable, true)
	want("the first is handed in", ada, First, nil)
	want("the first is handed in", bo, Second, nil)
	say(bo, Second, Staged, true)
	want("they disagree", chi, Adjudication, nil)
	want("they disagree", bo, Second, nil)
	say(chi, Adjudication, Staged, true)
	want("it is decided", Reviewer{"Dee", "k4"}, 0, ErrClosed)
}

func TestLacksOfOneSheet(t *testing.T) {
	r := Review{Item: "d1"}
	if n := len(r.Lacks(First)); n != 4 {
		t.Errorf("an empty sheet lacks %d claims, want where, when, who and integrity", n)
	}
	claims := map[Subject]Claim{}
	for _, s := range needed() {
		claims[s] = Claim{Claim: s, Grade: Probable}
	}
	r.Sheets = []Sheet{{Round: First, Claims: claims, Done: true}, {Round: Second, Claims: map[Subject]Claim{Where: {Claim: Where, Grade: Contradicted}}, Done: true}}
	if got := r.Lacks(First); len(got) != 0 {
		t.Errorf("the first sheet lacks %v", got)
	}
	if got := r.Lacks(Adjudication); len(got) == 0 {
		t.Error("what one of two contradicts carries no verified without a decision")
	}
}
