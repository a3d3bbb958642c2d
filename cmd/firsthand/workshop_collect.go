package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
	"github.com/spf13/cobra"
)

func newWorkshopCollectCommand(g *globalOptions) *cobra.Command {
	var pack, passphraseFile, csvFile string
	cmd := &cobra.Command{
		Use:   "collect DIR --pack PACK",
		Short: "score what was handed in, and see how far the room agrees",
		Long: `Reads every hand-in in a folder (files that end in .answers.json), scores it with
the answer key, and prints a line for each learner and each task: the mean of
the points, Fleiss' kappa and the share of pairs who agree, and for each part
how often each option was chosen. Intervals and places have the share of pairs
whose answers overlap instead of kappa.

    firsthand workshop collect usb-stick/ --pack copies.zip
    firsthand workshop collect usb-stick/ --pack copies.zip --csv scores.csv

A file that is damaged, of another pack or there twice is listed with the
reason, and does not count. No link is followed and nothing is written to DIR.
Scores are for talking about the exercise, not for judging people. With --json
one object a line: learners, tasks, and files that do not count.

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the pack is not as it
was made.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.collect(cmd.Context(), args[0], pack, passphraseFile, csvFile)
		},
	}
	cmd.Flags().StringVar(&pack, "pack", "", "the pack that was handed out")
	cmd.Flags().StringVar(&csvFile, "csv", "", "also write the scores as a table, a new file that ends in .csv")
	_ = cmd.MarkFlagRequired("pack")
	passphraseFlag(cmd, &passphraseFile, "it is asked for")
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) collect(ctx context.Context, dir, path, passphraseFile, csvFile string) error {
	if err := freeForFile(csvFile, "the table", ".csv"); err != nil {
		return err
	}
	pack, key, err := g.unsealed(path, passphraseFile)
	if err != nil {
		return err
	}
	c, err := workshop.Collect(ctx, dir, pack, key)
	if err != nil {
		return err
	}
	if csvFile != "" {
		var table bytes.Buffer
		if err := c.WriteCSV(&table); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
		if err := writeNew(csvFile, table.Bytes()); err != nil {
			return err
		}
	}
	if g.jsonOut {
		return g.collectedLines(c)
	}
	return g.collected(pack, c)
}

// collectedLines writes a collection as JSON Lines.
func (g *globalOptions) collectedLines(c *workshop.Collection) error {
	for _, l := range c.Learners {
		if err := g.term.json(learnerLine{"learner", l}); err != nil {
			return err
		}
	}
	for _, t := range c.Tasks {
		if err := g.term.json(taskLine{"task", t}); err != nil {
			return err
		}
	}
	for i, why := range g.reasonsOf(c) {
		if err := g.term.json(refusedLine{"refused", c.Refused[i].File, why}); err != nil {
			return err
		}
	}
	return nil
}

// Lines of collect --json.
type (
	learnerLine struct {
		Kind string `json:"kind"`
		workshop.Learner
	}
	taskLine struct {
		Kind string `json:"kind"`
		workshop.TaskResult
	}
	refusedLine struct {
		Kind string `json:"kind"`
		File string `json:"file"`
		Why  string `json:"why"`
	}
)

// reasonsOf says of each file that does not count why.
func (g *globalOptions) reasonsOf(c *workshop.Collection) []string {
	out := make([]string, len(c.Refused))
	for i, r := range c.Refused {
		out[i] = shown(g.words().Say(r.Why))
	}
	return out
}

// collected writes a collection for people.
func (g *globalOptions) collected(pack *workshop.Pack, c *workshop.Collection) error {
	e := pack.Exercise()
	g.line("workshop.cli.exercise", "title", e.Title, "id", e.ID)
	g.line("workshop.cli.learners", "n", len(c.Learners))
	if err := g.learnerTable(c); err != nil {
		return err
	}
	if err := g.taskTable(c); err != nil {
		return err
	}
	for i := range c.Tasks {
		g.spread(&e.Tasks[i], &c.Tasks[i])
	}
	if len(c.Refused) > 0 {
		g.term.printf("\n")
		g.line("workshop.cli.refused", "n", len(c.Refused))
		for i, why := range g.reasonsOf(c) {
			g.term.printf("  %s\n", g.said("workshop.cli.refused-file", "file", c.Refused[i].File, "why", why))
		}
	}
	return nil
}

// table writes rows whose cells stand below each other.
func (g *globalOptions) table(rows [][]string) error {
	t := tabwriter.NewWriter(g.term.out, 0, 8, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(t, "  %s\n", strings.Join(r, "\t"))
	}
	return t.Flush()
}

func (g *globalOptions) learnerTable(c *workshop.Collection) error {
	g.term.printf("\n")
	rows := [][]string{{g.said("workshop.cli.head-name"), g.said("workshop.cli.head-points"), g.said("workshop.cli.head-minutes"), g.said("workshop.cli.head-hints")}}
	for _, l := range c.Learners {
		hints := 0
		for _, n := range l.Hints {
			hints += n
		}
		rows = append(rows, []string{shown(l.Name), g.said("workshop.cli.score", "points", l.Score.Points, "of", l.Score.Of), g.number(float64(l.Minutes), 0), g.number(float64(hints), 0)})
	}
	return g.table(rows)
}

func (g *globalOptions) taskTable(c *workshop.Collection) error {
	g.term.printf("\n")
	rows := [][]string{{g.said("workshop.cli.head-task"), g.said("workshop.cli.head-mean"), g.said("workshop.cli.head-kappa"), g.said("workshop.cli.head-observed"), g.said("workshop.cli.head-overlap")}}
	for _, t := range c.Tasks {
		a := t.Agreement
		rows = append(rows, []string{t.Task, g.said("workshop.cli.score", "points", t.Mean, "of", t.Of), g.figure(a.Kappa), g.figure(a.Observed), g.figure(a.Overlap)})
	}
	return g.table(rows)
}

// figure is a number between 0 and 1, or of kappa -1 and 1, to hundredths; a
// dash where there is none.
func (g *globalOptions) figure(x *float64) string {
	if x == nil {
		return "–"
	}
	return g.number(*x, 2)
}

func (g *globalOptions) number(x float64, decimals int) string {
	return shown(g.words().Decimal(x, decimals))
}

// spread lists how often each option of a task was chosen, and what is to be
// known of its agreement.
func (g *globalOptions) spread(t *exercise.Task, r *workshop.TaskResult) {
	g.term.printf("\n%s  %s\n", t.ID, shown(t.Title.In(g.words().Tag)))
	for _, note := range g.texts(r.Agreement.Notes) {
		g.term.printf("  %s\n", note)
	}
	for i := range t.Subjects {
		s := &t.Subjects[i]
		var counts []string
		for _, o := range t.Choices(s) {
			if n := r.Counts[s.ID][o.ID]; n > 0 {
				counts = append(counts, o.ID+" "+g.number(float64(n), 0))
			}
		}
		g.term.printf("  %s  %s\n", s.ID, g.said("workshop.cli.answered-by", "n", r.Answered[s.ID]))
		if len(counts) > 0 {
			g.term.printf("    %s\n", strings.Join(counts, ", "))
		}
	}
}
