package index

import (
	"math/bits"
	"slices"
)

const (
	wordBits = 16
	buckets  = 1 << wordBits
)

// multi holds hashes with a table for each of their words of 16 bits.
type multi[H hash] struct {
	radius int // up to which the tables are made to answer
	least  int // entries that are worth tables
	all    flat[H]
	sorted int // entries that the tables hold; later ones are scanned
	tables []table
	masks  [wordBits + 1][]uint16 // by number of bits set
}

// table is the places of the entries ordered by one of their words; those of
// bucket w are from starts[w] to starts[w+1].
type table struct {
	starts []uint32
	places []uint32
}

func newMulti[H hash](radius, least int) multi[H] {
	var h H
	x := multi[H]{radius: min(max(radius, 0), 64*len(h)), least: least, tables: make([]table, 4*len(h))}
	for w := range buckets {
		n := bits.OnesCount16(uint16(w))
		if n <= x.radius/len(x.tables) {
			x.masks[n] = append(x.masks[n], uint16(w))
		}
	}
	return x
}

func (x *multi[H]) add(hash H, id int) {
	x.all = append(x.all, entry[H]{hash, id})
	if n := len(x.all); n >= x.least && n >= x.sorted+x.sorted/4 {
		x.sort()
	}
}

func (x *multi[H]) within(query H, radius int) []Hit {
	if radius > x.radius || !x.worthwhile(radius) {
		return x.all.within(&query, radius)
	}
	var hits []Hit
	for t := range x.tables {
		hits = x.search(hits, t, &query, radius)
	}
	hits = x.all[x.sorted:].scan(hits, &query, radius)
	slices.SortFunc(hits, compareHits)
	return hits
}

// reach is how far word t of an entry may be from the query's if no later
// word is to find it: with radius = words x q + r, either one of the first r+1
// words is within q bits or one of the others within q-1.
func (x *multi[H]) reach(t, radius int) int {
	if t <= radius%len(x.tables) {
		return radius / len(x.tables)
	}
	return radius/len(x.tables) - 1
}

// worthwhile says whether the tables need less work than a scan: a visited
// bucket costs about as much as comparing eight entries in a row, an entry out
// of order as much as four.
func (x *multi[H]) worthwhile(radius int) bool {
	if x.sorted == 0 || radius < 0 {
		return false
	}
	const visit, jump = 8, 4
	work := 0
	for t := range x.tables {
		for n := 0; n <= x.reach(t, radius); n++ {
			work += len(x.masks[n]) * (visit + jump*x.sorted/buckets)
		}
	}
	return work < x.sorted
}

// word is the t-th word of 16 bits.
func word[H hash](h *H, t int) uint16 { return uint16((*h)[t>>2] >> (wordBits * (t & 3))) }

// search appends what table t finds and no earlier table has found.
func (x *multi[H]) search(hits []Hit, t int, query *H, radius int) []Hit {
	own, table := word(query, t), &x.tables[t]
	for n := 0; n <= x.reach(t, radius); n++ {
		for _, mask := range x.masks[n] {
			b := uint32(own ^ mask)
			for _, place := range table.places[table.starts[b]:table.starts[b+1]] {
				e := &x.all[place]
				d := distance(&e.hash, query)
				if d <= radius && !x.foundBefore(t, &e.hash, query, radius) {
					hits = append(hits, Hit{e.id, d})
				}
			}
		}
	}
	return hits
}

// foundBefore says whether a table before t also leads to an entry.
func (x *multi[H]) foundBefore(t int, hash, query *H, radius int) bool {
	for e := range t {
		if bits.OnesCount16(word(hash, e)^word(query, e)) <= x.reach(e, radius) {
			return true
		}
	}
	return false
}

// sort rebuilds the tables from all entries (counting sort).
func (x *multi[H]) sort() {
	x.sorted = len(x.all)
	for t := range x.tables {
		starts := make([]uint32, buckets+1)
		for i := range x.all {
			starts[uint32(word(&x.all[i].hash, t))+1]++
		}
		for b := range buckets {
			starts[b+1] += starts[b]
		}
		next := slices.Clone(starts)
		places := make([]uint32, x.sorted)
		for i := range x.all {
			w := word(&x.all[i].hash, t)
			places[next[w]] = uint32(i)
			next[w]++
		}
		x.tables[t] = table{starts, places}
	}
}
