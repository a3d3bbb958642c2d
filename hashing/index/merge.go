package index

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
)

// Merge makes one segment of several, without the pictures in removed; a
// picture that is in several is taken once. The bytes are those that writing
// the same pictures at once would have given. The entries stream through:
// memory is in proportion to the number of pictures, some bytes each, and to
// the fullest cell.
func Merge(w io.Writer, segments []*Segment, removed []Key) error {
	l := listPictures(segments, removed)
	if len(l.keys) > mostPictures {
		return errors.New("index segment: too many pictures to merge")
	}
	counts, total := l.counts()
	if total > mostEntries {
		return errors.New("index segment: too many entries to merge")
	}
	out := bufio.NewWriterSize(w, 1<<20)
	writeHead(out, len(l.keys), int(total), appendDirectory(nil, counts), slices.Values(l.keys))
	var m merger
	for c := range uint32(cells) {
		if err := m.write(out, l, c, counts[c]); err != nil {
			return err
		}
	}
	return flush(out)
}

// listing is the pictures of several segments: each once, ascending, with
// those removed left out.
type listing struct {
	segments []*Segment
	keys     []Key
	// places[s][i] is where picture i of segment s is among keys, -1 for one
	// that does not count.
	places [][]int32
	dead   []bool // of a segment: some of its pictures do not count
}

func compareKeys(a, b Key) int { return bytes.Compare(a[:], b[:]) }

func listPictures(segments []*Segment, removed []Key) *listing {
	l := &listing{segments: segments, places: make([][]int32, len(segments)), dead: make([]bool, len(segments))}
	removed = slices.Clone(removed)
	slices.SortFunc(removed, compareKeys)
	next := make([]int, len(segments))
	for s := range segments {
		l.places[s] = make([]int32, segments[s].Len())
	}
	for {
		least := -1
		for s, i := range next {
			if i < segments[s].Len() && (least < 0 || bytes.Compare(segments[s].key(i), segments[least].key(next[least])) < 0) {
				least = s
			}
		}
		if least < 0 {
			return l
		}
		key := Key(segments[least].key(next[least]))
		place := int32(len(l.keys))
		if _, gone := slices.BinarySearchFunc(removed, key, compareKeys); gone {
			place = -1
		} else {
			l.keys = append(l.keys, key)
		}
		for s, i := range next {
			if i < segments[s].Len() && bytes.Equal(segments[s].key(i), key[:]) {
				l.places[s][i] = place
				l.dead[s] = l.dead[s] || place < 0
				place = -1 // once is enough
				next[s]++
			}
		}
	}
}

// counts is how many entries of pictures that count each cell has.
func (l *listing) counts() (counts []uint32, total uint64) {
	counts = make([]uint32, cells)
	for c := range uint32(cells) {
		n := uint64(0)
		for s, segment := range l.segments {
			if !l.dead[s] {
				n += uint64(segment.starts[c+1] - segment.starts[c])
				continue
			}
			_, rests := segment.cell(c)
			for ; len(rests) > 0; rests = rests[restSize:] {
				if l.place(s, rests) >= 0 {
					n++
				}
			}
		}
		counts[c] = uint32(n)
		total += n
	}
	return counts, total
}

// place is the place among the keys of the picture that a rest of segment s
// names, -1 if it does not count.
func (l *listing) place(s int, rest []byte) int32 {
	if i := picture(rest); i < len(l.places[s]) {
		return l.places[s][i]
	}
	return -1
}

// merger writes cells; its memory is used again.
type merger struct {
	entries []merged
	rest    [restSize]byte
}

type merged struct {
	place        int32
	sketch, rest []byte
}

func (m *merger) write(w *bufio.Writer, l *listing, c, count uint32) error {
	m.entries = m.entries[:0]
	for s, segment := range l.segments {
		sketches, rests := segment.cell(c)
		for ; len(rests) > 0; sketches, rests = sketches[sketchSize:], rests[restSize:] {
			if place := l.place(s, rests); place >= 0 {
				m.entries = append(m.entries, merged{place, sketches[:sketchSize], rests[:restSize]})
			}
		}
	}
	if len(m.entries) != int(count) {
		return errors.New("index segment: an entry of no picture; have the index made again")
	}
	slices.SortStableFunc(m.entries, func(a, b merged) int { return int(a.place - b.place) })
	for i := range m.entries {
		w.Write(m.entries[i].sketch)
	}
	for i := range m.entries {
		copy(m.rest[:], m.entries[i].rest)
		putPicture(m.rest[:], int(m.entries[i].place))
		w.Write(m.rest[:])
	}
	return nil
}
