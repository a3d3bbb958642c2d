package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exchange"
)

// knownImport is a file of known incidents that was read.
type knownImport struct {
	exchange.KnownFile
	name string
}

// readKnownFile reads known incidents in any of their forms.
func readKnownFile(ctx context.Context, g *globalOptions, path string, opt importOptions) (incoming, error) {
	around, err := g.positionsOfCase(ctx)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, usagef("%s is not a file", path)
	}
	known, err := exchange.ReadKnown(filepath.Base(path), f, info.Size(), exchange.KnownOptions{
		Set: opt.set, Doubtful: exchange.Doubtful(opt.doubtful), DateOrder: opt.dateOrder, Around: around,
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &knownImport{known, filepath.Base(path)}, nil
}

// positionsOfCase are the positions of the incidents that the case has so far.
func (g *globalOptions) positionsOfCase(ctx context.Context) ([]exchange.Position, error) {
	file, err := casefile.Open(g.caseDir, casefile.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, casefile.ErrOlderSchema) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	incidents, err := file.Incidents(ctx)
	if err != nil {
		return nil, err
	}
	var out []exchange.Position
	for i := range incidents {
		if lat, lon := incidents[i].Latitude, incidents[i].Longitude; lat != nil && lon != nil {
			out = append(out, exchange.Position{Latitude: *lat, Longitude: *lon})
		}
	}
	return out, nil
}

// preview names no digest: the same file twice changes nothing by itself, and a
// set that was taken out can be loaded again.
func (k *knownImport) preview() importPreview {
	p := previewOf(&k.Incident)
	p.digest = ""
	return p
}

func (k *knownImport) apply(ctx context.Context, g *globalOptions, file *casefile.File) (string, error) {
	added, changed, err := file.LoadKnown(ctx, casefile.KnownSet{Name: k.Set, File: k.name, Format: k.Incident.Format}, k.Incident.Values())
	if err != nil {
		return "", err
	}
	did := fmt.Sprintf("known incidents of %s: %d new, %d changed, %d as they were", k.Set, added, changed, len(k.Incident.Good)-added-changed)
	if k.Skipped > 0 {
		did += fmt.Sprintf(", %d that are no incidents or stand twice", k.Skipped)
	}
	return did, nil
}
