package exchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

// Output is an export in the making. It stands beside its place under a
// hidden name until [Output.Commit] puts it there whole; [Output.Discard] takes
// away what is not committed.
type Output struct {
	Losses []Loss // what the export did not carry over; the command shows them

	target    string
	work      string // the hidden file or folder
	folder    bool
	overwrite bool
	done      bool
}

// ErrExists is a target that is there already.
var ErrExists = errors.New("is already there and is not written over")

// NewOutput begins an export to a file or, with folder, to a folder. The target
// must not be there, or be an empty folder; with overwrite a file, or a folder
// that was written by an export, is replaced when all of the new one is there.
func NewOutput(target string, folder, overwrite bool) (*Output, error) {
	target = filepath.Clean(target)
	o := &Output{target: target, folder: folder, overwrite: overwrite}
	if err := o.free(); err != nil {
		return nil, err
	}
	var err error
	if folder {
		o.work, err = os.MkdirTemp(filepath.Dir(target), ".firsthand-export-*")
	} else {
		var f *os.File
		if f, err = os.CreateTemp(filepath.Dir(target), ".firsthand-export-*"); err == nil {
			o.work, err = f.Name(), f.Close()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", target, err)
	}
	return o, nil
}

// free says whether something stands in the way.
func (o *Output) free() error {
	info, err := os.Lstat(o.target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("write %s: %w", o.target, err)
	case info.Mode().IsRegular() && !o.folder && o.overwrite:
		return nil
	case info.IsDir() && o.folder:
		entries, err := os.ReadDir(o.target)
		if err != nil {
			return fmt.Errorf("write %s: %w", o.target, err)
		}
		if len(entries) == 0 || o.overwrite && isExportFolder(o.target) {
			return nil
		}
		if o.overwrite {
			return fmt.Errorf("%s %w: it was not written by an export", o.target, ErrExists)
		}
	}
	return fmt.Errorf("%s %w", o.target, ErrExists)
}

// exportMark are names of which a folder of an export has at least one; no
// other folder is ever replaced.
var exportMark = []string{"bagit.txt", "incidents.csv", "events.json"}

func isExportFolder(dir string) bool {
	for _, name := range exportMark {
		if info, err := os.Lstat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// Write writes one file of the export: for one that is a single file, name is
// "". The name is of our own making, with forward slashes. Content is on the
// disk when it returns.
func (o *Output) Write(name string, content func(io.Writer) error) (err error) {
	full := o.work
	if o.folder {
		full = filepath.Join(o.work, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", path.Base(name), err)
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil && o.folder {
			os.Remove(full)
		}
	}()
	w := bufio.NewWriterSize(f, 1<<18)
	if err := content(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Sync()
}

// Lose notes what the export does not carry over.
func (o *Output) Lose(what, format string, a ...any) {
	o.Losses = append(o.Losses, Loss{what, fmt.Sprintf(format, a...)})
}

// Commit puts the export in its place.
func (o *Output) Commit() error {
	if err := o.free(); err != nil { // it may have come there meanwhile
		return err
	}
	if o.folder {
		if err := syncTree(o.work); err != nil {
			return fmt.Errorf("write %s: %w", o.target, err)
		}
	}
	old, err := o.setAside()
	if err != nil {
		return fmt.Errorf("write %s: %w", o.target, err)
	}
	if err := os.Rename(o.work, o.target); err != nil {
		if old != "" {
			err = errors.Join(err, os.Rename(old, o.target))
		}
		return fmt.Errorf("write %s: %w", o.target, err)
	}
	o.done = true
	if old != "" {
		os.RemoveAll(old) // what is left of it has a hidden name and harms nobody
	}
	return syncDir(filepath.Dir(o.target))
}

// setAside moves away a folder that is to be replaced, for a folder cannot be
// renamed over another that is not empty.
func (o *Output) setAside() (string, error) {
	if !o.folder {
		return "", nil
	}
	if _, err := os.Lstat(o.target); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	old := o.work + "-old"
	return old, os.Rename(o.target, old)
}

// Discard takes away what was written and not committed.
func (o *Output) Discard() error {
	if o.done {
		return nil
	}
	return os.RemoveAll(o.work)
}

// syncTree forces the names of all folders to the disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return syncDir(p)
	})
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // has no such call
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// folderFor makes a folder of the export that may stay empty.
func (o *Output) folderFor(name string) error {
	return os.MkdirAll(filepath.Join(o.work, filepath.FromSlash(name)), 0o700)
}

// Ending is the ending of the target's name, in lower case and with the dot.
func (o *Output) Ending() string { return strings.ToLower(filepath.Ext(o.target)) }
