package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/spf13/cobra"
)

func newIncidentCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "incident",
		Short: "decide on an incident, or on two files",
		Long: `Records what a person decides. Decisions are appended to the ledger and stay;
a later one overrides an earlier one or takes it back.

    firsthand incident confirm I-3fa21c --reason "seen in three sources" --by Ada
    firsthand incident not-same A.jpg B.jpg --reason "two visits" --by Ada

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
	}
	cmd.AddCommand(
		newDecisionCommand(g, verify.Confirm, "confirm that this is one incident", verify.Confirmed),
		newDecisionCommand(g, verify.Reject, "reject a candidate; later scans remember it", verify.Rejected),
		newNotSameCommand(g), newTakeBackCommand(g), newDecisionsCommand(g),
	)
	return cmd
}

func newDecisionCommand(g *globalOptions, kind, short string, becomes verify.Status) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   kind + " ID --reason TEXT --by NAME --case CASE",
		Short: short,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.decide(cmd.Context(), kind, args[0], reason, becomes)
		},
	}
	g.decisionFlags(cmd, &reason)
	return cmd
}

// decisionFlags are those of every decision.
func (g *globalOptions) decisionFlags(cmd *cobra.Command, reason *string) {
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().StringVar(reason, "reason", "", "why; it stands in the ledger with your name")
	cmd.Flags().String("by", "", "your name")
	_ = cmd.MarkFlagRequired("reason")
}

// decider is who decides, who must give a reason.
func (g *globalOptions) decider(reason string) (by string, err error) {
	if by = strings.TrimSpace(g.settings.string("by")); by == "" {
		return "", withHint(usagef("a decision needs a name"), "add --by NAME, or set by: in firsthand.yaml")
	}
	if strings.TrimSpace(reason) == "" {
		return "", usagef("a decision needs a reason")
	}
	return by, nil
}

func (g *globalOptions) decide(ctx context.Context, kind, id, reason string, becomes verify.Status) error {
	by, err := g.decider(reason)
	if err != nil {
		return err
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	incidents, err := decidedIncidents(ctx, file)
	if err != nil {
		return err
	}
	inc := find(incidents, id)
	if inc == nil {
		return withHint(fmt.Errorf("there is no incident %s in this case", id), "firsthand incidents --case %s lists them", g.caseDir)
	}
	d, err := file.Decide(ctx, verify.Decision{
		Kind: kind, Incident: inc.ID, Subjects: subjects(inc), Reason: reason, By: by,
	})
	if err != nil {
		return fmt.Errorf("record the decision: %w", err)
	}
	inc.Status = becomes
	if g.jsonOut {
		return g.term.json(inc)
	}
	g.term.printf("%s is %s now (entry %d of the ledger, by %s)\n", inc.ID, becomes, d.Seq, shown(by))
	return nil
}

func find(incidents []verify.Incident, id string) *verify.Incident {
	for i := range incidents {
		if strings.EqualFold(incidents[i].ID, id) {
			return &incidents[i]
		}
	}
	return nil
}

// subjects are the items that the decision speaks of: the counted members.
func subjects(inc *verify.Incident) []verify.Digest {
	var out []verify.Digest
	seen := map[verify.Digest]bool{}
	for _, m := range inc.Members {
		if m.Role == verify.Recycled || m.Role == verify.Context || seen[m.Digest] {
			continue
		}
		seen[m.Digest] = true
		out = append(out, m.Digest)
	}
	return out
}
