package casefile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

func damage(t *testing.T, name string, change func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, change(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

// fullCase has at least one row in every table; the first is the case as it
// is on the disk.
func fullCase(t *testing.T) string {
	t.Helper()
	f := newCase(t)
	ctx := t.Context()
	s := beginScan(t, f, "channel", "one")
	put(t, s, filled("a.jpg"), plain("one", "b", "b"))
	finding := verify.Finding{Source: "one"}
	finding.Code = "link-skipped"
	if _, err := s.SourceDone(ctx, SourceResult{Name: "one", Present: []string{"b"}, Findings: []verify.Finding{finding}}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		s.End(ctx, map[string]int{"files": 2}),
		f.ReplaceMatches(ctx, []verify.Match{{A: "a", B: "b"}}, []verify.Cluster{{ID: "c"}}, RunInfo{Model: "m"}),
		f.ReplaceIncidents(ctx, []verify.Incident{{ID: "i"}}, RunInfo{Model: "m"}),
		f.ReplaceFindings(ctx, "zones", []verify.Finding{finding}),
		f.Set(ctx, "zone/one", "Europe/Kyiv"),
	); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"confirm", "reject"} {
		if _, err := f.Decide(ctx, verify.Decision{Kind: kind, Incident: "i", Subjects: []verify.Digest{digestOf("b")}, Reason: "because", By: "Олена"}); err != nil {
			t.Fatal(err)
		}
	}
	apart, err := f.Decide(ctx, verify.Decision{Kind: verify.NotSame, Subjects: []verify.Digest{digestOf("a.jpg"), digestOf("b")}, Reason: "because", By: "Олена"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Decide(ctx, verify.Decision{Kind: verify.TakeBack, TakesBack: apart.Seq, Subjects: apart.Subjects, By: "Олена"}); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, f)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.dir
}

// verifyDir opens a case for reading and verifies it.
func verifyDir(t *testing.T, dir string) error {
	t.Helper()
	opts := testOptions()
	opts.ReadOnly = true
	f, err := Open(dir, opts)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.VerifyCustody(t.Context())
	return err
}

func copyCase(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

const dropTriggers = "DROP TRIGGER events_kept; DROP TRIGGER events_not_dropped; DROP TRIGGER checkpoints_kept; DROP TRIGGER checkpoints_not_dropped"

// Whatever is changed in the tables of the record, the error names it.
func TestVerifyCustodyFindsChangedRows(t *testing.T) {
	dir := fullCase(t)
	for _, c := range []struct{ name, sql, want string }{
		{"item media", `UPDATE items SET media = replace(media, 'text', 'fext')`, "item "},
		{"item findings", `UPDATE items SET findings = '[]' WHERE length(findings) > 4`, "item "},
		{"item size", `UPDATE items SET size = size + 1`, "item "},
		{"item version", `UPDATE items SET version = 'v2'`, "item "},
		{"item frames", `UPDATE items SET frames = zeroblob(length(frames))`, "item "},
		{"item path", `UPDATE items SET path = NULL WHERE path = 'one/b'`, "path of item "},
		{"item digest", `PRAGMA foreign_keys = 0; UPDATE items SET digest = replace(digest, 'a', 'b')`, "item "},
		{"item dropped", `PRAGMA foreign_keys = 0; DELETE FROM items WHERE path = 'one/b'`, "items"},
		{"item added", `INSERT INTO items SELECT replace(digest, 'a', 'b'), size, kind, unread, version, NULL, media, findings, sampling, record, frames FROM items LIMIT 1`, "item "},
		{"sighting rel", `UPDATE sightings SET rel = x'41' WHERE source = 'one'`, "sighting "},
		{"sighting account", `UPDATE sightings SET account = 'other'`, "sighting "},
		{"sighting time", `UPDATE sightings SET mtime_s = mtime_s - 86400`, "sighting "},
		{"sighting claims", `UPDATE sightings SET claims = replace(claims, 'text', 'fext')`, "sighting "},
		{"sighting findings", `UPDATE sightings SET findings = 'null'`, "sighting "},
		{"sighting extra", `UPDATE sightings SET extra = 'null'`, "sighting "},
		{"sighting gone", `UPDATE sightings SET gone = 1 WHERE source = 'one'`, "path of item "},
		{"sighting dropped", `DELETE FROM sightings WHERE source = 'one'`, "path of item "},
		{"source folder", `UPDATE sources SET dir = '/elsewhere' WHERE name = 'one'`, "folder of source one"},
		{"source dropped", `DELETE FROM sources WHERE name = 'one'`, "sources"},
		{"scan summary", `UPDATE scans SET summary = '{}'`, "summary of scan 1"},
		{"scan dropped", `DELETE FROM scans`, "scans"},
		{"match", `UPDATE matches SET doc = replace(doc, '"a"', '"x"')`, "matches"},
		{"match dropped", `DELETE FROM matches`, "matches"},
		{"cluster", `DELETE FROM clusters`, "clusters"},
		{"incident", `UPDATE incidents SET doc = replace(doc, '"i"', '"j"')`, "incidents"},
		{"incident added", `INSERT INTO incidents SELECT ord + 1, doc FROM incidents`, "incidents"},
		{"source finding", `DELETE FROM findings WHERE origin = 'source/one'`, "source/one"},
		{"check finding", `UPDATE findings SET finding = '{}' WHERE origin = 'check/zones'`, "check/zones"},
		{"finding added", `INSERT INTO findings (origin, finding) VALUES ('check/new', '{}')`, "check/new"},
		{"setting", `UPDATE settings SET value = 'Europe/Minsk'`, "setting zone/one"},
		{"setting dropped", `DELETE FROM settings`, "setting zone/one"},
		{"setting added", `INSERT INTO settings VALUES ('zone/two', 'UTC')`, "setting zone/two"},
		{"decision kind", `UPDATE decisions SET kind = 'confirm' WHERE kind = 'reject'`, "kind of the decision"},
		{"decision incident", `UPDATE decisions SET incident = 'j'`, "incident of the decision"},
		{"decision taken back", `UPDATE decisions SET takes_back = takes_back - 1 WHERE takes_back > 0`, "decision taken back"},
		{"decision of another incident", `UPDATE decisions SET other = 'i9' WHERE kind = 'reject'`, "second incident"},
		{"decision of more items", `UPDATE decisions SET others = subjects WHERE kind = 'confirm'`, "other items"},
		{"decision that leaves more", `UPDATE decisions SET left_there = subjects WHERE kind = 'confirm'`, "items that stayed"},
		{"decision made to prevail", `UPDATE decisions SET newer_wins = 1 WHERE kind = 'confirm'`, "precedence"},
		{"decision made to take back", `UPDATE decisions SET takes_back = 1 WHERE kind = 'reject'`, "decision taken back"},
		{"decision subjects", `UPDATE decisions SET subjects = '[]'`, "subjects of the decision"},
		{"decision name", `UPDATE decisions SET actor = 'Max'`, "name of the decision"},
		{"decision time", `UPDATE decisions SET at = replace(at, '2022', '2021')`, "time of the decision"},
		{"decision reason", `UPDATE decisions SET reason = 'no reason'`, "reason of the decision"},
		{"decision reason gone", `UPDATE decisions SET reason = NULL, salt = NULL`, "reason of the decision"},
		{"decision dropped", `DELETE FROM decisions WHERE kind = 'reject'`, "decisions"},
		{"decision added", `PRAGMA foreign_keys = 0; INSERT INTO decisions SELECT 3, at, kind, incident, subjects, actor, reason, salt, takes_back, other, others, left_there, newer_wins FROM decisions LIMIT 1`, "decision"},
		{"case id", `UPDATE case_info SET id = 'x'`, "case"},
		{"case tool", `UPDATE case_info SET tool = 'x'`, "tool that made the case"},
	} {
		copied := copyCase(t, dir)
		rawExec(t, copied, c.sql)
		wantBroken(t, c.name, verifyDir(t, copied), c.want)
	}
}

func wantBroken(t *testing.T, name string, err error, want string) {
	t.Helper()
	var broken *custody.BrokenError
	if !errors.As(err, &broken) || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: got %v, want a broken ledger that names %q", name, err, want)
	}
}

func TestVerifyCustodyFindsChangedLedger(t *testing.T) {
	dir := fullCase(t)
	var n int64
	rows := queryInts(t, dir, "SELECT count(*) FROM events")
	n = rows[0]
	type change struct{ name, sql, want string }
	var changes []change
	for i := range n {
		changes = append(changes,
			change{"changed", fmt.Sprintf("UPDATE events SET entry = CAST(replace(CAST(entry AS TEXT), 'laptop', 'desktop') AS BLOB) WHERE seq = %d", i), fmt.Sprintf("at entry %d:", i+1)},
			change{"dropped", fmt.Sprintf("PRAGMA foreign_keys = 0; DELETE FROM events WHERE seq = %d", i), fmt.Sprintf("at entry %d:", i)},
			change{"tail cut", fmt.Sprintf("PRAGMA foreign_keys = 0; DELETE FROM events WHERE seq >= %d", i), "at entry "},
		)
		if i > 0 {
			changes = append(changes, change{"swapped", fmt.Sprintf(`UPDATE events SET seq = -1 WHERE seq = %d; UPDATE events SET seq = %d WHERE seq = %d; UPDATE events SET seq = %d WHERE seq = -1`, i, i, i-1, i-1), fmt.Sprintf("at entry %d:", i-1)})
		}
	}
	changes = append(changes,
		change{"checkpoint dropped from the database", "DELETE FROM checkpoints WHERE size = (SELECT min(size) FROM checkpoints)", checkpointsName},
		change{"two checkpoints dropped from the database", "DELETE FROM checkpoints WHERE size IN (SELECT size FROM checkpoints ORDER BY size DESC LIMIT 2)", "missing from the database"},
		change{"checkpoint changed in the database", "UPDATE checkpoints SET note = CAST(replace(CAST(note AS TEXT), 'firsthand', 'firsthant') AS BLOB)", checkpointsName},
	)
	for _, c := range changes {
		copied := copyCase(t, dir)
		rawExec(t, copied, dropTriggers, "PRAGMA foreign_keys = 0", c.sql)
		wantBroken(t, c.name+": "+c.sql, verifyDir(t, copied), c.want)
		if _, err := Open(copied, testOptions()); err == nil && strings.Contains(c.sql, "events") {
			t.Errorf("%s: opened for writing", c.sql)
		}
	}
}

func queryInts(t *testing.T, dir, query string) (list []int64) {
	t.Helper()
	db, err := openDatabase(context.Background(), filepath.Join(dir, databaseName), readOnly, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	return list
}

func TestVerifyCustodyFindsChangedCheckpointFile(t *testing.T) {
	dir := fullCase(t)
	text, err := os.ReadFile(filepath.Join(dir, checkpointsName))
	if err != nil {
		t.Fatal(err)
	}
	list, _, err := custody.ParseCheckpoints(text)
	if err != nil || len(list) < 3 {
		t.Fatalf("%d checkpoints, %v", len(list), err)
	}
	try := func(name, want string, b []byte) {
		t.Helper()
		copied := copyCase(t, dir)
		damage(t, filepath.Join(copied, checkpointsName), func([]byte) []byte { return b })
		wantBroken(t, name, verifyDir(t, copied), want)
		// opening it for writing mends none of this
		f, err := Open(copied, testOptions())
		if err != nil {
			return
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		wantBroken(t, name+", after it was opened for writing", verifyDir(t, copied), want)
	}
	for i := range list {
		try("shortened", fmt.Sprintf("at entry %d: %s was shortened", list[i].Size, checkpointsName), custody.FormatCheckpoints(list[:i]))
	}
	try("cut in the middle", "", text[:len(text)-20])
	try("first dropped", checkpointsName, custody.FormatCheckpoints(list[1:]))
	try("swapped", checkpointsName, custody.FormatCheckpoints(append([]custody.Checkpoint{list[1], list[0]}, list[2:]...)))
	try("not a checkpoint", checkpointsName, bytes.Replace(text, []byte("firsthand/"), []byte("\n"), 1))
	other, err := custody.NewSigner(list[0].Origin, testKey(9))
	if err != nil {
		t.Fatal(err)
	}
	last := list[len(list)-1]
	forged, err := custody.Sign(last.Origin, last.Size, last.Root, other)
	if err != nil {
		t.Fatal(err)
	}
	try("signed by another key", checkpointsName, custody.FormatCheckpoints(append(list[:len(list)-1:len(list)-1], forged)))
	replayed := append(list[:len(list):len(list)], list[0])
	try("an old one again", "checkpoint order", custody.FormatCheckpoints(replayed))
	ahead, err := custody.Sign(last.Origin, last.Size+1, last.Root, other)
	if err != nil {
		t.Fatal(err)
	}
	try("one ahead, by another key", "", custody.FormatCheckpoints(append(list[:len(list):len(list)], ahead)))
}

// The two states that a crash between file and database can leave are mended
// by the next writer.
func TestInterruptedCheckpointIsMended(t *testing.T) {
	dir := fullCase(t)
	half := copyCase(t, dir)
	damage(t, filepath.Join(half, checkpointsName), func(b []byte) []byte { return append(b, b[:150]...) })
	ahead := copyCase(t, dir)
	rawExec(t, ahead, dropTriggers, "DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints)")
	if err := verifyDir(t, ahead); err != nil {
		t.Errorf("one ahead: %v", err)
	}
	for name, dir := range map[string]string{"half written": half, "not recorded": ahead} {
		f, err := Open(dir, testOptions())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := f.Decide(t.Context(), verify.Decision{Kind: "confirm", Incident: "i", By: "x"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		mustVerify(t, f)
		f.Close()
	}
}

// Any damaged byte of the database is harmless or reported, and never a panic.
func TestVerifyCustodyOfDamagedDatabase(t *testing.T) {
	dir := fullCase(t)
	whole, err := os.ReadFile(filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	copied := copyCase(t, dir)
	for i := range 60 {
		b := bytes.Clone(whole)
		at := (i*7919 + 13) * 131 % len(b)
		switch i % 3 {
		case 0:
			b = b[:at]
		case 1:
			b[at] ^= 0x10
		case 2:
			copy(b[at:], bytes.Repeat([]byte{0xaa}, 512))
		}
		if err := os.WriteFile(filepath.Join(copied, databaseName), b, 0o600); err != nil {
			t.Fatal(err)
		}
		err := verifyDir(t, copied)
		if err == nil && i%3 == 0 {
			t.Errorf("cut at %d of %d: not reported", at, len(whole))
		}
	}
}
