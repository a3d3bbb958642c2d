package main

import (
	"context"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

func newIncidentCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "incident",
		Short: "decide on incidents and their members",
		Long: `Records what a person decides. Decisions are appended to the ledger and stay;
the incidents are made anew under them, now and by every later scan. A decision
that contradicts an earlier one is refused, and names it: take that one back, or
say --newer-wins.

    firsthand incident confirm I-3fa21c --reason "seen in three sources" --by Ada
    firsthand incident merge I-3fa21c I-90be04 --reason "one strike" --by Ada
    firsthand incident remove I-3fa21c channel/photo_7.jpg --reason "another day" --by Ada
    firsthand incident take-back 41 --reason "the same day after all" --by Ada

A candidate changes as files come in. A confirmed incident keeps its members
until a person changes them: what would join is listed as a suggestion.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
	}
	cmd.AddCommand(
		newStatusCommand(g, verify.Confirm, "confirm that this is one incident, with the members it has now", (*desk.Desk).Confirm),
		newStatusCommand(g, verify.Reject, "reject a candidate; later scans remember it", (*desk.Desk).Reject),
		newPinCommand(g), newAddCommand(g), newRemoveCommand(g), newMoveCommand(g), newContextCommand(g),
		newMergeCommand(g), newSplitCommand(g),
		newNotSameIncidentCommand(g), newNotSameCommand(g),
		newTakeBackCommand(g), newDecisionsCommand(g), newExplainCommand(g), newRecordCommand(g),
	)
	cmd.AddCommand(newVerdictCommands(g)...)
	return cmd
}

// newStatusCommand is confirm or reject.
func newStatusCommand(g *globalOptions, use, short string, rule func(*desk.Desk, context.Context, desk.Word, string) (desk.Made, error)) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   use + " ID --reason TEXT --by NAME --case CASE",
		Short: short,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return g.decide(ctx, o, func(d *desk.Desk, w desk.Word) (desk.Made, error) { return rule(d, ctx, w, args[0]) })
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	return cmd
}
