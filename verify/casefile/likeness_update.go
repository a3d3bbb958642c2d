package casefile

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/firsthand-media/firsthand/hashing/index"
)

// update writes what is missing as new segments, merges small ones, drops what
// is gone from those that have much of it, and lists the outcome. When it is
// interrupted, the list names what it named before.
func (b *indexer) update(ctx context.Context) error {
	if err := b.store.prepare(); err != nil {
		return err
	}
	for keys := range slices.Chunk(b.missing(), index.SegmentPictures) {
		err := b.write(ctx, func(w io.Writer) error { return index.Write(w, b.pictures(ctx, keys)) })
		if err != nil {
			return err
		}
	}
	for i := 0; i < len(b.parts); i++ {
		if p := b.parts[i]; len(b.goneFrom(p))*mostGone > p.segment.Len() {
			if err := b.merge(ctx, []part{p}); err != nil {
				return err
			}
			i = -1 // the parts have moved
		}
	}
	for len(b.parts) > mostSegments {
		if err := b.merge(ctx, b.smallest()); err != nil {
			return err
		}
	}
	listed := make([]listedSegment, len(b.parts))
	for i, p := range b.parts {
		listed[i] = p.listed
	}
	return b.store.replaceList(listed)
}

// smallest gives the segments to merge: the two smallest, and on from there
// those no larger than what is merged already. A picture is thus written
// anew about as often as the number of pictures can be halved.
func (b *indexer) smallest() []part {
	slices.SortFunc(b.parts, func(p, q part) int {
		return cmp.Or(cmp.Compare(p.segment.Len(), q.segment.Len()), cmp.Compare(p.listed.File, q.listed.File))
	})
	n, merged := 2, b.parts[0].segment.Len()+b.parts[1].segment.Len()
	for n < len(b.parts) && b.parts[n].segment.Len() <= merged {
		merged += b.parts[n].segment.Len()
		n++
	}
	return slices.Clone(b.parts[:n])
}

// merge puts one segment in the place of several, without what is gone.
func (b *indexer) merge(ctx context.Context, old []part) error {
	var segments []*index.Segment
	var gone []index.Key
	for _, p := range old {
		segments = append(segments, p.segment)
		gone = append(gone, b.goneFrom(p)...)
	}
	if err := b.write(ctx, func(w io.Writer) error { return index.Merge(w, segments, gone) }); err != nil {
		return err
	}
	var err error
	b.parts = slices.DeleteFunc(b.parts, func(p part) bool {
		if !slices.Contains(segments, p.segment) {
			return false
		}
		err = errors.Join(err, p.close())
		return true
	})
	return err
}

// write stores a new segment and takes it into use, unless it is empty.
func (b *indexer) write(ctx context.Context, fill func(io.Writer) error) error {
	name, err := b.store.write(func(w io.Writer) error {
		return errors.Join(fill(stopping{ctx, w}), ctx.Err())
	})
	if err != nil {
		return err
	}
	p, err := b.store.open(listedSegment{File: name})
	if err != nil {
		return err
	}
	if p.segment.Len() == 0 {
		return p.close() // its file is not listed and goes with the next list
	}
	p.listed.Of = b.contents(p.segment.Keys())
	b.parts = append(b.parts, p)
	return nil
}

// stopping is a writer that fails once its context has ended.
type stopping struct {
	ctx context.Context
	w   io.Writer
}

func (s stopping) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}
