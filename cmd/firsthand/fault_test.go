package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/fixtures/faults"
	"github.com/firsthand-media/firsthand/verify/disk"
)

var (
	faultPoints = flag.Int("faults", 1, "how many points of each command TestEveryWritePath lets fail in each way; 0 is every one")
	faultSeed   = flag.Uint64("faultseed", 10, "where the choice of points begins")
)

// trial is how a command ended.
type trial struct {
	status        int
	out, messages string
}

// runTrial runs a command as main does, in this process.
func runTrial(args []string) trial {
	var out, messages bytes.Buffer
	term := &terminal{in: os.Stdin, out: &results{w: &out}, err: &messages}
	root := newRootCommand(term)
	root.SetArgs(args)
	err := root.ExecuteContext(context.Background())
	status := term.report(context.Background(), err)
	return trial{status, out.String(), messages.String()}
}

// sweep lets the operations of a command fail, one after the other.
type sweep struct {
	*testing.T
	base      string
	originals map[string]string
	swept     map[string]int // faults given, by kind
	random    *rand.Rand
}

// folder is a new copy of what the commands work on, and the working folder.
func (s *sweep) folder(w writePath) string {
	s.Helper()
	dir, err := os.MkdirTemp(filepath.Dir(s.base), "trial-*")
	if err != nil {
		s.Fatal(err)
	}
	if err := os.Remove(dir); err != nil {
		s.Fatal(err)
	}
	copyFolder(s.T, s.base, dir)
	if w.name == "first key" {
		if err := os.RemoveAll(filepath.Join(dir, "config")); err != nil {
			s.Fatal(err)
		}
	}
	s.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	s.Chdir(dir)
	return dir
}

// copyFolder copies a folder with the times of its files, which sources go by.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		return os.Chtimes(filepath.Join(to, rel), info.ModTime(), info.ModTime())
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *sweep) leave(dir string) {
	s.Chdir(s.base)
	if err := os.RemoveAll(dir); err != nil {
		s.Fatal(err)
	}
}

// faulty runs a command on a disk that fails as planned.
func (s *sweep) faulty(w writePath, plan faults.Plan) (*faults.Disk, trial) {
	d := &faults.Disk{Plan: plan}
	if err := d.BelowSQLite(); err != nil {
		s.Fatal(err)
	}
	back := disk.Through(d)
	r := runTrial(w.args)
	back()
	if err := (&faults.Disk{}).BelowSQLite(); err != nil {
		s.Fatal(err)
	}
	return d, r
}

// outcome is what a command leaves: the case as it is listed, and what it made.
type outcome struct {
	listed    []string
	decisions []string
	made      map[string]string // names and the ends of files
}

var madeAt = regexp.MustCompile(`"(created_at|updated_at)":"[^"]*",?`)

var when = regexp.MustCompile(`"(entry|at|seq)":("[^"]*"|\d+),?`)

func (s *sweep) outcome(w writePath) outcome {
	s.Helper()
	o := outcome{made: made(s.T, w.out)}
	if w.of == "" {
		return o
	}
	for _, what := range [][]string{{"items"}, {"duplicates"}, {"incidents"}, {"findings"}} {
		r := runTrial(append(what, "--json", "--case", w.of))
		if r.status != exitDone {
			s.Errorf("%v: %s", what, r.messages)
		}
		o.listed = append(o.listed, madeAt.ReplaceAllString(r.out, ""))
	}
	o.decisions = s.decisions(w)
	return o
}

// decisions are those that the case holds, without when; the same one twice is one.
func (s *sweep) decisions(w writePath) []string {
	s.Helper()
	r := runTrial([]string{"incident", "decisions", "--json", "--case", w.of})
	if r.status != exitDone {
		s.Errorf("decisions: %s", r.messages)
	}
	list := strings.Split(when.ReplaceAllString(r.out, ""), "\n")
	slices.Sort(list)
	return slices.Compact(list)
}

// made are the files that stand at a place, with how they end; hidden ones are not
// there for anybody.
func made(t *testing.T, out string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	if out == "" {
		return found
	}
	err := filepath.WalkDir(out, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		end := string(b[max(0, len(b)-6):])
		if name := filepath.Base(p); strings.HasSuffix(name, ".zip") { // sealed anew each time
			end = fmt.Sprint(len(b) > 22 && string(b[len(b)-22:len(b)-18]) == "PK\x05\x06")
		} else if strings.HasSuffix(name, ".tsq") {
			end = fmt.Sprint(len(b))
		} else if strings.Contains(name, "manifest") || strings.Contains(name, "checkpoint") || strings.Contains(name, "sig") {
			end = fmt.Sprint(strings.Count(string(b), "\n")) // sums and signatures differ
		}
		found[filepath.ToSlash(p)] = end
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return found
}

// Whichever operation of whichever command fails, on a disk that is full, gives
// errors or takes half of what is written: the command succeeds or says so in one
// line with what to do; what was there before is there, nothing half made stands
// under its name, the record verifies, the originals are untouched; and the same
// command, run again on a healthy disk, ends in what an uninterrupted one gives.
func TestEveryWritePath(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many commands")
	}
	s := &sweep{T: t, base: filepath.Join(quickDir(t), "base"), swept: map[string]int{}, random: rand.New(rand.NewPCG(*faultSeed, 10))}
	if err := os.Mkdir(s.base, 0o700); err != nil {
		t.Fatal(err)
	}
	layFolder(t, s.base)
	s.originals = originalsOf(t, s.base)
	paths := writePaths()
	for _, w := range paths {
		t.Run(w.name, func(t *testing.T) {
			one := *s
			one.T = t
			one.path(w)
		})
	}
	t.Logf("%d write paths, faults: %v", len(paths), s.swept)
}

// quickDir is a folder in memory where there is one, for a sweep is bound by the disk.
func quickDir(t *testing.T) string {
	if _, err := os.Stat("/dev/shm"); err != nil {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp("/dev/shm", "firsthand-faults-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// originalsOf is every original: bytes, mode and time.
func originalsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	for _, source := range []string{"phone", "channel", "more"} {
		entries, err := os.ReadDir(filepath.Join(dir, source))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			b, err := os.ReadFile(filepath.Join(dir, source, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			found[source+"/"+e.Name()] = string(b)
		}
	}
	return found
}

func (s *sweep) path(w writePath) {
	dir := s.folder(w)
	d, r := s.faulty(w, faults.Plan{})
	if r.status != exitDone || len(d.Log) < 4 {
		s.Fatalf("on a healthy disk it ends with %d after %d operations: %s", r.status, len(d.Log), r.messages)
	}
	want := s.outcome(w)
	if w.out != "" && len(want.made) == 0 {
		s.Fatalf("%s is not made", w.out)
	}
	s.leave(dir)
	for _, plan := range s.plans(len(d.Log)) {
		s.fault(w, plan, want)
	}
}

// plans choose which operations fail.
func (s *sweep) plans(operations int) (list []faults.Plan) {
	for _, p := range []faults.Plan{{Kind: faults.NoSpace, Ever: true}, {Kind: faults.NoSpace}, {Kind: faults.IOError}, {Kind: faults.IOError, Ever: true}, {Kind: faults.ShortWrite}} {
		points := s.random.Perm(operations)
		if *faultPoints > 0 {
			points = points[:min(*faultPoints, operations)]
		}
		for _, at := range points {
			p.At = at + 1
			list = append(list, p)
		}
	}
	return list
}

func (s *sweep) fault(w writePath, plan faults.Plan, want outcome) {
	dir := s.folder(w)
	defer s.leave(dir)
	var before []string
	if w.of != "" && !w.new {
		before = s.decisions(w)
	}
	d, r := s.faulty(w, plan)
	if !d.Hit {
		return
	}
	s.swept[string(plan.Kind)]++
	what := fmt.Sprintf("%s, %s at %d of %d (%s)", w.name, plan.Kind, plan.At, len(d.Log), d.Log[min(plan.At, len(d.Log))-1])
	if plan.Ever {
		what += " and ever after"
	}
	s.said(what, r)
	if now := made(s.T, w.out); len(now) > 0 && fmt.Sprint(now) != fmt.Sprint(want.made) {
		s.Errorf("%s: half of it stands there: %v", what, now)
	}
	if r.status == exitDone && w.out != "" && len(made(s.T, w.out)) == 0 {
		s.Errorf("%s: it says that it wrote %s, which is not there", what, w.out)
	}
	s.record(what, w, before)
	s.again(what, w, r, want)
	if now := originalsOf(s.T, dir); fmt.Sprint(now) != fmt.Sprint(s.originals) {
		s.Errorf("%s: an original was changed", what)
	}
}

// said checks what a person is told.
func (s *sweep) said(what string, r trial) {
	s.Helper()
	if r.status == exitDone {
		return
	}
	lines := strings.Count(r.messages, "firsthand: error: ")
	if r.status != exitFailed || lines != 1 || !strings.Contains(r.messages, "firsthand: hint: ") || strings.Contains(r.messages, `\u000a`) || strings.Contains(r.messages, ".firsthand-") {
		s.Errorf("%s: it ends with %d and says %s", what, r.status, r.messages)
	}
}

// record checks that the case verifies and has what was there before.
func (s *sweep) record(what string, w writePath, before []string) {
	s.Helper()
	if w.of == "" {
		return
	}
	v := runTrial([]string{"custody", "verify", "--case", w.of})
	// A disk that gives errors throughout can leave half of a note: that is said, and
	// the next who writes to the case mends it.
	half := v.status == exitIntegrity && strings.Contains(v.out+v.messages, "checkpoints.txt ends in the middle of a checkpoint")
	if v.status != exitDone && !half && !(w.new && strings.Contains(v.messages, "there is no case at")) {
		s.Errorf("%s: the record does not verify: %s%s", what, v.out, v.messages)
	}
	if w.new {
		return
	}
	now := s.decisions(w)
	for _, d := range before {
		if !slices.Contains(now, d) {
			s.Errorf("%s: lost: %s", what, d)
		}
	}
}

// age lets what was left in the working folder under hidden names be that of a
// process which runs no more, as it is in life.
func age(t *testing.T) {
	t.Helper()
	mine := fmt.Sprintf("-%d-", os.Getpid())
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && disk.Hidden(d.Name()) && strings.Contains(d.Name(), mine) {
			old := filepath.Join(filepath.Dir(p), strings.Replace(d.Name(), mine, "-999999999-", 1))
			if err = os.Rename(p, old); err == nil && d.IsDir() {
				err = fs.SkipDir
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// again runs the command on a healthy disk, unless it was done.
func (s *sweep) again(what string, w writePath, r trial, want outcome) {
	s.Helper()
	age(s.T)
	if r.status != exitDone && (w.out == "" || len(made(s.T, w.out)) == 0) {
		// What was done and could not be signed is there already.
		if r := runTrial(w.args); r.status != exitDone && !strings.Contains(r.messages, "already") {
			s.Errorf("%s: again, on a healthy disk, it ends with %d: %s", what, r.status, r.messages)
			return
		}
	}
	if w.of != "" {
		if v := runTrial([]string{"custody", "verify", "--case", w.of}); v.status != exitDone {
			s.Errorf("%s: in the end the record does not verify: %s%s", what, v.out, v.messages)
		}
	}
	now, then := strings.Split(fmt.Sprint(s.outcome(w)), "\n"), strings.Split(fmt.Sprint(want), "\n")
	for i := range min(len(now), len(then)) {
		if now[i] != then[i] {
			s.Errorf("%s: in the end there is\n%.900s\nnot\n%.900s", what, now[i], then[i])
			return
		}
	}
	if len(now) != len(then) {
		s.Errorf("%s: in the end there are %d lines, not %d", what, len(now), len(then))
	}
}
