package casefile

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// The fingerprints of an item stand in one blob, big-endian:
//
//	byte    version, 3
//	uint32  number of frames
//	byte    1 when the sums of what else is made of a video follow, else 0
//	[32]    SHA-256 of its reel, zeros when it has none
//	[32]    of its sound track
//	[32]    of its strip of frames
//	[32]    of its wave
//	then for each frame
//	int64   time in the video, nanoseconds
//	[32]    SHA-256 of its thumb, zeros when it has none
//	[32]    SHA-256 of its keypoints, zeros when it has none
//	view    of the whole picture
//	byte    1 when a view of the trimmed picture follows, else 0
//	view    of the trimmed picture
//
// and a view is four float64 (box x0 y0 x1 y1), a byte (quality) and eight
// uint64 (hash under each symmetry). Version 1 had no keypoints, and neither it
// nor version 2 anything else of videos; items that were not examined since
// have them still.
const (
	framesVersion = 3
	viewLength    = 4*8 + 1 + hashing.Symmetries*8
)

// frameLength is that of a frame without a trimmed view.
func frameLength(version byte) int {
	sums := min(int(version), 2) // a thumb, and keypoints from version 2 on
	return 8 + sums*sha256.Size + viewLength + 1
}

// storedFrame is a frame as the blob has it.
type storedFrame struct {
	at       time.Duration
	thumb    sum
	features sum
	print    hashing.Print
}

// sum is the SHA-256 of something kept in the cache; zeros stand for nothing.
type sum [sha256.Size]byte

func sumOf(b []byte) sum {
	if len(b) == 0 {
		return sum{}
	}
	return sha256.Sum256(b)
}

func (s sum) any() bool { return s != sum{} }

func encodeFrames(frames []verify.Frame, moving *verify.Moving) []byte {
	b := make([]byte, 0, 6+len(movingParts)*sha256.Size+len(frames)*(frameLength(framesVersion)+viewLength))
	b = append(b, framesVersion)
	b = binary.BigEndian.AppendUint32(b, uint32(len(frames)))
	b = appendMoving(b, moving)
	for _, f := range frames {
		b = binary.BigEndian.AppendUint64(b, uint64(f.At))
		for _, kept := range [][]byte{f.Thumb, f.Features} {
			s := sumOf(kept)
			b = append(b, s[:]...)
		}
		b = appendView(b, f.Print.Full)
		if f.Print.Trimmed == nil {
			b = append(b, 0)
			continue
		}
		b = appendView(append(b, 1), *f.Print.Trimmed)
	}
	return b
}

func appendMoving(b []byte, moving *verify.Moving) []byte {
	sums := sumsOf(moving)
	if sums == (movingSums{}) {
		return append(b, 0)
	}
	b = append(b, 1)
	for _, s := range sums {
		b = append(b, s[:]...)
	}
	return b
}

func appendView(b []byte, v hashing.View) []byte {
	for _, f := range []float64{v.Box.X0, v.Box.Y0, v.Box.X1, v.Box.Y1} {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(f))
	}
	b = append(b, v.Quality)
	for _, h := range v.Hash {
		b = binary.BigEndian.AppendUint64(b, h)
	}
	return b
}

var errFrames = errors.New("stored fingerprints are damaged")

// storedItem is what the blob of an item says.
type storedItem struct {
	frames []storedFrame
	moving movingSums
}

func decodeFrames(b []byte) ([]storedFrame, error) {
	it, err := decodeItem(b)
	return it.frames, err
}

func decodeItem(b []byte) (it storedItem, err error) {
	if len(b) < 5 || b[0] < 1 || b[0] > framesVersion {
		return it, errFrames
	}
	version := b[0]
	n := uint64(binary.BigEndian.Uint32(b[1:]))
	b = b[5:]
	if version > 2 {
		if b, err = it.takeMoving(b); err != nil {
			return storedItem{}, err
		}
	}
	if it.frames, err = takeFrames(b, version, n); err != nil {
		return storedItem{}, err
	}
	return it, nil
}

func (it *storedItem) takeMoving(b []byte) ([]byte, error) {
	if len(b) < 1 || b[0] > 1 {
		return nil, errFrames
	}
	has := b[0] == 1
	b = b[1:]
	if !has {
		return b, nil
	}
	if len(b) < len(it.moving)*sha256.Size {
		return nil, errFrames
	}
	for i := range it.moving {
		b = b[copy(it.moving[i][:], b):]
	}
	return b, nil
}

func takeFrames(b []byte, version byte, n uint64) ([]storedFrame, error) {
	length := frameLength(version)
	if n*uint64(length) > uint64(len(b)) {
		return nil, errFrames
	}
	frames := make([]storedFrame, 0, n)
	for range n {
		if len(b) < length {
			return nil, errFrames
		}
		f := storedFrame{at: time.Duration(binary.BigEndian.Uint64(b))}
		b = b[8+copy(f.thumb[:], b[8:]):]
		if version > 1 {
			b = b[copy(f.features[:], b):]
		}
		f.print.Full, b = takeView(b)
		trimmed := b[0]
		b = b[1:]
		if trimmed > 1 || trimmed == 1 && len(b) < viewLength {
			return nil, errFrames
		}
		if trimmed == 1 {
			var v hashing.View
			v, b = takeView(b)
			f.print.Trimmed = &v
		}
		frames = append(frames, f)
	}
	if len(b) > 0 {
		return nil, errFrames
	}
	return frames, nil
}

// takeView reads a view from at least viewLength bytes.
func takeView(b []byte) (hashing.View, []byte) {
	var v hashing.View
	for i, p := range []*float64{&v.Box.X0, &v.Box.Y0, &v.Box.X1, &v.Box.Y1} {
		*p = math.Float64frombits(binary.BigEndian.Uint64(b[8*i:]))
	}
	v.Quality = b[32]
	for i := range v.Hash {
		v.Hash[i] = binary.BigEndian.Uint64(b[33+8*i:])
	}
	return v, b[viewLength:]
}

// withoutPictures gives the frames as callers see them; nil when there are none.
func withoutPictures(stored []storedFrame) []verify.Frame {
	if len(stored) == 0 {
		return nil
	}
	frames := make([]verify.Frame, len(stored))
	for i, f := range stored {
		frames[i] = verify.Frame{At: f.at, Print: f.print}
	}
	return frames
}
