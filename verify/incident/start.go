package incident

import "math"

// start is what a group says of when its event began: a density over half
// hours. Each file of an event is later than its start by some lag, so the
// more files a group has the better it knows the start, and two events of one
// day come apart although single files of theirs lie close.
type start struct {
	from   int       // half hours since 1970, UTC
	share  []float64 // the density, sums to 1
	middle float64   // its mean, in hours since 1970
}

const (
	startStep  = 0.5   // hours
	startBack  = 120.0 // hours before a file's time that its event may have begun
	startFore  = 6.0   // hours after it: clocks differ
	leastShare = 1e-100
	leastLike  = 1e-9 // density that nothing falls below: a wrong time is always possible
)

// lagTable is a density of lags by the minute.
type lagTable []float64

// maxSpread is how far, in hours, a span's last sample lies from its first at
// most for the table to hold all lags; beyond it the density is worked out.
const maxSpread = 48

func newLagTable(l Lag) lagTable {
	t := make(lagTable, 60*(startFore+startBack+maxSpread+2))
	for i := range t {
		t[i] = l.at(float64(i)/60 - startFore - 1)
	}
	return t
}

// at is the density of a lag of h hours, to the minute.
func (t lagTable) at(h float64, l Lag) float64 {
	if i := int((h+startFore+1)*60 + 0.5); i >= 0 && i < len(t) {
		return t[i]
	}
	return l.at(h)
}

// newStart is what one moment says; nil when it says nothing.
func (c *grouping) newStart(m moment) *start {
	if !m.known() {
		return nil
	}
	lag, table := c.params.PostLag, c.postLags
	if m.taken {
		lag, table = c.params.CaptureLag, c.captureLags
	}
	var buf [13]float64
	times := m.samples(buf[:0])
	first, last := times[0], times[len(times)-1]
	from := int(math.Floor((first - startBack) / startStep))
	to := int(math.Ceil((last + startFore) / startStep))
	s := &start{from: from, share: make([]float64, to-from+1)}
	for i := range s.share {
		began := float64(from+i) * startStep
		like := 0.0
		for _, t := range times {
			like += table.at(t-began, lag)
		}
		like = (1-m.doubt)*like/float64(len(times)) + m.doubt/(4*doubtHours)
		if m.loose && began <= first {
			like = (1-looseShare)*like + looseShare*math.Exp((began-first)/looseHours)/looseHours
		}
		s.share[i] = like + leastLike
	}
	s.settle()
	return s
}

// settle makes a density of likelihoods.
func (s *start) settle() {
	sum := 0.0
	for _, l := range s.share {
		sum += l
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
	lo, hi := max(s.from, u.from), min(s.from+len(s.share), u.from+len(u.share))
	if lo >= hi {
		return s
	}
	out := &start{from: lo, share: make([]float64, hi-lo)}
	for i := range out.share {
		// What is unlikely by many files is still possible.
		out.share[i] = s.share[lo+i-s.from]*u.share[lo+i-u.from] + leastShare
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
	return math.Log2(agree/startStep/background + leastLike)
}
