package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

func newNotSameCommand(g *globalOptions) *cobra.Command {
	var reason string
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
			return g.notSame(cmd.Context(), args[0], args[1], reason)
		},
	}
	g.decisionFlags(cmd, &reason)
	return cmd
}

func newTakeBackCommand(g *globalOptions) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "take-back ENTRY --reason TEXT --by NAME --case CASE",
		Short: "take back an earlier decision, named by its entry of the ledger",
		Long: `Takes back a decision. Both stay in the ledger; what the earlier one said no
longer holds.

    firsthand incident decisions --case my-case
    firsthand incident take-back 41 --reason "the same after all" --by Ada

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entry, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || entry < 1 {
				return withHint(usagef("%q is not the number of an entry", args[0]), "firsthand incident decisions --case %s lists them", g.caseDir)
			}
			return g.takeBack(cmd.Context(), entry, reason)
		},
	}
	g.decisionFlags(cmd, &reason)
	return cmd
}

func (g *globalOptions) notSame(ctx context.Context, a, b, reason string) error {
	by, err := g.decider(reason)
	if err != nil {
		return err
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	pair, err := g.pair(ctx, file, a, b)
	if err != nil {
		return err
	}
	decisions, err := file.Decisions(ctx)
	if err != nil {
		return fmt.Errorf("read the decisions of the case: %w", err)
	}
	d, decided := decidedApart(decisions, pair)
	if decided {
		g.term.note("this was decided before, in entry %d of the ledger by %s", d.Seq, d.By)
	} else if d, err = file.Decide(ctx, verify.Decision{Kind: verify.NotSame, Subjects: pair, Reason: reason, By: by}); err != nil {
		return fmt.Errorf("record the decision: %w", err)
	}
	if err := g.applyDecision(ctx, file, d); err != nil {
		return err
	}
	if g.jsonOut {
		return g.term.json(newDecisionLine(d, true))
	}
	g.term.printf("%s and %s are not the same (entry %d of the ledger, by %s)\n", shown(a), shown(b), d.Seq, shown(d.By))
	return nil
}

// pair finds the two items that a person names.
func (g *globalOptions) pair(ctx context.Context, file *casefile.File, names ...string) ([]verify.Digest, error) {
	var pair []verify.Digest
	for _, name := range names {
		d, err := file.Named(ctx, name)
		if errors.Is(err, casefile.ErrUnknownItem) {
			return nil, withHint(fmt.Errorf("there is no file %s in this case", name), "firsthand items --case %s lists their paths", g.caseDir)
		}
		if err != nil {
			return nil, err
		}
		pair = append(pair, d)
	}
	if pair[0] == pair[1] {
		return nil, usagef("%s and %s have the same bytes: they are one file", names[0], names[1])
	}
	return pair, nil
}

// decidedApart finds the decision that holds and says the same of the pair.
func decidedApart(decisions []verify.Decision, pair []verify.Digest) (verify.Decision, bool) {
	for _, d := range verify.Standing(decisions) {
		if d.Kind == verify.NotSame && slices.Contains(d.Subjects, pair[0]) && slices.Contains(d.Subjects, pair[1]) {
			return d, true
		}
	}
	return verify.Decision{}, false
}

func (g *globalOptions) takeBack(ctx context.Context, entry int64, reason string) error {
	by, err := g.decider(reason)
	if err != nil {
		return err
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	decisions, err := file.Decisions(ctx)
	if err != nil {
		return fmt.Errorf("read the decisions of the case: %w", err)
	}
	standing := verify.Standing(decisions)
	i := slices.IndexFunc(standing, func(d verify.Decision) bool { return d.Seq == entry })
	if i < 0 {
		return withHint(fmt.Errorf("entry %d is not a decision that holds", entry), "firsthand incident decisions --case %s lists them", g.caseDir)
	}
	was := standing[i]
	d, err := file.Decide(ctx, verify.Decision{
		Kind: verify.TakeBack, Incident: was.Incident, TakesBack: was.Seq, Subjects: was.Subjects, Reason: reason, By: by,
	})
	if err != nil {
		return fmt.Errorf("record the decision: %w", err)
	}
	if err := g.applyDecision(ctx, file, was); err != nil {
		return err
	}
	if g.jsonOut {
		return g.term.json(newDecisionLine(d, true))
	}
	g.term.printf("entry %d (%s, by %s) is taken back (entry %d of the ledger, by %s)\n", was.Seq, was.Kind, shown(was.By), d.Seq, shown(by))
	return nil
}

// applyDecision makes matches, clusters and incidents anew where the decision
// bears on matches: they are always what one search gave under the decisions
// of its time. Decisions on incidents are laid over these when they are read.
func (g *globalOptions) applyDecision(ctx context.Context, file *casefile.File, d verify.Decision) error {
	if d.Kind != verify.NotSame {
		return nil
	}
	bars := newProgress(g.term)
	defer bars.done()
	opt := ingest.Options{Workers: runtime.GOMAXPROCS(0), Build: toolVersion(), Progress: bars.show}
	if err := ingest.Again(ctx, file, opt, new(ingest.Summary)); err != nil {
		return withHint(fmt.Errorf("the decision is recorded, and the matches are not made anew: %w", err), "the next scan does so")
	}
	return nil
}
