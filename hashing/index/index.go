// Package index finds, among many 64-bit hashes, those within a Hamming
// distance of a given one.
//
// Start at [New]. It promises: a search is exact, equal to comparing with
// every entry (the property that the tests hold [Index] to against [Flat]);
// hits come in an order that depends on the entries alone; searches may run in
// parallel as long as nothing is added.
//
// The method is multi-index hashing (Norouzi, Punjani and Fleet, "Fast Search
// in Hamming Space with Multi-Index Hashing", CVPR 2012): the hash is cut into
// four words of 16 bits, each with a table. Two hashes within r bits of each
// other are within r/4 bits in at least one word, so it is enough to look into
// the buckets near each word of the query.
package index

import (
	"cmp"
	"math/bits"
	"slices"
)

// Hit is an entry near a query.
type Hit struct {
	ID       int // as given to Add
	Hash     uint64
	Distance int // bits
}

// compareHits is the order of hits: by distance, then ID, then hash.
func compareHits(a, b Hit) int {
	return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Hash, b.Hash))
}

const (
	words    = 4
	wordBits = 16
	buckets  = 1 << wordBits

	// leastIndexed is how many entries are worth tables: a scan of fewer takes
	// less time than looking into the buckets.
	leastIndexed = 1 << 14
)

// Index holds hashes with IDs. The zero value is not usable; see New.
type Index struct {
	radius int
	all    Flat
	sorted int // entries that the tables hold; later ones are scanned
	tables [words]table
	masks  [wordBits + 1][]uint16 // by number of bits set
}

// table is the entries ordered by one of their words; those of bucket w are
// from starts[w] to starts[w+1].
type table struct {
	starts  []uint32
	entries []entry
}

type entry struct {
	hash uint64
	id   int
}

// New makes an empty index for searches up to radius bits, 0 to 64. Searches
// beyond that are answered too, by comparing with every entry.
func New(radius int) *Index {
	x := &Index{radius: min(max(radius, 0), 64)}
	for w := range buckets {
		n := bits.OnesCount16(uint16(w))
		if n <= x.radius/words {
			x.masks[n] = append(x.masks[n], uint16(w))
		}
	}
	return x
}

// Len is how many entries there are.
func (x *Index) Len() int { return x.all.Len() }

// Add puts in a hash. The same hash and ID may be added more than once; each
// counts. Adding n entries takes time in proportion to n.
func (x *Index) Add(hash uint64, id int) {
	x.all.Add(hash, id)
	if n := x.all.Len(); n >= leastIndexed && n >= 2*x.sorted {
		x.sort()
	}
}

// Within gives the entries at most radius bits from hash, nearest first, then
// by ID.
func (x *Index) Within(hash uint64, radius int) []Hit {
	if radius > x.radius || !x.worthwhile(radius) {
		return x.all.Within(hash, radius)
	}
	var hits []Hit
	for t := range words {
		hits = x.search(hits, t, hash, radius)
	}
	hits = scan(hits, x.all.entries[x.sorted:], hash, radius)
	slices.SortFunc(hits, compareHits)
	return hits
}

// reach is how far word t of an entry may be from the query's if no later
// word is to find it: with radius = 4q+r, either one of the first r+1 words is
// within q bits or one of the others within q-1.
func reach(t, radius int) int {
	if t <= radius%words {
		return radius / words
	}
	return radius/words - 1
}

// worthwhile says whether the tables need less work than a scan: a visited
// bucket costs about as much as comparing eight entries in a row.
func (x *Index) worthwhile(radius int) bool {
	if x.sorted == 0 || radius < 0 {
		return false
	}
	const visit = 8
	work := 0
	for t := range words {
		for n := 0; n <= reach(t, radius); n++ {
			work += len(x.masks[n]) * (visit + x.sorted/buckets)
		}
	}
	return work < x.sorted
}

func word(hash uint64, t int) uint16 { return uint16(hash >> (wordBits * t)) }

// search appends what table t finds and no earlier table has found.
func (x *Index) search(hits []Hit, t int, hash uint64, radius int) []Hit {
	own := word(hash, t)
	for n := 0; n <= reach(t, radius); n++ {
		for _, mask := range x.masks[n] {
			b := uint32(own ^ mask)
			for _, e := range x.tables[t].entries[x.tables[t].starts[b]:x.tables[t].starts[b+1]] {
				d := bits.OnesCount64(e.hash ^ hash)
				if d <= radius && !foundBefore(t, e.hash^hash, radius) {
					hits = append(hits, Hit{e.id, e.hash, d})
				}
			}
		}
	}
	return hits
}

// foundBefore says whether a table before t also leads to an entry that
// differs from the query in the bits of diff.
func foundBefore(t int, diff uint64, radius int) bool {
	for e := range t {
		if bits.OnesCount16(word(diff, e)) <= reach(e, radius) {
			return true
		}
	}
	return false
}

// sort rebuilds the tables from all entries (counting sort).
func (x *Index) sort() {
	x.sorted = x.all.Len()
	for t := range words {
		starts := make([]uint32, buckets+1)
		for _, e := range x.all.entries {
			starts[uint32(word(e.hash, t))+1]++
		}
		for b := range buckets {
			starts[b+1] += starts[b]
		}
		next := slices.Clone(starts)
		sorted := make([]entry, x.sorted)
		for _, e := range x.all.entries {
			w := word(e.hash, t)
			sorted[next[w]] = e
			next[w]++
		}
		x.tables[t] = table{starts, sorted}
	}
}
