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
	return byte(min(max(v+128, 0), 255))
}

// transform writes the samples of a block at 1/4 or 1/2 from its dequantized
// coefficients.
func (d *decoder) transform(c *component, x, y int, f *[maxKept]int) {
	at := c.plane[y*d.n*c.stride+x*d.n:]
	if d.n == 2 {
		quarter(at, c.stride, f)
	} else {
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

func quarter(at []byte, stride int, f *[maxKept]int) {
	all := f[0]*q00 + round
	across := f[1]*q01 + f[6]*q03
	down := f[2]*q01 + f[9]*q03
	both := f[4] * q11
	upper, lower := at[:2], at[stride:][:2]
	upper[0] = sample((all + across + down + both) >> fraction)
	upper[1] = sample((all - across + down - both) >> fraction)
	lower[0] = sample((all + across - down - both) >> fraction)
	lower[1] = sample((all - across - down + both) >> fraction)
}

// halfRows are the zig-zag places of the coefficients of the first four rows
// and columns.
var halfRows = [4][4]byte{{0, 1, 5, 6}, {2, 4, 7, 13}, {3, 8, 12, 17}, {9, 11, 18, 24}}

func half(at []byte, stride int, f *[maxKept]int) {
	var rows [4][4]int // transformed along the rows
	for v, place := range halfRows {
		rows[v] = four(f[place[0]], f[place[1]], f[place[2]], f[place[3]])
	}
	for i := range 4 {
		column := four(rows[0][i], rows[1][i], rows[2][i], rows[3][i])
		for j, v := range column {
			at[j*stride+i] = sample((v + 1<<(2*fraction-1)) >> (2 * fraction))
		}
	}
}

// four transforms four coefficients into four samples, in 1/8192 of them.
func four(f0, f1, f2, f3 int) [4]int {
	even, second := f0*h0, f2*h2
	outer, inner := f1*h10+f3*h30, f1*h11-f3*h31
	return [4]int{
		even + second + outer,
		even - second + inner,
		even - second - inner,
		even + second - outer,
	}
}
