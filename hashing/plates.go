package hashing

import "math"

// plates holds what the check needs of every block of the coarser picture:
// made once, used for each try of the map. A block's pixels are levelled (see
// level), and so are its slopes.
type plates struct {
	blocks
	pixels []float32 // of each block: side*side pixels, then slopes along x, then along y
	self   []moments
	dim    []bool // black or white in part, in ref
	found  []found
	small  bool // whether ref is of a small picture
}

// moments are sums over the pixels of a block of products of its levelled
// pixels (r) and slopes (x, y).
type moments struct{ rr, xx, xy, yy, rx, ry float64 }

// found is what laying a picture on says of one block.
type found struct {
	clipped   bool    // black or white in part: edges there are not where they were
	alike     float64 // normalised correlation
	dx, dy    float64 // pixels of ref by which what top shows lies off
	explained float64 // share of ref's energy that the top's block, so moved, accounts for
	texture   float64 // standard deviation of the top's block, levelled
}

// newPlates cuts ref into blocks of side pixels.
func newPlates(ref Luma, side int) *plates {
	k := blocksWithin(ref.W, ref.H, side, plateMargin)
	n := side * side
	p := &plates{blocks: k, pixels: make([]float32, 3*n*len(k.state)), self: make([]moments, len(k.state)), dim: make([]bool, len(k.state)), found: make([]found, len(k.state))}
	for i := range k.state {
		x0, y0 := k.corner(i)
		px := p.pixels[3*n*i:][:3*n]
		r, gx, gy := px[:n], px[n:2*n], px[2*n:]
		clipped := 0
		for y := range side {
			for x := range side {
				j := (y0+y)*ref.W + x0 + x
				left, right := j-min(x0+x, 1), j+min(ref.W-1-x0-x, 1)
				top, low := j-min(y0+y, 1)*ref.W, j+min(ref.H-1-y0-y, 1)*ref.W
				r[y*side+x] = float32(ref.Pix[j])
				if v := ref.Pix[j]; v < clipDark || v > clipBright {
					clipped++
				}
				gx[y*side+x] = (float32(ref.Pix[right]) - float32(ref.Pix[left])) / 2
				gy[y*side+x] = (float32(ref.Pix[low]) - float32(ref.Pix[top])) / 2
			}
		}
		p.dim[i] = clipped > n/clipShare
		for _, plane := range [3][]float32{r, gx, gy} {
			levelPlane(plane, side)
		}
		m := &p.self[i]
		for j := range r {
			v, a, b := float64(r[j]), float64(gx[j]), float64(gy[j])
			m.rr, m.xx, m.xy, m.yy, m.rx, m.ry = m.rr+v*v, m.xx+a*a, m.xy+a*b, m.yy+b*b, m.rx+v*a, m.ry+v*b
		}
	}
	return p
}

// levelPlane takes mean and slope out of a square of pixels.
func levelPlane(p []float32, side int) {
	first := -float32(side-1) / 2
	var sum, alongX, alongY float32
	v := first
	for y := range side {
		var line float32
		u := first
		for _, q := range p[y*side:][:side] {
			line += q
			alongX += q * u
			u++
		}
		sum += line
		alongY += line * v
		v++
	}
	n, moment := float32(side*side), float32(momentOf(side))
	mean, sx, sy := sum/n, alongX/moment, alongY/moment
	v = first
	for y := range side {
		at := mean + sy*v + sx*first
		row := p[y*side:][:side]
		for x := range row {
			row[x] -= at
			at += sx
		}
		v++
	}
}

// momentOf is the sum over a square of the squared distances from its middle,
// along one side.
func momentOf(side int) float64 {
	return float64(side*side) * float64(side*side-1) / 12
}

// measure compares every block with the warped picture. Blocks that hold an
// uncovered pixel are outside.
func (p *plates) measure(warped []float32) {
	for i := range p.state {
		p.measureBlock(i, warped)
	}
}

func (p *plates) measureBlock(i int, warped []float32) {
	side := p.side
	n := side * side
	x0, y0 := p.corner(i)
	px := p.pixels[3*n*i:][:3*n]
	middle := float32(side-1) / 2
	var sum, sumX, sumY, ww, wr, wx, wy float32
	low, clipped := float32(0), 0
	for y := range side {
		row := warped[(y0+y)*p.w+x0:][:side]
		r, gx, gy := px[y*side:][:side], px[n+y*side:][:side], px[2*n+y*side:][:side]
		var line float32
		u := -middle
		for x, v := range row {
			low = min(low, v)
			if v < clipDark || v > clipBright {
				clipped++
			}
			line += v
			sumX += v * u
			u++
			ww += v * v
			wr += v * r[x]
			wx += v * gx[x]
			wy += v * gy[x]
		}
		sum += line
		sumY += line * (float32(y) - middle)
	}
	f := &p.found[i]
	if low < 0 {
		*f = found{}
		p.state[i] = outside
		return
	}
	moment := momentOf(side)
	energy := float64(ww) - float64(sum)*float64(sum)/float64(n) - (float64(sumX)*float64(sumX)+float64(sumY)*float64(sumY))/moment
	energy = math.Max(energy, 0)
	p.judge(i, energy, float64(wr), float64(wx), float64(wy))
	f.clipped = p.dim[i] || clipped > n/clipShare
}

// judge turns the sums of one block into its state and displacement.
func (p *plates) judge(i int, ww, wr, wx, wy float64) {
	m, f, n := &p.self[i], &p.found[i], float64(p.side*p.side)
	*f = found{texture: math.Sqrt(ww / n)}
	texture := math.Sqrt(m.rr / n)
	if !p.textured(texture, f.texture) {
		p.state[i] = flat
		return
	}
	p.state[i] = differs
	if m.rr < n/12 || ww < n/12 {
		return
	}
	f.alike = wr / math.Sqrt(m.rr*ww)
	if f.alike > blockCorrelation {
		p.state[i] = agrees
	}
	if f.alike > moveAlike {
		f.dx, f.dy, f.explained = m.moved(ww, wr, wx, wy)
	}
}

// textured says whether a block with such textures in the two pictures is
// compared.
func (p *plates) textured(ref, top float64) bool {
	if p.small {
		return max(ref, top) >= smallTexture*blockOverlay/blockTexture || min(ref, top) >= smallTexture
	}
	return max(ref, top) >= blockOverlay || min(ref, top) >= blockTexture
}

// moved is how far the top's block lies off, to first order: the gain and the
// displacement under which its pixels explain those of ref (Lucas and Kanade).
// Along an edge nothing is known, and nothing is said.
func (m *moments) moved(ww, wr, wx, wy float64) (dx, dy, explained float64) {
	// ref = gain*top + dx*slopeX + dy*slopeY; the gain is eliminated.
	damp := moveDamping * m.rr
	xx, xy, yy := m.xx-wx*wx/ww+damp, m.xy-wx*wy/ww, m.yy-wy*wy/ww+damp
	bx, by := m.rx-wx*wr/ww, m.ry-wy*wr/ww
	det := xx*yy - xy*xy
	if !(det > 0) {
		return 0, 0, 0
	}
	dx, dy = (bx*yy-by*xy)/det, (by*xx-bx*xy)/det
	if far := math.Hypot(dx, dy); far > moveMost {
		dx, dy = dx*moveMost/far, dy*moveMost/far
	}
	gain := (wr - dx*wx - dy*wy) / ww
	return dx, dy, math.Max(0, math.Min(1, (gain*wr+dx*m.rx+dy*m.ry)/m.rr))
}
