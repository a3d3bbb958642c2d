package index

import (
	_ "embed"
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

// The space of descriptors is cut into cells, the same for every index, by an
// inverted multi-index: a descriptor is projected onto two groups of axes, and
// the nearest centroid of each group gives half of the cell's number.
const (
	groups    = 2
	axes      = 8 // of a group
	centroids = 512
	cells     = centroids * centroids

	lanes = 4 // projections summed at once in a word, 16 bits each
	// laneBias makes each of the 64 parts of a sum positive.
	laneBias = 4 * 128
	// axisShift brings a projection, at most 256 x 127, to 12 bits, so that
	// squared distances fit 32.
	axisShift = 4
)

// learnt is made by fixtures/mkcells: the axes' weights (a byte for each of the
// 256 bits) and the centroids (16 bits for each axis).
//
//go:embed cells.bin
var learnt []byte

// partition is the cells, ready for use.
type partition struct {
	// sums holds, for each four bits of a descriptor and each value of them,
	// their part of all projections.
	sums [64][16][groups * axes / lanes]uint64
	// centres are ordered by their first axis.
	centres [groups][centroids][axes]int32
	near    [groups][centroids][nearby]uint16
}

// theCells reads the learnt cells once.
var theCells = sync.OnceValue(func() *partition { return readPartition(learnt) })

func readPartition(b []byte) *partition {
	var p partition
	for nibble := range p.sums {
		for value := range p.sums[nibble] {
			for axis := range groups * axes {
				sum := int64(laneBias)
				for i := range 4 {
					weight := int64(int8(b[axis*256+nibble*4+i]))
					if value>>i&1 == 0 {
						weight = -weight
					}
					sum += weight
				}
				p.sums[nibble][value][axis/lanes] += uint64(sum) << (axis % lanes * 16)
			}
		}
	}
	b = b[groups*axes*256:]
	for g := range p.centres {
		for c := range p.centres[g] {
			for a := range axes {
				p.centres[g][c][a] = int32(int16(binary.LittleEndian.Uint16(b)))
				b = b[2:]
			}
		}
		slices.SortFunc(p.centres[g][:], func(x, y [axes]int32) int { return slices.Compare(x[:], y[:]) })
	}
	p.neighbours()
	return &p
}

// place is where a descriptor lies on the axes.
type place [groups][axes]int32

func (p *partition) project(d *feature.Descriptor) (at place) {
	var sum [groups * axes / lanes]uint64
	for w, bits := range d {
		for n := range 16 {
			part := &p.sums[w*16+n][bits&15]
			for i := range sum {
				sum[i] += part[i]
			}
			bits >>= 4
		}
	}
	for axis := range groups * axes {
		lane := int32(sum[axis/lanes] >> (axis % lanes * 16) & math.MaxUint16)
		at[axis/axes][axis%axes] = (lane - 64*laneBias) >> axisShift
	}
	return at
}

// cell is the cell that a descriptor lies in.
func (p *partition) cell(d *feature.Descriptor) uint32 {
	at := p.project(d)
	return p.nearest(0, &at[0])*centroids + p.nearest(1, &at[1])
}

// nearest is the centroid of a group that is nearest to a place: the search
// walks from the place outwards along the first axis, until that alone is
// farther than the nearest found. Of equals it is the first.
func (p *partition) nearest(group int, at *[axes]int32) uint32 {
	centres := &p.centres[group]
	start, _ := slices.BinarySearchFunc(centres[:], at[0], func(c [axes]int32, x int32) int { return int(c[0] - x) })
	best, least := -1, int32(math.MaxInt32)
	for up, down := start, start-1; up < centroids || down >= 0; {
		if up < centroids {
			if gap := centres[up][0] - at[0]; gap*gap > least {
				up = centroids
			} else {
				if d := squared(&centres[up], at); d < least || d == least && up < best {
					best, least = up, d
				}
				up++
			}
		}
		if down >= 0 {
			if gap := centres[down][0] - at[0]; gap*gap > least {
				down = -1
			} else {
				if d := squared(&centres[down], at); d < least || d == least && down < best {
					best, least = down, d
				}
				down--
			}
		}
	}
	return uint32(best)
}

// squared is the squared distance of a place from a centroid. It is written out
// because it is most of the work of finding a cell.
func squared(c, at *[axes]int32) int32 {
	d0, d1, d2, d3 := c[0]-at[0], c[1]-at[1], c[2]-at[2], c[3]-at[3]
	d4, d5, d6, d7 := c[4]-at[4], c[5]-at[5], c[6]-at[6], c[7]-at[7]
	return d0*d0 + d1*d1 + d2*d2 + d3*d3 + d4*d4 + d5*d5 + d6*d6 + d7*d7
}
