package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/spf13/cobra"
)

func newAssessReviewCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "review [FILE...] --case CASE",
		Short: "where two reviewers agree and where they do not",
		Long: `Lists the files that two people have reviewed, with what they disagree on, and
how well reviewers agree on each question: how many files both answered, how
many alike, and Cohen's kappa, which is 1 when they always agree and 0 when they
agree as often as chance would have it. The interval is one of 95 per cent;
with fewer than 10 files none is given, for it would say nothing.

Where two reviews disagree on a conclusion, on a place or a time, on what a
grade carries (holds, open, contradicted), or where a step is supported for one
and contradicted for the other, a third person decides:

    firsthand assess review --case my-case
    firsthand assess channel/photo_1.jpg --adjudicate --claim when=probable \
        --value when=2024-05-01 --conclude partly_verified --done --by Chi --case my-case

Files whose review is still open are counted and not shown.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return g.reviewReport(cmd.Context(), args) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

// The lines of `assess review --json`.
type (
	reviewedLine struct {
		Line string `json:"line"` // review
		Path string `json:"path"`
		assess.ItemReview
	}
	agreementLine struct {
		Line string `json:"line"` // agreement: "kind" says of what
		assess.Agreement
	}
)

func (g *globalOptions) reviewReport(ctx context.Context, names []string) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	reviews, err := file.Reviews(ctx)
	if err != nil {
		return fmt.Errorf("read the assessments of the case: %w", err)
	}
	var only []verify.Digest
	for _, name := range names {
		item, err := g.item(ctx, file, name)
		if err != nil {
			return err
		}
		only = append(only, item)
	}
	if len(names) > 0 {
		reviews = slices.DeleteFunc(reviews, func(r assess.Review) bool { return !slices.Contains(only, r.Item) })
	}
	open := 0
	var lines []reviewedLine
	for _, r := range reviews {
		if r.Open() {
			open++
		}
		if c, ok := assess.Compared(r); ok {
			lines = append(lines, reviewedLine{"review", g.pathOf(ctx, file, r.Item), c})
		}
	}
	slices.SortFunc(lines, func(a, b reviewedLine) int { return strings.Compare(a.Path, b.Path) })
	agreements := assess.Agreements(reviews)
	if g.jsonOut {
		return g.reviewJSON(lines, agreements)
	}
	g.printReviews(lines)
	g.printAgreements(agreements)
	if open > 0 {
		g.term.printf("\n%d more are open, and not shown before both sheets are handed in\n", open)
	}
	return nil
}

func (g *globalOptions) reviewJSON(lines []reviewedLine, agreements []assess.Agreement) error {
	for _, l := range lines {
		if err := g.term.json(l); err != nil {
			return err
		}
	}
	for _, a := range agreements {
		if err := g.term.json(agreementLine{"agreement", a}); err != nil {
			return err
		}
	}
	return nil
}

func (g *globalOptions) printReviews(lines []reviewedLine) {
	t := g.term
	for _, l := range lines {
		words := stateInWords(&assess.Line{Review: source.Text(l.State), Conclusion: source.Text(l.Conclusion)})
		blind := ""
		if !l.Blind {
			blind = ", not blind"
		}
		t.printf("%s\n  %s (%s, then %s%s)\n", shown(l.Path), words, shown(strings.Join(l.First, ", ")), shown(strings.Join(l.Second, ", ")), blind)
		for _, d := range l.Disagreements {
			t.printf("    %-10s %s | %s: %s\n", d.What, shown(d.First), shown(d.Second), d.Why)
		}
		for _, d := range l.Differences {
			t.printf("    %-10s %s | %s (%s)\n", d.What, shown(d.First), shown(d.Second), d.Why)
		}
		if len(l.Missing) > 0 {
			t.printf("    for verified it needs: %s\n", strings.Join(l.Missing, "; "))
		}
	}
}

func (g *globalOptions) printAgreements(agreements []assess.Agreement) {
	if len(agreements) == 0 {
		g.term.printf("no file was reviewed twice\n")
		return
	}
	g.term.printf("\n%-12s %6s %6s  %s\n", "question", "both", "alike", "Cohen's kappa")
	for _, a := range agreements {
		g.term.printf("%-12s %6d %6d  %s\n", a.What, a.Pairs, a.Agree, a.Kappa.InWords())
	}
}
