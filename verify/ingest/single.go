package ingest

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/match"
)

// One examines a single file outside any case. The item has one sighting,
// whose path is the name as given; its source is empty.
func One(ctx context.Context, name string, opt Options) (verify.Item, error) {
	return one(ctx, name, opt, false)
}

// one examines a file, thoroughly where it is a video.
func one(ctx context.Context, name string, opt Options, thorough bool) (verify.Item, error) {
	return single(ctx, name, opt, func(l *look) (*verify.Item, error) {
		l.thorough = thorough
		item, _, err := l.run(ctx)
		return item, err
	})
}

// single opens a file outside any case and has it examined.
func single(ctx context.Context, name string, opt Options, examine func(*look) (*verify.Item, error)) (verify.Item, error) {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return verify.Item{}, fmt.Errorf("open %s: %w", name, err)
	}
	defer root.Close()
	info, err := root.Lstat(base)
	if err != nil {
		return verify.Item{}, fmt.Errorf("open %s: %w", name, source.Reason(err))
	}
	f := source.File{Rel: base, Path: source.ShownPath("", filepath.ToSlash(name)), Size: info.Size(), ModTime: info.ModTime().UTC()}
	c, err := open(ctx, root, f)
	if err != nil {
		return verify.Item{}, fmt.Errorf("open %s: %w", name, err)
	}
	defer c.file.Close()
	item, err := examine(newLook(opt, c, base))
	if err := cmp.Or(ctx.Err(), err); err != nil {
		return verify.Item{}, fmt.Errorf("examine %s: %w", name, err)
	}
	s := sighting("", f)
	s.Digest, s.Size = c.digest, c.size
	item.Sightings = []verify.Sighting{s}
	return *item, nil
}

// Comparison is what two files share, and what was read of them: the items have
// the thumbnails of their frames.
type Comparison struct {
	verify.Match
	ItemA, ItemB verify.Item
}

// Compare examines two files and says what they share; the relation is empty
// where nothing was found, and Why says how far that goes.
func Compare(ctx context.Context, a, b string, opt Options) (Comparison, error) {
	var items [2]verify.Item
	names := [2]string{a, b}
	for i, name := range names {
		var err error
		if items[i], err = One(ctx, name, opt); err != nil {
			return Comparison{}, err
		}
	}
	again, err := wanted(ctx, items)
	if err != nil {
		return Comparison{}, fmt.Errorf("compare %s and %s: %w", a, b, err)
	}
	for i, name := range names {
		if again[i] {
			closer, err := one(ctx, name, opt, true)
			if err != nil {
				return Comparison{}, err
			}
			if len(closer.Frames) > 0 {
				items[i] = closer
			}
		}
	}
	m, ok, err := match.Compare(items[0], items[1], match.Options{Workers: 1})
	if err != nil {
		return Comparison{}, fmt.Errorf("compare %s and %s: %w", a, b, err)
	}
	if !ok {
		m = verify.Match{A: items[0].Path(), B: items[1].Path(), Why: nothingShared(&items[0], &items[1])}
	}
	return Comparison{m, items[0], items[1]}, nil
}

// wanted says which of two items should be looked at more closely before they
// are compared: a search, which knows, is made only where that could be.
func wanted(ctx context.Context, items [2]verify.Item) (again [2]bool, err error) {
	if !coarse(&items[0]) && !coarse(&items[1]) || items[0].Digest == items[1].Digest {
		return again, nil
	}
	found, err := match.Find(ctx, items[:], match.Options{Workers: 1})
	for i := range items {
		again[i] = coarse(&items[i]) && slices.Contains(found.Sparse, items[i].Digest)
	}
	return again, err
}

// nothingShared says how far the search went.
func nothingShared(a, b *verify.Item) string {
	for _, it := range []*verify.Item{a, b} {
		switch {
		case !it.Readable():
			return fmt.Sprintf("not compared: %s could not be read as a photo or video", it.Path())
		case len(it.Frames) == 0:
			return fmt.Sprintf("not compared: no picture of %s was decoded", it.Path())
		}
	}
	for _, it := range []*verify.Item{a, b} {
		if !slices.ContainsFunc(it.Frames, telling) {
			return fmt.Sprintf("too flat to compare: %s has hardly any detail to be known by", it.Path())
		}
	}
	return "no shared content found; parts under a twentieth of the picture, photographs of a screen from the side and changes all over it can be missed"
}

// telling says whether a frame has enough detail to be found again, by its
// hash or by its keypoints.
func telling(f verify.Frame) bool {
	if len(f.Print.Views()) > 0 {
		return true
	}
	set, err := feature.Decode(f.Features)
	if err != nil {
		return false
	}
	detail, err := hashing.FromJPEG(f.Thumb)
	return err == nil && !(&feature.Picture{Set: set, Detail: detail}).TooFlat()
}
