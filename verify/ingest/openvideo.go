package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/verify"
)

// Video is an opened video outside any case, for looking at single frames.
type Video struct {
	Item  verify.Item // what its metadata claim; one sighting, whose path is the name as given
	Input video.Input
	file  *os.File
}

// Close closes the file.
func (v *Video) Close() error { return v.file.Close() }

// ErrNoVideo is the answer where a file is no video that an engine is given.
var ErrNoVideo = errors.New("it is no video")

// OpenVideo opens a video read-only, takes its digest and has its metadata read
// by a worker. The error wraps [ErrNoVideo] where it is something else.
func OpenVideo(ctx context.Context, name string, opt Options) (*Video, error) {
	dir, base := filepath.Split(name)
	root, err := os.OpenRoot(cmp.Or(dir, "."))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer root.Close()
	info, err := root.Lstat(base)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, source.Reason(err))
	}
	f := source.File{Rel: base, Path: source.ShownPath("", filepath.ToSlash(name)), Size: info.Size(), ModTime: info.ModTime().UTC()}
	c, err := open(ctx, root, f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	v, err := newVideo(ctx, c, f, opt)
	if err != nil {
		c.file.Close()
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return v, nil
}

func newVideo(ctx context.Context, c *content, f source.File, opt Options) (*Video, error) {
	l := newLook(opt, c, f.Rel)
	e, refused, err := l.claims(ctx)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	case refused != "":
		return nil, errors.New(refused)
	case e.Type.Demuxer == "" || e.Type.Kind == string(extract.Audio):
		return nil, fmt.Errorf("%w but %s", ErrNoVideo, cmp.Or(l.item.Media.MediaType, "of no known type"))
	}
	s := sighting("", f)
	s.Digest, s.Size = c.digest, c.size
	l.item.Sightings = []verify.Sighting{s}
	in := c.input(e.Type, &l.item.Media)
	in.HasSound = true // the engine looks for it
	return &Video{Item: *l.item, Input: in, file: c.file}, nil
}
