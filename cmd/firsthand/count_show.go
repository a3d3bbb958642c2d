package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/firsthand-media/firsthand/verify/report"
)

// countLine is one number of the count sheet.
type countLine struct {
	Number string        `json:"number"` // the name of its list
	Label  string        `json:"label"`
	Period report.Period `json:"period"`
	By     *report.By    `json:"by"`
	Group  *string       `json:"group"`
	Total  int           `json:"total"`
	Photos *int          `json:"photos"` // null of incidents
	Videos *int          `json:"videos"`
	Other  *int          `json:"other"`
	Then   *thenLine     `json:"compared"`
}

// thenLine is the same number in another period.
type thenLine struct {
	Period  report.Period `json:"period"`
	Total   int           `json:"total"`
	Percent *int          `json:"change_percent"` // null where the number is too small for one
	Words   string        `json:"words"`
}

func (g *globalOptions) countJSON(s report.Scope, compare *report.Period, now report.CountSheet, then *report.CountSheet) error {
	for i, r := range now.Rows {
		line := countLine{Number: r.Name, Label: r.Label, Period: s.Period, By: orNull(s.By), Group: orNull(s.Group), Total: r.Total}
		if r.ByKind {
			line.Photos, line.Videos, line.Other = &r.Photos, &r.Videos, &r.Other
		}
		if then != nil {
			c := report.Compare(r.Total, then.Rows[i].Total)
			line.Then = &thenLine{*compare, c.Then, c.Percent, c.String()}
		}
		if err := g.term.json(line); err != nil {
			return err
		}
	}
	return nil
}

func (g *globalOptions) countText(first bool, s report.Scope, compare *report.Period, now report.CountSheet, then *report.CountSheet) error {
	t, w := g.term, report.In(g.words())
	head := w.Period(s.Period)
	if s.Group != "" {
		head = w.T("command.count.group", "group", g.groupName(s.Group), "period", head)
	}
	if !first {
		t.printf("\n")
	}
	t.printf("%s\n", head)
	if err := now.WriteText(t.out, w); err != nil {
		return err
	}
	if then == nil {
		return nil
	}
	t.printf("%s\n", beside(w, s.Period, *compare))
	for i, r := range now.Rows {
		t.printf("  %-44s %s\n", w.Row(r), w.Change(report.Compare(r.Total, then.Rows[i].Total)))
	}
	return nil
}

// countTable prints the whole and its groups, one a line, the numbers in the
// columns.
func (g *globalOptions) countTable(c *report.Counting, scopes []report.Scope) error {
	w := report.In(g.words())
	columns := []string{
		report.ListFiles, report.ListUnique, report.ListVerified, report.ListCandidates,
		report.ListConfirmed, report.ListConfirmedVerified, report.ListChildren, report.ListChildrenUnclear,
	}
	g.term.printf("%s\n", w.Period(scopes[0].Period))
	tw := tabwriter.NewWriter(g.term.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, name := range columns {
		fmt.Fprintf(tw, "\t%s", w.T("command.column."+name))
	}
	fmt.Fprintln(tw, "\t")
	for _, s := range scopes {
		name := w.T("report.column.all")
		if s.Group != "" {
			name = g.groupName(s.Group)
		}
		fmt.Fprint(tw, name)
		totals := map[string]int{}
		for _, r := range c.Sheet(s).Rows {
			totals[r.Name] = r.Total
		}
		for _, name := range columns {
			fmt.Fprintf(tw, "\t%d", totals[name])
		}
		fmt.Fprintln(tw, "\t")
	}
	return tw.Flush()
}

// groupName is what the group of a division is called.
func (g *globalOptions) groupName(group string) string {
	switch group {
	case report.NotStated:
		return g.words().T("command.count.not-stated")
	case report.Undated:
		return g.words().T("command.count.undated")
	}
	return g.words().Sentence(group)
}

// beside names the period that is compared with, and warns where the two are
// not equally long.
func beside(w report.Words, now, then report.Period) string {
	if now.Days() == then.Days() {
		return w.T("command.count.beside", "period", w.Period(then))
	}
	return w.T("command.count.beside-uneven", "period", w.Period(then), "n", now.Days(), "other", then.Days())
}
