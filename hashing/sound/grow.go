package sound

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// pair is two tracks that are compared.
type pair struct {
	a, b    []mark
	settled []fit
	work    int // marks looked at
}

// fit is a relation that holds from one frame of A to another.
type fit struct {
	relation
	from, to  float64
	hits      int
	score     float64
	agreement float64
}

const (
	seedReach = 100.0 // frames to either side of a seed that are looked at first
	slack     = 1.75  // frames by which marks of a hit may be off
	hitGain   = 3.0
	missLoss  = 0.45 // a stretch ends where less than a quarter agrees
	giveUp    = 40.0 // loss at which a stretch is not followed any further
	frameRate = float64(Rate) / hop
)

// hit is a mark of A and one of B that are where the relation has them.
type hit struct{ a, b int }

// hits gives the marks of A from one frame to another that B has as well.
func (p *pair) hits(r relation, from, to float64) (hits []hit) {
	low := after(p.a, from)
	p.work += after(p.a, to+0.5) - low
	at := after(p.b, r.inB(from)-slack)
	for i := low; i < len(p.a) && float64(p.a[i].frame) <= to; i++ {
		m := p.a[i]
		want, pitch := r.inB(float64(m.frame)), int(m.pitch)-r.pitch
		for at < len(p.b) && float64(p.b[at].frame) < want-slack {
			at++
		}
		best, off := -1, slack
		for j := at; j < len(p.b) && float64(p.b[j].frame) <= want+slack; j++ {
			if d := int(p.b[j].pitch) - pitch; d < -1 || d > 1 {
				continue
			}
			if d := math.Abs(float64(p.b[j].frame) - want); d <= off {
				best, off = j, d
			}
		}
		if best >= 0 {
			hits = append(hits, hit{i, best})
		}
	}
	return hits
}

// after is the first mark not before a frame.
func after(marks []mark, frame float64) int {
	return sort.Search(len(marks), func(i int) bool { return float64(marks[i].frame) >= frame })
}

// grow follows a seed to both sides as far as the tracks agree.
func (p *pair) grow(s seed) (fit, bool) {
	f := fit{relation: s.relation, from: s.middle, to: s.middle}
	if !p.centre(&f) {
		return f, false
	}
	low, high := f.from-seedReach, f.to+seedReach
	for range 40 {
		hits := p.hits(f.relation, low, high)
		f.from, f.to, f.score = p.best(f.relation, hits, low, high, s.middle)
		if f.to <= f.from {
			return f, false
		}
		p.straighten(&f.relation, hits, f.from, f.to)
		reach := max((f.to-f.from)*0.7, seedReach)
		further := false
		if f.from-low < 2*frameRate && low > 0 {
			low, further = f.from-reach, true
		}
		if high-f.to < 2*frameRate && high < float64(p.a[len(p.a)-1].frame) {
			high, further = f.to+reach, true
		}
		if !further {
			break
		}
	}
	p.snap(&f)
	hits := p.hits(f.relation, low, high)
	f.from, f.to, f.score = p.best(f.relation, hits, low, high, s.middle)
	return f, f.to > f.from
}

// centre corrects the offset and the pitch of a seed, which are those of a
// cell, by where most marks agree.
func (p *pair) centre(f *fit) bool {
	const loose, wide = 7, seedReach * 0.6
	low, high := after(p.a, f.from-wide), after(p.a, f.from+wide)
	var counts [2*loose + 1][3]int
	for _, m := range p.a[low:high] {
		want := f.inB(float64(m.frame))
		for _, o := range p.b[after(p.b, want-loose):] {
			d := int(math.Round(float64(o.frame) - want))
			if d > loose {
				break
			}
			if e := int(m.pitch) - int(o.pitch) - f.pitch; d >= -loose && e >= -2 && e <= 2 {
				for q := max(e-1, -1); q <= min(e+1, 1); q++ {
					counts[d+loose][q+1] += 2 - abs(e-q)
				}
			}
		}
	}
	best, at, pitch := 0, 0, 0
	for d := 1; d < 2*loose; d++ {
		for e := range 3 {
			if n := counts[d-1][e] + 2*counts[d][e] + counts[d+1][e]; n > best {
				best, at, pitch = n, d-loose, e-1
			}
		}
	}
	f.offset -= float64(at) * f.speed
	f.pitch += pitch
	return best > 0
}

// straighten fits the line of a relation to the hits of a stretch: least
// squares, twice, the second time without those that are far off.
func (p *pair) straighten(r *relation, hits []hit, from, to float64) {
	for _, most := range []float64{slack, 1.2} {
		var n, sx, sy, sxx, sxy float64
		for _, h := range hits {
			x, y := float64(p.b[h.b].frame), float64(p.a[h.a].frame)
			if y < from || y > to || math.Abs(r.inB(y)-x) > most {
				continue
			}
			n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
		}
		spread := n*sxx - sx*sx
		if n < 8 || spread <= 0 {
			return
		}
		speed := (n*sxy - sx*sy) / spread
		if speed > fastest*1.03 || speed < 1/(fastest*1.03) {
			return
		}
		r.speed, r.offset = speed, (sy-speed*sx)/n
	}
}

// sameSpeed is how far from 1 the speed of a short stretch may be measured by
// chance.
const sameSpeed = 0.006

// snap makes the speed 1 where that fits as well.
func (p *pair) snap(f *fit) {
	if math.Abs(f.speed-1) > sameSpeed {
		return
	}
	hits := p.hits(f.relation, f.from, f.to)
	even := relation{speed: 1, pitch: f.pitch}
	for _, h := range hits {
		even.offset += float64(p.a[h.a].frame) - float64(p.b[h.b].frame)
	}
	even.offset /= float64(max(len(hits), 1))
	if 100*len(p.hits(even, f.from, f.to)) >= 98*len(hits) {
		f.relation = even
	}
}

// best gives the stretch about the middle over which hits outweigh misses
// most, and by how much.
func (p *pair) best(r relation, hits []hit, low, high, middle float64) (from, to, score float64) {
	events := p.events(r, hits, low, high)
	at, _ := slices.BinarySearchFunc(events, middle, func(e event, m float64) int { return cmp.Compare(e.frame, m) })
	from, to = middle, middle
	sum, most := 0.0, 0.0
	for _, e := range events[at:] {
		if sum += e.gain; sum > most {
			most, to = sum, e.frame
		} else if sum < most-giveUp {
			break
		}
	}
	score = most
	sum, most = 0, 0
	for i := at - 1; i >= 0; i-- {
		if sum += events[i].gain; sum > most {
			most, from = sum, events[i].frame
		} else if sum < most-giveUp {
			break
		}
	}
	return from, to, score + most
}

// event is a hit or a miss.
type event struct{ frame, gain float64 }

// events gives hits and the marks of either track that are none, in order of
// the time of A.
func (p *pair) events(r relation, hits []hit, low, high float64) []event {
	fromA, toA := after(p.a, low), after(p.a, high+0.5)
	fromB, toB := after(p.b, r.inB(low)), after(p.b, r.inB(high)+0.5)
	p.work += toA - fromA + max(toB-fromB, 0)
	inA, inB := make([]bool, toA-fromA), make([]bool, max(toB-fromB, 0))
	for _, h := range hits {
		if h.a >= fromA && h.a < toA {
			inA[h.a-fromA] = true
		}
		if h.b >= fromB && h.b < toB {
			inB[h.b-fromB] = true
		}
	}
	all := make([]event, 0, len(inA)+len(inB))
	for i, hit := range inA {
		gain := -missLoss
		if hit {
			gain = hitGain
		}
		all = append(all, event{float64(p.a[fromA+i].frame), gain})
	}
	for i, hit := range inB {
		if !hit {
			all = append(all, event{r.inA(float64(p.b[fromB+i].frame)), -missLoss})
		}
	}
	slices.SortStableFunc(all, func(a, b event) int { return cmp.Compare(a.frame, b.frame) })
	return all
}

func abs(x int) int { return max(x, -x) }
