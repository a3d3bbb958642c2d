package hashing

import "math"

// supported takes off, at sides where one picture ends within the other, the
// lines of blocks that differ: there the picture was cut before it was put
// where it is. It gives what is left, in fractions of the picture that ref was
// cut from. Only pictures that are laid on straight have such sides.
func (l *sheet) supported(p *plates) Box {
	kept := whole
	across, along := math.Abs(l.onto[1])+math.Abs(l.onto[3]), math.Abs(l.onto[0])+math.Abs(l.onto[4])
	if min(across, along) > supportTurn*max(across, along) {
		return kept
	}
	inner := l.innerSides()
	for side := range inner {
		inner[side] = inner[side] && !l.edgeAgrees(side)
	}
	cols, rows, side := p.cols, p.rows, p.side
	if n := p.unsupported(cols, rows, inner[0], func(i, j int) int { return j*cols + i }); n > 0 {
		kept.X0, _ = l.frame.Apply(float64(p.x0+n*side), 0)
	}
	if n := p.unsupported(rows, cols, inner[1], func(i, j int) int { return i*cols + j }); n > 0 {
		_, kept.Y0 = l.frame.Apply(0, float64(p.y0+n*side))
	}
	if n := p.unsupported(cols, rows, inner[2], func(i, j int) int { return j*cols + cols - 1 - i }); n > 0 {
		kept.X1, _ = l.frame.Apply(float64(p.x0+(cols-n)*side), 0)
	}
	if n := p.unsupported(rows, cols, inner[3], func(i, j int) int { return (rows-1-i)*cols + j }); n > 0 {
		_, kept.Y1 = l.frame.Apply(0, float64(p.y0+(rows-n)*side))
	}
	return kept
}

// innerSides says of the left, top, right and lower side of ref whether one of
// the pictures goes on beyond it.
func (l *sheet) innerSides() (inner [4]bool) {
	w, h := float64(l.ref.W), float64(l.ref.H)
	tw, th := float64(l.top.W), float64(l.top.H)
	for i, at := range [4][2]float64{{0, h / 2}, {w / 2, 0}, {w, h / 2}, {w / 2, h}} {
		u, v := l.frame.Apply(at[0], at[1])
		x, y := l.onto.Apply(at[0], at[1])
		own := [4]float64{u, v, 1 - u, 1 - v}[i]
		others := min(x/tw, y/th, 1-x/tw, 1-y/th)
		inner[i] = own > supportInner || others > supportInner
	}
	return inner
}

// edgeAgrees says whether the outermost strip of ref along a side (as in
// innerSides) looks like what lies on it: then the lines that differ further in
// are something laid over, a lower third, and no cut.
func (l *sheet) edgeAgrees(side int) bool {
	w, h := l.ref.W, l.ref.H
	length := w
	if side%2 == 0 {
		length = h
	}
	agreeing, textured := 0, 0
	for from := stripEdge; from+stripLong <= length-stripEdge; from += stripLong {
		r := rect{from, stripEdge, from + stripLong, stripEdge + stripWide}
		switch side {
		case 0:
			r = rect{stripEdge, from, stripEdge + stripWide, from + stripLong}
		case 2:
			r = rect{w - stripEdge - stripWide, from, w - stripEdge, from + stripLong}
		case 3:
			r.y0, r.y1 = h-stripEdge-stripWide, h-stripEdge
		}
		if alike, ok := l.alikeIn(r); ok {
			textured++
			if alike > blockCorrelation {
				agreeing++
			}
		}
	}
	return agreeing >= 2 && float64(agreeing) >= stripShare*float64(textured)
}

// alikeIn is the correlation of the two pictures in a part of ref; ok is false
// where there is nothing to compare.
func (l *sheet) alikeIn(r rect) (alike float64, ok bool) {
	var n, a, b, aa, bb, ab float64
	for y := max(r.y0, 0); y < min(r.y1, l.ref.H); y++ {
		for x := max(r.x0, 0); x < min(r.x1, l.ref.W); x++ {
			v, u := float64(l.ref.Pix[y*l.ref.W+x]), float64(l.warped[y*l.ref.W+x])
			if u < 0 {
				continue
			}
			n, a, b, aa, bb, ab = n+1, a+v, b+u, aa+v*v, bb+u*u, ab+u*v
		}
	}
	if n < stripLong || max(aa-a*a/n, bb-b*b/n) < n*blockTexture*blockTexture {
		return 0, false
	}
	return correlation(n, a, b, aa, bb, ab), true
}

// unsupported counts the lines from one side, of n lines of len blocks, until
// one in which blocks agree, and takes their blocks out of the comparison. at
// gives block j of line i.
func (k *blocks) unsupported(n, len int, inner bool, at func(i, j int) int) (cut int) {
	if !inner {
		return 0
	}
	for i := range n {
		agreeing, differing := 0, 0
		for j := range len {
			switch k.state[at(i, j)] {
			case agrees:
				agreeing++
			case differs:
				differing++
			}
		}
		if float64(agreeing) > supportShare*float64(agreeing+differing) {
			break
		}
		if differing > 0 {
			cut = i + 1
		}
	}
	for i := range cut {
		for j := range len {
			k.state[at(i, j)] = outside
		}
	}
	return cut
}

// locate fills in where in the two whole pictures the agreement lies: the part
// of ref in kept that the other picture covers. It fails when nothing is left.
func (l *sheet) locate(g *Agreement, a, b Luma, m Affine, p *plates, kept Box) bool {
	inv, ok := m.Inverse()
	if !ok {
		return false
	}
	toRef, toTop := m, inv
	if l.bIsTop {
		toRef, toTop = inv, m
	}
	inRef := clipTo(clip(toRef.square()), kept)
	if len(inRef) < 3 {
		return false
	}
	inTop := make([][2]float64, len(inRef))
	for i, q := range inRef {
		x, y := toTop.Apply(q[0], q[1])
		inTop[i] = [2]float64{unit(x), unit(y)}
	}
	g.Map = m
	g.Mirrored, g.Rotation = m.Turn(a.W, a.H, b.W, b.H)
	g.Scale = m.Scale(a.W, a.H, b.W, b.H)
	g.CoverA, g.CoverB = math.Abs(area(inTop)), math.Abs(area(inRef))
	g.RegionA, g.RegionB = whole.outward(inTop), whole.outward(inRef)
	for _, c := range p.changed() {
		c = l.frame.box(Box{c.X0 * float64(p.w), c.Y0 * float64(p.h), c.X1 * float64(p.w), c.Y1 * float64(p.h)})
		g.ChangedA, g.ChangedB = append(g.ChangedA, toTop.box(c)), append(g.ChangedB, c)
	}
	if l.bIsTop {
		g.CoverA, g.CoverB = g.CoverB, g.CoverA
		g.RegionA, g.RegionB = g.RegionB, g.RegionA
		g.ChangedA, g.ChangedB = g.ChangedB, g.ChangedA
	}
	return true
}

// box is the bounds of a box under m, cut off at the picture's edge.
func (m Affine) box(b Box) Box {
	out := boundsOf(b.affine().Then(m).square())
	return Box{unit(out.X0), unit(out.Y0), unit(out.X1), unit(out.Y1)}
}

// clipTo cuts a convex polygon off at a box.
func clipTo(poly [][2]float64, b Box) [][2]float64 {
	w, h := b.X1-b.X0, b.Y1-b.Y0
	if !(w > 0 && h > 0) {
		return nil
	}
	in := make([][2]float64, len(poly))
	for i, p := range poly {
		in[i] = [2]float64{(p[0] - b.X0) / w, (p[1] - b.Y0) / h}
	}
	out := clip(in)
	for i, p := range out {
		out[i] = [2]float64{b.X0 + p[0]*w, b.Y0 + p[1]*h}
	}
	return out
}

// Cover is the share of a box that a convex polygon fills, both in fractions of
// one picture: what an agreement shows of a picture without its bars, say.
func Cover(region [][2]float64, b Box) float64 {
	in := clipTo(region, b)
	if len(in) < 3 {
		return 0
	}
	return math.Min(1, math.Abs(area(in))/((b.X1-b.X0)*(b.Y1-b.Y0)))
}

// Repeats says whether two agreements are one found twice: each region of the
// one covers most of the other's.
func (g Agreement) Repeats(o Agreement) bool {
	return g.Mirrored == o.Mirrored && overlapOf(g.RegionA, o.RegionA) > 0.5 && overlapOf(g.RegionB, o.RegionB) > 0.5
}

// overlapOf is how much of the union of two polygons' boxes both fill.
func overlapOf(p, q [][2]float64) float64 {
	a, b := boundsOf(p), boundsOf(q)
	w, h := math.Min(a.X1, b.X1)-math.Max(a.X0, b.X0), math.Min(a.Y1, b.Y1)-math.Max(a.Y0, b.Y0)
	if !(w > 0 && h > 0) {
		return 0
	}
	return w * h / ((a.X1-a.X0)*(a.Y1-a.Y0) + (b.X1-b.X0)*(b.Y1-b.Y0) - w*h)
}
