package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Tree is a folder in the making, under a hidden name beside its place. It ends
// with [Tree.Place] or [Tree.Discard].
type Tree struct {
	beside *Folder
	inside *Folder
	target string // the name it will have
	hidden string
	ended  bool
}

// BeginTree begins a folder that will stand at a path.
func BeginTree(path string) (*Tree, error) {
	path = filepath.Clean(path)
	beside, err := OpenFolder(filepath.Dir(path))
	if err != nil {
		return nil, &Error{"write", path, reason(errors.Unwrap(err))}
	}
	t := &Tree{beside: beside, target: filepath.Base(path), hidden: hiddenName()}
	if err := system().MakeFolder(beside.root, t.hidden); err != nil {
		beside.Close()
		return nil, failed("write", path, err)
	}
	t.inside, err = OpenFolder(filepath.Join(beside.path, t.hidden))
	if err != nil {
		t.Discard()
		return nil, failed("write", path, err)
	}
	t.inside.SyncLater() // Place forces all names to the disk
	return t, nil
}

// Write writes a file of the folder, once.
func (t *Tree) Write(name string, content func(io.Writer) error) error {
	full := t.full(name)
	if err := t.MakeFolder(filepath.ToSlash(filepath.Dir(local(name)))); err != nil {
		return err
	}
	h, err := system().Open(t.inside.root, local(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return failed("write", full, err)
	}
	// It needs no other name until it is whole: the folder has one.
	p := &Part{folder: t.inside, name: local(name), of: full, h: h}
	if err := p.fill(content); err != nil {
		p.Discard()
		return err
	}
	if err := p.finish(); err != nil {
		p.remove()
		return failed("write", full, err)
	}
	return nil
}

// MakeFolder makes a folder of the folder, which may stay empty.
func (t *Tree) MakeFolder(name string) error {
	if err := t.inside.MakeFolder(name); err != nil {
		return failed("make", t.full(name), reason(errors.Unwrap(err)))
	}
	return nil
}

// Place puts the folder in its place. A folder that stands there must be empty,
// or else, with replace, goes when the new one is safe. Where it fails, what was
// there is there again.
func (t *Tree) Place(replace bool) error {
	if t.ended {
		return failed("write", t.full("."), fs.ErrClosed)
	}
	there, err := t.there()
	if err == nil && there == full && !replace {
		err = fs.ErrExist
	}
	if err == nil {
		err = t.sync()
	}
	if err != nil {
		t.Discard()
		return failed("write", t.full("."), err)
	}
	t.ended = true
	t.inside.Close()
	defer t.beside.Close()
	if there == full {
		err = t.takeTurns()
	} else {
		err = t.move()
	}
	return failed("write", t.full("."), err)
}

// What can stand at the place of a folder.
const (
	none = iota
	empty
	full
)

func (t *Tree) there() (int, error) {
	d, err := t.beside.root.Open(t.target)
	if errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	if err != nil {
		return none, err
	}
	defer d.Close()
	switch _, err = d.ReadDir(1); {
	case errors.Is(err, io.EOF):
		return empty, nil
	case err != nil:
		return none, err
	}
	return full, nil
}

// move gives the folder its name where at most an empty folder has it.
func (t *Tree) move() error {
	in := t.beside.root
	if runtime.GOOS == "windows" { // where it does not take the place of one
		_ = in.Remove(t.target) // an empty folder alone; rename says what is wrong
	}
	err := system().Rename(in, t.hidden, t.target)
	if err == nil {
		if err = system().SyncFolder(in, "."); err != nil {
			_ = system().Rename(in, t.target, t.hidden)
		}
	}
	if err != nil {
		_ = system().Remove(in, t.hidden)
	}
	return err
}

// takeTurns puts the folder in place of another, at once where the system can.
func (t *Tree) takeTurns() error {
	in := t.beside.root
	err := system().Exchange(in, t.hidden, t.target)
	if errors.Is(err, errors.ErrUnsupported) {
		return t.oneByOne()
	}
	if err == nil {
		if err = system().SyncFolder(in, "."); err != nil && system().Exchange(in, t.hidden, t.target) != nil {
			return err // both are there
		}
	}
	_ = system().Remove(in, t.hidden) // the old one or, after an error, the new one; else Sweep does
	return err
}

// oneByOne is takeTurns in two steps. The old folder gets a name that Sweep does
// not know, for between the two it has no other.
func (t *Tree) oneByOne() error {
	in := t.beside.root
	aside := t.hidden + ".old"
	if err := system().Rename(in, t.target, aside); err != nil {
		_ = system().Remove(in, t.hidden)
		return err
	}
	err := t.move()
	if err == nil {
		_ = system().Remove(in, aside)
		return nil
	}
	if system().Rename(in, aside, t.target) != nil {
		err = fmt.Errorf("%w; what stood there is now %s", err, filepath.Join(t.beside.path, aside))
	}
	return err
}

// sync forces the names of everything in the folder to the disk.
func (t *Tree) sync() error {
	return fs.WalkDir(t.inside.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return system().SyncFolder(t.inside.root, filepath.FromSlash(name))
	})
}

// Discard gives the folder up. After [Tree.Place] it does nothing.
func (t *Tree) Discard() {
	if t.ended {
		return
	}
	t.ended = true
	if t.inside != nil {
		t.inside.Close()
	}
	_ = system().Remove(t.beside.root, t.hidden)
	t.beside.Close()
}

// full is the path that a file of the folder will have.
func (t *Tree) full(name string) string {
	return filepath.Join(t.beside.path, t.target, local(name))
}
