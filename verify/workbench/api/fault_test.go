package api

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/firsthand-media/firsthand/fixtures/faults"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// What the workbench keeps of a person, and a trainer's plan, are what they were or
// what they became, whatever of the disk fails; and nothing else is left.
func TestKeptOnAFailingDisk(t *testing.T) {
	for what, keep := range map[string]func(dir string, nth int) error{
		"settings": func(dir string, nth int) error {
			return (&ownFiles{dir: dir}).write("kept.json", map[string]int{"nth": nth})
		},
		"plan": func(dir string, nth int) error {
			plan := &workshop.Plan{}
			plan.Exercise.ID = fmt.Sprint("exercise-", nth)
			_, err := writePlan(filepath.Join(dir, "kept.json"), plan)
			return err
		},
	} {
		swept := 0
		for _, kind := range faults.Kinds {
			for at := 1; ; at++ {
				dir := t.TempDir()
				if err := keep(dir, 1); err != nil {
					t.Fatal(err)
				}
				before := keptIn(t, dir)
				d := &faults.Disk{Plan: faults.Plan{At: at, Kind: kind}}
				back := disk.Through(d)
				err := keep(dir, 2)
				back()
				if len(d.Log) < at {
					break
				}
				now := keptIn(t, dir)
				if d.Hit {
					swept++
				}
				if (err == nil) == (now == before) && d.Log[at-1] != "sync "+filepath.Base(dir) { // of the folder: the new one is there
					t.Errorf("%s, %s at %d (%s): %v, and there is %s", what, kind, at, d.Log[at-1], err, now)
				}
				if err := keep(dir, 2); err != nil || keptIn(t, dir) == before {
					t.Errorf("%s, %s at %d: again: %v", what, kind, at, err)
				}
			}
		}
		if swept < 6 {
			t.Errorf("%s: only %d faults", what, swept)
		}
	}
}

// keptIn is the one file of a folder.
func keptIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("there are %v (%v)", entries, err)
	}
	b, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
