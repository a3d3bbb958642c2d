package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"sync"
)

// A segment is, in this order:
//
//	magic         4 bytes, the last the version of the format
//	cells         4 bytes of the CRC-32 of the learnt cells: entries sorted into
//	              other cells would not be found
//	pictures      8 bytes, a number; here as elsewhere the low byte is first
//	entries       8 bytes
//	directory     8 bytes, the length of the directory
//	keys          16 bytes a picture, ascending
//	directory     of each cell that is not empty, ascending: how many empty
//	              cells lie before it, and how many entries it has; uvarints
//	cells         of each cell its entries by picture, then by their order in
//	              the picture's set: first the sketches of all, then the rests
//
// The sketch is the first word of a descriptor, all that a search reads of most
// entries. The rest is the other words, the point (4 bytes) and the picture (3
// bytes, its place among the keys).
const (
	magic      = "fhl1"
	headerSize = 32
	keySize    = len(Key{})

	sketchSize   = 8
	geometrySize = 4
	pictureSize  = 3
	restSize     = 24 + geometrySize + pictureSize
	entrySize    = sketchSize + restSize

	// mostPictures is how many pictures a segment can number.
	mostPictures = 1 << (8 * pictureSize)
	// mostEntries is how many entries: their places are 32 bits.
	mostEntries = 1<<32 - 1
)

// Key names a picture: in the first twelve bytes the item that it is of, in the
// others the frame.
type Key [16]byte

func (k *Key) item() [12]byte { return [12]byte(k[:12]) }

// Segment is an immutable part of an index, read in place.
type Segment struct {
	size    int
	keys    []byte
	entries []byte
	// starts[c] is how many entries lie before those of cell c.
	starts []uint32
}

var errCut = errors.New("cut short")

// signature is how every segment of this version and these cells begins.
var signature = sync.OnceValue(func() [8]byte {
	var s [8]byte
	copy(s[:], magic)
	binary.LittleEndian.PutUint32(s[4:], crc32.ChecksumIEEE(learnt))
	return s
})

// OpenSegment reads what Write or Merge has written. The segment keeps data,
// which must not change, nor be unmapped, while it is in use. Whatever the
// bytes, a search of the segment neither fails nor reads outside of them;
// that they are those written is for the caller to check.
func OpenSegment(data []byte) (*Segment, error) {
	s, err := openSegment(data)
	if err != nil {
		return nil, fmt.Errorf("index segment: %w; remove it to have it made again", err)
	}
	return s, nil
}

func openSegment(data []byte) (*Segment, error) {
	if len(data) < headerSize {
		return nil, errCut
	}
	if [8]byte(data[:8]) != signature() {
		return nil, errors.New("not of this version")
	}
	pictures := binary.LittleEndian.Uint64(data[8:])
	entries := binary.LittleEndian.Uint64(data[16:])
	directory := binary.LittleEndian.Uint64(data[24:])
	rest := uint64(len(data) - headerSize)
	if pictures > mostPictures || entries > mostEntries || directory > rest ||
		pictures*uint64(keySize)+directory+entries*entrySize != rest {
		return nil, errCut
	}
	s := &Segment{size: len(data)}
	data = data[headerSize:]
	s.keys, data = data[:pictures*uint64(keySize)], data[pictures*uint64(keySize):]
	for i := 1; i < s.Len(); i++ {
		if bytes.Compare(s.key(i-1), s.key(i)) >= 0 {
			return nil, errors.New("keys out of order")
		}
	}
	var err error
	s.starts, err = readDirectory(data[:directory], entries)
	s.entries = data[directory:]
	return s, err
}

func readDirectory(b []byte, entries uint64) ([]uint32, error) {
	starts := make([]uint32, cells+1)
	cell, before := uint64(0), uint64(0)
	for len(b) > 0 {
		skip, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errCut
		}
		b = b[n:]
		count, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errCut
		}
		b = b[n:]
		if skip >= cells-cell || count > entries-before {
			return nil, errors.New("cells out of bounds")
		}
		for range skip + 1 {
			starts[cell] = uint32(before)
			cell++
		}
		before += count
	}
	if before != entries {
		return nil, errors.New("entries outside of the cells")
	}
	for ; cell <= cells; cell++ {
		starts[cell] = uint32(before)
	}
	return starts, nil
}

// appendDirectory is the reverse of readDirectory.
func appendDirectory(b []byte, counts []uint32) []byte {
	skip := uint64(0)
	for _, n := range counts {
		if n == 0 {
			skip++
			continue
		}
		b = binary.AppendUvarint(b, skip)
		b = binary.AppendUvarint(b, uint64(n))
		skip = 0
	}
	return b
}

// Len is how many pictures the segment holds.
func (s *Segment) Len() int { return len(s.keys) / keySize }

// Keys gives the pictures of the segment, ascending.
func (s *Segment) Keys() iter.Seq[Key] {
	return func(yield func(Key) bool) {
		for i := range s.Len() {
			if !yield(Key(s.key(i))) {
				return
			}
		}
	}
}

func (s *Segment) key(i int) []byte { return s.keys[i*keySize : (i+1)*keySize] }

// cell gives the sketches and the rests of a cell's entries.
func (s *Segment) cell(c uint32) (sketches, rests []byte) {
	from, to := int(s.starts[c]), int(s.starts[c+1])
	block := s.entries[from*entrySize : to*entrySize]
	return block[:(to-from)*sketchSize], block[(to-from)*sketchSize:]
}

// picture is the place among the keys that a rest names; it may be out of
// bounds.
func picture(rest []byte) int {
	return int(rest[restSize-3]) | int(rest[restSize-2])<<8 | int(rest[restSize-1])<<16
}

func putPicture(rest []byte, i int) {
	rest[restSize-3], rest[restSize-2], rest[restSize-1] = byte(i), byte(i>>8), byte(i>>16)
}
