package main

import (
	"cmp"
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
	t := g.term
	head := s.Period.String()
	if s.Group != "" {
		head = s.Group + ", " + head
	}
	if !first {
		t.printf("\n")
	}
	t.printf("%s\n", head)
	if err := now.WriteText(t.out); err != nil {
		return err
	}
	if then == nil {
		return nil
	}
	t.printf("beside %s%s\n", compare, lengths(s.Period, *compare))
	for i, r := range now.Rows {
		t.printf("  %-44s %s\n", r.Label, report.Compare(r.Total, then.Rows[i].Total))
	}
	return nil
}

// countTable prints the whole and its groups, one a line, the numbers in the
// columns.
func (g *globalOptions) countTable(c *report.Counting, scopes []report.Scope) error {
	heads := []struct{ name, head string }{
		{report.ListFiles, "files"}, {report.ListUnique, "unique"}, {report.ListVerified, "verified"}, {report.ListCandidates, "candidates"},
		{report.ListConfirmed, "confirmed"}, {report.ListConfirmedVerified, "with verified item"}, {report.ListChildren, "child casualties"}, {report.ListChildrenUnclear, "unclear"},
	}
	g.term.printf("%s\n", scopes[0].Period)
	tw := tabwriter.NewWriter(g.term.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, h := range heads {
		fmt.Fprintf(tw, "\t%s", h.head)
	}
	fmt.Fprintln(tw, "\t")
	for _, s := range scopes {
		fmt.Fprint(tw, cmp.Or(s.Group, "all"))
		totals := map[string]int{}
		for _, r := range c.Sheet(s).Rows {
			totals[r.Name] = r.Total
		}
		for _, h := range heads {
			fmt.Fprintf(tw, "\t%d", totals[h.name])
		}
		fmt.Fprintln(tw, "\t")
	}
	return tw.Flush()
}

// lengths warns where two periods are not equally long.
func lengths(a, b report.Period) string {
	if a.Days() == b.Days() {
		return ""
	}
	return fmt.Sprintf(" (%d days beside %d: the periods are not equally long)", a.Days(), b.Days())
}
