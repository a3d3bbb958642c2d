package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
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
			return g.pairApart(cmd.Context(), o, verify.NotSame, args, "are not the same")
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
			return g.pairApart(cmd.Context(), o, verify.NotSameIncident, args, "are not of one incident")
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	return cmd
}

// pairApart records a decision on two files. Saying it twice changes nothing.
func (g *globalOptions) pairApart(ctx context.Context, o deciding, kind string, names []string, words string) error {
	tell := func(verify.Decision) string {
		return fmt.Sprintf("%s and %s %s", shown(names[0]), shown(names[1]), words)
	}
	return g.atDesk(ctx, o, func(d *desk) ([]verify.Decision, error) {
		pair, err := d.items(ctx, names)
		if err != nil {
			return nil, err
		}
		if len(pair) < 2 {
			return nil, usagef("%s and %s have the same bytes: they are one file", names[0], names[1])
		}
		if was, ok := decidedApart(d.decisions, kind, pair); ok {
			g.term.note("this was decided before, in entry %d of the ledger by %s", was.Seq, was.By)
			return nil, nil
		}
		return []verify.Decision{{Kind: kind, Subjects: pair}}, nil
	}, tell)
}

// decidedApart finds the decision that holds and says the same of the pair.
func decidedApart(decisions []verify.Decision, kind string, pair []verify.Digest) (verify.Decision, bool) {
	for _, d := range verify.Standing(decisions) {
		if d.Kind == kind && slices.Contains(d.Subjects, pair[0]) && slices.Contains(d.Subjects, pair[1]) {
			return d, true
		}
	}
	return verify.Decision{}, false
}
