package feature

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// correspondence is a keypoint of A and one of B whose descriptors are near
// each other. On its own it says how A would lie on B.
type correspondence struct {
	i, j   int32   // entries of A and of B
	bits   int32   // Hamming distance of the descriptors
	turn   float32 // angle of B's less that of A's, radians, 0 to 2 pi
	mutual bool    // each is the other's nearest
	scale  float32 // binary logarithm of the scale of B's over that of A's
}

// nearest holds the correspondences of one keypoint with the least distances.
type nearest struct {
	n    int32
	bits [corrKeep]int32
	with [corrKeep]int32
}

// offer inserts, in order of distance; of equal ones the first stays first.
func (k *nearest) offer(bits, with int32) {
	if k.n == corrKeep && bits >= k.bits[corrKeep-1] {
		return
	}
	at := min(k.n, corrKeep-1)
	for at > 0 && k.bits[at-1] > bits {
		k.bits[at], k.with[at] = k.bits[at-1], k.with[at-1]
		at--
	}
	k.bits[at], k.with[at] = bits, with
	k.n = min(k.n+1, corrKeep)
}

func (k *nearest) holds(with int32) bool { return slices.Contains(k.with[:k.n], with) }

// correspondences finds, for every keypoint of either set, the few nearest of
// the other within corrBits; nearest descriptors first.
func correspondences(a, b *Set) []correspondence {
	ofA, ofB := make([]nearest, len(a.Descriptors)), make([]nearest, len(b.Descriptors))
	for i := range a.Descriptors {
		d := &a.Descriptors[i]
		first := d[0]
		for j := range b.Descriptors {
			e := &b.Descriptors[j]
			n := bits.OnesCount64(first ^ e[0])
			if n > corrQuarter {
				continue
			}
			if n += bits.OnesCount64(d[1] ^ e[1]); n > corrHalf {
				continue
			}
			n += bits.OnesCount64(d[2]^e[2]) + bits.OnesCount64(d[3]^e[3])
			if n <= corrBits {
				ofA[i].offer(int32(n), int32(j))
				ofB[j].offer(int32(n), int32(i))
			}
		}
	}
	return gathered(a, b, ofA, ofB)
}

// gathered puts the correspondences of both sides together, sorted by distance
// and then by place in the sets.
func gathered(a, b *Set, ofA, ofB []nearest) []correspondence {
	var from [corrBits + 2]int // where those of each distance begin
	each := func(f func(i, j, bits int32)) {
		for i := range ofA {
			k := &ofA[i]
			for n := range k.n {
				f(int32(i), k.with[n], k.bits[n])
			}
		}
		for j := range ofB {
			k := &ofB[j]
			for n := range k.n {
				if !ofA[k.with[n]].holds(int32(j)) {
					f(k.with[n], int32(j), k.bits[n])
				}
			}
		}
	}
	each(func(_, _, bits int32) { from[bits+1]++ })
	for n := range corrBits + 1 {
		from[n+1] += from[n]
	}
	all := make([]correspondence, from[corrBits+1])
	each(func(i, j, bits int32) {
		c := correspond(a, b, i, j, bits)
		c.mutual = ofA[i].with[0] == j && ofB[j].with[0] == i
		all[from[bits]] = c
		from[bits]++
	})
	return all
}

func correspond(a, b *Set, i, j, bits int32) correspondence {
	p, q := a.Points[i], b.Points[j]
	turn := math.Mod(float64(q.Angle-p.Angle)+4*math.Pi, 2*math.Pi)
	return correspondence{i: i, j: j, bits: bits, turn: float32(turn), scale: float32(math.Log2(float64(q.Scale / p.Scale)))}
}

// Cells of the vote: an unrelated pair's correspondences are spread over all of
// them.
const (
	turnCells  = 12 // of 30 degrees
	scaleCells = 20 // of half an octave, from a 32nd to 32 times
)

// ballot sorts correspondences by turn and scale.
type ballot struct {
	of     [turnCells][scaleCells][]int32
	weight [turnCells][scaleCells]int32
}

func (c *correspondence) cell() (t, s int) {
	t = int(c.turn * turnCells / (2 * math.Pi))
	s = int(math.Floor(float64(c.scale)*2)) + scaleCells/2
	return min(max(t, 0), turnCells-1), min(max(s, 0), scaleCells-1)
}

func vote(all []correspondence) *ballot {
	v := new(ballot)
	for n := range all {
		t, s := all[n].cell()
		v.of[t][s] = append(v.of[t][s], int32(n))
		v.weight[t][s] += corrBits + 1 - all[n].bits
	}
	return v
}

// around calls f for each cell next to (t, s) and for itself.
func around(t, s int, f func(t, s int)) {
	for dt := -1; dt <= 1; dt++ {
		for ds := max(-1, -s); ds <= min(1, scaleCells-1-s); ds++ {
			f((t+dt+turnCells)%turnCells, s+ds)
		}
	}
}

// promising gives the correspondences to be tried as hypotheses: the nearest
// of all, and the nearest of the cells that are fullest with their neighbours.
func (v *ballot) promising(all []correspondence) []int32 {
	type place struct {
		t, s int
		full int32
	}
	var places []place
	for t := range turnCells {
		for s := range scaleCells {
			if len(v.of[t][s]) == 0 {
				continue
			}
			p := place{t, s, 0}
			around(t, s, func(t, s int) { p.full += v.weight[t][s] })
			places = append(places, p)
		}
	}
	slices.SortFunc(places, func(p, q place) int {
		return cmp.Or(cmp.Compare(q.full, p.full), cmp.Compare(p.t, q.t), cmp.Compare(p.s, q.s))
	})
	tried := make([]int32, 0, triedNearest+triedCells*triedEach)
	for n := range min(triedNearest, len(all)) {
		tried = append(tried, int32(n))
	}
	for _, p := range places[:min(len(places), triedCells)] {
		for _, n := range v.of[p.t][p.s][:min(len(v.of[p.t][p.s]), triedEach)] {
			if n >= triedNearest {
				tried = append(tried, n)
			}
		}
	}
	return tried
}
