// Package usage says what programs use: time, processor time and memory.
//
// Start at [Run], which runs a program to its end. It promises that what the
// program's own children use is counted with it: time of the processors as far
// as the program waits for its children, memory as the largest sum of resident
// memory that was seen at one moment. Memory that processes share counts once
// for each of them, so that this figure errs upward.
package usage

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Used is what one run of a program took.
type Used struct {
	Wall      time.Duration
	Processor time.Duration // of all processes together: what a busy machine does not change much
	Peak      int64         // bytes of memory of all processes, 0 where the system has no /proc
}

// Add is what two runs took, one after the other.
func (u Used) Add(v Used) Used {
	return Used{u.Wall + v.Wall, u.Processor + v.Processor, max(u.Peak, v.Peak)}
}

// Run starts a program and waits for its end. What it used is also given where
// it failed.
func Run(cmd *exec.Cmd) (u Used, err error) {
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return u, err
	}
	peak := Watch(cmd.Process.Pid)
	err = cmd.Wait()
	u.Wall = time.Since(began)
	u.Processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	u.Peak = <-peak
	return u, err
}

// Samples are taken often at first, so that a program that ends at once is
// seen, and then seldom enough to cost nothing.
const (
	soonest = 10 * time.Millisecond
	slowest = 500 * time.Millisecond
)

// Watch samples the resident memory of a process and all its children, and
// gives the largest sum when the process has ended. It is 0 where the system
// has no /proc.
func Watch(pid int) <-chan int64 {
	out := make(chan int64, 1)
	go func() {
		var peak int64
		began := time.Now()
		for {
			n, alive := Memory(pid)
			peak = max(peak, n)
			if !alive {
				break
			}
			time.Sleep(min(max(time.Since(began)/50, soonest), slowest))
		}
		out <- peak
	}()
	return out
}

// Memory sums the resident bytes of pid and its descendants.
func Memory(pid int) (total int64, alive bool) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		return 0, false
	}
	parent, memory := map[int]int{}, map[int]int64{}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		id, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err != nil {
			continue
		}
		// The name in brackets may hold anything; the fields follow its end.
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if len(fields) < 22 || fields[0] == "Z" {
			continue
		}
		parent[id], _ = strconv.Atoi(fields[1])
		pages, _ := strconv.ParseInt(fields[21], 10, 64)
		memory[id] = pages * int64(os.Getpagesize())
	}
	for id := range parent {
		for up := id; up > 1; up = parent[up] {
			if up == pid {
				total += memory[id]
				break
			}
		}
	}
	_, alive = parent[pid]
	return total, alive
}

// OwnProcessor is what this process has used of the processors so far. It is 0
// where the system has no /proc.
func OwnProcessor() time.Duration { return Processor(os.Getpid()) }

// Processor is that of any process, without those that it started.
func Processor(pid int) time.Duration {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond // in hundredths of a second on every Linux
}
