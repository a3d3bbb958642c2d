package sequence

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// bin is one cell of the vote: a symmetry, a step of speed, an offset.
type bin struct {
	symmetry hashing.Symmetry
	step     int // of speed
	offset   int // in units of offsetBin
}

func speedOf(step int) float64 {
	return leastSpeed * math.Pow(mostSpeed/leastSpeed, float64(step)/speedSteps)
}

// fullest finds the cell with the most votes in it and in the two offsets beside
// it; nearer pairs have more of them, so that in a video which hardly changes
// the true offset wins over those that are nearly as good. On a tie the speed nearest to 1 wins, then the least offset, then the
// lower symmetry.
func (m *matcher) fullest() (best bin, votes int) {
	for step := range speedSteps + 1 {
		b := m.ballotAt(step)
		for s := range b.count {
			for k := 1; k < len(b.count[s])-1; k++ {
				c := bin{hashing.Symmetry(s), step, b.least + k}
				total := int(b.count[s][k-1] + b.count[s][k] + b.count[s][k+1])
				if total > votes || total == votes && c.before(best) {
					best, votes = c, total
				}
			}
		}
	}
	return best, votes
}

// ballot is the votes at one speed, by symmetry and offset from least.
type ballot struct {
	least int
	count [hashing.Symmetries][]int32
}

func (m *matcher) ballotAt(step int) ballot {
	if len(m.pairs) == 0 {
		return ballot{}
	}
	speed := speedOf(step)
	least, most := math.MaxInt, math.MinInt
	cells := make([]int, len(m.pairs))
	for k, l := range m.pairs {
		cells[k] = int(math.Floor((m.a[l.i].at - speed*m.b[l.j].at) / offsetBin))
		least, most = min(least, cells[k]), max(most, cells[k])
	}
	b := ballot{least: least - 1} // an empty cell at either end
	for k, l := range m.pairs {
		if b.count[l.symmetry] == nil {
			b.count[l.symmetry] = make([]int32, most-least+3)
		}
		b.count[l.symmetry][cells[k]-b.least] += int32(m.reach - l.distance + 1)
	}
	return b
}

func (c bin) before(d bin) bool {
	off := func(v int) int { return max(v, -v) }
	return cmp.Or(
		cmp.Compare(off(c.step-speedSteps/2), off(d.step-speedSteps/2)),
		cmp.Compare(c.step, d.step),
		cmp.Compare(off(c.offset), off(d.offset)),
		cmp.Compare(c.offset, d.offset),
		cmp.Compare(c.symmetry, d.symmetry)) < 0
}

// bestChain gives the longest chain along the fullest cell, cut where it has no
// match for too long.
func (m *matcher) bestChain() []link {
	c, votes := m.fullest()
	if votes == 0 {
		return nil
	}
	speed, offset := speedOf(c.step), (float64(c.offset)+0.5)*offsetBin
	var near []link
	for _, l := range m.pairs {
		if l.symmetry == c.symmetry && math.Abs(m.a[l.i].at-speed*m.b[l.j].at-offset) <= tolerance {
			near = append(near, l)
		}
	}
	return m.longestPiece(increasing(near, len(m.b)))
}

// gain is what a pair adds to a chain: one more pair always counts for more
// than any nearness of the hashes.
func (l link) gain() int { return 1<<16 + 64 - l.distance }

// increasing gives the chain of the greatest gain in which i and j both grow.
// links are in order of i, then j; n bounds j. Best gains up to a j are kept in
// a Fenwick tree.
func increasing(links []link, n int) []link {
	type end struct{ gain, at int } // the best chain, and the link that it ends in
	tree := make([]end, n+1)
	before := func(j int) end { // best among those that end before j
		best := end{0, -1}
		for ; j > 0; j &= j - 1 {
			if tree[j].gain > best.gain {
				best = tree[j]
			}
		}
		return best
	}
	previous := make([]int, len(links))
	gains := make([]int, len(links))
	best := end{0, -1}
	for from := 0; from < len(links); {
		to := from
		for ; to < len(links) && links[to].i == links[from].i; to++ {
			e := before(links[to].j)
			previous[to], gains[to] = e.at, e.gain+links[to].gain()
		}
		for k := from; k < to; k++ { // only now, so that no i is used twice
			e := end{gains[k], k}
			if e.gain > best.gain {
				best = e
			}
			for j := links[k].j + 1; j <= n; j += j & -j {
				if e.gain > tree[j].gain {
					tree[j] = e
				}
			}
		}
		from = to
	}
	var chain []link
	for k := best.at; k >= 0; k = previous[k] {
		chain = append(chain, links[k])
	}
	slices.Reverse(chain)
	return chain
}

// longestPiece cuts a chain at gaps in either video and gives the piece with
// the most pairs.
func (m *matcher) longestPiece(chain []link) []link {
	var best []link
	from := 0
	for k := 1; k <= len(chain); k++ {
		if k < len(chain) &&
			m.a[chain[k].i].at-m.a[chain[k-1].i].at <= longestGap &&
			m.b[chain[k].j].at-m.b[chain[k-1].j].at <= longestGap {
			continue
		}
		if k-from > len(best) {
			best = chain[from:k]
		}
		from = k
	}
	return best
}

// segment says what a chain shows.
func (m *matcher) segment(chain []link) Segment {
	first, last := chain[0], chain[len(chain)-1]
	s := Segment{
		StartA: m.a[first.i].at, EndA: m.a[last.i].at,
		StartB: m.b[first.j].at, EndB: m.b[last.j].at,
		Speed: m.speed(chain), Matches: len(chain), Symmetry: first.symmetry,
		Distance: slices.MinFunc(chain, func(x, y link) int { return cmp.Compare(x.distance, y.distance) }).distance,
	}
	if m.unchanging(chain) {
		s.Ambiguous, s.Speed = true, 1
		m.widen(&s)
	}
	return s
}

// speed is the slope of a chain. One that moves the ends by less than the
// sampling does is given as 1.
func (m *matcher) speed(chain []link) float64 {
	slope, span := m.slope(chain)
	if math.Abs(slope-1)*span < 2*offsetBin {
		return 1
	}
	return math.Max(leastSpeed, math.Min(slope, mostSpeed))
}

// steady says whether the slope of a chain can be a speed in range: short pieces
// of a much faster copy lie near some line too.
func (m *matcher) steady(chain []link) bool {
	slope, span := m.slope(chain)
	slack := 2 * offsetBin / math.Max(span, offsetBin)
	return slope >= leastSpeed-slack && slope <= mostSpeed+slack
}

// slope fits a line to the times of a chain, least squares; span is its length
// in seconds of B.
func (m *matcher) slope(chain []link) (slope, span float64) {
	var n, sa, sb, sbb, sab float64
	for _, l := range chain {
		x, y := m.b[l.j].at, m.a[l.i].at
		n, sa, sb, sbb, sab = n+1, sa+y, sb+x, sbb+x*x, sab+x*y
	}
	variance := sbb - sb*sb/n
	if variance <= 1e-9 {
		return 1, 0
	}
	return (sab - sa*sb/n) / variance, m.b[chain[len(chain)-1].j].at - m.b[chain[0].j].at
}

// unchanging says whether the frames of a chain match each other in any order:
// whether most pairs well off the line are within reach too.
func (m *matcher) unchanging(chain []link) bool {
	first, last := chain[0], chain[len(chain)-1]
	partner := map[int]int{}
	inB := map[int]bool{}
	for _, l := range chain {
		partner[l.i] = l.j
		inB[l.j] = true
	}
	off, possible := 0, 0
	apart := func(j, k int) bool { return math.Abs(m.b[j].at-m.b[k].at) > 2*tolerance }
	for _, l := range chain {
		for j := first.j; j <= last.j; j++ {
			if inB[j] && apart(j, l.j) {
				possible++
			}
		}
	}
	for _, l := range m.pairs {
		if j, ok := partner[l.i]; ok && inB[l.j] && l.symmetry == first.symmetry && apart(j, l.j) {
			off++
		}
	}
	return possible > 0 && 2*off > possible
}

// widen extends an ambiguous segment over every frame that matches one of it.
func (m *matcher) widen(s *Segment) {
	for _, l := range m.pairs {
		ta, tb := m.a[l.i].at, m.b[l.j].at
		if l.symmetry != s.Symmetry || ta < s.StartA-longestGap || ta > s.EndA+longestGap ||
			tb < s.StartB-longestGap || tb > s.EndB+longestGap {
			continue
		}
		s.StartA, s.EndA = math.Min(s.StartA, ta), math.Max(s.EndA, ta)
		s.StartB, s.EndB = math.Min(s.StartB, tb), math.Max(s.EndB, tb)
	}
}

// remove takes out the pairs of a segment and all others of its frames: each
// frame carries one claim.
func (m *matcher) remove(s Segment) {
	m.pairs = slices.DeleteFunc(m.pairs, func(l link) bool {
		ta, tb := m.a[l.i].at, m.b[l.j].at
		inA, inB := ta >= s.StartA && ta <= s.EndA, tb >= s.StartB && tb <= s.EndB
		return inA || inB
	})
}
