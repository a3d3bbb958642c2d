package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/spf13/cobra"
)

// importOptions is what a person asks of an import.
type importOptions struct {
	format    string
	name      string // of the file or folder, without its path
	dryRun    bool
	into      string // folder that media are unpacked to; "" for one in the case
	asKnown   bool   // incidents are kept for the look-up alone
	set       string // name of a set of known incidents
	doubtful  string // leave, keep or swap positions that look swapped
	dateOrder string // month-first or day-first, where a file does not say
}

// incoming is an import that was read and not yet applied.
type incoming interface {
	// preview says what would come in and what not. Digest is the SHA-256 of
	// what was read; "" where the same twice changes nothing by itself, so that
	// the case need not remember it.
	preview() importPreview
	// apply brings in the good rows and says what it did, in one line.
	apply(ctx context.Context, g *globalOptions, file *casefile.File) (string, error)
}

// importPreview is the rows of an import.
type importPreview struct {
	digest string
	good   []importRow
	bad    []exchange.BadRow
}

// importRow is a row that can be taken.
type importRow struct {
	line int
	what string
}

// previewOf gives the rows of any preview.
func previewOf[T any](p *exchange.Preview[T]) importPreview {
	out := importPreview{digest: p.Digest, bad: p.Bad}
	for _, r := range p.Good {
		out.good = append(out.good, importRow{r.Line, r.What})
	}
	return out
}

// importer is one format that can be brought in.
type importer struct {
	name string
	what string
	read func(ctx context.Context, g *globalOptions, path string, opt importOptions) (incoming, error)
}

// importers are the formats, in the order of the contract.
func importers() []importer {
	return []importer{
		{"bagit", "a bag (RFC 8493), of another case or of others, folder or zip", readBagIn},
		{"atlos", "incidents of Atlos: its CSV, the CSV of its bulk import, or a full export with files", readAtlosIn},
		{"timemap", "incidents of TimeMap: events with sources and associations, or a download as JSON or CSV", readTimemapIn},
		{"auto-archiver", "what auto-archiver saved: its sheet, and the files of its rows beside it", readArchiverIn},
		{"uwazi", "what goes into an import of Uwazi: import.csv and its files, as an archive or a folder", readUwaziIn},
		{"proofmode", "what ProofMode shared, folder or zip: hashes and signatures are checked", readProofsIn},
		{"wacz", "an archive of the web (WACZ 1.1.1): its media, with address and time of saving", readArchiveIn},
		{"geojson", "known incidents: Eyes on Russia, osint-geo-extractor, TimeMap's download, or any map", readKnownFile},
		{"kml", "known incidents: GeoConfirmed (KML or KMZ), or any map", readKnownFile},
	}
}

func newImportCommand(g *globalOptions) *cobra.Command {
	var opt importOptions
	var formats strings.Builder
	for _, i := range importers() {
		fmt.Fprintf(&formats, "    %-13s %s\n", i.name, i.what)
	}
	cmd := &cobra.Command{
		Use:   "import --case CASE --format FORMAT PATH",
		Short: "bring what other tools wrote into a case",
		Long: `Reads a file or folder of another tool, or a bag of another case, and brings
what it holds into the case. Rows that cannot be taken are listed, each with
the reason, and the others go in. The same import twice changes nothing.

` + formats.String() + `
    firsthand import --case my-case --format bagit bag/ --dry-run

--dry-run lists every row, good and bad, and writes nothing. Media are unpacked
into the case folder, or to --into, and then read like any source; what was
given is never written to, and no address in it is ever opened.

Exit status: 0 done, though rows may be bad, 1 could not be done, 2 wrong
usage, 3 a check of integrity failed and nothing was taken.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.runImport(cmd.Context(), args[0], opt) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	scanFlags(cmd)
	cmd.Flags().StringVar(&opt.format, "format", "", "the format of what is brought in")
	_ = cmd.MarkFlagRequired("format")
	cmd.Flags().BoolVar(&opt.dryRun, "dry-run", false, "list the rows and write nothing")
	cmd.Flags().String("by", "", "your name, which stands with the records that come in")
	cmd.Flags().StringVar(&opt.into, "into", "", "folder to unpack media to (default: imported/ in the case)")
	cmd.Flags().BoolVar(&opt.asKnown, "as-known", false, "keep the incidents for the look-up of known ones alone")
	cmd.Flags().StringVar(&opt.set, "set", "", "name of the set of known incidents (default: that of the file)")
	cmd.Flags().StringVar(&opt.doubtful, "doubtful", "leave", "positions that look swapped: leave them out, keep or swap them")
	cmd.Flags().StringVar(&opt.dateOrder, "date-order", "", "month-first or day-first, for dates like 3/4/2022 where the file does not say")
	return cmd
}

func (o importOptions) check() error {
	if !slices.Contains([]string{"leave", "keep", "swap"}, o.doubtful) {
		return usagef("--doubtful is leave, keep or swap, not %q", o.doubtful)
	}
	if !slices.Contains([]string{"", "month-first", "day-first"}, o.dateOrder) {
		return usagef("--date-order is month-first or day-first, not %q", o.dateOrder)
	}
	return nil
}

func findImporter(name string) (importer, error) {
	var names []string
	for _, i := range importers() {
		if i.name == name {
			return i, nil
		}
		names = append(names, i.name)
	}
	return importer{}, usagef("there is no format %q to import; it is one of %s", name, strings.Join(names, ", "))
}

func (g *globalOptions) runImport(ctx context.Context, path string, opt importOptions) error {
	if err := opt.check(); err != nil {
		return err
	}
	format, err := findImporter(opt.format)
	if err != nil {
		return err
	}
	opt.name = filepath.Base(path)
	in, err := format.read(ctx, g, path, opt)
	if err != nil {
		return err
	}
	p := in.preview()
	if err := g.listRows(p, opt.dryRun); err != nil {
		return err
	}
	if len(p.good) == 0 {
		return withHint(fmt.Errorf("nothing in %s can be taken: %d bad rows", path, len(p.bad)), "each is listed with its reason")
	}
	if opt.dryRun {
		g.term.note("%d good rows, %d bad rows; nothing was written", len(p.good), len(p.bad))
		return nil
	}
	file, err := g.createOrOpenCase()
	if err != nil {
		return err
	}
	defer file.Close()
	return g.applyImport(ctx, file, in, importRecord{Format: opt.format, Name: opt.name, Good: len(p.good), Bad: len(p.bad)}, p.digest)
}

// listRows writes the bad rows, and with all the good ones too.
func (g *globalOptions) listRows(p importPreview, all bool) error {
	type line struct {
		Line int     `json:"line"`
		What string  `json:"what"`
		Why  *string `json:"why"` // null of a good row
	}
	if all {
		for _, r := range p.good {
			if g.jsonOut {
				if err := g.term.json(line{r.line, r.what, nil}); err != nil {
					return err
				}
				continue
			}
			at := ""
			if r.line > 0 {
				at = fmt.Sprintf("line %d: ", r.line)
			}
			g.term.printf("good: %s%s\n", at, shown(r.what))
		}
	}
	for _, b := range p.bad {
		if g.jsonOut {
			if err := g.term.json(line{b.Line, b.What, &b.Why}); err != nil {
				return err
			}
			continue
		}
		g.term.printf("bad: %s\n", shown(b.String()))
	}
	return nil
}

// importRecord is what the case remembers of an import, as the setting
// "import/DIGEST".
type importRecord struct {
	Format string    `json:"format"`
	Name   string    `json:"name"`
	Good   int       `json:"good"`
	Bad    int       `json:"bad"`
	At     time.Time `json:"at"`
}

// applyImport brings in what was read, once.
func (g *globalOptions) applyImport(ctx context.Context, file *casefile.File, in incoming, record importRecord, digest string) error {
	if digest == "" {
		did, err := in.apply(ctx, g, file)
		if err == nil {
			g.term.note("%s; %d good rows, %d bad rows", did, record.Good, record.Bad)
		}
		return err
	}
	key := "import/" + digest
	settings, err := file.Settings(ctx)
	if err != nil {
		return err
	}
	var before importRecord
	if text, ok := settings[key]; ok && json.Unmarshal([]byte(text), &before) == nil {
		g.term.note("this was imported on %s already; nothing was changed", before.At.Format(time.DateOnly))
		return nil
	}
	did, err := in.apply(ctx, g, file)
	if err != nil {
		return err
	}
	record.At = file.Now().UTC().Truncate(time.Second)
	text, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("remember the import: %w", err)
	}
	if err := file.Set(ctx, key, string(text)); err != nil {
		return fmt.Errorf("remember the import: %w", err)
	}
	g.term.note("%s; %d good rows, %d bad rows", did, record.Good, record.Bad)
	return nil
}

// notAsItSays tells of something whose bytes are not those that its own record
// names: an original that changed, a bag or an archive that was.
func notAsItSays(err error) bool {
	var bag *exchange.BagError
	var missing *exchange.MissingError
	var changed *exchange.IntegrityError
	return errors.As(err, &bag) || errors.As(err, &missing) || errors.As(err, &changed)
}
