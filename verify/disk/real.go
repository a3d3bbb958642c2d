package disk

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
	"time"
)

// Real is the operating system.
type Real struct{}

// Open opens a file to write it.
func (Real) Open(in *os.Root, name string, flag int, mode fs.FileMode) (Handle, error) {
	f, err := in.OpenFile(name, flag, mode)
	if err != nil {
		return nil, err // and no Handle that holds nothing
	}
	return f, nil
}

// MakeFolder makes one folder.
func (Real) MakeFolder(in *os.Root, name string) error { return in.Mkdir(name, folderMode) }

// Link gives a file a second name, which must be free.
func (Real) Link(in *os.Root, name, second string) error { return in.Link(name, second) }

// Rename gives a file or folder another name, in place of a file that has it.
func (Real) Rename(in *os.Root, from, to string) error { return in.Rename(from, to) }

// Remove deletes a file, or a folder with all that is in it.
func (Real) Remove(in *os.Root, name string) error {
	if info, err := in.Lstat(name); err == nil && info.IsDir() {
		return in.RemoveAll(name)
	}
	return in.Remove(name)
}

// Date says when a file was last changed.
func (Real) Date(in *os.Root, name string, modified time.Time) error {
	return in.Chtimes(name, modified, modified)
}

// SyncFolder forces the names in a folder to the disk. Windows has no such call,
// nor have some network file systems.
func (Real) SyncFolder(in *os.Root, name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := in.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
