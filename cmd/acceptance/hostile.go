package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/fixtures/corrupt"
)

// hostile takes broken and attacking files through scan, serve, export and
// report: those of a folder, and those that this project makes itself.
type hostile struct {
	dir   string // "" for the shared folder's
	made  bool   // the made ones too
	each  bool   // scan each file by itself, for what it costs
	video string
	keep  string
}

func hostileFlags() *hostile {
	var h hostile
	flag.StringVar(&h.dir, "hostile-dir", "", "hostile: another folder of the same form as corpus/hostile")
	flag.BoolVar(&h.made, "hostile-made", true, "hostile: the files that the project makes itself too, and a folder of 5,000")
	flag.BoolVar(&h.each, "hostile-each", true, "hostile: scan each file by itself too, for what it costs")
	flag.StringVar(&h.video, "hostile-video", "hostile", "hostile: the video engine, as scan --video takes it")
	flag.StringVar(&h.keep, "hostile-keep", "", "hostile: a folder to leave the cases and what was written in")
	return &h
}

func (h *hostile) measure(r *run) error {
	work := filepath.Join(r.work, "hostile")
	if h.keep != "" {
		work = h.keep
	}
	work, err := filepath.Abs(work)
	if err != nil {
		return err
	}
	dir := h.dir
	if dir == "" {
		dir = filepath.Join(r.shared, "corpus/hostile")
	}
	failed, err := h.ordeal(r, dir, filepath.Join(work, "given"))
	if err != nil {
		return fmt.Errorf("hostile: %w", err)
	}
	if h.made {
		more, err := h.makeAndRun(r, work)
		if err != nil {
			return fmt.Errorf("hostile: made files: %w", err)
		}
		failed = append(failed, more...)
	}
	return failure("hostile", failed)
}

func (h *hostile) makeAndRun(r *run, work string) (failed []string, err error) {
	dir := filepath.Join(work, "files", "made")
	if err := corrupt.Make(dir); err != nil {
		return nil, err
	}
	if failed, err = h.ordeal(r, dir, filepath.Join(work, "made")); err != nil {
		return nil, err
	}
	more, err := h.many(r, filepath.Join(work, "many"))
	return append(failed, more...), err
}

// ordeal runs a set and prints what does not hold, a line for each.
func (h *hostile) ordeal(r *run, dir, work string) (failed []string, err error) {
	set, err := corrupt.Read(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(work, 0o700); err != nil {
		return nil, err
	}
	fmt.Printf("\n== hostile files: %d in %s, and %d names and links\n", len(set.Files), dir, len(set.Names))
	o := corrupt.Ordeal{
		Program: r.program, Set: set, Work: work, Singles: h.each, Serve: true, Flags: []string{"--video", h.video},
		Tell: func(format string, args ...any) { fmt.Printf(format+"\n", args...) },
	}
	m, faults, err := o.Run(context.Background())
	if err != nil {
		return nil, err
	}
	var counts []string
	for word, n := range m.Outcomes {
		counts = append(counts, fmt.Sprintf("%d %s", n, word))
	}
	slices.Sort(counts)
	fmt.Printf("outcomes: %s\n", strings.Join(counts, ", "))
	for _, l := range append(m.Left, set.NotUnderstood()...) {
		fmt.Println("not checked: " + l)
	}
	for _, f := range faults {
		failed = append(failed, verdict(f.String(), false)...)
	}
	return append(failed, verdict(fmt.Sprintf("%d files and %d names: what does not hold: %d", m.Files, m.Names, len(faults)), len(faults) == 0)...), nil
}

// many is a folder of 5,000 files too small or too broken to be anything, which
// a person may well drag in: none may be lost, and together they may not take
// more than some thirty milliseconds of a processor each.
func (h *hostile) many(r *run, dir string) (failed []string, err error) {
	const n = 5000
	names, err := corrupt.MakeMany(filepath.Join(dir, "tiny"), n)
	if err != nil {
		return nil, err
	}
	scan, err := r.scan(filepath.Join(dir, "case"), []string{filepath.Join(dir, "tiny")}, "--video", h.video, "--quiet")
	if err != nil {
		return nil, err
	}
	fmt.Printf("\n== %d tiny corrupt files\nscan: %s\n", n, scan)
	type listed struct{ Path string }
	seen := map[string]bool{}
	for _, listing := range []string{"items", "findings"} {
		rows, err := lines[listed](r.program, listing, "--case", filepath.Join(dir, "case"))
		if err != nil {
			return nil, err
		}
		for _, l := range rows {
			seen[filepath.Base(l.Path)] = true
		}
	}
	lost := 0
	for _, name := range names {
		if !seen[name] {
			lost++
		}
	}
	failed = append(failed, verdict(fmt.Sprintf("tiny files that are neither an item nor have a finding: %d of %d", lost, n), lost == 0)...)
	each := scan.processor.Seconds() / n
	return append(failed, verdict(fmt.Sprintf("processor time of each: %.1f ms, at most 30", each*1000), each <= 0.03)...), nil
}
