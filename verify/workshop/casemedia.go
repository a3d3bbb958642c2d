package workshop

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// CaseFiles are the originals of a case by their paths, SOURCE/relative/path,
// where they lie: nothing is copied, and each is opened for reading only; where one
// is gone, the copy that the case collected is. A pack that is made from them is
// held to the concerns of their case.
type CaseFiles struct {
	file    *casefile.File
	sources []source.Source
	roots   map[string]*os.Root
	digests map[string]verify.Digest // of the items, by path, once one was gone
}

// CaseMedia gives the originals of a case. The caller closes them.
func CaseMedia(ctx context.Context, file *casefile.File) (*CaseFiles, error) {
	infos, err := file.Sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("find the files of the case: %w", err)
	}
	c := &CaseFiles{file: file, roots: map[string]*os.Root{}}
	for _, s := range infos {
		c.sources = append(c.sources, source.Source{Name: s.Name, Dir: s.Dir})
	}
	return c, nil
}

// Open opens a regular file; no link is followed.
func (c *CaseFiles) Open(name string) (fs.File, error) {
	f, err := c.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f, nil
}

func (c *CaseFiles) open(name string) (*os.File, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrInvalid
	}
	for _, s := range c.sources {
		rel, ok := strings.CutPrefix(name, s.Name+"/")
		if !ok {
			continue
		}
		f, err := c.inSource(s, rel)
		if errors.Is(err, fs.ErrNotExist) {
			return c.collected(name)
		}
		return f, err
	}
	return nil, fs.ErrNotExist
}

func (c *CaseFiles) inSource(s source.Source, rel string) (*os.File, error) {
	root := c.roots[s.Name]
	if root == nil {
		var err error
		if root, err = s.OpenRoot(); err != nil {
			return nil, err
		}
		c.roots[s.Name] = root
	}
	f, _, err := source.Open(root, source.File{Rel: rel})
	return f, err
}

// collected opens the copy of a file that is gone.
func (c *CaseFiles) collected(name string) (*os.File, error) {
	if c.digests == nil {
		c.digests = map[string]verify.Digest{}
		for it, err := range c.file.Items(context.Background()) {
			if err != nil {
				return nil, err
			}
			for i := range it.Sightings {
				c.digests[it.Sightings[i].Source+"/"+it.Sightings[i].Rel] = it.Digest
			}
		}
	}
	f, _, err := casefile.OpenCollected(c.file.Info().Dir, c.digests[name])
	return f, err
}

// Close lets go of the folders.
func (c *CaseFiles) Close() error {
	var errs []error
	for _, root := range c.roots {
		errs = append(errs, root.Close())
	}
	clear(c.roots)
	return errors.Join(errs...)
}

// Measure enters the digest and the size of each file that has no digest yet.
func (p *Plan) Measure(ctx context.Context, media fs.FS) error {
	for i := range p.Exercise.Media {
		m := &p.Exercise.Media[i]
		if m.SHA256 != "" {
			continue
		}
		if err := measure(ctx, media, m); err != nil {
			return fmt.Errorf("read %s: %w", m.Path, err)
		}
	}
	return nil
}

func measure(ctx context.Context, media fs.FS, m *exercise.Medium) error {
	f, err := openMedium(media, m.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(source.UntilDone(ctx, f), mostBytes))
	if err != nil {
		return source.Reason(err)
	}
	m.Size, m.SHA256 = n, hex.EncodeToString(h.Sum(nil))
	return nil
}

// openMedium opens a regular file.
func openMedium(media fs.FS, name string) (fs.File, error) {
	f, err := media.Open(name)
	if err != nil {
		return nil, source.Reason(err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = source.ErrNotRegular
	}
	if err != nil {
		return nil, errors.Join(source.Reason(err), f.Close())
	}
	return f, nil
}
