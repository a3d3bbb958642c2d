package casefile

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
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
	put(t, s, plain("one", "c", "c")) // soon gone
	finding := verify.Finding{Source: "one"}
	finding.Code = "link-skipped"
	if _, err := s.SourceDone(ctx, SourceResult{Name: "one", Present: []string{"b"}, Findings: []verify.Finding{finding}}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		s.End(ctx, map[string]int{"files": 2}),
		f.ReplaceMatches(ctx, []verify.Match{{A: "a", B: "b"}}, []verify.Cluster{{ID: "c"}}, RunInfo{Model: "m"}),
		f.ReplaceIncidents(ctx, []verify.Incident{{ID: "i"}}, RunInfo{Model: "m", Parts: map[string][]byte{"names": []byte("[]"), "statistics": []byte("{}")}}),
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
	if _, err := f.Erase(ctx, apart.Seq, "Олена", "asked for"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Assess(ctx, assess.Act{Item: digestOf("b"), By: "Олена", Round: assess.First, Limits: "seen by one", Conclusion: assess.NotVerifiable}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.RecordIncidents(ctx, assess.Change{Incident: "i", By: "Олена", Fields: json.RawMessage(`{"summary":"seen by one"}`), Subjects: []verify.Digest{digestOf("b")}}); err != nil {
		t.Fatal(err)
	}
	aside := verify.SetAside
	if _, err := f.Mark(ctx, verify.Mark{Items: []verify.Digest{digestOf("b"), digestOf("a.jpg")}, By: "Олена", State: &aside, Note: "seen by one", AddTags: []string{"gate"}}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.LoadKnown(ctx, KnownSet{Name: "one", File: "f.kml", Format: "kml"}, []verify.Known{{ID: "a", Links: []string{}}}); err != nil {
		t.Fatal(err)
	}
	if err := collectAll(t, f, "an original", "another"); err != nil {
		t.Fatal(err)
	}
	mergeSmallCase(t, f)
	countersign(t, f, 2)
	f = reopen(t, f, func(o *Options) { o.Signer, o.Actor = testKey(3), "Max" })
	cosigner, err := custody.NewCosigner("Max", testKey(2).Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Trust(ctx, cosigner, "Max"); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, f)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.dir
}

// mergeSmallCase joins a case in which a picture was scanned and something decided.
func mergeSmallCase(t *testing.T, f *File) {
	t.Helper()
	other := newLaptop(t, 5)
	other.open(func(o *File) {
		s := beginScan(t, o, "three")
		put(t, s, plain("three", "d", "d"))
		if err := s.End(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			if _, err := o.Decide(t.Context(), verify.Decision{Kind: verify.Confirm, Incident: fmt.Sprint("j", i), Reason: "because", By: "Max"}); err != nil {
				t.Fatal(err)
			}
		}
	})
	opts := other.options()
	opts.ReadOnly = true
	o, err := Open(other.dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, err := f.Merge(t.Context(), o, false); err != nil {
		t.Fatal(err)
	}
}

// countersign lets a colleague with a key of their own sign the last checkpoint.
func countersign(t *testing.T, f *File, seed byte) {
	t.Helper()
	last, err := f.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	signed, err := custody.Countersign(last, "Max", testKey(seed), time.Unix(1_700_000_000, 0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.AddAnchor(t.Context(), Countersigned, signed.Note, nil); err != nil {
		t.Fatal(err)
	}
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

// copyCase copies the record of a case: what is in the cache is no part of it.
func copyCase(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.Mkdir(to, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{databaseName, databaseName + "-wal", checkpointsName} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// tamper changes the database past foreign keys, checks and triggers, and leaves
// the triggers as they were.
func tamper(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := openDatabase(t.Context(), filepath.Join(dir, databaseName), readWrite, "off", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exec := func(statement string) {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	schema, err := readSchema(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	exec("PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1")
	for name := range schema {
		if trigger, ok := strings.CutPrefix(name, "trigger "); ok {
			exec("DROP TRIGGER " + trigger)
		}
	}
	for _, s := range statements {
		exec(s)
	}
	for name, text := range schema {
		if strings.HasPrefix(name, "trigger ") {
			exec(text)
		}
	}
}

// faultTexts gives what was found wrong, each by itself.
func faultTexts(err error) []string {
	var all *custody.Faults
	var one *custody.BrokenError
	var list []string
	switch {
	case errors.As(err, &all):
		for _, b := range all.List {
			list = append(list, b.Error())
		}
	case errors.As(err, &one):
		list = append(list, one.Error())
	}
	return list
}

func wantBroken(t *testing.T, name string, err error, want string) {
	t.Helper()
	got := faultTexts(err)
	if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, want) }) {
		t.Errorf("%s: got %v %q, want a fault that names %q", name, err, got, want)
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
			change{"changed", fmt.Sprintf("UPDATE events SET entry = CAST(replace(CAST(entry AS TEXT), 'laptop', 'desktop') AS BLOB) WHERE seq = %d", i), fmt.Sprintf("at entry %d: content", i)},
			change{"dropped", fmt.Sprintf("DELETE FROM events WHERE seq = %d", i), fmt.Sprintf("at entry %d:", i)},
			change{"tail cut", fmt.Sprintf("DELETE FROM events WHERE seq >= %d", i), "at entry "},
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
		tamper(t, copied, c.sql)
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
	tamper(t, ahead, "DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints)")
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

// Who stops the program while a checkpoint is written finds a whole ledger, and
// no checkpoint in the file that the database does not know.
func TestCheckpointUnderACancelledContext(t *testing.T) {
	f := newCase(t)
	if err := f.Set(t.Context(), "zone", "Europe/Kyiv"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, f)
}
