package index

import "slices"

const (
	// reachable is how many centroids of a group a walk knows, and nearby of how
	// many around the nearest they are taken. One that is nearer and lies
	// outside of these is missed: that is rarer than sorting all 512 is dear.
	reachable = 32
	nearby    = 64
	// stair bounds the walk: the cell of the i-th nearest centroid of one group
	// and the j-th of the other is visited when i*j is at most that. The nearest
	// stair cells are among them.
	stair = 128
)

// neighbours lists, for each centroid, those nearest to it, itself first.
func (p *partition) neighbours() {
	order := make([]uint64, centroids)
	for g := range p.centres {
		for c := range p.centres[g] {
			for n := range p.centres[g] {
				order[n] = uint64(squared(&p.centres[g][n], &p.centres[g][c]))<<numberBits | uint64(n)
			}
			slices.Sort(order)
			for i := range p.near[g][c] {
				p.near[g][c][i] = uint16(order[i] & (centroids - 1))
			}
		}
	}
}

const numberBits = 9

// walk visits the cells around a place that are not empty, from the nearest
// outwards: the multi-sequence algorithm of the inverted multi-index, with a
// row for each centroid of the first group and the nearest cell of each row at
// hand. Its memory is used again.
type walk struct {
	// near are, for each group, the centroids around the place with their
	// distances, in order: the number in the low bits.
	near [groups][reachable]uint64
	// rows[i] is the next cell of the i-th nearest centroid of the first group:
	// its distance, then which centroid of the second group it has.
	rows  [reachable]uint64
	begun int // rows
}

const passed = 1 << 63 // a row that has no more

// start begins at a place.
func (w *walk) start(p *partition, at *place) {
	for g := range groups {
		list := &w.near[g]
		n := 0
		for _, c := range p.near[g][p.nearest(g, &at[g])] {
			d := uint64(squared(&p.centres[g][c], &at[g]))<<numberBits | uint64(c)
			i := n
			if n < reachable {
				n++
			} else if i--; d >= list[i] {
				continue
			}
			for ; i > 0 && list[i-1] > d; i-- {
				list[i] = list[i-1]
			}
			list[i] = d
		}
	}
	w.begun = 0
}

// next is the next cell that is not empty; false when there are no more.
func (w *walk) next(full *bitmap) (cell uint32, ok bool) {
	best, least := -1, uint64(passed)
	for i, head := range w.rows[:w.begun] {
		if head < least {
			best, least = i, head
		}
	}
	for w.begun < reachable && (w.near[0][w.begun]>>numberBits+w.near[1][0]>>numberBits)<<numberBits < least {
		i := w.begun
		w.begun++
		w.advance(i, 0, full)
		if w.rows[i] < least {
			best, least = i, w.rows[i]
		}
	}
	if best < 0 {
		return 0, false
	}
	j := int(least & (1<<numberBits - 1))
	w.advance(best, j+1, full)
	return w.cell(best, j), true
}

// advance puts the head of a row onto the next cell that is not empty.
func (w *walk) advance(i, j int, full *bitmap) {
	for ; j < reachable && (i+1)*(j+1) <= stair; j++ {
		if full.has(w.cell(i, j)) {
			w.rows[i] = (w.near[0][i]>>numberBits+w.near[1][j]>>numberBits)<<numberBits | uint64(j)
			return
		}
	}
	w.rows[i] = passed
}

func (w *walk) cell(i, j int) uint32 {
	const number = centroids - 1
	return uint32(w.near[0][i]&number*centroids + w.near[1][j]&number)
}

// bitmap says which cells are not empty.
type bitmap [cells / 64]uint64

func (b *bitmap) has(cell uint32) bool { return b[cell/64%(cells/64)]>>(cell%64)&1 != 0 }
func (b *bitmap) add(cell uint32)      { b[cell/64] |= 1 << (cell % 64) }
