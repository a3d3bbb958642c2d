package casefile

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
)

// Verdicts is what a search for likeness remembers of one item, in its own
// words.
type Verdicts struct {
	Digest verify.Digest
	Text   []byte
}

// maxVerdicts bounds what is kept of one item; of one with more, nothing is.
const maxVerdicts = 1 << 20

// Verdicts gives what a search remembered of an item, nil when nothing is
// kept that was made by the same program. It is all forgotten when an item
// comes to have other frames by [Scan.Put], for it was made of these; after a
// closer look ([Scan.Replace]) it stays.
func (f *File) Verdicts(ctx context.Context, by string, digest verify.Digest) ([]byte, error) {
	if _, err := f.reading(); err != nil {
		return nil, err
	}
	text, err := f.cache.get(ctx, "SELECT text FROM verdicts WHERE digest = ? AND maker = ?", string(digest), by)
	if errors.Is(err, ErrNotCached) {
		return nil, nil // also where the cache cannot be read: the search makes it anew
	}
	return text, err
}

// KeepVerdicts puts verdicts in place of those of the same items. They are
// kept in the cache, so that losing them costs time alone.
func (f *File) KeepVerdicts(ctx context.Context, by string, list []Verdicts) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return err
	}
	err := f.cache.change(ctx, func(tx *sql.Tx) error {
		keep, err := tx.PrepareContext(ctx, "INSERT OR REPLACE INTO verdicts (digest, maker, text) VALUES (?, ?, ?)")
		if err != nil {
			return err
		}
		for _, v := range list {
			if len(v.Text) > maxVerdicts {
				v.Text = nil
			}
			if _, err := keep.ExecContext(ctx, string(v.Digest), by, v.Text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep verdicts: %w", err)
	}
	return nil
}

// forgetVerdicts drops all verdicts when one of the results is of an item
// that had other frames. It runs ahead of the change, under writing.
func (f *File) forgetVerdicts(ctx context.Context, results []Result) error {
	for _, r := range results {
		if r.Item == nil {
			continue
		}
		var had []byte
		err := f.writer.QueryRowContext(ctx, "SELECT frames FROM items WHERE digest = ?", string(r.Item.Digest)).Scan(&had)
		if errors.Is(err, sql.ErrNoRows) || err == nil && bytes.Equal(had, encodeFrames(r.Item.Frames, r.Item.Moving)) {
			continue
		}
		if err == nil {
			_, err = f.cache.writer.ExecContext(ctx, "DELETE FROM verdicts")
		}
		return err
	}
	return nil
}
