package casefile

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
)

// movingPart is one of the things that are made of a video beside its frames,
// a row of the table moving each.
type movingPart struct {
	name string
	of   func(*verify.Moving) []byte
}

const (
	reelPart = iota
	soundPart
	stripPart
	wavePart
)

// movingParts are in the order of the sums in the blob of an item.
var movingParts = [...]movingPart{
	reelPart:  {"reel", func(m *verify.Moving) []byte { return m.Reel }},
	soundPart: {"sound", func(m *verify.Moving) []byte { return m.Sound }},
	stripPart: {"strip", func(m *verify.Moving) []byte { return encodeStrip(m.Strip, m.StripAt) }},
	wavePart:  {"wave", func(m *verify.Moving) []byte { return m.Wave }},
}

// movingSums are the SHA-256 of the parts.
type movingSums [len(movingParts)]sum

func sumsOf(m *verify.Moving) (sums movingSums) {
	if m == nil {
		return sums
	}
	for i, p := range movingParts {
		sums[i] = sumOf(p.of(m))
	}
	return sums
}

// Reel gives the small pictures of a video as they were made when it was
// examined, an empty reel where none were. Where the cache lost them, the error
// is [ErrNotCached], as with everything that is read from it.
func (f *File) Reel(ctx context.Context, digest verify.Digest) (sequence.Reel, error) {
	return movingOf(ctx, f, digest, reelPart, sequence.DecodeReel)
}

// Sound gives the fingerprint of the sound track of a video, an empty one where
// it has none.
func (f *File) Sound(ctx context.Context, digest verify.Digest) (sound.Track, error) {
	return movingOf(ctx, f, digest, soundPart, sound.Decode)
}

// Wave gives the loudness of a video over time, an empty one where it has no
// sound.
func (f *File) Wave(ctx context.Context, digest verify.Digest) (sound.Wave, error) {
	return movingOf(ctx, f, digest, wavePart, sound.DecodeWave)
}

// Strip gives frames of a video side by side, all of one width, as a JPEG, and
// the time of each from the left; [ErrNotCached] where there is none.
func (f *File) Strip(ctx context.Context, digest verify.Digest) (jpeg []byte, at []time.Duration, err error) {
	s, err := movingOf(ctx, f, digest, stripPart, decodeStrip)
	if err == nil && s.jpeg == nil {
		err = fmt.Errorf("read strip of %s: %w", digest, ErrNotCached)
	}
	return s.jpeg, s.at, err
}

// movingOf reads and decodes one part, the zero value where it was never made.
func movingOf[T any](ctx context.Context, f *File, digest verify.Digest, part int, decode func([]byte) (T, error)) (made T, err error) {
	name := movingParts[part].name
	b, err := f.kept(ctx, digest, drawer{
		table: "moving", column: "bytes", where: "digest = ? AND part = ?", args: []any{string(digest), name},
		sum: func(it *storedItem) (sum, error) { return it.moving[part], nil },
	})
	if err == nil && b != nil {
		made, err = decode(b)
	}
	if err != nil {
		return made, fmt.Errorf("read %s of %s: %w", name, digest, err)
	}
	return made, nil
}

// strip is a strip as the cache has it: the number of its frames as a
// big-endian uint16, the nanoseconds of each as int64, and the JPEG.
type strip struct {
	jpeg []byte
	at   []time.Duration
}

func encodeStrip(jpeg []byte, at []time.Duration) []byte {
	if len(jpeg) == 0 {
		return nil
	}
	b := binary.BigEndian.AppendUint16(nil, uint16(len(at)))
	for _, t := range at {
		b = binary.BigEndian.AppendUint64(b, uint64(t))
	}
	return append(b, jpeg...)
}

func decodeStrip(b []byte) (s strip, err error) {
	if len(b) < 2 {
		return s, errStrip
	}
	n := int(binary.BigEndian.Uint16(b))
	b = b[2:]
	if len(b) < 8*n {
		return s, errStrip
	}
	for i := range n {
		s.at = append(s.at, time.Duration(binary.BigEndian.Uint64(b[8*i:])))
	}
	s.jpeg = b[8*n:]
	return s, nil
}

var errStrip = errors.New("stored strip is damaged")
