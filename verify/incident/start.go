package incident

import "math"

// start is what a group says of when its event began: a density over half
// hours. Each file of an event is later than its start by some lag, so the
// more files a group has the better it knows the start, and two events of one
// day come apart although single files of theirs lie close.
type start struct {
	from   int       // half hours since 1970, UTC
	logs   []float64 // log likelihood of the members
	share  []float64 // the density made of it, sums to 1
	middle float64   // its mean, in hours since 1970
}

const (
	startStep = 0.5   // hours
	startBack = 120.0 // hours before a file's time that its event may have begun
	startFore = 6.0   // hours after it: clocks differ
	leastLog  = 1e-9  // density that nothing falls below: a wrong time is always possible
)

// newStart is what one moment says; nil when it says nothing.
func (p *Params) newStart(m moment) *start {
	if !m.known() {
		return nil
	}
	lag := p.PostLag
	if m.taken {
		lag = p.CaptureLag
	}
	var buf [13]float64
	times := m.samples(buf[:0])
	first, last := times[0], times[len(times)-1]
	from := int(math.Floor((first - startBack) / startStep))
	to := int(math.Ceil((last + startFore) / startStep))
	s := &start{from: from, logs: make([]float64, to-from+1)}
	for i := range s.logs {
		began := float64(from+i) * startStep
		like := 0.0
		for _, t := range times {
			like += lag.at(t - began)
		}
		like = (1-m.doubt)*like/float64(len(times)) + m.doubt/(4*doubtHours)
		if m.loose && began <= first {
			like = (1-looseShare)*like + looseShare*math.Exp((began-first)/looseHours)/looseHours
		}
		s.logs[i] = math.Log(like + leastLog)
	}
	s.settle()
	return s
}

// settle makes the density.
func (s *start) settle() {
	top := math.Inf(-1)
	for _, l := range s.logs {
		top = math.Max(top, l)
	}
	s.share = make([]float64, len(s.logs))
	sum := 0.0
	for i, l := range s.logs {
		s.share[i] = math.Exp(l - top)
		sum += s.share[i]
	}
	s.middle = 0
	for i := range s.share {
		s.share[i] /= sum
		s.middle += s.share[i] * float64(s.from+i) * startStep
	}
}

// with is the start of two groups joined. Where they have no time in common,
// and a link joins them all the same, the first speaks for both.
func (s *start) with(u *start) *start {
	switch {
	case s == nil:
		return u
	case u == nil:
		return s
	}
	lo, hi := max(s.from, u.from), min(s.from+len(s.logs), u.from+len(u.logs))
	if lo >= hi {
		return s
	}
	out := &start{from: lo, logs: make([]float64, hi-lo)}
	for i := range out.logs {
		out.logs[i] = s.logs[lo+i-s.from] + u.logs[lo+i-u.from]
	}
	out.settle()
	return out
}

// bits weighs how well two starts agree against how often unrelated files lie
// that near: background is files per hour, as a share of the case.
func (s *start) bits(u *start, background float64) float64 {
	lo, hi := max(s.from, u.from), min(s.from+len(s.share), u.from+len(u.share))
	agree := 0.0
	for i := lo; i < hi; i++ {
		agree += s.share[i-s.from] * u.share[i-u.from]
	}
	return math.Log2(agree/startStep/background + leastLog)
}
