package main

import (
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
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
		newStatusCommand(g, verify.Confirm, "confirm that this is one incident, with the members it has now", verify.Confirmed),
		newStatusCommand(g, verify.Reject, "reject a candidate; later scans remember it", verify.Rejected),
		newPinCommand(g), newAddCommand(g), newRemoveCommand(g), newMoveCommand(g), newContextCommand(g),
		newMergeCommand(g), newSplitCommand(g),
		newNotSameIncidentCommand(g), newNotSameCommand(g),
		newTakeBackCommand(g), newDecisionsCommand(g), newExplainCommand(g), newRecordCommand(g),
	)
	return cmd
}

// newStatusCommand is confirm or reject.
func newStatusCommand(g *globalOptions, kind, short string, becomes verify.Status) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   kind + " ID --reason TEXT --by NAME --case CASE",
		Short: short,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.atDesk(cmd.Context(), o, func(d *desk) ([]verify.Decision, error) {
				inc, err := d.incident(args[0])
				if err != nil {
					return nil, err
				}
				return []verify.Decision{{Kind: kind, Incident: inc.ID, Subjects: d.shownIn(inc)}}, nil
			}, func(m verify.Decision) string { return fmt.Sprintf("%s is %s now", m.Incident, becomes) })
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	return cmd
}

// shownIn are the members that count, and those that a person shows there
// beside their own incident.
func (d *desk) shownIn(inc *verify.Incident) []verify.Digest {
	out := subjects(inc)
	for _, m := range inc.Members {
		if !m.Counts() && m.Role != verify.Recycled && m.Role != verify.Context {
			out = append(out, m.Digest)
		}
	}
	return once(out)
}

// once leaves the first of equal items.
func once(items []verify.Digest) []verify.Digest {
	seen := map[verify.Digest]bool{}
	var out []verify.Digest
	for _, d := range items {
		if !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	return out
}
