package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
)

type incident struct {
	Incident string `json:"incident"`
	Members  []struct {
		Path string `json:"path"`
		Role string `json:"role"`
	} `json:"members"`
}

// score writes the grouping in the form of the generator's scorer and runs it.
func (c generated) score(folder string) error {
	incidents, err := lines[incident](c.program, "incidents", "--case", folder)
	if err != nil {
		return err
	}
	cluster, recycled := map[string]string{}, map[string]bool{}
	for _, inc := range incidents {
		for _, m := range inc.Members {
			switch m.Role {
			case "recycled":
				recycled[m.Path] = true
			case "original", "copy":
				cluster[m.Path] = inc.Incident
			}
		}
	}
	truth, err := c.truth()
	if err != nil {
		return err
	}
	pred := filepath.Join(c.out, "pred.csv")
	f, err := os.Create(pred)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	_ = w.Write([]string{"file", "cluster", "recycled"})
	for _, t := range truth {
		flag := ""
		if recycled[t.file] {
			flag = "1"
		}
		_ = w.Write([]string{t.file, cluster[t.file], flag})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	fmt.Printf("%d candidate incidents\n", len(incidents))
	return c.generator("mkcase", "run", ".", "score", "-truth", filepath.Join(c.out, "truth.csv"), "-pred", pred)
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
