package index

import (
	"encoding/binary"
	"math"
	"math/bits"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

const (
	// effort is how many entries are compared with one of a query: cells are
	// visited until so many have been. Among 100,000 pictures, with insets of
	// which seven tenths of the entries were replaced, 6,000 found as many as
	// 32,000 did in four times the time; 4,000 lost one in twenty.
	effort = 6000
	// mostCells is how many cells that are not empty are visited, however few
	// entries they hold. Of 517 pairs of hard copies among 1,833 pictures, 56
	// and 72 lost one that 96 found.
	mostCells = 96
	// crowded, times the effort, is a cell too full to be of use: what is in
	// it looks like everything else.
	crowded = 16

	// farthest, of 256 bits, is how far a hit may be: of the entries that show
	// the same place in an original and in a small copy of it, nineteen of
	// twenty are nearer.
	farthest = 48
	// sketchFarthest, of 64 bits, is how far its sketch may be: 98 of 100 such
	// are nearer, and a quarter of what lies in the same cell by chance.
	sketchFarthest = 13
	// nearestKept is how many hits an entry of a query keeps, and those as
	// near as the last are dropped with it, or kept if they are all.
	nearestKept = 256
)

// hit is an entry of the index near one of the query.
type hit struct {
	// owner is the picture, times two, plus one if it was the query's mirror
	// image that was near.
	owner  uint32
	entry  uint16 // of the query
	weight uint16
	at     posture // in the picture
}

// lookup searches for the entries near those of a query. Its memory is used
// again.
type lookup struct {
	walk
	hits []hit

	// of the entry that is being looked up
	found  []found
	counts [farthest + 1]int // of found, by distance; those beyond limit do not count
	total  int               // of counts up to limit
	limit  int
	blocks []block
	near   [256]uint8 // which sketches of those at hand are near

	touched byte // only to be written to
}

type found struct {
	place    int32
	distance uint16
	at       posture
}

// search finds what is near one entry of a query.
func (l *lookup) search(x *Descriptors, d *feature.Descriptor, entry int, mirrored uint32) {
	p := theCells()
	at := p.project(d)
	l.start(p, &at)
	l.found, l.counts, l.total, l.limit = l.found[:0], [farthest + 1]int{}, 0, farthest
	l.choose(x)
	l.touch()
	for i := range l.blocks {
		l.scan(x, &l.blocks[i], d)
	}
	if len(l.found) > 0 {
		l.weigh(entry, mirrored)
	}
}

// block is the entries of one cell in one segment.
type block struct {
	segment         int
	sketches, rests []byte
}

// choose lists the blocks that are to be compared.
func (l *lookup) choose(x *Descriptors) {
	l.blocks = l.blocks[:0]
	compared, visited := 0, 0
	for compared < effort && visited < mostCells {
		cell, ok := l.next(x.full)
		if !ok {
			return
		}
		visited++
		held := 0
		for s, segment := range x.segments {
			if sketches, rests := segment.cell(cell); len(sketches) > 0 {
				l.blocks = append(l.blocks, block{s, sketches, rests})
				held += len(sketches) / sketchSize
			}
		}
		if x.counts != nil {
			held = int(x.counts[cell])
		}
		compared += held
	}
}

// touch reads a byte of each of the first cache lines of all blocks: the
// processor fetches many at once when nothing waits for any of them.
func (l *lookup) touch() {
	const line, lines = 64, 4
	for i := range l.blocks {
		sketches := l.blocks[i].sketches
		for at := 0; at < min(len(sketches), line*lines); at += line {
			l.touched += sketches[at]
		}
	}
}

// scan compares a descriptor with a block, in two steps: which of the sketches
// are near is not to be foreseen, and choosing them without a branch is faster
// than going on with each at once.
func (l *lookup) scan(x *Descriptors, b *block, d *feature.Descriptor) {
	sketches, rests := b.sketches, b.rests
	for len(sketches) > 0 {
		part := sketches[:min(len(sketches), len(l.near)*sketchSize)]
		for _, i := range l.near[:l.sift(part, d[0])] {
			rest := (*[restSize]byte)(rests[int(i)*restSize:])
			distance := bits.OnesCount64(binary.LittleEndian.Uint64(part[int(i)*sketchSize:])^d[0]) +
				bits.OnesCount64(binary.LittleEndian.Uint64(rest[:])^d[1]) +
				bits.OnesCount64(binary.LittleEndian.Uint64(rest[8:])^d[2]) +
				bits.OnesCount64(binary.LittleEndian.Uint64(rest[16:])^d[3])
			if distance > l.limit {
				continue
			}
			if place := x.place(b.segment, rest[:]); place >= 0 {
				l.add(found{place, uint16(distance), posture{rest[24], rest[25], rest[26], rest[27]}})
			}
		}
		sketches, rests = sketches[len(part):], rests[len(part)/sketchSize*restSize:]
	}
}

// sift notes which of the sketches are near enough. The bound is the same from
// first to last, or what is found would depend on the order of the entries. It
// is written out, four at a time, because it is most of the work of a search.
func (l *lookup) sift(sketches []byte, own uint64) int {
	const four, last = 4 * sketchSize, len(l.near) - 1
	n, i := 0, 0
	for ; len(sketches) >= four; i += 4 {
		s := (*[four]byte)(sketches)
		near0, near1 := within(s[0:], own), within(s[sketchSize:], own)
		near2, near3 := within(s[2*sketchSize:], own), within(s[3*sketchSize:], own)
		l.near[n&last] = uint8(i)
		n += near0
		l.near[n&last] = uint8(i + 1)
		n += near1
		l.near[n&last] = uint8(i + 2)
		n += near2
		l.near[n&last] = uint8(i + 3)
		n += near3
		sketches = sketches[four:]
	}
	for ; len(sketches) >= sketchSize; i++ {
		l.near[n&last] = uint8(i)
		n += within(sketches, own)
		sketches = sketches[sketchSize:]
	}
	return n
}

// within is 1 for a sketch that is near enough and 0 for one that is not, without
// a branch.
func within(sketch []byte, own uint64) int {
	distance := bits.OnesCount64(binary.LittleEndian.Uint64(sketch) ^ own)
	return int(uint64(distance-sketchFarthest-1) >> 63)
}

// add notes a hit, and lowers the limit if there are more than are kept: in the
// end it is the same in whatever order the hits came.
func (l *lookup) add(f found) {
	l.found = append(l.found, f)
	l.counts[f.distance]++
	l.total++
	for l.total > nearestKept && l.total > l.counts[l.limit] {
		l.total -= l.counts[l.limit]
		l.limit--
	}
}

// rarity is what a hit tells, in sixteenths of a bit, by how many are at least
// as near.
var rarity = func() (weights [nearestKept + 1]uint16) {
	for n := range weights {
		weights[n] = uint16(math.Round(16 * math.Log2(4*nearestKept/float64(max(n, 1)))))
	}
	return weights
}()

// weigh gives the hits their weights.
func (l *lookup) weigh(entry int, mirrored uint32) {
	var weights [farthest + 1]uint16
	within := 0
	for d := range l.limit + 1 {
		within += l.counts[d]
		weights[d] = rarity[min(within, nearestKept)]
	}
	for _, f := range l.found {
		if int(f.distance) <= l.limit {
			l.hits = append(l.hits, hit{uint32(f.place)*2 + mirrored, uint16(entry), weights[f.distance], f.at})
		}
	}
}
