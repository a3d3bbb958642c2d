package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Bounds on the large case.
const (
	addedFiles  = 100
	mostAdding  = time.Second
	mostGrouped = 10 * time.Second
	mostMemory  = 1 << 30 // bytes, of the whole process

	leastPairsLarge  = .90
	leastEventsLarge = .65 // F1
)

// largeCase is 2,000 incidents in 20,000 files. It is scanned without some of
// its files and then with them, and then grouped anew under both settings; the
// one before is another each time, so that nothing stands.
func (n *incidents) largeCase() error {
	fmt.Printf("\n== mkcase, 2,000 incidents, 20,000 files\n")
	c, err := n.makeCase("large", "-n", "2000", "-files", "20000", "-synth", "-px", "160", "-seed", "7")
	if err != nil {
		return fmt.Errorf("large case: %w", err)
	}
	var failed []string
	if err := n.scanInTwo(c, &failed); err != nil {
		return fmt.Errorf("large case: %w", err)
	}
	var tables []incidentTable
	for _, name := range []string{balanced, automatic} {
		t, err := n.groupLarge(c, name, &failed)
		if err != nil {
			return fmt.Errorf("large case, %s: %w", name, err)
		}
		tables = append(tables, t)
	}
	return failure("large case", append(failed, largeHeld(tables)...))
}

// groupLarge groups the whole case anew and scores it. Peak memory is that of
// all that a scan does when no file is new.
func (n *incidents) groupLarge(c generated, name string, failed *[]string) (incidentTable, error) {
	t := incidentTable{setting: name}
	scan, err := n.scanAndScore(c, &t, "large", name)
	if err != nil {
		return t, err
	}
	took, ok := scan.grouping()
	if !ok {
		return t, fmt.Errorf("nothing was grouped anew: %s", scan.said)
	}
	t.print(n.wrong)
	*failed = append(*failed, atMostTime(name+": grouping", took, mostGrouped)...)
	*failed = append(*failed, verdict(fmt.Sprintf("%s: memory of all processes: %d MB, at most %d MB", name, scan.peak>>20, mostMemory>>20), scan.peak <= mostMemory)...)
	return t, nil
}

// largeHeld prints the bounds on the large case for each setting, and gives
// the failures of the one that has fewest: one setting has to meet all.
func largeHeld(tables []incidentTable) (fewest []string) {
	for i := range tables {
		s := &tables[i].rows[0].score
		least := func(what string, got, bound float64) []string {
			return verdict(fmt.Sprintf("%s: %s: %.3f, at least %.2f", tables[i].setting, what, got, bound), got >= bound)
		}
		failed := append(least("pair precision", s.pairs.precision, leastPairsLarge), least("B3 F1", s.events.f1(), leastEventsLarge)...)
		if i == 0 || len(failed) < len(fewest) {
			fewest = failed
		}
	}
	return fewest
}

// scanInTwo scans without some of the files, then with them, then once more.
func (n *incidents) scanInTwo(c generated, failed *[]string) error {
	if err := c.holdBack(addedFiles); err != nil {
		return errors.Join(err, c.putBack())
	}
	first, err := c.scan(c.folder(), n.flags(automatic)...)
	if err := errors.Join(err, c.putBack()); err != nil {
		return err
	}
	fmt.Print(first.said)
	fmt.Printf("scan: %s\n", first)
	more, err := c.scan(c.folder(), n.flags(automatic)...)
	if err != nil {
		return err
	}
	fmt.Print(more.said)
	fmt.Printf("scan with %d files more: %s\n", addedFiles, more)
	took, ok := more.grouping()
	if !ok {
		return fmt.Errorf("the scan with %d files more did not group anew: %s", addedFiles, more.said)
	}
	*failed = append(*failed, atMostTime(fmt.Sprintf("grouping with %d files more", addedFiles), took, mostAdding)...)
	again, err := c.scan(c.folder(), n.flags(automatic)...)
	if err != nil {
		return err
	}
	if err := again.readNothing(); err != nil {
		return err
	}
	fmt.Printf("third scan: %.1f s, nothing read anew\n", again.took.Seconds())
	return c.unreadableListed(c.folder())
}

func atMostTime(what string, took, most time.Duration) []string {
	return verdict(fmt.Sprintf("%s: %.2f s, at most %.0f s", what, took.Seconds(), most.Seconds()), took <= most)
}

// holdBack takes some files out of the case, evenly spread over its truth.
// Their sidecars stay, as where a download is not finished.
func (c generated) holdBack(files int) error {
	truth, err := c.truth()
	if err != nil {
		return err
	}
	for i := range files {
		name := filepath.FromSlash(truth[i*len(truth)/files].file)
		if err := moveFile(filepath.Join(c.out, "case", name), filepath.Join(c.held(), name)); err != nil {
			return err
		}
	}
	return nil
}

// held is where files lie that were taken out.
func (c generated) held() string { return filepath.Join(c.out, "held") }

// putBack puts all files back that were taken out.
func (c generated) putBack() error {
	return filepath.WalkDir(c.held(), func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == c.held() {
			return nil // none ever was
		}
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(c.held(), path)
		if err != nil {
			return err
		}
		return moveFile(path, filepath.Join(c.out, "case", name))
	})
}

func moveFile(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.Rename(from, to)
}
