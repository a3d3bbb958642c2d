package main

import (
	"context"

	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

func newNotSameCommand(g *globalOptions) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   "not-same A B --reason TEXT --by NAME --case CASE",
		Short: "say that two files do not show the same content; later scans remember it",
		Long: `Records that two files do not show the same picture content, whatever the
comparison says. The pair is no longer listed, no group of copies holds both,
and the incidents are made anew; later scans do the same.

    firsthand incident not-same phone/IMG_0001.jpg channel/photo_7.jpg \
        --reason "two visits, the scaffolding is gone in one" --by Ada

A and B are paths as firsthand duplicates lists them, or SHA-256 digests (the
first 8 digits or more). firsthand incident take-back undoes it.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.onPair(cmd.Context(), o, args, (*desk.Desk).NotSame)
		},
	}
	g.decisionFlags(cmd, &o)
	return cmd
}

func newNotSameIncidentCommand(g *globalOptions) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   "not-same-incident A B --reason TEXT --by NAME --case CASE",
		Short: "say that two files are of two incidents, though they may show the same",
		Long: `Records that two files are not of one incident, be the picture the same or not:
a stock picture, or an old one that was posted again. They stay listed as copies
of each other, and no incident counts both.

    firsthand incident not-same-incident x/old.jpg telegram/again.jpg \
        --reason "the picture is of 2014" --by Ada

A and B are paths as firsthand items lists them, or SHA-256 digests (the first
8 digits or more). firsthand incident take-back undoes it.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.onPair(cmd.Context(), o, args, (*desk.Desk).NotSameIncident)
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	return cmd
}

// newVerdictCommands are what else can be said of two files.
func newVerdictCommands(g *globalOptions) []*cobra.Command {
	return []*cobra.Command{
		newVerdictCommand(g, "same-image", "say that two files show the same picture; they are copies from then on",
			`Records that two files show the same picture, whatever the comparison says, as
where one is a photograph of a screen. They are listed as copies, and the
incidents are made anew; later scans do the same.`, (*desk.Desk).SameImage),
		newVerdictCommand(g, "same-scene", "say that two files are two pictures of one place",
			`Records that two files are two pictures of one place and no copies of each
other, though the comparison may take them for such. They are listed with
firsthand duplicates --scenes, and no group of copies holds both.`, (*desk.Desk).SameScene),
		newVerdictCommand(g, "unsure", "say that you looked at two files and cannot tell",
			`Records that a person looked at two files and cannot tell whether they show
the same. What was said of them before no longer holds.`, (*desk.Desk).Unsure),
	}
}

func newVerdictCommand(g *globalOptions, use, short, long string, judge func(*desk.Desk, context.Context, desk.Word, string, string) (desk.Made, error)) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   use + " A B --reason TEXT --by NAME --case CASE",
		Short: short,
		Long: long + `

    firsthand incident ` + use + ` phone/IMG_0001.jpg channel/photo_7.jpg \
        --reason "compared side by side" --by Ada

A and B are paths as firsthand items lists them, or SHA-256 digests (the first
8 digits or more). firsthand incident take-back undoes it; of two verdicts on
one pair the later one counts.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return g.onPair(cmd.Context(), o, args, judge) },
	}
	g.decisionFlags(cmd, &o)
	return cmd
}

// onPair has a decision made on two files.
func (g *globalOptions) onPair(ctx context.Context, o deciding, names []string, judge func(*desk.Desk, context.Context, desk.Word, string, string) (desk.Made, error)) error {
	return g.decide(ctx, o, func(d *desk.Desk, w desk.Word) (desk.Made, error) { return judge(d, ctx, w, names[0], names[1]) })
}
