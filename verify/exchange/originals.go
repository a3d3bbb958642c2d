package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// Errors of originals, for errors.Is.
var (
	ErrChanged = errors.New("the file has changed since it was read into the case")
	ErrGone    = errors.New("the file is not there any more")
)

// Originals opens the media of a case, read-only and through the folders of
// its sources alone. It is used by one goroutine and closed in the end.
type Originals struct {
	roots map[string]*os.Root
	dirs  map[string]string
}

// NewOriginals gives access to the files of the sources.
func NewOriginals(sources []Source) Originals {
	o := Originals{roots: make(map[string]*os.Root), dirs: make(map[string]string)}
	for _, s := range sources {
		o.dirs[s.Name] = s.Dir
	}
	return o
}

// Close lets go of the folders.
func (o Originals) Close() error {
	var errs []error
	for _, r := range o.roots {
		errs = append(errs, r.Close())
	}
	clear(o.roots)
	return errors.Join(errs...)
}

func (o Originals) open(src, rel string) (*os.File, fs.FileInfo, error) {
	root, ok := o.roots[src]
	if !ok {
		var err error
		if root, err = os.OpenRoot(o.dirs[src]); err != nil {
			return nil, nil, fmt.Errorf("%w: the folder of source %s cannot be opened", ErrGone, src)
		}
		o.roots[src] = root
	}
	f, info, err := source.Open(root, source.File{Rel: rel})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ErrGone
	}
	return f, info, err
}

// Copy copies the bytes of a sighting and hashes them on the way. When they are
// not those that the case knows, the error is [ErrChanged], and what was
// written is to be thrown away.
func (o Originals) Copy(ctx context.Context, w io.Writer, s *verify.Sighting) error {
	digest, _, err := o.copy(ctx, w, s.Source, s.Rel)
	if err != nil {
		return err
	}
	if digest != s.Digest {
		return ErrChanged
	}
	return nil
}

// copy copies any file of a source and says what it was.
func (o Originals) copy(ctx context.Context, w io.Writer, src, rel string) (verify.Digest, fs.FileInfo, error) {
	f, info, err := o.open(src, rel)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	d := hashing.NewDigester()
	if _, err := io.Copy(io.MultiWriter(d, w), source.UntilDone(ctx, f)); err != nil {
		return "", nil, fmt.Errorf("copy: %w", source.Reason(err))
	}
	return verify.Digest(d.Sum()), info, nil
}

// sameStat says whether a file has the size and time that it was read with.
func (o Originals) sameStat(s *verify.Sighting) bool {
	f, info, err := o.open(s.Source, s.Rel)
	if err != nil {
		return false
	}
	defer f.Close()
	return info.Size() == s.Size && info.ModTime().Equal(s.ModTime)
}

// check says what is wrong with a file, if anything: one whose size or time is
// another is read again.
func (o Originals) check(ctx context.Context, s *verify.Sighting) error {
	if o.sameStat(s) {
		return nil
	}
	return o.Copy(ctx, io.Discard, s)
}
