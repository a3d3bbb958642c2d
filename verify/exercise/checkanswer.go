package exercise

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Blank says whether an answer says nothing: who gives it takes back what they
// said of the subject before.
func (a *Answer) Blank() bool {
	return len(a.Chosen)+len(a.Reasons) == 0 && a.When == nil && a.Where == nil
}

// Check says what is wrong with an answer, or nil. A blank one is none of its
// faults.
func (a *Answer) Check(e *Exercise) error {
	t := e.task(a.Task)
	if t == nil {
		return fmt.Errorf("there is no task %.64q in exercise %.64s", a.Task, e.ID)
	}
	s := t.subject(a.Subject)
	if s == nil {
		return fmt.Errorf("task %s has no subject %.64q", t.ID, a.Subject)
	}
	if err := a.check(t, s); err != nil {
		return fmt.Errorf("answer to task %s, subject %s: %w", t.ID, s.ID, err)
	}
	return nil
}

func (a *Answer) check(t *Task, s *Subject) error {
	switch {
	case len(a.Chosen) > 0 && !t.Form.Choice(), a.When != nil && t.Form != Interval, a.Where != nil && t.Form != Area:
		return fmt.Errorf("it is not of the form %s", t.Form)
	case len(a.Chosen) > 1 && t.Form == OneOf:
		return errors.New("one option alone can be chosen")
	}
	if len(a.Chosen) > 0 {
		if err := chosenFrom("option", a.Chosen, ids(t.Choices(s))); err != nil {
			return err
		}
	}
	if len(a.Reasons) > 0 {
		if err := chosenFrom("reason", a.Reasons, ids(t.Reasons)); err != nil {
			return err
		}
	}
	if a.When != nil {
		if err := checkSpan(a.When.Earliest, a.When.Latest); err != nil {
			return err
		}
	}
	if a.Where != nil {
		return checkCircle(a.Where.Latitude, a.Where.Longitude, a.Where.RadiusM)
	}
	return nil
}

// CheckName says whether a learner can go by a name in a hand-in: one line of at
// most 60 characters that are seen.
func CheckName(name string) error {
	if strings.TrimSpace(name) != name {
		return errors.New("a name does not begin or end with a space")
	}
	if strings.ContainsFunc(name, func(r rune) bool { return hidden(r) && !joiner(r) || unicode.Is(unicode.Co, r) }) {
		return errors.New("a name is of characters that are seen")
	}
	if err := checkLine("name", name); err != nil {
		return err
	}
	if n := len([]rune(name)); n > longestName {
		return fmt.Errorf("a name has at most %d characters, this one has %d", longestName, n)
	}
	return nil
}

// longestName is in characters.
const longestName = 60

// joiner says whether a character that is not seen belongs to the spelling of
// some names.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// Check says what is wrong with what a learner handed in, or nil. Whether it is
// of the right pack is for the caller to see by Pack.
func (h HandIn) Check(e *Exercise) error {
	if h.Exercise != e.ID {
		return fmt.Errorf("it answers exercise %.64q, not %.64q", h.Exercise, e.ID)
	}
	if err := h.check(); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(h.Hints)) {
		n := h.Hints[id]
		if t := e.task(id); t == nil || n < 1 || n > len(t.Hints) {
			return fmt.Errorf("it counts %d hints of task %.64q, which has not so many", n, id)
		}
	}
	seen := map[[2]string]bool{}
	for i := range h.Answers {
		a := &h.Answers[i]
		if err := a.Check(e); err != nil {
			return err
		}
		about := [2]string{a.Task, a.Subject}
		if seen[about] || a.Blank() {
			return fmt.Errorf("it answers task %s, subject %s twice, or with nothing", a.Task, a.Subject)
		}
		seen[about] = true
	}
	return nil
}

// check is what can be seen without the exercise.
func (h HandIn) check() error {
	switch {
	case h.Format != Format:
		return fmt.Errorf("it has format %d, this version of firsthand reads %d", h.Format, Format)
	case !digest(h.Pack):
		return errors.New("the digest of its pack is not 64 hexadecimal digits in small letters")
	case h.Minutes < 0 || h.Minutes > mostWorked:
		return fmt.Errorf("nobody works %d minutes on it", h.Minutes)
	case h.Ledger.Size < 1 || !digest(h.Ledger.Root):
		return errors.New("it does not say how far the ledger of its case had come")
	}
	return CheckName(h.Name)
}

// mostWorked is in minutes: a course of some weeks.
const mostWorked = 100_000
