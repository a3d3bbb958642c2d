package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
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

With --incident it is a dossier: these incidents alone, with every answer of the
checklist, every decision and every digest. With --public it is the form for
others: confirmed incidents, positions rounded to what is known of them, labels
in place of names of files, and a list of what was left out. Files that were
seen only where nobody can look them up, as in a private chat or on a witness's
phone, are left out unless --show-source names their source.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			file, err := g.readCase()
			if err != nil {
				return err
			}
			defer file.Close()
			if err := g.writeReport(cmd.Context(), file, opt); err != nil {
				return err
			}
			g.term.note("wrote %s", opt.out)
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

// writeReport writes beside the target first, so that an interrupted report
// never stands in place of a whole one.
func (g *globalOptions) writeReport(ctx context.Context, file *casefile.File, opt reportFlags) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(opt.out), ".firsthand-report-*")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	w := bufio.NewWriterSize(tmp, 1<<20)
	if err := g.renderReport(ctx, file, opt, w); err != nil {
		tmp.Close()
		return err
	}
	if err := errors.Join(w.Flush(), tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if err := os.Rename(tmp.Name(), opt.out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (g *globalOptions) renderReport(ctx context.Context, file *casefile.File, opt reportFlags, w io.Writer) error {
	data, err := g.reportData(ctx, file, opt.incidents)
	if err != nil {
		return err
	}
	if opt.public {
		withheld := publicReport(&data, opt.profile)
		tellWithheld(g, withheld)
	}
	if opt.title != "" {
		data.Title = opt.title
	}
	return report.HTML(w, data)
}

// reportData is all that a report of the case can show, or a dossier of some
// of its incidents.
func (g *globalOptions) reportData(ctx context.Context, file *casefile.File, only []string) (report.Data, error) {
	var none report.Data
	d, err := g.loadCase(ctx, file)
	if err != nil {
		return none, err
	}
	zones, err := g.zones(ctx, file)
	if err != nil {
		return none, err
	}
	data := report.Data{
		Title: caseTitle(file), Exercise: isExercise(file), Generated: time.Now(), Tool: toolVersion(),
		Items: d.items, Clusters: d.clusters, Incidents: d.incidents, Only: only,
		Zone: zonesInWords(zones), Clocks: d.clocks.Corrections, PlaceCredit: gazetteer.Credit,
		Soft: softener(ctx, file), SoftFrame: frameSoftener(ctx, file), Frames: framesOf(ctx, file), SoftStrip: stripSoftener(ctx, file), Wave: waves(ctx, file),
	}
	for _, read := range []func() error{
		func() (err error) { data.Matches, err = file.Matches(ctx); return err },
		func() (err error) { data.Findings, err = file.Findings(ctx); return err },
		func() (err error) { data.Decisions, err = file.Decisions(ctx); return err },
		func() (err error) { data.Records, err = file.Records(ctx); return err },
		func() (err error) { data.Reviews, err = file.Reviews(ctx); return err },
		func() (err error) { data.Sources, err = sourceRows(ctx, file, d.items); return err },
		func() (err error) { data.Ledger, err = ledgerHead(ctx, file); return err },
	} {
		if err := read(); err != nil {
			return none, err
		}
	}
	return data, knownIncidents(only, data)
}

// knownIncidents is an error when an id names none of the case.
func knownIncidents(ids []string, data report.Data) error {
	for _, id := range ids {
		named := func(other string) bool { return strings.EqualFold(id, other) }
		if !slices.ContainsFunc(data.Incidents, func(i verify.Incident) bool { return named(i.ID) }) &&
			!slices.ContainsFunc(data.Records, func(r assess.Record) bool { return named(r.Incident) }) {
			return withHint(fmt.Errorf("no incident %s in this case", id), "firsthand incidents --case CASE lists them")
		}
	}
	return nil
}

// publicReport puts the public-safe form in place of what the case tells.
func publicReport(data *report.Data, p publish.Profile) []publish.Withheld {
	public, withheld := p.Apply(publish.Content{
		Items: data.Items, Clusters: data.Clusters, Incidents: data.Incidents, Records: data.Records, Reviews: data.Reviews,
	})
	*data = report.Data{
		Title: "Public report", Exercise: data.Exercise, Generated: data.Generated, Tool: data.Tool, PlaceCredit: data.PlaceCredit,
		Items: public.Items, Clusters: public.Clusters, Incidents: public.Incidents, Records: public.Records,
		Reviews: public.Reviews, Sources: publicSources(public.Items),
		Only: data.Only, Ledger: data.Ledger, Soft: data.Soft, Withheld: withheld,
	}
	return withheld
}

func publicSources(items []verify.Item) []report.Source {
	n := map[string]int{}
	for i := range items {
		for _, s := range items[i].Sightings {
			n[s.Source]++
		}
	}
	var out []report.Source
	for _, name := range slices.Sorted(maps.Keys(n)) {
		out = append(out, report.Source{Name: name, Files: n[name]})
	}
	return out
}

// tellWithheld says what the public form lacks.
func tellWithheld(g *globalOptions, list []publish.Withheld) {
	for _, w := range list {
		g.term.note("withheld: %d %s (%s)", w.Count, w.What, w.Why)
	}
}

// caseTitle is the name of the case folder.
func caseTitle(file *casefile.File) string {
	if isExercise(file) {
		return "Exercise case"
	}
	return filepath.Base(file.Info().Dir)
}

// softener makes the softened pictures of a report from the cached previews.
func softener(ctx context.Context, file *casefile.File) func(verify.Digest) []byte {
	return func(d verify.Digest) []byte {
		return softened(file.Preview(ctx, d))
	}
}

// frameSoftener does the same for single frames of videos.
func frameSoftener(ctx context.Context, file *casefile.File) func(verify.Digest, time.Duration) []byte {
	return func(d verify.Digest, at time.Duration) []byte {
		return softened(file.Thumb(ctx, d, at))
	}
}

// framesOf gives the frames of single videos: those of all would fill much
// memory.
func framesOf(ctx context.Context, file *casefile.File) func(verify.Digest) []verify.Frame {
	return func(d verify.Digest) []verify.Frame {
		it, err := file.Item(ctx, d)
		if err != nil {
			return nil
		}
		return it.Frames
	}
}

// stripSoftener does the same for the strips of videos.
func stripSoftener(ctx context.Context, file *casefile.File) func(verify.Digest) ([]byte, []time.Duration) {
	return func(d verify.Digest) ([]byte, []time.Duration) {
		jpeg, at, err := file.Strip(ctx, d)
		if err != nil {
			return nil, nil
		}
		soft, err := report.SoftenStrip(jpeg, len(at))
		if err != nil {
			return nil, nil
		}
		return soft, at
	}
}

// waves gives the loudness of videos, nothing where none was kept.
func waves(ctx context.Context, file *casefile.File) func(verify.Digest) sound.Wave {
	return func(d verify.Digest) sound.Wave {
		w, err := file.Wave(ctx, d)
		if err != nil {
			return sound.Wave{}
		}
		return w
	}
}

// softened is nil where there is no picture to soften.
func softened(preview []byte, err error) []byte {
	if err != nil {
		return nil
	}
	soft, err := report.Soften(preview)
	if err != nil {
		return nil
	}
	return soft
}

func sourceRows(ctx context.Context, file *casefile.File, items []verify.Item) ([]report.Source, error) {
	infos, err := file.Sources(ctx)
	if err != nil {
		return nil, err
	}
	files := map[string]int{}
	for i := range items {
		for _, s := range items[i].Sightings {
			files[s.Source]++
		}
	}
	var out []report.Source
	for _, s := range infos {
		out = append(out, report.Source{Name: s.Name, Files: files[s.Name], Sidecars: len(s.Sidecars)})
	}
	return out, nil
}

// ledgerHead is the last signed state of the ledger.
func ledgerHead(ctx context.Context, file *casefile.File) (report.Ledger, error) {
	list, err := file.Checkpoints(ctx)
	if err != nil || len(list) == 0 {
		return report.Ledger{}, err
	}
	last := list[len(list)-1]
	root := hex.EncodeToString(last.Root[:])
	return report.Ledger{Size: last.Size, Root: root, Code: root[:4] + "-" + root[4:8] + "-" + root[8:12]}, nil
}
