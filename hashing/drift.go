package hashing

import (
	"math"
	"slices"
)

// drift is how far, in pixels of the coarser picture, the agreeing blocks lie
// off the map, each taken with its neighbours: what four in five stay below. A
// copy's blocks lie off by chance only, each its own way, and that averages
// out; another viewpoint moves near and far things apart.
func (p *plates) drift() float64 {
	if step, ok := p.wanted(); ok { // what the map itself is still off by
		p.move(step)
	}
	var off []float64
	for i, s := range p.state {
		if s == agrees && p.telling(i) {
			off = append(off, p.driftAt(i))
		}
	}
	if len(off) == 0 {
		return 0
	}
	slices.Sort(off)
	return off[len(off)*4/5]
}

// move takes from each block's displacement what a step of the map would.
func (p *plates) move(step Affine) {
	for i := range p.found {
		x, y := p.corner(i)
		u, v := float64(x)+float64(p.side)/2, float64(y)+float64(p.side)/2
		tx, ty := step.Apply(u, v)
		p.found[i].dx -= tx - u
		p.found[i].dy -= ty - v
	}
}

// driftAt is the displacement that a block and the agreeing ones next to it
// ask for together.
func (p *plates) driftAt(i int) float64 {
	var xx, xy, yy, bx, by, trust float64
	c, r := i%p.cols, i/p.cols
	for y := max(r-1, 0); y <= min(r+1, p.rows-1); y++ {
		for x := max(c-1, 0); x <= min(c+1, p.cols-1); x++ {
			j := y*p.cols + x
			if p.state[j] != agrees || !p.telling(j) {
				continue
			}
			m, f := &p.self[j], &p.found[j]
			w := f.certainty() / m.rr
			trust += f.certainty()
			xx, xy, yy = xx+w*m.xx, xy+w*m.xy, yy+w*m.yy
			bx, by = bx+w*(m.xx*f.dx+m.xy*f.dy), by+w*(m.xy*f.dx+m.yy*f.dy)
		}
	}
	damp := moveDamping * trust
	xx, yy = xx+damp, yy+damp
	det := xx*yy - xy*xy
	if !(det > 0) {
		return 0
	}
	off := math.Hypot(bx*yy-by*xy, by*xx-bx*xy) / det
	if p.small {
		return p.beyondChance(off, (xx+yy)/det)
	}
	return off
}

// telling says whether the displacement of a block means something: hardly
// anything but displacement sets it apart, and it is not clipped.
func (p *plates) telling(i int) bool {
	return !p.found[i].clipped && p.found[i].explained > driftExplained
}

// sharpness is, for ref and for what was warped onto it, the energy of the
// slopes in the agreeing blocks over that of their levelled pixels.
func (l *sheet) sharpness(p *plates) (ref, top float64) {
	var slopesRef, energyRef, slopesTop, energyTop float64
	for i, s := range p.state {
		if s != agrees {
			continue
		}
		energyRef += p.self[i].rr
		energyTop += p.found[i].texture * p.found[i].texture * float64(p.side*p.side)
		x0, y0 := p.corner(i)
		for y := y0; y+1 < y0+p.side; y++ {
			for at := y*p.w + x0; at+1 < y*p.w+x0+p.side; at++ {
				v, u := float32(l.ref.Pix[at]), l.warped[at]
				dx, dy := float32(l.ref.Pix[at+1])-v, float32(l.ref.Pix[at+p.w])-v
				slopesRef += float64(dx*dx + dy*dy)
				dx, dy = l.warped[at+1]-u, l.warped[at+p.w]-u
				slopesTop += float64(dx*dx + dy*dy)
			}
		}
	}
	return slopesRef / math.Max(energyRef, 1), slopesTop / math.Max(energyTop, 1)
}

// displaced is the share of the differing blocks that hold a stray keypoint,
// given by its place in A: what differs there is the same thing moved, and
// nothing laid over it.
func (l *sheet) displaced(p *plates, m Affine, strays [][2]float64) float64 {
	toPixels, ok := l.frame.Inverse()
	differing := p.count(differs)
	if !ok || differing < displacedLeast {
		return 0
	}
	if !l.bIsTop { // ref is B
		toPixels = m.Then(toPixels)
	}
	held := make([]bool, len(p.state))
	n := 0
	for _, at := range strays {
		x, y := toPixels.Apply(at[0], at[1])
		c, r := math.Floor((x-float64(p.x0))/float64(p.side)), math.Floor((y-float64(p.y0))/float64(p.side))
		if !(c >= 0 && r >= 0 && c < float64(p.cols) && r < float64(p.rows)) {
			continue
		}
		if i := int(r)*p.cols + int(c); p.state[i] == differs && !held[i] {
			held[i] = true
			n++
		}
	}
	return float64(n) / float64(differing)
}
