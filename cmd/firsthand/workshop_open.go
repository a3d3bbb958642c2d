package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
	"github.com/spf13/cobra"
)

// learnerName is the setting of an exercise's case that keeps the name which the
// learner chose.
const learnerName = "learner"

func newWorkshopOpenCommand(g *globalOptions) *cobra.Command {
	var dir, name string
	var noServe bool
	cmd := &cobra.Command{
		Use:   "open PACK [--name NAME] [--dir DIR] [--no-serve]",
		Short: "open an exercise pack in a case of your own and work on it",
		Long: `Checks the pack from end to end, lays its files into a new folder, reads them
into a case of your own there, and opens the workbench. The same command on the
next day goes on where you stopped.

    firsthand workshop open copies.zip --name Olena

The name is one that you choose; a nickname will do. The folder is called after
exercise and name (copies-olena) and lies in the current one; --dir chooses
another. A pack that was changed on its way is not opened.

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the pack is not as it
was made.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := g.openPack(cmd.Context(), args[0], dir, strings.TrimSpace(name)); err != nil || noServe {
				return err
			}
			return g.serve(cmd, g.caseDir)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what you want to be called; it goes into what you hand in")
	cmd.Flags().StringVar(&dir, "dir", "", "the folder of your case (default: EXERCISE-NAME in the current folder)")
	cmd.Flags().BoolVar(&noServe, "no-serve", false, "end when the files are read; do not open the workbench")
	scanFlags(cmd)
	serveFlags(cmd)
	return cmd
}

func (g *globalOptions) openPack(ctx context.Context, path, dir, name string) error {
	if name != "" {
		if err := exercise.CheckName(name); err != nil {
			return usageError{err}
		}
	}
	pack, err := workshop.Open(path)
	if errors.Is(err, workshop.ErrNoPack) {
		return withHint(err, "copy the pack from your trainer once more")
	}
	if err != nil {
		return err
	}
	if dir == "" {
		dir = folderFor(pack.Exercise().ID, name)
	}
	g.caseDir = filepath.Join(dir, "case")
	if _, err := os.Stat(g.caseDir); err == nil {
		return g.goOn(ctx, pack, name)
	}
	file, sources, err := g.beginExercise(ctx, pack, dir)
	if err != nil {
		return err
	}
	err = g.keepLearner(ctx, file, name)
	if err == nil {
		g.tellOpened("workshop.cli.opened", pack)
		err = g.scanInto(ctx, file, sources)
	}
	return errors.Join(err, file.Close())
}

// beginExercise lays a pack out in a new folder: its files and the learner's
// case, which is that of the options and open for writing.
func (g *globalOptions) beginExercise(ctx context.Context, pack *workshop.Pack, dir string) (*casefile.File, []source.Source, error) {
	file, err := workshop.Begin(ctx, pack, dir, func(caseDir string) (*casefile.File, error) {
		opt, err := g.writeOptions()
		if err != nil {
			return nil, err
		}
		return casefile.Create(caseDir, opt)
	})
	switch {
	case errors.Is(err, workshop.ErrNotEmpty), errors.Is(err, workshop.ErrInsideCase):
		return nil, nil, withHint(err, "choose a new folder with --dir")
	case err != nil:
		return nil, nil, err
	}
	dirs, err := subfolders(filepath.Join(dir, exercise.MediaFolder))
	if err == nil {
		var sources []source.Source
		if sources, err = openSources(dirs); err == nil {
			return file, sources, nil
		}
	}
	return nil, nil, errors.Join(err, file.Close())
}

// goOn opens a case that was begun from the same pack, and reads its files once
// more where that was not finished.
func (g *globalOptions) goOn(ctx context.Context, pack *workshop.Pack, name string) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	s, err := file.Exercise(ctx)
	if err != nil {
		return err
	}
	if s == nil || s.Pack != pack.Digest() {
		return withHint(fmt.Errorf("%s is not a case of this pack", g.caseDir), "choose a new folder with --dir")
	}
	if err := g.keepLearner(ctx, file, name); err != nil {
		return err
	}
	g.tellOpened("workshop.cli.goes-on", pack)
	dirs, err := subfolders(filepath.Join(filepath.Dir(g.caseDir), exercise.MediaFolder))
	if err != nil {
		return err
	}
	sources, err := openSources(dirs)
	if err != nil {
		return err
	}
	return g.scanInto(ctx, file, sources)
}

// keepLearner keeps the name for handing in, where one was given.
func (g *globalOptions) keepLearner(ctx context.Context, file *casefile.File, name string) error {
	if name == "" {
		return nil
	}
	return file.Set(ctx, learnerName, name)
}

func (g *globalOptions) tellOpened(key string, pack *workshop.Pack) {
	e := pack.Exercise()
	g.line(key, "title", g.said("workshop.cli.exercise", "title", e.Title, "id", e.ID), "path", g.caseDir, "code", pack.Code())
	g.line("workshop.cli.not-real")
}

// folderFor is a name of a folder that every system takes.
func folderFor(id, name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, name)
	return strings.Join(append([]string{id}, strings.Fields(plain)...), "-")
}
