package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

func newMergeCaseCommand(g *globalOptions) *cobra.Command {
	var dry, collect bool
	cmd := &cobra.Command{
		Use:   "merge --case CASE OTHER",
		Short: "join a colleague's case to yours",
		Long: `Joins another case to yours: its files by their content, where they were seen,
and what people decided, assessed and set there, each under their own name. Its
ledger is checked first and then kept word for word beside yours, so that both can
still be verified. The other case is only read; the media stay where they are.
Copies of originals that it collected (scan --collect) come along with --collect.

    firsthand merge --case my-case colleagues-case --dry-run
    firsthand merge --case my-case colleagues-case

The outcome is the same in whatever order cases are joined, and joining again brings
what is new since. Two laptops that began with copies of one case join in the same
way. Afterwards matches and incidents are found anew.

What two people said differently without having seen each other is listed, and by
firsthand findings too: the later word stands until a person says it again. What was
erased in one case is erased in both.

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the other case was
changed, cut or swapped, and nothing of it was taken.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.mergeCase(cmd.Context(), args[0], dry, collect)
		},
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().BoolVar(&collect, "collect", false, "copy the originals that the other case collected, too")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what it would bring, and change nothing")
	return cmd
}

// The lines of firsthand merge --json.
type (
	mergedLine struct {
		Line string `json:"line"` // "merged"
		casefile.Merged
		Dry bool `json:"dry_run"`
	}
	conflictLine struct {
		Line string `json:"line"` // "conflict"
		verify.Finding
	}
)

func (g *globalOptions) mergeCase(ctx context.Context, dir string, dry, collect bool) error {
	other, err := casefile.Open(dir, casefile.Options{ReadOnly: true})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no case at %s", dir)
	case errors.Is(err, casefile.ErrOlderSchema):
		return withHint(err, "firsthand group --case %s upgrades it", dir)
	case err != nil:
		return err
	}
	defer other.Close()
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	merged, err := file.Merge(ctx, other, dry)
	if err != nil {
		return err
	}
	var conflicts []verify.Finding
	if !dry {
		if conflicts, err = file.ReportConflicts(ctx); err != nil {
			return err
		}
	}
	if err := g.printMerged(merged, conflicts, dry); err != nil || dry {
		return err
	}
	if collect {
		c, err := ingest.CollectFrom(ctx, file, other)
		if err != nil {
			return withHint(err, "the case is joined; make room on that disk and run the same command again")
		}
		g.tell("command.scan.collected", "n", c.Copied, "had", c.Had)
		if c.Missed > 0 {
			g.term.note("%d copies of the other case are not whole, and were left out", c.Missed)
		}
	}
	// Also where nothing is new: an earlier merge may have been stopped before this.
	if _, err := g.regroup(ctx, file); err != nil {
		return withHint(fmt.Errorf("the case is joined, and the incidents are not made anew: %w", err), "firsthand group --case %s does so", g.caseDir)
	}
	return file.Close()
}

func (g *globalOptions) printMerged(m casefile.Merged, conflicts []verify.Finding, dry bool) error {
	if g.jsonOut {
		for _, c := range conflicts {
			if err := g.term.json(conflictLine{"conflict", c}); err != nil {
				return err
			}
		}
		return g.term.json(mergedLine{"merged", m, dry})
	}
	verb := "joined"
	switch {
	case m.Nothing():
		g.term.printf("case %s: nothing is new\n", m.Case)
	default:
		if dry {
			verb = "would be joined"
		}
		g.term.printf("case %s %s: %d new items, %d new places where items were seen, %d acts of people, %d known incidents\n",
			m.Case, verb, m.Items, m.Sightings, m.Adopted, m.Known)
	}
	for _, c := range conflicts {
		if c.Path != "" {
			g.term.printf("%s: %s: %s\n", c.Code, shown(string(c.Path)), shown(c.Message))
			continue
		}
		g.term.printf("%s: %s\n", c.Code, shown(c.Message))
	}
	return nil
}
