package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/desk"
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
	defer out.Discard()
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
		return err
	}
	if n := c.Originals.FromCopies(); n > 0 {
		g.term.note("%d originals are gone or were changed: the copies that the case collected of them were taken", n)
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
	l, im, err := g.forHandingOn(ctx, file)
	if err != nil {
		return nil, err
	}
	form := reportFlags{public: opt.Public, profile: opt.profile}
	if opt.Incident != "" {
		form.incidents = []string{opt.Incident}
	}
	return desk.Handout(ctx, file, l, im, format, desk.Beside{
		Report: func(w io.Writer) error { return g.renderReport(ctx, file, form, w) },
		Proofs: func(c custody.Checkpoint) (map[string][]byte, error) { return g.proofs(ctx, file, c) },
	})
}
