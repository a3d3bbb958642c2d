package casefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	failing "github.com/firsthand-media/firsthand/fixtures/faults"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// collectAll copies texts into the case as if they were originals.
func collectAll(t *testing.T, f *File, originals ...string) error {
	t.Helper()
	c, err := f.BeginCollecting()
	if err != nil {
		return err
	}
	defer c.Close()
	for _, text := range originals {
		if err := c.Add(t.Context(), contentDigest(t, text), strings.NewReader(text)); err != nil {
			return err
		}
	}
	return c.End(t.Context())
}

func contentDigest(t *testing.T, text string) verify.Digest {
	t.Helper()
	d, _, err := hashing.Digest(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return verify.Digest(d)
}

// objects gives what lies in the folder of copies: each file's content by its
// path. A copy whose content is not what its name says fails the test.
func objects(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	top := filepath.Join(dir, ObjectsFolder)
	err := filepath.WalkDir(top, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if disk.Hidden(e.Name()) {
			return nil // in the making, or left by a disk that failed
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		out[name] = string(b)
		if string(contentDigest(t, string(b))) != e.Name() {
			t.Errorf("%s holds %q", name, b)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return out
}

// A copy is the original, read-only and named by its content; it stands in the
// ledger, and what is no original leaves nothing.
func TestCollect(t *testing.T) {
	f := newCase(t)
	if err := collectAll(t, f, "one", "two", "one"); err != nil {
		t.Fatal(err)
	}
	one := contentDigest(t, "one")
	info, err := os.Stat(CollectedPath(f.dir, one))
	if err != nil || info.Mode().Perm() != 0o444 {
		t.Fatalf("%v, %v", info, err)
	}
	copied, _, err := OpenCollected(f.dir, one)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if b, err := io.ReadAll(copied); err != nil || string(b) != "one" {
		t.Errorf("the copy is %q, %v", b, err)
	}
	if have, err := f.Collected(t.Context()); err != nil || len(have) != 2 || !have[one] {
		t.Errorf("collected: %v, %v", have, err)
	}
	c, err := f.BeginCollecting()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	three := contentDigest(t, "three")
	if err := c.Add(t.Context(), three, strings.NewReader("thrice")); !errors.Is(err, ErrNotOriginal) {
		t.Errorf("what is no original: %v", err)
	}
	if got := objects(t, f.dir); len(got) != 2 || c.Has(three, 5) || c.Waiting() != 0 {
		t.Errorf("%d copies, %v", len(got), got)
	}
	if left, err := filepath.Glob(filepath.Join(f.dir, ObjectsFolder, ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, _, err := OpenCollected(f.dir, three); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a copy that is not there: %v", err)
	}
	f = reopen(t, f, nil)
	mustVerify(t, f)
}

// A copy that somebody cut is seen by its size, and replaced from the original;
// one that is whole is left alone.
func TestCollectMendsWhatIsDamaged(t *testing.T) {
	f := newCase(t)
	if err := collectAll(t, f, "one", "two"); err != nil {
		t.Fatal(err)
	}
	name := CollectedPath(f.dir, contentDigest(t, "one"))
	if err := errors.Join(os.Chmod(name, 0o600), os.WriteFile(name, []byte("on"), 0o600)); err != nil {
		t.Fatal(err)
	}
	c, err := f.BeginCollecting()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.Has(contentDigest(t, "one"), 3) || !c.Has(contentDigest(t, "two"), 3) {
		t.Error("the cut copy passes, or the whole one does not")
	}
	if err := collectAll(t, f, "one"); err != nil {
		t.Fatal(err)
	}
	if got := objects(t, f.dir); got[name] != "one" || len(got) != 2 {
		t.Errorf("%q", got)
	}
}

// Wherever the disk fails, no name stands for anything but its content, the
// ledger tells of no copy that is not there, and another run collects all.
func TestCollectOnAFailingDisk(t *testing.T) {
	hit := 0
	for _, kind := range []failing.Kind{failing.NoSpace, failing.IOError, failing.ShortWrite} {
		for at := 1; at < 60; at++ {
			f := newCase(t)
			bad := &failing.Disk{Plan: failing.Plan{At: at, Kind: kind}}
			back := disk.Through(bad)
			err := collectAll(t, f, "one", "two")
			back()
			if !bad.Hit {
				break
			}
			hit++
			what := fmt.Sprintf("%s at operation %d", kind, at)
			if err == nil && len(objects(t, f.dir)) != 2 {
				t.Errorf("%s: no error, and %d copies", what, len(objects(t, f.dir)))
			}
			have, failed := f.Collected(t.Context())
			if failed != nil {
				t.Fatal(failed)
			}
			for d := range have {
				if _, ok := objects(t, f.dir)[CollectedPath(f.dir, d)]; !ok {
					t.Errorf("%s: the ledger tells of a copy that is not there", what)
				}
			}
			f = reopen(t, f, nil)
			if err := collectAll(t, f, "one", "two"); err != nil {
				t.Fatalf("%s, and again without: %v", what, err)
			}
			if have, err := f.Collected(t.Context()); err != nil || len(have) != 2 || len(objects(t, f.dir)) != 2 {
				t.Errorf("%s, and again without: %v, %v", what, have, err)
			}
			mustVerify(t, f)
			f.Close()
		}
	}
	if hit < 15 {
		t.Errorf("only %d faults were given", hit)
	}
}
