package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// settingChanged is the kind of event about a setting of the case.
const settingChanged = "setting-changed"

type settingBody struct {
	Key   string `json:"key"`
	Value string `json:"value"` // "" when it was taken back
}

// Settings gives the settings that belong to the case and bear on its
// results, such as "zone".
func (f *File) Settings(ctx context.Context) (map[string]string, error) {
	rows, err := f.query(ctx, "SELECT key, value FROM settings")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	settings := make(map[string]string)
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return nil, fmt.Errorf("read settings: %w", err)
		}
		settings[key] = value
	}
	return settings, rows.Err()
}

// Set changes a setting, or takes it back when value is empty. Setting what
// is set already leaves no trace.
func (f *File) Set(ctx context.Context, key, value string) error {
	if _, err := f.changeSettings(ctx, map[string]string{key: value}); err != nil {
		return fmt.Errorf("set %s: %w", key, err)
	}
	return nil
}

// changeSettings changes several settings in one transaction, each with its
// event, in the order of their keys. It gives how many were not so already.
func (f *File) changeSettings(ctx context.Context, values map[string]string) (changed int, err error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	old, err := f.Settings(ctx)
	if err != nil {
		return 0, err
	}
	var keys []string
	for key, value := range values {
		if old[ledgerText(key)] != ledgerText(value) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return 0, nil
	}
	slices.Sort(keys)
	err = f.write(ctx, func(t *txn) error {
		for _, key := range keys {
			if err := t.setting(ledgerText(key), ledgerText(values[key])); err != nil {
				return err
			}
		}
		return nil
	})
	return len(keys), err
}

func (t *txn) setting(key, value string) error {
	if err := t.putSetting(key, value); err != nil {
		return err
	}
	_, err := t.event(settingChanged, nil, settingBody{key, value})
	return err
}

func (t *txn) putSetting(key, value string) error {
	var err error
	if value == "" {
		_, err = t.exec("DELETE FROM settings WHERE key = ?", key)
	} else {
		_, err = t.exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	}
	return err
}

// Sources gives what is known of each source, by name.
func (f *File) Sources(ctx context.Context) ([]SourceInfo, error) {
	rows, err := f.query(ctx, "SELECT name, dir, sidecars, scan FROM sources ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []SourceInfo
	for rows.Next() {
		var s SourceInfo
		var sidecars []byte
		if err := rows.Scan(&s.Name, &s.Dir, &sidecars, &s.Scan); err != nil {
			return nil, fmt.Errorf("read sources: %w", err)
		}
		if err := json.Unmarshal(sidecars, &s.Sidecars); err != nil {
			return nil, fmt.Errorf("read source %s: %w", s.Name, err)
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// Scans gives all scans, oldest first.
func (f *File) Scans(ctx context.Context) ([]ScanRecord, error) {
	rows, err := f.query(ctx, "SELECT id, began, ended, info, summary FROM scans ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ScanRecord
	for rows.Next() {
		s, err := scanScan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("read scans: %w", err)
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func scanScan(scan func(...any) error) (ScanRecord, error) {
	var s ScanRecord
	var began, ended string
	var info, summary []byte
	if err := scan(&s.ID, &began, &ended, &info, &summary); err != nil {
		return s, err
	}
	var err error
	if s.Began, err = time.Parse(time.RFC3339Nano, began); err != nil {
		return s, err
	}
	if ended != "" {
		if s.Ended, err = time.Parse(time.RFC3339Nano, ended); err != nil {
			return s, err
		}
	}
	s.Summary = summary
	return s, json.Unmarshal(info, &s.Info)
}

// Counts is the count sheet of the case, one moment of it.
func (f *File) Counts(ctx context.Context) (Counts, error) {
	c := Counts{Kinds: make(map[string]int), Matches: make(map[verify.Relation]int)}
	rows, err := f.query(ctx, `
		SELECT 'sources', '', count(*) FROM sources
		UNION ALL SELECT 'sightings', '', count(*) FROM sightings WHERE gone IS NULL
		UNION ALL SELECT 'gone', '', count(*) FROM sightings WHERE gone IS NOT NULL
		UNION ALL SELECT 'kind', kind, count(*) FROM items WHERE path IS NOT NULL GROUP BY kind
		UNION ALL SELECT 'unreadable', '', count(*) FROM items WHERE path IS NOT NULL AND unread
		UNION ALL SELECT 'match', doc ->> '$.match.relation', count(*) FROM matches GROUP BY 2
		UNION ALL SELECT 'clusters', '', count(*) FROM clusters
		UNION ALL SELECT 'incidents', '', count(*) FROM incidents
		UNION ALL SELECT 'decisions', '', count(*) FROM decisions
		UNION ALL SELECT 'events', '', count(*) FROM events`)
	if err != nil {
		return c, err
	}
	defer rows.Close()
	single := map[string]*int{"sources": &c.Sources, "sightings": &c.Sightings, "gone": &c.Gone, "unreadable": &c.Unreadable,
		"clusters": &c.Clusters, "incidents": &c.Incidents, "decisions": &c.Decisions}
	for rows.Next() {
		var what, which string
		var n int
		if err := rows.Scan(&what, &which, &n); err != nil {
			return c, fmt.Errorf("count: %w", err)
		}
		switch what {
		case "kind":
			c.Kinds[which] = n
			c.Items += n
		case "match":
			c.Matches[verify.Relation(which)] = n
		case "events":
			c.Events = int64(n)
		default:
			*single[what] = n
		}
	}
	return c, rows.Err()
}
