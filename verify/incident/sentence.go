package incident

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// sentence says one piece of evidence as a colleague would, of a with regard
// to b.
func (c *grouping) sentence(k kind, e *evidence, a, b *atom) string {
	bits, other := e.bits[k], b.path()
	switch k {
	case byCopy:
		return "shows a part of what " + other + " shows"
	case byPost:
		return "in one post with " + other
	case byTime:
		return timeSentence(a, b, other)
	case byDistance:
		return distance(e.km) + " from " + other
	case byNamedPlace:
		if bits > 0 {
			return fmt.Sprintf("one of the two was taken where pictures of %s were taken, and the caption of the other names it: %s", c.words.terms[e.name].shown, other)
		}
		return fmt.Sprintf("taken elsewhere than %s, which %s names", c.words.terms[e.name].shown, other)
	case byName:
		if bits > 0 && e.name >= 0 {
			return fmt.Sprintf("its caption names %s, as does that of %s", c.words.terms[e.name].shown, other)
		}
		if bits > 0 {
			return "its caption names a place near the one that " + other + " names"
		}
		return "its caption names other places than that of " + other
	case byWord:
		return fmt.Sprintf("its caption says %q, as does that of %s", c.words.terms[e.name].shown, other)
	case byHabit:
		if bits > 0 {
			return "one has no place of its own, and its account mostly posts about the place of the other: " + other
		}
		return "one has no place of its own, and its account mostly posts about another place than that of " + other
	case byObject:
		if bits > 0 {
			return "its caption speaks of the same kind of building as that of " + other
		}
		return "its caption speaks of another kind of building than that of " + other
	case byHand:
		return "within a few hours, from the same device or contributor as " + other
	case byForward:
		return "one was forwarded from the account that posted the other: " + other
	case byRoutine:
		return "a greeting, weather or advertisement by its caption"
	case byVeto:
		return fmt.Sprintf("one camera cannot have been here and, %s away, at %s", distance(e.km), other)
	}
	return "evidence with " + other
}

func timeSentence(a, b *atom, other string) string {
	gap := a.moment.middle().Sub(b.moment.middle())
	word := "after"
	if gap < 0 {
		word, gap = "before", -gap
	}
	verb := map[bool]string{true: "taken", false: "posted"}
	head := verb[a.moment.taken]
	tail := other
	if a.moment.taken != b.moment.taken {
		tail += " was " + verb[b.moment.taken]
	} else if !a.moment.taken && shared(a.accounts, b.accounts) {
		tail += " by the same account"
	}
	if gap < time.Minute {
		return head + " in the same minute as " + tail
	}
	about := ""
	if a.moment.floating || b.moment.floating || a.moment.hi.Sub(a.moment.lo) > time.Hour || b.moment.hi.Sub(b.moment.lo) > time.Hour {
		about = "about "
	}
	return fmt.Sprintf("%s %s%s %s %s", head, about, lasting(gap), word, tail)
}

// lasting writes a duration in the unit that a person would use.
func lasting(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	switch {
	case d < 90*time.Minute:
		return count(d.Minutes(), "minute")
	case d < 36*time.Hour:
		return count(d.Hours(), "hour")
	default:
		return count(d.Hours()/24, "day")
	}
}

func count(v float64, unit string) string {
	n := int(math.Round(v))
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

func distance(km float64) string {
	if km < 10 {
		return strings.Replace(fmt.Sprintf("%.1f km", km), "0.0 km", "less than 0.1 km", 1)
	}
	return fmt.Sprintf("%.0f km", km)
}
