package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// The kinds of event that a scan writes.
const (
	scanBegan   = "scan-began"
	filesRead   = "files-read"
	sourceRead  = "source-read"
	scanEnded   = "scan-ended"
	maxPerEvent = 500 // results that one files-read event holds
)

// Scan is one pass over the sources of a case. Its calls are made one after
// the other; the ledger holds them in that order.
type Scan struct {
	file *File
	id   int64
	info ScanInfo
}

type scanBeganBody struct {
	Scan        int64             `json:"scan"`
	Sources     []scanSource      `json:"sources"`
	Version     string            `json:"version"`
	Params      map[string]string `json:"params"`
	Interrupted int64             `json:"interrupted"` // an earlier scan without an end, or 0
}

type scanSource struct {
	Name string `json:"name"`
	Dir  string `json:"dir"`
}

// BeginScan records what a scan sets out to do. An earlier scan that did not
// end is named in the event; what it stored stays.
func (f *File) BeginScan(ctx context.Context, info ScanInfo) (*Scan, error) {
	var s *Scan
	err := f.locked(ctx, func(t *txn) (err error) {
		s, err = t.beginScan(info)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("begin scan: %w", err)
	}
	return s, nil
}

func (t *txn) beginScan(info ScanInfo) (*Scan, error) {
	text, err := json.Marshal(info)
	if err != nil {
		return nil, err
	}
	s := &Scan{file: t.file, info: info}
	body := scanBeganBody{Sources: []scanSource{}, Version: info.Version, Params: info.Params}
	for _, src := range info.Sources {
		body.Sources = append(body.Sources, scanSource{src.Name, src.Dir})
	}
	if err := t.tx.QueryRowContext(t.ctx, "SELECT coalesce(max(id), 0) + 1, coalesce(max(id) FILTER (WHERE ended = ''), 0) FROM scans").Scan(&s.id, &body.Interrupted); err != nil {
		return nil, err
	}
	body.Scan = s.id
	event, err := t.event(scanBegan, nil, body)
	if err != nil {
		return nil, err
	}
	if _, err := t.exec("INSERT INTO scans (id, began, info) VALUES (?, ?, ?)", s.id, formatTime(event.At), string(text)); err != nil {
		return nil, err
	}
	for _, src := range info.Sources {
		if _, err := t.exec("INSERT INTO sources (name, dir) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET dir = excluded.dir", src.Name, src.Dir); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// ID is the number of the scan in this case.
func (s *Scan) ID() int64 { return s.id }

// Put stores a batch in one transaction: all of it or, with an error, none.
// What the events hold depends on the results and their order alone.
func (s *Scan) Put(ctx context.Context, results []Result) error {
	rows, err := s.rows(results)
	if err != nil {
		return err
	}
	if err := s.file.putPictures(ctx, results, true); err != nil {
		return fmt.Errorf("store pictures: %w", err)
	}
	return s.file.locked(ctx, func(t *txn) error {
		for batch := range slices.Chunk(rows, maxPerEvent) {
			if err := s.putBatch(t, batch); err != nil {
				return err
			}
		}
		return nil
	})
}

// resultRow is a result in the form of the tables.
type resultRow struct {
	sighting sightingRow
	item     *itemRow
}

func (s *Scan) rows(results []Result) ([]resultRow, error) {
	rows := make([]resultRow, len(results))
	for i, r := range results {
		if !validDigest(r.Sighting.Digest) {
			return nil, fmt.Errorf("store %s: %.80q is not a digest", r.Sighting.Path, r.Sighting.Digest)
		}
		var err error
		if rows[i].sighting, err = newSightingRow(&r.Sighting, r.Findings); err != nil {
			return nil, fmt.Errorf("store %s: %w", r.Sighting.Path, err)
		}
		if r.Item == nil {
			continue
		}
		if r.Item.Digest != r.Sighting.Digest {
			return nil, fmt.Errorf("store %s: item and sighting have different digests", r.Sighting.Path)
		}
		row, err := newItemRow(r.Item, s.info.Version)
		if err != nil {
			return nil, fmt.Errorf("store %s: %w", r.Sighting.Path, err)
		}
		rows[i].item = &row
	}
	return rows, nil
}

// filesReadBody names what a batch brought: the records of the items that the
// event has as subjects, in the same order, and every sighting.
type filesReadBody struct {
	Scan      int64           `json:"scan"`
	Items     []string        `json:"items"`
	Sightings []sightingEvent `json:"sightings"`
	Merged    bool            `json:"merged,omitempty"` // they came with another case: what stood at their places stays
}

type sightingEvent struct {
	Source string `json:"source"`
	relName
	Digest string `json:"sha256"`
	Size   int64  `json:"size"`
	Record string `json:"record"`
}

func (s *Scan) putBatch(t *txn, batch []resultRow) error {
	body := filesReadBody{Scan: s.id, Items: []string{}, Sightings: []sightingEvent{}}
	var subjects []string
	touched := make(map[string]bool)
	for _, r := range batch {
		if r.item != nil {
			record, changed, err := s.putItem(t, *r.item)
			if err != nil {
				return err
			}
			if changed {
				subjects, body.Items = append(subjects, r.item.digest), append(body.Items, record)
			}
		}
		record, err := s.putSighting(t, r.sighting, touched)
		if err != nil {
			return err
		}
		body.Sightings = append(body.Sightings, sightingEvent{
			r.sighting.source, newRelName(r.sighting.rel), r.sighting.digest, r.sighting.size, record})
	}
	if err := setPaths(t, touched); err != nil {
		return err
	}
	_, err := t.event(filesRead, subjects, body)
	return err
}

// putItem stores an item unless the same record is there already.
func (s *Scan) putItem(t *txn, r itemRow) (record string, changed bool, err error) {
	record = r.record()
	result, err := t.exec(`INSERT INTO items (digest, size, kind, unread, version, media, findings, sampling, frames, record)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (digest) DO UPDATE SET size = excluded.size, kind = excluded.kind, unread = excluded.unread, version = excluded.version,
			media = excluded.media, findings = excluded.findings, sampling = excluded.sampling, frames = excluded.frames, record = excluded.record
		WHERE record <> excluded.record`,
		r.digest, r.size, r.kind, r.unread, r.version, string(r.media), string(r.findings), string(r.sampling), r.frames, record)
	if err != nil {
		return "", false, err
	}
	n, err := result.RowsAffected()
	return record, n > 0, err
}

// putSighting stores a sighting and marks gone what stood at the same place
// with other content.
func (s *Scan) putSighting(t *txn, r sightingRow, touched map[string]bool) (record string, err error) {
	if err := s.markGone(t, "digest <> ?", r.source, r.rel, r.digest, touched); err != nil {
		return "", err
	}
	touched[r.digest] = true
	return s.insertSighting(t, r)
}

func (s *Scan) insertSighting(t *txn, r sightingRow) (record string, err error) {
	record = r.record()
	known, err := s.knows(t, r.digest)
	if err != nil {
		return "", err
	}
	if !known {
		return "", fmt.Errorf("store %s: %w: %s", r.path, ErrUnknownItem, r.digest)
	}
	_, err = t.exec(`INSERT OR REPLACE INTO sightings (source, rel, digest, path, account, size, mtime_s, mtime_ns, claims, findings, extra, record, scan)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.source, []byte(r.rel), r.digest, r.path, r.account, r.size, r.mtimeS, r.mtimeNS,
		string(r.claims), string(r.findings), string(r.extra), record, s.id)
	return record, err
}

// markGone marks the present sightings of a place whose digest meets the
// condition, and notes the items that this touches.
func (s *Scan) markGone(t *txn, condition, sourceName, rel, digest string, touched map[string]bool) error {
	stmt, err := t.prepare("UPDATE sightings SET gone = ? WHERE source = ? AND rel = ? AND gone IS NULL AND " + condition + " RETURNING digest")
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(t.ctx, s.id, sourceName, []byte(rel), digest)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var was string
		if err := rows.Scan(&was); err != nil {
			return err
		}
		touched[was] = true
	}
	return rows.Err()
}

// setPaths gives each touched item the first path of its present sightings.
func setPaths(t *txn, touched map[string]bool) error {
	for digest := range touched {
		if _, err := t.exec("UPDATE items SET path = (SELECT min(path) FROM sightings WHERE digest = ?1 AND gone IS NULL) WHERE digest = ?1", digest); err != nil {
			return err
		}
	}
	return nil
}

type sourceReadBody struct {
	Scan        int64     `json:"scan"`
	Source      string    `json:"source"`
	Present     int       `json:"present"`
	Sidecars    int       `json:"sidecars"`
	SidecarList string    `json:"sidecar_list,omitempty"` // digest of the list as one row; an earlier version left it out
	Gone        []relName `json:"gone"`
	Findings    string    `json:"findings"` // digest of the rows, see rowsDigest
}

// SourceDone closes one source: it marks gone what is no longer there and
// replaces the findings of the source. It returns the relative paths that it
// marked, sorted.
func (s *Scan) SourceDone(ctx context.Context, r SourceResult) (gone []string, err error) {
	sidecars, err := json.Marshal(r.Sidecars)
	if err != nil {
		return nil, fmt.Errorf("close source %s: %w", r.Name, err)
	}
	known, err := s.file.SourceState(ctx, r.Name)
	if err != nil {
		return nil, err
	}
	for _, rel := range r.Present {
		delete(known, rel)
	}
	body := sourceReadBody{Scan: s.id, Source: r.Name, Present: len(r.Present), Sidecars: len(r.Sidecars),
		SidecarList: rowsDigest([][]byte{sidecars}), Gone: []relName{}}
	for rel := range known {
		gone = append(gone, rel)
	}
	slices.Sort(gone)
	err = s.file.locked(ctx, func(t *txn) error {
		touched := make(map[string]bool)
		for _, rel := range gone {
			body.Gone = append(body.Gone, newRelName(rel))
			if err := s.markGone(t, "digest <> ?", r.Name, rel, "", touched); err != nil { // whatever stood there
				return err
			}
		}
		if err := setPaths(t, touched); err != nil {
			return err
		}
		if body.Findings, err = replaceFindings(t, sourceCheck(r.Name), r.Findings); err != nil {
			return err
		}
		result, err := t.exec("UPDATE sources SET sidecars = ?, scan = ? WHERE name = ?", string(sidecars), s.id, r.Name)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return errors.New("it is not part of any scan")
		}
		_, err = t.event(sourceRead, nil, body)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("close source %s: %w", r.Name, err)
	}
	return gone, nil
}

type scanEndedBody struct {
	Scan    int64           `json:"scan"`
	Summary json.RawMessage `json:"summary"`
}

// End records that the scan came to its end, signs the ledger and folds the
// write-ahead log into the database. The summary is any value with a JSON
// form, or nil.
func (s *Scan) End(ctx context.Context, summary any) error {
	f := s.file
	f.writing.Lock()
	defer f.writing.Unlock()
	err := f.write(ctx, func(t *txn) error { return t.endScan(s, summary) })
	if err != nil {
		return fmt.Errorf("end scan: %w", err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return fmt.Errorf("end scan: %w", err)
	}
	return first(f.truncateLog(ctx), f.cache.truncate(ctx))
}

func (t *txn) endScan(s *Scan, summary any) error {
	text, err := json.Marshal(summary)
	if err != nil {
		return err
	}
	event, err := t.event(scanEnded, nil, scanEndedBody{s.id, text})
	if err != nil {
		return err
	}
	_, err = t.exec("UPDATE scans SET ended = ?, summary = ? WHERE id = ?", formatTime(event.At), string(text), s.id)
	return err
}

func validDigest(d verify.Digest) bool { return len(d) == 64 && isHex(string(d)) }

// isHex says whether a text is of lower-case hexadecimal digits.
func isHex(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// sourceCheck is the name under which the findings of a source stand.
func sourceCheck(name string) string { return "source/" + ledgerText(name) }
