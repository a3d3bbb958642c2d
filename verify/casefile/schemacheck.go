package casefile

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/pressly/goose/v3"
)

// checkSchema compares tables, indexes and triggers with those that the
// migrations make: a trigger more could change what is written later.
func (f *File) checkSchema(ctx context.Context, found *faults) error {
	want, err := wantedSchema(ctx, schema(), f.info.Schema)
	if err != nil {
		return err
	}
	db, err := f.reading()
	if err != nil {
		return err
	}
	got, err := readSchema(ctx, db)
	if err != nil {
		found.add(-1, "schema of the database", "one that can be read", err.Error())
		return ctx.Err()
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := got[name]; !ok {
			found.add(-1, "schema of the database", name, "none")
		} else if got[name] != want[name] {
			found.add(-1, "schema of the database: "+name, want[name], got[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			found.add(-1, "schema of the database", "no "+name, name)
		}
	}
	return nil
}

// wantedSchema makes the tables of a version in memory and reads what came of it.
func wantedSchema(ctx context.Context, migrations fs.FS, version int64) (map[string]string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("make the tables: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection has a memory of its own
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("make the tables: %w", err)
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return nil, fmt.Errorf("make the tables: %w", err)
	}
	return readSchema(ctx, db)
}

// readSchema gives the text of each table, index and trigger by kind and name, but
// for the table in which the library of migrations counts them.
func readSchema(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'goose_db_version'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	parts := make(map[string]string)
	for rows.Next() {
		var kind, name, text string
		if err := rows.Scan(&kind, &name, &text); err != nil {
			return nil, err
		}
		parts[kind+" "+name] = text
	}
	return parts, rows.Err()
}
