package hashing

import "math"

// slopes holds the central differences of a picture, per pixel.
type slopes struct{ x, y []float32 }

func gradient(l Luma) slopes {
	g := slopes{make([]float32, len(l.Pix)), make([]float32, len(l.Pix))}
	for y := range l.H {
		for x := range l.W {
			i := y*l.W + x
			left, right := i-min(x, 1), i+min(l.W-1-x, 1)
			top, low := i-min(y, 1)*l.W, i+min(l.H-1-y, 1)*l.W
			g.x[i] = (float32(l.Pix[right]) - float32(l.Pix[left])) / 2
			g.y[i] = (float32(l.Pix[low]) - float32(l.Pix[top])) / 2
		}
	}
	return g
}

// normal collects the normal equations of a weighted least-squares step.
type normal struct {
	lhs  [unknowns][unknowns]float64
	rhs  [unknowns]float64
	hist [256]int // absolute differences, in grey levels
	n    int
}

// accumulate adds every pixel of b that m puts inside a.
func (n *normal) accumulate(a, b Luma, g slopes, m Affine, gain, offset, width float64) {
	aw, ah := float64(a.W), float64(a.H)
	var j [unknowns]float64
	for y := range b.H {
		v := (float64(y) + 0.5) / float64(b.H)
		for x := range b.W {
			u := (float64(x) + 0.5) / float64(b.W)
			px, py := m.Apply(u, v)
			px, py = px*aw-0.5, py*ah-0.5
			if !(px >= 0 && py >= 0 && px <= aw-1 && py <= ah-1) {
				continue
			}
			value := sample(a, px, py)
			near := int(py+0.5)*a.W + int(px+0.5)
			gx, gy := gain*float64(g.x[near])*aw, gain*float64(g.y[near])*ah
			diff := float64(b.Pix[y*b.W+x]) - gain*value - offset
			n.hist[min(int(math.Abs(diff)), 255)]++
			n.n++
			weight := 1 / (1 + diff*diff/(width*width))
			j = [unknowns]float64{gx * u, gx * v, gx, gy * u, gy * v, gy, value, 1}
			n.add(&j, diff, weight)
		}
	}
}

func (n *normal) add(j *[unknowns]float64, diff, weight float64) {
	for r := range unknowns {
		w := weight * j[r]
		n.rhs[r] += w * diff
		for c := r; c < unknowns; c++ {
			n.lhs[r][c] += w * j[c]
		}
	}
}

// spread is the median absolute difference, in grey levels.
func (n *normal) spread() float64 {
	seen := 0
	for v, c := range n.hist {
		if seen += c; 2*seen >= n.n {
			return float64(v) + 0.5
		}
	}
	return 255
}

// solve gives the step by Cholesky decomposition, with a little damping; ok is
// false when the equations are singular.
func (n *normal) solve() (step [unknowns]float64, ok bool) {
	var l [unknowns][unknowns]float64
	for r := range unknowns {
		for c := range r + 1 {
			sum := n.lhs[c][r]
			if r == c {
				sum = sum*(1+1e-3) + 1e-9
			}
			for k := range c {
				sum -= l[r][k] * l[c][k]
			}
			if r == c {
				if !(sum > 1e-9) {
					return step, false
				}
				l[r][r] = math.Sqrt(sum)
				continue
			}
			l[r][c] = sum / l[c][c]
		}
	}
	for r := range unknowns {
		sum := n.rhs[r]
		for k := range r {
			sum -= l[r][k] * step[k]
		}
		step[r] = sum / l[r][r]
	}
	for r := unknowns - 1; r >= 0; r-- {
		sum := step[r]
		for k := r + 1; k < unknowns; k++ {
			sum -= l[k][r] * step[k]
		}
		step[r] = sum / l[r][r]
	}
	return step, true
}
