package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/usage"
)

// load measures a case of many files: a scan that is killed and goes on, every
// listing, search, exports and the workbench, each with its time and the memory
// of all its processes. The figures are for people to read; what must hold is
// that every step works, that the scan that went on read nothing twice, that an
// interrupted scan comes to the same listings as another, that copies are found
// and strangers kept apart.
type load struct {
	files int
	kept  string // folder that the case is left in
	*run
	plan  *loadPlan
	rows  []loadRow
	fails []string
}

func loadFlags() *load {
	l := &load{}
	flag.IntVar(&l.files, "load", 0, "a made case of so many files: scan, stop, resume, every listing, search, exports and the workbench")
	flag.StringVar(&l.kept, "load-dir", "", "load: make the case in this folder and leave it there; one that is there is taken as it is")
	return l
}

// Sizes and bounds of the load.
const (
	loadSeed  = 10
	loadTwice = 2000 // files of the case that is scanned with and without a stop

	leastCopies   = .95  // of the pairs of copies that were made, joined in a cluster
	mostStrangers = .002 // of the pairs that were reported
)

// loadRow is one line of the table.
type loadRow struct {
	what string
	took time.Duration
	work time.Duration // of the processors: what a busy machine does not change much
	peak int64         // bytes of all processes
	note string
}

func (l *load) measure(r *run) error {
	l.run = r
	if l.kept == "" {
		l.kept = filepath.Join(r.work, "load")
	}
	if l.files > loadTwice {
		if err := l.sameAfterStops(); err != nil {
			return fmt.Errorf("load: %w", err)
		}
	}
	fmt.Printf("\n== load, %d files\n", l.files)
	steps := []func() error{l.make, l.scanStopped, l.listings, l.judge, l.exports, l.workbench, l.custody}
	for _, step := range steps {
		if err := step(); err != nil {
			l.table()
			return errors.Join(fmt.Errorf("load: %w", err), failure("load", l.fails))
		}
	}
	l.table()
	return failure("load", l.fails)
}

func (l *load) table() {
	fmt.Printf("\n%-46s %10s %12s %7s\n", "step", "seconds", "processor s", "MB")
	for _, row := range l.rows {
		fmt.Println(row)
	}
}

func (r loadRow) String() string {
	return fmt.Sprintf("%-46s %10.2f %12.2f %7d  %s", r.what, r.took.Seconds(), r.work.Seconds(), r.peak>>20, r.note)
}

// note adds a row to the table, and prints it at once.
func (l *load) note(row loadRow, what, format string, args ...any) {
	row.what, row.note = what, fmt.Sprintf(format, args...)
	l.rows = append(l.rows, row)
	fmt.Println(row)
}

func (l *load) folder() string { return filepath.Join(l.kept, "fh") }

// make plans the case and writes its files, unless they are there.
func (l *load) make() (err error) {
	began := time.Now()
	if l.plan, err = planLoad(l.files, loadSeed); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(l.kept, "case")); err == nil {
		fmt.Printf("the files in %s are taken as they are\n", l.kept)
		return nil
	}
	if err := l.plan.write(filepath.Join(l.kept, "case")); err != nil {
		return err
	}
	l.note(loadRow{took: time.Since(began), work: usage.OwnProcessor()}, "make the files", "%d files of %d pictures, %d events", len(l.plan.files), len(l.plan.captures), l.plan.events)
	return nil
}

// listings runs every listing, and search in several scripts.
func (l *load) listings() error {
	for _, args := range [][]string{
		{"items", "--json"}, {"findings", "--json"}, {"duplicates", "--json"}, {"duplicates", "--clusters", "--json"}, {"incidents", "--json"}, {"incidents"}, {"count"},
		{"search", "smoke"}, {"search", "Харків"}, {"search", "ґанок"}, {"search", "قصف"}, {"search", "type:photo source:telegram мост"},
	} {
		if err := l.command(args...); err != nil {
			return err
		}
	}
	return nil
}

// exports writes what is handed on; the bag copies the originals.
func (l *load) exports() error {
	out := filepath.Join(l.work, "exports")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"export", "--format", "csv", "--out", filepath.Join(out, "all.csv")},
		{"export", "--format", "geojson", "--out", filepath.Join(out, "all.geojson")},
		{"export", "--format", "bagit", "--out", filepath.Join(out, "bag")},
		{"report", "--out", filepath.Join(out, "report.html")},
	} {
		if err := l.command(args...); err != nil {
			return err
		}
	}
	return os.RemoveAll(out)
}

func (l *load) custody() error { return l.command("custody", "verify") }
