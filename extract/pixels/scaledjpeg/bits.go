package scaledjpeg

import "encoding/binary"

// bitReader reads the entropy-coded data between two markers. Behind their end
// it gives zeros, so that the decoding of blocks needs no check of its own;
// exhausted tells afterwards.
type bitReader struct {
	src   *source
	acc   uint64 // the next bits, from the top; below n they may be there or not
	n     int    // bits of acc that count
	buf   []byte // data, then padding zeros
	pos   int    // in buf, of the first byte that is not counted in acc
	end   int    // of the data in buf
	limit int    // pos up to which 8 bytes can be loaded
	ended bool   // no data behind buf
	over  bool   // pos went past the padding
	err   error  // why the data ended, nil for a marker
}

const (
	bufBytes = 64 << 10
	padding  = 16
)

// reset begins anew at the source's position.
func (b *bitReader) reset() {
	if b.buf == nil {
		b.buf = make([]byte, bufBytes+padding)
	}
	*b = bitReader{src: b.src, buf: b.buf}
	b.load()
	b.refill()
}

// load moves what is left to the front and reads on behind it.
func (b *bitReader) load() {
	left := copy(b.buf, b.buf[b.pos:b.end])
	b.pos = 0
	data, ended, err := b.src.unstuffed(b.buf[:left:bufBytes])
	b.end, b.ended = len(data), ended
	if err != nil {
		b.err = err
	}
	clear(b.buf[b.end : b.end+padding])
	b.limit = b.end + padding - 8
}

// refill brings at least 56 bits into acc.
func (b *bitReader) refill() {
	if b.pos > b.end-8 {
		b.atEnd()
	}
	b.acc |= binary.BigEndian.Uint64(b.buf[b.pos:]) >> b.n
	b.pos += (63 - b.n) >> 3
	b.n |= 56
}

// atEnd reads on, or stays among the zeros.
func (b *bitReader) atEnd() {
	if !b.ended {
		b.load()
	}
	if b.pos > b.limit {
		b.pos, b.over = b.limit, true
	}
}

// exhausted says that more bits were used than there were.
func (b *bitReader) exhausted() bool {
	return b.over || b.ended && b.pos*8-b.n > b.end*8
}

// shortage is what to say of exhausted data.
func (b *bitReader) shortage() error {
	if b.err != nil {
		return b.err
	}
	return FormatError("a marker within the picture's data")
}

// consume steps over k bits, at most those that acc counts.
func (b *bitReader) consume(k int) {
	b.acc <<= k
	b.n -= k
}

// take gives the next k bits, 1 to 16, after a refill.
func (b *bitReader) take(k int) int {
	v := int(b.acc >> (64 - k))
	b.consume(k)
	return v
}

// bit gives one bit.
func (b *bitReader) bit() int {
	if b.n < 1 {
		b.refill()
	}
	return b.take(1)
}

// amplitude gives the number that k bits stand for, 0 to 16, after a refill
// (F.2.2.1, EXTEND).
func (b *bitReader) amplitude(k int) int {
	if k == 0 {
		return 0
	}
	return extend(b.take(k), k)
}

var errNoCode = FormatError("a bit pattern without a meaning")

// symbol decodes one code. Afterwards at least 16 bits are left.
func (b *bitReader) symbol(h *huffman) (byte, error) {
	if b.n < 32 {
		b.refill()
	}
	value, length := h.find(uint32(b.acc >> 48))
	if length == 0 {
		return 0, errNoCode
	}
	b.consume(length)
	return value, nil
}

// difference decodes a DC difference, F.2.2.1.
func (b *bitReader) difference(h *huffman) (int, error) {
	size, err := b.symbol(h)
	if err != nil {
		return 0, err
	}
	if size > 16 {
		return 0, FormatError("a sample out of range")
	}
	return b.amplitude(int(size)), nil
}

// skipFrom steps over the coefficients of a block from index k on.
func (b *bitReader) skipFrom(k int, h *huffman) error {
	t := &h.ac.skip
	acc, n := b.acc, b.n // in registers
	for k < blockSize {
		if n < 32 {
			b.acc, b.n = acc, n
			b.refill()
			acc, n = b.acc, b.n
		}
		s := t[acc>>(64-acBits)]
		if s == 0 {
			value, length := h.find(uint32(acc >> 48))
			if length == 0 {
				b.acc, b.n = acc, n
				return errNoCode
			}
			size, run := int(value&15), int(value>>4)
			acc, n = acc<<(length+size), n-length-size
			if size == 0 && run < 15 {
				break
			}
			k += run + 1
			continue
		}
		// All of them, if the block has room: what follows its last
		// coefficient belongs to the next block.
		if all := k + s.allSteps(); all < blockSize {
			acc, n = acc<<s.allBits(), n-s.allBits()
			if s.ends() {
				break
			}
			k = all
			continue
		}
		acc, n = acc<<s.firstBits(), n-s.firstBits()
		if s.firstStep() == 0 {
			break
		}
		k += s.firstStep()
	}
	b.acc, b.n = acc, n
	return nil
}

// band decodes the AC coefficients of a block, the first of them times their
// quantization. It returns the index of the last one that is kept, 0 for none.
func (b *bitReader) band(p *part, kept int, c *[maxKept]int32) (last int, err error) {
	t, quant := &p.ac.ac.read, p.quant
	acc, n := b.acc, b.n // in registers
	for k := 0; k < blockSize-1; {
		if n < 32 {
			b.acc, b.n = acc, n
			b.refill()
			acc, n = b.acc, b.n
		}
		var value int
		if e := t[acc>>(64-acBits)]; e != 0 {
			acc, n = acc<<e.bits(), n-e.bits()
			k += e.step()
			value = e.value()
		} else {
			code, length := p.ac.find(uint32(acc >> 48))
			if length == 0 {
				b.acc, b.n = acc, n
				return last, errNoCode
			}
			run, size := int(code>>4), int(code&15)
			value = extend(int(acc<<length>>(64-size)), size)
			acc, n = acc<<(length+size), n-length-size
			if k += run + 1; size == 0 && run < 15 {
				k = endOfBlock
			}
		}
		if k >= kept || k >= len(c) {
			b.acc, b.n = acc, n
			return last, b.skipFrom(k+1, p.ac)
		}
		if value != 0 { // it is in a run of sixteen zeros
			c[k], last = int32(value)*int32(quant[k]), k
		}
	}
	b.acc, b.n = acc, n
	return last, nil
}

// skip steps over k bits.
func (b *bitReader) skip(k int) {
	for k > 0 {
		if b.n < 32 {
			b.refill()
		}
		step := min(k, 32)
		b.consume(step)
		k -= step
	}
}

// restart goes to the restart marker that is due, F.2.1.3.1, and begins anew
// behind it.
func (b *bitReader) restart(due byte) error {
	m, err := b.src.anyMarker()
	if err != nil {
		return err
	}
	if m != due {
		return FormatError("a restart marker is missing")
	}
	b.reset()
	return nil
}
