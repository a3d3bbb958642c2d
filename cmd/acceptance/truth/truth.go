// Package truth reads what is known of the data that this program and others
// are measured on, and compares what they say with it.
//
// Start at [ReadCopies] for photographs and their copies, at [EqualValues] for
// the values of tags, at [ReadTable] for any other table. It knows no program's
// output: what is compared is paths and values.
package truth

import (
	"encoding/csv"
	"fmt"
	"os"
)

// ReadTable reads a CSV file with a heading.
func ReadTable(path string) ([]map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) == 0 {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var rows []map[string]string
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
