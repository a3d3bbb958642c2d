package main

import (
	"context"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

func newIncidentsCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "incidents --case CASE",
		Short: "list the candidate incidents with their reasons",
		Long: `Lists the candidate incidents: files that belong together by time, place and
likeness, each with the reasons. The program proposes; confirm or reject with
firsthand incident.

    firsthand incidents --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.listIncidents(cmd.Context()) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) listIncidents(ctx context.Context) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	incidents, err := decidedIncidents(ctx, file)
	if err != nil {
		return err
	}
	if err := g.noteOldZones(ctx, file); err != nil {
		return err
	}
	for _, inc := range incidents {
		if g.jsonOut {
			if err := g.term.json(inc); err != nil {
				return err
			}
			continue
		}
		g.printIncident(inc)
	}
	return nil
}

func (g *globalOptions) printIncident(inc verify.Incident) {
	t := g.term
	t.printf("%s  %s  %s  %s\n", inc.ID, inc.Status, report.Span(inc.Earliest, inc.Latest), shown(report.Where(&inc)))
	for _, r := range inc.Reasons {
		t.printf("    %s (%+.1f bits)\n", shown(r.Message), r.Weight)
	}
	for _, m := range inc.Members {
		t.printf("  %-8s  %s\n", m.Role, shown(m.Path))
	}
}
