package scaledjpeg

// huffman is one table, prepared for looking up several bits at once.
type huffman struct {
	defined bool
	look    [1 << lookBits]uint16 // length of the code << 8 | value; 0 for a longer code
	limit   [18]uint32            // first 16-bit code that is longer than this length
	first   [17]int32             // index in values of a code, less the code itself
	values  [256]byte
	ac      *acTables // made when they are first needed
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

// acBits is how many bits are looked at to decode AC coefficients.
const acBits = 11

// acTables tell for the next bits what one coefficient is, and how far to go
// to step over as many as the bits hold.
type acTables struct {
	read [1 << acBits]coefficient
	skip [1 << acBits]skip
}

// forAC gives the tables for AC codes.
func (h *huffman) forAC() *acTables {
	if h.ac != nil {
		return h.ac
	}
	t := new(acTables)
	for i := range t.read {
		bits := uint32(i) << (16 - acBits)
		t.read[i] = h.coefficient(bits)
		t.skip[i] = h.skipped(bits)
	}
	h.ac = t
	return t
}

// coefficient packs, from the low bits: the bits of code and amplitude (5), how
// far it goes (7; endOfBlock ends the block) and the value (16). 0 means that
// they do not all lie in the bits looked at.
type coefficient uint32

// endOfBlock is the step of a code that stands for no coefficient and ends the
// block, or begins a run of empty bands in a progressive frame.
const endOfBlock = blockSize

func (c coefficient) bits() int  { return int(c & 31) }
func (c coefficient) step() int  { return int(c >> 5 & 127) }
func (c coefficient) value() int { return int(int16(c >> 16)) }

// coefficient reads the first code and amplitude of 16 bits of which the first
// acBits are known.
func (h *huffman) coefficient(bits uint32) coefficient {
	code, length := h.find(bits)
	run, size := int(code>>4), int(code&15)
	if length == 0 || length+size > acBits {
		return 0
	}
	if size == 0 && run < 15 {
		return coefficient(length | endOfBlock<<5)
	}
	value := extend(int(bits<<length&0xffff)>>(16-size), size)
	return coefficient(length+size|(run+1)<<5) | coefficient(uint16(value))<<16
}

// extend gives the number that so many bits stand for (F.2.2.1).
func extend(v, size int) int {
	if size > 0 && v < 1<<(size-1) {
		v -= 1<<size - 1
	}
	return v
}

// skip packs, from the low bits: the bits of the first coefficient (5) and how
// far it goes (5; 0 ends the block), the bits of all (6), how far they go (7),
// and whether they end the block (1). 0 means a code longer than the look-up.
type skip uint32

func (s skip) firstBits() int { return int(s & 31) }
func (s skip) firstStep() int { return int(s >> 5 & 31) }
func (s skip) allBits() int   { return int(s >> 10 & 63) }
func (s skip) allSteps() int  { return int(s >> 16 & 127) }
func (s skip) ends() bool     { return s>>23 != 0 }

// skipped steps through the codes that lie wholly in the first acBits of 16
// bits. The amplitude that follows a code may reach beyond.
func (h *huffman) skipped(bits uint32) skip {
	var s skip
	used, steps := 0, 0
	for used < acBits {
		value, length := h.find(bits << used & 0xffff)
		if length == 0 || used+length > acBits {
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
