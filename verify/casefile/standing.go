package casefile

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
)

// State is the SHA-256 over the records of all present items and sightings.
// Two moments of a case with one state have the same items, fingerprints and
// claims, so that whatever is made of these alone need not be made again.
func (f *File) State(ctx context.Context) (string, error) {
	db, err := f.reading()
	if err != nil {
		return "", err
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return "", fmt.Errorf("read case: %w", err)
	}
	defer tx.Rollback() // nothing was written
	var records [][]byte
	for _, query := range []string{
		"SELECT record FROM items WHERE path IS NOT NULL ORDER BY digest",
		"SELECT record FROM sightings WHERE gone IS NULL ORDER BY source, rel, digest",
	} {
		if records, err = appendRecords(ctx, tx, records, query); err != nil {
			return "", fmt.Errorf("read records: %w", err)
		}
		records = append(records, nil) // where the items end
	}
	return rowsDigest(records), nil
}

func appendRecords(ctx context.Context, tx *sql.Tx, records [][]byte, query string) ([][]byte, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var record []byte
		if err := rows.Scan(&record); err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	return records, rows.Err()
}

// LastMatching is what made the matches and clusters that stand in the case;
// ok is false when there was no run yet.
func (f *File) LastMatching(ctx context.Context) (run RunInfo, ok bool, err error) {
	return f.lastRun(ctx, matchesFound)
}

// LastGrouping is the same of the incidents.
func (f *File) LastGrouping(ctx context.Context) (run RunInfo, ok bool, err error) {
	return f.lastRun(ctx, incidentsProposed)
}

func (f *File) lastRun(ctx context.Context, kind string) (RunInfo, bool, error) {
	body, ok, err := f.lastBody(ctx, kind)
	return RunInfo{Model: body.Model, Params: body.Params}, ok, err
}

// lastBody looks for the last event of a kind, from the end of the ledger.
func (f *File) lastBody(ctx context.Context, kind string) (body resultsBody, ok bool, err error) {
	rows, err := f.query(ctx, "SELECT entry FROM events ORDER BY seq DESC")
	if err != nil {
		return body, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var entry []byte
		if err := rows.Scan(&entry); err != nil {
			return body, false, fmt.Errorf("read ledger: %w", err)
		}
		var of struct {
			Kind string          `json:"kind"`
			Body json.RawMessage `json:"body"`
		}
		if err := json.Unmarshal(entry, &of); err != nil {
			return body, false, fmt.Errorf("read ledger: %w", err)
		}
		if of.Kind != kind {
			continue
		}
		if err := json.Unmarshal(of.Body, &body); err != nil {
			return body, false, fmt.Errorf("read ledger: body of %s: %w", kind, err)
		}
		return body, true, nil
	}
	return body, false, rows.Err()
}

// CheckFindings gives what stands of one check: see [File.ReplaceFindings].
func (f *File) CheckFindings(ctx context.Context, check string) ([]verify.Finding, error) {
	list, err := readRows[verify.Finding](ctx, f, "SELECT finding FROM findings WHERE origin = ? ORDER BY ord", "check/"+check)
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	return list, nil
}
