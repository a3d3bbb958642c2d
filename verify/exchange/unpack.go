package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// errOtherBytes is a place where another file stands.
var errOtherBytes = errors.New("another file stands there")

// laying puts files of an import into a folder. It writes there and nowhere
// else, whatever a name says, and over nothing.
type laying struct{ folder *disk.Folder }

// newLaying opens the folder and makes it where it is not there.
func newLaying(dir string) (*laying, error) {
	if err := disk.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	folder, err := disk.OpenFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	disk.Sweep(dir)
	folder.SyncLater()
	return &laying{folder}, nil
}

// settle forces to the disk what was put. Only then are the files there.
func (l *laying) settle() error { return l.folder.Settle() }

func (l *laying) close() error { return l.folder.Close() }

// put writes a file whole or not at all, with the time it had. The same bytes
// there already are fine, so that an import can be taken up again.
func (l *laying) put(ctx context.Context, name string, m member, modified time.Time) error {
	return l.putOnly(ctx, name, m, modified, "")
}

// putOnly is put of a file that has to have a SHA-256, in lower-case
// hexadecimal; "" is any.
func (l *laying) putOnly(ctx context.Context, name string, m member, modified time.Time, want string) error {
	r, err := m.open()
	if err != nil {
		return source.Reason(err)
	}
	defer r.Close()
	if disk.Hidden(path.Base(name)) {
		return fmt.Errorf("a file of an import cannot be called %s", path.Base(name))
	}
	if err := l.folder.MakeFolder(path.Dir(name)); err != nil {
		return inWords(err)
	}
	part, err := l.folder.Begin(".") // where Sweep finds what a killed import left
	if err != nil {
		return inWords(err)
	}
	defer part.Discard()
	part.Mode(0o400)
	part.Modified(modified)
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(part, h), io.LimitReader(source.UntilDone(ctx, r), m.size+1))
	switch {
	case err != nil:
		return inWords(err)
	case n != m.size:
		return fmt.Errorf("it has other bytes than the %d that it announces", m.size)
	case want != "" && hex.EncodeToString(h.Sum(nil)) != want:
		return errors.New("it has other bytes than a moment before: something is changing it")
	}
	err = part.As(name)
	if errors.Is(err, fs.ErrExist) {
		if l.holds(name, h.Sum(nil)) {
			return nil
		}
		return errOtherBytes
	}
	return inWords(err)
}

// inWords is the cause alone, for the message around it says which file it is,
// unless it is the disk that fails.
func inWords(err error) error {
	var named *disk.Error
	if !errors.As(err, &named) || disk.Broken(err) {
		return source.Reason(err)
	}
	return named.Err
}

// ends says which error of a file ends the whole import: not one of the file,
// but that it was stopped, or that the disk fails.
func ends(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case disk.Broken(err):
		return err
	}
	return nil
}

// holds says whether a regular file with these bytes stands at a name.
func (l *laying) holds(name string, sum []byte) bool {
	f, _, err := source.Open(l.folder.Root(), source.File{Rel: name})
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && bytes.Equal(h.Sum(nil), sum)
}

// text is a small file of our own making.
func text(b []byte) member {
	return member{int64(len(b)), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}
