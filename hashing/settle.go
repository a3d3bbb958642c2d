package hashing

import "math"

// settle improves the map of a laying by what its blocks say they lie off:
// each asks for a displacement, with the certainty that its texture gives it,
// and the affine map that serves most of them is taken. Blocks that disagree
// (overlays) have no vote. It returns the blocks as last measured.
func (l *sheet) settle(side, tries int) *plates {
	p := newPlates(l.ref, side)
	p.small = l.small
	l.warped = make([]float32, l.ref.W*l.ref.H)
	for try := 0; ; try++ {
		l.warp(l.warped)
		p.measure(l.warped)
		if try == tries {
			return p
		}
		step, ok := p.wanted()
		if !ok {
			return p
		}
		l.onto = step.Then(l.onto)
		if p.reach(step) < settled {
			return p
		}
	}
}

// reach is how far a step moves a corner of the picture, at most.
func (k *blocks) reach(step Affine) (far float64) {
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		u, v := c[0]*float64(k.w), c[1]*float64(k.h)
		x, y := step.Apply(u, v)
		far = math.Max(far, math.Hypot(x-u, y-v))
	}
	return far
}

// wanted is the affine map, between pixels of ref, that best takes the blocks'
// displacements out, the further off ones weighing less (Cauchy).
func (p *plates) wanted() (Affine, bool) {
	var step [6]float64
	for range 3 {
		var e equations
		for i := range p.found {
			if p.state[i] == agrees || p.state[i] == differs && p.found[i].alike > moveAlike {
				e.add(p, i, &step)
			}
		}
		if e.n < 3 {
			return identity, false
		}
		var ok bool
		if step, ok = e.solve(); !ok {
			return identity, false
		}
	}
	// From the middle of the picture and units of half its longest side.
	cx, cy, half := float64(p.w)/2, float64(p.h)/2, float64(max(p.w, p.h))/2
	m := Affine{1 + step[0]/half, step[1] / half, 0, step[3] / half, 1 + step[4]/half, 0}
	m[2] = step[2] + cx - m[0]*cx - m[1]*cy
	m[5] = step[5] + cy - m[3]*cx - m[4]*cy
	return m, true
}

// equations are the normal equations of the affine displacement field.
type equations struct {
	lhs [6][6]float64
	rhs [6]float64
	n   int
}

func (e *equations) add(p *plates, i int, now *[6]float64) {
	f, m := &p.found[i], &p.self[i]
	x, y := p.corner(i)
	half := float64(max(p.w, p.h)) / 2
	u := (float64(x) + float64(p.side)/2 - float64(p.w)/2) / half
	v := (float64(y) + float64(p.side)/2 - float64(p.h)/2) / half
	ox, oy := now[0]*u+now[1]*v+now[2]-f.dx, now[3]*u+now[4]*v+now[5]-f.dy
	weight := f.certainty() / (1 + (ox*ox+oy*oy)/(settleWidth*settleWidth)) / m.rr
	xx, xy, yy := weight*m.xx, weight*m.xy, weight*m.yy
	at := [3]float64{u, v, 1}
	for r := range 3 {
		for c := range 3 {
			q := at[r] * at[c]
			e.lhs[r][c] += xx * q
			e.lhs[r][c+3] += xy * q
			e.lhs[r+3][c] += xy * q
			e.lhs[r+3][c+3] += yy * q
		}
		e.rhs[r] += at[r] * (xx*f.dx + xy*f.dy)
		e.rhs[r+3] += at[r] * (xy*f.dx + yy*f.dy)
	}
	e.n++
}

// certainty is the inverse of the noise in what a block says it lies off: what
// of ref's energy the top does not explain, over what it does. It is bounded,
// since no block is free of error.
func (f *found) certainty() float64 {
	return f.explained / (1.02 - f.explained)
}

// solve by Gauss's elimination, with a little damping: what the blocks leave
// open stays as it is.
func (e *equations) solve() (x [6]float64, ok bool) {
	a, b := e.lhs, e.rhs
	trace := 0.0
	for i := range 6 {
		trace += a[i][i]
	}
	for i := range 6 {
		a[i][i] += trace * 1e-3
	}
	for i := range 6 {
		if !(a[i][i] > 1e-12) {
			return x, false
		}
		for r := i + 1; r < 6; r++ {
			t := a[r][i] / a[i][i]
			for c := i; c < 6; c++ {
				a[r][c] -= t * a[i][c]
			}
			b[r] -= t * b[i]
		}
	}
	for i := 5; i >= 0; i-- {
		sum := b[i]
		for c := i + 1; c < 6; c++ {
			sum -= a[i][c] * x[c]
		}
		x[i] = sum / a[i][i]
	}
	return x, !math.IsNaN(x[0] + x[1] + x[2] + x[3] + x[4] + x[5])
}
