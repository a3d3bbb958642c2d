package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify/disk"
)

// cache holds small pictures, their keypoints and what else is made of videos in a database of its own,
// cache/pictures.db. It may be deleted at any time while the case is closed:
// items of which something is missing count as not examined, so the next scan
// makes it again. A nil cache is an empty one.
type cache struct {
	file   string
	writer *sql.DB // nil for reading only
	reader *sql.DB
}

// cacheReaders is how many connections read the cache.
const cacheReaders = 4

const cacheTables = `
	CREATE TABLE IF NOT EXISTS thumbs (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL, jpeg BLOB NOT NULL, UNIQUE (digest, at)) STRICT;
	CREATE TABLE IF NOT EXISTS features (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL, entries BLOB NOT NULL, UNIQUE (digest, at)) STRICT;
	CREATE TABLE IF NOT EXISTS moving (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, part TEXT NOT NULL, bytes BLOB NOT NULL, UNIQUE (digest, part)) STRICT;
	CREATE TABLE IF NOT EXISTS previews (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, jpeg BLOB NOT NULL) STRICT;
	CREATE TABLE IF NOT EXISTS verdicts (digest TEXT PRIMARY KEY, maker TEXT NOT NULL, text BLOB) STRICT;`

// openCache opens the cache for writing. One that is damaged is thrown away.
func openCache(ctx context.Context, dir string) (*cache, error) {
	if err := disk.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("open cache: %w", err)
	}
	c := &cache{file: filepath.Join(dir, "pictures.db")}
	err := c.open(ctx)
	if err == nil {
		return c, nil
	}
	if disk.Broken(err) && !cutOff(err) { // it may be whole
		return nil, fmt.Errorf("open cache: %w", ofDisk(c.file, err))
	}
	if err := c.renew(ctx); err != nil {
		return nil, fmt.Errorf("open cache: %w", err)
	}
	return c, nil
}

func openCacheForReading(ctx context.Context, dir string) *cache {
	c := &cache{file: filepath.Join(dir, "pictures.db")}
	var err error
	if c.reader, err = openForReading(ctx, c.file, cacheReaders); err != nil {
		return nil // no pictures is a state that readers know
	}
	return c
}

func (c *cache) open(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = first(err, c.close())
		}
	}()
	if err := disk.Touch(c.file); err != nil {
		return err
	}
	// What a power cut takes from the cache is made again: no fsync for each commit.
	if c.writer, err = openDatabase(ctx, c.file, readWrite, "normal", 1); err != nil {
		return err
	}
	if _, err := c.writer.ExecContext(ctx, cacheTables); err != nil {
		return err
	}
	c.reader, err = openDatabase(ctx, c.file, readOnly, "", cacheReaders)
	return err
}

// renew starts the cache afresh.
func (c *cache) renew(ctx context.Context) error {
	if err := c.close(); err != nil {
		return err
	}
	if err := removeDatabase(c.file); err != nil {
		return err
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
	return ofDisk(c.file, truncateLog(ctx, c.writer))
}

// change runs one transaction on the cache.
func (c *cache) change(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := c.writer.BeginTx(ctx, nil)
	if err != nil {
		return ofDisk(c.file, err)
	}
	if err := do(tx); err != nil {
		return ofDisk(c.file, first(err, tx.Rollback()))
	}
	return ofDisk(c.file, tx.Commit())
}
