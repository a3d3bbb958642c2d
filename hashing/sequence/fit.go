package sequence

import "math"

const (
	fitTicks      = 64  // most ticks that a line is fitted by
	fitInset      = 0.3 // seconds at either end that a line is not fitted by: a cut there outweighs all that moves
	fitInsets     = 0.1 // or so much of a short stretch, where there are so many ticks
	fitInsetTicks = 12
	fitLeast      = 4    // ticks
	fitReach      = 0.75 // seconds that a candidate may lie off its line
	fitStep       = 0.125
	fitFinest     = 0.02 // seconds
	evenMargin    = 0.01 // of agreement that a speed other than 1 must gain
	hopeless      = 0.25 // agreement of a candidate below which it is not fitted
	leastShare    = 0.5  // of the ticks of a stretch that must stay when the line moves
	speedSlack    = 0.01 // beyond the slowest and the fastest
)

// fitted moves the line of a candidate so that what moves agrees best, and gives
// the agreement. Speed 1 stays unless another one is clearly better.
func (p pairing) fitted(c candidate) (line, float64) {
	count := p.count(c)
	inset := 0.0
	if count >= fitInsetTicks {
		inset = math.Min(fitInset, (c.to-c.from)*fitInsets)
	}
	from, to := c.from+inset, c.to-inset
	step := 1 + count/fitTicks
	first := p.ticks(c.line, from, to, step)
	begin := moving(first)
	if begin.agreement < hopeless {
		return c.line, begin.agreement
	}
	least := math.Max(fitLeast, leastShare*float64(len(first)))
	value := func(n line) float64 {
		if n.speed < slowest-speedSlack || n.speed > fastest+speedSlack {
			return -1
		}
		ticks := p.ticks(n, from, to, step)
		if float64(len(ticks)) < least {
			return -1
		}
		return moving(ticks).agreement
	}
	even := nudged(shifted(line{c.inA(begin.centre) - begin.centre, 1}, value), value)
	best := tilted(shifted(c.line, value), from, to, value)
	e, b := value(even), value(best)
	if e >= b-evenMargin || math.Abs(best.speed-1)*(to-from) < fitStep/2 && e >= b-2*evenMargin {
		return even, e
	}
	return best, b
}

// count is how many moments the film with fewer has in the range.
func (p pairing) count(c candidate) int {
	ia, ja := between(p.a.at, c.inA(c.from), c.inA(c.to))
	ib, jb := between(p.b.at, c.from, c.to)
	return min(ja-ia, jb-ib)
}

// shifted tries offsets around a line.
func shifted(n line, value func(line) float64) line {
	best, most := n, value(n)
	for d := fitStep; d <= fitReach; d += fitStep {
		for _, o := range [2]float64{-d, d} {
			m := line{n.offset + o, n.speed}
			if v := value(m); v > most {
				best, most = m, v
			}
		}
	}
	return best
}

// nudged halves the step of the offset until it is fine enough.
func nudged(n line, value func(line) float64) line {
	most := value(n)
	for d := fitStep / 2; d >= fitFinest; d /= 2 {
		for _, o := range [2]float64{-d, d} {
			m := line{n.offset + o, n.speed}
			if v := value(m); v > most {
				n, most = m, v
			}
		}
	}
	return n
}

// tilted moves the two ends of a line by themselves.
func tilted(n line, from, to float64, value func(line) float64) line {
	most := value(n)
	for d := 2 * fitStep; d >= fitFinest; {
		better := false
		for _, o := range [...][2]float64{{-d, 0}, {d, 0}, {0, -d}, {0, d}, {-d, d}, {d, -d}} {
			m := through(n.inA(from)+o[0], n.inA(to)+o[1], from, to)
			if v := value(m); v > most {
				n, most, better = m, v, true
			}
		}
		if !better {
			d /= 2
		}
	}
	return n
}

// through is the line through two moments of B and what A shows then.
func through(a0, a1, b0, b1 float64) line {
	s := (a1 - a0) / (b1 - b0)
	return line{a0 - s*b0, s}
}
