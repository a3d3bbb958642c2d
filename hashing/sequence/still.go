package sequence

import (
	"math"
	"slices"
)

const (
	leastMotion = 0.5  // seconds in all in which more than noise moves, for a reel to move,
	shortMotion = 0.3  // or so much of a short one,
	motionNoise = 0.02 // and so much more, which is what noise alone is worth
	sceneLeast  = 0.5  // correlation of whole pictures from which two show one scene
	stillRest   = 4.0  // grey levels, root mean square, that a still may differ by from what it shows
	stillRun    = 1.0  // seconds that may lie between two moments of such a run
)

// still judges two reels that no alignment explains: an uncertain stretch where
// neither moves and frames were found to be copies, or where one is a still that
// the other shows; another take where both move.
func still(a, b *Reel, l layout) (*Stretch, bool) {
	g, ok := overlay(a, b, l.m, gridSide)
	if !ok {
		return nil, false
	}
	fa, fb := g.a.film(a).pooled(g.pool).smoothed(), g.b.film(b).pooled(g.pool).smoothed()
	movesA, movesB := fa.moves(), fb.moves()
	if movesA && movesB {
		return nil, !a.Sparse() && !b.Sparse() && oneScene(fa, fb, a, b, l.proposals)
	}
	var s Stretch
	ok = true
	switch {
	case !movesA && !movesB:
		s.Agreement = resembles(fa.mean(), fb.mean())
		s.StartA, s.EndA, s.StartB, s.EndB = a.first(), a.last(), b.first(), b.last()
		ok = s.Agreement >= rawLeast && slices.ContainsFunc(l.proposals, func(p Proposal) bool { return p.Copy })
	case movesA:
		s.StartB, s.EndB = b.first(), b.last()
		s.StartA, s.EndA, s.Agreement, ok = shows(fa, fb.mean(), a.first())
	default:
		s.StartA, s.EndA = a.first(), a.last()
		s.StartB, s.EndB, s.Agreement, ok = shows(fb, fa.mean(), b.first())
	}
	if !ok {
		return nil, false
	}
	s.Speed, s.Offset, s.Map, s.Uncertain = 1, s.StartA-s.StartB, l.m, true
	s.Moments = min(len(a.Moments), len(b.Moments))
	return &s, false
}

// moves says whether more than noise moves for some time.
func (f *film) moves() bool {
	g := f.foreground(span(f))
	var sum float64
	for k, w := range g.worth {
		lo, hi := max(k-1, 0), min(k+1, len(f.at)-1)
		if hi > lo {
			sum += float64(w*w) * math.Min((f.at[hi]-f.at[lo])/float64(hi-lo), 1)
		}
	}
	length := f.at[len(f.at)-1]
	return sum >= math.Min(leastMotion, shortMotion*length)+motionNoise*length
}

// mean is the mean picture of a film.
func (f *film) mean() []float32 {
	m := make([]float32, len(f.cells[0]))
	for _, row := range f.cells {
		addTo(m, row)
	}
	scale(m, 1/float32(len(f.cells)))
	return m
}

// resembles is the correlation of two pictures without a mean.
func resembles(x, y []float32) float64 {
	d := float64(dot(x, x)) * float64(dot(y, y))
	if d <= 0 {
		return 0
	}
	return float64(dot(x, y)) / math.Sqrt(d)
}

// oneScene says whether the pictures agree at the moments of a proposal.
func oneScene(fa, fb *film, a, b *Reel, from []Proposal) bool {
	return slices.ContainsFunc(from, func(p Proposal) bool {
		va, vb := fa.nearest(p.AtA-a.first()), fb.nearest(p.AtB-b.first())
		return resembles(fa.cells[va], fb.cells[vb]) >= sceneLeast
	})
}

// nearest is the moment nearest to a time.
func (f *film) nearest(t float64) int {
	k, _ := slices.BinarySearch(f.at, t)
	if k == len(f.at) || k > 0 && t-f.at[k-1] <= f.at[k]-t {
		k--
	}
	return k
}

// shows finds the longest run of moments at which a film shows a picture,
// up to its contrast.
func shows(f *film, picture []float32, start float64) (from, to, agreement float64, ok bool) {
	var runFrom, runTo, sum, n float64
	running := false
	end := func() {
		if running && (!ok || runTo-runFrom > to-from) {
			from, to, agreement, ok = runFrom, runTo, sum/n, true
		}
		running = false
	}
	for k, t := range f.at {
		v := residue(f.cells[k], picture)
		c := resembles(f.cells[k], picture)
		if c < rawLeast || math.Sqrt(float64(dot(v, v))/float64(len(v))) > stillRest {
			continue
		}
		if running && t-runTo > stillRun {
			end()
		}
		if !running {
			running, runFrom, sum, n = true, t, 0, 0
		}
		runTo, sum, n = t, sum+c, n+1
	}
	end()
	return start + from, start + to, agreement, ok
}
