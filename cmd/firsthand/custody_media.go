package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// originals is what came of reading them.
type originals struct {
	read      int
	elsewhere int // seen on another machine, in a case that was joined to this one
	collected int // copies in the case
	stands    int // originals that are not there, with a whole copy in the case
}

// verifyOriginals reads every original that the case knows to be present, and
// every copy that it collected, and compares. All are opened for reading only. An
// original that is not there is no fault where its copy is whole; one that was
// changed always is.
func (g *globalOptions) verifyOriginals(ctx context.Context, file *casefile.File, found *custody.Faults) (o originals, err error) {
	items, err := desk.AllItems(ctx, file)
	if err != nil {
		return o, err
	}
	paths := make(map[string]string, len(items)) // one path of each item, by digest
	var sightings []verify.Sighting
	for _, it := range items {
		paths[string(it.Digest)] = it.Sightings[0].Path
		sightings = append(sightings, it.Sightings...)
	}
	whole, err := g.verifyCopies(ctx, file, found)
	if err != nil {
		return o, err
	}
	o.collected = len(whole)
	slices.SortFunc(sightings, func(a, b verify.Sighting) int { return cmp.Compare(a.Path, b.Path) })
	roots, missing, err := openRoots(ctx, file)
	if err != nil {
		return o, err
	}
	defer closeRoots(roots)
	bar := g.newProgress()
	defer bar.done()
	for i, s := range sightings {
		if ctx.Err() != nil {
			return o, ctx.Err()
		}
		bar.show(ingest.Progress{Stage: "reading originals", Done: int64(i), Total: int64(len(sightings))})
		root, ok := roots[s.Source]
		if !ok && missing[s.Source] == nil {
			o.elsewhere++
			continue
		}
		o.read++
		if whole[s.Digest] && (!ok || gone(root, s)) {
			o.stands++
			continue
		}
		if !ok {
			found.Add(original(s, "", fmt.Sprintf("its source cannot be opened: %v", missing[s.Source])))
			continue
		}
		if b := compareOriginal(root, s, paths); b != nil {
			found.Add(b)
		}
	}
	return o, nil
}

// verifyCopies reads the copies that the case collected, and gives those that
// are whole.
func (g *globalOptions) verifyCopies(ctx context.Context, file *casefile.File, found *custody.Faults) (map[verify.Digest]bool, error) {
	have, err := file.Collected(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what the case collected: %w", err)
	}
	bar := g.newProgress()
	defer bar.done()
	whole := make(map[verify.Digest]bool, len(have))
	for i, d := range slices.Sorted(maps.Keys(have)) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		bar.show(ingest.Progress{Stage: "reading copies", Done: int64(i), Total: int64(len(have))})
		if got := readCopy(file.Info().Dir, d); got != "" {
			found.Add(&custody.BrokenError{Seq: -1, What: fmt.Sprintf("collected copy %s/%s/%s", casefile.ObjectsFolder, d[:2], d), Want: fmt.Sprintf("SHA-256 %s", d), Got: got})
			continue
		}
		whole[d] = true
	}
	return whole, nil
}

// readCopy says what is wrong with a copy, "" for nothing.
func readCopy(dir string, d verify.Digest) string {
	f, _, err := casefile.OpenCollected(dir, d)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no file there"
	case err != nil:
		return fmt.Sprintf("a file that cannot be read: %v", err)
	}
	defer f.Close()
	digest, size, err := hashing.Digest(f)
	switch {
	case err != nil:
		return fmt.Sprintf("a file that cannot be read: %v", err)
	case digest != string(d):
		return fmt.Sprintf("%s, %d bytes", digest, size)
	}
	return ""
}

// gone says whether an original is not where it was scanned.
func gone(root *os.Root, s verify.Sighting) bool {
	f, _, err := source.Open(root, source.File{Rel: s.Rel})
	if err == nil {
		f.Close()
	}
	return errors.Is(err, fs.ErrNotExist)
}

func original(s verify.Sighting, want, got string) *custody.BrokenError {
	return &custody.BrokenError{Seq: -1, What: fmt.Sprintf("original %s", s.Path), Want: want, Got: got}
}

// compareOriginal gives what is wrong with one original, nil for nothing.
func compareOriginal(root *os.Root, s verify.Sighting, paths map[string]string) *custody.BrokenError {
	want := fmt.Sprintf("SHA-256 %s", s.Digest)
	f, _, err := source.Open(root, source.File{Rel: s.Rel})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return original(s, want, "no file there")
	case err != nil:
		return original(s, want, fmt.Sprintf("a file that cannot be read: %v", err))
	}
	defer f.Close()
	digest, size, err := hashing.Digest(f)
	switch {
	case err != nil:
		return original(s, want, fmt.Sprintf("a file that cannot be read: %v", err))
	case digest == string(s.Digest):
		return nil
	case paths[digest] != "":
		return original(s, want, fmt.Sprintf("%s, the bytes of %s", digest, paths[digest]))
	case size < s.Size:
		return original(s, want, fmt.Sprintf("%s, %d bytes of %d", digest, size, s.Size))
	}
	return original(s, want, digest)
}

// openRoots opens the folder of each source; those that cannot be are in
// missing, with the reason. A source without a folder is of another machine.
func openRoots(ctx context.Context, file *casefile.File) (roots map[string]*os.Root, missing map[string]error, err error) {
	sources, err := file.Sources(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the sources of the case: %w", err)
	}
	roots, missing = make(map[string]*os.Root), make(map[string]error)
	for _, s := range sources {
		if s.Dir == "" {
			continue
		}
		root, err := source.Source{Name: s.Name, Dir: s.Dir}.OpenRoot()
		if err != nil {
			missing[s.Name] = err
			continue
		}
		roots[s.Name] = root
	}
	return roots, missing, nil
}

func closeRoots(roots map[string]*os.Root) {
	for _, r := range roots {
		r.Close()
	}
}
