package scaledjpeg

import "math/bits"

// The four kinds of scan of a progressive frame, annex G. Coefficients that the
// scale does without are not kept; whether they are zero is, because later
// scans of the same block have a bit for each that is not.

// gains is how much of a coefficient is seen in the samples at 1/4 and 1/2, by
// its frequency along either side: the root of the mean square of the numbers
// in transform.go.
var gains = map[int][8]float64{
	2: {0.3536, 0.3204, 0, 0.1125},
	4: {0.3536, 0.3468, 0.3266, 0.2940},
}

// places are the frequencies of the kept coefficients, along one side and the
// other.
var places = [maxKept][2]byte{
	{0, 0}, {1, 0}, {0, 1}, {0, 2}, {1, 1}, {2, 0}, {3, 0}, {2, 1}, {1, 2}, {0, 3}, {0, 4}, {1, 3}, {2, 2},
	{3, 1}, {4, 0}, {5, 0}, {4, 1}, {3, 2}, {2, 3}, {1, 4}, {0, 5}, {0, 6}, {1, 5}, {2, 4}, {3, 3},
}

// leastSeen is the square of the change, in levels, below which the last bits
// of the coefficients are left out. It is what all of them would change; about
// one in three does.
const leastSeen = 4

// negligible says that a scan adds nothing but the last bit of coefficients
// whose steps are so small that the reduced picture hardly shows it. Such scans
// are the longest of a photograph of high quality.
func (d *decoder) negligible() bool {
	s := &d.scan
	if s.first == 0 || s.high != 1 {
		return false
	}
	sum, gain := 0.0, gains[d.n]
	for k := s.first; k <= s.last && k < d.kept; k++ {
		g := float64(s.parts[0].quant[k]) * gain[places[k][0]] * gain[places[k][1]]
		sum += g * g
	}
	return sum <= leastSeen
}

// firstMean decodes the upper bits of a DC coefficient.
func (d *decoder) firstMean(p *part, x, y int) error {
	diff, err := d.bits.difference(p.dc)
	if err != nil {
		return err
	}
	p.value += diff
	p.coeffs[(y*p.blocksX+x)*d.kept] = int16(p.value << d.scan.low)
	return nil
}

// refineMean decodes one more bit of it.
func (d *decoder) refineMean(p *part, x, y int) error {
	p.coeffs[(y*p.blocksX+x)*d.kept] |= int16(d.bits.bit() << d.scan.low)
	return nil
}

// firstBand decodes the upper bits of a band of coefficients, G.1.2.2.
func (d *decoder) firstBand(p *part, x, y int) error {
	if d.eobRun > 0 {
		d.eobRun--
		return nil
	}
	block := y*p.blocksX + x
	c, b, t := p.coeffs[block*d.kept:][:d.kept], &d.bits, &p.ac.ac.read
	nonzero := p.nonzero[block]
	defer func() { p.nonzero[block] = nonzero }()
	for k := d.scan.first - 1; k < d.scan.last; {
		if b.n < 32 {
			b.refill()
		}
		var v int
		if e := t[b.acc>>(64-acBits)]; e != 0 && e.step() != endOfBlock {
			b.consume(e.bits())
			k += e.step()
			v = e.value()
		} else {
			value, err := b.symbol(p.ac)
			if err != nil {
				return err
			}
			run, size := int(value>>4), int(value&15)
			if size == 0 && run < 15 {
				d.eobRun = d.runLength(run) - 1
				return nil
			}
			k += run + 1
			v = b.amplitude(size)
		}
		if v == 0 || k > d.scan.last {
			continue
		}
		if k < len(c) {
			c[k] = int16(v << d.scan.low)
		}
		nonzero |= 1 << k
	}
	return nil
}

// runLength is the number of blocks that an end-of-band code stands for.
func (d *decoder) runLength(size int) int {
	n := 1 << size
	if size > 0 {
		n += d.bits.take(size) // at least 16 bits are left after a symbol
	}
	return n
}

// refineBand decodes one more bit of each coefficient of a band that is not
// zero, and those that are not zero from this bit on, G.1.2.3.
func (d *decoder) refineBand(p *part, x, y int) error {
	block := y*p.blocksX + x
	c := p.coeffs[block*d.kept:][:d.kept]
	nonzero := &p.nonzero[block]
	k := d.scan.first
	for d.eobRun == 0 && k <= d.scan.last {
		zeros, fresh, err := d.refinement(p)
		if err != nil || d.eobRun > 0 {
			if err != nil {
				return err
			}
			break
		}
		// The place of the zero behind so many zeros, or the end of the band.
		left := ^*nonzero & from(k)
		for ; zeros > 0; zeros-- {
			left &= left - 1
		}
		end := bits.TrailingZeros64(left)
		if end > d.scan.last {
			return FormatError("more coefficients than a block has")
		}
		d.refineRange(c, *nonzero&from(k)&^from(end))
		if fresh != 0 {
			if end < len(c) {
				c[end] = int16(fresh << d.scan.low)
			}
			*nonzero |= 1 << (end & 63)
		}
		k = end + 1
	}
	if d.eobRun > 0 {
		d.eobRun--
		d.refineRange(c, *nonzero&from(k)&^from(d.scan.last+1))
	}
	return nil
}

// from has a bit for each coefficient from k on.
func from(k int) uint64 {
	if k >= blockSize {
		return 0
	}
	return ^uint64(0) << (k & 63)
}

// refinement decodes how many zeros to step over, and the coefficient behind
// them, 1, -1, or 0 where it stays zero; or it begins a run of empty bands.
func (d *decoder) refinement(p *part) (zeros, fresh int, err error) {
	b := &d.bits
	if b.n < 32 {
		b.refill()
	}
	e := p.ac.ac.read[b.acc>>(64-acBits)]
	if v := e.value(); e != 0 && e.step() != endOfBlock && v <= 1 && v >= -1 {
		b.consume(e.bits())
		return e.step() - 1, v, nil
	}
	code, err := b.symbol(p.ac)
	if err != nil {
		return 0, 0, err
	}
	zeros = int(code >> 4)
	switch size := code & 15; {
	case size == 0 && zeros < 15:
		d.eobRun = d.runLength(zeros)
	case size > 1:
		return 0, 0, FormatError("a coefficient grows by more than a bit")
	case size == 1:
		fresh = b.amplitude(1)
	}
	return zeros, fresh, nil
}

// refineRange refines the coefficients that have a bit in at.
func (d *decoder) refineRange(c []int16, at uint64) {
	if at == 0 {
		return
	}
	for low := at &^ from(len(c)); low != 0; low &= low - 1 {
		d.refine(c, bits.TrailingZeros64(low))
	}
	if high := at & from(len(c)); high != 0 {
		d.bits.skip(bits.OnesCount64(high))
	}
}

// refine adds a bit to one coefficient, away from zero.
func (d *decoder) refine(c []int16, k int) {
	if d.bits.bit() == 0 {
		return
	}
	delta := int16(1) << d.scan.low
	if c[k] < 0 {
		delta = -delta
	}
	c[k] += delta
}

// reconstruct turns the coefficients of a progressive frame into samples.
func (d *decoder) reconstruct() {
	for i := range d.frame.components {
		c := &d.frame.components[i]
		quant := &d.tables.quant[c.quant]
		for y := range c.blocksY {
			for x := range c.blocksX {
				at := c.coeffs[(y*c.blocksX+x)*d.kept:][:d.kept]
				if d.n == 1 {
					c.plane[y*c.stride+x] = mean(int(at[0]) * int(quant[0]))
					continue
				}
				var f [maxKept]int32
				for k, v := range at {
					f[k] = int32(v) * int32(quant[k])
				}
				d.transform(c, x, y, &f, bits.Len64(c.nonzero[y*c.blocksX+x]&(1<<d.kept-2)))
			}
		}
	}
}
