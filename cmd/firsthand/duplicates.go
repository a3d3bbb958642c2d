package main

import (
	"context"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/sidebyside"
	"github.com/spf13/cobra"
)

func newDuplicatesCommand(g *globalOptions) *cobra.Command {
	var clusters, scenes bool
	cmd := &cobra.Command{
		Use:   "duplicates --case CASE",
		Short: "list files that show the same content",
		Long: `Lists pairs of files that show the same content, with the evidence for each:
the same bytes (exact), the whole of one picture or video (near), or a part
(part); of two videos, with every stretch that both show.
--clusters lists groups of whole copies instead, with who had it first as far
as trusted and as claimed times go. --scenes lists the pairs that are no
copies but two photographs of one place, or two takes of one scene: they join
no group.

    firsthand duplicates --case my-case --clusters
    firsthand duplicates --case my-case --scenes

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if clusters && scenes {
				return usagef("--clusters and --scenes are two lists: ask for one of them")
			}
			file, err := g.readCase()
			if err != nil {
				return err
			}
			defer file.Close()
			if clusters {
				return g.listClusters(cmd.Context(), file)
			}
			return g.listMatches(cmd.Context(), file, scenes)
		},
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().BoolVar(&clusters, "clusters", false, "groups of copies in place of pairs")
	cmd.Flags().BoolVar(&scenes, "scenes", false, "photographs of one place in place of copies")
	return cmd
}

// listMatches lists the copies, or the other photographs of one place.
func (g *globalOptions) listMatches(ctx context.Context, file *casefile.File, scenes bool) error {
	matches, err := file.Matches(ctx)
	if err != nil {
		return err
	}
	for _, m := range matches {
		if (m.Relation == verify.SameScene) != scenes {
			continue
		}
		if g.jsonOut {
			if err := g.term.json(m); err != nil {
				return err
			}
			continue
		}
		g.printMatch(m)
	}
	return nil
}

func (g *globalOptions) printMatch(m verify.Match) {
	w := g.words()
	g.term.printf("%-5s  %s\n       %s\n       %s\n", w.T("command.relation."+relationWord(m.Relation)),
		g.printable(w.T("command.duplicates.first", "path", m.A)), g.printable(w.T("command.duplicates.second", "path", m.B)), g.spoken(m.Why))
	if len(m.Segments) == 0 {
		return
	}
	d := sidebyside.Describe(m)
	lines := append([]string{d.Moment}, d.Stretches...)
	if d.Sound != "" {
		lines = append(lines, d.Sound)
	}
	for i, line := range lines {
		line = inOrderOfPaths.Replace(w.Sentence(line))
		if i > len(d.Stretches) {
			line = w.T("command.duplicates.sound", "sound", line)
		}
		g.term.printf("       %s\n", g.printable(line))
	}
}

// inOrderOfPaths says in English which of the two paths above A and B are; other
// languages write these letters before the paths.
var inOrderOfPaths = strings.NewReplacer(" of A", " of the first", " of B", " of the second")

// relationWord is what a relation is called for people.
func relationWord(r verify.Relation) string {
	if r == verify.SameScene {
		return "scene"
	}
	return string(r)
}

func (g *globalOptions) listClusters(ctx context.Context, file *casefile.File) error {
	clusters, err := file.Clusters(ctx)
	if err != nil {
		return err
	}
	for _, c := range clusters {
		if g.jsonOut {
			if err := g.term.json(c); err != nil {
				return err
			}
			continue
		}
		g.term.printf("%s\n", c.ID)
		for _, m := range c.Members {
			mark := ""
			if m == string(c.EarliestTrusted) {
				mark += "  " + g.words().T("command.duplicates.earliest-trusted")
			}
			if m == string(c.EarliestClaimed) {
				mark += "  " + g.words().T("command.duplicates.earliest-claimed")
			}
			if m == string(c.BestCopy) {
				mark += "  " + g.words().T("command.duplicates.best")
			}
			g.term.printf("  %s%s\n", shown(m), mark)
		}
	}
	return nil
}
