package main

import (
	"context"
	"fmt"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

func newIncidentsCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "incidents --case CASE",
		Short: "list the candidate incidents with their reasons",
		Long: `Lists the candidate incidents: files that belong together by time, place and
likeness, each with the reasons; then the incidents that people wrote down or
imported. The program proposes; confirm or reject with firsthand incident. What
others have documented near there that day (see firsthand known) is shown with
each, as a lead.

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
	incidents, err := desk.Decided(ctx, file)
	if err != nil {
		return err
	}
	records, err := file.Records(ctx)
	if err != nil {
		return fmt.Errorf("read the records of the case: %w", err)
	}
	if err := g.noteOldZones(ctx, file); err != nil {
		return err
	}
	known, err := g.knownIndex(ctx, file)
	if err != nil {
		return err
	}
	for _, inc := range assess.Incidents(incidents, records) {
		near := known.Near(inc.Placed())
		if g.jsonOut {
			if err := g.term.json(newIncidentLine(inc, near)); err != nil {
				return err
			}
			continue
		}
		g.printIncident(inc.Incident)
		if text := inc.Record.Text(); text != "" {
			g.term.printf("  %s\n", shown(string(text)))
		}
		g.printKnown(near)
	}
	return nil
}

// incidentLine is an incident as it is listed: with a person's sentence, and
// with what others have documented near there on that day, for a person to look
// at.
type incidentLine struct {
	verify.Incident
	Summary source.Text        `json:"summary"`
	Record  *assess.Record     `json:"record"` // null where nobody wrote one
	Known   []verify.KnownNear `json:"known"`
}

func newIncidentLine(inc assess.Incident, near []verify.KnownNear) incidentLine {
	l := incidentLine{Incident: inc.Incident, Summary: inc.Record.Text(), Known: near}
	if !inc.Record.UpdatedAt.IsZero() {
		l.Record = &inc.Record
	}
	return l
}

func (g *globalOptions) printIncident(inc verify.Incident) {
	t, w := g.term, report.In(g.words())
	t.printf("%s  %s  %s  %s\n", inc.ID, w.Status(inc.Status), g.printable(w.Span(inc.Earliest, inc.Latest)), g.printable(w.Where(&inc)))
	for _, r := range inc.Reasons {
		t.printf("    %s\n", g.printable(w.T("command.incidents.reason", "reason", w.Sentence(r.Message), "bits", fmt.Sprintf("%+.1f", r.Weight))))
	}
	for _, m := range inc.Members {
		t.printf("  %-8s  %s\n", w.Role(m.Role), shown(m.Path))
	}
}
