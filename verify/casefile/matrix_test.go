package casefile

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// derived are the tables and columns whose change verification may pass over,
// and why. Anything else in the schema has to be checked.
var derived = map[string]string{
	"goose_db_version": "what the library of migrations keeps for itself; the tables are compared with the migrations",
	"case_info.one":    "there is one row, whatever its number",
	"findings.ord":     "only the order counts, and that is compared",
}

// lastMayGo are the tables whose last row may be dropped, and why.
var lastMayGo = map[string]string{
	"checkpoints": "checkpoints.txt has it still, as after a crash, and the next writer records it again",
}

// names is what a fault about a table's row says, where not the table's name.
var names = map[string]string{
	"case_info": "of the case|that made the case|the case was made|holds no case", "items": "item ", "sightings": "sighting |path of item ", "sources": "source ", "scans": "scan ",
	"findings": "source/one|check/", "settings": "setting ", "decisions": "decision", "texts": "text ",
	"events": "position|encoding|content|missing at the end", "checkpoints": "checkpoint", "anchors": "anchors|countersignature",
	"annexes": "annex", "annex_events": "annex", "annex_checkpoints": "annex",
}

// column is one of the columns of one of the tables, as the schema has it.
type column struct{ table, name, kind string }

func (c column) String() string { return c.table + "." + c.name }

// schemaColumns reads every column of every table from the schema itself.
func schemaColumns(t *testing.T, db *sql.DB) []column {
	t.Helper()
	rows, err := db.Query(`SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY m.name, c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []column
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.table, &c.name, &c.kind); err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	if err := rows.Err(); err != nil || len(list) < 60 {
		t.Fatalf("%d columns, %v", len(list), err)
	}
	return list
}

// changed is an expression for another value than the one in a column.
func (c column) changed() string {
	switch c.kind {
	case "INTEGER":
		return "coalesce(" + c.name + ", 0) + 100" // beyond what is there, so that a key stays one of its own
	case "BLOB":
		return "CAST(coalesce(" + c.name + ", x'') || x'41' AS BLOB)"
	}
	// another letter in the first text or name that there is, so that JSON stays JSON
	return fmt.Sprintf(`CASE WHEN %[1]s GLOB '*[a-w]*' AND %[1]s NOT IN ('null', 'true', 'false')
		THEN substr(%[1]s, 1, length(%[1]s) - length(ltrim(%[1]s, '{["0123456789-:TZ. ')))
			|| char(unicode(substr(ltrim(%[1]s, '{["0123456789-:TZ. '), 1, 1)) + 1)
			|| substr(ltrim(%[1]s, '{["0123456789-:TZ. '), 2)
		ELSE coalesce(%[1]s, '') || '1' END`, c.name)
}

// filledTables gives the tables of cases: for each the first case that has a row in
// it, and how many it has.
func filledTables(t *testing.T, dirs ...string) (columns []column, dir map[string]string, rows map[string]int) {
	t.Helper()
	dir, rows = make(map[string]string), make(map[string]int)
	for _, d := range dirs {
		db, err := openDatabase(context.Background(), filepath.Join(d, databaseName), readOnly, "", 1)
		if err != nil {
			t.Fatal(err)
		}
		columns = schemaColumns(t, db)
		for _, c := range columns {
			var n int
			if err := db.QueryRow("SELECT count(*) FROM " + c.table).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if rows[c.table] == 0 {
				dir[c.table], rows[c.table] = d, n
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return columns, dir, rows
}

// Whatever is changed in a row of any table, verification fails and names it.
// The tables and columns are those of the schema: one that is added later and is
// not checked fails here.
func TestTamperMatrix(t *testing.T) {
	columns, dir, filled := filledTables(t, fullCase(t), workedExercise(t))
	for table, n := range filled {
		if n == 0 {
			t.Errorf("no case has a row in table %s, so that nothing is tried on it", table)
		}
	}
	tried := 0
	for _, c := range columns {
		if derived[c.table] != "" || derived[c.String()] != "" {
			continue
		}
		tried++
		for _, row := range []string{"min", "max"} {
			copied := copyCase(t, dir[c.table])
			tamper(t, copied, fmt.Sprintf("UPDATE %[1]s SET %[2]s = %[3]s WHERE rowid = (SELECT %[4]s(rowid) FROM %[1]s)", c.table, c.name, c.changed(), row))
			wantNamed(t, fmt.Sprintf("%s of the %s row", c, row), verifyDir(t, copied), c.table)
		}
	}
	for table, n := range filled {
		if derived[table] != "" {
			continue
		}
		tried++
		for _, row := range []string{"min", "max"} {
			if row == "max" && lastMayGo[table] != "" {
				continue
			}
			copied := copyCase(t, dir[table])
			tamper(t, copied, fmt.Sprintf("DELETE FROM %[1]s WHERE rowid = (SELECT %[2]s(rowid) FROM %[1]s)", table, row))
			wantNamed(t, fmt.Sprintf("the %s row of %s dropped (of %d)", row, table, n), verifyDir(t, copied), table)
		}
	}
	t.Logf("%d columns and tables tried, %d passed over", tried, len(derived))
	for name := range derived {
		if !slices.ContainsFunc(columns, func(c column) bool { return c.table == name || c.String() == name }) {
			t.Errorf("%s is excused and is not in the schema", name)
		}
	}
}

// wantNamed wants a fault that says which table or row it is about.
func wantNamed(t *testing.T, what string, err error, table string) {
	t.Helper()
	words := "table " + table
	if more, ok := names[table]; ok {
		words += "|" + more
	} else {
		words = table
	}
	found := faultTexts(err)
	if !slices.ContainsFunc(found, func(s string) bool {
		return slices.ContainsFunc(strings.Split(words, "|"), func(w string) bool { return strings.Contains(s, w) })
	}) {
		t.Errorf("%s: got %v %q, want a fault that names %q", what, err, found, words)
	}
}

// What is added to the schema, or taken from it, is named.
func TestTamperedSchema(t *testing.T) {
	dir := fullCase(t)
	for statement, want := range map[string]string{
		"DROP TRIGGER events_kept": "trigger events_kept",
		"CREATE TRIGGER quiet AFTER INSERT ON decisions BEGIN UPDATE decisions SET actor = 'x' WHERE seq = new.seq; END": "trigger quiet",
		"CREATE TABLE extra (x)":                   "table extra",
		"CREATE VIEW extra AS SELECT 1":            "view extra",
		"DROP INDEX sightings_path":                "index sightings_path",
		"ALTER TABLE settings ADD COLUMN who TEXT": "table settings",
	} {
		copied := copyCase(t, dir)
		rawExec(t, copied, statement)
		wantBroken(t, statement, verifyDir(t, copied), want)
	}
}

// Several faults are all named, not the first alone.
func TestVerifyCustodyNamesSeveral(t *testing.T) {
	copied := copyCase(t, fullCase(t))
	tamper(t, copied, "UPDATE settings SET value = 'UTC'", "UPDATE decisions SET actor = 'Max' WHERE kind = 'reject'",
		"UPDATE items SET size = 7 WHERE path = 'one/b'", "DELETE FROM matches")
	err := verifyDir(t, copied)
	for _, want := range []string{"setting zone/one", "name of the decision", "item ", "matches"} {
		wantBroken(t, "four changes", err, want)
	}
	if n := len(faultTexts(err)); n != 4 {
		t.Errorf("%d faults of 4: %q", n, faultTexts(err))
	}
}
