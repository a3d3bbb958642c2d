package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxHeaderRows is how far down a table's header is looked for: people put
// titles and notes above it.
const maxHeaderRows = 10

// table reads the rows of a text table by the names of its columns.
type table struct {
	rows    *csv.Reader
	columns columnSet
}

// decodedText gives a text without byte order mark in UTF-8: spreadsheets save
// tables in UTF-16, too.
func decodedText(r io.Reader) io.Reader {
	return transform.NewReader(r, unicode.BOMOverride(unicode.UTF8.NewDecoder()))
}

// separators are those that spreadsheets write, by language.
const separators = ",;\t"

// separator is the one that stands most often in the first lines.
func separator(head []byte) rune {
	best, most := ',', 0
	for _, s := range separators {
		if n := bytes.Count(head, []byte(string(s))); n > most {
			best, most = s, n
		}
	}
	return best
}

// newTable reads a text as a table; head is its start.
func newTable(r io.Reader, head []byte) *table {
	rows := csv.NewReader(decodedText(r))
	rows.Comma = separator(firstLines(head, maxHeaderRows))
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	return &table{rows: rows}
}

func firstLines(text []byte, n int) []byte {
	at := 0
	for range n {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return text
		}
		at += i + 1
	}
	return text[:at]
}

// columnSet gives the places of columns by their names in lower case.
type columnSet map[string]int

func (c columnSet) any(names ...string) bool {
	for _, name := range names {
		if _, ok := c[name]; ok {
			return true
		}
	}
	return false
}

// header looks for the row that names the columns.
func (t *table) header(is func(columnSet) bool) bool {
	for range maxHeaderRows {
		row, err := t.rows.Read()
		if err != nil && !isRowError(err) {
			return false
		}
		columns := make(columnSet, len(row))
		for i, name := range row {
			name = strings.ToLower(strings.Join(strings.Fields(name), " "))
			if _, twice := columns[name]; name != "" && !twice {
				columns[name] = i
			}
		}
		if is(columns) {
			t.columns = columns
			return true
		}
	}
	return false
}

// isRowError reports an error that costs one row and not the rest.
func isRowError(err error) bool {
	var rowErr *csv.ParseError
	return errors.As(err, &rowErr)
}

// tableRow is one row.
type tableRow struct {
	table *table
	cells []string
}

// cell returns the first cell that is not empty among columns of the given
// names.
func (r tableRow) cell(names ...string) string {
	for _, name := range names {
		if i, ok := r.table.columns[name]; ok && i < len(r.cells) {
			if text := strings.TrimSpace(r.cells[i]); text != "" {
				return text
			}
		}
	}
	return ""
}

// each calls visit for the rows below the header.
func (t *table) each(out *reading, visit func(tableRow) error) {
	for {
		cells, err := t.rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil && isRowError(err):
			out.broken.add(strings.Join(cells, ","))
			continue
		case err != nil:
			out.stop(err, t.rows.InputOffset())
			return
		}
		if err := visit(tableRow{t, cells}); err != nil {
			out.stop(err, t.rows.InputOffset())
			return
		}
	}
}
