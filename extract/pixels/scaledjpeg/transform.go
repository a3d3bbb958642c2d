package scaledjpeg

// Coefficients of a block in zig-zag order that the scales make use of.
const (
	keptQuarter = 10
	keptHalf    = 25
	maxKept     = keptHalf
)

func keptCoefficients(eighths int) int {
	switch eighths {
	case 1:
		return 1
	case 2:
		return keptQuarter
	}
	return keptHalf
}

// mean is the one sample of a block at 1/8: its DC coefficient.
func mean(dc int) byte { return sample((dc + 4) >> 3) }

// sample shifts the level and clips, A.3.1.
func sample(v int) byte {
	if v += 128; uint(v) > 255 {
		return byte(^(v >> 63)) // 0 below, 255 above
	}
	return byte(v)
}

// transform writes the samples of a block at 1/4 or 1/2 from its dequantized
// coefficients, of which those behind last are zero.
func (d *decoder) transform(c *component, x, y int, f *[maxKept]int32, last int) {
	at := c.plane[y*d.n*c.stride+x*d.n:]
	switch {
	case last == 0:
		level := mean(int(f[0]))
		for j := range d.n {
			row := at[j*c.stride:][:d.n]
			for i := range row {
				row[i] = level
			}
		}
	case d.n == 2:
		quarter(at, c.stride, f)
	default:
		half(at, c.stride, f)
	}
}

// A sample of a reduced block is the mean of the samples that it stands for,
// as far as the kept coefficients tell. The mean of the basis function of
// frequency u (A.3.3) over an interval is a number for each interval; these are
// those numbers with the factors of the transform, in 1/8192.
const (
	fraction = 13
	round    = 1 << (fraction - 1)

	// At 1/4: 1/4 * C(u) C(v) * m(u) m(v), where m(0) = 1 and, over the first
	// half, m(1) = 1 / (8 sin(pi/16)) and m(3) = -1 / (8 sin(3 pi/16)). Over
	// the second half the odd ones change sign, and m(2) = 0.
	q00 = 1024 // 1/8
	q01 = 928  // 0.113266
	q03 = -326 // -0.039773
	q11 = 841  // 0.102633

	// At 1/2: 1/2 * C(u) * cos(u pi/16) * cos((2i+1) u pi/8) for a sample i.
	h0  = 2896 // 0.353553
	h10 = 3711 // 0.453064 at i = 0, and negative at 3
	h11 = 1537 // 0.187665 at i = 1, and negative at 2
	h2  = 2676 // 0.326641 at i = 0 and 3, and negative at 1 and 2
	h30 = 1303 // 0.159095 at i = 0, and negative at 3
	h31 = 3146 // 0.384089 at i = 2, and negative at 1
)

func quarter(at []byte, stride int, f *[maxKept]int32) {
	all := int(f[0])*q00 + round
	across := int(f[1])*q01 + int(f[6])*q03
	down := int(f[2])*q01 + int(f[9])*q03
	both := int(f[4]) * q11
	upper, lower := at[:2], at[stride:][:2]
	upper[0] = sample((all + across + down + both) >> fraction)
	upper[1] = sample((all - across + down - both) >> fraction)
	lower[0] = sample((all + across - down - both) >> fraction)
	lower[1] = sample((all - across - down + both) >> fraction)
}

// half transforms the first four coefficients of the first four rows, along the
// rows and then along the columns.
func half(at []byte, stride int, f *[maxKept]int32) {
	a0, a1, a2, a3 := four(f[0], f[1], f[5], f[6])
	b0, b1, b2, b3 := four(f[2], f[4], f[7], f[13])
	c0, c1, c2, c3 := four(f[3], f[8], f[12], f[17])
	d0, d1, d2, d3 := four(f[9], f[11], f[18], f[24])
	row0, row1, row2, row3 := at[:4], at[stride:][:4], at[2*stride:][:4], at[3*stride:][:4]
	row0[0], row1[0], row2[0], row3[0] = column(a0, b0, c0, d0)
	row0[1], row1[1], row2[1], row3[1] = column(a1, b1, c1, d1)
	row0[2], row1[2], row2[2], row3[2] = column(a2, b2, c2, d2)
	row0[3], row1[3], row2[3], row3[3] = column(a3, b3, c3, d3)
}

// four transforms four coefficients into four samples, in 1/8192 of them.
func four(f0, f1, f2, f3 int32) (s0, s1, s2, s3 int) {
	return combined(int(f0)*h0, int(f2)*h2, int(f1)*h10+int(f3)*h30, int(f1)*h11-int(f3)*h31)
}

// column is four for what four has given, rounded to samples.
func column(f0, f1, f2, f3 int) (s0, s1, s2, s3 byte) {
	const half = 1 << (2*fraction - 1)
	a, b, c, d := combined(f0*h0+half, f2*h2, f1*h10+f3*h30, f1*h11-f3*h31)
	return sample(a >> (2 * fraction)), sample(b >> (2 * fraction)), sample(c >> (2 * fraction)), sample(d >> (2 * fraction))
}

func combined(even, second, outer, inner int) (s0, s1, s2, s3 int) {
	return even + second + outer, even - second + inner, even - second - inner, even + second - outer
}
