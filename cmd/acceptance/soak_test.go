package main

import "testing"

func TestHeapAndGoroutinesAreReadFromTheRuntime(t *testing.T) {
	const text = `gc 1 @0.010s 2%: 0.01+0.5+0.02 ms clock, 0.02+0.1/0.4/0+0.04 ms cpu, 4->5->44 MB, 5 MB goal, 0 MB stacks, 0 MB globals, 2 P
firsthand: the workbench is at the address above
SCHED 5000ms: gomaxprocs=2 idleprocs=2 threads=9
  G1: status=4(select) m=nil lockedm=nil
  G2: status=4(force gc (idle)) m=nil lockedm=nil
SCHED 10000ms: gomaxprocs=2 idleprocs=2 threads=9
  P0: status=0 schedtick=10
  M3: p=nil curg=nil
  G1: status=4(select) m=nil lockedm=nil
  G7: status=6() m=nil lockedm=nil
  G9: status=4(IO wait) m=nil lockedm=nil
gc 2 @9.010s 2%: 0.01+0.5+0.02 ms clock, 0.02+0.1/0.4/0+0.04 ms cpu, 80->82->41 MB, 85 MB goal, 0 MB stacks, 0 MB globals, 2 P (forced)
`
	if got := liveHeap(text); got != 41 {
		t.Errorf("%d MB live, want 41", got)
	}
	if got := liveHeap("nothing was collected"); got != -1 {
		t.Errorf("without a collection %d, want -1", got)
	}
	if got := goroutines(text); got != 2 {
		t.Errorf("%d goroutines, want those of the last picture that are not dead: 2", got)
	}
	if got := statusField("Name:\tfirsthand\nVmRSS:\t  204800 kB\nThreads:\t15\n", "VmRSS:"); got != 204800 {
		t.Errorf("%d kB resident", got)
	}
}

// What grows fails by its name; what jumps once and what is high from the start
// on does not.
func TestGrowthIsTold(t *testing.T) {
	series := func(change func(i int, n *soakSample)) *soak {
		s := &soak{files: 2000}
		for i := range 22 {
			n := soakSample{heap: 40, resident: 200, goroutines: 20, files: 40, threads: 15}
			change(i, &n)
			s.series = append(s.series, n)
		}
		return s
	}
	for name, c := range map[string]struct {
		change func(i int, n *soakSample)
		failed int
	}{
		"nothing":       {func(int, *soakSample) {}, 0},
		"once":          {func(i int, n *soakSample) { n.resident += int64(i/20) * 5000; n.files += i / 21 * 100 }, 0},
		"heap":          {func(i int, n *soakSample) { n.heap += int64(3 * i) }, 1},
		"goroutines":    {func(i int, n *soakSample) { n.goroutines += i }, 1},
		"open files":    {func(i int, n *soakSample) { n.files += i }, 1},
		"temporary":     {func(i int, n *soakSample) { n.temporary += i / 4 }, 1},
		"log and files": {func(i int, n *soakSample) { n.log += int64(i) << 10; n.files += i }, 2},
	} {
		if failed := series(c.change).grown(); len(failed) != c.failed {
			t.Errorf("%s: %d failures, want %d: %v", name, len(failed), c.failed, failed)
		}
	}
	if len((&soak{files: 1, series: make([]soakSample, 4)}).grown()) == 0 {
		t.Error("four samples are enough")
	}
}
