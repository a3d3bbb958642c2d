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
	"os"
	"path"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// errOtherBytes is a place where another file stands.
var errOtherBytes = errors.New("another file stands there")

// partName is what a file is called until it is whole. It is short, for a name
// may already be as long as names can be.
const partName = ".firsthand-part"

// laying puts files of an import into a folder. It writes there and nowhere
// else, whatever a name says, and over nothing.
type laying struct {
	root *os.Root
	made map[string]bool // folders
}

// newLaying opens the folder and makes it where it is not there.
func newLaying(dir string) (*laying, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return &laying{root, map[string]bool{}}, nil
}

func (l *laying) close() error { return l.root.Close() }

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
	if err := l.folder(path.Dir(name)); err != nil {
		return source.Reason(err)
	}
	if path.Base(name) == partName {
		return fmt.Errorf("a file of an import cannot be called %s", partName)
	}
	part := path.Join(path.Dir(name), partName)
	_ = l.root.Remove(part) // of an import that was interrupted
	f, err := l.root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o400)
	if err != nil {
		return source.Reason(err)
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, h), io.LimitReader(source.UntilDone(ctx, r), m.size+1))
	if err == nil && n != m.size {
		err = fmt.Errorf("it has other bytes than the %d that it announces", m.size)
	}
	if err == nil && want != "" && hex.EncodeToString(h.Sum(nil)) != want {
		err = errors.New("it has other bytes than a moment before: something is changing it")
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil && !modified.IsZero() {
		err = l.root.Chtimes(part, modified, modified)
	}
	if err == nil {
		err = l.rename(part, name, h.Sum(nil))
	}
	if err != nil {
		return errors.Join(source.Reason(err), l.remove(part))
	}
	return nil
}

// rename gives the file its name, unless another stands there.
func (l *laying) rename(part, name string, sum []byte) error {
	// A second name for the file: unlike a rename it never takes the place of
	// what is there.
	err := l.root.Link(part, name)
	switch {
	case err == nil:
		return l.remove(part)
	case errors.Is(err, fs.ErrExist):
		if !l.holds(name, sum) {
			return errOtherBytes
		}
		return l.remove(part)
	}
	if _, err := l.root.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		if err == nil && l.holds(name, sum) {
			return l.remove(part)
		}
		return errOtherBytes
	}
	return l.root.Rename(part, name) // a file system without second names
}

func (l *laying) remove(name string) error {
	if err := l.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return source.Reason(err)
	}
	return nil
}

// holds says whether a regular file with these bytes stands at a name.
func (l *laying) holds(name string, sum []byte) bool {
	f, _, err := source.Open(l.root, source.File{Rel: name})
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && bytes.Equal(h.Sum(nil), sum)
}

func (l *laying) folder(dir string) error {
	if dir == "." || l.made[dir] {
		return nil
	}
	if err := l.root.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	l.made[dir] = true
	return nil
}

// text is a small file of our own making.
func text(b []byte) member {
	return member{int64(len(b)), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}
