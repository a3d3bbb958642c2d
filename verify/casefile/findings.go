package casefile

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// replaceFindings puts findings in place of those of the same origin
// and// returns the digest of the rows.
func replaceFindings(t *txn, origin string, findings []verify.Finding) (string, error) {
	if _, err := t.exec("DELETE FROM findings WHERE origin = ?", origin); err != nil {
		return "", err
	}
	rows := make([][]byte, len(findings))
	for i, finding := range findings {
		var err error
		if rows[i], err = json.Marshal(finding); err != nil {
			return "", fmt.Errorf("finding %s: %w", finding.Code, err)
		}
		if _, err := t.exec("INSERT INTO findings (origin, finding) VALUES (?, ?)", origin, string(rows[i])); err != nil {
			return "", err
		}
	}
	return rowsDigest(rows), nil
}

// ReplaceFindings puts what one check of the case as a whole reports in place
// of what the same check reported before. Findings of items and sources come
// with the scan.
func (f *File) ReplaceFindings(ctx context.Context, check string, findings []verify.Finding) error {
	err := f.locked(ctx, func(t *txn) error {
		name := "check/" + check
		result, err := replaceFindings(t, name, findings)
		if err != nil {
			return err
		}
		_, err = t.event(findingsReported, nil, resultsBody{Count: len(findings), Result: result, Origin: name})
		return err
	})
	if err != nil {
		return fmt.Errorf("store findings: %w", err)
	}
	return nil
}

// Findings gives everything that was reported: first of files, by path (what
// was found in an item is said of each path it is present at, and a file that
// vanished or changed since an earlier scan is a finding too), then of
// sources, then of the case.
func (f *File) Findings(ctx context.Context) ([]verify.Finding, error) {
	list, err := f.fileFindings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	// "source/…" stands before "check/…"
	rest, err := readRows[verify.Finding](ctx, f, "SELECT finding FROM findings ORDER BY origin LIKE 'check/%', origin, ord")
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	return append(list, rest...), nil
}

func (f *File) fileFindings(ctx context.Context) ([]verify.Finding, error) {
	rows, err := f.query(ctx, `
		SELECT s.path, i.findings, s.findings, s.extra, s.gone IS NOT NULL,
			EXISTS (SELECT 1 FROM sightings n WHERE n.source = s.source AND n.rel = s.rel AND n.gone IS NULL)
		FROM sightings s JOIN items i ON i.digest = s.digest
		WHERE s.gone IS NOT NULL OR length(i.findings) > 4 OR length(s.findings) > 4 OR length(s.extra) > 4
		ORDER BY s.path, s.source, s.rel, s.gone IS NOT NULL, s.gone, s.digest`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []verify.Finding
	for rows.Next() {
		var path string
		var ofItem, ofSighting, extra []byte
		var gone, replaced bool
		if err := rows.Scan(&path, &ofItem, &ofSighting, &extra, &gone, &replaced); err != nil {
			return nil, err
		}
		if gone {
			list = append(list, verify.Finding{Path: source.Text(path), Finding: goneFinding(replaced)})
			continue
		}
		for _, text := range [][]byte{ofItem, ofSighting} {
			var found []extract.Finding
			if err := json.Unmarshal(text, &found); err != nil {
				return nil, fmt.Errorf("stored findings of %s: %w", path, err)
			}
			for _, finding := range found {
				list = append(list, verify.Finding{Path: source.Text(path), Finding: finding})
			}
		}
		var more []verify.Finding
		if err := json.Unmarshal(extra, &more); err != nil {
			return nil, fmt.Errorf("stored findings of %s: %w", path, err)
		}
		list = append(list, more...)
	}
	return list, rows.Err()
}

func goneFinding(replaced bool) extract.Finding {
	if replaced {
		return extract.Finding{Code: "file-changed", Severity: source.Warning, Message: "an earlier scan read other content at this path"}
	}
	return extract.Finding{Code: "file-gone", Severity: source.Warning, Message: "an earlier scan read this file and it is no longer there"}
}
