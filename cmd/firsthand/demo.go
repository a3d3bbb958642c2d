package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/fixtures"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/spf13/cobra"
)

func newDemoCommand(g *globalOptions) *cobra.Command {
	var dir string
	var noServe bool
	cmd := &cobra.Command{
		Use:   "demo [--no-serve] [--dir DIR]",
		Short: "make the exercise case, scan it and open the workbench",
		Long: `Writes the built-in exercise (invented events, harmless pictures) to a
folder, scans it as any case is scanned, prints the count sheet, writes the
report and opens the workbench.

    firsthand demo

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.demo(cmd, dir, !noServe)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "where to put it (default: firsthand-demo in the temporary folder)")
	cmd.Flags().BoolVar(&noServe, "no-serve", false, "end after the count sheet and the report")
	scanFlags(cmd)
	serveFlags(cmd)
	return cmd
}

func (g *globalOptions) demo(cmd *cobra.Command, dir string, serve bool) error {
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "firsthand-demo")
	}
	if err := g.makeDemo(cmd.Context(), dir); err != nil || !serve {
		return err
	}
	return g.serve(cmd, g.caseDir)
}

// makeDemo lays the exercise out, scans it, prints the count sheet and writes
// the report.
func (g *globalOptions) makeDemo(ctx context.Context, dir string) error {
	file, sources, err := g.layOutExercise(dir)
	if err != nil {
		return err
	}
	defer file.Close()
	g.tell("command.demo.lies", "dir", dir)
	if err := g.scanInto(ctx, file, sources); err != nil {
		return err
	}
	if err := g.printCounts(ctx, file); err != nil {
		return err
	}
	out := filepath.Join(dir, "report.html")
	if err := g.writeReport(ctx, file, reportFlags{out: out}); err != nil {
		return err
	}
	g.tell("command.demo.report", "file", out)
	return nil
}

// layOutExercise writes the sources of the exercise to a folder and opens its
// case there, which is made where it is missing.
func (g *globalOptions) layOutExercise(dir string) (*casefile.File, []source.Source, error) {
	media := filepath.Join(dir, "sources")
	if err := fixtures.WriteWorkshop(media); errors.Is(err, fixtures.ErrChanged) {
		return nil, nil, withHint(err, "move %s away, or give another folder with --dir", dir)
	} else if err != nil {
		return nil, nil, err
	}
	g.caseDir = filepath.Join(dir, "case")
	dirs, err := subfolders(media)
	if err != nil {
		return nil, nil, err
	}
	sources, err := openSources(dirs)
	if err != nil {
		return nil, nil, err
	}
	file, err := g.createOrOpenCase()
	if err != nil {
		return nil, nil, err
	}
	if err := file.MarkExercise(); err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, sources, nil
}

func subfolders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list the sources of the exercise: %w", err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, nil
}

func isExercise(file *casefile.File) bool { return file.IsExercise(context.Background()) }
