//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
)

var kills = flag.Int("kills", 24, "how often TestKilledAtAnyMoment kills the program")

// killing is the media of TestKilledAtAnyMoment and what uninterrupted runs make
// of them.
type killing struct {
	t                        *testing.T
	dir                      string
	originals                map[string]string
	scanned, decided, merged string // what the program lists after the scan, after all decisions, after the merge
	scan, decision, merge    time.Duration
	other                    []byte // the database of the case that is merged
	random                   *rand.Rand
}

// pairs are the decisions: which pictures a person says are not the same.
func (e *killing) pairs() [][2]string {
	var list [][2]string
	for i := range 4 {
		list = append(list, [2]string{fmt.Sprintf("phone/IMG_2024050%d_120000.jpg", 1+i), fmt.Sprintf("channel/IMG_2024050%d_120000.jpg", 2+i)})
	}
	return list
}

func (e *killing) scanArgs(caseDir string) []string {
	return []string{"scan", filepath.Join(e.dir, "phone"), filepath.Join(e.dir, "channel"), "--case", caseDir, "--video", "off"}
}

func (e *killing) decideArgs(caseDir string, pair [2]string) []string {
	return []string{"incident", "not-same", pair[0], pair[1], "--case", caseDir, "--reason", "seen by Ivan", "--by", "Max"}
}

func newKilling(t *testing.T) *killing {
	t.Helper()
	e := &killing{t: t, dir: t.TempDir(), random: rand.New(rand.NewPCG(9, 200))}
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(e.dir, "config"))
	for i := range 6 {
		for source, change := range map[string]string{"phone": "recompressed", "channel": "dimmed"} {
			if err := os.MkdirAll(filepath.Join(e.dir, source), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := writePicture(filepath.Join(e.dir, source, fmt.Sprintf("IMG_2024050%d_120000.jpg", 1+i)), fmt.Sprint("scene ", i), []string{change}); err != nil {
				t.Fatal(err)
			}
		}
	}
	e.originals = e.state()
	whole := filepath.Join(e.dir, "whole")
	e.scan = e.run(e.scanArgs(whole)...)
	e.scanned = listings(t, whole)
	for _, pair := range e.pairs() {
		e.decision = e.run(e.decideArgs(whole, pair)...)
	}
	e.decided = listings(t, whole) + decisionsOf(t, whole)
	e.layMerge()
	return e
}

func (e *killing) run(args ...string) time.Duration {
	e.t.Helper()
	began := time.Now()
	if out, err := program(e.t, args...).CombinedOutput(); err != nil {
		e.t.Fatalf("%v: %v: %s", args, err, out)
	}
	return time.Since(began)
}

// state is every original: bytes, size, mode and time.
func (e *killing) state() map[string]string {
	e.t.Helper()
	found := make(map[string]string)
	for _, source := range []string{"phone", "channel"} {
		err := filepath.WalkDir(filepath.Join(e.dir, source), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			b, err := os.ReadFile(path)
			found[path] = fmt.Sprintf("%x %d %v %v", b, info.Size(), info.Mode(), info.ModTime())
			return err
		})
		if err != nil {
			e.t.Fatal(err)
		}
	}
	return found
}

// decisionsOf is what was decided, without when and by which entry.
func decisionsOf(t *testing.T, caseDir string) string {
	t.Helper()
	out := command(t, "incident", "decisions", "--json", "--case", caseDir)
	return regexp.MustCompile(`"entry":\d+,"at":"[^"]*",`).ReplaceAllString(out, "")
}

// killed runs the program and kills it and what it started within the time that
// it takes. It gives what was printed until then, and whether it had ended well.
func (e *killing) killed(length time.Duration, args ...string) (out string, ended bool) {
	e.t.Helper()
	cmd := program(e.t, args...)
	var text bytes.Buffer
	cmd.Stdout = &text
	if err := cmd.Start(); err != nil {
		e.t.Fatal(err)
	}
	timer := time.AfterFunc(time.Duration(e.random.Int64N(int64(length)*11/10)), func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	err := cmd.Wait()
	timer.Stop()
	return text.String(), err == nil
}

// record opens a case that may not be there yet and checks it.
func (e *killing) record(caseDir string, look func(*casefile.File)) {
	e.t.Helper()
	file, err := casefile.Open(caseDir, casefile.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return // killed before the case was made
	}
	if err != nil {
		e.t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.VerifyCustody(context.Background()); err != nil {
		e.t.Error(err)
	}
	look(file)
}

// killScans kills scans and lets the next one go on, until one comes to its end.
// It gives how often it killed.
func (e *killing) killScans(caseDir string, most int) (killed int) {
	e.t.Helper()
	stored := make(map[string]bool)
	for killed < most {
		_, ended := e.killed(e.scan, e.scanArgs(caseDir)...)
		if !ended {
			killed++
		}
		e.record(caseDir, func(file *casefile.File) {
			now := make(map[string]bool)
			for item, err := range file.Items(context.Background()) {
				if err != nil {
					e.t.Fatal(err)
				}
				now[string(item.Digest)] = true
			}
			for digest := range stored {
				if !now[digest] {
					e.t.Errorf("after %d kills: item %s was stored and is lost", killed, digest)
				}
			}
			stored = now
		})
		if ended {
			break
		}
	}
	command(e.t, e.scanArgs(caseDir)...)
	if got := listings(e.t, caseDir); got != e.scanned {
		e.t.Errorf("after %d kills during scans the case is\n%s\nnot\n%s", killed, got, e.scanned)
	}
	return killed
}

var entryPrinted = regexp.MustCompile(`entry (\d+) of the ledger`)

// killDecisions kills decisions on a scanned case; each that did not get through
// is made again. What was acknowledged has to be there ever after.
func (e *killing) killDecisions(caseDir string, most int) (killed int) {
	e.t.Helper()
	acknowledged := make(map[int64]bool)
	for i, pair := range e.pairs() {
		for {
			var out string
			ended := false
			if killed < most {
				if out, ended = e.killed(e.decision, e.decideArgs(caseDir, pair)...); !ended {
					killed++
				}
			} else {
				out, ended = command(e.t, e.decideArgs(caseDir, pair)...), true
			}
			if m := entryPrinted.FindStringSubmatch(out); m != nil {
				seq, err := strconv.ParseInt(m[1], 10, 64)
				if err != nil {
					e.t.Fatal(err)
				}
				acknowledged[seq] = true
			}
			if made := e.decisions(caseDir, acknowledged); made > i {
				break
			} else if ended {
				e.t.Fatalf("decision %d ended well and is not there", i)
			}
		}
	}
	e.run("group", "--case", caseDir)
	if got := listings(e.t, caseDir) + decisionsOf(e.t, caseDir); got != e.decided {
		e.t.Errorf("after %d kills during decisions the case is\n%s\nnot\n%s", killed, got, e.decided)
	}
	return killed
}

// decisions is how many decisions the case holds; those acknowledged are among them.
func (e *killing) decisions(caseDir string, acknowledged map[int64]bool) (made int) {
	e.t.Helper()
	e.record(caseDir, func(file *casefile.File) {
		list, err := file.Decisions(context.Background())
		if err != nil {
			e.t.Fatal(err)
		}
		there := make(map[int64]bool)
		for _, d := range list {
			there[d.Seq] = true
		}
		for seq := range acknowledged {
			if !there[seq] {
				e.t.Errorf("decision %d was acknowledged and is lost", seq)
			}
		}
		made = len(list)
	})
	return made
}

// However often the program is killed while it scans, while a person decides,
// while cases are merged and while what they hold is written out, nothing that was
// acknowledged is lost, the ledger is whole, the originals are untouched, and what
// comes out in the end is what an uninterrupted run gives.
// -kills=300 is what is held to.
func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many scans")
	}
	e := newKilling(t)
	began := time.Now()
	scans, decisions, merges, exports := 0, 0, 0, 0
	total := func() int { return scans + decisions + merges + exports }
	for round := 0; total() < *kills && !t.Failed(); round++ {
		caseDir := filepath.Join(e.dir, fmt.Sprint("case-", round))
		scans += e.killScans(caseDir, min(5, *kills-total()))
		decisions += e.killDecisions(caseDir, min(6, *kills-total()))
		exports += e.killExports(caseDir, round, min(6, *kills-total()))
		if err := os.RemoveAll(caseDir); err != nil {
			t.Fatal(err)
		}
		merges += e.killMerges(caseDir, min(5, *kills-total()))
		if err := os.RemoveAll(caseDir); err != nil {
			t.Fatal(err)
		}
	}
	for path, now := range e.state() {
		if now != e.originals[path] {
			t.Errorf("%s was changed", strings.TrimPrefix(path, e.dir))
		}
	}
	if now, err := os.ReadFile(filepath.Join(e.dir, "other", "case.db")); err != nil || !bytes.Equal(now, e.other) {
		t.Errorf("the case that was merged was written (%v)", err)
	}
	t.Logf("%d kills during scans, %d during decisions, %d during merges, %d during exports, in %v", scans, decisions, merges, exports, time.Since(began).Round(time.Second))
}
