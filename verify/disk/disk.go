// Package disk is how the program writes files: every file that a command, the
// workbench or a case leaves behind goes through here, except what SQLite writes
// of its own databases.
//
// Start at [New] and [Replace], which write one file from its path; [OpenFolder]
// is for many files in one folder, [Folder.Begin] for one whose name is known
// only when its bytes are, [BeginTree] for a whole folder.
//
// What is promised of a file that was written:
//
//  1. It stands under its name whole or not at all, whatever is killed or fails
//     meanwhile. Until it is whole it has a hidden name in the same folder.
//  2. [New] never takes the place of what is there; [Replace] takes it at once.
//  3. When a call returns without an error, the bytes and the name are on the
//     disk, as far as the disk honours fsync.
//  4. A failed fsync is never tried again: a second one may say that all is well
//     when the bytes are lost. The file is given up and the error returned.
//  5. Only its owner can read it, and no name leads out of the folder.
//
// An error is one line that says which file and why; [Advice] says what to do.
// What a killed run left under hidden names, [Sweep] takes away.
//
// Tests put a [System] that fails in place of the real one with [Through].
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// Modes of what is made: for its owner alone.
const (
	fileMode   fs.FileMode = 0o600
	folderMode fs.FileMode = 0o700
)

// System is what is asked of the operating system. Names are relative to the
// folder.
type System interface {
	Open(in *os.Root, name string, flag int, mode fs.FileMode) (Handle, error)
	MakeFolder(in *os.Root, name string) error
	Link(in *os.Root, name, second string) error
	Rename(in *os.Root, from, to string) error
	Exchange(in *os.Root, a, b string) error // errors.ErrUnsupported where there is no such call
	Remove(in *os.Root, name string) error
	Date(in *os.Root, name string, modified time.Time) error
	SyncFolder(in *os.Root, name string) error
}

// Handle is an open file that is written.
type Handle interface {
	io.Writer
	Truncate(size int64) error
	Chmod(mode fs.FileMode) error
	Sync() error
	Close() error
}

var through atomic.Pointer[System]

// Through puts another system in place of the real one until back is called. It
// is for tests alone.
func Through(s System) (back func()) {
	before := through.Swap(&s)
	return func() { through.Store(before) }
}

func system() System {
	if s := through.Load(); s != nil {
		return *s
	}
	return Real{}
}

// Error is a file that could not be written. It wraps the cause.
type Error struct {
	Op   string // what was tried, as in "write"
	Path string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("%s %s: %v", e.Op, e.Path, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// failed names the file of an error in place of the names that the system was
// asked with, which may be hidden ones.
func failed(op, path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &Error{op, path, reason(err)}
}

// reason is the cause alone.
func reason(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	var call *os.SyscallError
	switch {
	case errors.As(err, &path):
		return reason(path.Err)
	case errors.As(err, &link):
		return reason(link.Err)
	case errors.As(err, &call):
		return reason(call.Err)
	}
	return err
}

// New writes a file that is not there yet; where something is, the error is
// fs.ErrExist. An error of content is returned as it is.
func New(path string, content func(io.Writer) error) error {
	return within("write", path, func(f *Folder, name string) error { return f.New(name, content) })
}

// Replace writes a file in place of the one that is there, if any.
func Replace(path string, content func(io.Writer) error) error {
	return within("write", path, func(f *Folder, name string) error { return f.Replace(name, content) })
}

// Append adds to the end of a file, which it makes where it is not there. Half of
// it may stand there after a crash: readers have to know an end that is torn.
func Append(path string, b []byte) error {
	return within("write", path, func(f *Folder, name string) error { return f.appendTo(name, b) })
}

// Cut shortens a file.
func Cut(path string, size int64) error {
	return within("shorten", path, func(f *Folder, name string) error { return f.cut(name, size) })
}

// Touch makes an empty file where there is none.
func Touch(path string) error {
	return within("make", path, func(f *Folder, name string) error {
		h, err := system().Open(f.root, name, os.O_RDWR|os.O_CREATE, fileMode)
		if err == nil {
			err = h.Close()
		}
		return failed("make", path, err)
	})
}

// Remove deletes a file. One that is not there is no error.
func Remove(path string) error {
	return within("delete", path, func(f *Folder, name string) error { return f.Remove(name) })
}

// Rename gives a file another name in its folder, in place of what has it.
func Rename(path, name string) error {
	return within("rename", path, func(f *Folder, from string) error {
		err := system().Rename(f.root, from, name)
		if err == nil {
			err = system().SyncFolder(f.root, ".")
		}
		return failed("rename", path, err)
	})
}

// SyncFolder forces the names in a folder to the disk.
func SyncFolder(path string) error {
	f, err := OpenFolder(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return failed("write", path, system().SyncFolder(f.root, "."))
}

// Bytes is content that is there already.
func Bytes(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

// within opens the folder of a path.
func within(op, path string, do func(f *Folder, name string) error) error {
	path = filepath.Clean(path)
	f, err := OpenFolder(filepath.Dir(path))
	if err != nil {
		return &Error{op, path, reason(err)}
	}
	defer f.Close()
	return do(f, filepath.Base(path))
}
