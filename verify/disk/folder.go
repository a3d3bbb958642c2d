package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Folder is a folder that is open for writing files in it. Names are relative to
// it, with forward slashes, and lead nowhere else: neither "..", nor a link. It is
// not for several goroutines at once.
type Folder struct {
	root *os.Root
	path string

	later bool
	owed  map[string]bool // folders whose names are to be forced to the disk by Settle
}

// OpenFolder opens a folder, which has to be there.
func OpenFolder(path string) (*Folder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, failed("open", path, err)
	}
	return &Folder{root: root, path: path}, nil
}

// MakeFolder makes a folder and those above it that are missing. Where it is
// there already, that is no error.
func MakeFolder(path string) error {
	path = filepath.Clean(path)
	there := path
	for {
		info, err := os.Stat(there)
		if err == nil && !info.IsDir() {
			return &Error{"make", path, errors.New(there + " is not a folder")}
		}
		if err == nil || filepath.Dir(there) == there {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return failed("make", path, err)
		}
		there = filepath.Dir(there)
	}
	f, err := OpenFolder(there)
	if err != nil {
		return failed("make", path, err)
	}
	defer f.Close()
	below, err := filepath.Rel(there, path)
	if err != nil {
		return failed("make", path, err)
	}
	return f.MakeFolder(filepath.ToSlash(below))
}

// Root is the folder for reading.
func (f *Folder) Root() *os.Root { return f.root }

// Path is the folder's path as it was opened.
func (f *Folder) Path() string { return f.path }

// Close lets go of the folder. What is owed to the disk since [Folder.SyncLater]
// is not settled by it.
func (f *Folder) Close() error { return f.root.Close() }

// SyncLater makes names reach the disk with [Folder.Settle] and not one by one,
// for those who write many files. Their bytes reach it at once all the same.
func (f *Folder) SyncLater() {
	f.later = true
	if f.owed == nil {
		f.owed = make(map[string]bool)
	}
}

// Settle forces all names to the disk that were given since [Folder.SyncLater].
func (f *Folder) Settle() error {
	dirs := make([]string, 0, len(f.owed))
	for dir := range f.owed {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		if err := system().SyncFolder(f.root, dir); err != nil {
			return failed("write", f.full(dir), err)
		}
	}
	clear(f.owed)
	return nil
}

// named forces a name to the disk, or notes that it has to be.
func (f *Folder) named(name string) error {
	dir := filepath.Dir(local(name))
	if f.later {
		f.owed[dir] = true
		return nil
	}
	return system().SyncFolder(f.root, dir)
}

// New is [New] in the folder.
func (f *Folder) New(name string, content func(io.Writer) error) error {
	return f.write(name, content, (*Part).As)
}

// Replace is [Replace] in the folder.
func (f *Folder) Replace(name string, content func(io.Writer) error) error {
	return f.write(name, content, (*Part).Over)
}

func (f *Folder) write(name string, content func(io.Writer) error, place func(*Part, string) error) error {
	p, err := f.Begin(filepath.ToSlash(filepath.Dir(local(name))))
	if err != nil {
		return failed("write", f.full(name), reason(errors.Unwrap(err)))
	}
	p.of = f.full(name)
	if err := p.fill(content); err != nil {
		p.Discard()
		return err
	}
	return place(p, name)
}

// MakeFolder makes a folder below this one, and those on the way to it.
func (f *Folder) MakeFolder(name string) error {
	name = local(name)
	if name == "." {
		return nil
	}
	if info, err := f.root.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	if err := f.MakeFolder(filepath.Dir(name)); err != nil {
		return err
	}
	err := system().MakeFolder(f.root, name)
	if errors.Is(err, fs.ErrExist) {
		info, statErr := f.root.Stat(name)
		if statErr == nil && info.IsDir() {
			return nil // another was quicker
		}
	}
	if err == nil {
		err = f.named(name)
	}
	return failed("make", f.full(name), err)
}

// Remove deletes a file, or a folder with all that is in it. What is not there is
// no error.
func (f *Folder) Remove(name string) error {
	err := system().Remove(f.root, local(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return failed("delete", f.full(name), err)
}

// appendTo cuts off again what it could write only in part. What it wrote and
// could not force to the disk it leaves: whether that is there, only a later
// reading tells.
func (f *Folder) appendTo(name string, b []byte) error {
	before, err := f.root.Stat(name)
	isNew := errors.Is(err, fs.ErrNotExist)
	if err != nil && !isNew {
		return failed("write", f.full(name), err)
	}
	h, err := system().Open(f.root, name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, fileMode)
	if err != nil {
		return failed("write", f.full(name), err)
	}
	if err = writeAll(h, b); err != nil {
		var size int64
		if !isNew {
			size = before.Size()
		}
		_ = h.Truncate(size)
	} else {
		err = h.Sync()
	}
	if closed := h.Close(); err == nil {
		err = closed
	}
	if err == nil && isNew {
		err = system().SyncFolder(f.root, ".")
	}
	return failed("write", f.full(name), err)
}

func (f *Folder) cut(name string, size int64) error {
	h, err := system().Open(f.root, name, os.O_WRONLY, 0)
	if err != nil {
		return failed("shorten", f.full(name), err)
	}
	if err = h.Truncate(size); err == nil {
		err = h.Sync()
	}
	if closed := h.Close(); err == nil {
		err = closed
	}
	return failed("shorten", f.full(name), err)
}

func (f *Folder) full(name string) string { return filepath.Join(f.path, local(name)) }

// local is a name as this system writes it.
func local(name string) string { return filepath.Clean(filepath.FromSlash(name)) }

// writeAll takes a short write for the error that it is.
func writeAll(w io.Writer, b []byte) error {
	n, err := w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return err
}
