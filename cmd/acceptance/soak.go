package main

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// soak keeps the workbench at mixed work for long, and demands that nothing
// grows: the heap that lives, the memory that the system counts, goroutines,
// open files, threads, temporary files and the log of the database. Heap and
// goroutines are what the Go runtime prints of itself when its environment
// asks for it, so that the program needs no door for this.
type soak struct {
	lasts time.Duration
	files int
	*run
	served  *served
	random  *rand.Rand
	dir     string
	plan    *loadPlan
	more    []string // files that are added one after the other
	ids     []string
	counted map[string]int // by what was done
	refused map[string]int
	began   time.Time
	series  []soakSample
}

func soakFlags() *soak {
	s := &soak{counted: map[string]int{}, refused: map[string]int{}}
	flag.DurationVar(&s.lasts, "soak", 0, "mixed work in the workbench for so long, as 30m; memory, goroutines, files and logs must not grow")
	flag.IntVar(&s.files, "soak-files", 2000, "soak: files of the case that is made")
	return s
}

// How the work goes: so long without a pause, then nothing, then a sample. The
// runtime collects by itself after two minutes without work, so only the pauses
// that long end in a sample of the memory that nothing needs; the shorter ones
// show what the last collection left.
const (
	soakWork = 70 * time.Second
	soakIdle = 5 * time.Second
	soakPace = 60 * time.Millisecond // between two requests
	soakAdds = 240                   // files that rescans add in all

	soakTurns = 3 // of work, and then a rescan

	soakVideos  = 12
	soakLargest = 280 << 10 // bytes of a video
)

func (s *soak) measure(r *run) (err error) {
	s.run, s.random, s.dir = r, rand.New(rand.NewPCG(30, 0)), filepath.Join(r.work, "soak")
	if err := s.prepare(); err != nil {
		return fmt.Errorf("soak: %w", err)
	}
	fmt.Printf("\n== soak, %s on %d files\n", s.lasts, s.files)
	tmp := filepath.Join(s.dir, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return err
	}
	folder := filepath.Join(s.dir, "fh")
	s.served, err = serve(r.program, folder, tmp, "GODEBUG=gctrace=1,schedtrace=5000,scheddetail=1")
	if err != nil {
		return err
	}
	err = s.work()
	if e := s.served.end(); e != nil {
		err = errors.Join(err, fmt.Errorf("the workbench ended with: %w", e))
	}
	s.report()
	if err != nil {
		return fmt.Errorf("soak: %w", err)
	}
	if text, err := exec.Command(r.program, "custody", "verify", "--case", folder).CombinedOutput(); err != nil {
		return fmt.Errorf("soak: after it: custody verify: %w: %s", err, text)
	}
	return failure("soak", s.grown())
}

// prepare makes and scans a case, and holds some files back that rescans will
// add.
func (s *soak) prepare() error {
	plan, err := planLoad(s.files+soakAdds, 30)
	if err != nil {
		return err
	}
	s.plan = plan
	if err := plan.write(filepath.Join(s.dir, "case")); err != nil {
		return err
	}
	for i := range soakAdds {
		f := &plan.files[i*len(plan.files)/soakAdds]
		s.more = append(s.more, filepath.FromSlash(f.rel()))
	}
	for _, name := range s.more {
		if err := moveFile(filepath.Join(s.dir, "case", name), filepath.Join(s.dir, "held", name)); err != nil {
			return err
		}
	}
	if err := s.videos(); err != nil {
		return err
	}
	sources, err := generated{run: s.run, out: s.dir}.sources()
	if err != nil {
		return err
	}
	first, err := s.run.scan(filepath.Join(s.dir, "fh"), sources)
	fmt.Print(first.said)
	return err
}

// videos puts the smaller videos of the shared folder beside the pictures.
func (s *soak) videos() error {
	found, err := filepath.Glob(filepath.Join(s.shared, "corpus/videos/*.m*"))
	if err != nil {
		return err
	}
	into := filepath.Join(s.dir, "case", "videos")
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	left := soakVideos
	for _, name := range found {
		info, err := os.Stat(name)
		if err != nil || info.Size() > soakLargest || left == 0 {
			continue
		}
		left--
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(into, filepath.Base(name)), body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// work goes on until the time is over: some work, a pause, a sample.
func (s *soak) work() error {
	s.began = time.Now()
	kinds := soakKinds()
	names := slices.Sorted(maps.Keys(kinds))
	var pick []string
	for _, name := range names {
		for range kinds[name].share {
			pick = append(pick, name)
		}
	}
	if err := s.know(); err != nil {
		return err
	}
	for turn := 1; time.Since(s.began) < s.lasts; turn++ {
		for until := time.Now().Add(min(soakWork, s.lasts/20)); time.Now().Before(until); time.Sleep(soakPace) {
			name := pick[s.random.IntN(len(pick))]
			err := kinds[name].do(s)
			if err != nil && !isRefusal(err) {
				return fmt.Errorf("%s: %w", name, err)
			}
			s.counted[name]++
			if err != nil {
				s.refused[name]++
			}
		}
		if turn%soakTurns == 0 {
			if err := s.rescan(); err != nil {
				return err
			}
		}
		time.Sleep(soakIdle)
		s.sample()
	}
	return nil
}
