package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

func answerExercise(ctx context.Context, c *Case, in AnswersIn) (ExercisePage, error) {
	return c.atExercise(ctx, func(ctx context.Context, f *casefile.File) error {
		return f.Answer(ctx, c.api.by(), in.Answers...)
	})
}

func takeHint(ctx context.Context, c *Case, in HintIn) (ExercisePage, error) {
	return c.atExercise(ctx, func(ctx context.Context, f *casefile.File) error {
		_, err := f.TakeHint(ctx, c.api.by(), in.Task)
		return err
	})
}

// atExercise has something recorded of the exercise, and gives it as it stands
// then. What began is ended, whether or not the page still waits for it.
func (c *Case) atExercise(ctx context.Context, do func(context.Context, *casefile.File) error) (ExercisePage, error) {
	ctx = context.WithoutCancel(ctx)
	if _, err := c.posedTo(ctx); err != nil {
		return ExercisePage{}, err
	}
	if err := c.Writing(ctx, func(f *casefile.File) error { return do(ctx, f) }); err != nil {
		return ExercisePage{}, unanswered(err)
	}
	s, err := c.posedTo(ctx)
	if err != nil {
		return ExercisePage{}, err
	}
	if err := c.keepOwn(s, nil); err != nil {
		return ExercisePage{}, err
	}
	return c.exercisePage(ctx, s)
}

// unanswered says why something of an exercise was not recorded.
func unanswered(err error) error {
	var already *Error
	if errors.As(err, &already) {
		return already
	}
	e := &Error{Status: http.StatusUnprocessableEntity, What: err.Error(), Safe: "nothing was changed", cause: err}
	if errors.Is(err, casefile.ErrKeyOpened) {
		e.Status, e.What, e.Hint = http.StatusConflict, "the key was opened: answers stay as they are", "begin the exercise anew to try again"
	}
	return e
}

// handInText is the hand-in but for the head of the ledger, which is known when
// it is written.
func handInText(ctx context.Context, c *Case, in HandInAt) (HandInText, error) {
	s, err := c.posedTo(ctx)
	if err != nil {
		return HandInText{}, err
	}
	minutes, err := c.minutes()
	if err != nil {
		return HandInText{}, err
	}
	h := exercise.HandIn{
		Format: exercise.Format, Exercise: s.Exercise.ID, Pack: s.Pack, Name: strings.TrimSpace(in.Name), Minutes: minutes, Hints: s.Hints, Answers: s.Answers,
	}
	var text strings.Builder
	if err := h.Write(&text); err != nil {
		return HandInText{}, err
	}
	return HandInText{Text: text.String()}, nil
}

// handIn records the hand-in and then writes its file: one that could not be
// written is handed in again.
func handIn(ctx context.Context, c *Case, in HandInIn) (HandedIn, error) {
	ctx = context.WithoutCancel(ctx)
	if _, err := c.posedTo(ctx); err != nil {
		return HandedIn{}, err
	}
	dir, err := c.handInFolder(in.Folder)
	if err != nil {
		return HandedIn{}, err
	}
	minutes, err := c.minutes()
	if err != nil {
		return HandedIn{}, err
	}
	var path string
	err = c.Writing(ctx, func(f *casefile.File) error {
		h, err := f.HandIn(ctx, strings.TrimSpace(in.Name), minutes)
		if err != nil {
			return err
		}
		if path, err = workshop.Save(dir, h); err != nil {
			return unhanded(err)
		}
		return nil
	})
	if err != nil {
		return HandedIn{}, unanswered(err)
	}
	s, err := c.posedTo(ctx)
	if err != nil {
		return HandedIn{}, err
	}
	return HandedIn{Path: path}, c.keepOwn(s, nil)
}

// unhanded says why the file was not written, after the hand-in was recorded.
func unhanded(err error) error {
	return &Error{
		Status: http.StatusUnprocessableEntity, What: err.Error(), Hint: "choose another folder and hand in again",
		Safe: "your answers are kept, and nothing was written over", cause: err,
	}
}

// handInFolder is where a hand-in is written: the folder that was chosen, which
// has to be there, else the one beside the case, which is made.
func (c *Case) handInFolder(chosen string) (string, error) {
	if chosen == "" || filepath.Clean(chosen) == c.handInDir() {
		dir := c.handInDir()
		if err := disk.MakeFolder(dir); err != nil {
			return "", fmt.Errorf("make the folder for the hand-in: %w", err)
		}
		return dir, nil
	}
	dir, err := wholePath(chosen)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", missing("there is no folder %s", dir)
	}
	return dir, nil
}

func openKey(ctx context.Context, c *Case, in KeyIn) (ExercisePage, error) {
	s, err := c.posedTo(ctx)
	if err != nil {
		return ExercisePage{}, err
	}
	own, err := c.api.own.exercise(c.Dir)
	if err != nil {
		return ExercisePage{}, err
	}
	key, err := c.keyOf(ctx, own, s, in)
	if err != nil {
		return ExercisePage{}, err
	}
	return c.atExercise(ctx, func(ctx context.Context, f *casefile.File) error {
		return f.OpenKey(ctx, c.api.by(), key)
	})
}

// keyOf is the key of an exercise: at hand for practice, else sealed in the
// pack.
func (c *Case) keyOf(ctx context.Context, own ownExercise, s *exercise.Standing, in KeyIn) (exercise.Key, error) {
	if own.Practice && in.Passphrase == "" {
		if c.api.program.ExerciseKey == nil {
			return exercise.Key{}, notHere("the keys of built-in exercises are not at hand")
		}
		return c.api.program.ExerciseKey(ctx, s.Exercise.ID)
	}
	pack, err := readPack(orElse(in.Path, own.Pack))
	if err != nil {
		return exercise.Key{}, err
	}
	if pack.Digest() != s.Pack {
		return exercise.Key{}, clash("choose the pack that this exercise was opened from", "this is another exercise pack")
	}
	key, err := pack.Unseal(in.Passphrase)
	switch {
	case errors.Is(err, workshop.ErrPassphrase):
		e := refused("this passphrase does not open the key")
		e.Hint, e.Safe = "look at each letter and space again; whoever made the exercise has it", "your answers are as they were"
		return key, e
	case err != nil:
		return key, refused("the key cannot be opened: %w", err)
	}
	return key, nil
}
