package atlas

import "math/bits"

// filter is a Bloom filter with two probes: most words of most texts are no
// place names, and this says so without touching the keys.
type filter struct {
	bits []uint64
	mask uint64
}

// newFilter has room for n keys at 16 bits each or more, which lets fewer
// than one word in sixty through for nothing.
func newFilter(n int) filter {
	size := uint64(1) << max(bits.Len(uint(n*16)), 10)
	return filter{bits: make([]uint64, size/64), mask: size - 1}
}

func (f filter) add(h uint64) {
	f.bits[h&f.mask>>6] |= 1 << (h & 63)
	h >>= 32
	f.bits[h&f.mask>>6] |= 1 << (h & 63)
}

func (f filter) has(h uint64) bool {
	g := h >> 32
	return f.bits[h&f.mask>>6]&(1<<(h&63)) != 0 && f.bits[g&f.mask>>6]&(1<<(g&63)) != 0
}

// hash is FNV-1a with a last mixing, so that both halves are worth using.
func hash[T string | []byte](s T) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}
