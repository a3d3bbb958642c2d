package scaledjpeg

import (
	"encoding/binary"
	"fmt"
)

// Markers, table B.1.
const (
	markerSOF0 = 0xc0 // baseline
	markerSOF1 = 0xc1 // extended sequential
	markerSOF2 = 0xc2 // progressive
	markerDHT  = 0xc4
	markerJPG  = 0xc8
	markerDAC  = 0xcc
	markerRST0 = 0xd0
	markerRST7 = 0xd7
	markerSOI  = 0xd8
	markerEOI  = 0xd9
	markerSOS  = 0xda
	markerDQT  = 0xdb
	markerDRI  = 0xdd
	markerAPP0 = 0xe0
	markerAPPE = 0xee
	markerTEM  = 0x01
)

func isRestart(m byte) bool { return m >= markerRST0 && m <= markerRST7 }

// frame is what the frame header says, B.2.2.
type frame struct {
	components []component
	hMax, vMax int
	mcusX      int // minimum coded units in a row
	mcusY      int
}

// component is one colour component. Its blocks cover whole minimum coded
// units; scans of this component alone hold only those inside the picture.
type component struct {
	id      byte
	h, v    int // sampling factors
	quant   byte
	blocksX int // blocks in a row, whole units
	blocksY int
	ownX    int // blocks in a row inside the picture
	ownY    int

	plane   []byte // samples of the reduced picture
	stride  int
	rows    int      // rows of blocks, from the top, that were decoded in some scan
	coeffs  []int16  // progressive: kept coefficients of each block
	nonzero []uint64 // progressive: which coefficients of a block are not zero
}

// tables are those in force.
type tables struct {
	quant   [4][blockSize]uint16 // in zig-zag order
	dc, ac  [4]huffman
	restart int // minimum coded units between restart markers, 0 for none
}

const blockSize = 64

// segment reads one marker segment outside of scans.
func (p *Picture) segment(m byte) error {
	if m == markerSOI || m == markerTEM {
		return nil // without a length
	}
	var length [2]byte
	if err := p.src.full(length[:]); err != nil {
		return err
	}
	n := int(binary.BigEndian.Uint16(length[:])) - 2
	if n < 0 {
		return FormatError("segment without a length")
	}
	switch {
	case m == markerDHT:
		return p.readHuffman(n)
	case m == markerDQT:
		return p.readQuantization(n)
	case m == markerDRI:
		return p.readRestart(n)
	case m == markerSOF0, m == markerSOF1, m == markerSOF2:
		p.Progressive = m == markerSOF2
		return p.readFrame(n)
	case m >= markerSOF0 && m < markerRST0 && m != markerJPG:
		return fmt.Errorf("%w: coding process %#02x", ErrUnsupported, m)
	case m == markerAPP0:
		return p.readStart(n, func(b []byte) { p.jfif = p.jfif || string(b[:5]) == "JFIF\x00" })
	case m == markerAPPE:
		return p.readStart(n, func(b []byte) {
			if n >= 12 && string(b[:5]) == "Adobe" {
				p.adobe = int(b[11])
			}
		})
	}
	return p.src.skip(n)
}

// readStart hands over the first bytes of a segment, filled up with zeros.
func (p *Picture) readStart(n int, use func([]byte)) error {
	var b [12]byte
	k := min(n, len(b))
	if err := p.src.full(b[:k]); err != nil {
		return err
	}
	use(b[:])
	return p.src.skip(n - k)
}

func (p *Picture) readRestart(n int) error {
	var b [2]byte
	if n != len(b) {
		return FormatError("restart interval of the wrong length")
	}
	if err := p.src.full(b[:]); err != nil {
		return err
	}
	p.tables.restart = int(binary.BigEndian.Uint16(b[:]))
	return nil
}

// readQuantization reads quantization tables, B.2.4.1.
func (p *Picture) readQuantization(n int) error {
	for n > 0 {
		head, err := p.src.byte()
		if err != nil {
			return err
		}
		wide, t := int(head>>4), int(head&15)
		if wide > 1 || t >= len(p.tables.quant) {
			return FormatError("quantization table of unknown form")
		}
		var b [2 * blockSize]byte
		size := blockSize << wide
		if n -= 1 + size; n < 0 {
			return FormatError("quantization table cut short")
		}
		if err := p.src.full(b[:size]); err != nil {
			return err
		}
		for i := range blockSize {
			if wide == 1 {
				p.tables.quant[t][i] = binary.BigEndian.Uint16(b[2*i:])
			} else {
				p.tables.quant[t][i] = uint16(b[i])
			}
		}
	}
	return nil
}

// readHuffman reads Huffman tables, B.2.4.2.
func (p *Picture) readHuffman(n int) error {
	for n > 0 {
		var head [17]byte
		if n < len(head) {
			return FormatError("Huffman table cut short")
		}
		if err := p.src.full(head[:]); err != nil {
			return err
		}
		class, t := int(head[0]>>4), int(head[0]&15)
		if class > 1 || t >= len(p.tables.dc) {
			return FormatError("Huffman table of unknown form")
		}
		total := 0
		for _, c := range head[1:] {
			total += int(c)
		}
		if n -= len(head) + total; n < 0 || total > 256 {
			return FormatError("Huffman table cut short")
		}
		var values [256]byte
		if err := p.src.full(values[:total]); err != nil {
			return err
		}
		h := &p.tables.dc[t]
		if class == 1 {
			h = &p.tables.ac[t]
		}
		if !h.set(([16]byte)(head[1:]), values[:total]) {
			return FormatError("Huffman table with more codes than fit")
		}
	}
	return nil
}

// readFrame reads the frame header.
func (p *Picture) readFrame(n int) error {
	if p.frame.components != nil {
		return FormatError("a second frame header")
	}
	var b [6 + 3*4]byte
	if n < 6 {
		return FormatError("frame header cut short")
	}
	k := min(n, len(b))
	if err := p.src.full(b[:k]); err != nil {
		return err
	}
	count := int(b[5])
	switch {
	case b[0] != 8:
		return fmt.Errorf("%w: %d bits a sample", ErrUnsupported, b[0])
	case count != 1 && count != 3 && count != 4:
		return fmt.Errorf("%w: %d components", ErrUnsupported, count)
	case n != 6+3*count:
		return FormatError("frame header of the wrong length")
	}
	p.Height, p.Width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	p.Components = count
	if p.Width == 0 || p.Height == 0 {
		return FormatError("a picture without pixels")
	}
	return p.frame.lay(p.Width, p.Height, b[6:6+3*count])
}

// lay works out the blocks of each component, A.1.1 and A.2.
func (f *frame) lay(width, height int, specs []byte) error {
	components := make([]component, len(specs)/3)
	f.hMax, f.vMax = 1, 1
	for i := range components {
		c := component{id: specs[3*i], h: int(specs[3*i+1] >> 4), v: int(specs[3*i+1] & 15), quant: specs[3*i+2]}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quant > 3 {
			return FormatError("component with impossible factors")
		}
		for _, other := range components[:i] {
			if other.id == c.id {
				return FormatError("two components of one name")
			}
		}
		if len(components) == 1 {
			c.h, c.v = 1, 1 // a component alone is never interleaved
		}
		f.hMax, f.vMax = max(f.hMax, c.h), max(f.vMax, c.v)
		components[i] = c
	}
	f.mcusX = (width + 8*f.hMax - 1) / (8 * f.hMax)
	f.mcusY = (height + 8*f.vMax - 1) / (8 * f.vMax)
	for i := range components {
		c := &components[i]
		c.blocksX, c.blocksY = f.mcusX*c.h, f.mcusY*c.v
		c.ownX = blocksOf(width*c.h, f.hMax)
		c.ownY = blocksOf(height*c.v, f.vMax)
	}
	f.components = components
	return nil
}

// blocksOf is ceil(ceil(samples / factor) / 8).
func blocksOf(samples, factor int) int {
	return ((samples+factor-1)/factor + 7) / 8
}
