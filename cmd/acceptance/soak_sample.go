package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/usage"
)

// soakSample is what the workbench takes at one moment, in a pause.
type soakSample struct {
	at         time.Duration
	heap       int64 // MB that live, by the last collections: the least of them
	resident   int64 // MB of the process alone
	tree       int64 // MB with its workers
	goroutines int
	files      int // open ones, and sockets
	threads    int
	log        int64 // kB of the log of the database
	temporary  int   // files in the folder for them
	requests   int
}

func (s *soak) sample() {
	pid := s.served.cmd.Process.Pid
	proc := fmt.Sprintf("/proc/%d/", pid)
	n := soakSample{at: time.Since(s.began)}
	text := s.served.stderr()
	n.heap, n.goroutines = liveHeap(text), goroutines(text)
	if len(s.series) > 0 && n.heap < 0 { // nothing was collected meanwhile
		n.heap = s.series[len(s.series)-1].heap
	}
	tree, _ := usage.Memory(pid)
	n.tree = tree >> 20
	if status, err := os.ReadFile(proc + "status"); err == nil {
		n.resident = statusField(string(status), "VmRSS:") >> 10
		n.threads = int(statusField(string(status), "Threads:"))
	}
	if open, err := os.ReadDir(proc + "fd"); err == nil {
		n.files = len(open)
	}
	if info, err := os.Stat(filepath.Join(s.dir, "fh", "case.db-wal")); err == nil {
		n.log = info.Size() >> 10
	}
	_ = filepath.WalkDir(s.served.tmp, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n.temporary++
		}
		return nil
	})
	for _, c := range s.counted {
		n.requests += c
	}
	s.series = append(s.series, n)
	fmt.Println(n)
}

func (n soakSample) String() string {
	return fmt.Sprintf("%6.1f min  %6d acts  heap %4d MB  resident %4d MB (with workers %4d MB)  %4d goroutines  %3d files  %3d threads  log %6d kB  %d temporary",
		n.at.Minutes(), n.requests, n.heap, n.resident, n.tree, n.goroutines, n.files, n.threads, n.log, n.temporary)
}

// collection is what the runtime prints of one: the heap before, at its end,
// and what of it lives.
var collection = regexp.MustCompile(`^gc \d+ @.* (\d+)->(\d+)->(\d+) MB`)

// liveHeap is the least that a collection left, -1 where there was none.
func liveHeap(text string) int64 {
	least := int64(-1)
	for line := range strings.Lines(text) {
		if m := collection.FindStringSubmatch(line); m != nil {
			if n, err := strconv.ParseInt(m[3], 10, 64); err == nil && (least < 0 || n < least) {
				least = n
			}
		}
	}
	return least
}

// goroutines counts those of the last picture of the scheduler that are not
// dead (status 6).
func goroutines(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "SCHED "):
			n = 0
		case strings.HasPrefix(line, "G") && strings.Contains(line, ": status=") && !strings.Contains(line, ": status=6("):
			n++
		}
	}
	return n
}

func statusField(status, name string) int64 {
	for line := range strings.Lines(status) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n
		}
	}
	return 0
}

// report prints what was done.
func (s *soak) report() {
	for _, name := range slices.Sorted(maps.Keys(s.counted)) {
		fmt.Printf("  %-14s %6d", name, s.counted[name])
		if n := s.refused[name]; n > 0 {
			fmt.Printf("  (%d refused)", n)
		}
		fmt.Println()
	}
}

// grown compares the medians of the first and the last third of the samples:
// one high sample is no growth. Files that rescans add, and what is recorded of
// acts, are part of the case and are allowed for.
func (s *soak) grown() (failed []string) {
	// Until the first sample, what is kept ready was not yet.
	series := s.series[min(1, len(s.series)):]
	if len(series) < 6 {
		return []string{fmt.Sprintf("%d samples are too few to tell growth: let the soak last longer", len(series))}
	}
	files := 1 + float64(soakAdds-len(s.more))/float64(s.files)
	for _, m := range []struct {
		what  string
		of    func(soakSample) float64
		share float64 // of the first third
		more  float64 // beside that
	}{
		{"heap that lives, MB", func(n soakSample) float64 { return float64(n.heap) }, 1.1 * files, 16},
		{"resident memory, MB", func(n soakSample) float64 { return float64(n.resident) }, 1.15 * files, 32},
		{"goroutines", func(n soakSample) float64 { return float64(n.goroutines) }, 1, 8},
		{"open files", func(n soakSample) float64 { return float64(n.files) }, 1, 8},
		{"threads", func(n soakSample) float64 { return float64(n.threads) }, 1, 8},
		{"log of the database, kB", func(n soakSample) float64 { return float64(n.log) }, 1, 8 << 10},
		{"temporary files", func(n soakSample) float64 { return float64(n.temporary) }, 1, 0},
	} {
		third := len(series) / 3
		first, last := medianOf(series[:third], m.of), medianOf(series[len(series)-third:], m.of)
		bound := first*m.share + m.more
		failed = append(failed, verdict(fmt.Sprintf("%s: %.0f in the first third, %.0f in the last, at most %.0f", m.what, first, last, bound), last <= bound)...)
	}
	return failed
}

func medianOf(list []soakSample, of func(soakSample) float64) float64 {
	values := make([]float64, len(list))
	for i := range list {
		values[i] = of(list[i])
	}
	slices.Sort(values)
	return values[len(values)/2]
}
