package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/fixtures"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/workshop"
	"github.com/spf13/cobra"
)

// builtinPlan is a built-in exercise with its key, its places and what the
// manifest says of each file; and its files.
func builtinPlan(id string) (workshop.Plan, fs.FS, error) {
	text, err := fixtures.Exercise(id)
	if errors.Is(err, fixtures.ErrNoExercise) {
		return workshop.Plan{}, nil, withHint(usageError{err}, "there are %s", strings.Join(fixtures.Exercises(), ", "))
	}
	if err != nil {
		return workshop.Plan{}, nil, err
	}
	plan, err := workshop.ReadPlan(bytes.NewReader(text))
	if err != nil {
		return plan, nil, fmt.Errorf("exercise %s: %w", id, err)
	}
	if plan.Places, err = gazetteer.ReadCSV(bytes.NewReader(fixtures.Places())); err != nil {
		return plan, nil, fmt.Errorf("exercise %s: %w", id, err)
	}
	records, err := fixtures.ExerciseRecords()
	if err != nil {
		return plan, nil, err
	}
	for i := range plan.Exercise.Media {
		m := &plan.Exercise.Media[i]
		r := records[m.Path]
		m.SHA256, m.Size, m.Modified, m.Origin, m.Licence, m.Credit = r.SHA256, r.Bytes, r.Modified, r.Origin, r.Licence, r.Credit
	}
	return plan, fixtures.ExerciseMedia(), nil
}

// builtinExercises are what the built-in exercises ask, the easiest first.
func builtinExercises() ([]exercise.Exercise, error) {
	var out []exercise.Exercise
	for _, id := range fixtures.Exercises() {
		plan, _, err := builtinPlan(id)
		if err != nil {
			return nil, err
		}
		out = append(out, plan.Exercise)
	}
	return out, nil
}

// packBuiltin writes the pack of a built-in exercise to a new file and gives its
// digest. Its events are invented and its files are listed in the manifest with
// origin and licence, so that there is no case whose concerns could speak.
func packBuiltin(ctx context.Context, id, passphrase, out string) (digest string, err error) {
	plan, media, err := builtinPlan(id)
	if err != nil {
		return "", err
	}
	return workshop.Make(ctx, plan, media, passphrase, out)
}

// builtinKey is the key of a built-in exercise as its pack would hold it.
func builtinKey(ctx context.Context, id string) (exercise.Key, error) {
	plan, media, err := builtinPlan(id)
	if err != nil {
		return exercise.Key{}, err
	}
	plan.Key.Pack, err = plan.Digest(ctx, media)
	return plan.Key, err
}

// beginBuiltin begins a built-in exercise in a new folder, by way of a pack, so
// that it is the same as one that was handed out.
func (p *benchProgram) beginBuiltin(ctx context.Context, id, dir string, progress func(ingest.Progress)) (caseDir string, err error) {
	tmp, err := os.MkdirTemp("", "firsthand-exercise-*")
	if err != nil {
		return "", fmt.Errorf("begin exercise %s: %w", id, err)
	}
	defer os.RemoveAll(tmp)
	passphrase, err := workshop.NewPassphrase()
	if err != nil {
		return "", err
	}
	path := filepath.Join(tmp, id+".zip")
	if _, err := packBuiltin(ctx, id, passphrase, path); err != nil {
		return "", err
	}
	pack, err := workshop.Open(path)
	if err != nil {
		return "", err
	}
	return p.beginPack(ctx, pack, dir, progress)
}

// beginPack begins the exercise of a pack in a new folder and reads its media.
func (p *benchProgram) beginPack(ctx context.Context, pack *workshop.Pack, dir string, progress func(ingest.Progress)) (caseDir string, err error) {
	g, err := p.of(filepath.Join(dir, "case"))
	if err != nil {
		return "", err
	}
	file, sources, err := g.beginExercise(ctx, pack, dir)
	if err != nil {
		return "", err
	}
	_, err = g.readSources(ctx, file, sources, progress)
	return g.caseDir, errors.Join(err, file.Close())
}

func newWorkshopGuideCommand(g *globalOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "guide",
		Short: "print the trainer's guide",
		Long: `Prints the trainer's guide, in Markdown: the room, the preparation, each exercise
minute by minute, common mistakes and how to talk about them, care of learners,
and what to do when something fails. It is in English, Ukrainian and Arabic.

    firsthand workshop guide > guide.md
    firsthand workshop guide --language uk > guide.uk.md

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text, err := fixtures.Guide(g.words().Tag)
			if err != nil {
				return err
			}
			_, err = g.term.out.Write(text)
			return err
		},
	}
}
