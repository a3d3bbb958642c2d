package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// watchMemory samples the resident memory of a process and all its children,
// twice a second, and gives the largest sum when the process has ended.
// Shared pages count once for each process, so the figure errs upward. It is 0
// where the system has no /proc.
func watchMemory(pid int) <-chan int64 {
	out := make(chan int64, 1)
	go func() {
		var peak int64
		for {
			n, alive := treeMemory(pid)
			peak = max(peak, n)
			if !alive {
				break
			}
			time.Sleep(500 * time.Millisecond)
		}
		out <- peak
	}()
	return out
}

// treeMemory sums the resident bytes of pid and its descendants.
func treeMemory(pid int) (total int64, alive bool) {
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

// ownProcessorTime is what this process has used of the processors so far: what
// a busy machine does not change much. It is 0 where the system has no /proc.
func ownProcessorTime() time.Duration {
	text, err := os.ReadFile("/proc/self/stat")
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
