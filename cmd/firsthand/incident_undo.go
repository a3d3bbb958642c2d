package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/spf13/cobra"
)

func newTakeBackCommand(g *globalOptions) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   "take-back ENTRY --reason TEXT --by NAME --case CASE",
		Short: "take back an earlier decision, named by its entry of the ledger",
		Long: `Takes back a decision. Both stay in the ledger; what the earlier one said no
longer holds, and the incidents are made anew without it.

    firsthand incident decisions --case my-case
    firsthand incident take-back 41 --reason "the same after all" --by Ada

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entry, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || entry < 1 {
				return withHint(usagef("%q is not the number of an entry", args[0]), "firsthand incident decisions --case %s lists them", g.caseDir)
			}
			return g.takeBack(cmd.Context(), o, entry)
		},
	}
	g.decisionFlags(cmd, &o)
	return cmd
}

func (g *globalOptions) takeBack(ctx context.Context, o deciding, entry int64) error {
	var was verify.Decision
	return g.atDesk(ctx, o, func(d *desk) ([]verify.Decision, error) {
		standing := verify.Standing(d.decisions)
		i := slices.IndexFunc(standing, func(d verify.Decision) bool { return d.Seq == entry })
		if i < 0 {
			return nil, withHint(fmt.Errorf("entry %d is not a decision that holds", entry), "firsthand incident decisions --case %s lists them", g.caseDir)
		}
		was = standing[i]
		return []verify.Decision{{Kind: verify.TakeBack, Incident: was.Incident, TakesBack: was.Seq, Subjects: was.Subjects}}, nil
	}, func(verify.Decision) string {
		return fmt.Sprintf("entry %d (%s, by %s) is taken back", was.Seq, was.Kind, shown(was.By))
	})
}
