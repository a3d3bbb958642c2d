package incident

import (
	"math"
	"slices"
)

// kind is one line of the evidence table.
type kind int

// The evidence, in the order in which it is shown on a tie.
const (
	byCopy kind = iota
	byPost
	byTime
	byDistance
	byNamedPlace
	byName
	byWord
	byHabit
	byObject
	byHand
	byForward
	byRoutine
	byNothing
	byVeto
	byPrior
	kinds
)

// codes are the reasons' codes in the output.
var codes = [kinds]string{
	"part-copy", "same-post", "time", "distance", "place-of-name", "name", "word", "account-habit", "object",
	"same-hand", "forward", "routine", "no-place", "impossible", "prior",
}

// evidence is what speaks for one event behind two atoms, in bits.
type evidence struct {
	bits [kinds]float64
	name int32   // the name or word that is shared, -1
	km   float64 // between positions, -1
}

func (e *evidence) total() float64 {
	sum := 0.0
	for _, b := range e.bits {
		sum += b
	}
	return sum
}

// vetoBits stands for "cannot be".
const vetoBits = -1000

// weigh compares two atoms. It is called for every pair that lies near in
// time, so it makes nothing on the heap.
func (c *grouping) weigh(a, b *atom) evidence {
	e := evidence{name: -1, km: -1}
	p := &c.params
	e.bits[byPrior] = c.prior
	if shared(a.posts, b.posts) {
		e.bits[byPost] = p.Album
	}
	if bits, ok := c.links[linkOf(a.id, b.id)]; ok {
		e.bits[byCopy] = bits
	}
	if a.moment.known() && b.moment.known() {
		e.bits[byTime] = math.Max(p.timeBits(a.moment, b.moment, c.background(a, b)), -3*math.Abs(p.VetoBits))
	}
	c.weighPlace(a, b, &e)
	c.weighObjects(a, b, &e)
	c.weighHands(a, b, &e)
	if len(a.forwards)+len(b.forwards) > 0 && (forwards(a, b) || forwards(b, a)) {
		e.bits[byForward] = p.Forward
	}
	if (a.routine || b.routine) && e.bits[byPost] == 0 && e.bits[byCopy] == 0 {
		e.bits[byRoutine] = p.Routine
	}
	return e
}

// weighPlace takes the strongest kind of place evidence that both atoms have:
// positions, a position and a name, names, or the habit of an account. The
// kinds say the same thing, so they are not added up.
func (c *grouping) weighPlace(a, b *atom, e *evidence) {
	p := &c.params
	fa, okA := c.fixes[a.id], c.placed[a.id]
	fb, okB := c.fixes[b.id], c.placed[b.id]
	c.weighNames(a, b, e)
	switch {
	case okA && okB:
		e.km = fa.km(fb)
		e.bits[byDistance] = step(e.km, p.Near, p.FarBits)
		if e.bits[byDistance] > 0 { // the names are then no news
			e.bits[byName] = math.Max(0, math.Min(e.bits[byName], p.NameCap)) / 2
		}
	case okA && c.byPosition(fa, b, e), okB && c.byPosition(fb, a, e):
		e.bits[byName] = 0
	}
	if e.bits[byDistance] == 0 && e.bits[byNamedPlace] == 0 && e.bits[byName] == 0 {
		c.weighHabit(a, b, e)
	}
	if e.bits[byDistance] == 0 && e.bits[byNamedPlace] == 0 && e.bits[byName] == 0 && e.bits[byHabit] == 0 &&
		e.bits[byPost] == 0 && e.bits[byCopy] == 0 && e.bits[byHand] == 0 {
		e.bits[byNothing] = p.Blind
	}
}

// byPosition compares a position with where a name of the other atom lies.
func (c *grouping) byPosition(f fix, other *atom, e *evidence) bool {
	best, found := 0.0, false
	for _, n := range other.names {
		t := &c.words.terms[n]
		if !t.placed {
			continue
		}
		bits := step(km(f.lat, f.lon, t.lat, t.lon), c.params.Named, c.params.FarNamed)
		if !found || bits > best {
			best, found = bits, true
			e.name = n
		}
	}
	if found {
		e.bits[byNamedPlace] = best
	}
	return found
}

func (c *grouping) weighNames(a, b *atom, e *evidence) {
	v, p := c.words, &c.params
	best := math.Inf(-1)
	for _, n := range a.names {
		if _, ok := slices.BinarySearch(b.names, n); ok {
			if bits := v.bits(n); bits > best {
				best, e.name = bits, n
			}
		}
	}
	if e.name >= 0 {
		e.bits[byName] = math.Min(best, p.NameCap)
		return
	}
	if len(a.names) > 0 && len(b.names) > 0 {
		e.bits[byName] = c.otherNames(a, b, e)
		if e.bits[byName] != 0 {
			return
		}
	}
	for _, n := range a.rare {
		if _, ok := slices.BinarySearch(b.rare, n); ok {
			if bits := math.Min(v.bits(n), p.WordCap); bits > e.bits[byWord] {
				e.bits[byWord], e.name = bits, n
			}
		}
	}
}

// otherNames weighs captions that name something, and nothing alike: it may
// still be one place under two names.
func (c *grouping) otherNames(a, b *atom, e *evidence) float64 {
	v := c.words
	share, bits, apart := 0.0, 0.0, math.Inf(1)
	common := false // a name that is seen once says little by not being shared
	for _, x := range a.names {
		for _, y := range b.names {
			if s := v.aliased(x, y); s > share {
				share, bits, e.name = s, math.Min(v.bits(x), v.bits(y)), x
			}
			s, t := &v.terms[x], &v.terms[y]
			if s.placed && t.placed {
				apart = math.Min(apart, km(s.lat, s.lon, t.lat, t.lon))
			}
			common = common || s.atoms > 1 && t.atoms > 1
		}
	}
	switch {
	case share > 0:
		return math.Min(share*math.Max(bits, 0), c.params.NameCap)
	case apart < c.params.Named[0].Km:
		return 1
	case common:
		return c.params.OtherName
	default:
		return c.params.OtherName / 2
	}
}

// weighHabit lends a caption without a name what its account mostly posts of.
func (c *grouping) weighHabit(a, b *atom, e *evidence) {
	if bits := c.habitBits(a, b); bits != 0 {
		e.bits[byHabit] = bits
		return
	}
	e.bits[byHabit] = c.habitBits(b, a)
}

func (c *grouping) habitBits(silent, speaking *atom) float64 {
	if len(silent.names) > 0 || c.placed[silent.id] {
		return 0
	}
	best, found := 0.0, false
	for _, acc := range silent.accounts {
		h, ok := c.words.habit[acc]
		if !ok {
			continue
		}
		bits := 0.0
		switch {
		case h.fixed && c.placed[speaking.id]:
			bits = c.params.OtherHabit
			if f := c.fixes[speaking.id]; km(h.lat, h.lon, f.lat, f.lon) < homeReach {
				bits = c.params.Habit
			}
		case h.share > 0 && len(speaking.names) > 0:
			bits = c.params.OtherHabit
			for _, n := range speaking.names {
				if n == h.name || c.words.aliased(n, h.name) > 0 {
					bits = math.Min(c.params.Habit, c.words.bits(h.name))
				}
			}
		default:
			continue
		}
		if !found || bits > best {
			best, found = bits, true
		}
	}
	return best
}

func (c *grouping) weighObjects(a, b *atom, e *evidence) {
	switch {
	case a.objects == 0 || b.objects == 0:
	case a.objects&b.objects != 0:
		e.bits[byObject] = c.params.SameObject
	default:
		e.bits[byObject] = c.params.OtherObject
	}
}

// weighHands credits one device or contributor working within a few hours,
// and refuses one camera in two places at once.
func (c *grouping) weighHands(a, b *atom, e *evidence) {
	if !a.moment.taken || !b.moment.taken {
		return
	}
	gap := math.Abs(hours(a.moment.middle()) - hours(b.moment.middle()))
	device := shared(a.devices, b.devices)
	if device && e.km > 50 && !a.moment.floating && !b.moment.floating && e.km > fastest*(gap+0.25) {
		e.bits[byVeto] = vetoBits
		return
	}
	if (device || shared(a.hands, b.hands)) && gap <= c.params.HandWindow.Hours() {
		e.bits[byHand] = c.params.Hand
		if e.bits[byNothing] < 0 {
			e.bits[byNothing] = 0
		}
	}
}

// fastest is how fast a camera travels, km/h.
const fastest = 900

// forwards says whether a was forwarded from an account that posted b.
func forwards(a, b *atom) bool {
	for _, f := range a.forwards {
		for _, acc := range b.accounts {
			if len(acc) >= len(f) && equalFold(acc[len(acc)-len(f):], f) {
				return true
			}
		}
	}
	return false
}

func equalFold(a, b string) bool {
	for i := 0; i < len(a); i++ {
		x, y := a[i], b[i]
		if 'A' <= x && x <= 'Z' {
			x += 'a' - 'A'
		}
		if x != y {
			return false
		}
	}
	return true
}

// shared says whether two sorted lists have an entry in common.
func shared(a, b []string) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return true
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return false
}
