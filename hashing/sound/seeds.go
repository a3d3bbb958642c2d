package sound

import (
	"cmp"
	"math/bits"
	"slices"
)

const (
	windowFrames = 128 // of A, over which the quads that agree are counted: 3 s
	cellFrames   = 8   // of B, within which they have to agree
	leastVotes   = 4
	mostQuads    = 80_000 // of a track; above, they are thinned
	quadsOfMark  = 250    // as a rule
	mostShared   = 24     // quads of one key on either side
)

// seed is a place where quads of two tracks agree.
type seed struct {
	votes  int
	middle float64 // frame of A
	relation
}

// seeds finds where two tracks have quads in common that agree on a relation,
// those with most votes first.
func seeds(a, b []mark) []seed {
	thin := thinning(max(len(a), len(b)))
	left, right := sorted(a, thin), sorted(b, thin)
	var votes []vote
	for len(left) > 0 && len(right) > 0 {
		switch n, m := run(left), run(right); cmp.Compare(left[0].key(), right[0].key()) {
		case -1:
			left = left[n:]
		case 1:
			right = right[m:]
		default:
			eachPair(left[:n], right[:m], func(p, q quad) {
				relate(p, q, func(way int, r relation) { votes = appendVotes(votes, p, way, r) })
			})
			left, right = left[n:], right[m:]
		}
	}
	return count(votes)
}

// thinning is the power of two by which the quads of so many marks are thinned.
func thinning(marks int) uint {
	return uint(max(bits.Len(uint(marks*quadsOfMark/mostQuads)), 1))
}

// sorted gives the quads of a track in order of their keys.
func sorted(marks []mark, thin uint) []quad {
	var all []quad
	eachQuad(marks, thin, func(q quad) { all = append(all, q) })
	slices.Sort(all)
	return all
}

// run is the number of quads with the key of the first.
func run(q []quad) int {
	n := 1
	for n < len(q) && q[n].key() == q[0].key() {
		n++
	}
	return n
}

// eachPair gives the pairs of two runs. Of long runs, which tell little, only
// some are taken, spread over time.
func eachPair(a, b []quad, yield func(a, b quad)) {
	n, m := min(len(a), mostShared), min(len(b), mostShared)
	for i := range n {
		for j := range m {
			yield(a[i*len(a)/n], b[j*len(b)/m])
		}
	}
}

// vote is a cell of the relation of two quads: window of A, way, pitch, and
// where B is in the middle of that window, from the upper bits to the lower.
// The bits above are free for the number of a track.
type vote uint64

const (
	placeBits  = 20
	pitchBits  = 6
	wayBits    = 5
	windowBits = 13
	trackShift = placeBits + pitchBits + wayBits + windowBits
)

// appendVotes appends the two cells, half a cell apart, in which a relation lies.
func appendVotes(votes []vote, a quad, way int, r relation) []vote {
	window := int(a.frame()) / windowFrames
	place := r.inB((float64(window) + 0.5) * windowFrames)
	at := vote(window)<<wayBits | vote(way)
	at = at<<pitchBits | vote(r.pitch+mostPitch)
	for half := range 2 {
		cell := int((place+float64(half)*cellFrames/2)/cellFrames+16)*2 + half
		if cell >= 0 && cell < 1<<placeBits {
			votes = append(votes, at<<placeBits|vote(cell))
		}
	}
	return votes
}

// seed is the middle of the cell.
func (v vote) seed(votes int) seed {
	cell := int(v & (1<<placeBits - 1))
	v >>= placeBits
	pitch := int(v&(1<<pitchBits-1)) - mostPitch
	v >>= pitchBits
	way := int(v & (1<<wayBits - 1))
	s := seed{votes: votes, middle: (float64(v>>wayBits&(1<<windowBits-1)) + 0.5) * windowFrames}
	place := (float64(cell/2) - 16 + 0.5 - float64(cell%2)/2) * cellFrames
	s.relation = relation{speed: speedOf(way, pitch), pitch: pitch}
	s.offset = s.middle - s.speed*place
	return s
}

// count gives the cells with enough votes.
func count(votes []vote) []seed {
	slices.Sort(votes)
	var all []seed
	for len(votes) > 0 {
		n := 1
		for n < len(votes) && votes[n] == votes[0] {
			n++
		}
		if n >= leastVotes {
			all = append(all, votes[0].seed(n))
		}
		votes = votes[n:]
	}
	slices.SortStableFunc(all, func(a, b seed) int { return cmp.Compare(b.votes, a.votes) })
	return all
}
