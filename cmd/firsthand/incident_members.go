package main

import (
	"context"

	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

// onMembers is a decision on files of one incident.
type onMembers func(d *desk.Desk, ctx context.Context, w desk.Word, incident string, items []string) (desk.Made, error)

func newMembersCommand(g *globalOptions, use, short, long string, act onMembers) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   use + " --reason TEXT --by NAME --case CASE",
		Short: short,
		Long: long + `

ITEM is a path as firsthand items lists it, or a SHA-256 digest (the first 8
digits or more).

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return g.decide(ctx, o, func(d *desk.Desk, w desk.Word) (desk.Made, error) { return act(d, ctx, w, args[0], args[1:]) })
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	o.copiesFlag(cmd)
	return cmd
}

func newPinCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "pin ID ITEM...", "keep members where they are",
		`Records that files belong to an incident, where the grouping has put them: no
later scan takes them out, and the incident keeps its name with them.

    firsthand incident pin I-3fa21c phone/IMG_0001.jpg --reason "the same gate" --by Ada`,
		(*desk.Desk).Pin)
}

func newAddCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "add ID ITEM...", "put files into an incident",
		`Records that files belong to an incident. One that is counted in another
incident already stays there and is shown in this one too: a file can show two
incidents, and that does not join them. To take it from the other one, use move.

    firsthand incident add I-3fa21c mixed/IMG_0007.jpg --reason "the same gate" --by Ada`,
		(*desk.Desk).Add)
}

func newRemoveCommand(g *globalOptions) *cobra.Command {
	var all bool
	cmd := newMembersCommand(g, "remove ID ITEM...", "take files out of an incident, or of all",
		`Records that files do not belong to an incident: no later scan puts them back.
With --all no incident is named, and the files are kept out of every one.

    firsthand incident remove I-3fa21c mixed/IMG_0007.jpg --reason "another gate" --by Ada
    firsthand incident remove --all mixed/map.png --reason "a map" --by Ada`,
		func(d *desk.Desk, ctx context.Context, w desk.Word, first string, rest []string) (desk.Made, error) {
			if all {
				return d.Exclude(ctx, w, append([]string{first}, rest...))
			}
			return d.Remove(ctx, w, first, rest)
		})
	cmd.Flags().BoolVar(&all, "all", false, "keep the files out of every incident; name no incident")
	return cmd
}

func newContextCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "context ID ITEM...", "show files with an incident for context, as satellite pictures of before and after",
		`Records that files are shown with an incident and are no evidence for it: a
satellite picture of before or after, a view of another day, a map. They are
counted in no incident, and no later scan groups them. How their time lies to
that of the incident is worked out, where both are known.

    firsthand incident context I-3fa21c sat/20220310_084122_3B_Visual.tif --reason "before" --by Ada`,
		(*desk.Desk).Context)
}

func newMoveCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "move ID ITEM...", "take files out of their incidents and put them into this one",
		`Records that files belong to this incident, and not to the one that they are
counted in: remove and add in one decision.

    firsthand incident move I-90be04 channel/photo_7.jpg --reason "the market, not the port" --by Ada`,
		(*desk.Desk).Move)
}
