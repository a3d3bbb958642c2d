package exchange

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/verify/disk"
)

// Output is an export in the making. It stands beside its place under a
// hidden name until [Output.Commit] puts it there whole; [Output.Discard] takes
// away what is not committed.
type Output struct {
	Losses []Loss // what the export did not carry over; the command shows them

	target    string
	overwrite bool
	tree      *disk.Tree // of a folder
	beside    *disk.Folder
	file      *disk.Part // of a file: nil before it is written
	whole     bool       // the file was written to its end
}

// ErrExists is a target that is there already.
var ErrExists = errors.New("is already there and is not written over")

// NewOutput begins an export to a file or, with folder, to a folder. The target
// must not be there, or be an empty folder; with overwrite a file, or a folder
// that was written by an export, is replaced when all of the new one is there.
func NewOutput(target string, folder, overwrite bool) (*Output, error) {
	target = filepath.Clean(target)
	o := &Output{target: target, overwrite: overwrite}
	if err := free(target, folder, overwrite); err != nil {
		return nil, err
	}
	disk.Sweep(filepath.Dir(target)) // of an export that was killed
	var err error
	if folder {
		o.tree, err = disk.BeginTree(target)
	} else {
		o.beside, err = disk.OpenFolder(filepath.Dir(target))
	}
	if err != nil {
		return nil, err
	}
	return o, nil
}

// free says whether something stands in the way.
func free(target string, folder, overwrite bool) error {
	info, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("write %s: %w", target, err)
	case info.Mode().IsRegular() && !folder && overwrite:
		return nil
	case info.IsDir() && folder:
		entries, err := os.ReadDir(target)
		if err != nil {
			return fmt.Errorf("write %s: %w", target, err)
		}
		if len(entries) == 0 || overwrite && isExportFolder(target) {
			return nil
		}
		if overwrite {
			return fmt.Errorf("%s %w: it was not written by an export", target, ErrExists)
		}
	}
	return fmt.Errorf("%s %w", target, ErrExists)
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
// "". The name is of our own making, with forward slashes.
func (o *Output) Write(name string, content func(io.Writer) error) error {
	if o.tree != nil {
		return o.tree.Write(name, content)
	}
	var err error
	if o.file, err = o.beside.Begin("."); err != nil {
		return err
	}
	w := bufio.NewWriterSize(o.file, 1<<18)
	if err := content(w); err != nil {
		return err
	}
	err = w.Flush()
	o.whole = err == nil
	return err
}

// Lose notes what the export does not carry over.
func (o *Output) Lose(what, format string, a ...any) {
	o.Losses = append(o.Losses, Loss{what, fmt.Sprintf(format, a...)})
}

// Commit puts the export in its place, where it is on the disk when it returns.
func (o *Output) Commit() error {
	if err := free(o.target, o.tree != nil, o.overwrite); err != nil { // it may have come there meanwhile
		return err
	}
	name := filepath.Base(o.target)
	switch {
	case o.tree != nil:
		return o.tree.Place(o.overwrite)
	case !o.whole:
		return fmt.Errorf("write %s: there is nothing to write", o.target)
	case o.overwrite:
		return o.file.Over(name)
	}
	return o.file.As(name)
}

// Discard takes away what was written and not committed.
func (o *Output) Discard() {
	if o.tree != nil {
		o.tree.Discard()
		return
	}
	if o.file != nil {
		o.file.Discard()
	}
	o.beside.Close()
}

// folderFor makes a folder of the export that may stay empty.
func (o *Output) folderFor(name string) error { return o.tree.MakeFolder(name) }

// Ending is the ending of the target's name, in lower case and with the dot.
func (o *Output) Ending() string { return strings.ToLower(filepath.Ext(o.target)) }
