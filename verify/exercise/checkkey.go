package exercise

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"
)

// widest is the longest interval that a key or an answer can have, and
// farthest the greatest radius: half the earth's circumference.
const (
	widest   = 200 * 366 * 24 * time.Hour
	farthest = 20_040_000.0 // metres
)

// Check says what is wrong with a key, the first thing of it, or nil: it has to
// speak of every subject of the exercise, and of nothing else.
func (k *Key) Check(e *Exercise) error {
	if err := k.check(e); err != nil {
		return fmt.Errorf("key of exercise %.64q: %w", e.ID, err)
	}
	return nil
}

func (k *Key) check(e *Exercise) error {
	switch {
	case k.Format != Format:
		return fmt.Errorf("it has format %d, this version of firsthand reads %d", k.Format, Format)
	case !digest(k.Pack):
		return errors.New("the digest of its pack is not 64 hexadecimal digits in small letters")
	case len(k.Tasks) != len(e.Tasks):
		return fmt.Errorf("it has %d tasks where the exercise has %d", len(k.Tasks), len(e.Tasks))
	}
	seen := map[string]bool{}
	for i := range k.Tasks {
		tk := &k.Tasks[i]
		t := e.task(tk.Task)
		if t == nil || seen[tk.Task] {
			return fmt.Errorf("task %.64q is not in the exercise, or stands twice", tk.Task)
		}
		seen[tk.Task] = true
		if err := tk.check(t); err != nil {
			return fmt.Errorf("task %s: %w", t.ID, err)
		}
	}
	return nil
}

func (tk *TaskKey) check(t *Task) error {
	if err := tk.Why.check("why", longText); err != nil {
		return err
	}
	if len(tk.Subjects) != len(t.Subjects) {
		return fmt.Errorf("it has %d subjects where the exercise has %d", len(tk.Subjects), len(t.Subjects))
	}
	seen := map[string]bool{}
	for i := range tk.Subjects {
		sk := &tk.Subjects[i]
		s := t.subject(sk.Subject)
		if s == nil || seen[sk.Subject] {
			return fmt.Errorf("subject %.64q is not in the exercise, or stands twice", sk.Subject)
		}
		seen[sk.Subject] = true
		if err := sk.check(t, s); err != nil {
			return fmt.Errorf("subject %s: %w", s.ID, err)
		}
	}
	return nil
}

func (sk *SubjectKey) check(t *Task, s *Subject) error {
	if err := sk.checkForm(t.Form); err != nil {
		return err
	}
	options, reasons := ids(t.Choices(s)), ids(t.Reasons)
	var err error
	switch t.Form {
	case OneOf:
		err = sk.checkCredit(options)
	case SomeOf:
		err = chosenFrom("right option", sk.Right, options)
	case Interval:
		err = sk.When.check()
	case Area:
		err = sk.Where.check()
	}
	if err != nil {
		return err
	}
	if (len(sk.Reasons) > 0) != (len(reasons) > 0) {
		return errors.New("it has good reasons where the task asks for none, or none where it does")
	}
	if err := chosenFrom("good reason", sk.Reasons, reasons); err != nil && len(reasons) > 0 {
		return err
	}
	if len(sk.Why) > 0 {
		if err := sk.Why.check("why", longText); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(sk.Partly)) {
		if !slices.Contains(options, id) && !slices.Contains(reasons, id) {
			return fmt.Errorf("it explains %.64q, which is no option and no reason", id)
		}
		if err := sk.Partly[id].check("why of "+id, longText); err != nil {
			return err
		}
	}
	return nil
}

// checkForm wants what is right in the field of the form and in no other.
func (sk *SubjectKey) checkForm(f Form) error {
	if (len(sk.Credit) > 0) != (f == OneOf) || (len(sk.Right) > 0) != (f == SomeOf) || (sk.When != nil) != (f == Interval) || (sk.Where != nil) != (f == Area) {
		return fmt.Errorf("it does not say what is right in the form %s, and in that alone", f)
	}
	return nil
}

// checkCredit wants one option that is right at least.
func (sk *SubjectKey) checkCredit(options []string) error {
	best := 0.0
	for _, id := range slices.Sorted(maps.Keys(sk.Credit)) {
		c := sk.Credit[id]
		if !slices.Contains(options, id) {
			return fmt.Errorf("%.64q is no option", id)
		}
		if !(c >= 0 && c <= 1) {
			return fmt.Errorf("option %s gives a credit of %v, of 0 to 1", id, c)
		}
		best = max(best, c)
	}
	if best != 1 {
		return errors.New("no option gives the full credit, which is 1")
	}
	return nil
}

// chosenFrom wants ids that are among those to choose from, each once, and one
// of them at least.
func chosenFrom(what string, chosen, from []string) error {
	if len(chosen) == 0 {
		return fmt.Errorf("it has no %s", what)
	}
	for _, id := range chosen {
		if !slices.Contains(from, id) {
			return fmt.Errorf("there is no %s %.64q", what, id)
		}
	}
	if id, ok := twice(chosen); ok {
		return fmt.Errorf("the %s %s stands twice", what, id)
	}
	return nil
}

func (w *WhenKey) check() error {
	if err := checkSpan(w.Earliest, w.Latest); err != nil {
		return err
	}
	if span := w.Latest.Sub(w.Earliest).Seconds(); !(w.WidthSeconds > 0 && w.WidthSeconds >= span && w.WidthSeconds <= widest.Seconds()) {
		return fmt.Errorf("the width that can be known is %v seconds: it has to be above 0 and not below the %v seconds of the interval itself", w.WidthSeconds, span)
	}
	return nil
}

func (w *WhereKey) check() error { return checkCircle(w.Latitude, w.Longitude, w.RadiusM) }

// checkSpan wants an interval of instants that JSON can hold.
func checkSpan(earliest, latest time.Time) error {
	switch {
	case min(earliest.UTC().Year(), latest.UTC().Year()) < 1800 || max(earliest.UTC().Year(), latest.UTC().Year()) > 2200:
		return errors.New("the interval does not lie in the years 1800 to 2200")
	case latest.Before(earliest):
		return errors.New("the interval ends before it begins")
	case latest.Sub(earliest) > widest:
		return errors.New("the interval is longer than 200 years")
	}
	return nil
}

func checkCircle(lat, lon, radius float64) error {
	return cmp.Or(
		within("latitude", lat, -90, 90), within("longitude", lon, -180, 180),
		within("radius in metres", radius, math.SmallestNonzeroFloat64, farthest),
	)
}

func within(what string, x, low, high float64) error {
	if !(x >= low && x <= high) { // no number is not within either
		if low == math.SmallestNonzeroFloat64 {
			return fmt.Errorf("the %s is %v, of more than 0 to %v", what, x, high)
		}
		return fmt.Errorf("the %s is %v, of %v to %v", what, x, low, high)
	}
	return nil
}
