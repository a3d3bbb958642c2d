package main

import (
	"context"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

func newInspectCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "inspect FILE...",
		Short: "show what files claim of themselves",
		Long: `Shows what each file claims: type, device, times with zone and trust, places,
and what the checks found. No case is needed and nothing is stored.

    firsthand inspect IMG_0001.jpg

Exit status: 0 done (a damaged file is a finding), 1 a file could not be
opened, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.inspect(cmd.Context(), args) },
	}
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) inspect(ctx context.Context, paths []string) error {
	g.settings.values.Set("video", "off")
	d, err := g.startDecoders(ctx, 1)
	if err != nil {
		return err
	}
	defer d.close()
	failed := 0
	for _, path := range paths {
		it, err := ingest.One(ctx, path, ingest.Options{Examiner: d.pool, Now: time.Now()})
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed++
			fmt.Fprintf(g.term.err, "firsthand: error: %s\n", shown(err.Error()))
			continue
		}
		if g.jsonOut {
			if err := g.term.json(it.Line()); err != nil {
				return err
			}
			continue
		}
		g.printInspection(it.Line())
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files could not be opened", failed, len(paths))
	}
	return nil
}

func (g *globalOptions) printInspection(l verify.Line) {
	t := g.term
	t.printf("%s\n", shown(l.Path))
	t.printf("  %s, %d bytes%s\n", shown(l.MediaType), l.Size, shown(dimensions(l)))
	if l.Error != "" {
		t.printf("  could not be read: %s\n", shown(string(l.Error)))
	}
	if d := l.Device; d.Make != "" || d.Model != "" {
		t.printf("  made by %s %s\n", shown(string(d.Make)), shown(string(d.Model)))
	}
	for i := range l.Times {
		mark := " "
		if b := l.BestTime; b != nil && l.Times[i].Field == b.Field && l.Times[i].Raw == b.Raw {
			mark = "*"
		}
		t.printf("  %s %-12s %s  [%s, %s]\n", mark, l.Times[i].Kind, shown(report.TimeInWords(&l.Times[i])), l.Times[i].Trust, shown(l.Times[i].Field))
	}
	for _, p := range l.Places {
		t.printf("  at %s\n", shown(placeLine(p)))
	}
	for _, f := range l.Findings {
		t.printf("  %s %s: %s\n", f.Severity, f.Code, shown(f.Message))
	}
	t.printf("  sha-256 %s\n\n", l.SHA256)
}

func dimensions(l verify.Line) string {
	s := ""
	if l.Width != nil && l.Height != nil {
		s += fmt.Sprintf(", %d × %d", *l.Width, *l.Height)
	}
	if l.DurationSeconds != nil {
		s += fmt.Sprintf(", %.1f s", *l.DurationSeconds)
	}
	return s
}

func placeLine(p extract.Place) string {
	s := string(p.Name)
	if p.Latitude != nil && p.Longitude != nil {
		s = fmt.Sprintf("%.6f, %.6f", *p.Latitude, *p.Longitude)
	}
	return s + " [" + p.Field + "]"
}
