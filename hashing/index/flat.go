package index

import (
	"math/bits"
	"slices"
)

// Flat answers the same questions as Index by comparing with every entry: what
// Index is tested against, and faster below some ten thousand entries. The
// zero value is empty and ready.
type Flat struct {
	entries []entry
}

// Len is how many entries there are.
func (f *Flat) Len() int { return len(f.entries) }

// Add puts in a hash.
func (f *Flat) Add(hash uint64, id int) {
	f.entries = append(f.entries, entry{hash, id})
}

// Within gives the entries at most radius bits from hash, nearest first, then
// by ID.
func (f *Flat) Within(hash uint64, radius int) []Hit {
	hits := scan(nil, f.entries, hash, radius)
	slices.SortFunc(hits, compareHits)
	return hits
}

func scan(hits []Hit, entries []entry, hash uint64, radius int) []Hit {
	for _, e := range entries {
		if d := bits.OnesCount64(e.hash ^ hash); d <= radius {
			hits = append(hits, Hit{e.id, e.hash, d})
		}
	}
	return hits
}
