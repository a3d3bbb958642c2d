package casefile

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the database driver
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// applicationID marks a SQLite file as a case: "FHCS".
const applicationID = 0x46484353

// errNoCase is a database of something else.
var errNoCase = errors.New("the database is not that of a case")

// minSQLite is the first version without the WAL-reset corruption that two
// connections could run into.
var minSQLite = [3]int{3, 51, 3}

// schema is the folder of migrations.
func schema() fs.FS {
	sub, err := fs.Sub(schemaFiles, "schema")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return sub
}

// mode is how a database file is opened.
type mode int

const (
	readWrite mode = iota
	readOnly
	immutable // on a medium that cannot hold the files SQLite reads beside others with
)

// dataSource names a database file for the driver with the settings of a case
// file: a full fsync for each commit, foreign keys, and nothing in the schema
// trusted to run code.
func dataSource(file string, m mode, synchronous string) (string, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // C:/… on Windows
	}
	q := url.Values{"_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "trusted_schema(0)"}}
	switch m {
	case readWrite:
		q["_pragma"] = append(q["_pragma"], "journal_mode(wal)", "synchronous("+synchronous+")", "fullfsync(1)", "checkpoint_fullfsync(1)")
		q.Set("_txlock", "immediate")
	case readOnly:
		q["_pragma"] = append(q["_pragma"], "query_only(1)")
		q.Set("mode", "ro")
	case immutable:
		q.Set("mode", "ro")
		q.Set("immutable", "1")
	}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: q.Encode()}
	return u.String(), nil
}

// openDatabase opens a pool of at most n connections and checks that the
// first one works.
func openDatabase(ctx context.Context, file string, m mode, synchronous string, n int) (*sql.DB, error) {
	name, err := dataSource(file, m, synchronous)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	var tables int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return nil, first(fmt.Errorf("open %s: %w", filepath.Base(file), err), db.Close())
	}
	return db, nil
}

// openForReading falls back to the immutable mode where the folder cannot be
// written and no commit waits in a write-ahead log.
func openForReading(ctx context.Context, file string, n int) (*sql.DB, error) {
	db, err := openDatabase(ctx, file, readOnly, "", n)
	if err == nil {
		return db, nil
	}
	if wal, statErr := os.Stat(file + "-wal"); statErr == nil && wal.Size() > 0 {
		return nil, err
	}
	if db, again := openDatabase(ctx, file, immutable, "", n); again == nil {
		return db, nil
	}
	return nil, err
}

func checkSQLiteVersion(ctx context.Context, db *sql.DB) error {
	var text string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&text); err != nil {
		return err
	}
	return sqliteVersionAtLeast(text, minSQLite)
}

func sqliteVersionAtLeast(text string, least [3]int) error {
	parts := strings.SplitN(text, ".", 3)
	for i, want := range least {
		got := -1
		if i < len(parts) {
			if n, err := strconv.Atoi(parts[i]); err == nil {
				got = n
			}
		}
		if got > want {
			return nil
		}
		if got < want {
			return fmt.Errorf("sqlite %s has a bug that can damage a case: need %d.%d.%d", text, least[0], least[1], least[2])
		}
	}
	return nil
}

// schemaVersion is the version of the tables, 0 when there are none yet. A
// database of something else is refused.
func schemaVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var tables, versioned int
	err := db.QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE name = 'goose_db_version') FROM sqlite_schema WHERE type = 'table'").Scan(&tables, &versioned)
	if err != nil {
		return 0, err
	}
	if tables == 0 {
		return 0, nil
	}
	var version, id int64
	if versioned > 0 {
		if err := db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&version); err != nil {
			return 0, err
		}
	}
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return 0, err
	}
	if id != applicationID && (versioned == 0 || version > 0) {
		return 0, errNoCase
	}
	return version, nil
}

// latestVersion is the number of the last migration.
func latestVersion(migrations fs.FS) (int64, error) {
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return 0, err
	}
	var latest int64
	for _, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", name, err)
		}
		latest = max(latest, n)
	}
	return latest, nil
}

// migrate brings the tables to the latest version, each step in a transaction
// of its own. A file that already has tables is copied first, to
// case.db.before-N beside it.
func migrate(ctx context.Context, db *sql.DB, file string, migrations fs.FS) (int64, error) {
	have, err := schemaVersion(ctx, db)
	if err != nil {
		return 0, err
	}
	latest, err := latestVersion(migrations)
	if err != nil {
		return 0, err
	}
	if err := checkVersion(ctx, db, have, latest); err != nil {
		return 0, err
	}
	switch {
	case have > latest:
		return 0, fmt.Errorf("%w: tables of version %d, this one knows %d", ErrNewerSchema, have, latest)
	case have == latest:
		return have, nil
	case have > 0:
		if err := copyBefore(ctx, db, file, have, latest); err != nil {
			return 0, err
		}
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return 0, fmt.Errorf("prepare the tables: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return 0, fmt.Errorf("upgrade the tables from version %d to %d: %w", have, latest, err)
	}
	return latest, nil
}

// copyBefore writes a compact copy of the database, whole or not at all. Where an
// upgrade was interrupted between two steps, the copy of what was there before the
// first stays.
func copyBefore(ctx context.Context, db *sql.DB, file string, have, version int64) error {
	name := fmt.Sprintf("%s.before-%d", file, version)
	if copied, err := versionOf(ctx, name); err == nil && copied > 0 && copied < have {
		return nil
	}
	part := name + ".part"
	if err := removeDatabase(part); err != nil { // of a copy that was interrupted
		return err
	}
	if err := disk.Touch(part); err != nil { // for its owner alone
		return err
	}
	_, err := db.ExecContext(ctx, "VACUUM INTO ?", part)
	if err == nil {
		err = disk.Rename(part, filepath.Base(name))
	}
	if err != nil {
		_ = removeDatabase(part)
		return fmt.Errorf("copy the case before its upgrade: %w", err)
	}
	return nil
}

// removeDatabase deletes a database with the files that SQLite has beside it.
func removeDatabase(file string) error {
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
		if err := disk.Remove(file + suffix); err != nil {
			return err
		}
	}
	return nil
}

// versionOf is the version of the tables in a copy.
func versionOf(ctx context.Context, name string) (int64, error) {
	if _, err := os.Stat(name); err != nil {
		return 0, err
	}
	db, err := openDatabase(ctx, name, immutable, "", 1)
	if err != nil {
		return 0, err
	}
	version, err := schemaVersion(ctx, db)
	return version, first(err, db.Close())
}
