package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/spf13/cobra"
)

// newMembersCommand is a decision on files of one incident.
func newMembersCommand(g *globalOptions, use, short, long string, decide func(context.Context, *desk, []string) ([]verify.Decision, error), tell func(verify.Decision) string) *cobra.Command {
	var o deciding
	cmd := &cobra.Command{
		Use:   use + " --reason TEXT --by NAME --case CASE",
		Short: short,
		Long: long + `

ITEM is a path as firsthand items lists it, or a SHA-256 digest (the first 8
digits or more).

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.atDesk(cmd.Context(), o, func(d *desk) ([]verify.Decision, error) { return decide(cmd.Context(), d, args) }, tell)
		},
	}
	g.decisionFlags(cmd, &o)
	o.itemFlags(cmd)
	o.copiesFlag(cmd)
	return cmd
}

// named is an incident and the files that a person names with it.
func (d *desk) named(ctx context.Context, args []string) (*verify.Incident, []verify.Digest, error) {
	if len(args) < 2 {
		return nil, nil, usagef("name an incident and at least one file")
	}
	inc, err := d.incident(args[0])
	if err != nil {
		return nil, nil, err
	}
	items, err := d.items(ctx, args[1:])
	return inc, items, err
}

func newPinCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "pin ID ITEM...", "keep members where they are",
		`Records that files belong to an incident, where the grouping has put them: no
later scan takes them out, and the incident keeps its name with them.

    firsthand incident pin I-3fa21c phone/IMG_0001.jpg --reason "the same gate" --by Ada`,
		func(ctx context.Context, d *desk, args []string) ([]verify.Decision, error) {
			inc, items, err := d.named(ctx, args)
			if err != nil {
				return nil, err
			}
			if err := d.among(inc, items, args[1:]); err != nil {
				return nil, err
			}
			items = d.withCopies(items, subjects(inc))
			return []verify.Decision{{Kind: verify.Pin, Incident: inc.ID, Subjects: items, Others: d.staying(inc, items)}}, nil
		},
		func(m verify.Decision) string {
			return fmt.Sprintf("%s kept in %s", files(m.Subjects), m.Incident)
		})
}

func newAddCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "add ID ITEM...", "put files into an incident",
		`Records that files belong to an incident. One that is counted in another
incident already stays there and is shown in this one too: a file can show two
incidents, and that does not join them. To take it from the other one, use move.

    firsthand incident add I-3fa21c mixed/IMG_0007.jpg --reason "the same gate" --by Ada`,
		func(ctx context.Context, d *desk, args []string) ([]verify.Decision, error) {
			inc, items, err := d.named(ctx, args)
			if err != nil {
				return nil, err
			}
			return d.add(inc, items, args[1:])
		},
		func(m verify.Decision) string {
			if m.Kind == verify.AlsoIn {
				return fmt.Sprintf("%s shown in %s too", files(m.Subjects), m.Incident)
			}
			return fmt.Sprintf("%s added to %s", files(m.Subjects), m.Incident)
		})
}

// add sorts files into those that come to belong here and those that belong
// elsewhere and are shown here too.
func (d *desk) add(inc *verify.Incident, items []verify.Digest, names []string) ([]verify.Decision, error) {
	var free, taken []verify.Digest
	for i, it := range d.withCopies(items, d.notIn(inc)) {
		switch home := d.homeOf(it); {
		case slices.Contains(subjects(inc), it):
			return nil, withHint(fmt.Errorf("%s is in %s already", names[min(i, len(names)-1)], inc.ID), "firsthand incident pin keeps it there")
		case home == nil:
			free = append(free, it)
		default:
			taken = append(taken, it)
		}
	}
	members := d.staying(inc, items)
	var out []verify.Decision
	for kind, list := range map[string][]verify.Digest{verify.Add: free, verify.AlsoIn: taken} {
		if len(list) > 0 {
			out = append(out, verify.Decision{Kind: kind, Incident: inc.ID, Subjects: list, Others: members})
		}
	}
	slices.SortFunc(out, func(a, b verify.Decision) int { return strings.Compare(a.Kind, b.Kind) })
	return out, nil
}

// notIn are the items of clusters that are not members of the incident.
func (d *desk) notIn(inc *verify.Incident) []verify.Digest {
	in := subjects(inc)
	var out []verify.Digest
	for _, c := range d.clusters {
		for _, x := range c.Digests {
			if !slices.Contains(in, x) {
				out = append(out, x)
			}
		}
	}
	return out
}

func newRemoveCommand(g *globalOptions) *cobra.Command {
	var all bool
	cmd := newMembersCommand(g, "remove ID ITEM...", "take files out of an incident, or of all",
		`Records that files do not belong to an incident: no later scan puts them back.
With --all no incident is named, and the files are kept out of every one.

    firsthand incident remove I-3fa21c mixed/IMG_0007.jpg --reason "another gate" --by Ada
    firsthand incident remove --all mixed/map.png --reason "a map" --by Ada`,
		func(ctx context.Context, d *desk, args []string) ([]verify.Decision, error) {
			if all {
				return d.exclude(ctx, args)
			}
			inc, items, err := d.named(ctx, args)
			if err != nil {
				return nil, err
			}
			if err := d.among(inc, items, args[1:]); err != nil {
				return nil, err
			}
			items = d.withCopies(items, subjects(inc))
			staying := d.staying(inc, items)
			if len(staying) == 0 {
				return nil, withHint(fmt.Errorf("nothing would be left of %s", inc.ID), "reject it, or remove --all to keep the files out of every incident")
			}
			return []verify.Decision{{Kind: verify.Remove, Incident: inc.ID, Subjects: items, Others: staying}}, nil
		},
		func(m verify.Decision) string {
			if m.Kind == verify.Exclude {
				return fmt.Sprintf("%s kept out of every incident", files(m.Subjects))
			}
			return fmt.Sprintf("%s taken out of %s", files(m.Subjects), m.Incident)
		})
	cmd.Flags().BoolVar(&all, "all", false, "keep the files out of every incident; name no incident")
	return cmd
}

func (d *desk) exclude(ctx context.Context, names []string) ([]verify.Decision, error) {
	items, err := d.items(ctx, names)
	if err != nil {
		return nil, err
	}
	var in []verify.Digest
	for _, c := range d.clusters {
		in = append(in, c.Digests...)
	}
	return []verify.Decision{{Kind: verify.Exclude, Subjects: d.withCopies(items, in)}}, nil
}

func newContextCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "context ID ITEM...", "show files with an incident for context, as satellite pictures of before and after",
		`Records that files are shown with an incident and are no evidence for it: a
satellite picture of before or after, a view of another day, a map. They are
counted in no incident, and no later scan groups them. How their time lies to
that of the incident is worked out, where both are known.

    firsthand incident context I-3fa21c sat/20220310_084122_3B_Visual.tif --reason "before" --by Ada`,
		func(ctx context.Context, d *desk, args []string) ([]verify.Decision, error) {
			inc, items, err := d.named(ctx, args)
			if err != nil {
				return nil, err
			}
			return []verify.Decision{{Kind: verify.ForContext, Incident: inc.ID, Subjects: items}}, nil
		},
		func(m verify.Decision) string {
			return fmt.Sprintf("%s shown in %s for context", files(m.Subjects), m.Incident)
		})
}

func newMoveCommand(g *globalOptions) *cobra.Command {
	return newMembersCommand(g, "move ID ITEM...", "take files out of their incidents and put them into this one",
		`Records that files belong to this incident, and not to the one that they are
counted in: remove and add in one decision.

    firsthand incident move I-90be04 channel/photo_7.jpg --reason "the market, not the port" --by Ada`,
		func(ctx context.Context, d *desk, args []string) ([]verify.Decision, error) {
			inc, items, err := d.named(ctx, args)
			if err != nil {
				return nil, err
			}
			return d.move(inc, items, args[1:])
		},
		func(m verify.Decision) string {
			return fmt.Sprintf("%s moved from %s to %s", files(m.Subjects), m.Other, m.Incident)
		})
}

// move makes one decision for each incident that files are taken from.
func (d *desk) move(to *verify.Incident, items []verify.Digest, names []string) ([]verify.Decision, error) {
	from := map[*verify.Incident][]verify.Digest{}
	for i, it := range items {
		home := d.homeOf(it)
		switch {
		case home == nil:
			return nil, withHint(fmt.Errorf("%s is counted in no incident", names[min(i, len(names)-1)]), "firsthand incident add puts it into %s", to.ID)
		case home.ID == to.ID:
			return nil, withHint(fmt.Errorf("%s is in %s already", names[min(i, len(names)-1)], to.ID), "firsthand incident pin keeps it there")
		}
		from[home] = append(from[home], it)
	}
	var out []verify.Decision
	for home, list := range from {
		list = d.withCopies(list, subjects(home))
		out = append(out, verify.Decision{
			Kind: verify.Move, Incident: to.ID, Other: home.ID, Subjects: list,
			Others: d.staying(to, list), Left: d.staying(home, list),
		})
	}
	slices.SortFunc(out, func(a, b verify.Decision) int { return strings.Compare(a.Other, b.Other) })
	return out, nil
}

// files counts items in words.
func files(items []verify.Digest) string {
	if len(items) == 1 {
		return "1 file is"
	}
	return fmt.Sprintf("%d files are", len(items))
}
