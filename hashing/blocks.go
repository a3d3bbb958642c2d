package hashing

import "math"

// state is what the check says of one block.
type state uint8

const (
	outside state = iota // not covered by the other picture
	flat                 // no texture in either picture
	agrees
	differs
)

// blocks is the result of the check over a grid on B's part.
type blocks struct {
	cols, rows int
	x0, y0     int // pixel of the first block: the grid is centred
	w, h       int // sides of B's part in pixels
	side       int // of a block, in pixels
	state      []state
}

// newBlocks is the grid over a picture of w x h pixels, nothing compared yet.
func newBlocks(w, h, side int) blocks {
	return blocksWithin(w, h, side, 0)
}

// blocksWithin leaves a margin of so many pixels at least.
func blocksWithin(w, h, side, margin int) blocks {
	k := blocks{cols: max(w-2*margin, 0) / side, rows: max(h-2*margin, 0) / side, w: w, h: h, side: side}
	k.x0, k.y0 = (w-k.cols*side)/2, (h-k.rows*side)/2
	k.state = make([]state, k.cols*k.rows)
	return k
}

// corner is the first pixel of block i.
func (k *blocks) corner(i int) (x, y int) {
	return k.x0 + i%k.cols*k.side, k.y0 + i/k.cols*k.side
}

func (k *blocks) count(s state) int {
	n := 0
	for _, v := range k.state {
		if v == s {
			n++
		}
	}
	return n
}

// offsets are tried in this order, in pixels of B: what registration leaves
// over, and what a JPEG of another size moves.
var offsets = [5][2]float64{{0, 0}, {0.5, 0}, {-0.5, 0}, {0, 0.5}, {0, -0.5}}

// compareBlocks checks each block of b against the place in a that m gives.
func compareBlocks(a, b Luma, m Affine) blocks {
	a = matched(a, b, m)
	k := newBlocks(b.W, b.H, blockSide)
	for i := range k.state {
		x, y := k.corner(i)
		k.state[i] = compareBlock(a, b, m, x, y)
	}
	return k
}

// matched brings a to about the scale at which b shows it: sampling a finer
// picture point by point would compare noise.
func matched(a, b Luma, m Affine) Luma {
	w := math.Hypot(m[0]*float64(a.W), m[3]*float64(a.H)) / float64(b.W)
	h := math.Hypot(m[1]*float64(a.W), m[4]*float64(a.H)) / float64(b.H)
	if !(w > 1.2 || h > 1.2) {
		return a
	}
	return a.resized(max(1, int(float64(a.W)/math.Max(w, 1)+0.5)), max(1, int(float64(a.H)/math.Max(h, 1)+0.5)))
}

func compareBlock(a, b Luma, m Affine, x, y int) state {
	if !covered(m, b, x, y) {
		return outside
	}
	var pixelsB, pixelsA [blockSide * blockSide]float64
	for j := range blockSide {
		for i, q := range b.Pix[(y+j)*b.W+x:][:blockSide] {
			pixelsB[j*blockSide+i] = float64(q)
		}
	}
	textureB := level(&pixelsB)
	for _, o := range offsets {
		warped(a, b, m, x, y, o, &pixelsA)
		textureA := level(&pixelsA)
		if min(textureA, textureB) < blockTexture && max(textureA, textureB) < blockOverlay {
			return flat
		}
		if similarity(&pixelsA, &pixelsB) > blockCorrelation {
			return agrees
		}
	}
	return differs
}

// level takes the mean and the slope out of a block, so that two skies which
// darken in the same direction have nothing in common, and gives the standard
// deviation of what is left.
func level(p *[blockSide * blockSide]float64) (texture float64) {
	const n, middle = blockSide * blockSide, (blockSide - 1) / 2.0
	const moment = n * (blockSide*blockSide - 1) / 12.0 // sum of squared distances from the middle
	var sum, alongX, alongY float64
	for i, v := range p {
		sum += v
		alongX += v * (float64(i%blockSide) - middle)
		alongY += v * (float64(i/blockSide) - middle)
	}
	left := 0.0
	for i := range p {
		p[i] -= sum/n + alongX/moment*(float64(i%blockSide)-middle) + alongY/moment*(float64(i/blockSide)-middle)
		left += p[i] * p[i]
	}
	return math.Sqrt(left / n)
}

// similarity is the normalised correlation of two levelled blocks.
func similarity(a, b *[blockSide * blockSide]float64) float64 {
	var aa, bb, ab float64
	for i, p := range a {
		q := b[i]
		aa, bb, ab = aa+p*p, bb+q*q, ab+p*q
	}
	if aa < blockSide || bb < blockSide {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// covered says whether the block's corners lie inside a.
func covered(m Affine, b Luma, x, y int) bool {
	const slack = 0.005
	for _, c := range [4][2]int{{0, 0}, {blockSide, 0}, {0, blockSide}, {blockSide, blockSide}} {
		u, v := m.Apply(float64(x+c[0])/float64(b.W), float64(y+c[1])/float64(b.H))
		if !(u >= -slack && v >= -slack && u <= 1+slack && v <= 1+slack) {
			return false
		}
	}
	return true
}

// warped fills p with the place in a that shows the block of b, moved by o.
func warped(a, b Luma, m Affine, x, y int, o [2]float64, p *[blockSide * blockSide]float64) {
	aw, ah := float64(a.W), float64(a.H)
	for j := range blockSide {
		v := (float64(y+j) + 0.5 + o[1]) / float64(b.H)
		for i := range blockSide {
			u := (float64(x+i) + 0.5 + o[0]) / float64(b.W)
			px, py := m.Apply(u, v)
			p[j*blockSide+i] = sample(a, px*aw-0.5, py*ah-0.5)
		}
	}
}
