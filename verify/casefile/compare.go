package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// tableCheck compares a table with what the ledger says it must hold. It
// returns an error only for what could not be read.
type tableCheck struct {
	table string
	check func(*File, context.Context, *ledgerState, *faults) error
}

// tableChecks are the comparisons of tables that checkedTables does not list.
func tableChecks() []tableCheck {
	return []tableCheck{
		{"case_info", (*File).checkInfo}, {"items", (*File).checkItems}, {"items", (*File).checkPaths},
		{"sightings", (*File).checkSightings}, {"sources", (*File).checkSources}, {"scans", (*File).checkScans},
		{"matches", (*File).checkResults}, {"findings", (*File).checkFindings},
		{"settings", (*File).checkSettings}, {"decisions", (*File).checkDecisions}, {"texts", (*File).checkTexts},
		{"known", (*File).checkKnown}, {"annexes", (*File).checkAnnexes},
	}
}

// checkTables compares every table with the events that wrote it. It gives what
// the tables must hold.
func (f *File) checkTables(ctx context.Context, found *faults) (*ledgerState, error) {
	l, err := f.readLedger(ctx, found)
	if err != nil {
		return nil, err
	}
	checks := tableChecks()
	for _, c := range checkedTables() {
		checks = append(checks, tableCheck{c.name, func(f *File, ctx context.Context, l *ledgerState, found *faults) error {
			return c.compare(ctx, f, l.tables[c.name], found)
		}})
	}
	for _, c := range checks {
		if err := c.check(f, ctx, l, found); ctx.Err() != nil {
			return nil, ctx.Err()
		} else if err != nil { // a damaged table must not hide what else there is
			found.add(-1, "table "+c.table, "rows that can be read", err.Error())
		}
	}
	return l, nil
}

func (f *File) checkInfo(_ context.Context, l *ledgerState, found *faults) error {
	for _, c := range []struct{ what, want, got string }{
		{"identity of the case", l.created.Case, f.info.ID},
		{"first entry", custody.CaseCreated, l.created.Kind},
		{"tool that made the case", l.created.Tool, f.info.Tool},
		{"time the case was made", formatTime(l.created.At), formatTime(f.info.Created)},
	} {
		found.compare(0, c.what, c.want, c.got)
	}
	return nil
}

func (f *File) checkItems(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.query(ctx, "SELECT digest, size, kind, unread, version, media, findings, sampling, frames, record FROM items ORDER BY digest")
	if err != nil {
		return err
	}
	defer rows.Close()
	left := maps.Clone(l.items)
	for rows.Next() {
		var r itemRow
		var record string
		if err := rows.Scan(&r.digest, &r.size, &r.kind, &r.unread, &r.version, &r.media, &r.findings, &r.sampling, &r.frames, &record); err != nil {
			return err
		}
		want, ok := l.items[r.digest]
		delete(left, r.digest)
		switch {
		case !ok:
			found.add(-1, "item "+r.digest, "no such item", "one that no entry tells of")
		case r.record() != want.value:
			found.add(want.seq, "item "+r.digest, "the row of record "+want.value, r.record())
		default:
			found.compare(want.seq, "record of item "+r.digest, want.value, record)
		}
	}
	missing(found, "item ", left)
	return rows.Err()
}

// missing reports what must be there and is not.
func missing(found *faults, what string, left map[string]recorded) {
	for _, key := range slices.Sorted(maps.Keys(left)) {
		found.add(left[key].seq, what+key, "a row", "none")
	}
}

// checkPaths looks at what a listing goes by: an item stands under the first
// of its present paths.
func (f *File) checkPaths(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.rawRows(ctx, `SELECT digest FROM items i
		WHERE path IS NOT (SELECT min(path) FROM sightings WHERE digest = i.digest AND gone IS NULL) ORDER BY digest`)
	for _, digest := range rows {
		found.add(l.items[string(digest)].seq, "path of item "+string(digest), "the first it is present at", "another")
	}
	return err
}

func (f *File) checkSightings(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.query(ctx, `SELECT source, rel, digest, path, account, size, mtime_s, mtime_ns, claims, findings, extra, record, scan, coalesce(gone, 0)
		FROM sightings ORDER BY source, rel, digest`)
	if err != nil {
		return err
	}
	defer rows.Close()
	left := maps.Clone(l.sightings)
	for rows.Next() {
		var r sightingRow
		var rel []byte
		var got wantedSighting
		var record string
		if err := rows.Scan(&r.source, &rel, &r.digest, &r.path, &r.account, &r.size, &r.mtimeS, &r.mtimeNS, &r.claims, &r.findings, &r.extra,
			&record, &got.scan, &got.gone); err != nil {
			return err
		}
		r.rel = string(rel)
		key := sightingKey{place{ledgerText(r.source), r.rel}, r.digest}
		want, ok := l.sightings[key]
		delete(left, key)
		if !ok {
			found.add(-1, key.String(), "no such sighting", "one that no entry tells of")
			continue
		}
		if r.record() != want.record {
			found.add(want.seq, key.String(), "the row of record "+want.record, r.record())
		} else {
			found.compare(want.seq, "record of "+key.String(), want.record, record)
		}
		found.compare(want.seq, "scan of "+key.String(), strconv.FormatInt(want.scan, 10), strconv.FormatInt(got.scan, 10))
		found.compare(want.seq, "scan that missed "+key.String(), strconv.FormatInt(want.gone, 10), strconv.FormatInt(got.gone, 10))
	}
	for _, key := range slices.SortedFunc(maps.Keys(left), compareSightings) {
		found.add(left[key].seq, key.String(), "a row", "none")
	}
	return rows.Err()
}

// rawRows gives the rows of one text column as stored.
func (f *File) rawRows(ctx context.Context, query string, args ...any) ([][]byte, error) {
	rows, err := f.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list [][]byte
	for rows.Next() {
		var text []byte
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, rows.Err()
}

func (f *File) checkResults(ctx context.Context, l *ledgerState, found *faults) error {
	for _, table := range []string{"matches", "clusters", "incidents"} {
		rows, err := f.rawRows(ctx, "SELECT doc FROM "+table+" ORDER BY ord")
		if err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		checkRows(l, table, rows, found)
		misplaced, err := f.rawRows(ctx, "SELECT ord FROM (SELECT ord, row_number() OVER (ORDER BY ord) - 1 AS place FROM "+table+") WHERE ord <> place LIMIT 1")
		if err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		for _, ord := range misplaced {
			found.add(l.results[table].seq, "ord of "+table, "places counted from 0", string(ord))
		}
	}
	return nil
}

// checkRows compares rows with the digest that the ledger holds, where none
// is as good as that of no rows.
func checkRows(l *ledgerState, name string, rows [][]byte, found *faults) {
	want, ok := l.results[name]
	if !ok {
		want = recorded{-1, rowsDigest(nil)}
	}
	found.compare(want.seq, name, want.value, rowsDigest(rows))
}

func (f *File) checkFindings(ctx context.Context, l *ledgerState, found *faults) error {
	origins, err := f.rawRows(ctx, "SELECT DISTINCT origin FROM findings")
	if err != nil {
		return err
	}
	names := make(map[string]bool)
	for _, o := range origins {
		names[string(o)] = true
	}
	for name := range l.results {
		names[name] = true
	}
	for _, name := range []string{"matches", "clusters", "incidents"} {
		delete(names, name)
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		rows, err := f.rawRows(ctx, "SELECT finding FROM findings WHERE origin = ? ORDER BY ord", name)
		if err != nil {
			return err
		}
		checkRows(l, name, rows, found)
	}
	return nil
}

func (f *File) checkSettings(ctx context.Context, l *ledgerState, found *faults) error {
	settings, err := f.Settings(ctx)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(l.settings)) {
		found.compare(l.settings[key].seq, "setting "+key, l.settings[key].value, settings[key])
	}
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		if _, ok := l.settings[key]; !ok {
			found.add(-1, "setting "+key, "none", settings[key])
		}
	}
	return nil
}

func (f *File) checkDecisions(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.query(ctx, `SELECT seq, at, kind, incident, other, takes_back, newer_wins, subjects, others, left_there, actor FROM decisions ORDER BY seq`)
	if err != nil {
		return err
	}
	defer rows.Close()
	left := maps.Clone(l.decisions)
	for rows.Next() {
		var r decisionRow
		if err := rows.Scan(&r.seq, &r.at, &r.kind, &r.incident, &r.other, &r.takesBack, &r.newerWins, &r.subjects, &r.others, &r.left, &r.by); err != nil {
			return err
		}
		d, ok := l.decisions[r.seq]
		delete(left, r.seq)
		if !ok {
			found.add(r.seq, "decision", "none", r.kind+" "+r.incident)
			continue
		}
		if err := r.check(d, found); err != nil {
			return err
		}
	}
	for _, seq := range slices.Sorted(maps.Keys(left)) {
		found.add(seq, "decision", "a row", "none")
	}
	return rows.Err()
}

// decisionRow is a row of decisions.
type decisionRow struct {
	seq                int64
	at, kind, incident string
	other              string
	takesBack          int64
	newerWins          bool
	subjects           []byte
	others, left       string
	by                 string
}

func (r decisionRow) check(d decision, found *faults) error {
	subjects, err := json.Marshal(d.event.Subjects)
	if err != nil {
		return err
	}
	others, left, err := listTexts(d.body.Others, d.body.Left)
	if err != nil {
		return err
	}
	for _, c := range []struct{ what, want, got string }{
		{"time", formatTime(d.event.At), r.at},
		{"kind", d.body.Decision, r.kind},
		{"incident", d.body.Incident, r.incident},
		{"decision taken back", strconv.FormatInt(d.body.TakesBack, 10), strconv.FormatInt(r.takesBack, 10)},
		{"second incident", d.body.Other, r.other},
		{"precedence", strconv.FormatBool(d.body.NewerWins), strconv.FormatBool(r.newerWins)},
		{"subjects", string(subjects), string(r.subjects)},
		{"other items", others, r.others},
		{"items that stayed", left, r.left},
		{"name", d.body.By, r.by},
	} {
		found.compare(r.seq, c.what+" of the decision", c.want, c.got)
	}
	return nil
}
