package casefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	failing "github.com/firsthand-media/firsthand/fixtures/faults"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// What was acknowledged is in the case after a cut of the power, and its record
// holds, whenever it comes.
func TestPowerCut(t *testing.T) {
	d := &failing.Disk{}
	d.On(t)
	d.UnderSQLite(t)
	dir := filepath.Join(t.TempDir(), "case")
	f, err := Create(dir, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	s := beginScan(t, f, "one")
	acknowledged := make(map[string]bool)
	for i := range 6 {
		name := fmt.Sprint("f", i)
		put(t, s, plain("one", name, name))
		acknowledged["file "+name] = true
		made, err := f.Decide(t.Context(), verify.Decision{Kind: verify.Confirm, Incident: name, By: "x"})
		if err != nil {
			t.Fatal(err)
		}
		acknowledged[fmt.Sprint("decision ", made.Seq)] = true
		if i == 3 {
			if _, err := f.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		left := filepath.Join(t.TempDir(), "left")
		if err := d.PowerCut(dir, left); err != nil {
			t.Fatal(err)
		}
		opts := testOptions()
		opts.ReadOnly = i%2 == 0
		after, err := Open(left, opts)
		if err != nil {
			t.Fatalf("after %d decisions: %v", i+1, err)
		}
		checkAcknowledged(t, after, acknowledged)
		if err := after.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(t.TempDir(), "left")
	if err := d.PowerCut(dir, left); err != nil {
		t.Fatal(err)
	}
	after, err := Open(left, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	checkAcknowledged(t, after, acknowledged)
	if list, err := after.Checkpoints(t.Context()); err != nil || len(list) < 3 {
		t.Errorf("%d checkpoints are left, %v", len(list), err)
	}
}

// A case that is upgraded on a disk that fails is what it was, or upgraded; the copy
// of before is whole or not there; and on a healthy disk it is upgraded.
func TestUpgradeOnAFailingDisk(t *testing.T) {
	older := olderCase(t)
	swept, points := 0, 40
	if testing.Short() {
		points = 4
	}
	d := upgradeFailing(t, copyCase(t, older), failing.Plan{})
	for _, kind := range failing.Kinds {
		for i := range points {
			at := 1 + i*len(d.Log)/points
			what := fmt.Sprintf("%s at %d of %d (%s)", kind, at, len(d.Log), d.Log[at-1])
			dir := copyCase(t, older)
			if upgradeFailing(t, dir, failing.Plan{At: at, Kind: kind, Ever: i%2 == 0}).Hit {
				swept++
			}
			copies, err := filepath.Glob(filepath.Join(dir, databaseName+".before-*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range copies {
				if version, err := versionOf(t.Context(), name); !strings.Contains(name, ".part") && (err != nil || version != 3) {
					t.Errorf("%s: %s is of version %d (%v)", what, filepath.Base(name), version, err)
				}
			}
			f, err := Open(dir, testOptions())
			if err != nil {
				t.Errorf("%s: on a healthy disk: %v", what, err)
				continue
			}
			mustVerify(t, f)
			if list, err := f.Decisions(t.Context()); err != nil || len(list) != 1 {
				t.Errorf("%s: %d decisions, %v", what, len(list), err)
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if swept < points {
		t.Errorf("only %d faults", swept)
	}
}

func upgradeFailing(t *testing.T, dir string, plan failing.Plan) *failing.Disk {
	t.Helper()
	d := &failing.Disk{Plan: plan}
	if err := d.BelowSQLite(); err != nil {
		t.Fatal(err)
	}
	back := disk.Through(d)
	f, err := Open(dir, testOptions())
	if err == nil {
		_ = f.Close()
	}
	back()
	if err := (&failing.Disk{}).BelowSQLite(); err != nil {
		t.Fatal(err)
	}
	return d
}

// A case that is open while its disk is full loses nothing, says what is wrong, and
// takes decisions again when it was opened anew.
func TestFullWhileOpen(t *testing.T) {
	f := newCase(t)
	kept, err := f.Decide(t.Context(), verify.Decision{Kind: verify.Confirm, Incident: "i", By: "x"})
	if err != nil {
		t.Fatal(err)
	}
	d := &failing.Disk{Plan: failing.Plan{At: 1, Kind: failing.NoSpace, Ever: true}}
	d.UnderSQLite(t)
	_, err = f.Decide(t.Context(), verify.Decision{Kind: verify.Reject, Incident: "j", By: "x"})
	var named *disk.Error
	if !errors.As(err, &named) || !disk.Full(err) || filepath.Base(named.Path) != databaseName {
		t.Errorf("a full disk is told as %v", err)
	}
	_ = f.Close()
	(&failing.Disk{}).UnderSQLite(t)
	f, err = Open(f.dir, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Decide(t.Context(), verify.Decision{Kind: verify.Reject, Incident: "j", By: "x"}); err != nil {
		t.Fatal(err)
	}
	list, err := f.Decisions(t.Context())
	if err != nil || len(list) != 2 || list[0].Seq != kept.Seq {
		t.Errorf("decisions %+v, %v", list, err)
	}
	mustVerify(t, f)
}

// Without the index of the write-ahead log, and with a lock that holds anything, a
// case opens as it is.
func TestOddSideFiles(t *testing.T) {
	dir := liveCase(t)
	whole, err := content(t, copyCase(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(dir string) error{
		"no index":       func(dir string) error { return os.Remove(filepath.Join(dir, databaseName+"-shm")) },
		"an empty index": func(dir string) error { return os.Truncate(filepath.Join(dir, databaseName+"-shm"), 0) },
		"no lock":        func(dir string) error { return os.Remove(filepath.Join(dir, "case.lock")) },
		"a lock of others": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "case.lock"), make([]byte, 1<<16), 0o400)
		},
	} {
		odd := copyWhole(t, dir)
		if err := change(odd); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if outcome := judge(t, what, odd, whole); outcome != "harmless" {
			t.Errorf("%s is %s", what, outcome)
		}
	}
}
