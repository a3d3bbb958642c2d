package casefile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/index"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	likenessName = "likeness"
	// mostSegments is how many there are at most: each is looked into by every
	// search.
	mostSegments = 4
	// mostGone is the part of a segment, as a divisor, that may be of pictures
	// that are gone before it is written anew without them.
	mostGone = 4
)

// described is a frame whose keypoints were found.
type described struct {
	digest   verify.Digest
	at       time.Duration
	features sum
	present  bool // at some path
}

// Likeness is the index of the keypoints of everything present, under the keys
// that verify.Digest.Key makes.
type Likeness struct {
	Index *index.Descriptors
	// Contents names what the index holds: the same name, the same keypoints
	// under the same keys.
	Contents string
	parts    indexer
}

// Close must be called when the index is no longer searched.
func (l *Likeness) Close() error { return l.parts.close() }

// LikenessIndex gives the index of keypoints. It is kept in files that are
// mapped into memory (README.md) and first brought up to date with the items; a
// case that is open for reading is not written to, and what its files lack is
// made in memory. What a search gives depends on the items alone. Frames whose
// keypoints are no longer in the cache are left out until a scan has made them
// again.
func (f *File) LikenessIndex(ctx context.Context) (*Likeness, error) {
	l, err := f.likenessIndex(ctx)
	if err != nil {
		return nil, fmt.Errorf("index of keypoints: %w", err)
	}
	return l, nil
}

func (f *File) likenessIndex(ctx context.Context) (_ *Likeness, err error) {
	f.indexing.Lock()
	defer f.indexing.Unlock()
	known, err := f.describedFrames(ctx)
	if err != nil {
		return nil, err
	}
	b := indexer{file: f, known: known, store: segmentStore{dir: f.path(cacheName, likenessName)}}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	b.open()
	if f.writer == nil {
		err = b.addInMemory(ctx)
	} else {
		err = b.update(ctx)
	}
	if err != nil {
		return nil, err
	}
	segments := make([]*index.Segment, len(b.parts))
	for i, p := range b.parts {
		segments[i] = p.segment
	}
	return &Likeness{index.NewDescriptors(segments, b.gone()), b.contents(slices.Values(b.held())), b}, nil
}

// describedFrames gives every frame with keypoints that the case knows, that
// of items whose files are gone too.
func (f *File) describedFrames(ctx context.Context) (map[index.Key]described, error) {
	rows, err := f.query(ctx, "SELECT digest, path IS NOT NULL, frames FROM items")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := make(map[index.Key]described)
	for rows.Next() {
		var d described
		var blob []byte
		if err := rows.Scan(&d.digest, &d.present, &blob); err != nil {
			return nil, err
		}
		frames, err := decodeFrames(blob)
		if err != nil {
			return nil, fmt.Errorf("item %s: %w", d.digest, err)
		}
		for _, frame := range frames {
			if frame.features.any() {
				d.at, d.features = frame.at, frame.features
				known[d.digest.Key(d.at)] = d
			}
		}
	}
	return known, rows.Err()
}

// indexer brings the segments up to date with the items.
type indexer struct {
	file  *File
	known map[index.Key]described
	store segmentStore
	parts []part
}

// part is one segment that is in use.
type part struct {
	listed  listedSegment // no name when it is in memory alone
	segment *index.Segment
	close   func() error
}

// open takes up the stored segments that hold what is known of their pictures
// now. Those that do not are as if they were not there.
func (b *indexer) open() {
	for _, l := range b.store.list() {
		p, err := b.store.open(l)
		if err != nil {
			continue // damaged or gone: its pictures are missing and come anew
		}
		if of := b.contents(p.segment.Keys()); of != l.Of {
			_ = p.close()
			continue
		}
		b.parts = append(b.parts, p)
	}
}

// contents is the SHA-256 over the keys of a segment, each followed by the
// SHA-256 of what stands for it, so that a segment made of other keypoints of
// the same pictures shows.
func (b *indexer) contents(keys iter.Seq[index.Key]) string {
	h := sha256.New()
	for k := range keys {
		of := b.known[k].features
		h.Write(k[:])
		h.Write(of[:])
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// missing gives the present pictures that no part holds, in order.
func (b *indexer) missing() []index.Key {
	have := make(map[index.Key]bool, len(b.known))
	for _, p := range b.parts {
		for k := range p.segment.Keys() {
			have[k] = true
		}
	}
	var out []index.Key
	for k, d := range b.known {
		if d.present && !have[k] {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, compareKeys)
	return out
}

// held gives the present pictures that a part holds, in order, each once.
func (b *indexer) held() []index.Key {
	var out []index.Key
	for _, p := range b.parts {
		for k := range p.segment.Keys() {
			if b.known[k].present {
				out = append(out, k)
			}
		}
	}
	slices.SortFunc(out, compareKeys)
	return slices.Compact(out)
}

// gone gives the pictures of the parts that are no longer present.
func (b *indexer) gone() []index.Key {
	var out []index.Key
	for _, p := range b.parts {
		out = append(out, b.goneFrom(p)...)
	}
	return out
}

func (b *indexer) goneFrom(p part) []index.Key {
	var out []index.Key
	for k := range p.segment.Keys() {
		if !b.known[k].present {
			out = append(out, k)
		}
	}
	return out
}

func compareKeys(a, b index.Key) int { return bytes.Compare(a[:], b[:]) }

// pictures reads the keypoints under the keys, as far as the cache has them.
func (b *indexer) pictures(ctx context.Context, keys []index.Key) iter.Seq2[index.Key, feature.Set] {
	return func(yield func(index.Key, feature.Set) bool) {
		for _, k := range keys {
			d := b.known[k]
			set, err := b.file.Features(ctx, d.digest, d.at)
			if err != nil {
				continue // not cached, or ctx ended, which the caller sees
			}
			if !yield(k, set) {
				return
			}
		}
	}
}

// addInMemory makes segments of what is missing without writing any file.
func (b *indexer) addInMemory(ctx context.Context) error {
	for keys := range slices.Chunk(b.missing(), index.SegmentPictures) {
		var buf bytes.Buffer
		if err := index.Write(&buf, b.pictures(ctx, keys)); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		segment, err := index.OpenSegment(buf.Bytes())
		if err != nil {
			return err
		}
		b.parts = append(b.parts, part{segment: segment, close: func() error { return nil }})
	}
	return nil
}

func (b *indexer) close() error {
	var err error
	for _, p := range b.parts {
		err = errors.Join(err, p.close())
	}
	b.parts = nil
	return err
}
