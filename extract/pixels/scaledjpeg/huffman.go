package scaledjpeg

// huffman is one table, prepared for looking up several bits at once.
type huffman struct {
	defined bool
	look    [1 << lookBits]uint16 // length of the code << 8 | value; 0 for a longer code
	limit   [18]uint32            // first 16-bit code that is longer than this length
	first   [17]int32             // index in values of a code, less the code itself
	values  [256]byte
	skips   *skipTable // made when it is first needed
}

const lookBits = 9

// set builds the table of so many codes of each length from 1, C.2. It says
// whether they fit.
func (h *huffman) set(counts [16]byte, values []byte) bool {
	*h = huffman{defined: true}
	copy(h.values[:], values)
	code, index := uint32(0), int32(0)
	for length := 1; length <= 16; length++ {
		n := int32(counts[length-1])
		h.first[length] = index - int32(code)
		for range n {
			if length <= lookBits {
				h.enter(code, length, values[index])
			}
			code++
			index++
		}
		if code > 1<<length {
			return false
		}
		h.limit[length] = code << (16 - length)
		code <<= 1
	}
	h.limit[17] = 1 << 16
	return true
}

// enter sets all entries that begin with a code. A code too large for its
// length, which set then refuses, has none.
func (h *huffman) enter(code uint32, length int, value byte) {
	spare := lookBits - length
	from := code << spare
	for i := from; i < from+1<<spare && i < 1<<lookBits; i++ {
		h.look[i] = uint16(length)<<8 | uint16(value)
	}
}

// find decodes the code at the front of 16 bits. The length is 0 when there is
// no such code.
func (h *huffman) find(bits uint32) (value byte, length int) {
	if e := h.look[bits>>(16-lookBits)]; e != 0 {
		return byte(e), int(e >> 8)
	}
	for length = lookBits + 1; length <= 16; length++ {
		if bits < h.limit[length] {
			return h.values[(h.first[length]+int32(bits>>(16-length)))&255], length
		}
	}
	return 0, 0
}

// skipBits is how many bits are looked at to step over coefficients.
const skipBits = 11

// skipTable tells for the next bits how far to go, over as many coefficients
// of a block as the bits hold, and over the first alone.
type skipTable [1 << skipBits]skip

// skip packs, from the low bits: the bits of the first coefficient (5) and how
// far it goes (5; 0 ends the block), the bits of all (6), how far they go (7),
// and whether they end the block (1). 0 means a code longer than the look-up.
type skip uint32

func (s skip) firstBits() int { return int(s & 31) }
func (s skip) firstStep() int { return int(s >> 5 & 31) }
func (s skip) allBits() int   { return int(s >> 10 & 63) }
func (s skip) allSteps() int  { return int(s >> 16 & 127) }
func (s skip) ends() bool     { return s>>23 != 0 }

// skipping gives the table for AC codes.
func (h *huffman) skipping() *skipTable {
	if h.skips != nil {
		return h.skips
	}
	t := new(skipTable)
	for i := range t {
		t[i] = h.skipEntry(uint32(i) << (16 - skipBits))
	}
	h.skips = t
	return t
}

// skipEntry steps through the codes that lie wholly in the first skipBits of 16
// bits. The amplitude that follows a code may reach beyond.
func (h *huffman) skipEntry(bits uint32) skip {
	var s skip
	used, steps := 0, 0
	for used < skipBits {
		value, length := h.find(bits << used & 0xffff)
		if length == 0 || used+length > skipBits {
			break
		}
		step, size := int(value>>4)+1, int(value&15)
		if size == 0 && step < 16 {
			step = 0
		}
		if steps+step >= blockSize {
			break
		}
		if s == 0 {
			s = skip(length+size) | skip(step)<<5
		}
		used += length + size
		steps += step
		if step == 0 {
			s |= 1 << 23
			break
		}
	}
	return s | skip(used)<<10 | skip(steps)<<16
}
