package incident

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// sentence says one line of evidence as a colleague would, of atom a with
// regard to the others of its event.
func (c *grouping) sentence(k kind, bits float64, a *atom, others []int) string {
	switch k {
	case byCopy:
		return "shows a part of what " + c.tiedTo(a, others, func(t ties) float64 { return t.copy }) + " shows"
	case byPost:
		return "in one post with " + c.tiedTo(a, others, func(t ties) float64 { return t.post })
	case byHand:
		return "within a few hours, from the same device or contributor as " + c.tiedTo(a, others, func(t ties) float64 { return t.hand })
	case byForward:
		return "one was forwarded from the account that posted the other: " + c.tiedTo(a, others, func(t ties) float64 { return t.forward })
	case byBurst:
		return "within minutes, from the account that posted " + c.tiedTo(a, others, func(t ties) float64 { return t.burst })
	case byTime:
		b := c.nearestInTime(a, others)
		return timeSentence(a, b, b.path())
	case byPlace:
		return c.placeSentence(bits, a, others)
	case byObject:
		if bits > 0 {
			return "its caption speaks of the same kind of building as that of " + c.speaksOf(a, others, true)
		}
		return "its caption speaks of another kind of building than that of " + c.speaksOf(a, others, false)
	case byAgain:
		return "strikes come in series: the next one in the same town is often near in time"
	case byCrowd:
		return fmt.Sprintf("%d other pictures show the event, so that one more is likelier to", len(others))
	case byRoutine:
		return "a greeting, weather or advertisement by its caption"
	case byNothing:
		return "says nothing of itself but when it was posted"
	case byVeto:
		for _, j := range others {
			if c.tied[a.id][j].impossible {
				return fmt.Sprintf("one camera cannot have been here and, %s away, at %s", distance(c.fixes[a.id].km(c.fixes[j])), c.atoms[j].path())
			}
		}
	case byPrior:
		return "two pictures of the case seldom show one event"
	}
	return "evidence with " + c.atoms[others[0]].path()
}

func (c *grouping) tiedTo(a *atom, others []int, of func(ties) float64) string {
	best, at := 0.0, others[0]
	for _, j := range others {
		if w := of(c.tied[a.id][j]); w > best {
			best, at = w, j
		}
	}
	return c.atoms[at].path()
}

func (c *grouping) nearestInTime(a *atom, others []int) *atom {
	best := c.atoms[others[0]]
	gap := math.Inf(1)
	for _, j := range others {
		b := c.atoms[j]
		if !b.moment.known() {
			continue
		}
		if g := math.Abs(hours(a.moment.middle()) - hours(b.moment.middle())); g < gap {
			best, gap = b, g
		}
	}
	return best
}

// placeSentence names what of the place the atom and the best of the others
// agree on, or the worst of them do not.
func (c *grouping) placeSentence(bits float64, a *atom, others []int) string {
	var b *atom
	most := math.Inf(-1)
	for _, j := range others {
		w := c.places[a.id].agree(c.places[j], c.sites.shares)
		if bits < 0 {
			w = -w
		}
		if w > most && !c.places[j].silent() {
			b, most = c.atoms[j], w
		}
	}
	if b == nil {
		return "its place fits that of the others"
	}
	named, theirs := c.named(a.id), c.named(b.id)
	switch {
	case c.placed[a.id] && c.placed[b.id]:
		return distance(c.fixes[a.id].km(c.fixes[b.id])) + " from " + b.path()
	case bits > 0 && common(named, theirs) != "":
		return fmt.Sprintf("its caption names %s, as does that of %s", common(named, theirs), b.path())
	case len(named) > 0 && len(theirs) > 0 && bits > 0:
		return fmt.Sprintf("its caption names %s, and that of %s %s", atMost(named), b.path(), atMost(theirs))
	case len(named) > 0 && len(theirs) > 0:
		return fmt.Sprintf("its caption names %s, but that of %s %s", atMost(named), b.path(), atMost(theirs))
	case len(named) > 0 && c.placed[b.id] && bits > 0:
		return fmt.Sprintf("its caption names %s, near which %s was taken", atMost(named), b.path())
	case len(theirs) > 0 && c.placed[a.id] && bits > 0:
		return fmt.Sprintf("taken near %s, which the caption of %s names", atMost(theirs), b.path())
	case len(named) > 0 && c.placed[b.id]:
		return fmt.Sprintf("its caption names %s, and %s was taken elsewhere", atMost(named), b.path())
	case len(theirs) > 0 && c.placed[a.id]:
		return fmt.Sprintf("taken elsewhere than %s, which the caption of %s names", atMost(theirs), b.path())
	case bits > 0:
		return "one has no place of its own, and its account posts about the surroundings of the other: " + b.path()
	}
	return "one has no place of its own, and its account posts about other surroundings than those of " + b.path()
}

// common is the first name that two sorted lists share.
func common(a, b []string) string {
	for _, n := range a {
		if slices.Contains(b, n) {
			return n
		}
	}
	return ""
}

// speaksOf is the first of the others that speaks of a kind of building, the
// same as the atom or another.
func (c *grouping) speaksOf(a *atom, others []int, same bool) string {
	for _, j := range others {
		if o := c.atoms[j].objects; o != 0 && (o&a.objects != 0) == same {
			return c.atoms[j].path()
		}
	}
	return c.atoms[others[0]].path()
}

func atMost(names []string) string { return strings.Join(names[:min(len(names), maxNamed)], ", ") }

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
