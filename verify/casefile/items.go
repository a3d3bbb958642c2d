package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// SourceState gives the present files of one source by relative path, as the
// last scan saw them.
func (f *File) SourceState(ctx context.Context, name string) (map[string]Seen, error) {
	rows, err := f.query(ctx, "SELECT rel, size, mtime_s, mtime_ns, digest FROM sightings WHERE source = ? AND gone IS NULL", name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	state := make(map[string]Seen)
	for rows.Next() {
		var rel []byte
		var seen Seen
		var seconds, nanos int64
		if err := rows.Scan(&rel, &seen.Size, &seconds, &nanos, &seen.Digest); err != nil {
			return nil, fmt.Errorf("read source %s: %w", name, err)
		}
		seen.ModTime = time.Unix(seconds, nanos).UTC()
		state[string(rel)] = seen
	}
	return state, rows.Err()
}

// Examined says whether an item was examined by this version of the pipeline
// and what was made of it is still in the cache, so that it need not be read
// again. With moving, it has to have been looked at by an engine for video,
// where it is something that moves.
func (f *File) Examined(ctx context.Context, digest verify.Digest, version string, moving bool) (bool, error) {
	db, err := f.reading()
	if err != nil {
		return false, err
	}
	var blob []byte
	var unseen bool
	err = db.QueryRowContext(ctx, `SELECT frames, NOT unread AND sampling ->> '$.engine' = '' AND
			(kind = 'video' OR media ->> '$.media_type' = 'image/gif' AND media ->> '$.duration_seconds' IS NOT NULL)
		FROM items WHERE digest = ? AND version = ?`, string(digest), version).Scan(&blob, &unseen)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read item %s: %w", digest, err)
	}
	it, err := decodeItem(blob)
	if err != nil || moving && unseen {
		return false, nil // where it is damaged, examining it again mends it
	}
	return f.cache.has(ctx, string(digest), &it), nil
}

const (
	itemColumns     = "i.digest, i.size, i.media, i.findings, i.sampling"
	sightingColumns = "s.source, s.rel, s.digest, s.path, s.account, s.size, s.mtime_s, s.mtime_ns, s.claims, s.findings"
)

func scanItem(rows *sql.Rows) (verify.Item, error) {
	var r itemRow
	if err := rows.Scan(&r.digest, &r.size, &r.media, &r.findings, &r.sampling); err != nil {
		return verify.Item{}, err
	}
	return r.item()
}

func scanSighting(rows *sql.Rows) (verify.Sighting, error) {
	var r sightingRow
	var rel []byte
	if err := rows.Scan(&r.source, &rel, &r.digest, &r.path, &r.account, &r.size, &r.mtimeS, &r.mtimeNS, &r.claims, &r.findings); err != nil {
		return verify.Sighting{}, err
	}
	r.rel = string(rel)
	return r.sighting()
}

// Items gives every item that is present at some path, in the byte order of
// the first of these paths, with its present sightings and without frames
// (see [File.Frames]). All of it is one moment of the case, even while it is
// being written. The loop ends with the first error.
func (f *File) Items(ctx context.Context) iter.Seq2[verify.Item, error] {
	return func(yield func(verify.Item, error) bool) {
		if err := f.eachItem(ctx, yield); err != nil {
			yield(verify.Item{}, fmt.Errorf("read items: %w", err))
		}
	}
}

// eachItem walks items and sightings side by side, both in the same order.
func (f *File) eachItem(ctx context.Context, yield func(verify.Item, error) bool) error {
	db, err := f.reading()
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing was written
	items, err := tx.QueryContext(ctx, "SELECT "+itemColumns+" FROM items i WHERE i.path IS NOT NULL ORDER BY i.path, i.digest")
	if err != nil {
		return err
	}
	defer items.Close()
	// CROSS keeps SQLite from sorting the sightings as a whole
	sightings, err := tx.QueryContext(ctx, "SELECT "+sightingColumns+` FROM items i CROSS JOIN sightings s ON s.digest = i.digest
		WHERE i.path IS NOT NULL AND s.gone IS NULL ORDER BY i.path, i.digest, s.path, s.source, s.rel`)
	if err != nil {
		return err
	}
	defer sightings.Close()
	var ahead *verify.Sighting
	for items.Next() {
		item, err := scanItem(items)
		if err != nil {
			return err
		}
		for {
			if ahead == nil && sightings.Next() {
				s, err := scanSighting(sightings)
				if err != nil {
					return err
				}
				ahead = &s
			}
			if err := sightings.Err(); err != nil {
				return err
			}
			if ahead == nil || ahead.Digest != item.Digest {
				break
			}
			item.Sightings = append(item.Sightings, *ahead)
			ahead = nil
		}
		if !yield(item, nil) {
			return nil
		}
	}
	return items.Err()
}

// Item gives one item with its present sightings and its frames without
// thumbs. An item whose files are all gone is given without sightings; one
// that never was here is [ErrUnknownItem].
func (f *File) Item(ctx context.Context, digest verify.Digest) (verify.Item, error) {
	item, err := f.item(ctx, string(digest))
	if err != nil {
		return verify.Item{}, fmt.Errorf("read item %s: %w", digest, err)
	}
	return item, nil
}

func (f *File) item(ctx context.Context, digest string) (verify.Item, error) {
	db, err := f.reading()
	if err != nil {
		return verify.Item{}, err
	}
	var r itemRow
	err = db.QueryRowContext(ctx, "SELECT "+itemColumns+", i.frames FROM items i WHERE i.digest = ?", digest).Scan(
		&r.digest, &r.size, &r.media, &r.findings, &r.sampling, &r.frames)
	if errors.Is(err, sql.ErrNoRows) {
		return verify.Item{}, ErrUnknownItem
	}
	if err != nil {
		return verify.Item{}, err
	}
	item, err := r.item()
	if err != nil {
		return item, err
	}
	frames, err := decodeFrames(r.frames)
	if err != nil {
		return item, err
	}
	item.Frames = withoutPictures(frames)
	rows, err := db.QueryContext(ctx, "SELECT "+sightingColumns+" FROM sightings s WHERE s.digest = ? AND s.gone IS NULL ORDER BY s.path, s.source, s.rel", digest)
	if err != nil {
		return item, err
	}
	defer rows.Close()
	for rows.Next() {
		s, err := scanSighting(rows)
		if err != nil {
			return item, err
		}
		item.Sightings = append(item.Sightings, s)
	}
	return item, rows.Err()
}

// leastDigits is how much of a digest names an item.
const leastDigits = 8

// Named finds a present item by one of its paths, or by its digest or the
// first 8 digits of it or more. Where there is none, the error is
// [ErrUnknownItem].
func (f *File) Named(ctx context.Context, name string) (verify.Digest, error) {
	rows, err := f.query(ctx, `SELECT digest FROM sightings WHERE path = ?1 AND gone IS NULL
		UNION SELECT digest FROM items WHERE ?2 AND digest >= ?1 AND digest < ?1 || 'g' AND path IS NOT NULL`,
		name, len(name) >= leastDigits && isHex(name))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var found []verify.Digest
	for rows.Next() {
		var d verify.Digest
		if err := rows.Scan(&d); err != nil {
			return "", fmt.Errorf("find %s: %w", name, err)
		}
		found = append(found, d)
	}
	switch {
	case rows.Err() != nil:
		return "", fmt.Errorf("find %s: %w", name, rows.Err())
	case len(found) == 0:
		return "", fmt.Errorf("find %s: %w", name, ErrUnknownItem)
	case len(found) > 1:
		return "", fmt.Errorf("%s names %d items; give more of the digest", name, len(found))
	}
	return found[0], nil
}

// Frames gives the fingerprints of every present item that has some, by
// digest, without thumbs. The loop ends with the first error.
func (f *File) Frames(ctx context.Context) iter.Seq2[ItemFrames, error] {
	return func(yield func(ItemFrames, error) bool) {
		if err := f.eachFrames(ctx, yield); err != nil {
			yield(ItemFrames{}, fmt.Errorf("read fingerprints: %w", err))
		}
	}
}

func (f *File) eachFrames(ctx context.Context, yield func(ItemFrames, error) bool) error {
	rows, err := f.query(ctx, "SELECT digest, frames FROM items WHERE path IS NOT NULL ORDER BY digest")
	if err != nil {
		return err
	}
	defer rows.Close()
	var blob sql.RawBytes
	for rows.Next() {
		var frames ItemFrames
		if err := rows.Scan(&frames.Digest, &blob); err != nil {
			return err
		}
		stored, err := decodeFrames(blob)
		if err != nil {
			return fmt.Errorf("item %s: %w", frames.Digest, err)
		}
		if frames.Frames = withoutPictures(stored); frames.Frames == nil {
			continue
		}
		if !yield(frames, nil) {
			return nil
		}
	}
	return rows.Err()
}

// reading is the pool for reading.
func (f *File) reading() (*sql.DB, error) {
	f.state.RLock()
	defer f.state.RUnlock()
	if f.closed {
		return nil, ErrClosed
	}
	return f.readers, nil
}

func (f *File) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	db, err := f.reading()
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	return rows, nil
}
