package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/firsthand-media/firsthand/verify/custody"
)

func (f *File) checkItems(ctx context.Context, l *ledgerState) error {
	rows, err := f.query(ctx, "SELECT digest, size, kind, unread, version, media, findings, sampling, frames FROM items ORDER BY digest")
	if err != nil {
		return err
	}
	defer rows.Close()
	left := len(l.items)
	for rows.Next() {
		var r itemRow
		if err := rows.Scan(&r.digest, &r.size, &r.kind, &r.unread, &r.version, &r.media, &r.findings, &r.sampling, &r.frames); err != nil {
			return err
		}
		want := l.items[r.digest]
		if got := r.record(); got != want.value {
			return differs(want.seq, "item "+r.digest, want.value, got)
		}
		left--
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if left != 0 {
		return differs(0, "items", strconv.Itoa(len(l.items)), strconv.Itoa(len(l.items)-left))
	}
	return nil
}

// checkPaths looks at what a listing goes by: an item stands under the first
// of its present paths.
func (f *File) checkPaths(ctx context.Context, l *ledgerState) error {
	rows, err := f.rawRows(ctx, `SELECT digest FROM items i
		WHERE path IS NOT (SELECT min(path) FROM sightings WHERE digest = i.digest AND gone IS NULL) ORDER BY digest LIMIT 1`)
	if err != nil || len(rows) == 0 {
		return err
	}
	digest := string(rows[0])
	return differs(l.items[digest].seq, "path of item "+digest, "the first it is present at", "another")
}

func (f *File) checkSightings(ctx context.Context, l *ledgerState) error {
	rows, err := f.query(ctx, `SELECT source, rel, digest, path, account, size, mtime_s, mtime_ns, claims, findings, extra
		FROM sightings WHERE gone IS NULL ORDER BY source, rel`)
	if err != nil {
		return err
	}
	defer rows.Close()
	left := len(l.sightings)
	for rows.Next() {
		var r sightingRow
		var rel []byte
		if err := rows.Scan(&r.source, &rel, &r.digest, &r.path, &r.account, &r.size, &r.mtimeS, &r.mtimeNS, &r.claims, &r.findings, &r.extra); err != nil {
			return err
		}
		r.rel = string(rel)
		want := l.sightings[place{ledgerText(r.source), r.rel}]
		if got := r.record(); got != want.value {
			return differs(want.seq, fmt.Sprintf("sighting %q", r.path), want.value, got)
		}
		left--
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if left != 0 {
		return differs(0, "sightings", strconv.Itoa(len(l.sightings)), strconv.Itoa(len(l.sightings)-left))
	}
	return nil
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

func (f *File) checkResults(ctx context.Context, l *ledgerState) error {
	for _, table := range []string{"matches", "clusters", "incidents"} {
		rows, err := f.rawRows(ctx, "SELECT doc FROM "+table+" ORDER BY ord")
		if err != nil {
			return err
		}
		if err := checkRows(l, table, rows); err != nil {
			return err
		}
	}
	return nil
}

// checkRows compares rows with the digest that the ledger holds, where none
// is as good as that of no rows.
func checkRows(l *ledgerState, name string, rows [][]byte) error {
	want, ok := l.results[name]
	if !ok {
		want.value = rowsDigest(nil)
	}
	if got := rowsDigest(rows); got != want.value {
		return differs(want.seq, name, want.value, got)
	}
	return nil
}

func (f *File) checkFindings(ctx context.Context, l *ledgerState) error {
	origins, err := f.rawRows(ctx, "SELECT DISTINCT origin FROM findings ORDER BY origin")
	if err != nil {
		return err
	}
	for name := range l.results {
		switch name {
		case "matches", "clusters", "incidents":
		default:
			origins = append(origins, []byte(name))
		}
	}
	for _, origin := range origins {
		rows, err := f.rawRows(ctx, "SELECT finding FROM findings WHERE origin = ? ORDER BY ord", string(origin))
		if err != nil {
			return err
		}
		if err := checkRows(l, string(origin), rows); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) checkSources(ctx context.Context, l *ledgerState) error {
	sources, err := f.Sources(ctx)
	if err != nil {
		return err
	}
	for _, s := range sources {
		if want := l.dirs[ledgerText(s.Name)]; ledgerText(s.Dir) != want.value {
			return differs(want.seq, "folder of source "+s.Name, want.value, s.Dir)
		}
	}
	if len(sources) != len(l.dirs) {
		return differs(0, "sources", strconv.Itoa(len(l.dirs)), strconv.Itoa(len(sources)))
	}
	scans, err := f.Scans(ctx)
	if err != nil {
		return err
	}
	for _, s := range scans {
		summary, err := custody.Canonical(s.Summary)
		if err != nil {
			return err
		}
		if want := l.scans[s.ID]; string(summary) != want.value {
			return differs(want.seq, fmt.Sprintf("summary of scan %d", s.ID), want.value, string(summary))
		}
	}
	if len(scans) != len(l.scans) {
		return differs(0, "scans", strconv.Itoa(len(l.scans)), strconv.Itoa(len(scans)))
	}
	return nil
}

func (f *File) checkSettings(ctx context.Context, l *ledgerState) error {
	settings, err := f.Settings(ctx)
	if err != nil {
		return err
	}
	for key, want := range l.settings {
		if settings[key] != want.value {
			return differs(want.seq, "setting "+key, want.value, settings[key])
		}
	}
	for key, value := range settings {
		if _, ok := l.settings[key]; !ok {
			return differs(0, "setting "+key, "", value)
		}
	}
	return nil
}

func (f *File) checkDecisions(ctx context.Context, l *ledgerState) error {
	rows, err := f.query(ctx, `SELECT seq, at, kind, incident, other, takes_back, newer_wins, subjects, others, left_there, actor, reason, salt
		FROM decisions ORDER BY seq`)
	if err != nil {
		return err
	}
	defer rows.Close()
	left := len(l.decisions)
	for rows.Next() {
		var r decisionRow
		if err := rows.Scan(&r.seq, &r.at, &r.kind, &r.incident, &r.other, &r.takesBack, &r.newerWins, &r.subjects, &r.others, &r.left, &r.by, &r.reason, &r.salt); err != nil {
			return err
		}
		d, ok := l.decisions[r.seq]
		if !ok {
			return differs(r.seq, "decision", "none", r.kind+" "+r.incident)
		}
		if err := r.check(d); err != nil {
			return err
		}
		left--
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if left != 0 {
		return differs(0, "decisions", strconv.Itoa(len(l.decisions)), strconv.Itoa(len(l.decisions)-left))
	}
	return nil
}

// decisionRow is a row of decisions; reason and salt are nil once erased.
type decisionRow struct {
	seq                int64
	at, kind, incident string
	other              string
	takesBack          int64
	newerWins          bool
	subjects           []byte
	others, left       string
	by                 string
	reason             *string
	salt               []byte
}

func (r decisionRow) check(d decision) error {
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
		if c.want != c.got {
			return differs(r.seq, c.what+" of the decision", c.want, c.got)
		}
	}
	switch {
	case d.erased && r.reason == nil && r.salt == nil:
		return nil
	case d.erased:
		return differs(r.seq, "reason of the decision", "erased", "a reason")
	case r.reason == nil || r.salt == nil:
		return differs(r.seq, "reason of the decision", "a reason", "none")
	case reasonHMAC(r.salt, *r.reason) != d.body.ReasonHMAC:
		return differs(r.seq, "reason of the decision", d.body.ReasonHMAC, reasonHMAC(r.salt, *r.reason))
	}
	return nil
}
