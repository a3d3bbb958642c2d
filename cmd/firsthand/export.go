package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/spf13/cobra"
)

// exportFlags is what a person asks of an export.
type exportFlags struct {
	exchange.Options
	format, out string
	overwrite   bool
	profile     publish.Profile
}

func newExportCommand(g *globalOptions) *cobra.Command {
	var opt exportFlags
	var formats strings.Builder
	for _, e := range exchange.Exports() {
		fmt.Fprintf(&formats, "    %-9s %s\n", e.Name, e.What)
	}
	cmd := &cobra.Command{
		Use:   "export --case CASE --format FORMAT --out PATH",
		Short: "write a case in a format that other tools read",
		Long: `Writes the case, or with --incident one incident of it, in another format.

` + formats.String() + `
    firsthand export --case my-case --format bagit --out my-bag
    firsthand export --case my-case --format geojson --public --out map.geojson

What is written appears whole or not at all, and never in place of something
that is there (--overwrite replaces an earlier export). What the format has no
place for is listed on stderr, or with --json as JSON Lines on stdout. An
original that has changed or is gone since the scan is named: a bag is then not
written, unless --without-missing leaves it out and says so in the bag.

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 an original has
changed since it was read.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.runExport(cmd.Context(), opt) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().StringVar(&opt.format, "format", "", "the format to write")
	cmd.Flags().StringVar(&opt.out, "out", "", "the file or folder to write")
	_ = cmd.MarkFlagRequired("format")
	_ = cmd.MarkFlagRequired("out")
	cmd.Flags().BoolVar(&opt.overwrite, "overwrite", false, "replace an earlier export of the same name")
	cmd.Flags().StringVar(&opt.Incident, "incident", "", "this incident alone")
	cmd.Flags().BoolVar(&opt.Public, "public", false, "the public-safe form: confirmed incidents, rounded positions, hidden sources, no names of files")
	profileFlags(cmd, &opt.profile)
	cmd.Flags().BoolVar(&opt.BOM, "bom", false, "CSV begins with a byte order mark, for spreadsheets that need one")
	cmd.Flags().BoolVar(&opt.WithoutMissing, "without-missing", false, "a bag leaves out originals that are gone or changed, and lists them")
	return cmd
}

func (g *globalOptions) runExport(ctx context.Context, opt exportFlags) error {
	format, err := exchange.FindExport(opt.format)
	if err != nil {
		return usageError{err}
	}
	if err := opt.fits(format); err != nil {
		return err
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	c, err := g.exchangeCase(ctx, file, opt, format)
	if err != nil {
		return err
	}
	defer c.Originals.Close()
	if opt.Incident != "" {
		if err := c.Only(opt.Incident); err != nil {
			return withHint(err, "firsthand incidents --case %s lists them", g.caseDir)
		}
	}
	if opt.Public {
		c.MakePublic(opt.profile)
		tellWithheld(g, c.Withheld)
	}
	out, err := exchange.NewOutput(opt.out, format.Folder, opt.overwrite)
	if errors.Is(err, exchange.ErrExists) {
		return withHint(err, "choose another name, or move that away; --overwrite replaces an earlier export")
	}
	if err != nil {
		return err
	}
	err = format.Write(ctx, c, opt.Options, out)
	if err == nil {
		err = out.Commit()
	}
	var missing *exchange.MissingError
	if errors.As(err, &missing) {
		for _, l := range missing.Files {
			g.term.note("%s", l)
		}
		err = withHint(err, "put them back, or scan again; --without-missing leaves them out and says so")
	}
	if err != nil {
		return errors.Join(err, out.Discard())
	}
	return g.tellLosses(opt.out, out.Losses)
}

// fits checks the flags against the format, before any work is done.
func (o exportFlags) fits(format exchange.Export) error {
	switch ending := strings.ToLower(filepath.Ext(o.out)); {
	case o.Public && !format.Public:
		return usagef("%s has no public form", format.Name)
	case format.Folder, slices.Contains(format.Ending, ending):
		return nil
	}
	return usagef("--out: give %s a name that ends in %s, not %q", format.Name, strings.Join(format.Ending, " or "), o.out)
}

// tellLosses lists what was not carried over.
func (g *globalOptions) tellLosses(out string, losses []exchange.Loss) error {
	for _, l := range losses {
		if g.jsonOut {
			if err := g.term.json(l); err != nil {
				return err
			}
			continue
		}
		g.term.note("not carried over: %s", l)
	}
	g.term.note("wrote %s", out)
	return nil
}

// exchangeCase gathers one moment of the case, as much of it as the format
// takes.
func (g *globalOptions) exchangeCase(ctx context.Context, file *casefile.File, opt exportFlags, format exchange.Export) (*exchange.Case, error) {
	d, err := g.loadCase(ctx, file)
	if err != nil {
		return nil, err
	}
	info := file.Info()
	c := &exchange.Case{
		ID: info.ID, Title: caseTitle(file), Created: info.Created, Tool: toolVersion(), Now: time.Now().UTC(),
		Items: d.items, Clusters: d.clusters,
	}
	for _, read := range []func() error{
		func() (err error) {
			if format.Raw {
				c.Items, err = allItems(ctx, file)
			}
			return err
		},
		func() error { return incidentsForExport(ctx, file, d.incidents, c) },
		func() error { return sourcesForExport(ctx, file, c) },
		func() (err error) { c.Matches, err = file.Matches(ctx); return err },
		func() (err error) { c.Findings, err = file.Findings(ctx); return err },
		func() (err error) { c.Decisions, err = file.Decisions(ctx); return err },
		func() (err error) { c.Settings, err = file.Settings(ctx); return err },
		func() (err error) { c.Known, err = file.Known(ctx); return err },
		func() error {
			if !format.Folder {
				return nil
			}
			return g.readEvidence(ctx, file, opt, c)
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// incidentsForExport gives the incidents with what people wrote of them, and the
// reviews as who took part in none may see them.
func incidentsForExport(ctx context.Context, file *casefile.File, candidates []verify.Incident, c *exchange.Case) error {
	records, err := file.Records(ctx)
	if err != nil {
		return err
	}
	c.Incidents = assess.Incidents(candidates, records)
	c.Reviews, err = file.Reviews(ctx)
	for i, r := range c.Reviews {
		c.Reviews[i] = r.Seen(assess.Reviewer{})
	}
	return err
}

func sourcesForExport(ctx context.Context, file *casefile.File, c *exchange.Case) error {
	sources, err := file.Sources(ctx)
	for _, s := range sources {
		c.Sources = append(c.Sources, exchange.Source{Name: s.Name, Dir: s.Dir, Sidecars: s.Sidecars})
	}
	c.Originals = exchange.NewOriginals(c.Sources)
	return err
}

// readEvidence gives the ledger with its signatures, and the report.
func (g *globalOptions) readEvidence(ctx context.Context, file *casefile.File, opt exportFlags, c *exchange.Case) error {
	form := reportFlags{public: opt.Public, profile: opt.profile}
	if opt.Incident != "" {
		form.incidents = []string{opt.Incident}
	}
	c.Report = func(w io.Writer) error { return g.renderReport(ctx, file, form, w) }
	c.Ledger.Entries = file.Events(ctx)
	var err error
	if c.Ledger.Checkpoints, err = file.Checkpoints(ctx); err != nil || len(c.Ledger.Checkpoints) == 0 {
		return err
	}
	texts, err := file.Texts(ctx)
	if err != nil {
		return err
	}
	for _, t := range texts {
		c.Ledger.Texts = append(c.Ledger.Texts, exchange.LedgerText(t))
	}
	proofs, err := g.proofs(ctx, file, c.Ledger.Head())
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(proofs)) {
		if at := placeInBag(name); at != "" {
			c.Ledger.Extra = append(c.Ledger.Extra, exchange.ExtraFile{Name: at, Text: proofs[name]})
		}
	}
	return nil
}

// placeInBag is where a file of [custody.Proofs] goes; "" for what the bag has
// of its own.
func placeInBag(name string) string {
	switch {
	case name == custody.CheckpointFile, name == custody.VerifyFile:
		return ""
	case name == custody.AllowedSignersFile:
		return "keys/" + name
	case strings.HasPrefix(name, "keys/"):
		return name
	}
	return "ledger/" + name
}
