package sequence

import (
	"math"
	"slices"
)

const (
	knownGap  = 0.6  // seconds between two moments that a third is made from
	nearGap   = 0.2  // seconds from a moment within which it stands for the one asked for
	stillGap  = 3.0  // grey levels that two moments may differ by for all between them to be known
	stillMost = 30.0 // seconds between such moments
	endReach  = 0.13 // seconds beyond the first and last moment
)

// moment gives the cells at a time between two moments; false where it is not
// known. The result may be buf or a moment of the film.
func (f *film) moment(t float64, buf []float32) ([]float32, bool) {
	n := len(f.at)
	if n == 0 {
		return nil, false
	}
	k, _ := slices.BinarySearch(f.at, t)
	switch {
	case k == 0:
		return f.cells[0], f.at[0]-t <= endReach
	case k == n:
		return f.cells[n-1], t-f.at[n-1] <= endReach
	}
	before, after := f.at[k-1], f.at[k]
	gap := after - before
	if gap > knownGap && (gap > stillMost || distance(f.cells[k-1], f.cells[k]) > stillGap) {
		switch {
		case t-before <= nearGap:
			return f.cells[k-1], true
		case after-t <= nearGap:
			return f.cells[k], true
		}
		return nil, false
	}
	part := float32((t - before) / gap)
	x, y := f.cells[k-1], f.cells[k]
	if part < 0.02 {
		return x, true
	}
	if part > 0.98 {
		return y, true
	}
	for i := range buf {
		buf[i] = x[i] + part*(y[i]-x[i])
	}
	return buf, true
}

// tick is one moment seen in both films.
type tick struct {
	b      float64 // seconds of B
	va, vb []float32
}

// pairing makes ticks of two films along a line: the moments of the film that
// has fewer of them, and what the other one shows then.
type pairing struct {
	a, b  *film
	cover float64 // of the grid that they are seen through
}

// ticks pairs the moments from one time of B to another, every step-th.
func (p pairing) ticks(n line, from, to float64, step int) []tick {
	fromA, toA := n.inA(from), n.inA(to)
	ia, ja := between(p.a.at, fromA, toA)
	ib, jb := between(p.b.at, from, to)
	byA := ja-ia < jb-ib
	var all []tick
	spare := p.spare(min(ja-ia, jb-ib)/step + 1)
	add := func(k tick, known bool) {
		if known {
			all = append(all, k)
		}
	}
	if byA {
		for i := ia; i < ja; i += step {
			t := n.inB(p.a.at[i])
			v, ok := p.b.moment(t, spare())
			add(tick{b: t, va: p.a.cells[i], vb: v}, ok)
		}
		return all
	}
	for j := ib; j < jb; j += step {
		t := n.inA(p.b.at[j])
		v, ok := p.a.moment(t, spare())
		add(tick{b: p.b.at[j], va: v, vb: p.b.cells[j]}, ok)
	}
	return all
}

// spare gives room for the cells of up to n moments, one after the other.
func (p pairing) spare(n int) func() []float32 {
	if len(p.a.cells) == 0 {
		return func() []float32 { return nil }
	}
	d := len(p.a.cells[0])
	all := make([]float32, n*d)
	return func() []float32 {
		v := all[:d:d]
		all = all[d:]
		return v
	}
}

// between gives the range of sorted times in [from, to].
func between(at []float64, from, to float64) (int, int) {
	lo, _ := slices.BinarySearch(at, from-hair)
	hi, _ := slices.BinarySearch(at, to+hair)
	return lo, hi
}

const (
	windowSpan  = 3.0 // seconds of B over which motion is compared
	windowLeast = 5   // ticks
)

// windows cuts ticks into pieces of about windowSpan.
func windows(ticks []tick) [][]tick {
	if len(ticks) == 0 {
		return nil
	}
	span := ticks[len(ticks)-1].b - ticks[0].b
	n := max(1, min(int(math.Round(span/windowSpan)), len(ticks)/windowLeast))
	var out [][]tick
	from := 0
	for w := range n {
		end := ticks[0].b + span*float64(w+1)/float64(n)
		to := from
		for to < len(ticks) && (w == n-1 || ticks[to].b < end) {
			to++
		}
		if to-from < windowLeast && len(out) > 0 { // too few: they join the window before
			last := len(out) - 1
			out[last] = out[last][:len(out[last])+to-from]
		} else if to > from {
			out = append(out, ticks[from:to])
		}
		from = to
	}
	return out
}
