package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"

	"github.com/firsthand-media/firsthand/verify"
)

// score holds the listed incidents against the truth.
func (c generated) score(folder string) error {
	incidents, err := lines[verify.Incident](c.program, "incidents", "--case", folder)
	if err != nil {
		return err
	}
	truth, err := c.truth()
	if err != nil {
		return err
	}
	fmt.Printf("%d candidate incidents\n", len(incidents))
	placed := placements(incidents)
	s := scoreIncidents(scoredFiles(truth, placed), nil)
	fmt.Print(s)
	return c.agrees(s, truth, placed)
}

// agrees demands that the generator's scorer comes to the same figures.
func (c generated) agrees(s incidentScore, truth []truthRow, placed map[string]placement) error {
	pred := filepath.Join(c.out, "pred.csv")
	if err := writePlacements(pred, truth, placed); err != nil {
		return err
	}
	cmd := exec.Command("go", "run", ".", "score", "-truth", filepath.Join(c.out, "truth.csv"), "-pred", pred)
	cmd.Dir = filepath.Join(c.shared, "bench/mkcase")
	cmd.Stderr = os.Stderr
	theirs, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("mkcase score: %w", err)
	}
	if string(theirs) != s.String() {
		return fmt.Errorf("mkcase score comes to other figures:\n%s", theirs)
	}
	return nil
}

// writePlacements writes a grouping in the form of the generator's scorer.
func writePlacements(path string, truth []truthRow, placed map[string]placement) error {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	_ = w.Write([]string{"file", "cluster", "recycled"})
	for _, t := range truth {
		flag := ""
		if placed[t.file].recycled {
			flag = "1"
		}
		_ = w.Write([]string{t.file, placed[t.file].cluster, flag})
	}
	w.Flush()
	return os.WriteFile(path, text.Bytes(), 0o644)
}

// sameWithOneWorker scans again into a new case with one worker and demands
// the same items, matches and incidents.
func (c generated) sameWithOneWorker() error {
	one := filepath.Join(c.out, "firsthand-one-worker")
	if _, err := c.scan(one, "--workers", "1"); err != nil {
		return err
	}
	for _, listing := range []string{"items", "duplicates", "incidents", "findings"} {
		a, err := lines[any](c.program, listing, "--case", filepath.Join(c.out, "firsthand"))
		if err != nil {
			return err
		}
		b, err := lines[any](c.program, listing, "--case", one)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(a, b) {
			return fmt.Errorf("firsthand %s differs between one worker and the default", listing)
		}
	}
	fmt.Println("one worker gives the same items, duplicates, incidents and findings")
	return nil
}
