package assess

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

const photo = verify.Digest("aa00000000000000000000000000000000000000000000000000000000000000")

var (
	ada = Reviewer{"Ada", "k1"}
	bo  = Reviewer{"Bo", "k2"}
	chi = Reviewer{"Chi", "k3"}
)

// log is a ledger of acts that were permitted.
type log struct {
	t    *testing.T
	acts []Act
}

func (l *log) try(by Reviewer, round Round, a Act) error {
	a.By, a.Key, a.Round = by.Name, by.Key, round
	if a.Item == "" {
		a.Item = photo
	}
	a.Seq = int64(len(l.acts) + 1)
	a.At = time.Date(2026, 5, 1, 12, 0, int(a.Seq), 0, time.UTC)
	a.Blind = Blind(l.acts, a)
	err := Permit(l.acts, a)
	if err == nil {
		l.acts = append(l.acts, a)
	}
	return err
}

func (l *log) say(by Reviewer, round Round, a Act) int64 {
	l.t.Helper()
	if err := l.try(by, round, a); err != nil {
		l.t.Fatal(err)
	}
	return l.acts[len(l.acts)-1].Seq
}

func (l *log) review() Review { return Fold(l.acts)[0] }

func claims(grades ...Grade) []Claim {
	var out []Claim
	for i, g := range grades {
		c := Claim{Claim: Subjects()[i], Grade: g, Basis: []string{"one"}}
		if g == Confirmed {
			c.Basis = []string{"one", "two"}
		}
		out = append(out, c)
	}
	return out
}

// sheet is a whole one: where, when, what, who, integrity.
func sheet(c Conclusion, grades ...Grade) Act {
	return Act{Claims: claims(grades...), Conclusion: c, Done: true}
}

func TestVerifiedOnlyByTheRule(t *testing.T) {
	good := []Grade{Confirmed, Probable, Possible, Probable, Confirmed}
	with := func(i int, g Grade) []Grade { c := slices.Clone(good); c[i] = g; return c }
	for _, c := range []struct {
		name    string
		say     func(*log)
		state   State
		missing string
	}{
		{"nobody handed in", func(l *log) { l.say(ada, First, Act{Claims: claims(good...)}) }, InProgress, "a review that is handed in"},
		{"one of two", func(l *log) { l.say(ada, First, sheet(Verified, good...)) }, AwaitsSecond, "a second review by another person"},
		{"one, and no second wanted", func(l *log) {
			a := sheet(Verified, good...)
			a.Single = true
			l.say(ada, First, a)
		}, SingleReview, "a second review by another person"},
		{"two that agree", func(l *log) { l.say(ada, First, sheet(Verified, good...)); l.say(bo, Second, sheet(Verified, good...)) }, DoubleAgree, ""},
		{"what is not needed may be open", func(l *log) {
			l.say(ada, First, sheet(Verified, with(2, Unknown)...))
			l.say(bo, Second, sheet(Verified, with(2, Possible)...))
		}, DoubleAgree, ""},
		{"the second does not conclude so", func(l *log) {
			l.say(ada, First, sheet(Verified, good...))
			l.say(bo, Second, sheet(PartlyVerified, good...))
		}, DoubleDisagree, "a decision of a third person, for the two reviews disagree; the conclusion verified, for it is open"},
		{"the third decides", func(l *log) {
			l.say(ada, First, sheet(Verified, good...))
			l.say(bo, Second, sheet(PartlyVerified, good...))
			l.say(chi, Adjudication, Act{Conclusion: Verified, Done: true})
		}, Adjudicated, ""},
		{"the third decides otherwise", func(l *log) {
			l.say(ada, First, sheet(Verified, good...))
			l.say(bo, Second, sheet(Misattributed, with(1, Contradicted)...))
			l.say(chi, Adjudication, Act{Conclusion: Misattributed, Done: true})
		}, Adjudicated, "when is contradicted; the conclusion verified, for it is misattributed"},
		{"both say not verifiable", func(l *log) {
			l.say(ada, First, sheet(NotVerifiable, Unknown, Unknown, Unknown, Unknown, Unknown))
			l.say(bo, Second, sheet(NotVerifiable, Unknown, Possible))
		}, DoubleAgree, "where is unknown, and at least probable is needed; when is unknown, and at least probable is needed; who is not graded; integrity is not graded; the conclusion verified, for it is not_verifiable"},
	} {
		l := &log{t: t}
		c.say(l)
		r := l.review()
		if got := strings.Join(r.Missing(), "; "); got != c.missing || r.State() != c.state {
			t.Errorf("%s: %s, missing %q, want %s, %q", c.name, r.State(), got, c.state, c.missing)
		}
		if r.Verified() != (c.missing == "") || (r.Conclusion() == Verified) != r.Verified() {
			t.Errorf("%s: verified %v, conclusion %q", c.name, r.Verified(), r.Conclusion())
		}
	}
}

func TestASheetThatSaysVerifiedMustCarryIt(t *testing.T) {
	for i, subject := range Subjects() {
		for _, g := range []Grade{Possible, Unknown, Contradicted} {
			grades := []Grade{Probable, Probable, Probable, Probable, Probable}
			grades[i] = g
			l := &log{t: t}
			err := l.try(ada, First, sheet(Verified, grades...))
			var lacks *NotVerified
			refused := errors.As(err, &lacks)
			if want := subject != What || g == Contradicted; refused != want {
				t.Errorf("%s %s: got %v", subject, g, err)
			}
			if refused && !strings.Contains(err.Error(), string(subject)+" is ") {
				t.Errorf("%s %s: the refusal does not say what is missing: %v", subject, g, err)
			}
		}
	}
	l := &log{t: t}
	l.say(ada, First, Act{Claims: claims(Probable, Probable, Probable, Probable, Probable), Conclusion: Verified})
	if err := l.try(ada, First, Act{Claims: []Claim{{Claim: Integrity, Grade: Possible}}}); err == nil {
		t.Error("a grade was lowered under a conclusion that needs it")
	}
	if err := l.try(ada, First, Act{TakesBack: 1}); err != nil {
		t.Error(err)
	}
}

func TestPermit(t *testing.T) {
	done := func(l *log) {
		l.say(ada, First, sheet(NotVerifiable))
		l.say(bo, Second, sheet(NotVerifiable))
	}
	begun := func(l *log) { l.say(ada, First, Act{Answers: []Answer{{Step: "C1", Answer: Pass}}}) }
	one := Act{Answers: []Answer{{Step: "E2", Answer: Pass}}}
	for _, c := range []struct {
		name  string
		given func(*log)
		by    Reviewer
		round Round
		act   Act
		want  string // part of the refusal, "" for none
	}{
		{"another name, another key", begun, bo, Second, one, ""},
		{"the same name in another spelling", begun, Reviewer{" ADA ", "k9"}, Second, one, "a review needs another person"},
		{"another name with the same key", begun, Reviewer{"Bo", "k1"}, Second, one, "the signing key is that of Ada"},
		{"the second may not help the first", func(l *log) { begun(l); l.say(bo, Second, one) }, bo, First, one, "a review needs another person"},
		{"another may help the first", begun, chi, First, one, ""},
		{"who took back what he said has still seen it", func(l *log) {
			begun(l)
			seq := l.say(bo, First, one)
			l.say(bo, First, Act{TakesBack: seq})
		}, bo, Second, one, "a review needs another person"},
		{"nothing to decide on yet", begun, chi, Adjudication, one, "both reviews have to be handed in first"},
		{"the third is another person", done, bo, Adjudication, one, "a review needs another person"},
		{"the third decides", done, chi, Adjudication, one, ""},
		{"a closed sheet stays", done, ada, First, one, "the review is closed"},
		{"a closed sheet cannot be taken back", done, ada, First, Act{TakesBack: 1}, "the review is closed"},
		{"a closed review begins anew", done, ada, First, Act{Reopen: true}, ""},
		{"an open one does not", begun, ada, First, Act{Reopen: true}, "not closed yet"},
		{"after that the first may be another", func(l *log) { done(l); l.say(ada, First, Act{Reopen: true}) }, bo, First, one, ""},
		{"handed in is handed in", func(l *log) { l.say(ada, First, sheet(NotVerifiable)) }, ada, First, one, "take that back first"},
		{"but it can be opened", func(l *log) { l.say(ada, First, sheet(NotVerifiable)) }, ada, First, Act{Single: true}, ""},
		{"unless a second has begun", func(l *log) { begun(l); l.say(bo, Second, one) }, ada, First, Act{Single: true}, "a second review has begun"},
		{"unless taken back", func(l *log) { l.say(ada, First, Act{TakesBack: l.say(ada, First, sheet(NotVerifiable))}) }, ada, First, one, ""},
		{"nobody takes back another's", begun, bo, First, Act{TakesBack: 1}, "is Ada's, who alone can take it back"},
		{"nothing to take back", begun, ada, First, Act{TakesBack: 7}, "no act on this item that holds"},
		{"no conclusion", begun, ada, First, Act{Done: true}, "handed in with a conclusion"},
		{"no name", nil, Reviewer{" ", "k"}, First, one, "has to be named"},
		{"nothing", nil, ada, First, Act{}, "nothing is said"},
		{"no such step", nil, ada, First, Act{Answers: []Answer{{Step: "Z9", Answer: Pass}}}, `no step "Z9"`},
		{"a derived step", nil, ada, First, Act{Answers: []Answer{{Step: "G", Answer: Pass}}}, "not by a person"},
		{"no such answer", nil, ada, First, Act{Answers: []Answer{{Step: "E2", Answer: "yes"}}}, "pass, fail, partial"},
		{"a note alone", nil, ada, First, Act{Answers: []Answer{{Step: "E2", Note: "x"}}}, "without an answer"},
		{"confirmed on one basis", nil, ada, First, Act{Claims: []Claim{{Claim: Where, Grade: Confirmed, Basis: []string{"a", " A "}}}}, "two independent bases, and 1 is given"},
		{"no position", nil, ada, First, Act{Claims: []Claim{{Claim: Where, Grade: Probable, Value: "Kharkiv"}}}, "no position"},
		{"no time", nil, ada, First, Act{Claims: []Claim{{Claim: When, Grade: Probable, Value: "4/5/2022"}}}, "no time"},
		{"a region upside down", nil, ada, First, Act{Answers: []Answer{{Step: "E2", Answer: Pass, Evidence: []Evidence{{FileRegion: &[4]float64{.5, .5, .1, .9}}}}}}, "upper left"},
		{"two pieces in one", nil, ada, First, Act{Answers: []Answer{{Step: "E2", Answer: Pass, Evidence: []Evidence{{URL: "u", SatImageDate: "2022-01-01"}}}}}, "one of file_region"},
		{"a level of 4", nil, ada, First, Act{Marks: &Marks{Graphic: ptr(4)}}, "graphic_level is 4"},
		{"marks by anybody at any time", done, bo, First, Act{Marks: &Marks{Graphic: ptr(3)}}, ""},
		{"taking back and saying", begun, ada, First, Act{TakesBack: 1, Conclusion: Staged}, "says nothing else"},
	} {
		l := &log{t: t}
		if c.given != nil {
			c.given(l)
		}
		err := l.try(c.by, c.round, c.act)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

func TestDisagreements(t *testing.T) {
	where := func(v string) []Claim { return []Claim{{Claim: Where, Grade: Probable, Value: source.Text(v)}} }
	when := func(v string) []Claim { return []Claim{{Claim: When, Grade: Probable, Value: source.Text(v)}} }
	step := func(r Reply) []Answer { return []Answer{{Step: "D3", Answer: r}} }
	for _, c := range []struct {
		name string
		a, b Act
		want string
	}{
		{"nothing", Act{}, Act{}, ""},
		{"conclusion", Act{Conclusion: Staged}, Act{}, "conclusion"},
		{"finer grades", Act{Claims: claims(Confirmed)}, Act{Claims: claims(Probable)}, ""},
		{"held and open", Act{Claims: claims(Probable)}, Act{Claims: claims(Possible)}, "where"},
		{"held and not graded", Act{Claims: claims(Probable)}, Act{}, "where"},
		{"open and not graded", Act{Claims: claims(Unknown)}, Act{}, ""},
		{"open and contradicted", Act{Claims: claims(Unknown)}, Act{Claims: claims(Contradicted)}, "where"},
		{"places within what is meant", Act{Claims: where("50.0000,36.0000")}, Act{Claims: where("50.0020,36.0000")}, ""},
		{"places apart", Act{Claims: where("50.0000,36.0000")}, Act{Claims: where("50.0030,36.0000")}, "where"},
		{"places apart, one of them vague", Act{Claims: where("50.0000,36.0000,5000")}, Act{Claims: where("50.0030,36.0000")}, ""},
		{"one day", Act{Claims: when("2022-03-04")}, Act{Claims: when("2022-03-04T23:30:00Z")}, ""},
		{"other days", Act{Claims: when("2022-03-04")}, Act{Claims: when("2022-03-07")}, "when"},
		{"instants", Act{Claims: when("2022-03-04T10:00:00Z/2022-03-04T11:00:00Z")}, Act{Claims: when("2022-03-04T13:30:00+02:00")}, "when"},
		{"no value on one side", Act{Claims: when("2022-03-04")}, Act{Claims: when("")}, ""},
		{"supported and contradicted", Act{Answers: step(Pass)}, Act{Answers: step(Fail)}, "D3"},
		{"supported and cannot tell", Act{Answers: step(Pass)}, Act{Answers: step(CannotTell)}, ""},
	} {
		for _, swapped := range []bool{false, true} {
			a, b := c.a, c.b
			if swapped {
				a, b = b, a
			}
			l := &log{t: t}
			base := Act{Answers: []Answer{{Step: "A1", Answer: Pass}}}
			l.say(ada, First, base)
			l.say(bo, Second, base)
			for by, act := range map[Reviewer]Act{ada: a, bo: b} {
				if act.assesses() {
					l.say(by, map[Reviewer]Round{ada: First, bo: Second}[by], act)
				}
			}
			r := l.review()
			var got []string
			for _, d := range r.Disagreements() {
				got = append(got, d.What)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s (swapped %v): got %v, want %q", c.name, swapped, got, c.want)
			}
		}
	}
}

// history makes permitted acts of three people on two items at random, each
// with secrets that name their writer.
func history(t *testing.T, r *rand.Rand) *log {
	l := &log{t: t}
	items := []verify.Digest{photo, "bb" + photo[2:]}
	people := map[Round]Reviewer{First: ada, Second: bo, Adjudication: chi}
	for n := range 60 {
		round := Round(1 + r.IntN(3))
		by := people[round]
		secret := "secret of " + by.Name
		a := Act{Item: items[r.IntN(2)]}
		switch r.IntN(7) {
		case 0, 1:
			step := Steps()[r.IntN(len(Steps()))].ID
			a.Answers = []Answer{{Step: step, Answer: Replies()[r.IntN(5)], Note: fmt.Sprint(secret, n), Evidence: []Evidence{{URL: secret}}}}
		case 2, 3:
			a.Claims = []Claim{{Claim: Subjects()[r.IntN(5)], Grade: Grades()[r.IntN(5)], Basis: []string{secret, fmt.Sprint(n)}}}
		case 4:
			a.Conclusion, a.Limits = Conclusions()[1+r.IntN(6)], secret
		case 5:
			a.Done = true
		case 6:
			a.TakesBack = int64(1 + r.IntN(max(1, len(l.acts))))
		}
		if r.IntN(12) == 0 {
			a = Act{Item: a.Item, Marks: &Marks{Graphic: ptr(r.IntN(4))}}
		}
		_ = l.try(by, round, a) // most are refused now and then, as they should be
	}
	return l
}

func TestFoldDoesNotDependOnTheOrderOfHanding(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		l := history(t, r)
		want := Fold(l.acts)
		mixed := slices.Clone(l.acts)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := Fold(mixed); !reflect.DeepEqual(got, want) {
			t.Fatalf("acts in another order fold to\n%+v\nwant\n%+v", got, want)
		}
	}
}

// What was taken back leaves what stands as if it had never been said.
func TestTakingBackLeavesNoTraceInWhatStands(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	content := func(reviews []Review) string {
		for i := range reviews {
			for j := range reviews[i].Sheets {
				reviews[i].Sheets[j].Reviewers, reviews[i].Sheets[j].Blind = nil, false
			}
			reviews[i].Sheets = slices.DeleteFunc(reviews[i].Sheets, func(s Sheet) bool {
				return len(s.Answers)+len(s.Claims) == 0 && s.Conclusion == "" && s.Limits == "" && !s.Done
			})
		}
		reviews = slices.DeleteFunc(reviews, func(r Review) bool { return len(r.Sheets) == 0 && r.Marks.Graphic == nil })
		text, err := json.Marshal(reviews)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for range 60 {
		l := history(t, r)
		standing := Standing(l.acts)
		without := slices.DeleteFunc(slices.Clone(l.acts), func(a Act) bool {
			return !slices.ContainsFunc(standing, func(s Act) bool { return s.Seq == a.Seq })
		})
		if got, want := content(Fold(l.acts)), content(Fold(without)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// While a review is open, nobody sees what another said.
func TestNobodySeesAnothersSheetWhileTheReviewIsOpen(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	open := 0
	for range 40 {
		l := history(t, r)
		for n := range l.acts {
			for _, review := range Fold(l.acts[:n+1]) {
				if !review.Open() {
					continue
				}
				open++
				for _, by := range []Reviewer{{}, ada, bo, chi, {"Ada", "k2"}, {"Bo", "k1"}} {
					seen := review.Seen(by)
					if seen.State() != review.State() {
						t.Fatalf("%s is shown a review that is %q, and it is %q", by.Name, seen.State(), review.State())
					}
					text, err := json.Marshal([]any{seen, seen.Claims(), seen.Conclusion(), seen.Missing(), review.Claims(), review.Conclusion(), review.Missing(), Agreements([]Review{review})})
					if err != nil {
						t.Fatal(err)
					}
					for _, other := range []Reviewer{ada, bo, chi} {
						if other != by && strings.Contains(string(text), "secret of "+other.Name) {
							t.Fatalf("%s sees what %s said: %s", by.Name, other.Name, text)
						}
					}
				}
			}
		}
	}
	if open < 200 {
		t.Fatalf("only %d open reviews were looked at", open)
	}
}

func TestAReviewerSeesTheirOwnSheet(t *testing.T) {
	l := &log{t: t}
	l.say(ada, First, Act{Answers: []Answer{{Step: "E2", Answer: Pass, Note: "mine"}}})
	r := l.review()
	if seen := r.Seen(ada); len(seen.Sheets) != 1 || seen.Sheets[0].Answers["E2"].Note != "mine" {
		t.Errorf("Ada sees %+v", seen.Sheets)
	}
	if seen := r.Seen(bo); len(seen.Sheets) != 0 {
		t.Errorf("Bo sees %+v", seen.Sheets)
	}
}

func TestASecondReviewAfterAnOpenOneIsNotBlind(t *testing.T) {
	for _, single := range []bool{false, true} {
		l := &log{t: t}
		first := sheet(NotVerifiable)
		first.Single = single
		l.say(ada, First, first)
		l.say(bo, Second, sheet(NotVerifiable))
		r := l.review()
		if got := r.Sheet(Second).Blind; got == single {
			t.Errorf("first sheet open %v: blind is %v", single, got)
		}
	}
}

func TestWireKeepsActs(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 50 {
		for _, a := range history(t, r).acts {
			facts, words, err := a.Split()
			if err != nil {
				t.Fatal(err)
			}
			body, err := json.Marshal(facts)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(body), "secret") {
				t.Fatalf("free text stands in the clear: %s", body)
			}
			var read Facts
			if err := json.Unmarshal(body, &read); err != nil {
				t.Fatal(err)
			}
			got, err := Join(read, words)
			if err != nil {
				t.Fatal(err)
			}
			got.Seq, got.At, got.Key, got.Item = a.Seq, a.At, a.Key, a.Item
			if !reflect.DeepEqual(Fold([]Act{got}), Fold([]Act{a})) {
				t.Fatalf("got\n%+v\nwant\n%+v", got, a)
			}
		}
	}
}
