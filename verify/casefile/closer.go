package casefile

import (
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// Closer is an item that was looked at again, more closely than when it was
// found, and the preview that came of it, or nil.
type Closer struct {
	Item    *verify.Item
	Preview []byte
}

// Replace puts items in place of what the case has of the same content, in one
// transaction; where they were seen stays as it is, and so does what a search
// remembered, which is for it to tell by how an item was sampled. What the event
// holds depends on the items and their order alone.
func (s *Scan) Replace(ctx context.Context, items []Closer) error {
	results := make([]Result, len(items))
	rows := make([]itemRow, len(items))
	for i, c := range items {
		results[i] = Result{Item: c.Item, Preview: c.Preview}
		results[i].Sighting.Digest = c.Item.Digest
		var err error
		if rows[i], err = newItemRow(c.Item, s.info.Version); err != nil {
			return fmt.Errorf("store item %s: %w", c.Item.Digest, err)
		}
	}
	if err := s.file.putPictures(ctx, results, false); err != nil {
		return fmt.Errorf("store pictures: %w", err)
	}
	return s.file.locked(ctx, func(t *txn) error {
		for batch := range slices.Chunk(rows, maxPerEvent) {
			if err := s.replaceBatch(t, batch); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Scan) replaceBatch(t *txn, batch []itemRow) error {
	body := filesReadBody{Scan: s.id, Items: []string{}, Sightings: []sightingEvent{}}
	var subjects []string
	for _, r := range batch {
		known, err := s.knows(t, r.digest)
		if err != nil {
			return err
		}
		if !known {
			return fmt.Errorf("store item: %w: %s", ErrUnknownItem, r.digest)
		}
		record, changed, err := s.putItem(t, r)
		if err != nil {
			return err
		}
		if changed {
			subjects, body.Items = append(subjects, r.digest), append(body.Items, record)
		}
	}
	_, err := t.event(filesRead, subjects, body)
	return err
}

// knows says whether the case has an item.
func (s *Scan) knows(t *txn, digest string) (known bool, err error) {
	exists, err := t.prepare("SELECT EXISTS (SELECT 1 FROM items WHERE digest = ?)")
	if err != nil {
		return false, err
	}
	err = exists.QueryRowContext(t.ctx, digest).Scan(&known)
	return known, err
}
