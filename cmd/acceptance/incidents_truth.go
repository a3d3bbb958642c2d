package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
)

// truthRow is what the generator knows of one file.
type truthRow struct {
	file     string
	incident string // "" for a file of no incident
	copies   string // files of one name show one picture
	role     string // original, repost, recycled, distractor, corrupt
	claimed  string // the incident that a recycled file is posted as
	note     string
}

// Roles and a note of the generator's table.
const (
	roleRecycled = "recycled"
	roleCorrupt  = "corrupt"
	olderAbsent  = "older-copy-absent" // no older copy is in the case: nothing there can tell
)

// readTruth reads the generator's truth.csv.
func readTruth(path string) ([]truthRow, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(rows) < 2 {
		return nil, fmt.Errorf("read %s: it names no file", path)
	}
	var at [6]int
	for i, name := range []string{"file", "incident_id", "dup_group", "role", "claimed_incident", "note"} {
		if at[i] = slices.Index(rows[0], name); at[i] < 0 {
			return nil, fmt.Errorf("read %s: it has no column %s", path, name)
		}
	}
	var out []truthRow
	for _, r := range rows[1:] {
		out = append(out, truthRow{r[at[0]], r[at[1]], r[at[2]], r[at[3]], r[at[4]], r[at[5]]})
	}
	return out, nil
}
