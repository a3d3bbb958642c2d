package index

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

// SegmentPictures is how many pictures Write takes at most. Its memory is in
// proportion to them, some 16 KB each.
const SegmentPictures = 4096

// ErrTooMany is what Write answers when it is given more than SegmentPictures.
var ErrTooMany = errors.New("index segment: more pictures than one segment is made of at once")

// Write makes a segment of pictures, of each the first feature.Indexed entries.
// The bytes depend on the pictures alone, not on their order. A key given twice
// is an error.
func Write(w io.Writer, pictures iter.Seq2[Key, feature.Set]) error {
	var gathered []gathered
	for key, set := range pictures {
		if len(gathered) == SegmentPictures {
			return ErrTooMany
		}
		gathered = append(gathered, gather(key, set))
	}
	slices.SortFunc(gathered, compareGathered)
	for i := 1; i < len(gathered); i++ {
		if gathered[i].key == gathered[i-1].key {
			return fmt.Errorf("index segment: key %x given twice", gathered[i].key)
		}
	}
	return writeGathered(w, gathered)
}

// gathered is a picture on its way into a segment: its entries with their
// cells. A rest is filled in but for the picture.
type gathered struct {
	key   Key
	cells []uint32
	data  []byte // entrySize each
}

func compareGathered(a, b gathered) int { return bytes.Compare(a.key[:], b.key[:]) }

func gather(key Key, set feature.Set) gathered {
	set = set.First(feature.Indexed)
	g := gathered{key: key, cells: make([]uint32, len(set.Points)), data: make([]byte, 0, len(set.Points)*entrySize)}
	p := theCells()
	for i, point := range set.Points {
		d := &set.Descriptors[i]
		g.cells[i] = p.cell(d)
		for _, word := range d {
			g.data = binary.LittleEndian.AppendUint64(g.data, word)
		}
		at := postureOf(point)
		g.data = append(g.data, at.x, at.y, at.angle, at.scale)
		g.data = append(g.data, make([]byte, pictureSize)...)
	}
	return g
}

func writeGathered(w io.Writer, pictures []gathered) error {
	// An entry's place in the segment, as one number: cell, picture, entry.
	const entryBits, pictureBits = 16, 24
	var order []uint64
	counts := make([]uint32, cells)
	for i, g := range pictures {
		for e, cell := range g.cells {
			counts[cell]++
			order = append(order, uint64(cell)<<(pictureBits+entryBits)|uint64(i)<<entryBits|uint64(e))
			putPicture(g.data[e*entrySize+sketchSize:], i)
		}
	}
	slices.Sort(order)
	entry := func(at uint64) []byte {
		e := int(at & (1<<entryBits - 1))
		return pictures[at>>entryBits&(1<<pictureBits-1)].data[e*entrySize : (e+1)*entrySize]
	}
	out := bufio.NewWriterSize(w, 1<<16)
	writeHead(out, len(pictures), len(order), appendDirectory(nil, counts), func(yield func(Key) bool) {
		for _, g := range pictures {
			if !yield(g.key) {
				return
			}
		}
	})
	for _, n := range counts {
		for _, at := range order[:n] {
			out.Write(entry(at)[:sketchSize])
		}
		for _, at := range order[:n] {
			out.Write(entry(at)[sketchSize:])
		}
		order = order[n:]
	}
	return flush(out)
}

// writeHead writes all that comes before the cells. An error shows in flush.
func writeHead(w *bufio.Writer, pictures, entries int, directory []byte, keys iter.Seq[Key]) {
	var head [headerSize]byte
	own := signature()
	copy(head[:], own[:])
	binary.LittleEndian.PutUint64(head[8:], uint64(pictures))
	binary.LittleEndian.PutUint64(head[16:], uint64(entries))
	binary.LittleEndian.PutUint64(head[24:], uint64(len(directory)))
	w.Write(head[:])
	for key := range keys {
		w.Write(key[:])
	}
	w.Write(directory)
}

func flush(w *bufio.Writer) error {
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write index segment: %w", err)
	}
	return nil
}
