package assess

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// NotVerified refuses the conclusion "verified" and says what it lacks.
type NotVerified struct{ Missing []string }

func (e *NotVerified) Error() string {
	return "this cannot be concluded as verified: " + strings.Join(e.Missing, "; ")
}

// Refused is an act that may not be made.
type Refused struct{ Why error }

func (e *Refused) Error() string { return e.Why.Error() }

// Unwrap gives the reason.
func (e *Refused) Unwrap() error { return e.Why }

// ErrSamePerson is a second review, or a third, by who took part before.
var ErrSamePerson = errors.New("a review needs another person")

// Permit refuses an act that may not follow the acts of the same item: a value
// outside its list, a sheet that is handed in or not one's own, a second review
// by who wrote the first, and "verified" on a sheet whose claims do not carry
// it. The error is a [Refused].
func Permit(before []Act, a Act) error {
	if err := permit(before, a); err != nil {
		return &Refused{err}
	}
	return nil
}

func permit(before []Act, a Act) error {
	if err := a.check(); err != nil {
		return err
	}
	acts := slices.DeleteFunc(slices.Clone(before), func(x Act) bool { return x.Item != a.Item })
	r := fold(a.Item, sorted(acts))
	was, known := takenBack(acts, a)
	if a.TakesBack == 0 || !known || was.assesses() || was.Reopen { // marks are everybody's, also to take back
		if err := r.turn(a); err != nil {
			return err
		}
	}
	if a.TakesBack != 0 {
		if !known {
			return fmt.Errorf("entry %d of the ledger is no act on this item that holds", a.TakesBack)
		}
		if err := a.takesBack(was); err != nil {
			return err
		}
	}
	after := fold(a.Item, sorted(append(acts, a)))
	s := after.Sheet(a.Round)
	if s == nil || a.Reopen {
		return nil
	}
	if a.Done && s.Conclusion == "" {
		return errors.New("a sheet is handed in with a conclusion, and this one has none")
	}
	return after.carries(s)
}

// Blind says whether an act of the second round is made without the first
// sheet having been open to everybody.
func Blind(before []Act, a Act) bool {
	acts := slices.DeleteFunc(slices.Clone(before), func(x Act) bool { return x.Item != a.Item })
	r := fold(a.Item, sorted(acts))
	return a.Round == Second && !r.Single
}

// carries wants the claims behind a sheet's "verified": those of the sheet, and
// for the third person those that both others left standing.
func (r *Review) carries(s *Sheet) error {
	if s.Conclusion != Verified {
		return nil
	}
	if missing := lacking(r.claimsBehind(s)); len(missing) > 0 {
		return &NotVerified{missing}
	}
	return nil
}

// turn says whether it is this person's turn in this round.
func (r *Review) turn(a Act) error {
	if a.Reopen {
		if r.Open() {
			return errors.New("the review is not closed yet, so there is nothing to begin anew")
		}
		return nil
	}
	if !a.assesses() && a.TakesBack == 0 {
		return nil // marks are everybody's
	}
	who := Reviewer{a.By, a.Key}
	for _, s := range r.Sheets {
		if s.Round == a.Round {
			continue
		}
		for _, o := range s.Reviewers {
			if who.same(o) {
				return r.samePerson(a, o, who)
			}
		}
	}
	s := r.Sheet(a.Round)
	switch {
	case a.Round == Adjudication && (!r.done(First) || !r.done(Second)):
		return errors.New("there is nothing to decide on yet: both reviews have to be handed in first")
	case a.Round != Adjudication && !r.Open() && r.State() != Unassessed && !(a.Round == Second && r.State() == SingleReview):
		return errors.New("the review is closed and its sheets stay as they are: a third person can decide otherwise, or it can be begun anew")
	case s != nil && s.Done && a.TakesBack == 0 && !a.opens():
		return fmt.Errorf("this sheet was handed in on %s: take that back first to change it", s.DoneAt.UTC().Format("2006-01-02 15:04 UTC"))
	case a.Single && a.Round != First:
		return errors.New("only the first reviewer can say that no second review is wanted")
	case a.Single && r.Sheet(Second) != nil:
		return errors.New("a second review has begun")
	}
	return nil
}

// opens says whether an act only says that no second review is wanted, which
// can be said of a sheet that is handed in too.
func (a *Act) opens() bool {
	return a.Single && len(a.Answers)+len(a.Claims) == 0 && a.Conclusion == "" && a.Limits == "" && !a.Done
}

func (r *Review) samePerson(a Act, o, who Reviewer) error {
	round := map[Round]string{First: "first", Second: "second", Adjudication: "deciding"}
	how := "the signing key is that of " + o.Name
	if plainName(o.Name) == plainName(who.Name) {
		how = o.Name + " took part in another"
	}
	return fmt.Errorf("%w for the %s review: %s", ErrSamePerson, round[a.Round], how)
}

// takenBack is what an act that takes back is about: where that takes back
// itself, what then holds again. It is not known where it does not hold.
func takenBack(acts []Act, a Act) (was Act, known bool) {
	of := make(map[int64]Act, len(acts))
	for _, x := range acts {
		of[x.Seq] = x
	}
	was, known = of[a.TakesBack]
	if known = known && Holding(acts)[a.TakesBack]; !known {
		return Act{}, false
	}
	for was.TakesBack != 0 {
		was = of[was.TakesBack]
	}
	return was, true
}

// takesBack wants what is taken back to be of the same person and round.
func (a *Act) takesBack(was Act) error {
	switch {
	case was.Reopen:
		return errors.New("a review that was begun anew cannot be taken up where it was")
	case was.Round != a.Round && was.assesses():
		return errors.New("that entry is of another round of the review")
	case was.assesses() && !(Reviewer{a.By, a.Key}).same(Reviewer{was.By, was.Key}):
		return fmt.Errorf("that entry is %s's, who alone can take it back", was.By)
	}
	return nil
}

// mostMinutes bounds what one answer can have taken.
const mostMinutes = 100_000

// check wants values that are in their lists.
func (a *Act) check() error {
	if strings.TrimSpace(a.By) == "" {
		return errors.New("who assesses has to be named")
	}
	if a.Round < First || a.Round > Adjudication {
		return fmt.Errorf("there is no round %d of a review", a.Round)
	}
	if !a.assesses() && a.Marks == nil && !a.Reopen && a.TakesBack == 0 {
		return errors.New("nothing is said of the item")
	}
	if (a.TakesBack != 0 || a.Reopen) && (a.assesses() || a.Marks != nil) || a.TakesBack != 0 && a.Reopen {
		return errors.New("what takes back, or begins anew, says nothing else")
	}
	for _, n := range a.Answers {
		if err := n.check(); err != nil {
			return err
		}
	}
	for _, c := range a.Claims {
		if err := c.check(); err != nil {
			return err
		}
	}
	if err := oneOf("the conclusion", a.Conclusion, Conclusions()); err != nil {
		return err
	}
	if a.Marks == nil {
		return nil
	}
	if err := checkLevel(a.Marks.Graphic); err != nil {
		return err
	}
	if s := a.Marks.Sensitivity; slices.Contains(s, NotSensitive) && len(s) > 1 {
		return fmt.Errorf("%s stands alone", NotSensitive)
	}
	if r := a.Marks.Restriction; r != nil {
		if err := oneOf("security_restriction", *r, Restrictions()); err != nil {
			return err
		}
	}
	return allOf("sensitivity", a.Marks.Sensitivity, Sensitivities())
}

func (n *Answer) check() error {
	step, ok := FindStep(n.Step)
	switch {
	case !ok || step.ID != n.Step:
		return fmt.Errorf("there is no step %q in the checklist", n.Step)
	case step.Derived:
		return fmt.Errorf("step %s is answered by what happens to the review, not by a person", step.ID)
	case n.Answer == "" && (n.Note != "" || len(n.Evidence) > 0):
		return fmt.Errorf("step %s: a note or evidence stands without an answer", step.ID)
	case math.IsNaN(n.Minutes) || n.Minutes < 0 || n.Minutes > mostMinutes:
		return fmt.Errorf("step %s: %v minutes of work cannot be", step.ID, n.Minutes)
	}
	for _, e := range n.Evidence {
		if err := e.check(); err != nil {
			return fmt.Errorf("step %s: %w", step.ID, err)
		}
	}
	return oneOf("step "+step.ID, n.Answer, Replies())
}

func (e *Evidence) check() error {
	kinds := 0
	if r := e.FileRegion; r != nil {
		kinds++
		for _, v := range r {
			if !(v >= 0 && v <= 1) {
				return errors.New("a region of a file is x0,y0,x1,y1 in parts of the picture, from 0 to 1")
			}
		}
		if r[0] >= r[2] || r[1] >= r[3] {
			return errors.New("a region of a file runs from its upper left to its lower right corner")
		}
	}
	if e.FrameMS != nil {
		if kinds++; *e.FrameMS < 0 {
			return errors.New("a frame lies before the start of the video")
		}
	}
	if e.URL != "" {
		kinds++
	}
	if e.SatImageDate != "" {
		kinds++
		if _, err := time.Parse(dayForm, e.SatImageDate); err != nil {
			return fmt.Errorf("the date of a satellite picture is %q: a day is written as 2022-03-04", e.SatImageDate)
		}
	}
	if kinds != 1 {
		return errors.New("a piece of evidence is one of file_region, frame_ms, url and sat_image_date")
	}
	return nil
}

func (c *Claim) check() error {
	if c.Claim == "" || c.Grade == "" {
		return errors.New("a claim needs a subject and a grade")
	}
	if err := oneOf("the claim", c.Claim, Subjects()); err != nil {
		return err
	}
	if err := oneOf("the grade of "+string(c.Claim), c.Grade, Grades()); err != nil {
		return err
	}
	if n := bases(c.Basis); c.Grade == Confirmed && n < 2 {
		return fmt.Errorf("%s is confirmed only on two independent bases, and %d is given: call it probable, or give another", c.Claim, n)
	}
	var err error
	switch {
	case c.Value == "":
	case c.Claim == Where:
		_, err = ParsePosition(string(c.Value))
	case c.Claim == When:
		_, _, err = ParseSpan(string(c.Value))
	}
	if err != nil {
		return fmt.Errorf("the claim %s: %w", c.Claim, err)
	}
	return nil
}

// bases counts different bases; an empty one is none.
func bases(list []string) int {
	seen := map[string]bool{}
	for _, b := range list {
		if p := plainName(b); p != "" {
			seen[p] = true
		}
	}
	return len(seen)
}
