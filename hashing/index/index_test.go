package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// near changes exactly n bits of a hash.
func near[H hash](r *rand.Rand, h H, n int) H {
	for _, b := range r.Perm(64 * len(h))[:n] {
		h[b/64] ^= 1 << (b % 64)
	}
	return h
}

func randomHash[H hash](r *rand.Rand) (h H) {
	for i := range len(h) {
		h[i] = r.Uint64()
	}
	return h
}

// filled has random hashes, many of them within some bits of a few centres, and
// some equal ones.
func filled[H hash](r *rand.Rand, n, radius, least int) (*multi[H], []H) {
	x := newMulti[H](radius, least)
	centres := make([]H, 20)
	for i := range centres {
		centres[i] = randomHash[H](r)
	}
	for id := range n {
		h := randomHash[H](r)
		if id%3 == 0 {
			h = near(r, centres[id%len(centres)], id/3%(24*len(h)))
		}
		x.add(h, id)
	}
	return &x, centres
}

func TestWithinEqualsBruteForce(t *testing.T) {
	t.Run("64 bits", testWithin[[1]uint64])
	t.Run("256 bits", testWithin[[4]uint64])
}

func testWithin[H hash](t *testing.T) {
	const least = 1 << 12
	r := rand.New(rand.NewPCG(1, 2))
	var h H
	for _, n := range []int{0, 1, 500, least - 1, least, 3*least + 77} {
		for _, built := range []int{0, 3, 10, 16, 64} {
			x, centres := filled[H](r, n, built*len(h), least)
			for _, radius := range []int{-1, 0, 1, 2, 3, 4, 7, 10, 13, 16, 20} {
				query := near(r, centres[r.IntN(len(centres))], 5)
				got, want := x.within(query, radius*len(h)), x.all.within(&query, radius*len(h))
				if !slices.Equal(got, want) {
					t.Fatalf("%d entries, made for %d, radius %d: %d hits, brute force has %d", n, built, radius*len(h), len(got), len(want))
				}
			}
		}
	}
}

// Every search must go through the tables here, also those that a scan would
// answer sooner, or the test above could pass without them.
func TestTablesAloneAreExact(t *testing.T) {
	t.Run("64 bits", testTables[[1]uint64])
	t.Run("256 bits", testTables[[4]uint64])
}

func testTables[H hash](t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	x, centres := filled[H](r, 1<<13, 47, 1<<13)
	for radius := range 12 * len(x.tables) / 4 {
		query := near(r, centres[radius%len(centres)], 3)
		var got []Hit
		for w := range x.tables {
			got = x.search(got, w, &query, radius)
		}
		slices.SortFunc(got, compareHits)
		if want := x.all.within(&query, radius); x.sorted != len(x.all) || !slices.Equal(got, want) {
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
	want := []Hit{{0, 0}, {1, 1}, {4, 1}, {2, 2}, {3, 3}}
	for _, x := range []*Index{one, two} {
		if got := x.Within(0, 4); !slices.Equal(got, want) {
			t.Errorf("hits %v, want %v", got, want)
		}
	}
}

// A thousand copies of one picture share all their buckets.
func TestHotBuckets(t *testing.T) {
	x := New(10)
	for id := range 1 << 16 {
		x.Add(uint64(id%2)*0xffff, id)
	}
	if got := len(x.Within(0, 10)); got != 1<<15 {
		t.Errorf("%d hits, want %d", got, 1<<15)
	}
}

func FuzzWithin(f *testing.F) {
	f.Add(uint64(1), 10, 12)
	f.Fuzz(func(t *testing.T, seed uint64, made, radius int) {
		r := rand.New(rand.NewPCG(seed, 1))
		query := randomHash[[4]uint64](r)
		x := newMulti[[4]uint64](made, 300) // sorted once, with the last
		for id := range 300 {
			x.add(near(r, query, r.IntN(60)), id)
		}
		if got, want := x.within(query, radius), x.all.within(&query, radius); !slices.Equal(got, want) {
			t.Fatalf("%d hits, want %d", len(got), len(want))
		}
	})
}

func BenchmarkWithin(b *testing.B) {
	b.Run("64", func(b *testing.B) { benchmarkWithin[[1]uint64](b, 6, 10, 16) })
	b.Run("256", func(b *testing.B) { benchmarkWithin[[4]uint64](b, 15, 31, 47) })
}

func benchmarkWithin[H hash](b *testing.B, radii ...int) {
	for _, n := range []int{100_000, 1_000_000} {
		r := rand.New(rand.NewPCG(1, 1))
		x := newMulti[H](radii[len(radii)-1], n)
		for id := range n {
			x.add(randomHash[H](r), id)
		}
		for _, radius := range radii {
			b.Run(fmt.Sprintf("%d/tables/%d", n, radius), func(b *testing.B) {
				for b.Loop() {
					x.within(randomHash[H](r), radius)
				}
			})
		}
		b.Run(fmt.Sprintf("%d/linear", n), func(b *testing.B) {
			for b.Loop() {
				query := randomHash[H](r)
				x.all.within(&query, radii[0])
			}
		})
	}
}
