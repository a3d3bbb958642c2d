package index

import (
	"cmp"
	"math/bits"
	"slices"
)

// hash is what an exact search compares, in words of 64 bits.
type hash interface{ [1]uint64 | ~[4]uint64 }

func distance[H hash](a, b *H) int {
	d := 0
	for i := range len(*a) {
		d += bits.OnesCount64((*a)[i] ^ (*b)[i])
	}
	return d
}

// Hit is an entry near a query.
type Hit struct {
	ID       int // as given to Add
	Distance int // bits
}

// compareHits is the order of hits: by distance, then ID.
func compareHits(a, b Hit) int {
	return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.ID, b.ID))
}

type entry[H hash] struct {
	hash H
	id   int
}

// flat answers by comparing with every entry: what the tables are tested
// against, and faster while there are few entries.
type flat[H hash] []entry[H]

func (f flat[H]) within(query *H, radius int) []Hit {
	hits := f.scan(nil, query, radius)
	slices.SortFunc(hits, compareHits)
	return hits
}

func (f flat[H]) scan(hits []Hit, query *H, radius int) []Hit {
	for i := range f {
		if d := distance(&f[i].hash, query); d <= radius {
			hits = append(hits, Hit{f[i].id, d})
		}
	}
	return hits
}
