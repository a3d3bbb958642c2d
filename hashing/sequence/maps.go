package sequence

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

const (
	mostProposals = 256
	copyWeight    = 8    // proposals of one scene that one of a copy outweighs
	mostMaps      = 6    // different maps that are tried
	longMaps      = 3    // of long reels
	sameMap       = 0.03 // of the sides that the corners of two maps may lie apart to be one
)

// layout is a map between the pictures, with the proposals that speak for it.
type layout struct {
	m         hashing.Affine
	proposals []Proposal
}

// layouts puts proposals of one map together; the map with the most comes
// first. The order of the proposals does not matter.
func layouts(all []Proposal) []layout {
	all = slices.DeleteFunc(slices.Clone(all), func(p Proposal) bool { return !p.possible() })
	slices.SortFunc(all, func(p, q Proposal) int {
		return cmp.Or(slices.Compare(p.Map[:], q.Map[:]), cmp.Compare(p.AtA, q.AtA), cmp.Compare(p.AtB, q.AtB), cmp.Compare(q.weight(), p.weight()))
	})
	all = all[:min(len(all), mostProposals)]
	var out []layout
	for len(all) > 0 && len(out) < mostMaps {
		best, most := 0, 0
		for i, p := range all {
			n := 0
			for _, q := range all {
				if apart(p.Map, q.Map) <= sameMap {
					n += q.weight()
				}
			}
			if n > most {
				best, most = i, n
			}
		}
		l := layout{m: all[best].Map}
		l.proposals = slices.DeleteFunc(slices.Clone(all), func(q Proposal) bool { return apart(l.m, q.Map) > sameMap })
		all = slices.DeleteFunc(all, func(q Proposal) bool { return apart(l.m, q.Map) <= sameMap })
		l.m = middle(l.proposals)
		out = append(out, l)
	}
	return withWholes(out)
}

const (
	mostLines  = 4   // of a layout
	aroundHint = 5.0 // seconds either way of a proposal's frames that are looked at
)

// lines are the candidates that proposals of a copy make by their times: all
// there is to go by where key frames lie far apart.
func (l layout) lines(a, b *Reel) []candidate {
	var out []candidate
	for _, p := range l.proposals {
		ta, tb := p.AtA-a.first(), p.AtB-b.first()
		if !p.Copy || !(ta >= 0 && tb >= 0 && ta <= a.length() && tb <= b.length()) {
			continue
		}
		n := line{ta - tb, 1}
		c := candidate{line: n, from: math.Max(tb-aroundHint, math.Max(0, n.inB(0))), to: math.Min(tb+aroundHint, math.Min(b.length(), n.inB(a.length())))}
		if out = append(out, c); len(out) == mostLines {
			break
		}
	}
	return out
}

// weight is what a proposal counts for.
func (p Proposal) weight() int {
	if p.Copy {
		return copyWeight
	}
	return 1
}

// possible refuses maps that hold no numbers or fold the picture up.
func (p Proposal) possible() bool {
	_, ok := p.Map.Inverse()
	return ok && math.Abs(p.Map.Determinant()) < 1e4
}

// apart is how far the corners of two maps lie apart at most, in fractions.
func apart(m, n hashing.Affine) float64 {
	var most float64
	for _, c := range corners {
		x, y := m.Apply(c[0], c[1])
		u, v := n.Apply(c[0], c[1])
		most = math.Max(most, math.Max(math.Abs(x-u), math.Abs(y-v)))
	}
	return most
}

// middle takes the median of each number of maps that are nearly one.
func middle(from []Proposal) hashing.Affine {
	var m hashing.Affine
	values := make([]float64, len(from))
	for k := range m {
		for i, p := range from {
			values[i] = p.Map[k]
		}
		slices.Sort(values)
		m[k] = (values[len(values)/2] + values[(len(values)-1)/2]) / 2
	}
	return m
}

// plain is how far the corners of a map may lie off a picture shown whole, or
// whole and mirrored, for that to be tried too: frames of a moving camera that
// are not of the same moment give maps that are off.
const plain = 0.6

var wholes = [...]hashing.Affine{{1, 0, 0, 0, 1, 0}, {-1, 0, 1, 0, 1, 0}}

// withWholes adds the whole picture to the maps, after the first.
func withWholes(all []layout) []layout {
	for _, w := range wholes {
		var near layout
		for _, l := range all {
			if d := apart(l.m, w); d <= sameMap {
				near = layout{}
				break
			} else if d <= plain && near.proposals == nil {
				near = layout{w, l.proposals}
			}
		}
		if near.proposals != nil {
			all = slices.Insert(all, 1, near)
		}
	}
	return all
}

const (
	settleTicks  = 32   // most pairs of moments that a map is refined by
	settleTries  = 100  // most maps that are tried
	settleStart  = 0.03 // of a side that a map is moved by at first,
	settleFinest = 0.004
	settleMost   = 0.08 // that its corners may move by in all
	settleGain   = 0.02 // of agreement that a refined map must bring
)

// settled moves a map until what moves along a line agrees best: a map from one
// pair of frames may be off by some hundredths.
func settled(a, b *Reel, r rough) (hashing.Affine, bool) {
	value := func(m hashing.Affine) float64 {
		g, ok := overlay(a, b, m, gridSide)
		if !ok || apart(m, r.m) > settleMost {
			return -1
		}
		p := pairing{g.a.some(a, r.inA(r.from), r.inA(r.to), settleTicks), g.b.some(b, r.from, r.to, 0), g.cover}
		return moving(p.ticks(r.line, r.from, r.to, 1)).agreement
	}
	m, gain := ascended(r.m, value, settleStart, settleTries)
	return m, gain > settleGain
}

// ascended moves, stretches and shears a map about the middle of A, by steps
// from start downwards, as long as a value grows, and says by how much it did.
func ascended(m hashing.Affine, value func(hashing.Affine) float64, start float64, most int) (hashing.Affine, float64) {
	first := value(m)
	best := first
	for d, tries := start, 0; d >= settleFinest && tries < most; {
		better := false
		for _, k := range [...]int{2, 5, 0, 4, 1, 3} {
			for _, by := range [2]float64{-d, d} {
				n := m
				if n[k] += by; k%3 < 2 {
					n[k/3*3+2] -= by / 2
				}
				tries++
				if v := value(n); v > best {
					m, best, better = n, v, true
					break
				}
			}
		}
		if !better {
			d /= 2
		}
	}
	return m, best - first
}
