package casefile

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// cache holds small pictures in a database of its own, cache/pictures.db. It
// may be deleted at any time while the case is closed: items whose thumbs are
// missing count as not examined, so the next scan makes them again. A nil
// cache is an empty one.
type cache struct {
	file   string
	writer *sql.DB // nil for reading only
	reader *sql.DB
}

const cacheTables = `
	CREATE TABLE IF NOT EXISTS thumbs (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL, jpeg BLOB NOT NULL, UNIQUE (digest, at)) STRICT;
	CREATE TABLE IF NOT EXISTS previews (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, jpeg BLOB NOT NULL) STRICT;`

// openCache opens the cache for writing. One that is damaged is thrown away.
func openCache(ctx context.Context, dir string) (*cache, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("open cache: %w", err)
	}
	c := &cache{file: filepath.Join(dir, "pictures.db")}
	first := c.open(ctx)
	if first == nil {
		return c, nil
	}
	if err := c.renew(ctx); err != nil {
		return nil, fmt.Errorf("open cache: %w", errors.Join(first, err))
	}
	return c, nil
}

func openCacheForReading(ctx context.Context, dir string) *cache {
	c := &cache{file: filepath.Join(dir, "pictures.db")}
	var err error
	if c.reader, err = openForReading(ctx, c.file, 2); err != nil {
		return nil // no pictures is a state that readers know
	}
	return c
}

func (c *cache) open(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, c.close())
		}
	}()
	if err := touchPrivate(c.file); err != nil {
		return err
	}
	// What a power cut takes from the cache is made again: no fsync for each commit.
	if c.writer, err = openDatabase(ctx, c.file, readWrite, "normal", 1); err != nil {
		return err
	}
	if _, err := c.writer.ExecContext(ctx, cacheTables); err != nil {
		return err
	}
	c.reader, err = openDatabase(ctx, c.file, readOnly, "", 2)
	return err
}

// renew starts the cache afresh.
func (c *cache) renew(ctx context.Context) error {
	if err := c.close(); err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(c.file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return c.open(ctx)
}

func (c *cache) close() error {
	if c == nil {
		return nil
	}
	var errs []error
	for _, db := range []*sql.DB{c.reader, c.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

func (c *cache) truncate(ctx context.Context) error {
	if c == nil || c.writer == nil {
		return nil
	}
	return truncateLog(ctx, c.writer)
}

func (c *cache) hasThumb(ctx context.Context, digest string, at time.Duration) bool {
	if c == nil {
		return false
	}
	var n int
	err := c.reader.QueryRowContext(ctx, "SELECT 1 FROM thumbs WHERE digest = ? AND at = ?", digest, int64(at)).Scan(&n)
	return err == nil
}

func (c *cache) get(ctx context.Context, query string, args ...any) ([]byte, error) {
	if c == nil {
		return nil, ErrNotCached
	}
	var jpeg []byte
	err := c.reader.QueryRowContext(ctx, query, args...).Scan(&jpeg)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotCached
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotCached, err)
	}
	return jpeg, nil
}

func (c *cache) put(ctx context.Context, results []Result) error {
	tx, err := c.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	thumb, err := tx.PrepareContext(ctx, "INSERT INTO thumbs (digest, at, jpeg) VALUES (?, ?, ?) ON CONFLICT (digest, at) DO UPDATE SET jpeg = excluded.jpeg")
	if err != nil {
		return err
	}
	preview, err := tx.PrepareContext(ctx, "INSERT INTO previews (digest, jpeg) VALUES (?, ?) ON CONFLICT (digest) DO UPDATE SET jpeg = excluded.jpeg")
	if err != nil {
		return err
	}
	for _, r := range results {
		if r.Preview != nil {
			if _, err := preview.ExecContext(ctx, string(r.Sighting.Digest), r.Preview); err != nil {
				return err
			}
		}
		if r.Item == nil {
			continue
		}
		for _, frame := range r.Item.Frames {
			if len(frame.Thumb) == 0 {
				continue
			}
			if _, err := thumb.ExecContext(ctx, string(r.Item.Digest), int64(frame.At), frame.Thumb); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// putPictures stores thumbs and previews ahead of the rows that speak of
// them; those of a batch that then fails are replaced when it comes again.
func (f *File) putPictures(ctx context.Context, results []Result) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return err
	}
	return f.cache.put(ctx, results)
}

// Thumb gives the grey JPEG of one frame, as it was when the item was
// examined: one that has since changed is [ErrNotCached], as one that is
// missing.
func (f *File) Thumb(ctx context.Context, digest verify.Digest, at time.Duration) ([]byte, error) {
	db, err := f.reading()
	if err != nil {
		return nil, err
	}
	var blob []byte
	err = db.QueryRowContext(ctx, "SELECT frames FROM items WHERE digest = ?", string(digest)).Scan(&blob)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read thumb of %s: %w", digest, ErrUnknownItem)
	}
	if err != nil {
		return nil, fmt.Errorf("read thumb of %s: %w", digest, err)
	}
	frames, err := decodeFrames(blob)
	if err != nil {
		return nil, fmt.Errorf("read thumb of %s: %w", digest, err)
	}
	jpeg, err := f.cache.get(ctx, "SELECT jpeg FROM thumbs WHERE digest = ? AND at = ?", string(digest), int64(at))
	if err != nil {
		return nil, fmt.Errorf("read thumb of %s at %s: %w", digest, at, err)
	}
	sum := sha256.Sum256(jpeg)
	for _, frame := range frames {
		if frame.at == at && frame.thumb == sum {
			return jpeg, nil
		}
	}
	return nil, fmt.Errorf("read thumb of %s at %s: it is not what was examined: %w", digest, at, ErrNotCached)
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
