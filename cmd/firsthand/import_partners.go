package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exchange"
)

// recordsIn is incidents of another program, coming in as records of the case.
type recordsIn struct {
	exchange.Preview[assess.Record]
	opt    importOptions
	name   string
	same   map[string]bool // those that the case has as they are
	unpack unpacks         // nil where no files come with them
	close  func() error
}

func readAtlosIn(ctx context.Context, g *globalOptions, path string, opt importOptions) (incoming, error) {
	a, err := exchange.ReadAtlos(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	in := &recordsIn{Preview: a.Preview, opt: opt, name: filepath.Base(path), close: a.Close}
	if a.HasFiles() {
		in.unpack = a.Unpack
	}
	return g.settle(ctx, in)
}

func readTimemapIn(ctx context.Context, g *globalOptions, path string, opt importOptions) (incoming, error) {
	dir, name := filepath.Split(filepath.Clean(path))
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		dir, name = path, "."
	}
	root, err := os.OpenRoot(filepath.Join(dir, "."))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	p, err := exchange.ReadTimemap(root.FS(), name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return g.settle(ctx, &recordsIn{Preview: p, opt: opt, name: filepath.Base(filepath.Clean(path))})
}

func readUwaziIn(ctx context.Context, g *globalOptions, path string, opt importOptions) (incoming, error) {
	u, err := exchange.ReadUwazi(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	in := &recordsIn{Preview: u.Preview, opt: opt, name: filepath.Base(path), close: u.Close}
	if u.HasFiles() {
		in.unpack = u.Unpack
	}
	return g.settle(ctx, in)
}

// settle looks up what the case has of the incidents already: one that says the
// same stays as it is, and one that says something else is a bad row. With
// --as-known they are kept for the look-up alone.
func (g *globalOptions) settle(ctx context.Context, in *recordsIn) (incoming, error) {
	if in.opt.asKnown {
		return asKnown(in), in.done()
	}
	in.same = map[string]bool{}
	file, err := casefile.Open(g.caseDir, casefile.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, casefile.ErrOlderSchema) {
		return in, nil
	}
	if err != nil {
		return nil, errors.Join(err, in.done())
	}
	defer file.Close()
	records, err := file.Records(ctx)
	if err != nil {
		return nil, errors.Join(err, in.done())
	}
	candidates, err := file.Incidents(ctx)
	if err != nil {
		return nil, errors.Join(err, in.done())
	}
	have := map[string]*assess.Incident{}
	all := assess.Incidents(candidates, records)
	for i := range all {
		have[strings.ToUpper(all[i].ID)] = &all[i]
	}
	in.compare(have)
	return in, nil
}

// compare parts the incidents that are new from those that the case has.
func (in *recordsIn) compare(have map[string]*assess.Incident) {
	var good []exchange.Row[assess.Record]
	for _, row := range in.Good {
		old := have[strings.ToUpper(row.Value.Incident)]
		switch {
		case old == nil:
		case old.Proposed && old.Record.CreatedAt.IsZero():
			in.Refuse(row.Line, row.Value.Incident, "this case proposed an incident of this name itself; it is left as it is")
			continue
		default:
			if differ := exchange.Differing(old.Record, row.Value); len(differ) > 0 {
				in.Refuse(row.Line, row.Value.Incident, "the case has it already and says otherwise of %s; it is left as it is", strings.Join(differ, ", "))
				continue
			}
			in.same[row.Value.Incident] = true
		}
		good = append(good, row)
	}
	in.Good = good
}

func (in *recordsIn) done() error {
	if in.close == nil {
		return nil
	}
	return in.close()
}

func (in *recordsIn) preview() importPreview { return previewOf(&in.Preview) }

// apply reads the files first, so that each incident finds its items.
func (in *recordsIn) apply(ctx context.Context, g *globalOptions, file *casefile.File) (did string, err error) {
	defer func() { err = errors.Join(err, in.done()) }()
	if in.unpack != nil {
		if _, did, err = g.bringIn(ctx, file, in.opt, in.Digest, in.unpack); err != nil {
			return "", err
		}
		did = ", files " + did
	}
	by := strings.TrimSpace(g.settings.string("by"))
	if by == "" {
		by = "import of " + in.name
	}
	var changes []assess.Change
	for _, r := range in.Values() {
		if in.same[r.Incident] {
			continue
		}
		c, err := assess.Whole(r)
		if err != nil {
			return "", fmt.Errorf("%s: %w", r.Incident, err)
		}
		c.By = by
		changes = append(changes, c)
	}
	if len(changes) > 0 {
		if _, err := file.RecordIncidents(ctx, changes...); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d incidents recorded, %d as they were%s", len(changes), len(in.Good)-len(changes), did), nil
}

// asKnown makes incidents known ones, which are looked up and no part of the
// case.
func asKnown(in *recordsIn) incoming {
	set := in.opt.set
	if set == "" {
		set = in.Format
	}
	return &knownImport{exchange.KnownOf(in.Preview, set), in.name}
}

// archiverIn is what auto-archiver saved, coming in.
type archiverIn struct {
	*exchange.ArchiverImport
	opt importOptions
}

func readArchiverIn(ctx context.Context, _ *globalOptions, path string, opt importOptions) (incoming, error) {
	a, err := exchange.ReadArchiver(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &archiverIn{a, opt}, nil
}

func (a *archiverIn) preview() importPreview { return previewOf(&a.Preview) }

func (a *archiverIn) apply(ctx context.Context, g *globalOptions, file *casefile.File) (string, error) {
	_, did, err := g.bringIn(ctx, file, a.opt, a.Digest, a.Unpack)
	return fmt.Sprintf("%d files %s", len(a.Good), did), err
}
