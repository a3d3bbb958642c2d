package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/spf13/cobra"
)

func newDecisionsCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "decisions --case CASE",
		Short: "list what was decided, with the entries of the ledger",
		Long: `Lists every decision in the order in which they were made, with its entry of
the ledger, by which firsthand incident take-back names it.

    firsthand incident decisions --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.listDecisions(cmd.Context()) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

// decisionLine is a decision as it is listed.
type decisionLine struct {
	Entry     int64           `json:"entry"`
	At        time.Time       `json:"at"`
	Kind      string          `json:"kind"`
	Incident  source.Text     `json:"incident"`
	Other     source.Text     `json:"other"` // the second incident
	Items     []verify.Digest `json:"items"`
	Others    []verify.Digest `json:"others"` // other members as they stood, the one that stands for their incident first
	Left      []verify.Digest `json:"left"`   // the items that stay in the second incident
	NewerWins bool            `json:"newer_wins"`
	TakesBack *int64          `json:"takes_back"`
	Holds     bool            `json:"holds"` // no later one took it back
	By        string          `json:"by"`
	Reason    source.Text     `json:"reason"`
}

func newDecisionLine(d verify.Decision, holds bool) decisionLine {
	l := decisionLine{
		Entry: d.Seq, At: d.At, Kind: d.Kind, Incident: source.Text(d.Incident),
		Other: source.Text(d.Other), Items: append([]verify.Digest{}, d.Subjects...), Others: append([]verify.Digest{}, d.Others...), Left: append([]verify.Digest{}, d.Left...),
		NewerWins: d.NewerWins, Holds: holds, By: d.By, Reason: source.Text(d.Reason),
	}
	if d.TakesBack != 0 {
		l.TakesBack = &d.TakesBack
	}
	return l
}

func (g *globalOptions) listDecisions(ctx context.Context) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	decisions, err := file.Decisions(ctx)
	if err != nil {
		return fmt.Errorf("read the decisions of the case: %w", err)
	}
	holds := verify.Holding(decisions)
	for _, d := range decisions {
		l := newDecisionLine(d, holds[d.Seq])
		if g.jsonOut {
			if err := g.term.json(l); err != nil {
				return err
			}
			continue
		}
		g.printDecision(l)
	}
	return nil
}

func (g *globalOptions) printDecision(l decisionLine) {
	var of []string
	switch l.Kind {
	case verify.TakeBack:
		of = append(of, fmt.Sprintf("entry %d", *l.TakesBack))
	case verify.Confirm, verify.Reject, verify.Merge:
		of = append(of, string(l.Incident))
	default:
		if l.Incident != "" {
			of = append(of, string(l.Incident))
		}
		for _, d := range l.Items {
			of = append(of, string(d[:min(len(d), 12)]))
		}
	}
	if preposition := map[string]string{verify.Merge: "with", verify.Move: "from", verify.Split: "as"}[l.Kind]; preposition != "" {
		of = append(of, preposition, string(l.Other))
	}
	state := ""
	if l.NewerWins {
		state = "  (over what it contradicts)"
	}
	if !l.Holds {
		state += "  (taken back)"
	}
	g.term.printf("%6d  %s  %-9s  %s%s\n        %s: %s\n", l.Entry, l.At.UTC().Format("2006-01-02 15:04 UTC"), l.Kind, shown(strings.Join(of, " ")), state, shown(l.By), shown(string(l.Reason)))
}
