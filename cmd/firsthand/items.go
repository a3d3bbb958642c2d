package main

import (
	"context"
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

func newItemsCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "items --case CASE",
		Short: "list the items of a case and what each claims",
		Long: `Lists every item (one piece of content, whatever the number of places it was
seen at) with its best time: in the zone that was given for a clock without
one, and corrected where the clock of the device is known to be off. --json
gives each item whole, with every time as the file has it and what was made
of it, and how far its assessment has come: the state of the review, the
conclusion once the review is closed, and how graphic the item or a copy of it
was said to be.

    firsthand items --case my-case --json

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.listItems(cmd.Context()) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) listItems(ctx context.Context) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	items, err := desk.AllItems(ctx, file)
	if err != nil {
		return err
	}
	copies, err := file.Clusters(ctx)
	if err != nil {
		return fmt.Errorf("read the clusters of the case: %w", err)
	}
	read, err := g.readClocks(ctx, file, items, copies)
	if err != nil {
		return err
	}
	items = read.Items
	reviews, err := file.Reviews(ctx)
	if err != nil {
		return fmt.Errorf("read the assessments of the case: %w", err)
	}
	of, graphic := reviewsByItem(reviews), assess.GraphicLevels(copies, reviews)
	for i := range items {
		if g.jsonOut {
			err = g.term.json(newAssessedItem(&items[i], of[items[i].Digest], graphic))
		} else {
			g.printItem(&items[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *globalOptions) printItem(it *verify.Item) {
	w := report.In(g.words())
	what := w.Time(it.BestTime(it.Path()))
	if e := it.Media.Error; e != "" {
		what = w.Sentence(string(e))
	}
	g.term.printf("%s  %-8s  %s\n", shown(it.Path()), w.T("command.kind."+string(it.Media.Kind)), g.printable(what))
	for _, s := range it.Sightings[1:] {
		g.term.printf("  %s\n", g.printable(w.T("command.items.same-bytes", "path", s.Path)))
	}
}
