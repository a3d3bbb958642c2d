package exchange

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// Bounds of what is unpacked. An archive of media hardly shrinks them: what
// promises a hundred times its own size, or more files than a case holds, is
// not read at all.
const (
	maxMembers = 1_000_000
	maxRatio   = 100
	slackRatio = 1 << 20 // bytes that a member may have whatever its ratio
	maxDepth   = 64      // folders inside one another
)

// container is a folder or a zip from outside, as its regular files by name.
// Names lead nowhere but into it; links and what else is no file are in bad.
type container struct {
	files map[string]member
	again map[string][]member // members of a zip whose name is taken, for formats that write such
	bad   []BadRow
	close func() error
}

// member is one file of a container.
type member struct {
	size int64
	open func() (io.ReadCloser, error)
}

// names lists the files in order.
func (c *container) names() []string {
	out := make([]string, 0, len(c.files))
	for name := range c.files {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (c *container) refuse(what, format string, a ...any) {
	c.bad = append(c.bad, BadRow{What: what, Why: fmt.Sprintf(format, a...)})
}

// read gives a small file whole.
func (c *container) read(name string, limit int64) ([]byte, error) {
	m, ok := c.files[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	if m.size > limit {
		return nil, fmt.Errorf("%s is larger than %d KiB, the most that is read of it", name, limit>>10)
	}
	r, err := m.open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, source.Reason(err))
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, source.Reason(err))
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("%s is larger than %d KiB, the most that is read of it", name, limit>>10)
	}
	return b, nil
}

// openContainer opens a folder or a zip.
func openContainer(ctx context.Context, name string) (*container, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, source.Reason(err))
	}
	if info.IsDir() {
		return openFolder(ctx, name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, source.Reason(err))
	}
	c, err := readZip(f, info.Size())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", name, err), f.Close())
	}
	c.close = f.Close
	return c, nil
}

// openFolder lists a folder without following a link.
func openFolder(ctx context.Context, dir string) (*container, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", dir, source.Reason(err))
	}
	c := &container{files: map[string]member{}, close: root.Close}
	if err := c.walk(ctx, root, ".", 0); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return c, nil
}

func (c *container) walk(ctx context.Context, root *os.Root, dir string, depth int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if depth > maxDepth {
		c.refuse(dir, "it lies more than %d folders deep", maxDepth)
		return nil
	}
	d, err := root.Open(dir)
	if err != nil {
		c.refuse(dir, "%v", source.Reason(err))
		return nil
	}
	names, err := d.Readdirnames(-1)
	d.Close()
	if err != nil {
		c.refuse(dir, "%v", source.Reason(err))
	}
	slices.Sort(names)
	for _, n := range names {
		name := path.Join(dir, n)
		info, err := root.Lstat(name)
		switch {
		case err != nil:
			c.refuse(name, "%v", source.Reason(err))
		case info.IsDir():
			if err := c.walk(ctx, root, name, depth+1); err != nil {
				return err
			}
		case !info.Mode().IsRegular():
			c.refuse(name, "it is a link or a special file, which is never followed")
		case len(c.files) >= maxMembers:
			return fmt.Errorf("the folder has more than %d files", maxMembers)
		default:
			c.files[name] = member{info.Size(), func() (io.ReadCloser, error) {
				f, _, err := source.Open(root, source.File{Rel: name})
				return f, err
			}}
		}
	}
	return nil
}

// readZip lists a zip by its central directory. A member whose name leads out,
// that is a link, that is encrypted, or that promises far more bytes than it
// has is refused, and so is an archive whose members lie on one another.
func readZip(r io.ReaderAt, size int64) (*container, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("it cannot be read as a zip: %w", err)
	}
	return members(z, size)
}

// members lists an archive of so many bytes.
func members(z *zip.Reader, size int64) (*container, error) {
	if len(z.File) > maxMembers {
		return nil, fmt.Errorf("the zip has more than %d members", maxMembers)
	}
	var packed uint64
	c := &container{files: map[string]member{}, again: map[string][]member{}, close: func() error { return nil }}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		packed += min(f.CompressedSize64, uint64(size)+1)
		name, err := localName(f.Name)
		_, twice := c.files[name]
		switch {
		case err != nil:
			c.refuse(f.Name, "%v", err)
		case twice:
			c.refuse(f.Name, "the archive has two members of this name; the first is taken")
			if unusableMember(f) == "" {
				c.again[name] = append(c.again[name], member{int64(f.UncompressedSize64), f.Open})
			}
		case strings.Count(name, "/") > maxDepth:
			c.refuse(f.Name, "it lies more than %d folders deep", maxDepth)
		default:
			if why := unusableMember(f); why != "" {
				c.refuse(f.Name, "%s", why)
				continue
			}
			c.files[name] = member{int64(f.UncompressedSize64), f.Open}
		}
	}
	if packed > uint64(size) {
		return nil, errors.New("the members of the zip lie on one another, as in archives made to do harm")
	}
	return c, nil
}

func unusableMember(f *zip.File) string {
	switch {
	case f.Mode()&fs.ModeType != 0:
		return "it is a link or a special file, which is never followed"
	case f.Flags&1 != 0:
		return "it is encrypted"
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return fmt.Sprintf("it is compressed by method %d, which is not read", f.Method)
	case f.UncompressedSize64 > slackRatio && f.UncompressedSize64/maxRatio > f.CompressedSize64:
		return fmt.Sprintf("it promises more than %d times its size, as archives do that are made to do harm", maxRatio)
	}
	return ""
}

// under gives the container below one folder, as when a zip holds one folder
// that holds everything.
func (c *container) under(dir string) *container {
	if dir == "." || dir == "" {
		return c
	}
	out := &container{files: map[string]member{}, again: map[string][]member{}, bad: c.bad, close: c.close}
	for name, m := range c.files {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			out.files[rest], out.again[rest] = m, c.again[name]
		}
	}
	return out
}

// holding finds the folder, at the top or one below it, that has a file of this
// name.
func (c *container) holding(name string) (dir string, ok bool) {
	if _, ok := c.files[name]; ok {
		return ".", true
	}
	var found []string
	for n := range c.files {
		if path.Base(n) == name && strings.Count(n, "/") == 1 {
			found = append(found, path.Dir(n))
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// digest is the SHA-256 of a member, which has to have the size it announces.
func (m member) digest(ctx context.Context) (verify.Digest, error) {
	r, err := m.open()
	if err != nil {
		return "", source.Reason(err)
	}
	defer r.Close()
	d := hashing.NewDigester()
	n, err := io.Copy(d, io.LimitReader(source.UntilDone(ctx, r), m.size+1))
	switch {
	case err != nil:
		return "", source.Reason(err)
	case n != m.size:
		return "", fmt.Errorf("it has other bytes than the %d that it announces", m.size)
	}
	return verify.Digest(d.Sum()), nil
}
