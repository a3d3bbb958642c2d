package casefile

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

func TestCreateAndOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "100% odd?name#x")
	if _, err := Open(dir, testOptions()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("open of nothing: %v", err)
	}
	f, err := Create(dir, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	info := f.Info()
	if len(info.ID) != 32 || info.Tool != "firsthand test" || info.Schema < 3 || info.Dir != dir {
		t.Errorf("got %+v", info)
	}
	again := reopen(t, f, nil)
	if again.Info() != info {
		t.Errorf("reopened: got %+v, want %+v", again.Info(), info)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(dir, testOptions()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("created twice: %v", err)
	}
	opts := testOptions()
	opts.Signer = nil
	if _, err := Open(dir, opts); !errors.Is(err, ErrNoSigner) {
		t.Errorf("no signer: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(entries) != 1 {
		t.Errorf("files outside the case: %v, %v", entries, err)
	}
}

func TestFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	f := newCase(t)
	put(t, beginScan(t, f, "channel"), filled("a"))
	for _, name := range append(folderFiles(t, f.dir), f.dir, filepath.Join(f.dir, cacheName)) {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
}

func TestOneWriterAndManyReaders(t *testing.T) {
	f := newCase(t)
	_, err := Open(f.dir, testOptions())
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "firsthand test, process ") {
		t.Errorf("second writer: %v", err)
	}
	opts := testOptions()
	opts.ReadOnly = true
	r, err := Open(f.dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	s := beginScan(t, f, "channel")
	for range r.Items(t.Context()) {
		t.Error("an item before the scan")
	}
	put(t, s, plain("channel", "a", "a"), plain("channel", "b", "b"))
	for _, err := range r.Items(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		put(t, s, plain("channel", "c", "c")) // a reader in the middle of a list does not stop the writer
		break
	}
	if err := s.End(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := paths(allItems(t, r)); got != "channel/a | channel/b | channel/c | " {
		t.Errorf("the reader sees %s", got)
	}
	mustVerify(t, r)
	for what, err := range map[string]error{
		"put": s.Put(t.Context(), nil), "set": r.Set(t.Context(), "k", "v"), "matches": r.ReplaceMatches(t.Context(), nil, nil, RunInfo{}),
	} {
		if what != "put" && !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s while reading only: %v", what, err)
		}
	}
	if _, err := r.Decide(t.Context(), verify.Decision{Kind: "confirm", Incident: "i", By: "x"}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("decision while reading only: %v", err)
	}
}

func TestClosedCase(t *testing.T) {
	f := newCase(t)
	if err := errors.Join(f.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Counts(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("read: %v", err)
	}
	if err := f.Set(t.Context(), "k", "v"); !errors.Is(err, ErrClosed) {
		t.Errorf("write: %v", err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(f.path(databaseName + suffix)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is left behind: %v", suffix, err)
		}
	}
}

func rawExec(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := openDatabase(context.Background(), filepath.Join(dir, databaseName), readWrite, "off", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	f := newCase(t)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	rawExec(t, f.dir, "INSERT INTO goose_db_version (version_id, is_applied) SELECT max(version_id) + 1, 1 FROM goose_db_version")
	before, err := os.ReadFile(f.path(databaseName))
	if err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		opts := testOptions()
		opts.ReadOnly = readOnly
		if _, err := Open(f.dir, opts); !errors.Is(err, ErrNewerSchema) {
			t.Errorf("read only %v: got %v", readOnly, err)
		}
	}
	if after, err := os.ReadFile(f.path(databaseName)); err != nil || string(after) != string(before) {
		t.Errorf("the refused case was changed (%v)", err)
	}
}

func TestUpgradeKeepsACopy(t *testing.T) {
	f := newCase(t)
	if err := f.Set(t.Context(), "zone/channel", "Europe/Kyiv"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	more := f.Info().Schema + 1
	bad := fmt.Sprintf("%04d_bad.sql", more+1)
	later := fstest.MapFS{
		fmt.Sprintf("%04d_more.sql", more): {Data: []byte("-- +goose Up\nCREATE TABLE more (x INTEGER);\nINSERT INTO more VALUES (7);\n")},
		bad:                                {Data: []byte("-- +goose Up\nCREATE TABLE worse (x INTEGER);\nINSERT INTO nothing VALUES (7);\n")},
	}
	names, err := fs.Glob(schema(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(schema(), name)
		if err != nil {
			t.Fatal(err)
		}
		later[name] = &fstest.MapFile{Data: text}
	}
	upgrade := func(migrations fs.FS) (int64, error) {
		db, err := openDatabase(t.Context(), f.path(databaseName), readWrite, "full", 1)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		return migrate(t.Context(), db, f.path(databaseName), migrations)
	}
	if _, err := upgrade(later); err == nil {
		t.Error("a failed upgrade went unnoticed")
	}
	delete(later, bad)
	if version, err := upgrade(later); err != nil || version != more {
		t.Fatalf("version %d, %v", version, err)
	}
	if _, err := Open(f.dir, testOptions()); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("opened by the earlier program: %v", err)
	}
	// the copy is a case that the earlier program opens
	if err := os.Rename(f.path(fmt.Sprintf("%s.before-%d", databaseName, more+1)), f.path(databaseName)); err != nil {
		t.Fatal(err)
	}
	f, err = Open(f.dir, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if settings, err := f.Settings(t.Context()); err != nil || settings["zone/channel"] != "Europe/Kyiv" {
		t.Errorf("got %v, %v", settings, err)
	}
	mustVerify(t, f)
}

// olderCase is a case that the program wrote when its tables had version 3: a
// scan of two pictures, a decision with a reason, and a scan after one was gone.
func olderCase(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	from := filepath.Join("testdata", "version-3")
	packed, err := os.Open(filepath.Join(from, "case.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	database, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	checkpoints, err := os.ReadFile(filepath.Join(from, checkpointsName))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{databaseName: database, checkpointsName: checkpoints} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A case of an older version is refused to readers and upgraded by a writer; what
// was decided in it stands, holds against its ledger, and can be erased for good.
func TestOlderSchemaIsUpgraded(t *testing.T) {
	dir := olderCase(t)
	opts := testOptions()
	opts.ReadOnly = true
	if _, err := Open(dir, opts); !errors.Is(err, ErrOlderSchema) {
		t.Errorf("opened for reading: %v", err)
	}
	opts.ReadOnly = false
	f, err := Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	got, err := f.Decisions(t.Context())
	if err != nil || len(got) != 1 || got[0].Reason != "seen by Ivan from the roof" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if report := mustVerify(t, f); report.Size < 17 {
		t.Errorf("%d entries", report.Size)
	}
	if fields, err := f.Erase(t.Context(), got[0].Seq, "Max", ""); err != nil || len(fields) != 1 {
		t.Errorf("erased %v, %v", fields, err)
	}
	mustVerify(t, f)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range folderFiles(t, dir) {
		b, err := os.ReadFile(name)
		if err != nil || bytes.Contains(b, []byte("seen by Ivan")) != strings.Contains(name, ".before-") {
			t.Errorf("%s: is the reason in it? (%v)", name, err)
		}
	}
}

func TestWhatIsNoCase(t *testing.T) {
	for name, make := range map[string]func(dir string){
		"text": func(dir string) {
			os.WriteFile(filepath.Join(dir, databaseName), []byte(strings.Repeat("not a database ", 99)), 0o600)
		},
		"other table": func(dir string) { rawExec(t, dir, "CREATE TABLE contacts (name TEXT)") },
	} {
		dir := t.TempDir()
		make(dir)
		for _, readOnly := range []bool{false, true} {
			opts := testOptions()
			opts.ReadOnly = readOnly
			if _, err := Open(dir, opts); err == nil || errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s, read only %v: got %v", name, readOnly, err)
			}
		}
		if _, err := Create(dir, testOptions()); err == nil {
			t.Errorf("%s: a case was made over it", name)
		}
	}
}

// A process killed between the steps of Create leaves a folder that Open
// declines and Create completes.
func TestInterruptedCreation(t *testing.T) {
	for name, leave := range map[string]func(dir string){
		"empty file": func(dir string) { os.WriteFile(filepath.Join(dir, databaseName), nil, 0o600) },
		"tables only": func(dir string) {
			db, err := openDatabase(t.Context(), filepath.Join(dir, databaseName), readWrite, "full", 1)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := migrate(t.Context(), db, filepath.Join(dir, databaseName), schema()); err != nil {
				t.Fatal(err)
			}
		},
		"some of the tables": func(dir string) {
			db, err := openDatabase(t.Context(), filepath.Join(dir, databaseName), readWrite, "full", 1)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			provider, err := goose.NewProvider(goose.DialectSQLite3, db, schema(), goose.WithDisableGlobalRegistry(true))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := provider.UpTo(t.Context(), 2); err != nil {
				t.Fatal(err)
			}
		},
	} {
		dir := t.TempDir()
		leave(dir)
		for _, readOnly := range []bool{true, false} {
			opts := testOptions()
			opts.ReadOnly = readOnly
			if _, err := Open(dir, opts); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s, read only %v: got %v", name, readOnly, err)
			}
		}
		f, err := Create(dir, testOptions())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		mustVerify(t, f)
		f.Close()
	}
}

func TestColleagueAddsTheirKey(t *testing.T) {
	f := newCase(t)
	f = reopen(t, f, func(o *Options) { o.Signer, o.Actor = testKey(2), "Max" })
	if _, err := f.Decide(t.Context(), verify.Decision{Kind: "confirm", Incident: "i", By: "Max"}); err != nil {
		t.Fatal(err)
	}
	report := mustVerify(t, f)
	if len(report.Keys) != 2 || !report.OwnKey || report.Keys[1].Actor != "Max" {
		t.Errorf("got %+v", report)
	}
	for seed, want := range map[byte]bool{1: true, 2: false, 3: false} {
		f = reopen(t, f, func(o *Options) {
			o.ReadOnly, o.Signer, o.Trusted = true, testKey(seed), append(o.Trusted, testKey(seed).Public().(ed25519.PublicKey))
		})
		_, err := f.VerifyCustody(t.Context())
		var broken *custody.BrokenError
		if got := err == nil; got != want || !got && !errors.As(err, &broken) {
			t.Errorf("trusting key %d: %v", seed, err)
		}
	}
}

func TestReadsFromAReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		// the superuser may write anywhere: show the mode by itself
		f := newCase(t)
		put(t, beginScan(t, f, "channel"), plain("channel", "a", "a"))
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := openDatabase(t.Context(), f.path(databaseName), immutable, "", 1)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var n int
		if err := db.QueryRow("SELECT count(*) FROM items").Scan(&n); err != nil || n != 1 {
			t.Errorf("got %d items, %v", n, err)
		}
		return
	}
	f := newCase(t)
	put(t, beginScan(t, f, "channel"), plain("channel", "a", "a"))
	if err := errors.Join(f.Close(), os.Chmod(f.dir, 0o500)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(f.dir, 0o700)
	opts := testOptions()
	opts.ReadOnly = true
	r, err := Open(f.dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got := paths(allItems(t, r)); got != "channel/a | " {
		t.Errorf("got %s", got)
	}
}

func TestSQLiteVersionFloor(t *testing.T) {
	for text, ok := range map[string]bool{"3.51.3": true, "3.54.1": true, "4.0.0": true, "3.51.2": false, "3.49.9": false, "2.99.99": false, "": false, "3.51": false} {
		if err := sqliteVersionAtLeast(text, minSQLite); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
