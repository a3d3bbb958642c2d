package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

// desktop is what a listing of assessments needs of a case.
type desktop struct {
	by      assess.Reviewer
	items   []verify.Item // with their clocks understood
	copies  []verify.Cluster
	reviews map[verify.Digest]assess.Review
	graphic map[verify.Digest]assess.Graphic
}

func (g *globalOptions) desktop(ctx context.Context, file *casefile.File) (desktop, error) {
	var d desktop
	var err error
	if d.by, err = g.reviewer(file); err != nil {
		return d, err
	}
	if d.items, err = desk.AllItems(ctx, file); err != nil {
		return d, err
	}
	if d.copies, err = file.Clusters(ctx); err != nil {
		return d, fmt.Errorf("read the clusters of the case: %w", err)
	}
	read, err := g.readClocks(ctx, file, d.items, d.copies)
	if err != nil {
		return d, err
	}
	d.items = sortedByPath(read.Items)
	reviews, err := file.Reviews(ctx)
	if err != nil {
		return d, fmt.Errorf("read the assessments of the case: %w", err)
	}
	d.reviews, d.graphic = reviewsByItem(reviews), assess.GraphicLevels(d.copies, reviews)
	return d, nil
}

// review is that of an item, empty where nobody has begun.
func (d *desktop) review(item verify.Digest) assess.Review {
	if r, ok := d.reviews[item]; ok {
		return r
	}
	return assess.Review{Item: item, Sheets: []assess.Sheet{}}
}

// showAssessments lists the reviews of the case, or shows those of some files.
func (g *globalOptions) showAssessments(ctx context.Context, names []string, o *assessOptions) error {
	light, err := o.lightSaid()
	if err != nil {
		return err
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	d, err := g.desktop(ctx, file)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return g.overview(&d)
	}
	for _, name := range names {
		digest, err := g.item(ctx, file, name)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(d.items, func(it verify.Item) bool { return it.Digest == digest })
		if i < 0 {
			return fmt.Errorf("%s is no longer in any source", name)
		}
		it := &d.items[i]
		line := assess.NewLine(it, d.review(digest), d.by, d.graphic)
		line.Suggestions = assess.Suggest(it, d.copies)
		if light != "" {
			s, ok, err := assess.Light(it, light)
			if err != nil {
				return err
			}
			if !ok {
				s = assess.Suggestion{Step: "E3", Message: "the file does not claim both a place and a time, so that the light cannot be compared", Fields: []string{}}
			}
			line.Suggestions = append(line.Suggestions, s)
		}
		if g.jsonOut {
			if err := g.term.json(line); err != nil {
				return err
			}
			continue
		}
		g.printAssessed(line, o.round())
	}
	return nil
}

// listAssessed writes some items as JSON, as whoever asks may see them.
func (g *globalOptions) listAssessed(ctx context.Context, file *casefile.File, items []verify.Digest) error {
	d, err := g.desktop(ctx, file)
	if err != nil {
		return err
	}
	for i := range d.items {
		it := &d.items[i]
		if !slices.Contains(items, it.Digest) {
			continue
		}
		if err := g.term.json(assess.NewLine(it, d.review(it.Digest), d.by, d.graphic)); err != nil {
			return err
		}
	}
	return nil
}

// overview lists the reviews that were begun, and counts the rest.
func (g *globalOptions) overview(d *desktop) error {
	left := 0
	for i := range d.items {
		it := &d.items[i]
		r := d.review(it.Digest)
		if r.State() == assess.Unassessed {
			left++
			if _, marked := d.graphic[it.Digest]; !marked || !g.jsonOut {
				continue
			}
		}
		line := assess.NewLine(it, r, d.by, d.graphic)
		if g.jsonOut {
			if err := g.term.json(line); err != nil {
				return err
			}
			continue
		}
		g.term.printf("%-28s  %s\n", stateInWords(&line), shown(it.Path()))
	}
	if !g.jsonOut {
		g.term.printf("%d of %d items are not assessed\n", left, len(d.items))
	}
	return nil
}

// stateInWords says how far a review is and what came of it.
func stateInWords(l *assess.Line) string {
	words := assess.State(l.Review).InWords()
	if l.Conclusion != "" {
		words += ": " + string(l.Conclusion)
	}
	return words
}

// printAssessed shows one item: who reviewed it and what may be seen of that,
// then the questions that are open to the person, each with what is known.
func (g *globalOptions) printAssessed(l assess.Line, round assess.Round) {
	t := g.term
	t.printf("%s\n  %s\n", shown(l.Path), stateInWords(&l))
	if l.GraphicLevel != nil {
		t.printf("  graphic: %d of 3 (%s)\n", *l.GraphicLevel, map[string]string{assess.Stated: "stated", assess.Derived: "from a copy"}[string(l.GraphicBasis)])
	}
	if l.Review != "" && len(l.Missing) > 0 {
		t.printf("  for verified it needs: %s\n", strings.Join(l.Missing, "; "))
	}
	if l.Open {
		t.printf("  sheets of others are sealed until both are handed in\n")
	}
	for _, s := range l.Sheets {
		g.printSheet(s)
	}
	i := slices.IndexFunc(l.Sheets, func(s assess.SheetLine) bool { return s.Round == round })
	if i >= 0 && l.Sheets[i].Done || !l.Open && l.Review != "" && round != assess.Adjudication {
		return
	}
	open := []string{}
	for _, s := range assess.Steps() {
		if !s.Derived && (i < 0 || slices.Contains(l.Sheets[i].OpenSteps, s.ID)) {
			open = append(open, s.ID)
		}
	}
	g.printOpen(open, l.Suggestions)
}

func (g *globalOptions) printSheet(s assess.SheetLine) {
	t := g.term
	var by []string
	for _, r := range s.Reviewers {
		by = append(by, r.Name)
	}
	head := map[assess.Round]string{assess.First: "first review", assess.Second: "second review", assess.Adjudication: "decision of a third person"}[s.Round]
	if s.Round == assess.Second && !s.Blind {
		head += " (not blind)"
	}
	if s.Done {
		head += ", handed in " + s.DoneAt.UTC().Format("2006-01-02 15:04 UTC")
	}
	t.printf("\n  %s, by %s\n", head, shown(strings.Join(by, ", ")))
	for _, a := range s.Answers {
		t.printf("    %-3s %-18s %s%s\n", a.Step, a.Answer.InWords(), shown(a.Note), shown(evidenceInWords(a.Evidence)))
	}
	for _, c := range s.Claims {
		t.printf("    %-9s is %-12s %s%s\n", c.Claim, c.Grade, shown(string(c.Value)), shown(basisInWords(c.Basis)))
	}
	if s.Conclusion != "" {
		t.printf("    conclusion: %s\n", s.Conclusion)
	}
	if s.Limits != "" {
		t.printf("    limits: %s\n", shown(s.Limits))
	}
}

func basisInWords(basis []string) string {
	if len(basis) == 0 {
		return ""
	}
	return " [" + strings.Join(basis, "; ") + "]"
}

func evidenceInWords(list []assess.Evidence) string {
	var out []string
	for _, e := range list {
		switch {
		case e.FileRegion != nil:
			r := e.FileRegion
			out = append(out, fmt.Sprintf("region %g,%g to %g,%g", r[0], r[1], r[2], r[3]))
		case e.FrameMS != nil:
			out = append(out, fmt.Sprintf("frame at %.3f s", float64(*e.FrameMS)/1000))
		case e.SatImageDate != "":
			out = append(out, "satellite picture of "+e.SatImageDate)
		default:
			out = append(out, e.URL)
		}
	}
	return basisInWords(out)
}

// printOpen lists questions without an answer, by section, each with what the
// program knows beside it.
func (g *globalOptions) printOpen(open []string, suggestions []assess.Suggestion) {
	t := g.term
	for _, section := range assess.Checklist() {
		headed := false
		for _, step := range section.Steps {
			if !slices.Contains(open, step.ID) {
				continue
			}
			if !headed {
				t.printf("\n  %s %s\n", section.ID, section.Title)
				headed = true
			}
			t.printf("    %-3s not done           %s\n", step.ID, step.Question)
			for _, s := range suggestions {
				if s.Step == step.ID {
					t.printf("        known: %s%s\n", shown(s.Message), shown(basisInWords(s.Fields)))
				}
			}
		}
	}
}

func newAssessStepsCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "steps",
		Short: "the questions of the checklist",
		Long: `Lists the questions of the verification checklist, with what each asks for.

    firsthand assess steps

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, s := range assess.Checklist() {
				if g.jsonOut {
					if err := g.term.json(s); err != nil {
						return err
					}
					continue
				}
				g.term.printf("%s %s\n", s.ID, s.Title)
				for _, step := range s.Steps {
					g.term.printf("  %-3s %s\n      %s\n", step.ID, step.Question, step.Help)
				}
			}
			return nil
		},
	}
	g.jsonFlag(cmd)
	return cmd
}
