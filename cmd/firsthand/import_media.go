package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exchange"
)

// mediaFolder is where an import unpacks its media: --into, or a folder of its
// own in the case.
func (g *globalOptions) mediaFolder(opt importOptions, name string) (string, error) {
	dir := opt.into
	if dir == "" {
		dir = filepath.Join(g.caseDir, "imported", name)
	}
	return filepath.Abs(dir)
}

// otherName gives a source that comes in another name where the case has one
// of its name from elsewhere: two sources of two cases are not one.
func otherName(ctx context.Context, file *casefile.File, into, mark string) (func(string) string, error) {
	have, err := file.Sources(ctx)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, s := range have {
		if rel, err := filepath.Rel(into, s.Dir); err != nil || !filepath.IsLocal(rel) {
			taken[s.Name] = true
		}
	}
	return func(name string) string {
		if taken[name] {
			return name + "-" + mark
		}
		return name
	}, nil
}

// bagIn is a bag that comes in.
type bagIn struct {
	*exchange.BagImport
	opt importOptions
}

func readBagIn(ctx context.Context, g *globalOptions, path string, opt importOptions) (incoming, error) {
	b, err := exchange.ReadBag(ctx, path)
	var invalid *exchange.BagError
	if errors.As(err, &invalid) {
		for _, e := range invalid.Bag.Errors {
			g.term.printf("bad: %s\n", shown(e))
		}
	}
	if err != nil {
		return nil, err
	}
	for _, w := range b.Warnings {
		g.term.note("%s", w)
	}
	return &bagIn{b, opt}, nil
}

func (b *bagIn) preview() importPreview { return previewOf(&b.Preview) }

// apply lays the files down, takes over what people did in the other case, with
// its ledger, and reads the files as any source.
func (b *bagIn) apply(ctx context.Context, g *globalOptions, file *casefile.File) (string, error) {
	defer b.Close()
	if err := b.apart(file); err != nil {
		return "", err
	}
	mark := b.Digest[:8]
	if b.CaseID != "" {
		mark = b.CaseID[:8]
	}
	into, err := g.mediaFolder(b.opt, mark)
	if err != nil {
		return "", err
	}
	rename, err := otherName(ctx, file, into, mark)
	if err != nil {
		return "", err
	}
	left, err := b.leaveKnown(ctx, file)
	if err != nil {
		return "", err
	}
	sources, bad, err := b.Unpack(ctx, into, rename)
	if err != nil {
		return "", err
	}
	if err := g.listRows(importPreview{bad: bad}, false); err != nil {
		return "", err
	}
	did, err := b.adopt(ctx, g, file)
	if err != nil {
		return "", err
	}
	if len(sources) > 0 {
		err = g.scanInto(ctx, file, sources)
	} else { // an earlier import may have been stopped before this
		_, err = g.regroup(ctx, file)
	}
	if err != nil {
		return "", err
	}
	if left > 0 {
		did += fmt.Sprintf("; %d files were in the case at the same place", left)
	}
	return fmt.Sprintf("%d files in %d sources%s", len(b.Good)-len(bad), len(sources), did), nil
}

// apart refuses a bag of an exercise in a real case, and that of a real case in an
// exercise.
func (b *bagIn) apart(file *casefile.File) error {
	switch ours := isExercise(file); {
	case b.Exercise && !ours:
		return withHint(fmt.Errorf("%w: the bag is of one, and the case is not", casefile.ErrMixed), "exercises are handed on as packs: firsthand workshop open PACK")
	case ours && !b.Exercise && b.CaseID != "":
		return withHint(fmt.Errorf("%w: the case is one, and the bag is of a real case", casefile.ErrMixed), "give another case with --case")
	}
	return nil
}

// leaveKnown leaves out the files that the case has at the same place of the
// same source. Of a bag of others nothing is told by the name of its source.
func (b *bagIn) leaveKnown(ctx context.Context, file *casefile.File) (int, error) {
	if b.CaseID == "" {
		return 0, nil
	}
	seen := map[string]map[string]casefile.Seen{}
	for _, r := range b.Good {
		if src := r.Value.Source; seen[src] == nil {
			state, err := file.SourceState(ctx, src)
			if err != nil {
				return 0, err
			}
			seen[src] = state
		}
	}
	return b.Leave(func(f exchange.BaggedFile) bool {
		s, ok := seen[f.Source][f.Rel]
		return ok && s.Digest == f.Digest
	}), nil
}

// adopt takes over what people did in the case that wrote the bag. A bag of one
// incident brings its files alone: of the rest of its ledger it has no texts.
func (b *bagIn) adopt(ctx context.Context, g *globalOptions, file *casefile.File) (string, error) {
	switch {
	case b.CaseID == "":
		return "", nil
	case b.Incident != "":
		g.term.note("the bag is of the incident %s alone: what people did in its case is not taken over", b.Incident)
		return "", nil
	}
	other := casefile.Foreign{Entries: b.Ledger.Entries, Checkpoints: b.Ledger.Checkpoints}
	for _, t := range b.Ledger.Texts {
		other.Texts = append(other.Texts, casefile.Text(t))
	}
	merged, err := file.Adopt(ctx, other)
	if err != nil {
		return "", err
	}
	sets := map[string][]verify.Known{}
	for _, k := range b.Known {
		sets[k.Set] = append(sets[k.Set], k)
	}
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		set := casefile.KnownSet{Name: name, File: b.opt.name, Format: "bagit"}
		if _, _, err := file.LoadKnown(ctx, set, sets[name]); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf(", %d decisions, assessments and settings of case %s with its ledger", merged.Adopted, b.CaseID[:8]), nil
}
