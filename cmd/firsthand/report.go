package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

// reportFlags is what a person asks of a report.
type reportFlags struct {
	out, title string
	incidents  []string
	public     bool
	profile    publish.Profile
}

func newReportCommand(g *globalOptions) *cobra.Command {
	var opt reportFlags
	cmd := &cobra.Command{
		Use:   "report --case CASE --out FILE.html",
		Short: "write one self-contained HTML file about a case",
		Long: `Writes the count sheet, a map, a timeline, every candidate incident with its
files and reasons, copies with the part that both show and where they differ,
frames and loudness of every video with how it was looked at, the stretches
that videos share, and what could not be read, into one HTML file that loads
nothing from elsewhere. Pictures in it are softened.

    firsthand report --case my-case --out report.html
    firsthand report --case my-case --incident FH-7K2M --out dossier.html
    firsthand report --case my-case --public --out public.html

It is in the language that --language or LANG asks for: English, Ukrainian or
Arabic. What programs read, as in exports, has no language.

With --incident it is a dossier: these incidents alone, with every answer of the
checklist, every decision and every digest. With --public it is the form for
others: confirmed incidents, positions rounded to what is known of them, labels
in place of names of files, and a list of what was left out. Files that were
seen only where nobody can look them up, as in a private chat or on a witness's
phone, are left out unless --show-source names their source.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if ending := strings.ToLower(filepath.Ext(opt.out)); ending != ".html" && ending != ".htm" { // it takes the place of what is there
				return usagef("--out: give the report a name that ends in .html or .htm, not %q", ending)
			}
			file, err := g.readCase()
			if err != nil {
				return err
			}
			defer file.Close()
			if err := g.writeReport(cmd.Context(), file, opt); err != nil {
				return err
			}
			g.tell("command.report.wrote", "file", opt.out)
			return nil
		},
	}
	g.caseFlag(cmd)
	cmd.Flags().StringVar(&opt.out, "out", "", "the HTML file to write")
	cmd.Flags().StringVar(&opt.title, "title", "", "what the report is called; the name of the case folder when not given")
	cmd.Flags().StringArrayVar(&opt.incidents, "incident", nil, "a dossier of this incident (can be repeated)")
	cmd.Flags().BoolVar(&opt.public, "public", false, "the public-safe form")
	profileFlags(cmd, &opt.profile)
	_ = cmd.MarkFlagRequired("out")
	return cmd
}

// profileFlags are those of the public-safe form.
func profileFlags(cmd *cobra.Command, p *publish.Profile) {
	cmd.Flags().StringArrayVar(&p.Show, "show-source", nil, "public form: files of this source may be shown although its posts have no public address (can be repeated)")
	cmd.Flags().StringArrayVar(&p.Hide, "hide-source", nil, "public form: hide this source (can be repeated)")
	cmd.Flags().BoolVar(&p.Unconfirmed, "unconfirmed", false, "public form: candidates too, which no person has confirmed")
}

// writeReport puts a whole report in place of an earlier one.
func (g *globalOptions) writeReport(ctx context.Context, file *casefile.File, opt reportFlags) error {
	disk.Sweep(filepath.Dir(opt.out)) // of a report that was killed
	return disk.Replace(opt.out, func(w io.Writer) error { return g.renderReport(ctx, file, opt, w) })
}

func (g *globalOptions) renderReport(ctx context.Context, file *casefile.File, opt reportFlags, w io.Writer) error {
	l, im, err := g.forHandingOn(ctx, file)
	if err != nil {
		return err
	}
	data, err := desk.Dossier(ctx, file, l, im, desk.Part{Incidents: opt.incidents})
	if err != nil {
		return g.told(err)
	}
	if data.Exercise {
		data.Title = report.In(data.Words).T("report.title.exercise")
	}
	if opt.public {
		desk.Publish(&data, opt.profile)
		tellWithheld(g, data.Withheld)
	}
	if opt.title != "" {
		data.Title = opt.title
	}
	return report.HTML(w, data)
}

// forHandingOn is the case as reports and exports need it, and what they say of
// themselves.
func (g *globalOptions) forHandingOn(ctx context.Context, file *casefile.File) (desk.Loaded, desk.Imprint, error) {
	zones, err := g.zones(ctx, file)
	if err != nil {
		return desk.Loaded{}, desk.Imprint{}, err
	}
	l, err := desk.Load(ctx, file, zones)
	return l, desk.Imprint{Title: caseTitle(file), Exercise: isExercise(file), Tool: toolVersion(), Zone: clock.InWords(zones), Now: time.Now(), Words: g.words()}, err
}

// tellWithheld says what the public form lacks.
func tellWithheld(g *globalOptions, list []publish.Withheld) {
	for _, w := range list {
		g.tell("command.report.withheld", "n", w.Count, "what", g.words().Sentence(w.What), "why", g.words().Sentence(w.Why))
	}
}

// caseTitle is the name of the case folder.
func caseTitle(file *casefile.File) string {
	if isExercise(file) {
		return "Exercise case"
	}
	return filepath.Base(file.Info().Dir)
}
