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
// its sources alone. Where a file is gone or was changed, the copy that the case
// collected takes its place. It is used by one goroutine and closed in the end.
type Originals struct {
	roots   map[string]*os.Root
	dirs    map[string]string
	objects *copies
}

// copies are the originals that the case collected.
type copies struct {
	open    Collected
	used    map[verify.Digest]bool // in place of an original
	changed map[verify.Digest]bool // their originals are not what their size and time say
}

// Collected opens the copy of an original that a case has; fs.ErrNotExist where
// it has none.
type Collected func(verify.Digest) (*os.File, fs.FileInfo, error)

// NewOriginals gives access to the files of the sources, and to what was collected
// of them; nil for nothing.
func NewOriginals(sources []Source, collected Collected) Originals {
	o := Originals{roots: make(map[string]*os.Root), dirs: make(map[string]string)}
	if collected != nil {
		o.objects = &copies{collected, map[verify.Digest]bool{}, map[verify.Digest]bool{}}
	}
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

// FromCopies is how many originals were read from the copies of the case.
func (o Originals) FromCopies() int {
	if o.objects == nil {
		return 0
	}
	return len(o.objects.used)
}

// Copy copies the bytes of a sighting and hashes them on the way. When they are
// not those that the case knows, the error is [ErrChanged], and what was
// written is to be thrown away; another try takes the copy, where there is one.
func (o Originals) Copy(ctx context.Context, w io.Writer, s *verify.Sighting) error {
	f, err := o.media(ctx, s)
	if err != nil {
		return err
	}
	defer f.Close()
	digest, err := copied(ctx, w, f)
	if err != nil || digest == s.Digest {
		return err
	}
	if o.objects != nil && !o.objects.changed[s.Digest] {
		o.objects.changed[s.Digest] = true
		if w == io.Discard {
			return o.Copy(ctx, w, s)
		}
	}
	return ErrChanged
}

// media opens the file of a sighting, or the copy of it where it is gone or not
// as it was scanned. Whether a file is what its size and time say is for who
// hashes it.
func (o Originals) media(ctx context.Context, s *verify.Sighting) (*os.File, error) {
	f, info, err := o.open(s.Source, s.Rel)
	if o.objects == nil || err == nil && sameAs(info, s) && !o.objects.changed[s.Digest] {
		return f, err
	}
	kept, of, none := o.objects.open(s.Digest)
	if none == nil && of.Size() != s.Size {
		none = errors.Join(fs.ErrNotExist, kept.Close())
	}
	if none != nil {
		return f, err
	}
	if err == nil { // it may have another time alone
		digest, failed := copied(ctx, io.Discard, f)
		if _, back := f.Seek(0, io.SeekStart); failed == nil && back == nil && digest == s.Digest {
			return f, kept.Close()
		}
		f.Close()
	}
	o.objects.used[s.Digest] = true
	return kept, nil
}

func sameAs(info fs.FileInfo, s *verify.Sighting) bool {
	return info.Size() == s.Size && info.ModTime().Equal(s.ModTime)
}

func copied(ctx context.Context, w io.Writer, f *os.File) (verify.Digest, error) {
	d := hashing.NewDigester()
	if _, err := io.Copy(io.MultiWriter(d, w), source.UntilDone(ctx, f)); err != nil {
		return "", fmt.Errorf("copy: %w", source.Reason(err))
	}
	return verify.Digest(d.Sum()), nil
}

// copy copies any file of a source and says what it was.
func (o Originals) copy(ctx context.Context, w io.Writer, src, rel string) (verify.Digest, fs.FileInfo, error) {
	f, info, err := o.open(src, rel)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	digest, err := copied(ctx, w, f)
	return digest, info, err
}

// sameStat says whether a file has the size and time that it was read with.
func (o Originals) sameStat(s *verify.Sighting) bool {
	f, info, err := o.open(s.Source, s.Rel)
	if err != nil {
		return false
	}
	defer f.Close()
	return sameAs(info, s)
}

// check says what is wrong with a file, if anything: one whose size or time is
// another is read again.
func (o Originals) check(ctx context.Context, s *verify.Sighting) error {
	if o.sameStat(s) {
		return nil
	}
	return o.Copy(ctx, io.Discard, s)
}
