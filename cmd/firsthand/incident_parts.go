package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/spf13/cobra"
)

func newMergeCommand(g *globalOptions) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   "merge ID OTHER --reason TEXT --by NAME --case CASE",
		Short: "say that two incidents are one",
		Long: `Records that two incidents are one. The first keeps its name, unless only the
other is confirmed; the members of both stay together until a later decision on
one of them says otherwise.

    firsthand incident merge I-3fa21c I-90be04 --reason "one strike, two streets" --by Ada

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.atDesk(cmd.Context(), o, func(d *desk) ([]verify.Decision, error) { return d.merge(args[0], args[1]) },
				func(m verify.Decision) string { return fmt.Sprintf("%s is one with %s now", m.Other, m.Incident) })
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	return cmd
}

func (d *desk) merge(id, other string) ([]verify.Decision, error) {
	a, err := d.incident(id)
	if err != nil {
		return nil, err
	}
	b, err := d.incident(other)
	if err != nil {
		return nil, err
	}
	if a.ID == b.ID {
		return nil, usagef("%s and %s are one incident already", id, other)
	}
	if b.Status == verify.Confirmed && a.Status != verify.Confirmed {
		d.g.term.note("%s is confirmed: it keeps its name", b.ID)
		a, b = b, a
	}
	m := verify.Decision{Kind: verify.Merge, Incident: a.ID, Other: b.ID, Subjects: d.staying(a, nil)}
	m.Others = d.staying(b, m.Subjects)
	if len(m.Subjects) == 0 || len(m.Others) == 0 {
		return nil, fmt.Errorf("one of %s and %s has no members of its own", a.ID, b.ID)
	}
	return []verify.Decision{m}, nil
}

func newSplitCommand(g *globalOptions) *cobra.Command {
	var o deciding
	var stays []string
	cmd := &cobra.Command{
		Use:   "split ID ITEM... --reason TEXT --by NAME --case CASE",
		Short: "say that some members are another incident",
		Long: `Records that the files are an incident of their own, apart from the other
members. These stay with the old name; with --stays only those that it names
do, and the rest goes with the part that it fits better.

    firsthand incident split I-3fa21c x/a.jpg x/b.jpg --reason "the second strike" --by Ada

ITEM is a path as firsthand items lists it, or a SHA-256 digest (the first 8
digits or more).

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.atDesk(cmd.Context(), o, func(d *desk) ([]verify.Decision, error) { return d.split(cmd.Context(), args, stays) },
				func(m verify.Decision) string {
					return fmt.Sprintf("%s split off %s as %s", files(m.Subjects), m.Incident, m.Other)
				})
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	o.copiesFlag(cmd)
	cmd.Flags().StringArrayVar(&stays, "stays", nil, "a member that stays; the members that are not named follow by their evidence")
	return cmd
}

func (d *desk) split(ctx context.Context, args, stays []string) ([]verify.Decision, error) {
	inc, items, err := d.named(ctx, args)
	if err != nil {
		return nil, err
	}
	if err := d.among(inc, items, args[1:]); err != nil {
		return nil, err
	}
	items = d.withCopies(items, subjects(inc))
	staying := d.staying(inc, items)
	if len(stays) > 0 {
		if staying, err = d.items(ctx, stays); err != nil {
			return nil, err
		}
		if err := d.among(inc, staying, stays); err != nil {
			return nil, err
		}
	}
	switch {
	case len(staying) == 0:
		return nil, usagef("nothing would be left of %s", inc.ID)
	case slices.ContainsFunc(items, func(x verify.Digest) bool { return slices.Contains(staying, x) }):
		return nil, usagef("a file cannot stay and be split off")
	}
	return []verify.Decision{{Kind: verify.Split, Incident: inc.ID, Other: d.newName(items), Subjects: items, Others: staying}}, nil
}

// newName is a name that no incident of this case ever had.
func (d *desk) newName(items []verify.Digest) string {
	return incident.Name(slices.Min(items), func(id string) bool {
		return find(d.incidents, id) != nil || slices.ContainsFunc(d.decisions, func(m verify.Decision) bool { return m.Incident == id || m.Other == id })
	})
}
