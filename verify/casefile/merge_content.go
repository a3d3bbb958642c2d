package casefile

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"

	"github.com/firsthand-media/firsthand/extract/source"
)

// contentPlan is what another case has and this one has not.
type contentPlan struct {
	other     *File
	items     []string              // digests
	sightings []sightingKey         // present there
	sources   []source.Source       // new names
	known     map[string][]knownRow // by set
	sets      map[string]knownLoadedBody
}

// rowMark is what tells rows of one key apart.
type rowMark struct{ version, record string }

// newer says which of two rows of one item stands in every case that has both:
// that of the newer version of the program, else the one with the greater record.
func (a rowMark) newer(b rowMark) bool {
	x, errX := strconv.ParseInt(a.version, 10, 64)
	y, errY := strconv.ParseInt(b.version, 10, 64)
	byVersion := cmp.Compare(a.version, b.version)
	if errX == nil && errY == nil {
		byVersion = cmp.Compare(x, y)
	}
	return cmp.Or(byVersion, cmp.Compare(a.record, b.record)) > 0
}

func (f *File) planContent(ctx context.Context, other *File) (*contentPlan, error) {
	p := &contentPlan{other: other}
	ours, err := f.itemMarks(ctx)
	if err != nil {
		return nil, err
	}
	theirs, err := other.itemMarks(ctx)
	if err != nil {
		return nil, err
	}
	for _, digest := range slices.Sorted(maps.Keys(theirs)) {
		if was, known := ours[digest]; !known || theirs[digest].newer(was) {
			p.items = append(p.items, digest)
		}
	}
	if err := p.planSightings(ctx, f); err != nil {
		return nil, err
	}
	if err := p.planSources(ctx, f); err != nil {
		return nil, err
	}
	return p, p.planKnown(ctx, f)
}

func (f *File) itemMarks(ctx context.Context) (map[string]rowMark, error) {
	rows, err := f.query(ctx, "SELECT digest, version, record FROM items")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	marks := make(map[string]rowMark)
	for rows.Next() {
		var digest string
		var m rowMark
		if err := rows.Scan(&digest, &m.version, &m.record); err != nil {
			return nil, err
		}
		marks[digest] = m
	}
	return marks, rows.Err()
}

// presentMarks gives the records of the present sightings.
func (f *File) presentMarks(ctx context.Context) (map[sightingKey]string, error) {
	rows, err := f.query(ctx, "SELECT source, rel, digest, record FROM sightings WHERE gone IS NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	marks := make(map[sightingKey]string)
	for rows.Next() {
		var k sightingKey
		var rel []byte
		var record string
		if err := rows.Scan(&k.source, &rel, &k.digest, &record); err != nil {
			return nil, err
		}
		k.rel = string(rel)
		marks[k] = record
	}
	return marks, rows.Err()
}

func (p *contentPlan) planSightings(ctx context.Context, f *File) error {
	ours, err := f.presentMarks(ctx)
	if err != nil {
		return err
	}
	theirs, err := p.other.presentMarks(ctx)
	if err != nil {
		return err
	}
	for _, k := range slices.SortedFunc(maps.Keys(theirs), compareSightings) {
		if theirs[k] > ours[k] { // "" where it is not here
			p.sightings = append(p.sightings, k)
		}
	}
	return nil
}

// planSources finds sources of new names. Their folder is kept where there is
// one of that path on this machine.
func (p *contentPlan) planSources(ctx context.Context, f *File) error {
	ours, err := f.Sources(ctx)
	if err != nil {
		return err
	}
	theirs, err := p.other.Sources(ctx)
	if err != nil {
		return err
	}
	for _, s := range theirs {
		if slices.ContainsFunc(ours, func(o SourceInfo) bool { return o.Name == s.Name }) {
			continue
		}
		dir := s.Dir
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			dir = ""
		}
		p.sources = append(p.sources, source.Source{Name: s.Name, Dir: dir})
	}
	return nil
}

// planKnown finds known incidents that are new; of two of one id the greater text
// stands.
func (p *contentPlan) planKnown(ctx context.Context, f *File) error {
	sets, err := p.other.KnownSets(ctx)
	if err != nil {
		return err
	}
	p.known, p.sets = make(map[string][]knownRow), make(map[string]knownLoadedBody)
	for _, s := range sets {
		theirs, err := p.other.knownRows(ctx, s.Name)
		if err != nil {
			return err
		}
		ours, err := f.knownRows(ctx, s.Name)
		if err != nil {
			return err
		}
		body := knownLoadedBody{Set: s.Name, File: s.File, Format: s.Format}
		for _, id := range slices.Sorted(maps.Keys(theirs)) {
			switch was, known := ours[id]; {
			case known && theirs[id] <= was:
				continue
			case known:
				body.Changed++
			default:
				body.New++
			}
			ours[id] = theirs[id]
			p.known[s.Name] = append(p.known[s.Name], knownRow{id, theirs[id]})
		}
		body.Entries, body.Result = len(ours), knownDigest(ours)
		p.sets[s.Name] = body
	}
	return nil
}

// putContent writes what is new: as a scan that was made in the other case.
func (t *txn) putContent(p *contentPlan, caseID string, m *Merged) error {
	for _, name := range slices.Sorted(maps.Keys(p.known)) {
		if err := t.loadKnown(p.sets[name], p.known[name]); err != nil {
			return err
		}
		m.Known += len(p.known[name])
	}
	if len(p.items)+len(p.sightings)+len(p.sources) == 0 {
		return nil
	}
	s, err := t.beginScan(ScanInfo{Sources: p.sources, Version: "merge", Params: map[string]string{"case": caseID}})
	if err != nil {
		return err
	}
	if err := t.putTheirItems(s, p); err != nil {
		return err
	}
	if err := t.putTheirSightings(s, p); err != nil {
		return err
	}
	m.Items, m.Sightings = len(p.items), len(p.sightings)
	return t.endScan(s, map[string]int{"items": m.Items, "sightings": m.Sightings})
}

func (t *txn) putTheirItems(s *Scan, p *contentPlan) error {
	for batch := range slices.Chunk(p.items, maxPerEvent) {
		body := filesReadBody{Scan: s.id, Items: []string{}, Sightings: []sightingEvent{}, Merged: true}
		for _, digest := range batch {
			r, err := p.other.itemRow(t.ctx, digest)
			if err != nil {
				return err
			}
			record, _, err := s.putItem(t, r)
			if err != nil {
				return err
			}
			body.Items = append(body.Items, record)
		}
		if _, err := t.event(filesRead, batch, body); err != nil {
			return err
		}
	}
	return nil
}

// itemRow reads a row of items as it stands.
func (f *File) itemRow(ctx context.Context, digest string) (r itemRow, err error) {
	db, err := f.reading()
	if err != nil {
		return r, err
	}
	err = db.QueryRowContext(ctx, "SELECT digest, size, kind, unread, version, media, findings, sampling, frames FROM items WHERE digest = ?", digest).
		Scan(&r.digest, &r.size, &r.kind, &r.unread, &r.version, &r.media, &r.findings, &r.sampling, &r.frames)
	if err != nil {
		return r, fmt.Errorf("read item %s: %w", digest, err)
	}
	return r, nil
}

func (t *txn) putTheirSightings(s *Scan, p *contentPlan) error {
	touched := make(map[string]bool)
	for batch := range slices.Chunk(p.sightings, maxPerEvent) {
		body := filesReadBody{Scan: s.id, Items: []string{}, Sightings: []sightingEvent{}, Merged: true}
		for _, k := range batch {
			r, err := p.other.sightingRow(t.ctx, k)
			if err != nil {
				return err
			}
			record, err := s.insertSighting(t, r)
			if err != nil {
				return err
			}
			touched[r.digest] = true
			body.Sightings = append(body.Sightings, sightingEvent{r.source, newRelName(r.rel), r.digest, r.size, record})
		}
		if _, err := t.event(filesRead, nil, body); err != nil {
			return err
		}
	}
	return setPaths(t, touched)
}

// sightingRow reads a row of sightings as it stands.
func (f *File) sightingRow(ctx context.Context, k sightingKey) (r sightingRow, err error) {
	db, err := f.reading()
	if err != nil {
		return r, err
	}
	var rel []byte
	err = db.QueryRowContext(ctx, `SELECT source, rel, digest, path, account, size, mtime_s, mtime_ns, claims, findings, extra FROM sightings
		WHERE source = ? AND rel = ? AND digest = ?`, k.source, []byte(k.rel), k.digest).
		Scan(&r.source, &rel, &r.digest, &r.path, &r.account, &r.size, &r.mtimeS, &r.mtimeNS, &r.claims, &r.findings, &r.extra)
	if err != nil {
		return r, fmt.Errorf("read %v: %w", k, err)
	}
	r.rel = string(rel)
	return r, nil
}

// pictureTables are the tables of the cache that belong to an item, with the
// columns beside its digest.
var pictureTables = []struct{ name, column, other string }{
	{"thumbs", "at", "jpeg"}, {"features", "at", "entries"}, {"moving", "part", "bytes"}, {"previews", "NULL", "jpeg"},
}

// copyPictures copies what was made of items from the other case's cache, as far
// as it has it: it is compared with the item's row when it is read.
func (f *File) copyPictures(ctx context.Context, other *File, items []string) error {
	if f.cache == nil || f.cache.writer == nil || other.cache == nil || other.cache.reader == nil || len(items) == 0 {
		return nil
	}
	tx, err := f.cache.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after a commit
	for _, table := range pictureTables {
		into := fmt.Sprintf("INSERT OR REPLACE INTO %s (digest, %s, %s) VALUES (?, ?, ?)", table.name, table.column, table.other)
		if table.column == "NULL" {
			into = fmt.Sprintf("INSERT OR REPLACE INTO %s (digest, %s) VALUES (?1, ?3)", table.name, table.other)
		}
		from := fmt.Sprintf("SELECT %s, %s FROM %s WHERE digest = ?", table.column, table.other, table.name)
		for _, digest := range items {
			if err := copyRows(ctx, other.cache.reader, tx, from, into, digest); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// copyRows copies the rows of one item.
func copyRows(ctx context.Context, reader *sql.DB, tx *sql.Tx, from, into, digest string) error {
	rows, err := reader.QueryContext(ctx, from, digest)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key any
		var bytes []byte
		if err := rows.Scan(&key, &bytes); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, into, digest, key, bytes); err != nil {
			return err
		}
	}
	return rows.Err()
}
