package clock

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// afterPost is how much later than its first post a picture may seem to
	// have been taken: clocks differ.
	afterPost = 10 * time.Minute
	// longBefore: a picture that was posted so long after the clock's reading
	// is old, or the clock was behind.
	longBefore = 10 * 24 * time.Hour
	// lagSpread is how far apart the lags of one device's posts may lie: 95 %
	// of first posts follow within 55 h of the event's day.
	lagSpread = 48 * time.Hour
	// nearPosts is how far from the readings of the posted pictures their error
	// holds for others.
	nearPosts = 24 * time.Hour
)

// byPosts corrects a clock that shows later than the posts of its own
// pictures, or long before all of them, by about the same amount. A post is no
// more than an upper bound of the capture, so that the correction is a day
// wide.
func (r *reader) byPosts(d device, list []sample) {
	for _, m := range postModes(list) {
		c := Correction{
			Device: d.name, Shift: m.lo, Spread: m.hi - m.lo, Since: m.since, Until: m.until,
			Basis: ByPosts, Proofs: m.proofs, Items: []verify.Digest{},
		}
		why := fmt.Sprintf("%s by %s", d.off(m), proofs(m.proofs, ByPosts))
		for _, s := range list {
			if t, ok := s.movedBy(m); ok {
				r.added[s.item] = append(r.added[s.item], s.written(t, t.Earliest.Add(t.Latest.Sub(t.Earliest)/2), nil, why))
				c.Items = append(c.Items, s.id)
			}
		}
		r.corrections = append(r.corrections, c)
		r.report(c, d, m)
	}
}

// contradiction says how the reading and the first post of a file contradict
// each other: +1 where it was taken after it was posted, -1 where so long
// before that the clock may be behind, 0 where it can be right.
func (s sample) contradiction() int {
	switch {
	case s.claim.from.After(s.post.to.Add(afterPost)):
		return +1
	case s.post.from.Sub(s.claim.to) > longBefore:
		return -1
	}
	return 0
}

// postModes finds the errors on which posts agree: at most one of a clock that
// is ahead, and one of a clock that is behind.
func postModes(list []sample) []mode {
	var modes []mode
	for _, sign := range [...]int{+1, -1} {
		var group []sample
		for _, s := range list {
			if s.post.known() && s.contradiction() == sign {
				group = append(group, s)
			}
		}
		if m, ok := postMode(densest(group), sign); ok && m.undisputed(list) {
			modes = append(modes, m)
		}
	}
	return modes
}

// lag is the shift that the reading would need if the picture had been posted
// at once.
func (s sample) lag() time.Duration { return s.post.to.Sub(s.read) }

// densest is the largest group of samples whose lags lie within lagSpread, the
// one with the smallest lags of several, by reading.
func densest(group []sample) []sample {
	slices.SortStableFunc(group, func(a, b sample) int { return cmp.Compare(a.lag(), b.lag()) })
	from, to := 0, 0
	for i, j := 0, 0; j < len(group); j++ {
		for group[j].lag()-group[i].lag() > lagSpread {
			i++
		}
		if j+1-i > to-from {
			from, to = i, j+1
		}
	}
	out := slices.Clone(group[from:to])
	slices.SortStableFunc(out, func(a, b sample) int { return a.read.Compare(b.read) })
	return out
}

// postMode bounds the error of a clock from the lags of its posts. The least
// lag bounds it from above; that somebody posted one of them within firstLag
// bounds it from below. Pictures of one day posted together a year later are
// an archive and not a wrong clock, so that a clock that is behind must be so
// on readings that lie further apart than their lags.
func postMode(group []sample, sign int) (mode, bool) {
	least := 2
	if sign < 0 {
		least = 3
	}
	if len(group) < least {
		return mode{}, false
	}
	first, last := group[0].read, group[len(group)-1].read
	m := mode{lo: maxShift, hi: maxShift, since: first, until: last, proofs: len(group)}
	for _, s := range group {
		m.lo = min(m.lo, s.post.from.Sub(s.read))
		m.hi = min(m.hi, s.lag())
	}
	m.lo -= firstLag(len(group))
	if m.hi.Abs() > maxShift || m.lo.Abs() > maxShift {
		return mode{}, false
	}
	return m, sign > 0 || last.Sub(first) > lagSpread
}

// firstLag is how long after the capture the quickest of n pictures was posted
// at most: half of all first posts come within two hours.
func firstLag(n int) time.Duration {
	if n == 2 {
		return 48 * time.Hour
	}
	return 24 * time.Hour
}

// undisputed says that few posts of pictures around these readings fit the
// clock as it is.
func (m mode) undisputed(list []sample) bool {
	posted := 0
	for _, s := range list {
		if s.post.known() && m.covers(s) {
			posted++
		}
	}
	return float64(m.proofs) >= enoughShare*float64(posted)
}

func (m mode) covers(s sample) bool {
	return !s.read.Before(m.since.Add(-nearPosts)) && !s.read.After(m.until.Add(nearPosts))
}

// movedBy gives the reading moved by an error that posts tell, never beyond the
// post of the file itself; ok is false for a file that it cannot hold for.
func (s sample) movedBy(m mode) (t extract.Time, ok bool) {
	t = s.time
	t.Earliest, t.Latest = s.read.Add(m.lo), s.read.Add(m.hi+s.width)
	if s.post.known() && s.post.to.Before(t.Latest) {
		t.Latest = s.post.to
	}
	return t, m.covers(s) && t.Earliest.Before(t.Latest)
}
