package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// results are all figures of a run, as -json writes them.
type results struct {
	Programs []program
	Tables   []table
}

// table is one table with what is said under it.
type table struct {
	Title   string
	Columns []string
	Rows    [][]string
	Notes   []string
	Took    runs // every run, in nanoseconds and bytes
}

func (t *table) row(cells ...string)          { t.Rows = append(t.Rows, cells) }
func (t *table) note(format string, a ...any) { t.Notes = append(t.Notes, fmt.Sprintf(format, a...)) }
func (r *results) add(t table)                { r.Tables = append(r.Tables, t) }
func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// print writes Markdown: no seconds and no bytes, which are another machine's
// tomorrow.
func (r *results) print(w io.Writer) {
	var there, missing []string
	for _, p := range r.Programs {
		if p.Version == "" {
			missing = append(missing, p.Name)
		} else {
			there = append(there, p.Name+" "+p.Version)
		}
	}
	fmt.Fprintf(w, "Measured: %s.", strings.Join(there, ", "))
	if len(missing) > 0 {
		fmt.Fprintf(w, " Not installed and left out: %s.", strings.Join(missing, ", "))
	}
	fmt.Fprintln(w)
	for _, t := range r.Tables {
		fmt.Fprintf(w, "\n%s\n\n", t.Title)
		fmt.Fprintf(w, "| %s |\n|%s\n", strings.Join(t.Columns, " | "), strings.Repeat("---|", len(t.Columns)))
		for _, cells := range t.Rows {
			fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
		}
		for i, n := range t.Notes {
			if i == 0 {
				fmt.Fprintln(w)
			}
			fmt.Fprintf(w, "- %s\n", n)
		}
	}
}

func (r *results) write(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// busy tells whether programs mostly waited for the processors: what passed by
// the clock then says more of the machine than of them.
func (all runs) busy() bool {
	var wall, processor time.Duration
	for _, r := range all {
		for _, u := range r {
			wall, processor = wall+u.Wall, processor+u.Processor
		}
	}
	return wall > 2*processor
}

// clock is the ratio of what passed by the clock, which is not printed where
// the machine was busy with other work.
func (all runs) clock(above, below string) string {
	if all.busy() {
		return "machine busy"
	}
	return ratio(all[above], all[below], wall).String()
}

// turnsNote says how the ratios were taken.
func (t *table) turnsNote(turns int) {
	t.note("Median (least–most) of turns: %d; each ratio is taken within one turn.", turns)
}
