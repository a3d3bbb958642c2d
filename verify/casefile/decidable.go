package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// needs is what a decision of a kind has to speak of.
type needs struct {
	incident, other  bool
	subjects, others int  // at least so many
	exactly          bool // so many subjects and no more
	present          bool // the subjects are items of the case
}

var decisionNeeds = map[string]needs{
	verify.Confirm:         {incident: true},
	verify.Reject:          {incident: true},
	verify.Pin:             {incident: true, subjects: 1, present: true},
	verify.Add:             {incident: true, subjects: 1, present: true},
	verify.AlsoIn:          {incident: true, subjects: 1, present: true},
	verify.Remove:          {incident: true, subjects: 1, present: true},
	verify.Exclude:         {subjects: 1, present: true},
	verify.ForContext:      {incident: true, subjects: 1, present: true},
	verify.Move:            {incident: true, other: true, subjects: 1, present: true},
	verify.Merge:           {incident: true, other: true, subjects: 1, others: 1},
	verify.Split:           {incident: true, other: true, subjects: 1, others: 1, present: true},
	verify.SameImage:       {subjects: 2, exactly: true, present: true},
	verify.SceneOnly:       {subjects: 2, exactly: true, present: true},
	verify.NotSame:         {subjects: 2, exactly: true, present: true},
	verify.Unsure:          {subjects: 2, exactly: true, present: true},
	verify.NotSameIncident: {subjects: 2, exactly: true, present: true},
}

// decidable refuses a decision that could not be read later as one.
func (f *File) decidable(ctx context.Context, d verify.Decision) error {
	if d.Kind == "" || d.By == "" {
		return errors.New("kind and name are needed")
	}
	if d.Kind == verify.TakeBack {
		return f.holds(ctx, d.TakesBack)
	}
	n, ok := decisionNeeds[d.Kind]
	switch {
	case !ok:
		return fmt.Errorf("there is no decision %q", d.Kind)
	case n.incident && d.Incident == "":
		return errors.New("an incident is needed")
	case n.other && (d.Other == "" || d.Other == d.Incident):
		return errors.New("a second incident is needed")
	case n.exactly && len(d.Subjects) != n.subjects:
		return fmt.Errorf("%d different items are needed", n.subjects)
	case len(d.Subjects) < n.subjects || len(d.Others) < n.others:
		return errors.New("items are needed")
	case repeats(slices.Concat(d.Subjects, d.Others, d.Left)):
		return errors.New("an item is named twice")
	}
	if !n.present {
		return nil
	}
	for _, s := range d.Subjects {
		if _, err := f.item(ctx, string(s)); err != nil {
			return fmt.Errorf("item %s: %w", s, err)
		}
	}
	return nil
}

func repeats(items []verify.Digest) bool {
	slices.Sort(items)
	return len(slices.Compact(items)) < len(items)
}

// holds wants a decision that was not taken back; it may be one that takes back
// itself, and what that took back then holds again.
func (f *File) holds(ctx context.Context, seq int64) error {
	decisions, err := f.Decisions(ctx)
	if err != nil {
		return err
	}
	if !verify.Holding(decisions)[seq] {
		return fmt.Errorf("entry %d: %w that still holds", seq, ErrNoDecision)
	}
	return nil
}
