package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"runtime"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/firsthand-media/firsthand/verify/workbench"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
	"github.com/spf13/cobra"
)

func newServeCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve [--case CASE]",
		Short: "open the workbench in the browser",
		Long: `Serves the workbench to the browser on this machine and to nobody else. With
--case it opens that case; without, the list of cases, where one can be chosen
or made. The address holds a key that works once; stop with Ctrl-C.

    firsthand serve --case my-case

Exit status: 0 stopped by the person, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.serve(cmd, g.caseDir)
		},
	}
	cmd.Flags().StringVar(&g.caseDir, "case", "", "the case folder")
	serveFlags(cmd)
	return cmd
}

func serveFlags(cmd *cobra.Command) {
	cmd.Flags().String("addr", "127.0.0.1:0", "where to listen on this machine; port 0 takes a free one")
	cmd.Flags().Bool("open", true, "open the browser")
	// For those who work on the interface: `npx vite build --outDir DIR`.
	cmd.Flags().String("ui", "", "a built interface to serve in place of the program's own")
	_ = cmd.Flags().MarkHidden("ui")
}

// serve opens the workbench, with a case where one is named.
func (g *globalOptions) serve(cmd *cobra.Command, caseDir string) error {
	ctx := cmd.Context()
	o := workbench.Options{Fault: func(err error) { g.term.note("%v", err) }}
	if dir, _ := cmd.Flags().GetString("ui"); dir != "" {
		o.UI = os.DirFS(dir)
		if _, err := fs.Stat(o.UI, "index.html"); err != nil {
			return fmt.Errorf("there is no built interface in %s: %w", dir, err)
		}
	}
	p, err := g.newProgram(cmd.Flags())
	if err != nil {
		return err
	}
	defer p.close()
	o.API = api.New(p.program())
	defer func() {
		if err := o.API.Close(); err != nil {
			g.term.note("%v", err)
		}
	}()
	if caseDir != "" {
		if o.First, err = o.API.Open(caseDir); err != nil {
			return told(err)
		}
		o.Plain = g.plain(o.First)
	}
	srv, err := workbench.New(g.settings.string("addr"), o)
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

// told gives an error of the workbench the form of one of a command.
func told(err error) error {
	var e *api.Error
	if errors.As(err, &e) && e.Hint != "" {
		return withHint(err, "%s", e.Hint)
	}
	return err
}

// plain is what is shown of a case where there is no interface.
func (g *globalOptions) plain(c *api.Case) workbench.Plain {
	return workbench.Plain{
		Title: c.Name(),
		Page: func(ctx context.Context) (page workbench.Page, err error) {
			err = c.Reading(ctx, func(file *casefile.File) error {
				page, err = g.page(ctx, file)
				return err
			})
			return page, err
		},
		Report: func(ctx context.Context, w io.Writer) error {
			return c.Reading(ctx, func(file *casefile.File) error { return g.renderReport(ctx, file, reportFlags{}, w) })
		},
	}
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
	for _, r := range report.Count(d.Items, d.Clusters, d.Incidents).Rows {
		p.Counts = append(p.Counts, workbench.Count{Label: r.Label, Photos: r.Photos, Videos: r.Videos, Other: r.Other, Total: r.Total, ByKind: r.ByKind})
	}
	for i := range d.Incidents {
		inc := &d.Incidents[i]
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
