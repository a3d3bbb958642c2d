package scaledjpeg

import "bytes"

// decoder is the decoding of one picture.
type decoder struct {
	*Picture
	n    int // eighths
	kept int // coefficients of a block, in zig-zag order, that the scale needs

	bits   bitReader
	scan   scan
	begun  bool // a scan was read
	eobRun int  // blocks that are empty in this band, G.1.2.2
}

// scan is a scan header, B.2.3.
type scan struct {
	parts       []part
	first, last int // coefficients, in zig-zag order
	high, low   int // bits of successive approximation
}

// part is a component of a scan with its tables.
type part struct {
	*component
	dc, ac *huffman
	quant  *[blockSize]uint16
	value  int // DC value of the block before
	across int // blocks of a unit
	down   int
}

// blockFunc decodes one block, at a place counted in blocks.
type blockFunc func(d *decoder, p *part, x, y int) error

// memory is what samples and coefficients take, in bytes.
func (d *decoder) memory() int64 {
	total := int64(0)
	if len(d.frame.components) > 1 { // some are put together pixel by pixel
		total = 4 * int64(reduced(d.Width, d.n)) * int64(reduced(d.Height, d.n))
	}
	for i := range d.frame.components {
		c := &d.frame.components[i]
		each := int64(d.n * d.n)
		if d.Progressive {
			each += int64(2 * d.kept)
			if d.kept > 1 {
				each += 8
			}
		}
		total += int64(c.blocksX) * int64(c.blocksY) * each
	}
	return total
}

func (d *decoder) allocate() {
	for i := range d.frame.components {
		c := &d.frame.components[i]
		blocks := c.blocksX * c.blocksY
		c.stride = c.blocksX * d.n
		c.plane = bytes.Repeat([]byte{128}, blocks*d.n*d.n) // what a component without data shows
		if d.Progressive {
			c.coeffs = make([]int16, blocks*d.kept)
			if d.kept > 1 {
				c.nonzero = make([]uint64, blocks)
			}
		}
	}
	d.bits.src = &d.src
}

// scans reads all scans and the segments between them up to the end marker.
func (d *decoder) scans() error {
	for {
		m, err := d.src.marker()
		if err != nil {
			return err
		}
		switch m {
		case markerEOI:
			if !d.begun {
				return FormatError("no picture behind the header")
			}
			return nil
		case markerSOS:
			err = d.readScan()
		default:
			err = d.segment(m)
		}
		if err != nil {
			return err
		}
	}
}

// readScan reads a scan's header, and its data where they are needed.
func (d *decoder) readScan() error {
	if err := d.readScanHeader(); err != nil {
		return err
	}
	d.begun = true
	if d.Progressive && (d.kept == 1 && d.scan.first > 0 || d.negligible()) {
		return nil // the search for the next marker steps over the data
	}
	decode, err := d.scan.prepare(d)
	if err != nil {
		return err
	}
	d.bits.reset()
	return d.units(decode)
}

func (d *decoder) readScanHeader() error {
	var b [2 + 1 + 2*4 + 3]byte
	if err := d.src.full(b[:3]); err != nil {
		return err
	}
	length, count := int(b[0])<<8|int(b[1]), int(b[2])
	if count < 1 || count > len(d.frame.components) || length != 6+2*count {
		return FormatError("scan header of the wrong length")
	}
	rest := b[3 : 3+2*count+3]
	if err := d.src.full(rest); err != nil {
		return err
	}
	s := scan{last: blockSize - 1}
	for i := range count {
		p, err := d.part(rest[2*i], rest[2*i+1], s.parts)
		if err != nil {
			return err
		}
		s.parts = append(s.parts, p)
	}
	if d.Progressive {
		how := rest[2*count:]
		s.first, s.last, s.high, s.low = int(how[0]), int(how[1]), int(how[2]>>4), int(how[2]&15)
	}
	d.scan = s
	return s.check()
}

// part finds the component of a scan that is meant, and its tables.
func (d *decoder) part(id, tables byte, others []part) (part, error) {
	for i := range d.frame.components {
		c := &d.frame.components[i]
		if c.id != id {
			continue
		}
		for _, o := range others {
			if o.component == c {
				return part{}, FormatError("a component twice in a scan")
			}
		}
		if tables>>4 > 3 || tables&15 > 3 {
			return part{}, FormatError("a table of unknown number")
		}
		return part{
			component: c, dc: &d.tables.dc[tables>>4], ac: &d.tables.ac[tables&15],
			quant: &d.tables.quant[c.quant], across: c.h, down: c.v,
		}, nil
	}
	return part{}, FormatError("a scan of an unknown component")
}

// check holds the header against table B.3 and G.1.1.1.
func (s *scan) check() error {
	blocks := 0
	for _, p := range s.parts {
		blocks += p.h * p.v
	}
	switch {
	case len(s.parts) > 1 && blocks > 10:
		return FormatError("a unit of more than ten blocks")
	case s.first > s.last || s.last >= blockSize || s.first == 0 && s.last != 0 && s.last != blockSize-1:
		return FormatError("an impossible range of coefficients")
	case s.first > 0 && len(s.parts) > 1:
		return FormatError("high frequencies of several components at once")
	case s.high != 0 && s.high != s.low+1 || s.low > 13:
		return FormatError("an impossible order of bits")
	}
	return nil
}

// prepare chooses how blocks are decoded, and sees to the tables for it.
func (s *scan) prepare(d *decoder) (blockFunc, error) {
	var decode blockFunc
	needDC, needAC := true, true
	switch {
	case !d.Progressive && d.n == 1:
		decode = (*decoder).meanOnly
	case !d.Progressive:
		decode = (*decoder).lowFrequencies
	case s.first == 0 && s.last != 0:
		return nil, FormatError("an impossible range of coefficients")
	case s.first == 0 && s.high == 0:
		decode, needAC = (*decoder).firstMean, false
	case s.first == 0:
		decode, needDC, needAC = (*decoder).refineMean, false, false
	case s.high == 0:
		decode, needDC = (*decoder).firstBand, false
	default:
		decode, needDC = (*decoder).refineBand, false
	}
	for i := range s.parts {
		p := &s.parts[i]
		if needDC && !p.dc.defined || needAC && !p.ac.defined {
			return nil, FormatError("a scan without its Huffman table")
		}
		if needAC {
			p.ac.forAC()
		}
	}
	return decode, nil
}

// units decodes the scan's data, in minimum coded units: a block of a component
// that is alone, otherwise all blocks of the same part of the picture.
func (d *decoder) units(decode blockFunc) error {
	unitsX, unitsY := d.frame.mcusX, d.frame.mcusY
	if s := d.scan.parts; len(s) == 1 {
		unitsX, unitsY = s[0].ownX, s[0].ownY
		s[0].across, s[0].down = 1, 1
	}
	d.eobRun = 0
	due, left := byte(markerRST0), d.tables.restart
	for y := range unitsY {
		for x := range unitsX {
			if d.tables.restart > 0 {
				if left == 0 {
					if err := d.restart(due); err != nil {
						return err
					}
					left = d.tables.restart
					due = markerRST0 + (due+1)&7
				}
				left--
			}
			err := d.unit(decode, x, y)
			if d.bits.exhausted() {
				return d.bits.shortage()
			}
			if err != nil {
				return err
			}
		}
		for i := range d.scan.parts {
			p := &d.scan.parts[i]
			p.rows = max(p.rows, (y+1)*p.down)
		}
	}
	return nil
}

func (d *decoder) unit(decode blockFunc, x, y int) error {
	for i := range d.scan.parts {
		p := &d.scan.parts[i]
		for v := range p.down {
			for h := range p.across {
				if err := decode(d, p, x*p.across+h, y*p.down+v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// restart begins a new interval, F.2.1.3.1 and G.1.2.2.
func (d *decoder) restart(due byte) error {
	if err := d.bits.restart(due); err != nil {
		return err
	}
	for i := range d.scan.parts {
		d.scan.parts[i].value = 0
	}
	d.eobRun = 0
	return nil
}

// meanOnly decodes a block of a sequential frame at 1/8.
func (d *decoder) meanOnly(p *part, x, y int) error {
	diff, err := d.bits.difference(p.dc)
	if err != nil {
		return err
	}
	p.value += diff
	p.plane[y*p.stride+x] = mean(p.value * int(p.quant[0]))
	return d.bits.skipFrom(1, p.ac)
}

// lowFrequencies decodes a block of a sequential frame at 1/4 or 1/2.
func (d *decoder) lowFrequencies(p *part, x, y int) error {
	diff, err := d.bits.difference(p.dc)
	if err != nil {
		return err
	}
	p.value += diff
	var c [maxKept]int32
	c[0] = int32(p.value) * int32(p.quant[0])
	last, err := d.bits.band(p, d.kept, &c)
	d.transform(p.component, x, y, &c, last)
	return err
}
