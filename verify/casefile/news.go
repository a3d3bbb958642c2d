package casefile

import (
	"context"
	"fmt"
)

// News leaves out results that say nothing new: those without an item whose
// sighting stands in the case as present, in the same words. Put with what is
// left gives the same case as Put with all, and a smaller ledger.
func (s *Scan) News(ctx context.Context, results []Result) ([]Result, error) {
	rows, err := s.rows(results)
	if err != nil {
		return nil, err
	}
	db, err := s.file.reading()
	if err != nil {
		return nil, err
	}
	same, err := db.PrepareContext(ctx, "SELECT EXISTS (SELECT 1 FROM sightings WHERE source = ? AND rel = ? AND digest = ? AND record = ? AND gone IS NULL)")
	if err != nil {
		return nil, fmt.Errorf("read sightings: %w", err)
	}
	defer same.Close()
	var news []Result
	for i, r := range rows {
		stands := false
		if r.item == nil {
			at := r.sighting
			if err := same.QueryRowContext(ctx, at.source, []byte(at.rel), at.digest, at.record()).Scan(&stands); err != nil {
				return nil, fmt.Errorf("read sighting %s: %w", at.path, err)
			}
		}
		if !stands {
			news = append(news, results[i])
		}
	}
	return news, nil
}
