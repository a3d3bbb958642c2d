package main

import (
	"context"
	"fmt"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exchange"
)

// proofsIn is what ProofMode shared, coming in.
type proofsIn struct {
	*exchange.ProofImport
	opt importOptions
}

func readProofsIn(ctx context.Context, _ *globalOptions, path string, opt importOptions) (incoming, error) {
	p, err := exchange.ReadProofMode(ctx, path)
	if err != nil {
		return nil, err
	}
	return &proofsIn{p, opt}, nil
}

func (p *proofsIn) preview() importPreview { return previewOf(&p.Preview) }

// apply reads the files as a source; what the proofs say of them becomes
// findings.
func (p *proofsIn) apply(ctx context.Context, g *globalOptions, file *casefile.File) (string, error) {
	defer p.Close()
	src, said, err := g.bringIn(ctx, file, p.opt, p.Digest, p.Unpack)
	if err != nil {
		return "", err
	}
	if err := file.ReplaceFindings(ctx, "proofmode/"+src.Name, p.Findings(src.Name)); err != nil {
		return "", err
	}
	return said, nil
}

// archiveIn is an archive of the web, coming in.
type archiveIn struct {
	*exchange.WACZImport
	opt importOptions
}

func readArchiveIn(ctx context.Context, g *globalOptions, path string, opt importOptions) (incoming, error) {
	w, err := exchange.ReadWACZ(ctx, path)
	if err != nil {
		return nil, err
	}
	for _, p := range w.Pages {
		g.term.note("page saved %s: %s %s", p.Saved, p.URL, p.Title)
	}
	return &archiveIn{w, opt}, nil
}

func (w *archiveIn) preview() importPreview { return previewOf(&w.Preview) }

func (w *archiveIn) apply(ctx context.Context, g *globalOptions, file *casefile.File) (string, error) {
	defer w.Close()
	_, said, err := g.bringIn(ctx, file, w.opt, w.Digest, w.Unpack)
	return said, err
}

// unpacks lays media down below a folder and gives them as a source.
type unpacks func(ctx context.Context, into string, rename func(string) string) (source.Source, []exchange.BadRow, error)

// bringIn unpacks media and reads them as a source of the case. Digest names
// what they come from.
func (g *globalOptions) bringIn(ctx context.Context, file *casefile.File, opt importOptions, digest string, unpack unpacks) (source.Source, string, error) {
	into, err := g.mediaFolder(opt, digest[:8])
	if err != nil {
		return source.Source{}, "", err
	}
	rename, err := otherName(ctx, file, into, digest[:8])
	if err != nil {
		return source.Source{}, "", err
	}
	src, bad, err := unpack(ctx, into, rename)
	if err != nil {
		return source.Source{}, "", err
	}
	if err := g.listRows(importPreview{bad: bad}, false); err != nil {
		return source.Source{}, "", err
	}
	if err := g.scanInto(ctx, file, []source.Source{src}); err != nil {
		return source.Source{}, "", err
	}
	return src, fmt.Sprintf("unpacked to %s and read as the source %s", src.Dir, src.Name), nil
}
