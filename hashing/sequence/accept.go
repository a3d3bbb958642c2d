package sequence

import (
	"cmp"
	"math"
	"slices"
)

const (
	leastAgreement = 0.65 // correlation of what moves that a long stretch needs,
	shortExtra     = 0.25 // so much more a very short one,
	shortLength    = 4.0  // and half of that one of so many seconds
	usualRate      = 4.0  // moments a second that a reel is expected to have
	leastWorth     = 3.0  // moments in which something moves
	leastDistinct  = 3    // such moments that differ from each other
	leastLength    = 0.7  // seconds
	leastTicks     = 3    // of a candidate
	hair           = 1e-6 // seconds that two equal times may differ by
	refits         = 5    // times that a stretch is extended and fitted again
	grown          = 1.2  // times its length that is worth another fit
	explainedNear  = 0.75 // seconds from a stretch within which a candidate is the same
	clearly        = 0.08 // of quality
	claimed        = 0.5  // share of both its ranges that others may have
)

// found is a stretch with what it rests on.
type found struct {
	line
	from, to         float64 // seconds of B
	agreement, worth float64
	cover            float64 // of the grid under which it was found
	moments          int
}

// quality says how good an explanation a stretch is: a camera that turns evenly
// shows the same at every offset under a map that is moved as much, but less and
// less of the picture.
func (f found) quality() float64 { return f.agreement * f.cover }

// verified fits a candidate, extends it as far as the films agree, and accepts
// or refuses it.
func (p pairing) verified(c candidate) (found, bool) {
	n, ticks := p.followed(c)
	if len(ticks) == 0 {
		return found{}, false
	}
	m := moving(ticks)
	f := found{line: n, from: ticks[0].b, to: ticks[len(ticks)-1].b, agreement: m.agreement, worth: m.worth, cover: p.cover, moments: len(ticks)}
	return f, f.agreement >= f.needed() && f.worth >= leastWorth && distinct(ticks, leastDistinct) == leastDistinct &&
		f.speed >= slowest-speedSlack && f.speed <= fastest+speedSlack
}

// followed fits the line of a candidate and extends it along the line, in turn,
// until it hardly grows any more. Nothing is left of one that does not hold.
func (p pairing) followed(c candidate) (line, []tick) {
	for round := 1; ; round++ {
		var agreement float64
		if c.line, agreement = p.fitted(c); agreement < hopeless {
			return c.line, nil
		}
		all := p.ticks(c.line, 0, math.Inf(1), 1)
		at := func(k tick, t float64) int { return cmp.Compare(k.b, t) }
		from, _ := slices.BinarySearchFunc(all, c.from-hair, at)
		to, _ := slices.BinarySearchFunc(all, c.to+hair, at)
		if to-from < leastTicks {
			return c.line, nil
		}
		first, last := extended(all, from, to-1)
		ticks := all[first : last+1]
		before := c.to - c.from
		if c.from, c.to = ticks[0].b, ticks[len(ticks)-1].b; c.to-c.from < leastLength {
			return c.line, nil
		}
		if c.to-c.from < grown*before || round == refits {
			return c.line, ticks
		}
	}
}

// needed is the agreement that a stretch needs: in a short one, or where little
// moves, more agrees by chance, as the hands of two takes that both rise and
// fall, or two cars that pass one camera. Of other takes of one signer, 1 to 2 s
// long, the best alignment had 0.68, of two cars 0.79 over 3 s.
func (f found) needed() float64 {
	length := math.Min(f.to-f.from, f.worth/usualRate)
	return leastAgreement + shortExtra/(1+length/shortLength)
}

// stretches looks at the candidates, strongest first, and at the hints of the
// proposals, and keeps those that hold and say something new.
func (p pairing) stretches(all, hints []candidate) []found {
	var kept []found
	var tried []candidate
	look := func(c candidate) {
		if slices.ContainsFunc(tried, func(t candidate) bool { return near(c, t.line, t.from, t.to) }) ||
			slices.ContainsFunc(kept, func(f found) bool { return near(c, f.line, f.from, f.to) }) ||
			taken(found{line: c.line, from: c.from, to: c.to}, kept) {
			return
		}
		tried = append(tried, c)
		if f, ok := p.verified(c); ok && !taken(f, kept) {
			kept = append(kept, f)
		}
	}
	for _, c := range all {
		if look(c); len(tried) == mostTries {
			break
		}
	}
	for _, c := range hints {
		look(c)
	}
	return kept
}

// near says whether most of a candidate lies beside a line between two times
// of B.
func near(c candidate, n line, from, to float64) bool {
	lo, hi := math.Max(c.from, from), math.Min(c.to, to)
	mid := (lo + hi) / 2
	return hi-lo > (c.to-c.from)/2 && math.Abs(c.inA(mid)-n.inA(mid)) < explainedNear
}

// taken says whether others have most of both ranges of a stretch.
func taken(f found, others []found) bool {
	a, b := f.sharedWith(others)
	return b > claimed*(f.to-f.from) && a > claimed*f.speed*(f.to-f.from)
}

// weaker says whether others that are clearly better have most of either
// range: two things that move alike before one camera, say.
func (f found) weaker(others []found) bool {
	a, b := f.sharedWith(slices.DeleteFunc(slices.Clone(others), func(o found) bool { return o.quality() < f.quality()+clearly }))
	return b > claimed*(f.to-f.from) || a > claimed*f.speed*(f.to-f.from)
}

// sharedWith is how many seconds of A and of B others have, too.
func (f found) sharedWith(others []found) (a, b float64) {
	for _, o := range others {
		b += math.Max(0, math.Min(f.to, o.to)-math.Max(f.from, o.from))
		a += math.Max(0, math.Min(f.inA(f.to), o.inA(o.to))-math.Max(f.inA(f.from), o.inA(o.from)))
	}
	return a, b
}
