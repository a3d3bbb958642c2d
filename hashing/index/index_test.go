package index

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// near changes exactly n bits of a hash.
func near(r *rand.Rand, hash uint64, n int) uint64 {
	for _, b := range r.Perm(64)[:n] {
		hash ^= 1 << b
	}
	return hash
}

// filled has random hashes, many of them within some bits of a few centres, and
// some equal ones.
func filled(r *rand.Rand, n, radius int) (*Index, *Flat, []uint64) {
	x, f := New(radius), new(Flat)
	centres := make([]uint64, 20)
	for i := range centres {
		centres[i] = r.Uint64()
	}
	for id := range n {
		h := r.Uint64()
		if id%3 == 0 {
			h = near(r, centres[id%len(centres)], id/3%24)
		}
		x.Add(h, id)
		f.Add(h, id)
	}
	return x, f, centres
}

func TestWithinEqualsBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 500, leastIndexed - 1, leastIndexed, 3*leastIndexed + 77} {
		for _, built := range []int{0, 3, 10, 16, 64} {
			x, f, centres := filled(r, n, built)
			for _, radius := range []int{-1, 0, 1, 2, 3, 4, 7, 10, 13, 16, 20, 64} {
				if radius == 64 && n > 1000 {
					continue
				}
				query := near(r, centres[r.IntN(len(centres))], 5)
				got, want := x.Within(query, radius), f.Within(query, radius)
				if !slices.Equal(got, want) {
					t.Fatalf("%d entries, made for %d, radius %d: %d hits, brute force has %d", n, built, radius, len(got), len(want))
				}
			}
		}
	}
}

// Every search must go through the tables here, also those that a scan would
// answer sooner, or the test above could pass without them.
func TestTablesAloneAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	x, f, centres := filled(r, 2*leastIndexed, 19)
	for radius := range 20 {
		query := near(r, centres[radius], 3)
		var got []Hit
		for w := range words {
			got = x.search(got, w, query, radius)
		}
		slices.SortFunc(got, compareHits)
		if want := f.Within(query, radius); x.sorted != f.Len() || !slices.Equal(got, want) {
			t.Fatalf("radius %d: %d hits from the tables, brute force has %d", radius, len(got), len(want))
		}
	}
}

func TestHitsAreNearestFirstWhateverTheOrderOfAdding(t *testing.T) {
	one, two := New(4), New(4)
	hashes := []uint64{0, 1, 3, 7, 1, 0xff}
	for id, h := range hashes {
		one.Add(h, id)
	}
	for id := len(hashes) - 1; id >= 0; id-- {
		two.Add(hashes[id], id)
	}
	want := []Hit{{0, 0, 0}, {1, 1, 1}, {4, 1, 1}, {2, 3, 2}, {3, 7, 3}}
	for _, x := range []*Index{one, two} {
		if got := x.Within(0, 4); !slices.Equal(got, want) {
			t.Errorf("hits %v, want %v", got, want)
		}
	}
}

// A thousand copies of one picture share all their buckets.
func TestHotBuckets(t *testing.T) {
	x := New(10)
	for id := range 4 * leastIndexed {
		x.Add(uint64(id%2)*0xffff, id)
	}
	if got := len(x.Within(0, 10)); got != 2*leastIndexed {
		t.Errorf("%d hits, want %d", got, 2*leastIndexed)
	}
}

func FuzzWithin(f *testing.F) {
	f.Add(uint64(1), uint64(5), 10)
	f.Fuzz(func(t *testing.T, seed, query uint64, radius int) {
		r := rand.New(rand.NewPCG(seed, 1))
		x := New(radius)
		want := 0
		for id := range 300 {
			h := near(r, query, r.IntN(30))
			x.Add(h, id)
			if bits.OnesCount64(h^query) <= radius {
				want++
			}
		}
		x.sort()
		if got := x.Within(query, radius); len(got) != want {
			t.Fatalf("%d hits, want %d", len(got), want)
		}
	})
}

func BenchmarkWithin(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		r := rand.New(rand.NewPCG(1, 1))
		x, f := New(16), new(Flat)
		for id := range n {
			h := r.Uint64()
			x.Add(h, id)
			f.Add(h, id)
		}
		for _, radius := range []int{6, 10, 12, 16} {
			b.Run(fmt.Sprintf("index/%d/%d", n, radius), func(b *testing.B) {
				for b.Loop() {
					x.Within(r.Uint64(), radius)
				}
			})
		}
		b.Run(fmt.Sprintf("flat/%d", n), func(b *testing.B) {
			for b.Loop() {
				f.Within(r.Uint64(), 10)
			}
		})
	}
}
