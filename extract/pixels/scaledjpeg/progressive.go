package scaledjpeg

// The four kinds of scan of a progressive frame, annex G. Coefficients that the
// scale does without are not kept; whether they are zero is, because later
// scans of the same block have a bit for each that is not.

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
	c := p.coeffs[block*d.kept:][:d.kept]
	for k := d.scan.first; k <= d.scan.last; k++ {
		value, err := d.bits.symbol(p.ac)
		if err != nil {
			return err
		}
		run, size := int(value>>4), int(value&15)
		if size == 0 {
			if run < 15 {
				d.eobRun = d.runLength(run) - 1
				return nil
			}
			k += 15
			continue
		}
		if k += run; k > d.scan.last {
			return nil
		}
		v := d.bits.amplitude(size)
		if k < len(c) {
			c[k] = int16(v << d.scan.low)
		}
		p.nonzero[block] |= 1 << k
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
		value, err := d.bits.symbol(p.ac)
		if err != nil {
			return err
		}
		run, size := int(value>>4), int(value&15)
		fresh := 0
		switch {
		case size == 0 && run < 15:
			d.eobRun = d.runLength(run)
			continue
		case size == 1:
			fresh = 1 - 2*(1-d.bits.take(1))
		case size > 1:
			return FormatError("a coefficient grows by more than a bit")
		}
		k = d.refineUpTo(c, *nonzero, k, run)
		if k > d.scan.last {
			return FormatError("more coefficients than a block has")
		}
		if fresh != 0 {
			if k < len(c) {
				c[k] = int16(fresh << d.scan.low)
			}
			*nonzero |= 1 << k
		}
		k++
	}
	if d.eobRun > 0 {
		d.eobRun--
		d.refineRest(c, *nonzero, k)
	}
	return nil
}

// refineUpTo refines from k on, steps over so many coefficients that are zero,
// and returns the place of the zero behind them.
func (d *decoder) refineUpTo(c []int16, nonzero uint64, k, zeros int) int {
	for ; k <= d.scan.last; k++ {
		if nonzero>>k&1 == 0 {
			if zeros == 0 {
				break
			}
			zeros--
			continue
		}
		d.refine(c, k)
	}
	return k
}

// refineRest refines from k to the end of the band.
func (d *decoder) refineRest(c []int16, nonzero uint64, k int) {
	for ; k < len(c) && k <= d.scan.last; k++ {
		if nonzero>>k&1 != 0 {
			d.refine(c, k)
		}
	}
	if k <= d.scan.last {
		band := nonzero >> k << k // the coefficients from k on
		d.bits.skipOnes(band & (1<<(d.scan.last+1) - 1))
	}
}

// refine adds a bit to one coefficient, away from zero.
func (d *decoder) refine(c []int16, k int) {
	if d.bits.bit() == 0 || k >= len(c) {
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
				var f [maxKept]int
				for k, v := range at {
					f[k] = int(v) * int(quant[k])
				}
				d.transform(c, x, y, &f)
			}
		}
	}
}
