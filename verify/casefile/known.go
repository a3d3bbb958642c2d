package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

// The kinds of event about known incidents: a file of them was loaded into a
// set, and a set was taken out.
const (
	knownLoaded  = "known-loaded"
	knownRemoved = "known-removed"
)

// KnownSet is one collection of known incidents.
type KnownSet struct {
	Name    string    `json:"set"`
	Entries int       `json:"entries"`
	File    string    `json:"file"` // that was loaded last
	Format  string    `json:"format"`
	Loaded  time.Time `json:"loaded"`
}

type knownLoadedBody struct {
	Set     string `json:"set"`
	File    string `json:"file"`
	Format  string `json:"format"`
	New     int    `json:"new"`
	Changed int    `json:"changed"`
	Entries int    `json:"entries"` // of the set, with those of earlier files
	Result  string `json:"result"`  // digest of its rows, by id
}

type knownRemovedBody struct {
	Set string `json:"set"`
}

// LoadKnown puts known incidents into a set: those of an id that it has take
// the stead of the old ones, the others stay. Name, File and Format of the set
// are given. It returns how many are new and how many changed; what is there
// already leaves no trace.
func (f *File) LoadKnown(ctx context.Context, set KnownSet, list []verify.Known) (added, changed int, err error) {
	set.Name = ledgerText(strings.TrimSpace(set.Name))
	if set.Name == "" {
		return 0, 0, errors.New("load known incidents: the set needs a name")
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	rows, err := f.knownRows(ctx, set.Name)
	if err != nil {
		return 0, 0, fmt.Errorf("load known incidents: %w", err)
	}
	var news []knownRow
	for i := range list {
		row, err := rowOfKnown(set.Name, list[i])
		if err != nil {
			return 0, 0, fmt.Errorf("load known incidents: %w", err)
		}
		switch old, known := rows[row.id]; {
		case known && old == row.doc:
			continue
		case known:
			changed++
		default:
			added++
		}
		rows[row.id] = row.doc
		news = append(news, row)
	}
	if len(news) == 0 {
		return 0, 0, nil
	}
	body := knownLoadedBody{Set: set.Name, File: ledgerText(set.File), Format: set.Format, New: added, Changed: changed, Entries: len(rows), Result: knownDigest(rows)}
	if err := f.write(ctx, func(t *txn) error { return t.loadKnown(body, news) }); err != nil {
		return 0, 0, fmt.Errorf("load known incidents: %w", err)
	}
	_, err = f.checkpoint(ctx)
	return added, changed, err
}

type knownRow struct{ id, doc string }

// rowOfKnown is the row of an entry.
func rowOfKnown(set string, k verify.Known) (knownRow, error) {
	k.Set, k.ID = set, ledgerText(k.ID)
	if k.ID == "" {
		return knownRow{}, errors.New("an entry has no id")
	}
	if k.Links == nil {
		k.Links = []string{}
	}
	doc, err := json.Marshal(k)
	return knownRow{k.ID, string(doc)}, err
}

func (t *txn) loadKnown(body knownLoadedBody, rows []knownRow) error {
	event, err := t.event(knownLoaded, nil, body)
	if err != nil {
		return err
	}
	if _, err := t.exec(`INSERT INTO known_sets (name, seq, at, file, format, entries, digest) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, at = excluded.at, file = excluded.file, format = excluded.format,
		entries = excluded.entries, digest = excluded.digest`,
		body.Set, event.Seq, formatTime(event.At), body.File, body.Format, body.Entries, body.Result); err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := t.exec("INSERT INTO known (name, id, doc) VALUES (?, ?, ?) ON CONFLICT (name, id) DO UPDATE SET doc = excluded.doc",
			body.Set, r.id, r.doc); err != nil {
			return err
		}
	}
	return nil
}

// RemoveKnown takes a set out; false where the case has none of that name. The
// ledger keeps that it was there.
func (f *File) RemoveKnown(ctx context.Context, name string) (bool, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	name = ledgerText(name)
	rows, err := f.knownRows(ctx, name)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	err = f.write(ctx, func(t *txn) error {
		if _, err := t.event(knownRemoved, nil, knownRemovedBody{name}); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM known WHERE name = ?", name); err != nil {
			return err
		}
		_, err := t.exec("DELETE FROM known_sets WHERE name = ?", name)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("take out known incidents: %w", err)
	}
	_, err = f.checkpoint(ctx)
	return true, err
}

// knownRows gives the entries of a set as they are stored, by id.
func (f *File) knownRows(ctx context.Context, set string) (map[string]string, error) {
	rows, err := f.query(ctx, "SELECT id, doc FROM known WHERE name = ?", set)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var r knownRow
		if err := rows.Scan(&r.id, &r.doc); err != nil {
			return nil, fmt.Errorf("read known incidents: %w", err)
		}
		out[r.id] = r.doc
	}
	return out, rows.Err()
}

// knownDigest is the digest of a set: its entries in the order of their ids.
func knownDigest(rows map[string]string) string {
	docs := make([][]byte, 0, len(rows))
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		docs = append(docs, []byte(rows[id]))
	}
	return rowsDigest(docs)
}

// Known gives all known incidents, by set and id.
func (f *File) Known(ctx context.Context) ([]verify.Known, error) {
	list, err := readRows[verify.Known](ctx, f, "SELECT doc FROM known ORDER BY name, id")
	if err != nil {
		return nil, fmt.Errorf("read known incidents: %w", err)
	}
	return list, nil
}

// KnownSets gives the collections of known incidents, by name.
func (f *File) KnownSets(ctx context.Context) ([]KnownSet, error) {
	rows, err := f.query(ctx, "SELECT name, at, file, format, entries FROM known_sets ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []KnownSet
	for rows.Next() {
		var s KnownSet
		var at string
		if err := rows.Scan(&s.Name, &at, &s.File, &s.Format, &s.Entries); err != nil {
			return nil, fmt.Errorf("read known incidents: %w", err)
		}
		if s.Loaded, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("read known incidents: %w", err)
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// knownSetsTable follows what the ledger says of each set; what stands in a set
// is compared by checkKnown.
func knownSetsTable() checkedTable {
	return checkedTable{
		name: "known_sets", columns: []string{"name", "seq", "at", "file", "format", "entries", "digest"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{
			knownLoaded: func(rows *wantedRows, event custody.Event) error {
				var body knownLoadedBody
				if err := json.Unmarshal(event.Body, &body); err != nil {
					return err
				}
				rows.put(event.Seq, body.Set, event.Seq, formatTime(event.At), body.File, body.Format, body.Entries, body.Result)
				return nil
			},
			knownRemoved: func(rows *wantedRows, event custody.Event) error {
				var body knownRemovedBody
				if err := json.Unmarshal(event.Body, &body); err != nil {
					return err
				}
				rows.drop(body.Set)
				return nil
			},
		},
	}
}

// checkKnown compares the entries of each set with the digest that its last
// event holds, and their columns with their own text.
func (f *File) checkKnown(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.query(ctx, "SELECT name, id, doc FROM known")
	if err != nil {
		return err
	}
	defer rows.Close()
	sets := map[string]map[string]string{}
	for rows.Next() {
		var name string
		var r knownRow
		if err := rows.Scan(&name, &r.id, &r.doc); err != nil {
			return err
		}
		var k verify.Known
		if err := json.Unmarshal([]byte(r.doc), &k); err != nil || k.Set != name || k.ID != r.id {
			found.add(0, "known incident "+name+" "+r.id, "an entry of that set and id", k.Set+" "+k.ID)
		}
		if sets[name] == nil {
			sets[name] = map[string]string{}
		}
		sets[name][r.id] = r.doc
	}
	if err := rows.Err(); err != nil {
		return err
	}
	want := f.wantedKnown(l, sets)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		found.compare(want[name].seq, "known incidents of "+name, want[name].value, knownDigest(sets[name]))
	}
	return nil
}

// wantedKnown gives the digest that each set must have: by the ledger, and that
// of no entries for a set that it does not tell of.
func (f *File) wantedKnown(l *ledgerState, sets map[string]map[string]string) map[string]recorded {
	want := map[string]recorded{}
	for name := range sets {
		want[name] = recorded{0, rowsDigest(nil)}
	}
	if t := l.tables["known_sets"]; t != nil {
		for _, row := range t.rows {
			name, _ := row.values[0].(string)
			digest, _ := row.values[len(row.values)-1].(string)
			want[name] = recorded{row.seq, digest}
		}
	}
	return want
}
