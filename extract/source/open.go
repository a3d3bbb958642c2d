package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ErrNotRegular reports a path that is a link, folder, pipe, socket or device
// where a regular file was expected.
var ErrNotRegular = errors.New("not a regular file")

// ErrReplaced reports a path that held another file a moment before.
var ErrReplaced = errors.New("replaced by another file while it was opened")

// Open opens one file of an inventory for reading and returns it with its
// state, taken from the open file. It opens regular files only, never waits
// on a pipe and follows no link, also when the path was exchanged since the
// folder was read. The error does not repeat the path.
func Open(root *os.Root, f File) (*os.File, fs.FileInfo, error) {
	return openRegular(root, f.Rel)
}

func openRegular(root *os.Root, rel string) (*os.File, fs.FileInfo, error) {
	before, err := root.Lstat(rel)
	if err != nil {
		return nil, nil, Reason(err)
	}
	if !before.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%w (%s)", ErrNotRegular, kindOf(before.Mode()))
	}
	// os.Root resolves a link itself as long as it stays inside the root, even
	// with O_NOFOLLOW. So what was opened is compared with what stood there.
	file, err := root.OpenFile(rel, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, nil, Reason(err)
	}
	info, err := file.Stat()
	switch {
	case err != nil:
		err = Reason(err)
	case !info.Mode().IsRegular():
		err = fmt.Errorf("%w (%s)", ErrNotRegular, kindOf(info.Mode()))
	case !os.SameFile(before, info):
		err = ErrReplaced
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a link"
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "a special file"
}

// UntilDone gives a reader that ends with ctx's error when ctx ends.
func UntilDone(ctx context.Context, r io.Reader) io.Reader { return untilDone{ctx, r} }

type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
