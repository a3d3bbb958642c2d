package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

const countHelp = `Prints the count sheet: files, unique items, verified items, incidents, and
incidents with child casualties. Every number is the length of a list, and --list
prints that list.

    firsthand count --case my-case
    firsthand count --case my-case --from 2024-01-01 --to 2024-12-31 --by area
    firsthand count --case my-case --from 2024-05-01 --to 2024-05-31 --list children
    firsthand count --case my-case --from 2024-01-01 --to 2024-06-30 \
        --compare-from 2023-01-01 --compare-to 2023-06-30

An item is verified by the rule of firsthand assess alone. An incident is counted
on its first day: the one in its record, else the day (UTC) of its earliest time
where its bounds lie less than two days apart. A file is counted on the days of
the incidents it counts in, else on that of its own recording. What has no day
is in no period. Only confirmed incidents are asked for child casualties;
rejected incidents and those marked as duplicates are not counted.

--by area, weapon or month divides the numbers. An incident that affected two
types of area counts in both, so that groups can sum up to more than the whole.

Two periods are compared by 100 x (now - then) / then, rounded, halves away from
zero. Where then is below 10 no percentage is given, for one more or less would
make 10 per cent of it.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`

// countOptions are the flags of firsthand count.
type countOptions struct {
	from, to, compareFrom, compareTo string
	by, group, list                  string
}

func newCountCommand(g *globalOptions) *cobra.Command {
	var o countOptions
	cmd := &cobra.Command{
		Use:   "count --case CASE",
		Short: "the count sheet: files, items, verified items, incidents, by period, area and weapon",
		Long:  countHelp,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return g.count(cmd.Context(), o) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	f := cmd.Flags()
	f.StringVar(&o.from, "from", "", "the first day counted, as 2024-05-01")
	f.StringVar(&o.to, "to", "", "the last day counted")
	f.StringVar(&o.compareFrom, "compare-from", "", "the first day of the period to compare with")
	f.StringVar(&o.compareTo, "compare-to", "", "its last day")
	f.StringVar(&o.by, "by", "", "divide by area, weapon or month")
	f.StringVar(&o.group, "group", "", "of a division the one group, as Residential or 2024-05")
	f.StringVar(&o.list, "list", "", "print the list behind a number: "+strings.Join(report.ListNames(), ", "))
	return cmd
}

// countPlan is what is to be counted: the whole and its groups, and the period
// to compare with.
type countPlan struct {
	scopes  []report.Scope
	compare *report.Period
}

func (o countOptions) plan(c *report.Counting) (countPlan, error) {
	var out countPlan
	period, err := report.ParsePeriod(o.from, o.to)
	if err != nil {
		return out, usageError{err}
	}
	if o.compareFrom != "" || o.compareTo != "" {
		if o.compareFrom == "" || o.compareTo == "" || o.from == "" || o.to == "" {
			return out, usagef("two periods are compared by their first and last days: --from, --to, --compare-from and --compare-to")
		}
		then, err := report.ParsePeriod(o.compareFrom, o.compareTo)
		if err != nil {
			return out, usageError{err}
		}
		out.compare = &then
	}
	by := report.By(o.by)
	switch by {
	case report.ByNone, report.ByArea, report.ByWeapon, report.ByMonth:
	default:
		return out, usagef("--by is area, weapon or month, not %q", o.by)
	}
	if by == report.ByNone && o.group != "" {
		return out, usagef("--group names a group of a division: add --by area, weapon or month")
	}
	groups := c.Groups(by, period)
	if o.group != "" {
		group, err := groupNamed(by, o.group, groups)
		out.scopes = []report.Scope{{Period: period, By: by, Group: group}}
		return out, err
	}
	out.scopes = []report.Scope{{Period: period}}
	if by != report.ByNone {
		for _, group := range groups {
			out.scopes = append(out.scopes, report.Scope{Period: period, By: by, Group: group})
		}
	}
	return out, nil
}

// groupNamed finds a group as it is written, which need not hold anything.
func groupNamed(by report.By, name string, groups []string) (string, error) {
	known := map[report.By][]string{report.ByArea: assess.AreaTypes(), report.ByWeapon: assess.WeaponSystems(), report.ByMonth: nil}[by]
	for _, list := range [][]string{groups, known, {report.NotStated, report.Undated}} {
		for _, group := range list {
			if strings.EqualFold(group, name) {
				return group, nil
			}
		}
	}
	if by == report.ByMonth {
		if _, err := report.ParsePeriod(name+"-01", ""); err == nil {
			return name, nil
		}
	}
	return "", usagef("there is no group %q of %s; here it is one of %s", name, by, strings.Join(groups, ", "))
}

func (g *globalOptions) count(ctx context.Context, o countOptions) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	counting, err := g.counting(ctx, file)
	if err != nil {
		return err
	}
	what, err := o.plan(&counting)
	if err != nil {
		return err
	}
	if o.list != "" {
		return g.countList(&counting, o.list, what.scopes)
	}
	if !g.jsonOut && what.compare == nil && len(what.scopes) > 1 {
		return g.countTable(&counting, what.scopes)
	}
	for i, s := range what.scopes {
		sheet := counting.Sheet(s)
		var then *report.CountSheet
		if what.compare != nil {
			other := s
			other.Period = *what.compare
			sheet := counting.Sheet(other)
			then = &sheet
		}
		if g.jsonOut {
			err = g.countJSON(s, what.compare, sheet, then)
		} else {
			err = g.countText(i == 0, s, what.compare, sheet, then)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// counting reads what numbers are counted from.
func (g *globalOptions) counting(ctx context.Context, file *casefile.File) (report.Counting, error) {
	d, err := g.loadCase(ctx, file)
	if err != nil {
		return report.Counting{}, err
	}
	return g.countingOf(ctx, file, d)
}

func (g *globalOptions) countingOf(ctx context.Context, file *casefile.File, d desk.Loaded) (report.Counting, error) {
	records, err := file.Records(ctx)
	if err != nil {
		return report.Counting{}, err
	}
	reviews, err := file.Reviews(ctx)
	if err != nil {
		return report.Counting{}, fmt.Errorf("read the assessments of the case: %w", err)
	}
	return report.Counting{Items: d.Items, Clusters: d.Clusters, Incidents: assess.Incidents(d.Incidents, records), Reviews: reviews}, nil
}

// listLine is one entry of a list of the count sheet.
type listLine struct {
	List     string         `json:"list"`
	Period   report.Period  `json:"period"`
	By       *report.By     `json:"by"`
	Group    *string        `json:"group"`
	Path     *string        `json:"path"`
	SHA256   *verify.Digest `json:"sha256"`
	Incident *string        `json:"incident"`
	Day      *string        `json:"day"`
}

// orNull is nil for what is empty.
func orNull[T ~string](v T) *T {
	if v == "" {
		return nil
	}
	return &v
}

// countList prints a list; with a division, that of each group in turn.
func (g *globalOptions) countList(c *report.Counting, name string, scopes []report.Scope) error {
	if len(scopes) > 1 {
		scopes = scopes[1:] // the whole is not a group
	}
	for _, s := range scopes {
		entries, err := c.List(name, s)
		if err != nil {
			return usageError{err}
		}
		for _, e := range entries {
			if g.jsonOut {
				line := listLine{name, s.Period, orNull(s.By), orNull(s.Group), orNull(e.Path), orNull(e.Item), orNull(e.Incident), orNull(e.Day)}
				if err := g.term.json(line); err != nil {
					return err
				}
				continue
			}
			day := e.Day
			if day == "" {
				day = fmt.Sprintf("%-10s", g.words().T("command.count.no-day"))
			}
			if s.Group != "" {
				day += "  " + g.groupName(s.Group)
			}
			g.term.printf("%s  %s\n", day, shown(e.Path+e.Incident))
		}
	}
	return nil
}
