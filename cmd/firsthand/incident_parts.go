package main

import (
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

func newMergeCommand(g *globalOptions) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   "merge ID OTHER --reason TEXT --by NAME --case CASE",
		Short: "say that two incidents are one",
		Long: `Records that two incidents are one. The first keeps its name, unless only the
other is confirmed; the members of both stay together until a later decision on
one of them says otherwise.

    firsthand incident merge I-3fa21c I-90be04 --reason "one strike, two streets" --by Ada

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return g.decide(ctx, o, func(d *desk.Desk, w desk.Word) (desk.Made, error) { return d.Merge(ctx, w, args[0], args[1]) })
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	return cmd
}

func newSplitCommand(g *globalOptions) *cobra.Command {
	var o deciding
	var stays []string
	cmd := &cobra.Command{
		Use:   "split ID ITEM... --reason TEXT --by NAME --case CASE",
		Short: "say that some members are another incident",
		Long: `Records that the files are an incident of their own, apart from the other
members. These stay with the old name; with --stays only those that it names
do, and the rest goes with the part that it fits better.

    firsthand incident split I-3fa21c x/a.jpg x/b.jpg --reason "the second strike" --by Ada

ITEM is a path as firsthand items lists it, or a SHA-256 digest (the first 8
digits or more).

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return g.decide(ctx, o, func(d *desk.Desk, w desk.Word) (desk.Made, error) {
				return d.Split(ctx, w, args[0], args[1:], stays)
			})
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	o.copiesFlag(cmd)
	cmd.Flags().StringArrayVar(&stays, "stays", nil, "a member that stays; the members that are not named follow by their evidence")
	return cmd
}
