package exchange

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// byteOrderMark at the head of a CSV tells spreadsheets that it is UTF-8.
const byteOrderMark = "\ufeff"

// beginsFormula are the characters, and their full-width forms, that make a
// spreadsheet calculate what follows or take it for a command.
const beginsFormula = "=+-@\t\r\n＝＋－＠"

// escapeCell makes a cell text to a spreadsheet: one that begins like a formula
// gets an apostrophe in front. A number stays a number. What begins with
// apostrophes and then like a formula gets one more, so that [unescapeCell]
// undoes it exactly.
func escapeCell(s string) string {
	if looksLikeFormula(s) {
		return "'" + s
	}
	return s
}

// unescapeCell undoes escapeCell.
func unescapeCell(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && looksLikeFormula(rest) {
		return rest
	}
	return s
}

func looksLikeFormula(s string) bool {
	if isPlainNumber(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "'"))
	return r != utf8.RuneError && strings.ContainsRune(beginsFormula, r)
}

// isPlainNumber is digits with at most one minus in front and one point.
func isPlainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(s, ".")
	return allDigits(whole) && (!point || allDigits(fraction))
}

func allDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// table writes CSV as RFC 4180 has it, with every cell escaped. The first
// error stays and is given by close.
type table struct {
	w       *csv.Writer
	columns int
	err     error
}

// WriteTable writes a CSV for spreadsheets, with a header: no cell of it is taken
// for a formula, whoever wrote it.
func WriteTable(w io.Writer, header []string, rows [][]string) error {
	t := newTable(w, true, header...)
	for _, row := range rows {
		t.row(row...)
	}
	return t.close()
}

// newTable begins a table with its header.
func newTable(w io.Writer, bom bool, header ...string) *table {
	t := &table{w: csv.NewWriter(w), columns: len(header)}
	t.w.UseCRLF = true
	if bom {
		_, t.err = io.WriteString(w, byteOrderMark)
	}
	t.row(header...)
	return t
}

func (t *table) row(cells ...string) {
	if t.err != nil {
		return
	}
	if len(cells) != t.columns {
		t.err = fmt.Errorf("a row of %d cells in a table of %d columns", len(cells), t.columns)
		return
	}
	escaped := make([]string, len(cells))
	for i, c := range cells {
		escaped[i] = escapeCell(strings.ToValidUTF8(c, "\ufffd"))
	}
	t.err = t.w.Write(escaped)
}

func (t *table) close() error {
	t.w.Flush()
	if t.err != nil {
		return t.err
	}
	return t.w.Error()
}

// Bounds of a CSV that is read.
const (
	maxTable   = 256 << 20 // bytes
	maxRows    = 1_000_000
	maxColumns = 4_096
	maxCell    = 1 << 20 // bytes; a longer one is a bad row
)

// sheet is a CSV as read: the cells of each row by the name of the column,
// unescaped, with the line that it begins on.
type sheet struct {
	columns []string
	rows    []sheetRow
}

type sheetRow struct {
	line  int
	cells []string
}

// readSheet reads a CSV with a header. Rows that cannot be read are given to
// refuse and passed over.
func readSheet(r io.Reader, refuse func(line int, what, format string, a ...any)) (sheet, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxTable+1))
	if err != nil {
		return sheet{}, fmt.Errorf("read the table: %w", err)
	}
	if len(text) > maxTable {
		return sheet{}, fmt.Errorf("the table is larger than %d MiB, the most that is read", maxTable>>20)
	}
	if !utf8.Valid(text) {
		return sheet{}, fmt.Errorf("the table is not in UTF-8; save it as CSV UTF-8")
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte(byteOrderMark))))
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	var s sheet
	if s.columns, err = in.Read(); err != nil {
		return sheet{}, fmt.Errorf("read the header of the table: %w", err)
	}
	if len(s.columns) > maxColumns {
		return sheet{}, fmt.Errorf("the table has %d columns, more than %d", len(s.columns), maxColumns)
	}
	for i, c := range s.columns {
		s.columns[i] = unescapeCell(c)
	}
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return s, fmt.Errorf("read the table: %w", err)
		}
		line, _ := in.FieldPos(0)
		if len(s.rows) == maxRows {
			refuse(line, "the rest of the table", "more than %d rows are not read at once; split the file", maxRows)
			return s, nil
		}
		if reason := unusableRow(cells, len(s.columns)); reason != "" {
			refuse(line, "row", "%s", reason)
			continue
		}
		for i, c := range cells {
			cells[i] = unescapeCell(c)
		}
		s.rows = append(s.rows, sheetRow{line, cells})
	}
}

func unusableRow(cells []string, columns int) string {
	if len(cells) > columns {
		return fmt.Sprintf("it has %d cells and the header %d", len(cells), columns)
	}
	for _, c := range cells {
		if len(c) > maxCell {
			return fmt.Sprintf("a cell is longer than %d KiB", maxCell>>10)
		}
	}
	return ""
}

// column finds a column by one of its names, whatever their case; -1 where
// there is none.
func (s *sheet) column(names ...string) int {
	for _, name := range names {
		for i, c := range s.columns {
			if strings.EqualFold(strings.TrimSpace(c), name) {
				return i
			}
		}
	}
	return -1
}

// cell is a cell of the row without space around it, "" where the row is short
// or there is no such column.
func (r sheetRow) cell(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[column])
}
