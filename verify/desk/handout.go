package desk

import (
	"context"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/exchange"
)

// Beside is what goes into an export that is a folder beside the records of the
// case.
type Beside struct {
	Report func(io.Writer) error // the HTML report; nil for none
	// Proofs gives the person's signatures over a checkpoint, and what others
	// have said of this and earlier ones, by file name.
	Proofs func(custody.Checkpoint) (map[string][]byte, error)
}

// Handout gathers one moment of the case, as much of it as the format takes.
// Its originals are to be closed when the export is written.
func Handout(ctx context.Context, file *casefile.File, l Loaded, im Imprint, format exchange.Export, beside Beside) (*exchange.Case, error) {
	info := file.Info()
	c := &exchange.Case{
		ID: info.ID, Title: im.Title, Exercise: im.Exercise, Created: info.Created, Tool: im.Tool, Now: im.Now.UTC(),
		Items: l.Items, Clusters: l.Clusters,
	}
	for _, read := range []func() error{
		func() (err error) {
			if format.Raw {
				c.Items, err = AllItems(ctx, file)
			}
			return err
		},
		func() error { return incidentsForExport(ctx, file, l.Incidents, c) },
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
			return readEvidence(ctx, file, beside, c)
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
	c.Originals = exchange.NewOriginals(c.Sources, func(d verify.Digest) (*os.File, fs.FileInfo, error) {
		return casefile.OpenCollected(file.Info().Dir, d)
	})
	return err
}

// readEvidence gives the ledger with its signatures, and the report.
func readEvidence(ctx context.Context, file *casefile.File, beside Beside, c *exchange.Case) error {
	c.Report = beside.Report
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
	proofs, err := beside.Proofs(c.Ledger.Head())
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
