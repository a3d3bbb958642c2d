package casefile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// ErrMixed is an exercise that was to be joined to a real case, or to another
// exercise, or a real case that was to be joined to it.
var ErrMixed = errors.New("an exercise is never joined to anything but the same exercise")

// apart refuses to join a case when one of the two is an exercise and the other
// is not.
func (f *File) apart(other *File) error {
	switch ours, theirs := IsExercise(f.dir), IsExercise(other.dir); {
	case ours && !theirs:
		return fmt.Errorf("%w: this case is an exercise and the other is not", ErrMixed)
	case theirs && !ours:
		return fmt.Errorf("%w: the other case is an exercise and this one is not", ErrMixed)
	}
	return nil
}

// apartByLedger refuses a ledger that tells of another exercise than the own
// case's, or of one where this case has none.
func (f *File) apartByLedger(ctx context.Context, entries []custody.Entry) error {
	ours, err := f.exercisePack(ctx)
	if err != nil {
		return err
	}
	theirs, err := packOf(entries)
	switch {
	case err != nil || ours == theirs:
		return err
	case theirs == "":
		return fmt.Errorf("%w: this case is one and the other is not", ErrMixed)
	case ours == "":
		return fmt.Errorf("%w: the other case is one and this one is not", ErrMixed)
	}
	return fmt.Errorf("%w: the cases are of two packs", ErrMixed)
}

// packOf is the pack that a ledger says its case was opened from, "" for none.
func packOf(entries []custody.Entry) (string, error) {
	for i, entry := range entries {
		if !bytes.Contains(entry, []byte(exerciseBegan)) {
			continue
		}
		event, err := entry.Parse()
		if err != nil {
			return "", fmt.Errorf("entry %d: %w", i, err)
		}
		var body exerciseBeganBody
		if event.Kind != exerciseBegan {
			continue
		}
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return "", fmt.Errorf("entry %d: %w", i, err)
		}
		return body.Pack, nil
	}
	return "", nil
}
