package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// Assess records what a person says of items when they verify them. All of it
// is recorded or nothing.
func Assess(ctx context.Context, file *casefile.File, by string, acts ...assess.Act) ([]assess.Act, error) {
	if err := (Word{By: by}).named(); err != nil {
		return nil, err
	}
	for i := range acts {
		acts[i].By = strings.TrimSpace(by)
	}
	made, err := file.Assess(ctx, acts...)
	return made, refusal(err)
}

// refusal says what to do about an act that may not be made.
func refusal(err error) error {
	var lacks *assess.NotVerified
	var refused *assess.Refused
	switch {
	case errors.Is(err, assess.ErrSamePerson):
		return &Error{Kind: SamePerson, What: err, Hint: "each person works under an account of their own on the computer, with their own name and key"}
	case errors.As(err, &lacks):
		return &Error{Kind: NotVerified, What: err, Hint: "grade the claims with their bases, or conclude partly verified or not verifiable, which is an honest result"}
	case errors.As(err, &refused):
		return &Error{Kind: NotPermitted, What: refused}
	}
	return err
}

// TakeBackAct takes back what was said of an item: only who said it can, and
// only while the sheet may change.
func TakeBackAct(ctx context.Context, file *casefile.File, by string, entry int64) (assess.Act, error) {
	acts, err := file.Acts(ctx)
	if err != nil {
		return assess.Act{}, fmt.Errorf("read the assessments of the case: %w", err)
	}
	for _, a := range acts {
		if a.Seq != entry {
			continue
		}
		made, err := Assess(ctx, file, by, assess.Act{Item: a.Item, Round: a.Round, TakesBack: entry})
		if err != nil {
			return assess.Act{}, err
		}
		return made[0], nil
	}
	return assess.Act{}, problem(UnknownEntry, "choose one of the history", "entry %d of the ledger says nothing of an item", entry).at(entry)
}

// HandedIn is the entry with which a person handed a sheet in that stands, 0
// for none: it can be taken back until the review is closed.
func HandedIn(ctx context.Context, file *casefile.File, item verify.Digest, round assess.Round) (int64, error) {
	acts, err := file.Acts(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the assessments of the case: %w", err)
	}
	var entry int64
	for _, a := range assess.Standing(acts) {
		if a.Item == item && a.Round == round && a.Done {
			entry = a.Seq
		}
	}
	return entry, nil
}
