package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
)

// shelf is one table of the cache with something for each frame.
type shelf struct {
	what, table, column string
	sum                 func(storedFrame) sum // of what was made when the item was examined
}

var (
	thumbs   = shelf{"thumb", "thumbs", "jpeg", func(f storedFrame) sum { return f.thumb }}
	features = shelf{"keypoints", "features", "entries", func(f storedFrame) sum { return f.features }}
)

func (s shelf) insert() string {
	return "INSERT OR REPLACE INTO " + s.table + " (digest, at, " + s.column + ") VALUES (?, ?, ?)"
}

func (s shelf) clear() string { return "DELETE FROM " + s.table + " WHERE digest = ?" }

// drawer is where the cache has one thing, and the sum that it had when it was
// made.
type drawer struct {
	table, column, where string
	args                 []any
	sum                  func(*storedItem) (sum, error)
}

// at is the drawer of one frame.
func (s shelf) at(digest verify.Digest, at time.Duration) drawer {
	return drawer{
		table: s.table, column: s.column, where: "digest = ? AND at = ?", args: []any{string(digest), int64(at)},
		sum: func(it *storedItem) (sum, error) {
			i := slices.IndexFunc(it.frames, func(f storedFrame) bool { return f.at == at })
			if i < 0 {
				return sum{}, fmt.Errorf("there is no such frame: %w", ErrNotCached)
			}
			return s.sum(it.frames[i]), nil
		},
	}
}

// has says whether the cache has as much, right or not, as was made of one
// item.
func (c *cache) has(ctx context.Context, digest string, it *storedItem) bool {
	var wanted, have [3]int
	for _, f := range it.frames {
		for i, s := range []shelf{thumbs, features} {
			if s.sum(f).any() {
				wanted[i]++
			}
		}
	}
	for _, s := range it.moving {
		if s.any() {
			wanted[2]++
		}
	}
	if wanted == have {
		return true
	}
	if c == nil {
		return false
	}
	err := c.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM thumbs WHERE digest = ?1),
		(SELECT count(*) FROM features WHERE digest = ?1), (SELECT count(*) FROM moving WHERE digest = ?1)`,
		digest).Scan(&have[0], &have[1], &have[2])
	return err == nil && have == wanted
}

func (c *cache) get(ctx context.Context, query string, args ...any) ([]byte, error) {
	if c == nil {
		return nil, ErrNotCached
	}
	var kept []byte
	err := c.reader.QueryRowContext(ctx, query, args...).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotCached
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotCached, err)
	}
	return kept, nil
}

func (c *cache) put(ctx context.Context, results []Result) error {
	return c.change(ctx, func(tx *sql.Tx) error { return putAll(ctx, tx, results) })
}

func putAll(ctx context.Context, tx *sql.Tx, results []Result) error {
	var failed error
	prepare := func(query string) *sql.Stmt {
		s, err := tx.PrepareContext(ctx, query) // the transaction closes it
		failed = errors.Join(failed, err)
		return s
	}
	dropThumbs, thumb := prepare(thumbs.clear()), prepare(thumbs.insert())
	dropFeatures, entries := prepare(features.clear()), prepare(features.insert())
	dropMoving, part := prepare("DELETE FROM moving WHERE digest = ?"), prepare("INSERT OR REPLACE INTO moving (digest, part, bytes) VALUES (?, ?, ?)")
	preview := prepare("INSERT INTO previews (digest, jpeg) VALUES (?, ?) ON CONFLICT (digest) DO UPDATE SET jpeg = excluded.jpeg")
	exec := func(s *sql.Stmt, args ...any) {
		if failed == nil {
			_, failed = s.ExecContext(ctx, args...)
		}
	}
	for _, r := range results {
		if r.Preview != nil {
			exec(preview, string(r.Sighting.Digest), r.Preview)
		}
		if r.Item == nil {
			continue
		}
		digest := string(r.Item.Digest)
		exec(dropThumbs, digest) // another version may have had other frames
		exec(dropFeatures, digest)
		exec(dropMoving, digest)
		if m := r.Item.Moving; m != nil {
			for _, p := range movingParts {
				if b := p.of(m); len(b) > 0 {
					exec(part, digest, p.name, b)
				}
			}
		}
		for _, f := range r.Item.Frames {
			if len(f.Thumb) > 0 {
				exec(thumb, digest, int64(f.At), f.Thumb)
			}
			if len(f.Features) > 0 {
				exec(entries, digest, int64(f.At), f.Features)
			}
		}
	}
	return failed
}

// putPictures stores what is kept beside the case ahead of the rows that speak
// of it; that of a batch that then fails is replaced when it comes again. With
// forget, what was remembered of items that come to have other frames goes.
func (f *File) putPictures(ctx context.Context, results []Result, forget bool) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return err
	}
	if forget {
		if err := f.forgetVerdicts(ctx, results); err != nil {
			return err
		}
	}
	return f.cache.put(ctx, results)
}

// Thumb gives the grey JPEG of one frame, as it was when the item was
// examined: one that has since changed is [ErrNotCached], as one that is
// missing.
func (f *File) Thumb(ctx context.Context, digest verify.Digest, at time.Duration) ([]byte, error) {
	jpeg, err := f.kept(ctx, digest, thumbs.at(digest, at))
	if err == nil && jpeg == nil {
		err = ErrNotCached
	}
	if err != nil {
		return nil, fmt.Errorf("read thumb of %s at %s: %w", digest, at, err)
	}
	return jpeg, nil
}

// Features gives the keypoints of one frame as they were found when the item
// was examined, an empty set when none were looked for, as in most frames of a
// video. Where the cache lost them, the error is [ErrNotCached].
func (f *File) Features(ctx context.Context, digest verify.Digest, at time.Duration) (feature.Set, error) {
	b, err := f.kept(ctx, digest, features.at(digest, at))
	if err == nil && b == nil {
		return feature.Set{}, nil
	}
	var set feature.Set
	if err == nil {
		set, err = feature.Decode(b)
	}
	if err != nil {
		return feature.Set{}, fmt.Errorf("read keypoints of %s at %s: %w", digest, at, err)
	}
	return set, nil
}

// kept reads from the cache and compares with the item, where nil is what
// was never made. What is not what was made is dropped, so that the next scan
// makes it again.
func (f *File) kept(ctx context.Context, digest verify.Digest, d drawer) ([]byte, error) {
	kept, notKept := f.cache.get(ctx, "SELECT "+d.column+" FROM "+d.table+" WHERE "+d.where, d.args...)
	it, err := f.storedItem(ctx, digest)
	if err != nil {
		return nil, err
	}
	made, err := d.sum(&it)
	switch {
	case err != nil:
		return nil, err
	case !made.any():
		return nil, nil
	case notKept != nil:
		return nil, notKept
	case made == sumOf(kept):
		return kept, nil
	}
	if f.cache.writer != nil {
		err = f.cache.drop(ctx, d, kept)
	}
	return nil, errors.Join(fmt.Errorf("it is not what was examined: %w", ErrNotCached), err)
}

// drop deletes what is still as it was read.
func (c *cache) drop(ctx context.Context, d drawer, kept []byte) error {
	_, err := c.writer.ExecContext(ctx, "DELETE FROM "+d.table+" WHERE "+d.where+" AND "+d.column+" = ?", slices.Concat(d.args, []any{kept})...)
	return err
}

func (f *File) storedItem(ctx context.Context, digest verify.Digest) (storedItem, error) {
	db, err := f.reading()
	if err != nil {
		return storedItem{}, err
	}
	var blob []byte
	err = db.QueryRowContext(ctx, "SELECT frames FROM items WHERE digest = ?", string(digest)).Scan(&blob)
	if errors.Is(err, sql.ErrNoRows) {
		return storedItem{}, ErrUnknownItem
	}
	if err != nil {
		return storedItem{}, err
	}
	return decodeItem(blob)
}

// Preview gives the colour JPEG of an item, or [ErrNotCached].
func (f *File) Preview(ctx context.Context, digest verify.Digest) ([]byte, error) {
	if _, err := f.reading(); err != nil {
		return nil, err
	}
	jpeg, err := f.cache.get(ctx, "SELECT jpeg FROM previews WHERE digest = ?", string(digest))
	if err != nil {
		return nil, fmt.Errorf("read preview of %s: %w", digest, err)
	}
	return jpeg, nil
}
