package hashing

import "math"

// sheet is one picture laid onto another: the part of the coarser one (ref)
// that the finer one (top) covers under a map, both at about the same scale.
type sheet struct {
	ref, top Luma
	warped   []float32 // top's pixels at those of ref, as last measured
	onto     Affine    // from pixels of ref to pixels of top

	frame  Affine // from pixels of ref to fractions of the picture that it was cut from
	fine   Affine // from fractions of the other picture to pixels of top
	bIsTop bool   // whether top is B of the map that it was laid by
	small  bool   // whether the picture that ref was cut from is
}

// lay cuts out and scales what two pictures share under m, which maps
// fractions of a to fractions of b. The coarser one is reduced so that the
// shared part has at most side pixels along its longest side, and the finer
// one to the same scale: sampling a finer picture point by point would compare
// noise. ok is false when they share too little to compare.
func lay(a, b Luma, m Affine, side int, slack, finest float64) (l sheet, ok bool) {
	inv, ok := m.Inverse()
	if !ok {
		return l, false
	}
	ref, top, over := b, a, inv // over: from fractions of ref to those of top
	if m.Scale(a.W, a.H, b.W, b.H) > 1 {
		ref, top, over, l.bIsTop = a, b, m, true
	}
	back := m
	if l.bIsTop {
		back = inv
	}
	shared := clip(back.square())
	if len(shared) < 3 {
		return l, false
	}
	r := boundsOf(shared).wider(slack).pixels(ref.W, ref.H)
	w, h := r.x1-r.x0, r.y1-r.y0
	if min(w, h) < layLeast {
		return l, false
	}
	l.ref, l.small = ref.part(r).Reduced(side), ref.Small()
	kx, ky := float64(w)/float64(l.ref.W*ref.W), float64(h)/float64(l.ref.H*ref.H)
	l.frame = Affine{kx, 0, float64(r.x0) / float64(ref.W), 0, ky, float64(r.y0) / float64(ref.H)}
	l.onto = l.frame.Then(over)
	l.top = top.scaledFor(l.onto, finest)
	l.fine = Affine{0: float64(l.top.W), 4: float64(l.top.H)}
	l.onto = l.onto.Then(l.fine)
	return l, true
}

// smoothed averages each pixel with its neighbours, 1 2 1 both ways: what
// reducing has left of detail finer than a pixel's neighbours moves about as
// the grids of two pictures fall, and would be taken for displacement.
func (l Luma) smoothed() Luma {
	across := make([]uint16, len(l.Pix))
	for y := range l.H {
		row, out := l.Pix[y*l.W:][:l.W], across[y*l.W:][:l.W]
		for x, v := range row {
			out[x] = uint16(row[max(x-1, 0)]) + 2*uint16(v) + uint16(row[min(x+1, l.W-1)])
		}
	}
	out := Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for y := range l.H {
		above, at, below := across[max(y-1, 0)*l.W:][:l.W], across[y*l.W:][:l.W], across[min(y+1, l.H-1)*l.W:][:l.W]
		row := out.Pix[y*l.W:][:l.W]
		for x := range row {
			row[x] = byte((above[x] + 2*at[x] + below[x] + 8) / 16)
		}
	}
	return out
}

// smooth smooths both pictures.
func (l *sheet) smooth() { l.ref, l.top = l.ref.smoothed(), l.top.smoothed() }

// even smooths the sharper of the two pictures, when one is: the detail that
// only one of them shows would be taken for displacement.
func (l *sheet) even(ref, top float64) bool {
	switch {
	case ref > evenRatio*top:
		l.ref = l.ref.smoothed()
	case top > evenRatio*ref:
		l.top = l.top.smoothed()
	default:
		return false
	}
	return true
}

// scaledFor reduces a picture for sampling by a map from another's pixels to
// its fractions, when more than finest of its pixels fall on one.
func (l Luma) scaledFor(m Affine, finest float64) Luma {
	w := math.Hypot(m[0], m[1]) * float64(l.W)
	h := math.Hypot(m[3], m[4]) * float64(l.H)
	if !(w > finest || h > finest) {
		return l
	}
	return l.resized(max(1, int(float64(l.W)/math.Max(w, 1)+0.5)), max(1, int(float64(l.H)/math.Max(h, 1)+0.5)))
}

// square is the outline of the unit square under m.
func (m Affine) square() [][2]float64 {
	out := make([][2]float64, 0, 4)
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := m.Apply(c[0], c[1])
		out = append(out, [2]float64{x, y})
	}
	return out
}

// boundsOf is the box around a polygon.
func boundsOf(poly [][2]float64) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range poly {
		b.X0, b.X1 = math.Min(b.X0, p[0]), math.Max(b.X1, p[0])
		b.Y0, b.Y1 = math.Min(b.Y0, p[1]), math.Max(b.Y1, p[1])
	}
	return b
}

// wider is the box with a share of its sides added all round.
func (b Box) wider(share float64) Box {
	w, h := share*(b.X1-b.X0), share*(b.Y1-b.Y0)
	return Box{b.X0 - w, b.Y0 - h, b.X1 + w, b.Y1 + h}
}

// pixels are the pixels of a w x h picture that a box touches.
func (b Box) pixels(w, h int) rect {
	x0, x1 := int(unit(b.X0)*float64(w)), int(math.Ceil(unit(b.X1)*float64(w)))
	y0, y1 := int(unit(b.Y0)*float64(h)), int(math.Ceil(unit(b.Y1)*float64(h)))
	return rect{x0, y0, x1, y1}
}

// part is the picture inside r.
func (l Luma) part(r rect) Luma {
	if r == (rect{0, 0, l.W, l.H}) {
		return l
	}
	out := Luma{W: r.x1 - r.x0, H: r.y1 - r.y0, Pix: make([]byte, 0, (r.x1-r.x0)*(r.y1-r.y0))}
	for y := r.y0; y < r.y1; y++ {
		out.Pix = append(out.Pix, l.Pix[y*l.W+r.x0:y*l.W+r.x1]...)
	}
	return out
}

// over is the map from fractions of a to fractions of b that the laying has
// arrived at; ok is false when it has folded up.
func (l *sheet) over() (m Affine, ok bool) {
	fromFrame, ok1 := l.frame.Inverse()
	toFractions, ok2 := l.fine.Inverse()
	m = fromFrame.Then(l.onto).Then(toFractions) // ref to top
	if !ok1 || !ok2 {
		return m, false
	}
	if l.bIsTop {
		return m, true
	}
	return m.Inverse()
}

// warp samples top at every pixel of ref, row by row. Uncovered pixels, and
// those so near the edge that its surroundings play into them, are negative.
func (l *sheet) warp(out []float32) {
	w, h := float64(l.top.W)-1-layEdge, float64(l.top.H)-1-layEdge
	for y := range l.ref.H {
		row := out[y*l.ref.W:][:l.ref.W]
		px, py := l.onto.Apply(0.5, float64(y)+0.5)
		px, py = px-0.5, py-0.5
		for x := range row {
			if px >= layEdge && py >= layEdge && px < w && py < h {
				row[x] = l.top.between(px, py)
			} else {
				row[x] = -1
			}
			px, py = px+l.onto[0], py+l.onto[3]
		}
	}
}

// between interpolates at a place that has four neighbours.
func (l Luma) between(x, y float64) float32 {
	x0, y0 := int(x), int(y)
	fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
	top := l.Pix[y0*l.W+x0:][:2]
	low := l.Pix[(y0+1)*l.W+x0:][:2]
	t := float32(top[0]) + fx*(float32(top[1])-float32(top[0]))
	b := float32(low[0]) + fx*(float32(low[1])-float32(low[0]))
	return t + fy*(b-t)
}
