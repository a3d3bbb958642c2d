package main

import (
	"context"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

func newAssessSheetCommand(g *globalOptions) *cobra.Command {
	var incidents []string
	cmd := &cobra.Command{
		Use:   "sheet [FILE...] [--incident ID] --case CASE",
		Short: "an empty checklist to fill in a spreadsheet",
		Long: `Writes an empty checklist as CSV: for each file a row for each question, for
each claim and for the conclusion. Copies of one content stand there once. Fill
in what you looked at, leave the rest empty, and hand it to firsthand assess.

    firsthand assess sheet --incident I-3fa21c --case my-case > ada.csv
    firsthand assess --from ada.csv --done --by Ada --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.blankSheet(cmd.Context(), args, incidents)
		},
	}
	g.caseFlag(cmd)
	cmd.Flags().StringArrayVar(&incidents, "incident", nil, "every file of this incident; may be repeated")
	return cmd
}

func (g *globalOptions) blankSheet(ctx context.Context, names, incidents []string) error {
	if len(names)+len(incidents) == 0 {
		return usagef("name a FILE, or an incident with --incident")
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	d, err := desk.Open(ctx, file)
	if err != nil {
		return err
	}
	for _, id := range incidents {
		inc, err := d.Incident(id)
		if err != nil {
			return g.told(err)
		}
		for _, m := range inc.Members {
			if m.Counts() {
				names = append(names, m.Path)
			}
		}
	}
	var blank []assess.Blank
	seen := map[verify.Digest]bool{}
	for _, name := range names {
		item, err := g.item(ctx, file, name)
		if err != nil {
			return err
		}
		if !seen[item] {
			seen[item] = true
			blank = append(blank, assess.Blank{Item: item, Path: g.pathOf(ctx, file, item)})
		}
	}
	return assess.WriteBlank(g.term.out, blank)
}
