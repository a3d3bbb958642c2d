package main

import (
	"context"
	"io"
	"os/exec"
	"runtime"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/firsthand-media/firsthand/verify/workbench"
	"github.com/spf13/cobra"
)

func newServeCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve --case CASE",
		Short: "open the workbench in the browser",
		Long: `Serves the case to the browser on this machine and to nobody else. The
address holds a key that works once; stop with Ctrl-C.

    firsthand serve --case my-case

Exit status: 0 stopped by the person, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			file, err := g.readCase()
			if err != nil {
				return err
			}
			defer file.Close()
			return g.serve(cmd.Context(), file)
		},
	}
	g.caseFlag(cmd)
	serveFlags(cmd)
	return cmd
}

func serveFlags(cmd *cobra.Command) {
	cmd.Flags().String("addr", "127.0.0.1:0", "where to listen on this machine; port 0 takes a free one")
	cmd.Flags().Bool("open", true, "open the browser")
}

func (g *globalOptions) serve(ctx context.Context, file *casefile.File) error {
	srv, err := workbench.New(g.settings.string("addr"), workbench.Source{
		Title: caseTitle(file),
		Page:  func(ctx context.Context) (workbench.Page, error) { return g.page(ctx, file) },
		Report: func(ctx context.Context, w io.Writer) error {
			return g.renderReport(ctx, file, reportFlags{}, w)
		},
	})
	if err != nil {
		return err
	}
	g.term.printf("%s\n", srv.URL())
	g.term.note("the workbench is at the address above; Ctrl-C ends it")
	if g.settings.bool("open") {
		openBrowser(srv.URL())
	}
	return srv.Serve(ctx)
}

func (g *globalOptions) page(ctx context.Context, file *casefile.File) (workbench.Page, error) {
	var p workbench.Page
	d, err := g.loadCase(ctx, file)
	if err != nil {
		return p, err
	}
	if isExercise(file) {
		p.Note = "Exercise — not a real case. The places and events are invented."
	}
	for _, r := range report.Count(d.items, d.clusters, d.incidents).Rows {
		p.Counts = append(p.Counts, workbench.Count{Label: r.Label, Photos: r.Photos, Videos: r.Videos, Other: r.Other, Total: r.Total, ByKind: r.ByKind})
	}
	for i := range d.incidents {
		inc := &d.incidents[i]
		if inc.Status == verify.Rejected {
			continue
		}
		p.Incidents = append(p.Incidents, workbench.Line{
			ID: inc.ID, Status: string(inc.Status), Files: report.Counted(inc),
			When: report.Span(inc.Earliest, inc.Latest), Where: report.Where(inc),
		})
	}
	return p, nil
}

// openBrowser asks the system to show the address. That it cannot is no
// error: the address is printed.
func openBrowser(url string) {
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		cmd = exec.Command("open", url)
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", url)
	default:
		cmd = exec.Command("xdg-open", url)
	}
	if err := cmd.Start(); err == nil {
		go func() { _ = cmd.Wait() }()
	}
}
