package exchange

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// BagLimits bounds a bag that a stranger packed.
type BagLimits struct {
	Files int   // in it, tag files too
	Bytes int64 // of all of them together, packed and unpacked
}

// BagPlacing is a file of a bag and where it is laid down.
type BagPlacing struct {
	Name     string // in the bag
	To       string // below the folder, with forward slashes
	Modified time.Time
}

// OpenPackedBag is [OpenBag] of a zip that holds one bag in a folder and nothing
// beside it. It is stricter: what OpenBag warns of is an error too, names have
// to stand in their plain form, and no two members may share a byte. What lies
// beyond the limits is not read. The error is a [BagError] where the zip can be
// read and the bag is not valid. The caller closes the bag.
func OpenPackedBag(ctx context.Context, name string, most BagLimits) (*Bag, error) {
	f, err := openPacked(name, most)
	if err != nil {
		return nil, err
	}
	b, err := readPackedBag(ctx, f, most)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	b.files.close = f.Close
	return b, nil
}

// packed is an opened zip.
type packed struct {
	*os.File
	size int64
}

// openPacked opens a regular file, and waits for nobody on a pipe.
func openPacked(name string, most BagLimits) (packed, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return packed{}, source.Reason(err)
	case !info.Mode().IsRegular():
		return packed{}, errors.New("it is not a regular file")
	case info.Size() > most.Bytes:
		return packed{}, fmt.Errorf("it is larger than %d MB", most.Bytes>>20)
	}
	f, err := os.Open(name)
	if err != nil {
		return packed{}, source.Reason(err)
	}
	return packed{f, info.Size()}, nil
}

func readPackedBag(ctx context.Context, f packed, most BagLimits) (*Bag, error) {
	directory := &meteredReader{r: f, left: maxDirectory(most.Files)}
	z, err := zip.NewReader(directory, f.size)
	if errors.Is(err, errDirectory) {
		return nil, fmt.Errorf("the zip has more than %d members", most.Files)
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("it cannot be read as a zip: %w", err)
	}
	directory.open = true
	top, err := checkMembers(z, most)
	if err != nil {
		return nil, err
	}
	files, err := members(z, f.size)
	if err != nil {
		return nil, err
	}
	b := newBag(files.under(top))
	b.Folder = top
	if err := b.check(ctx); err != nil {
		return nil, err
	}
	if b.Errors = append(b.Errors, b.Warnings...); len(b.Errors) > 0 {
		return nil, &BagError{b}
	}
	return b, nil
}

// checkMembers holds an archive to the limits, and gives the one folder that
// everything lies in.
func checkMembers(z *zip.Reader, most BagLimits) (top string, err error) {
	if len(z.File) > most.Files {
		return "", fmt.Errorf("the zip has more than %d members", most.Files)
	}
	var size uint64
	for _, f := range z.File {
		if size += min(f.UncompressedSize64, uint64(most.Bytes)+1); size > uint64(most.Bytes) {
			return "", fmt.Errorf("it promises more than %d MB", most.Bytes>>20)
		}
		if plain, err := localName(f.Name); err != nil {
			return "", err
		} else if plain != strings.TrimSuffix(f.Name, "/") {
			return "", fmt.Errorf("the name %.80q is not in its plain form", f.Name)
		}
		folder, _, inside := strings.Cut(f.Name, "/")
		if !inside || top != "" && folder != top {
			return "", fmt.Errorf("%.80q lies beside the bag", f.Name)
		}
		top = folder
	}
	if top == "" {
		return "", errors.New("the zip is empty")
	}
	return top, apart(z.File)
}

// apart refuses members that share bytes of the archive, by which few bytes
// unpack to very many.
func apart(files []*zip.File) error {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(files))
	for _, f := range files {
		from, err := f.DataOffset()
		if err != nil {
			return fmt.Errorf("%.80q cannot be read: %w", f.Name, err)
		}
		spans = append(spans, span{from, from + int64(min(f.CompressedSize64, 1<<62))})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return errors.New("the members of the zip lie on one another, as in archives made to do harm")
		}
	}
	return nil
}

// maxDirectory is the most bytes that are read of the directory of an archive
// with so many members: 1 KiB each, and what lies at its end.
func maxDirectory(files int) int64 { return int64(files)<<10 + 1<<18 }

// errDirectory is a directory that is larger than the files it may list.
var errDirectory = errors.New("the directory of the zip is too large")

// meteredReader gives no more bytes than it may until it is open.
type meteredReader struct {
	r    io.ReaderAt
	left int64
	open bool
}

func (m *meteredReader) ReadAt(p []byte, at int64) (int, error) {
	if !m.open {
		if m.left -= int64(len(p)); m.left < 0 {
			return 0, errDirectory
		}
	}
	return m.r.ReadAt(p, at)
}

// Files lists what the bag holds, tag files too, by name.
func (b *Bag) Files() []string { return b.files.names() }

// Size is how many bytes a file of the bag has.
func (b *Bag) Size(name string) int64 { return b.files.files[name].size }

// Sum is the checksum of a file, as it was computed for the manifests of this
// algorithm: lower-case hexadecimal, "" where none lists the file.
func (b *Bag) Sum(name, algorithm string) string { return b.sums[name][algorithm] }

// Read gives a small file of the bag whole.
func (b *Bag) Read(name string, limit int64) ([]byte, error) { return b.files.read(name, limit) }

// Lay puts files of the bag into a folder, which it makes where it is not there.
// It writes there and nowhere else, over nothing, and refuses a file that no
// longer has the bytes that were checked. The first that fails ends it.
func (b *Bag) Lay(ctx context.Context, dir string, files []BagPlacing) error {
	l, err := newLaying(dir)
	if err != nil {
		return err
	}
	defer l.close()
	for _, f := range files {
		m, ok := b.files.files[f.Name]
		if !ok {
			return fmt.Errorf("%q is not in the bag", f.Name)
		}
		if err := insideSource(f.To); err != nil {
			return err
		}
		if err := l.putOnly(ctx, f.To, m, f.Modified, b.Sum(f.Name, "sha256")); err != nil {
			return fmt.Errorf("lay down %q: %w", f.To, err)
		}
	}
	return l.settle()
}
