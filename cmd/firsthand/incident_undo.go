package main

import (
	"strconv"

	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

func newTakeBackCommand(g *globalOptions) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   "take-back ENTRY --reason TEXT --by NAME --case CASE",
		Short: "take back an earlier decision, named by its entry of the ledger",
		Long: `Takes back a decision. Both stay in the ledger; what the earlier one said no
longer holds, and the incidents are made anew without it. A decision that takes
back can be taken back too: then the first one holds again.

    firsthand incident decisions --case my-case
    firsthand incident take-back 41 --reason "the same after all" --by Ada

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entry, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || entry < 1 {
				return withHint(usagef("%q is not the number of an entry", args[0]), "firsthand incident decisions --case %s lists them", g.caseDir)
			}
			ctx := cmd.Context()
			return g.decide(ctx, o, func(d *desk.Desk, w desk.Word) (desk.Made, error) { return d.TakeBack(ctx, w, entry) })
		},
	}
	g.decisionFlags(cmd, &o)
	return cmd
}
