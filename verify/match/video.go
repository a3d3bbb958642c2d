package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// leastStretch is how many distinct frames a video has that moves. One of
	// fewer is compared as a picture where no moments can be told.
	leastStretch = 3
	// shownBy is how many pairs of frames of a stretch are compared to say how
	// its pictures lie.
	shownBy = 3
	// besides is how far, in seconds, the frames of such a pair may lie from
	// each other.
	besides = 1.0
	// offStep is how many seconds more or less make a difference to that.
	offStep = 0.13
)

// videos looks for what two videos share: the stretches in which the same
// moves, or, where each moves over a still picture in its own way, that picture.
func (x examiner) videos(a, b *verify.Item, seeds []seed) (v verdict, err error) {
	pa, pb, still, err := x.panned(a, b)
	if err != nil {
		return verdict{}, err
	}
	if !still || !pa.sparse && !pb.sparse {
		if v, err = x.moments(a, b, seeds); err != nil || !still || v.Film != nil && !v.Film.Take {
			return v, err
		}
	}
	f, err := x.overStill(a, b, pa, pb)
	if err != nil || f == nil {
		return v, err
	}
	return verdict{Film: f}, nil
}

// moments looks for the stretches that two videos share. Frames that agree as
// pictures say how the two lie on each other; which moment is which, and
// whether it is one recording or two of one place, what moves decides
// (sequence.Shared).
func (x examiner) moments(a, b *verify.Item, seeds []seed) (verdict, error) {
	met, guesses, err := x.meetings(a, b, seeds)
	if err != nil || len(met)+len(guesses) == 0 {
		return verdict{}, err
	}
	ra, err := x.reel(a)
	if err != nil {
		return verdict{}, err
	}
	rb, err := x.reel(b)
	if err != nil {
		return verdict{}, err
	}
	var r sequence.Relation
	if min(len(ra.Moments), len(rb.Moments)) >= leastMoments {
		r = sequence.Shared(ra, rb, proposals(a, b, met, guesses))
	}
	if len(met) == 0 && (len(r.Stretches) == 0 || r.Stretches[0].Uncertain) {
		return verdict{}, nil // no picture bears it out
	}
	if len(r.Stretches) > 0 {
		f, err := x.stretched(a, b, met, r.Stretches)
		if err != nil || f == nil {
			return verdict{}, err
		}
		f.Filled = filledBy(r.Stretches, spanOf(ra), spanOf(rb))
		return verdict{Film: f}, nil
	}
	return unaligned(a, b, met, r.OtherTake), nil
}

// proposals are how the pictures of two videos may lie on each other. A camera
// that turns shows the same things later elsewhere in its picture: where some
// frames show one of the pictures whole, those that overlap in a part are left
// out. Where none does, the guesses are tried too.
func proposals(a, b *verify.Item, met []meeting, guesses []sequence.Proposal) []sequence.Proposal {
	whole := func(m meeting) bool {
		p, q := m.covers()
		return max(p, q) >= wholeCover
	}
	if slices.ContainsFunc(met, whole) {
		met = slices.DeleteFunc(slices.Clone(met), func(m meeting) bool { return !whole(m) })
		guesses = nil
	}
	out := make([]sequence.Proposal, len(met))
	for i, m := range met {
		out[i] = sequence.Proposal{Map: m.Agreement.Map, AtA: shot{a, m.a}.at(), AtB: shot{b, m.b}.at(), Copy: m.Agreement.Verdict == hashing.Copy}
	}
	return append(out, guesses...)
}

// stretched describes what two videos share, by the pictures of the longest
// stretch; nil where none of them agree.
func (x examiner) stretched(a, b *verify.Item, met []meeting, shared []sequence.Stretch) (*film, error) {
	f := &film{Shared: shared}
	s := shared[0]
	var best meeting
	for _, p := range sideBySide(a, b, s) {
		g, err := x.under(shot{a, p.a}, shot{b, p.b}, s.Map, ledInliers)
		if err != nil {
			return nil, err
		}
		if g != nil && (best.finding == nil || better(g, best.finding)) {
			best = meeting{p, g}
		}
	}
	if best.finding == nil && len(met) == 0 {
		return nil, nil
	}
	if best.finding == nil {
		best = slices.MinFunc(met, func(p, q meeting) int {
			return cmp.Compare(off(a, b, s, p.seed), off(a, b, s, q.seed))
		})
	}
	f.show(a, b, best)
	return f, nil
}

// show takes the pictures of a meeting as those that the film is described by.
func (f *film) show(a, b *verify.Item, m meeting) {
	f.finding, f.Frames = *m.finding, [2]int{m.a, m.b}
	f.Times = [2]float64{shot{a, m.a}.at(), shot{b, m.b}.at()}
}

// better says that more of two pictures agrees in g than in h.
func better(g, h *finding) bool {
	p, q := &g.Agreement, &h.Agreement
	return cmp.Or(cmp.Compare(p.Verdict, q.Verdict), cmp.Compare(p.Share, q.Share), cmp.Compare(p.Agreeing, q.Agreeing)) > 0
}

// off is how many seconds of the first video lie between two frames where a
// stretch says that they show the same moment.
func off(a, b *verify.Item, s sequence.Stretch, p seed) float64 {
	return math.Abs(shot{a, p.a}.at() - s.Offset - s.Speed*shot{b, p.b}.at())
}

// sideBySide chooses frames of a stretch that show the same moment as nearly as
// the sampling gives it, and of those the ones with most to be seen.
func sideBySide(a, b *verify.Item, s sequence.Stretch) []seed {
	type near struct {
		seed
		off     int // in steps of offStep
		quality int
	}
	var all []near
	for i := range a.Frames {
		best, at := seed{-1, -1}, math.Inf(1)
		for j := range b.Frames {
			if d := off(a, b, s, seed{i, j}); d < at {
				best, at = seed{i, j}, d
			}
		}
		ta, tb := shot{a, i}.at(), shot{b, best.b}.at()
		if at <= besides && ta >= s.StartA-besides && ta <= s.EndA+besides && tb >= s.StartB-besides && tb <= s.EndB+besides {
			p, q := shot{a, i}.print(), shot{b, best.b}.print()
			all = append(all, near{best, int(at / offStep), min(int(p.Full.Quality), int(q.Full.Quality))})
		}
	}
	slices.SortStableFunc(all, func(p, q near) int { return cmp.Or(cmp.Compare(p.off, q.off), cmp.Compare(q.quality, p.quality)) })
	var out []seed
	for _, n := range all[:min(len(all), shownBy)] {
		out = append(out, n.seed)
	}
	return out
}

// unaligned says what two videos have in common whose pictures agree, but not
// in one order.
func unaligned(a, b *verify.Item, met []meeting, take bool) verdict {
	slices.SortStableFunc(met, func(p, q meeting) int {
		switch {
		case better(p.finding, q.finding):
			return -1
		case better(q.finding, p.finding):
			return 1
		}
		return 0
	})
	m := met[0]
	f := &film{Take: take}
	f.show(a, b, m)
	framed := !slices.ContainsFunc(met, func(m meeting) bool { return !m.framed() })
	switch {
	case framed:
		return verdict{}
	case take, m.Agreement.Verdict == hashing.SameScene:
		return verdict{Film: f}
	case min(len(a.Frames), len(b.Frames)) < leastStretch:
		f.Filled = filledByStill(a, b)
		return verdict{Film: f}
	}
	return verdict{Nearly: true}
}

// filledByStill is the share of two videos that one picture stands for, of
// which at least one hardly moves.
func filledByStill(a, b *verify.Item) [2]float64 {
	la, lb := claimed(a), claimed(b)
	fill := func(it *verify.Item, own, other float64) float64 {
		if len(it.Frames) >= leastStretch {
			return 0
		}
		return min(1, (other+endSlack)/(own+endSlack))
	}
	return [2]float64{fill(a, la, lb), fill(b, lb, la)}
}

// claimed is a video's duration in seconds, as its container claims.
func claimed(it *verify.Item) float64 {
	if d := it.Media.DurationSeconds; d != nil && *d > 0 {
		return *d
	}
	return length(it)
}
