package assess

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// Blank is an item whose sheet is to be filled in.
type Blank struct {
	Item verify.Digest
	Path string // by which people know it
}

// blankColumns are those of [WriteBlank]; "question" is for the reader alone.
func blankColumns() []string {
	return []string{"item", "question", "step", "answer", "note", "evidence", "minutes", "claim", "grade", "value", "basis", "conclusion", "limits"}
}

// WriteBlank writes one CSV file with an empty sheet for each item, to be filled
// in a spreadsheet: a row for each question, each claim and the conclusion. What
// [ParseSheets] reads of it is what was filled in; a row that stays empty says
// nothing.
func WriteBlank(w io.Writer, items []Blank) error {
	c := csv.NewWriter(w)
	at := map[string]int{}
	for i, name := range blankColumns() {
		at[name] = i
	}
	row := func(cells map[string]string) error {
		record := make([]string, len(at))
		for name, text := range cells {
			record[at[name]] = text
		}
		return c.Write(record)
	}
	if err := c.Write(blankColumns()); err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	for _, it := range items {
		for _, cells := range it.rows() {
			if err := row(cells); err != nil {
				return fmt.Errorf("write the sheet: %w", err)
			}
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	return nil
}

func (b Blank) rows() (out []map[string]string) {
	item := b.cell()
	for _, s := range Steps() {
		if !s.Derived {
			out = append(out, map[string]string{"item": item, "step": s.ID, "question": s.Question})
		}
	}
	for _, s := range Subjects() {
		out = append(out, map[string]string{"item": item, "claim": string(s), "question": words(Grades())})
	}
	return append(out, map[string]string{"item": item, "question": words(Conclusions())})
}

// cell names the item as [ParseSheets] and a spreadsheet leave it: by its path,
// or by its digest where the path has blanks at an end or would be a formula.
func (b Blank) cell() string {
	if b.Path == "" || strings.TrimSpace(b.Path) != b.Path || strings.ContainsAny(b.Path[:1], "=+-@'") {
		return string(b.Item)
	}
	return b.Path
}

// words lists what can be chosen.
func words[T ~string](choices []T) string {
	var out []string
	for _, c := range choices {
		out = append(out, string(c))
	}
	return strings.Join(out, " | ")
}
