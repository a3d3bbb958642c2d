package sun

import (
	"math"
	"time"
)

// fastest is more than the sun ever moves across the sky, in degrees a second:
// it goes round in a day, and the solar day is never half a minute shorter
// than 24 hours.
const fastest = 0.0042

// finest is the shortest step of a search.
const finest = time.Second

// gap says how far the sun is, in degrees across the sky, from the edge of
// what is asked for: positive outside it, negative inside. A gap may be too
// small and never too large, so that the sun needs at least that long.
type gap func(time.Time) float64

// edge is a moment at which the sun enters or leaves what is asked for: before
// is on one side and after, at most a tenth of a second later, on the other.
type edge struct {
	before, after time.Time
	enters        bool
}

// edges gives the moments between from and to at which the gap changes its
// sign, and whether the sun is inside at the beginning. The steps are as long
// as the gap allows, so that no stretch of a second or more is missed and
// quiet stretches cost little.
func edges(from, to time.Time, g gap) (inside bool, out []edge) {
	was, last := g(from), from
	inside = was <= 0
	for last.Before(to) {
		t := last.Add(max(finest, time.Duration(math.Abs(was)/fastest*float64(time.Second))))
		if t.After(to) {
			t = to
		}
		now := g(t)
		if now <= 0 != (was <= 0) {
			out = append(out, narrowed(edge{last, t, now <= 0}, g))
		}
		was, last = now, t
	}
	return inside, out
}

func narrowed(e edge, g gap) edge {
	for e.after.Sub(e.before) > finest/10 {
		mid := e.before.Add(e.after.Sub(e.before) / 2)
		if g(mid) <= 0 == e.enters {
			e.after = mid
		} else {
			e.before = mid
		}
	}
	return e
}
