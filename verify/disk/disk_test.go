package disk_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/faults"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// folder is what stands in a folder: names with bytes, hidden ones too.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		found[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var long = strings.Repeat("evidence ", 8_000) // more than one write

// writes are the ways to write, each with what stands there before and after.
var writes = []struct {
	name          string
	before, after map[string]string
	do            func(dir string) error
}{
	{"new", nil, map[string]string{"a": long}, func(dir string) error {
		return disk.New(filepath.Join(dir, "a"), disk.Bytes([]byte(long)))
	}},
	{"replace", map[string]string{"a": "old"}, map[string]string{"a": long}, func(dir string) error {
		return disk.Replace(filepath.Join(dir, "a"), disk.Bytes([]byte(long)))
	}},
	{"append", map[string]string{"a": "old "}, map[string]string{"a": "old and new"}, func(dir string) error {
		return disk.Append(filepath.Join(dir, "a"), []byte("and new"))
	}},
	{"append to none", nil, map[string]string{"a": "new"}, func(dir string) error {
		return disk.Append(filepath.Join(dir, "a"), []byte("new"))
	}},
	{"named late, in a folder below", map[string]string{"b": "old"}, map[string]string{"b": "old", "ab/cd/x": long}, func(dir string) error {
		f, err := disk.OpenFolder(dir)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.MakeFolder("ab/cd"); err != nil {
			return err
		}
		p, err := f.Begin("ab/cd")
		if err != nil {
			return err
		}
		defer p.Discard()
		p.Mode(0o400)
		p.Modified(time.Unix(1e9, 0))
		if _, err := io.Copy(p, strings.NewReader(long)); err != nil {
			return err
		}
		return p.As("ab/cd/x")
	}},
	{"tree", nil, map[string]string{"bag/a": "1", "bag/b/c": long}, func(dir string) error { return tree(dir, false) }},
	{"tree in place of another", map[string]string{"bag/a": "0", "bag/old": "0"}, map[string]string{"bag/a": "1", "bag/b/c": long}, func(dir string) error { return tree(dir, true) }},
}

func tree(dir string, replace bool) error {
	tree, err := disk.BeginTree(filepath.Join(dir, "bag"))
	if err != nil {
		return err
	}
	defer tree.Discard()
	if err := tree.Write("a", disk.Bytes([]byte("1"))); err != nil {
		return err
	}
	if err := tree.Write("b/c", disk.Bytes([]byte(long))); err != nil {
		return err
	}
	return tree.Place(replace)
}

func lay(t *testing.T, before map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range before {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func same(a, b map[string]string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// Whichever operation fails, and in whichever way: the file is there whole, and
// the call says so, or what was there is there; nothing else is left; the error
// names the file; and the same call succeeds once the disk is well.
func TestEveryFault(t *testing.T) {
	for _, w := range writes {
		swept := 0
		for _, kind := range faults.Kinds {
			for at := 1; ; at++ {
				dir := lay(t, w.before)
				d := &faults.Disk{Plan: faults.Plan{At: at, Kind: kind}}
				back := disk.Through(d)
				err := w.do(dir)
				back()
				if len(d.Log) < at {
					break
				}
				what := fmt.Sprintf("%s, %s at %d (%s)", w.name, kind, at, d.Log[at-1])
				if !d.Hit {
					continue
				}
				swept++
				if len(d.Again) > 0 {
					t.Errorf("%s: %q was synced again after a failed sync", what, d.Again)
				}
				if op, _, _ := strings.Cut(d.Log[at-1], " "); err == nil && op != "remove" && op != "link" { // there are other ways then
					t.Errorf("%s: it passes unnoticed", what)
				}
				judge(t, what, err, visible(folder(t, dir)), w.before, w.after)
				if strings.HasPrefix(w.name, "append") && err != nil {
					continue // half of it may be there
				}
				if err != nil {
					if err := w.do(dir); err != nil {
						t.Errorf("%s: again, on a healthy disk: %v", what, err)
					}
				}
				if now := visible(folder(t, dir)); !same(now, w.after) {
					t.Errorf("%s: again, on a healthy disk, there is %v", what, names(now))
				}
			}
		}
		if swept < 4 {
			t.Errorf("%s: only %d faults: the sweep shows little", w.name, swept)
		}
	}
}

func judge(t *testing.T, what string, err error, now, before, after map[string]string) {
	t.Helper()
	switch {
	case err == nil && !same(now, after):
		t.Errorf("%s: it says that it succeeded, and there is %v", what, names(now))
	case err == nil:
		return
	case strings.HasPrefix(what, "append") && strings.Contains(what, "(write ") && now["a"] != before["a"]:
		t.Errorf("%s: what was written in part is not cut off again: %q", what, now["a"])
	case strings.HasPrefix(what, "append"):
		if text := now["a"]; !strings.HasPrefix(after["a"], text) || !strings.HasPrefix(text, before["a"]) {
			t.Errorf("%s: there is %q", what, text)
		}
	case !same(now, before) && !same(now, after):
		t.Errorf("%s: there is %v", what, names(now))
	}
	var named *disk.Error
	if !errors.As(err, &named) || strings.Contains(err.Error(), ".firsthand-") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%s: the error is %v", what, err)
	}
	if advice := disk.Advice(err); advice == "" {
		t.Errorf("%s: no advice for %v", what, err)
	}
}

// visible leaves out what Sweep takes away later, where it could not be at once.
func visible(found map[string]string) map[string]string {
	for name := range found {
		for _, part := range strings.Split(name, "/") {
			if disk.Hidden(part) {
				delete(found, name)
			}
		}
	}
	return found
}

func names(found map[string]string) (list []string) {
	for name, text := range found {
		list = append(list, fmt.Sprintf("%s of %d bytes", name, len(text)))
	}
	return list
}

// A fault that is not of removing leaves nothing behind at all, hidden or not.
func TestNothingIsLeftBehind(t *testing.T) {
	for _, w := range writes {
		for at := 1; ; at++ {
			dir := lay(t, w.before)
			d := &faults.Disk{Plan: faults.Plan{At: at, Kind: faults.NoSpace, Ever: true}}
			back := disk.Through(d)
			err := w.do(dir)
			back()
			if !d.Hit {
				break
			}
			now := folder(t, dir)
			if err != nil && len(visible(folder(t, dir))) != len(now) {
				t.Errorf("%s, full from %d (%s) on: left %v", w.name, at, d.Log[at-1], names(now))
			}
		}
	}
}

// What was acknowledged is there after a power cut.
func TestPowerCut(t *testing.T) {
	for _, w := range writes {
		dir := lay(t, w.before)
		d := &faults.Disk{}
		back := disk.Through(d)
		err := w.do(dir)
		back()
		if err != nil {
			t.Fatal(err)
		}
		left := filepath.Join(t.TempDir(), "left")
		if err := d.PowerCut(dir, left); err != nil {
			t.Fatal(err)
		}
		if now := visible(folder(t, left)); !same(now, w.after) {
			t.Errorf("%s: after a power cut there is %v", w.name, names(now))
		}
	}
}

// Names that are settled later are on the disk then.
func TestSettle(t *testing.T) {
	dir := t.TempDir()
	d := &faults.Disk{}
	d.On(t)
	f, err := disk.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.SyncLater()
	want := make(map[string]string)
	for _, name := range []string{"a", "b/c", "b/d/e"} {
		if err := f.MakeFolder(filepath.ToSlash(filepath.Dir(name))); err != nil {
			t.Fatal(err)
		}
		if err := f.New(name, disk.Bytes([]byte(name))); err != nil {
			t.Fatal(err)
		}
		want[name] = name
	}
	if err := f.Settle(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(t.TempDir(), "left")
	if err := d.PowerCut(dir, left); err != nil {
		t.Fatal(err)
	}
	if now := folder(t, left); !same(now, want) {
		t.Errorf("after a power cut there is %v", now)
	}
}

// What is there is never written over by New, and seen as fs.ErrExist, also where
// the file system has no second names.
func TestNewWritesOverNothing(t *testing.T) {
	for _, at := range []int{0, 5} { // the link
		dir := lay(t, map[string]string{"a": "original"})
		d := &faults.Disk{Plan: faults.Plan{At: at, Kind: faults.IOError}}
		back := disk.Through(d)
		err := disk.New(filepath.Join(dir, "a"), disk.Bytes([]byte("x")))
		back()
		if at > 0 && !strings.HasPrefix(d.Log[at-1], "link") {
			t.Fatalf("operation %d is no link: %v", at, d.Log)
		}
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("the error is %v", err)
		}
		if now := folder(t, dir); !same(now, map[string]string{"a": "original"}) {
			t.Errorf("there is %v", now)
		}
	}
}

// Files are for their owner alone, and no name leads out of the folder.
func TestOwnersAlone(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "inside")
	if err := disk.MakeFolder(filepath.Join(inside, "deep")); err != nil {
		t.Fatal(err)
	}
	if err := disk.New(filepath.Join(inside, "a"), disk.Bytes(nil)); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		for name, want := range map[string]fs.FileMode{"inside": 0o700 | fs.ModeDir, "inside/deep": 0o700 | fs.ModeDir, "inside/a": 0o600} {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode() != want {
				t.Errorf("%s has %v (%v)", name, info.Mode(), err)
			}
		}
	}
	f, err := disk.OpenFolder(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.Symlink(dir, filepath.Join(inside, "link")); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{"../b", "link/b", filepath.Join(dir, "b")} {
		if f.New(name, disk.Bytes(nil)) == nil || f.Replace(name, disk.Bytes(nil)) == nil || f.Remove(name) == nil && name != filepath.Join(dir, "b") {
			t.Errorf("%s was written", name)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "b")); err == nil {
		t.Error("a file was written outside of the folder")
	}
}

// An error of the content is handed on as it is, and the file is not there.
func TestErrorOfContent(t *testing.T) {
	dir := t.TempDir()
	wrong := errors.New("wrong")
	err := disk.New(filepath.Join(dir, "a"), func(w io.Writer) error {
		io.Copy(w, bytes.NewReader(make([]byte, 1<<20)))
		return wrong
	})
	if err != wrong || len(folder(t, dir)) > 0 {
		t.Errorf("the error is %v, and there is %v", err, folder(t, dir))
	}
}

// Sweep takes away what a process left that runs no more, and nothing else.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	f, err := disk.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Begin("."); err != nil { // and leave it
		t.Fatal(err)
	}
	own, err := os.ReadDir(dir)
	if err != nil || len(own) != 1 {
		t.Fatal(own, err)
	}
	mine := own[0].Name()
	part := strings.Split(mine, "-") // .firsthand, machine, process, random
	dead := strings.Join([]string{part[0], part[1], "999999999", part[3]}, "-")
	elsewhere := strings.Join([]string{part[0], "00000000", "999999999", part[3]}, "-")
	living := strings.Join([]string{part[0], part[1], strconv.Itoa(os.Getppid()), part[3]}, "-")
	for _, name := range []string{dead, living, elsewhere, ".firsthand-mine", "photo.jpg"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	disk.Sweep(dir)
	for name, want := range map[string]bool{mine: true, living: true, dead: false, elsewhere: true, ".firsthand-mine": true, "photo.jpg": true} {
		if _, err := os.Lstat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s is there: %v", name, err == nil)
		}
	}
}
