package casefile

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// checkedTable is a table of which every row, column by column, follows from
// the events of the ledger. VerifyCustody compares it without further code: a
// new table needs its entry in checkedTables and nothing else.
type checkedTable struct {
	name    string
	columns []string                                          // all of them, those of the key first
	key     int                                               // how many columns are the key
	follow  map[string]func(*wantedRows, custody.Event) error // what each kind of event does to the table
}

// checkedTables lists them. The tables whose events hold but a digest of the
// rows are compared by code of their own, see tableChecks.
func checkedTables() []checkedTable {
	tables := []checkedTable{anchorsTable(), adoptedTable(), annexesTable(), assessmentsTable(), marksTable(), knownSetsTable(), groupingTable(), collectedTable()}
	return append(tables, exerciseTables()...)
}

// wantedRows is what a table must hold by the events followed so far.
type wantedRows struct {
	key  int
	rows map[string]wantedRow // by the key's columns as shown
}

type wantedRow struct {
	seq    int64
	values []any
}

// put says that a row must be there, in place of one with the same key. The
// values are those of the columns in order: nil, string, bool, int64, int,
// float64, []byte, or a hashedBytes for bytes of which the event has the digest.
func (w *wantedRows) put(seq int64, values ...any) {
	w.rows[shownKey(values[:w.key])] = wantedRow{seq, values}
}

// drop says that the row of a key must be there no longer.
func (w *wantedRows) drop(key ...any) { delete(w.rows, shownKey(key)) }

// hashedBytes is wanted of a column when the event holds the SHA-256 of its
// bytes, in lower-case hexadecimal.
type hashedBytes string

// shownValue gives a value of a column one spelling.
func shownValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case bool:
		if v {
			return "1"
		}
		return "0"
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []byte:
		return "x'" + hex.EncodeToString(v) + "'"
	case string:
		return strconv.Quote(v)
	case hashedBytes:
		return "bytes of SHA-256 " + string(v)
	}
	return fmt.Sprintf("%T", v)
}

func shownKey(key []any) string {
	shown := make([]string, len(key))
	for i, v := range key {
		shown[i] = shownValue(v)
	}
	return strings.Join(shown, " ")
}

// compare reads the table and reports each row that is not as it must be.
func (c checkedTable) compare(ctx context.Context, f *File, want *wantedRows, found *faults) error {
	rows, err := f.query(ctx, "SELECT "+strings.Join(c.columns, ", ")+" FROM "+c.name+" ORDER BY "+strings.Join(c.columns[:c.key], ", "))
	if err != nil {
		return err
	}
	defer rows.Close()
	seen := make(map[string]bool)
	for rows.Next() {
		values := make([]any, len(c.columns))
		into := make([]any, len(c.columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		key := shownKey(values[:c.key])
		seen[key] = true
		c.compareRow(key, want.rows[key], values, found)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var missing []string
	for key := range want.rows {
		if !seen[key] {
			missing = append(missing, key)
		}
	}
	slices.SortFunc(missing, func(a, b string) int {
		return cmp.Or(cmp.Compare(want.rows[a].seq, want.rows[b].seq), cmp.Compare(a, b))
	})
	for _, key := range missing {
		found.add(want.rows[key].seq, c.name+" "+key, "a row", "none")
	}
	return nil
}

func (c checkedTable) compareRow(key string, want wantedRow, values []any, found *faults) {
	if want.values == nil {
		found.add(0, c.name+" "+key, "no such row", "one that no entry tells of")
		return
	}
	for i, column := range c.columns[c.key:] {
		w, got := want.values[c.key+i], values[c.key+i]
		if _, hashed := w.(hashedBytes); hashed {
			if b, ok := got.([]byte); ok {
				sum := sha256.Sum256(bytes.Clone(b))
				got = hashedBytes(hex.EncodeToString(sum[:]))
			}
		}
		if shownValue(w) != shownValue(got) {
			found.add(want.seq, column+" of "+c.name+" "+key, shownValue(w), shownValue(got))
		}
	}
}
