package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// How many frames of two videos are compared as pictures.
const (
	nearTried  = 4 // whose hashes are very near
	seedsTried = 5 // that keypoints propose
	looseTried = 3 // whose hashes are somewhat near, where nothing else agreed
	agreedMost = 6 // after which no more are compared

	guessesMost = 3

	// apartShare of a video must lie between two frames that are compared, or
	// leastApart seconds.
	apartShare = 0.1
	leastApart = 0.4
)

// twin is a frame of each of two items whose hashes are near.
type twin struct {
	seed
	bits int
}

// twins gives of every frame those of the other item that look most alike, as
// far as radius, the nearest first.
func twins(a, b *verify.Item, radius int) []twin {
	viewsB := make([][]*hashing.View, len(b.Frames))
	for j := range b.Frames {
		viewsB[j] = b.Frames[j].Print.Views()
	}
	none := twin{bits: far}
	bestOfB := slices.Repeat([]twin{none}, len(b.Frames))
	var out []twin
	for i := range a.Frames {
		views := a.Frames[i].Print.Views()
		best := none
		for j := range b.Frames {
			bits, _, _, _ := hashing.Nearest(views, viewsB[j])
			if bits < best.bits {
				best = twin{seed{i, j}, bits}
			}
			if bits < bestOfB[j].bits {
				bestOfB[j] = twin{seed{i, j}, bits}
			}
		}
		out = append(out, best)
	}
	out = append(out, bestOfB...)
	slices.SortFunc(out, func(p, q twin) int {
		return cmp.Or(cmp.Compare(p.bits, q.bits), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(t twin) bool { return t.bits > radius })
}

// meeting is a frame of each of two videos that agree as pictures.
type meeting struct {
	seed
	*finding
}

// pairing chooses which frames of two items are compared.
type pairing struct {
	x     examiner
	a, b  *verify.Item
	tried []seed
	found []meeting
}

// meetings compares a few frames of two videos, spread over both: those that
// look alike, and those that keypoints propose. Guesses are how the pictures lie
// by hashes that are very near, where too little may be seen for the pictures
// to bear it out: an even road, a night.
func (x examiner) meetings(a, b *verify.Item, seeds []seed) (found []meeting, guesses []sequence.Proposal, err error) {
	p := &pairing{x: x, a: a, b: b}
	alike := twins(a, b, frameRadius)
	sure := 0
	for sure < len(alike) && alike[sure].bits <= surelyBits {
		sure++
	}
	if err := p.try(alike[:sure], nearTried); err != nil {
		return nil, nil, err
	}
	for _, s := range p.tried[:min(len(p.tried), guessesMost)] {
		_, t, va, vb := hashing.Best(*shot{a, s.a}.print(), *shot{b, s.b}.print())
		guesses = append(guesses, sequence.Proposal{Map: laid(va.Box, vb.Box, t), AtA: shot{a, s.a}.at(), AtB: shot{b, s.b}.at()})
	}
	proposed := make([]twin, len(seeds))
	for i, s := range seeds {
		proposed[i] = twin{s, far}
	}
	if err := p.try(proposed, seedsTried); err != nil {
		return nil, nil, err
	}
	if len(p.found) == 0 {
		if err := p.try(alike[sure:], looseTried); err != nil {
			return nil, nil, err
		}
	}
	return p.found, guesses, nil
}

// try compares the first few that lie apart from all that were compared
// before.
func (p *pairing) try(list []twin, most int) error {
	for _, t := range list {
		if most == 0 || len(p.found) == agreedMost {
			return nil
		}
		if slices.ContainsFunc(p.tried, func(s seed) bool { return p.close(s, t.seed) }) {
			continue
		}
		most--
		p.tried = append(p.tried, t.seed)
		f, err := p.x.compared(shot{p.a, t.a}, shot{p.b, t.b})
		if err != nil {
			return err
		}
		if f != nil {
			p.found = append(p.found, meeting{t.seed, f})
		}
	}
	return nil
}

// close says that two pairs of frames would tell the same.
func (p *pairing) close(s, t seed) bool {
	near := func(it *verify.Item, i, j int) bool {
		gap := math.Max(leastApart, apartShare*length(it))
		return math.Abs(it.Frames[i].At.Seconds()-it.Frames[j].At.Seconds()) < gap
	}
	return near(p.a, s.a, t.a) && near(p.b, s.b, t.b)
}

// length is from the first to the last frame of an item, in seconds.
func length(it *verify.Item) float64 {
	return (it.Frames[len(it.Frames)-1].At - it.Frames[0].At).Seconds()
}
