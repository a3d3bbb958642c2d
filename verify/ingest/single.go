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
	return single(ctx, name, opt, func(l *look) (*verify.Item, error) {
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
	one, err := One(ctx, a, opt)
	if err != nil {
		return Comparison{}, err
	}
	two, err := One(ctx, b, opt)
	if err != nil {
		return Comparison{}, err
	}
	m, ok, err := match.Compare(one, two, match.Options{Workers: 1})
	if err != nil {
		return Comparison{}, fmt.Errorf("compare %s and %s: %w", a, b, err)
	}
	if !ok {
		m = verify.Match{A: one.Path(), B: two.Path(), Why: nothingShared(&one, &two)}
	}
	return Comparison{m, one, two}, nil
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
