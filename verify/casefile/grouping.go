package casefile

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// memoryName is the file of the cache that holds what the last grouping leaves
// for the next: the digest of its incidents as the ledger has it, and what
// [File.KeepGrouping] was given.
const memoryName = "grouping"

// Standing is the incidents that stand, with what the run that gave them left.
type Standing struct {
	Incidents []verify.Incident
	Memory    []byte // nil where there is none, or where the rows are not those of that run
}

// Standing gives the incidents of the last run and what it left. Rows that are
// not what the ledger says are given too, but never with a memory: nothing new
// may be built on them unread.
func (f *File) Standing(ctx context.Context) (Standing, error) {
	var s Standing
	rows, err := f.rawRows(ctx, "SELECT doc FROM incidents ORDER BY ord")
	if err != nil {
		return s, fmt.Errorf("read incidents: %w", err)
	}
	if s.Incidents, err = decodeIncidents(rows); err != nil {
		return s, fmt.Errorf("read incidents: %w", err)
	}
	last, ok, err := f.lastBody(ctx, incidentsProposed)
	if err != nil || !ok || rowsDigest(rows) != last.Result {
		return s, err
	}
	kept, err := os.ReadFile(f.path(cacheName, memoryName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the memory of the grouping: %w", err)
	}
	if memory, ok := bytes.CutPrefix(kept, []byte(last.Result+"\n")); ok {
		s.Memory = memory
	}
	return s, nil
}

// KeepGrouping leaves something for the run after the one whose incidents
// stand. It is kept in the cache: what is lost of it costs time alone.
func (f *File) KeepGrouping(ctx context.Context, memory []byte) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return err
	}
	last, ok, err := f.lastBody(ctx, incidentsProposed)
	if err != nil || !ok {
		return err
	}
	name := f.path(cacheName, memoryName)
	text := append([]byte(last.Result+"\n"), memory...)
	if err := disk.Replace(name, disk.Bytes(text)); err != nil {
		return fmt.Errorf("keep the memory of the grouping: %w", err)
	}
	return nil
}

// GroupingPart gives a part of what the run left that the incidents which stand
// are of, as it was handed to [File.ReplaceIncidents]; nil where there is none,
// or another than the ledger says.
func (f *File) GroupingPart(ctx context.Context, part string) ([]byte, error) {
	last, ok, err := f.lastBody(ctx, incidentsProposed)
	if err != nil || !ok || last.Parts[part] == "" {
		return nil, err
	}
	db, err := f.reading()
	if err != nil {
		return nil, err
	}
	var body []byte
	err = db.QueryRowContext(ctx, "SELECT body FROM grouping WHERE part = ?", part).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) || err == nil && sha256Hex(body) != last.Parts[part] {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the %s of the grouping: %w", part, err)
	}
	return body, nil
}

// putParts makes these the parts that stand, and gives their digests. What
// stands already is not written again.
func putParts(t *txn, parts map[string][]byte) (digests map[string]string, err error) {
	if _, err := t.exec("DELETE FROM grouping WHERE part NOT IN (SELECT value FROM json_each(?))", string(partNames(parts))); err != nil {
		return nil, err
	}
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		if digests == nil {
			digests = map[string]string{}
		}
		digests[part] = sha256Hex(parts[part])
		if _, err := t.exec(`INSERT INTO grouping (part, digest, body) VALUES (?, ?, ?)
			ON CONFLICT (part) DO UPDATE SET digest = excluded.digest, body = excluded.body WHERE digest <> excluded.digest`,
			part, digests[part], parts[part]); err != nil {
			return nil, err
		}
	}
	return digests, nil
}

func partNames(parts map[string][]byte) []byte {
	names, err := json.Marshal(slices.AppendSeq([]string{}, maps.Keys(parts)))
	if err != nil {
		return []byte("[]") // texts can always be written
	}
	return names
}

// groupingTable is compared with the last event of the incidents.
func groupingTable() checkedTable {
	return checkedTable{
		name: "grouping", columns: []string{"part", "digest", "body"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{
			incidentsProposed: func(rows *wantedRows, event custody.Event) error {
				var body resultsBody
				if err := json.Unmarshal(event.Body, &body); err != nil {
					return err
				}
				clear(rows.rows)
				for part, digest := range body.Parts {
					rows.put(event.Seq, part, digest, hashedBytes(digest))
				}
				return nil
			},
		},
	}
}
