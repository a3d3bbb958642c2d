package video

import (
	"io"
	"io/fs"
	"time"
)

// oneFile is a file system that holds one file, under a name of ours.
type oneFile struct {
	name string
	data io.ReaderAt
	size int64
}

// Open follows fs.FS.
func (o oneFile) Open(name string) (fs.File, error) {
	switch name {
	case ".":
		return folder{}, nil
	case o.name:
		return &opened{SectionReader: io.NewSectionReader(o.data, 0, o.size), info: entry{o.name, o.size, 0o444}}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// opened is the file; reading and seeking are those of the section.
type opened struct {
	*io.SectionReader
	info entry
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *opened) Close() error               { return nil }

// folder is the root. It does not say what it holds.
type folder struct{}

func (folder) Stat() (fs.FileInfo, error) { return entry{".", 0, fs.ModeDir | 0o555}, nil }
func (folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: ".", Err: fs.ErrInvalid}
}
func (folder) Close() error { return nil }

type entry struct {
	name string
	size int64
	mode fs.FileMode
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) Mode() fs.FileMode  { return e.mode }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.mode.IsDir() }
func (e entry) Sys() any           { return nil }
