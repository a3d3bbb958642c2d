package workshop

import (
	"fmt"
	"io"
	"strconv"

	"github.com/firsthand-media/firsthand/verify/exchange"
)

// WriteCSV writes the scores as a table for spreadsheets: a line for each learner
// with the points, the minutes and the hints of all tasks together, and the
// points of each task under its id. No name in it is taken for a formula.
func (c *Collection) WriteCSV(w io.Writer) error {
	header := []string{"name", "points", "of", "minutes", "hints"}
	for _, t := range c.Tasks {
		header = append(header, t.Task)
	}
	var rows [][]string
	for _, l := range c.Learners {
		hints := 0
		for _, n := range l.Hints {
			hints += n
		}
		row := []string{l.Name, points(l.Score.Points), strconv.Itoa(l.Score.Of), strconv.Itoa(l.Minutes), strconv.Itoa(hints)}
		for _, t := range l.Score.Tasks {
			row = append(row, points(t.Points))
		}
		rows = append(rows, row)
	}
	if err := exchange.WriteTable(w, header, rows); err != nil {
		return fmt.Errorf("write the table of scores: %w", err)
	}
	return nil
}

// points writes points with the hundredths that they are rounded to.
func points(p float64) string { return strconv.FormatFloat(p, 'f', 2, 64) }
