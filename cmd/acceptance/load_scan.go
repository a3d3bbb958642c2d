package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/usage"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// command runs one on the case and notes what it took.
func (l *load) command(args ...string) error {
	out, row, err := l.timed(append(args, "--case", l.folder())...)
	if err != nil {
		return err
	}
	name := fmt.Sprint(args)
	for i, a := range args {
		if a == "--out" {
			name = fmt.Sprint(args[:i])
		}
	}
	l.note(row, name[1:len(name)-1], "%d lines", bytes.Count(out, []byte("\n")))
	return nil
}

// timed runs the program and gives what it wrote.
func (r *run) timed(args ...string) (out []byte, row loadRow, err error) {
	cmd := exec.Command(r.program, args...)
	var to, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &to, &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, row, err
	}
	peak := usage.Watch(cmd.Process.Pid)
	err = cmd.Wait()
	row.took, row.work = time.Since(began), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
	if row.peak = <-peak; err != nil {
		err = fmt.Errorf("%v: %w: %s", args, err, bytes.TrimSpace(said.Bytes()))
	}
	return to.Bytes(), row, err
}

// stoppedScan begins a scan and kills it, without any warning, as soon as so
// many files are stored; it gives how many are. The rest of the program dies
// with it.
func (r *run) stoppedScan(folder string, sources []string, files int) (stored int, peak int64, err error) {
	cmd := exec.Command(r.program, slices.Concat([]string{"scan"}, sources, []string{"--case", folder})...)
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	memory := usage.Watch(cmd.Process.Pid)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for tick := time.NewTicker(200 * time.Millisecond); ; {
		select {
		case err := <-ended:
			return 0, 0, fmt.Errorf("the scan ended before it could be stopped: %v", err)
		case <-tick.C:
		}
		if n, err := storedFiles(folder); err != nil || n < files {
			continue // the case is just being made
		}
		tick.Stop()
		if err := cmd.Process.Kill(); err != nil {
			return 0, 0, err
		}
		<-ended
		stored, err = storedFiles(folder)
		return stored, <-memory, err
	}
}

// storedFiles counts the files that a case knows.
func storedFiles(folder string) (int, error) {
	if _, err := os.Stat(filepath.Join(folder, casefile.DatabaseName)); err != nil {
		return 0, err
	}
	file, err := casefile.Open(folder, casefile.Options{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer file.Close()
	n, err := file.Counts(context.Background())
	return n.Sightings, err
}

// scanTold is what a scan says of its files.
var scanTold = regexp.MustCompile(`([\d,]+) files: ([\d,]+) read \([\d,]+ of them new content\), ([\d,]+) unchanged`)

// readOf gives how many files a scan found, read, and left as they were.
func (s scanned) readOf() (all, read, kept int, err error) {
	m := scanTold.FindStringSubmatch(s.said)
	if m == nil {
		return 0, 0, 0, fmt.Errorf("the scan does not say what it read: %s", s.said)
	}
	n := func(text string) int {
		v, _ := strconv.Atoi(string(bytes.ReplaceAll([]byte(text), []byte(","), nil)))
		return v
	}
	return n(m[1]), n(m[2]), n(m[3]), nil
}

// scanStopped scans half of the case, is killed, and goes on: what was stored
// is not read again, and all else once. A third scan reads nothing.
func (l *load) scanStopped() error {
	sources, err := l.sources()
	if err != nil {
		return err
	}
	if _, err := os.Stat(l.folder()); err == nil {
		fmt.Printf("the case in %s was scanned before: only scanned again\n", l.folder())
	} else if err := l.killedOnce(sources); err != nil {
		return err
	}
	again, err := l.scan(l.folder(), sources)
	if err != nil {
		return err
	}
	l.note(again.row(), "scan, nothing new", "%s", scanParts.FindString(again.said))
	return again.readNothing()
}

func (l *load) sources() ([]string, error) {
	return generated{run: l.run, out: l.kept}.sources()
}

func (l *load) killedOnce(sources []string) error {
	began := time.Now()
	stored, peak, err := l.stoppedScan(l.folder(), sources, l.files*2/5)
	if err != nil {
		return err
	}
	l.note(loadRow{took: time.Since(began), peak: peak}, "scan until kill -9", "%d files stored", stored)
	s, err := l.scan(l.folder(), sources)
	if err != nil {
		return err
	}
	all, read, kept, err := s.readOf()
	if err != nil {
		return err
	}
	fmt.Print(s.said)
	l.note(s.row(), "scan that goes on", "%s", scanParts.FindString(s.said))
	l.fails = append(l.fails, verdict(fmt.Sprintf("after kill -9: %d files stored, %d not read again, %d of %d read", stored, kept, read, all),
		kept == stored && read == all-stored && all == l.files)...)
	return nil
}

// scanParts is what a scan says it took for its parts.
var scanParts = regexp.MustCompile(`reading took .*`)

func (s scanned) row() loadRow { return loadRow{took: s.took, work: s.processor, peak: s.peak} }

// sameAfterStops scans a smaller case without a stop, and again with two: while
// it reads, and while it compares. All listings are the same bytes.
func (l *load) sameAfterStops() error {
	fmt.Printf("\n== load, %d files with and without stops\n", loadTwice)
	dir := filepath.Join(l.work, "twice")
	plan, err := planLoad(loadTwice, loadSeed+1)
	if err != nil {
		return err
	}
	if err := plan.write(filepath.Join(dir, "case")); err != nil {
		return err
	}
	sources, err := generated{run: l.run, out: dir}.sources()
	if err != nil {
		return err
	}
	whole, stopped := filepath.Join(dir, "whole"), filepath.Join(dir, "stopped")
	if _, err := l.scan(whole, sources); err != nil {
		return err
	}
	for _, at := range []int{loadTwice / 3, loadTwice} {
		if _, _, err := l.stoppedScan(stopped, sources, at); err != nil {
			return err
		}
	}
	s, err := l.scan(stopped, sources)
	if err != nil {
		return err
	}
	if err := s.readNothing(); err != nil {
		return err
	}
	for _, listing := range []string{"items", "duplicates", "incidents", "findings"} {
		a, _, err := l.timed(listing, "--json", "--case", whole)
		if err != nil {
			return err
		}
		b, _, err := l.timed(listing, "--json", "--case", stopped)
		if err != nil {
			return err
		}
		l.fails = append(l.fails, verdict(fmt.Sprintf("%s after two stops: the same %d bytes", listing, len(a)), len(a) > 0 && bytes.Equal(a, b))...)
	}
	return nil
}
