package sequence

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// Parameters of the alignment.
const (
	leastMatches = 3    // pairs of frames, in order, each frame once
	leastSpan    = 1.5  // seconds on either side
	offsetBin    = 0.5  // seconds
	leastSpeed   = 0.8  // seconds of A for a second of B
	mostSpeed    = 1.25 //
	speedSteps   = 10   // between the two, in equal ratios; the middle one is 1
	tolerance    = 0.75 // seconds that a pair may lie off the line: a bin, and what a step of speed leaves open
	longestGap   = 8.0  // seconds without a match that a segment may bridge
	mostFrames   = 2048 // of each video; later ones are not looked at
	mostPairs    = 1 << 16
	mostSeconds  = 100_000 // frames later than a day are not looked at
	mostSegments = 16
	mostConfirms = 512 // questions asked for two videos
	mostSampled  = 64  // pairs of one chain that are asked about
)

// Align finds the stretches that two videos share. Frames without enough
// gradient take no part; the others are taken in order of time.
//
//  1. Each frame of A is compared with each of B (hashing.Nearest); pairs
//     within Options.Distance are kept with their symmetry.
//  2. Each pair votes for a symmetry, a speed (0.8 to 1.25) and an offset (bins
//     of half a second).
//  3. Along the fullest bin the longest chain of pairs is taken in which both
//     times grow, so that each frame is used once. Pairs of the chain that
//     Options.Confirm refuses are dropped and the chain is made again.
//  4. A chain of three or more is a segment. Its pairs are taken out and the
//     next is looked for: compilations hold several.
//
// Where a video does not change, its frames match in any order: the segment
// then covers the whole range that matches, at speed 1, and says that it is
// ambiguous.
//
// The result is symmetric: Align(b, a) gives the same segments with the sides
// exchanged.
func Align(a, b []Frame, o Options) []Segment {
	if after(a, b) {
		found := align(b, a, o.exchanged())
		for i := range found {
			found[i] = found[i].exchanged()
		}
		return found
	}
	return align(a, b, o)
}

func align(a, b []Frame, o Options) []Segment {
	m := &matcher{a: usable(a), b: usable(b), confirm: o.Confirm, asks: mostConfirms}
	m.reach = min(o.Distance, 64)
	m.pairs = m.candidates(m.reach)
	var found []Segment
	for len(found) < mostSegments {
		chain := m.confirmedChain()
		if chain == nil {
			break
		}
		s := m.segment(chain)
		m.remove(s)
		found = append(found, s)
	}
	slices.SortStableFunc(found, func(x, y Segment) int { return cmp.Compare(y.Matches, x.Matches) })
	return found
}

// after puts two videos in an order that does not depend on which is given
// first.
func after(a, b []Frame) bool {
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	for i := range a {
		x, y := &a[i], &b[i]
		c := cmp.Or(cmp.Compare(x.At, y.At), slices.Compare(x.Print.Full.Hash[:], y.Print.Full.Hash[:]))
		if c != 0 {
			return c > 0
		}
	}
	return false
}

func (p Pair) exchanged() Pair {
	return Pair{A: p.B, B: p.A, Symmetry: p.Symmetry.Inverse(), ViewA: p.ViewB, ViewB: p.ViewA, Distance: p.Distance}
}

func (o Options) exchanged() Options {
	if ask := o.Confirm; ask != nil {
		o.Confirm = func(p Pair) bool { return ask(p.exchanged()) }
	}
	return o
}

func (s Segment) exchanged() Segment {
	s.StartA, s.EndA, s.StartB, s.EndB = s.StartB, s.EndB, s.StartA, s.EndA
	s.Speed, s.Symmetry = 1/s.Speed, s.Symmetry.Inverse()
	return s
}

// moment is one usable frame.
type moment struct {
	index int // in the caller's slice
	at    float64
	views []*hashing.View
}

// usable takes the frames that can be matched, in order of time.
func usable(frames []Frame) []moment {
	var out []moment
	for i := range frames {
		f := &frames[i]
		if !(math.Abs(f.At) <= mostSeconds) {
			continue
		}
		if v := f.Print.Views(); len(v) > 0 {
			out = append(out, moment{i, f.At, v})
		}
	}
	slices.SortStableFunc(out, func(x, y moment) int { return cmp.Compare(x.at, y.at) })
	return out[:min(len(out), mostFrames)]
}

// link is one pair of moments within reach, by their places in matcher.a and b.
type link struct {
	i, j     int
	symmetry hashing.Symmetry
	distance int
	va, vb   *hashing.View
}

// matcher is the work on two videos.
type matcher struct {
	a, b    []moment
	reach   int    // most bits of a pair
	pairs   []link // by i, then j
	confirm func(Pair) bool
	asks    int // questions left
	known   map[[2]int]bool
}

// candidates compares all frames. When too many are alike (two still videos),
// the nearest are kept, and of equally near ones an even part.
func (m *matcher) candidates(distance int) []link {
	m.known = map[[2]int]bool{}
	var byDistance [66]int
	m.nearPairs(distance, func(l link) { byDistance[l.distance]++ })
	kept, most := 0, 0
	for most = range byDistance {
		if kept += byDistance[most]; kept > mostPairs {
			break
		}
	}
	spread := uint32(1)
	if kept > mostPairs {
		spread = uint32(byDistance[most]/max(1, mostPairs-(kept-byDistance[most]))) + 1
	}
	var links []link
	m.nearPairs(min(distance, most), func(l link) {
		// Multiplying by an odd constant scatters neighbouring pairs.
		if l.distance < most || (uint32(l.i)*2654435761^uint32(l.j)*2246822519)>>16%spread == 0 {
			links = append(links, l)
		}
	})
	return links
}

func (m *matcher) nearPairs(distance int, yield func(link)) {
	for i, x := range m.a {
		for j, y := range m.b {
			if d, s, va, vb := hashing.Nearest(x.views, y.views); d <= distance {
				yield(link{i, j, s, d, va, vb})
			}
		}
	}
}

// enough says whether a chain can carry the claim of a shared segment.
func (m *matcher) enough(chain []link) bool {
	if len(chain) < leastMatches {
		return false
	}
	first, last := chain[0], chain[len(chain)-1]
	return m.a[last.i].at-m.a[first.i].at >= leastSpan && m.b[last.j].at-m.b[first.j].at >= leastSpan
}

// confirmedChain gives the best chain whose pairs the caller confirms, nil when
// none is left that is long enough.
func (m *matcher) confirmedChain() []link {
	for {
		chain := m.bestChain()
		if !m.enough(chain) {
			return nil
		}
		refused := m.refused(chain)
		if len(refused) == 0 {
			return chain
		}
		m.pairs = slices.DeleteFunc(m.pairs, func(l link) bool { return refused[[2]int{l.i, l.j}] })
		if m.asks <= 0 {
			return nil
		}
	}
}

// refused gives the pairs of a chain that do not hold: all when it has no
// possible speed, else those that the caller refuses. Of a long chain evenly
// spread pairs are asked about. Where a question can no longer be asked the
// pair is refused.
func (m *matcher) refused(chain []link) map[[2]int]bool {
	refused := map[[2]int]bool{}
	if !m.steady(chain) {
		for _, l := range chain {
			refused[[2]int{l.i, l.j}] = true
		}
	}
	if len(refused) > 0 || m.confirm == nil {
		return refused
	}
	n := min(len(chain), mostSampled)
	for k := range n {
		l := chain[k*len(chain)/n]
		key := [2]int{l.i, l.j}
		ok, asked := m.known[key]
		if !asked {
			m.asks--
			ok = m.asks >= 0 && m.confirm(m.pair(l))
			m.known[key] = ok
		}
		if !ok {
			refused[key] = true
		}
	}
	return refused
}

func (m *matcher) pair(l link) Pair {
	return Pair{A: m.a[l.i].index, B: m.b[l.j].index, Symmetry: l.symmetry, ViewA: l.va, ViewB: l.vb, Distance: l.distance}
}
