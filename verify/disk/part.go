package disk

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Part is a file in the making, under a hidden name. It ends with [Part.As],
// [Part.Over] or [Part.Discard], and whichever comes first counts.
type Part struct {
	folder *Folder
	name   string // the hidden one
	of     string // the path that errors name
	h      Handle
	err    error // the first that went wrong; nothing more is written after it
	ended  bool

	mode     fs.FileMode
	modified time.Time
}

// Begin begins a file in a folder below this one ("." is this one), in which it
// will get its name.
func (f *Folder) Begin(dir string) (*Part, error) {
	p := &Part{folder: f, of: f.full(dir)}
	for range 100 {
		p.name = filepath.Join(local(dir), hiddenName())
		var err error
		p.h, err = system().Open(f.root, p.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
		if err == nil {
			return p, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, failed("write", p.of, err)
		}
	}
	return nil, failed("write", p.of, fs.ErrExist)
}

// Mode is who may do what with the file when it has its name; without it, its
// owner alone may read and write it.
func (p *Part) Mode(mode fs.FileMode) { p.mode = mode }

// Modified is the time that the file bears.
func (p *Part) Modified(at time.Time) { p.modified = at }

// Write adds to the file.
func (p *Part) Write(b []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.h.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	p.err = failed("write", p.of, err)
	return n, p.err
}

// fill writes the content through a buffer.
func (p *Part) fill(content func(io.Writer) error) error {
	w := bufio.NewWriterSize(p, 1<<16)
	if err := content(w); err != nil {
		return err
	}
	return w.Flush()
}

// As gives the file its name, unless something has it: then the error is
// fs.ErrExist, and what is there stays. The name is relative to the folder.
func (p *Part) As(name string) error {
	return p.place(name, func(name string) error {
		if err := p.give(name); err != nil {
			return err
		}
		err := p.folder.named(name)
		if err != nil { // not there, so that the same can be tried again
			_ = system().Remove(p.folder.root, name)
		}
		return err
	})
}

// give is a second name for the file: unlike a new name it never takes the place
// of what is there. Some file systems have no second names.
func (p *Part) give(name string) error {
	err := system().Link(p.folder.root, p.name, name)
	if err == nil {
		// Left there, it would be one more file to whoever reads the folder.
		if err = system().Remove(p.folder.root, p.name); err != nil {
			_ = system().Remove(p.folder.root, name)
		}
		return err
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := p.folder.root.Lstat(name); err == nil {
		return fs.ErrExist
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return system().Rename(p.folder.root, p.name, name)
}

// Over gives the file its name in place of what has it.
func (p *Part) Over(name string) error {
	return p.place(name, func(name string) error {
		if err := system().Rename(p.folder.root, p.name, name); err != nil {
			return err
		}
		return p.folder.named(name)
	})
}

func (p *Part) place(name string, give func(string) error) error {
	p.of = p.folder.full(name)
	if p.ended {
		return failed("write", p.of, fs.ErrClosed)
	}
	err := p.finish()
	if err == nil {
		err = give(local(name))
	}
	if err != nil {
		p.remove()
	}
	return failed("write", p.of, err)
}

// finish forces the bytes to the disk, once.
func (p *Part) finish() error {
	p.ended = true
	err := p.err
	if err == nil && p.mode != 0 {
		err = p.h.Chmod(p.mode)
	}
	if err == nil {
		err = p.h.Sync()
	}
	if closed := p.h.Close(); err == nil {
		err = closed
	}
	if err == nil && !p.modified.IsZero() {
		err = system().Date(p.folder.root, p.name, p.modified)
	}
	return err
}

// Discard gives the file up. After [Part.As] or [Part.Over] it does nothing.
func (p *Part) Discard() {
	if p.ended {
		return
	}
	p.ended = true
	_ = p.h.Close()
	p.remove()
}

// remove takes the hidden file away. Where it cannot, that adds nothing to what
// went wrong before, and Sweep tries again.
func (p *Part) remove() { _ = system().Remove(p.folder.root, p.name) }
