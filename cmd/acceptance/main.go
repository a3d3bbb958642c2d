// Command acceptance measures the figures that the project is held to, on the
// generators and data of a shared folder outside the repository: it makes
// cases, runs the firsthand program on them as a person would, and prints what
// came out. It judges what must hold (exit status, unreadable files listed, a
// second scan that reads nothing, metadata as ExifTool reads them, copies found
// and strangers kept apart); other figures are for people to read.
//
//	make acceptance                             # everything, an hour or more
//	make acceptance ACCEPTANCE_FLAGS=-quick     # metadata, a few copies and videos, and one small case
//	make acceptance ACCEPTANCE_FLAGS=-metadata  # inspect against ExifTool's values, seconds
//	make acceptance ACCEPTANCE_FLAGS=-bags      # the conformance suite of BagIt, seconds
//	make acceptance ACCEPTANCE_FLAGS=-likeness  # copies of photographs, half an hour or more
//	make acceptance ACCEPTANCE_FLAGS=-video     # copies, parts and stills of videos, half an hour
//	make acceptance ACCEPTANCE_FLAGS=-incidents # grouping on ten small cases and a large one, an hour
//	make acceptance ACCEPTANCE_FLAGS=-hostile   # broken and attacking files, a quarter of an hour
//	make acceptance ACCEPTANCE_FLAGS="-load 100000" # one case of so many files, an hour or two on two cores
//	make acceptance ACCEPTANCE_FLAGS="-soak 30m"    # mixed work in the workbench, and nothing grows
//
// Load and soak run alone and only when asked for. Of -load the time per file is
// what counts: -load 1000 takes minutes. With -load-dir DIR the case is left in
// that folder, and one that is there is only scanned again and measured.
//
// Likeness alone takes more flags: -every 3 makes a third of the copies, and
// -variants, -harder and -scenes use folders made before, which -keep leaves.
// Video takes -videos for another folder with the same two tables, -engines and
// -stills.
//
// Incidents are judged by the mean of the generator's seeds 11 to 20, which no
// weight or threshold of the grouping was chosen on: those were chosen on seeds
// 1 to 10 and 21 to 40, and a run says so when -seeds asks for one of them. It
// scores each grouping itself and demands that the generator's scorer comes to
// the same figures; what it counts beyond those, the clicks to truth, is
// explained in incidents_clicks.go. After the small cases it makes decisions of
// every kind and demands that they survive, and measures 2,000 incidents in
// 20,000 files: -grouped cases, decisions or large takes a part of that,
// -params automatic or balanced one setting, and -made DIR keeps the cases.
// With -cases DIR the cases that -made left (sN/fh, sN/truth.csv) are grouped
// in this process, which takes seconds; -wrong lists what is not as in truth.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/usage"
)

func main() {
	var r run
	flag.StringVar(&r.shared, "shared", "../shared", "the folder with bench/ and corpus/")
	flag.StringVar(&r.program, "program", "./firsthand", "the program to measure")
	var c chosen
	flag.BoolVar(&c.quick, "quick", false, "metadata, a few copies and videos, and one small case only")
	flag.BoolVar(&c.metadata, "metadata", false, "metadata only")
	flag.BoolVar(&c.bags, "bags", false, "bags only")
	flag.BoolVar(&c.likeness, "likeness", false, "likeness only")
	flag.BoolVar(&c.video, "video", false, "video only")
	flag.BoolVar(&c.incidents, "incidents", false, "incidents only")
	flag.BoolVar(&c.hostile, "hostile", false, "hostile files only")
	seeds := flag.String("seeds", "", "seeds of generated cases, as 1,3,11-20; 1 for the small case and 11-20 for incidents when not given")
	like, moving, events := likenessFlags(), videoFlags(), incidentFlags()
	c.large, c.long, c.corrupt = loadFlags(), soakFlags(), hostileFlags()
	flag.Parse()
	err := c.readSeeds(*seeds)
	if err == nil {
		err = r.all(c, like, moving, events)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "acceptance: error:", err)
		os.Exit(1)
	}
	fmt.Println("acceptance: all that must hold held")
}

// chosen is what to measure; none of the five parts means all.
type chosen struct {
	quick, metadata, bags, likeness, video, incidents, hostile bool

	large   *load // only when asked for
	long    *soak // so too
	corrupt *hostile

	seeds []int // none: what each part takes by itself
}

// readSeeds reads numbers and ranges of numbers: 1,3,11-20.
func (c *chosen) readSeeds(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		if text == "" {
			return nil
		}
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err != nil || err2 != nil || first < 0 || last < first || last-first > 1000 {
			return fmt.Errorf("-seeds %s: numbers and ranges separated by commas are needed, as 1,3,11-20", text)
		}
		for ; first <= last; first++ {
			c.seeds = append(c.seeds, first)
		}
	}
	return nil
}

type run struct {
	shared, program, work string
}

func (r *run) all(c chosen, like *likeness, moving *videos, events *incidents) (err error) {
	if r.shared, err = filepath.Abs(r.shared); err != nil {
		return err
	}
	if r.program, err = filepath.Abs(r.program); err != nil {
		return err
	}
	if r.work, err = os.MkdirTemp("", "firsthand-acceptance-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.work)
	if c.large.files > 0 {
		return c.large.measure(r)
	}
	if c.long.lasts > 0 {
		return c.long.measure(r)
	}
	everything := !c.metadata && !c.bags && !c.likeness && !c.video && !c.incidents && !c.hostile
	var failed []error
	if everything || c.metadata {
		failed = append(failed, r.metadata())
	}
	if everything || c.bags {
		failed = append(failed, r.bags())
	}
	if everything || c.likeness {
		failed = append(failed, like.measure(r, c.quick))
	}
	if everything || c.video {
		failed = append(failed, moving.measure(r, c.quick))
	}
	if everything || c.incidents {
		failed = append(failed, events.measure(r, c.quick, c.seeds))
	}
	if everything && !c.quick || c.hostile { // make test has its own of them
		failed = append(failed, c.corrupt.measure(r))
	}
	if everything {
		failed = append(failed, r.cases(c.seeds))
	}
	return errors.Join(failed...)
}

// cases makes the generated cases and scans them.
func (r *run) cases(seeds []int) error {
	if len(seeds) == 0 {
		seeds = []int{1}
	}
	for _, seed := range seeds {
		if err := r.smallCase(strconv.Itoa(seed)); err != nil {
			return fmt.Errorf("small case, seed %d: %w", seed, err)
		}
	}
	return nil
}

// smallCase is the generator's default: 17 incidents in about 160 files.
func (r *run) smallCase(seed string) error {
	out := filepath.Join(r.work, "small-"+seed)
	err := r.generate(out, "-photos", filepath.Join(r.shared, "corpus/photos"), "-seed", seed)
	if err != nil {
		return err
	}
	fmt.Printf("\n== mkcase, seed %s\n", seed)
	c := generated{run: r, out: out}
	if err := c.measure(); err != nil {
		return err
	}
	return c.sameWithOneWorker()
}

func (r *run) generate(out string, args ...string) error {
	args = append([]string{"run", ".", "-data", filepath.Join(r.shared, "corpus/incidents"), "-out", out}, args...)
	return r.generator("mkcase", args...)
}

// generator runs a program of the shared folder, whose module may lie in a
// folder that is read-only.
func (r *run) generator(name string, args ...string) error {
	cmd := exec.Command("go", args...)
	cmd.Dir = filepath.Join(r.shared, "bench", name)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// generated is one generated case.
type generated struct {
	*run
	out string
}

func (c generated) sources() ([]string, error) {
	return filepath.Glob(filepath.Join(c.out, "case", "*"))
}

// measure scans twice, scores the incidents and checks that nothing is lost.
func (c generated) measure() error {
	folder := filepath.Join(c.out, "firsthand")
	first, err := c.scan(folder)
	if err != nil {
		return err
	}
	truth, err := c.truth()
	if err != nil {
		return err
	}
	fmt.Print(first.said)
	fmt.Printf("scan: %s, %.0f files/s\n", first, float64(len(truth))/first.took.Seconds())
	second, err := c.scan(folder)
	if err != nil {
		return fmt.Errorf("second scan: %w", err)
	}
	if err := second.readNothing(); err != nil {
		return err
	}
	fmt.Printf("second scan: %.1f s, nothing read anew\n", second.took.Seconds())
	if err := c.unreadableListed(folder); err != nil {
		return err
	}
	return c.score(folder)
}

// scan runs firsthand on all sources; exit status 0 is demanded.
func (c generated) scan(folder string, flags ...string) (scanned, error) {
	sources, err := c.sources()
	if err != nil {
		return scanned{}, err
	}
	return c.run.scan(folder, sources, flags...)
}

// scanned is what a scan took and said.
type scanned struct {
	took      time.Duration
	processor time.Duration // of all processes together: what a busy machine does not change much
	peak      int64         // bytes of memory of all processes
	said      string
}

func (s scanned) String() string {
	return fmt.Sprintf("%.1f s (%.1f s of processor time), peak memory of all processes %d MB",
		s.took.Seconds(), s.processor.Seconds(), s.peak>>20)
}

// readNothing demands that all files had been read before.
func (s scanned) readNothing() error {
	if strings.Contains(s.said, " 0 read (0 of them new content)") {
		return nil
	}
	return fmt.Errorf("the second scan read files again: %s", s.said)
}

// scan reads sources into a case.
func (r *run) scan(folder string, sources []string, flags ...string) (s scanned, err error) {
	args := slices.Concat([]string{"scan"}, sources, []string{"--case", folder}, flags)
	cmd := exec.Command(r.program, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return s, err
	}
	peak := usage.Watch(cmd.Process.Pid)
	err = cmd.Wait()
	s.took = time.Since(began)
	s.processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	s.peak, s.said = <-peak, said.String()
	if err != nil {
		return s, fmt.Errorf("scan: %w\n%s", err, s.said)
	}
	return s, nil
}

// lines runs a listing command and decodes its JSON Lines.
func lines[T any](program string, args ...string) ([]T, error) {
	cmd := exec.Command(program, append(args, "--json")...)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	var out []T
	for _, l := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		if len(l) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(l, &v); err != nil {
			return nil, fmt.Errorf("%s: %w", strings.Join(args, " "), err)
		}
		out = append(out, v)
	}
	return out, nil
}

func (c generated) truth() ([]truthRow, error) {
	return readTruth(filepath.Join(c.out, "truth.csv"))
}

// damage is what findings of a file that cannot be read, or not all, are
// called.
var damage = []string{"empty-file", "not-media", "truncated", "corrupt-structure", "undecodable", "unreadable", "not-examined", "limit"}

// unreadableListed demands a finding for every file made unreadable.
func (c generated) unreadableListed(folder string) error {
	type finding struct{ Path, Code, Severity, Message string }
	found, err := lines[finding](c.program, "findings", "--case", folder)
	if err != nil {
		return err
	}
	about := map[string]finding{}
	for _, f := range found {
		if slices.Contains(damage, f.Code) {
			about[f.Path] = f
		}
	}
	truth, err := c.truth()
	if err != nil {
		return err
	}
	var missing []string
	n := 0
	for _, t := range truth {
		if t.role != "corrupt" {
			continue
		}
		n++
		f, ok := about[t.file]
		if !ok {
			missing = append(missing, t.file)
			continue
		}
		if n <= 6 {
			fmt.Printf("  %s: %s: %s\n", t.file, f.Code, f.Message)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%d of %d unreadable files have no finding: %s", len(missing), n, strings.Join(missing, ", "))
	}
	fmt.Printf("unreadable files: %d of %d listed with a reason\n", n, n)
	return nil
}
