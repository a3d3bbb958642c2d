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
	byPlace
	byAgain
	byObject
	byHand
	byForward
	byBurst
	byCrowd
	byRoutine
	byNothing
	byVeto
	byPrior
	kinds
)

// codes are the reasons' codes in the output.
var codes = [kinds]string{
	"part-copy", "same-post", "time", "place", "series", "object", "same-hand", "forward", "same-account", "crowd", "routine", "silent", "impossible", "prior",
}

// evidence is what speaks for one event behind two groups, in bits.
type evidence [kinds]float64

func (e *evidence) total() float64 {
	sum := 0.0
	for _, b := range e {
		sum += b
	}
	return sum
}

// ties are what links two atoms beyond time, place and words.
type ties struct {
	copy, post, hand, forward, burst float64
	impossible                       bool // one camera in two places at once
}

func (t ties) max(u ties) ties {
	return ties{max(t.copy, u.copy), max(t.post, u.post), max(t.hand, u.hand), max(t.forward, u.forward), max(t.burst, u.burst), t.impossible || u.impossible}
}

// maxCrowd is how many pictures of an event make it no likelier that one more
// is of it.
const maxCrowd = 8

// opinion is what a group of atoms says of its event.
type opinion struct {
	atoms   []int // ascending
	start   *start
	place   belief
	object  belief
	reach   float64 // km within which it places its event; seriesReach when it does not
	rate    float64 // of the case around it: sum over the atoms
	routine int     // atoms that are of the everyday by their words
	silent  int     // atoms that say nothing but their time
}

// with is what two groups say together.
func (o *opinion) with(u *opinion, c *grouping) *opinion {
	atoms := slices.Concat(o.atoms, u.atoms)
	slices.Sort(atoms)
	place := o.place.and(u.place, c.sites.shares)
	return &opinion{
		atoms: atoms, start: o.start.with(u.start), place: place, reach: c.reach(place),
		object: o.object.and(u.object, c.learnt.Objects), rate: o.rate + u.rate,
		routine: o.routine + u.routine, silent: o.silent + u.silent,
	}
}

// opinionOfAll is what a list of atoms says.
func (c *grouping) opinionOfAll(atoms []int) *opinion {
	o := c.opinionOf(atoms[0])
	for _, i := range atoms[1:] {
		o = o.with(c.opinionOf(i), c)
	}
	return o
}

// weigh compares two groups.
func (c *grouping) weigh(a, b *opinion, t ties) evidence {
	var e evidence
	p := &c.params
	na, nb := float64(len(a.atoms)), float64(len(b.atoms))
	e[byPrior] = c.learnt.Prior
	e[byCopy], e[byPost], e[byHand], e[byForward] = t.copy, t.post, t.hand, t.forward
	if t.post == 0 {
		e[byBurst] = t.burst
	}
	if t.impossible {
		e[byVeto] = vetoBits
	}
	if a.start != nil && b.start != nil {
		rate := (a.rate + b.rate) / (na + nb)
		e[byTime] = a.start.bits(b.start, rate)
		e[byPlace] = a.place.agree(b.place, c.sites.shares)
		e[byAgain] = c.again(a, b, &e, rate)
	} else {
		e[byPlace] = a.place.agree(b.place, c.sites.shares)
	}
	e[byObject] = a.object.agree(b.object, c.learnt.Objects)
	e[byCrowd] = p.Crowd * math.Log2(math.Min(math.Max(na, nb), maxCrowd))
	if t.post == 0 && t.copy == 0 {
		e[byRoutine] = p.Routine * (float64(a.routine)/na + float64(b.routine)/nb)
		if t.hand == 0 {
			e[byNothing] = p.Blind * (float64(a.silent)/na + float64(b.silent)/nb)
		}
	}
	return e
}

// again is what it costs that strikes come in series: near in time to one event
// there are likely others, in the same town, that chance alone does not
// explain. So time and town together never say more than that they tell this
// event from the next of its series.
func (c *grouping) again(a, b *opinion, e *evidence, rate float64) float64 {
	p := &c.params
	gap := math.Abs(a.start.middle - b.start.middle)
	h := p.AgainFor.Hours()
	next := p.Again * math.Exp(-gap/h) / (2 * h) // events an hour
	next *= math.Pow(math.Max(a.reach, b.reach)/seriesReach, seriesPower)
	chance := e[byPrior] + e[byTime] + e[byPlace]
	agree := math.Exp2(e[byTime]) * rate
	return -chance - math.Log2(math.Exp2(-chance)+next/agree)
}

// Of the events that follow within 15 km and a day, half lie within 5 km and a
// fifth within 1 km.
const (
	seriesReach = 15.0
	seriesPower = 0.63
	smallReach  = 5.0
)

// reach is within how many km a belief places its event.
func (c *grouping) reach(b belief) float64 {
	at, _ := b.best(c.sites.shares)
	switch {
	case at < 0:
		return seriesReach
	case !c.sites.list[at].placed: // what no gazetteer knows is a small place
		return smallReach
	}
	return math.Min(math.Max(1, c.sites.list[at].Radius+1), seriesReach)
}

// isSilent holds for an atom that says nothing but when it was posted.
func (c *grouping) isSilent(i int) bool {
	a := c.atoms[i]
	return c.places[i].silent() && a.objects == 0 && !a.moment.taken
}

// tie finds what links two atoms beyond time, place and words.
func (c *grouping) tie(a, b *atom) ties {
	p := &c.params
	t := ties{copy: c.links[linkOf(a.id, b.id)]}
	if shared(a.posts, b.posts) {
		t.post = p.Album
	}
	if a.moment.taken && b.moment.taken {
		device := shared(a.devices, b.devices)
		gap := math.Abs(hours(a.moment.middle()) - hours(b.moment.middle()))
		switch {
		case device && c.tooFar(a, b, gap):
			t.impossible = true
		case (device || shared(a.hands, b.hands)) && gap <= p.HandWindow.Hours():
			t.hand = tieBits(p.Hand, c.learnt.OneHand)
		}
	}
	if a.posted() && b.posted() && a.moment.middle().Sub(b.moment.middle()).Abs() <= p.BurstWithin && shared(a.accounts, b.accounts) {
		t.burst = tieBits(p.Burst, c.learnt.OneAccount)
	}
	if len(a.forwards)+len(b.forwards) > 0 && (forwards(a, b) || forwards(b, a)) {
		t.forward = p.Forward
	}
	return t
}

// tieBits weighs a tie that a share of the pairs of one event has, and pairs of
// two events have by chance.
func tieBits(share, chance float64) float64 {
	return math.Min(math.Max(math.Log2(share/chance), 0), mostTie)
}

// mostTie is the most, in bits, that one hand or account says: people film and
// post more than one event in a day.
const mostTie = 8

// A camera travels no faster than fastest, km/h; positions and clocks that are
// nearer than atOnce, km, may be inaccurate.
const (
	fastest = 900
	atOnce  = 50
)

// vetoBits stands for "cannot be".
const vetoBits = -1000

// tooFar says that one camera cannot have taken both.
func (c *grouping) tooFar(a, b *atom, gap float64) bool {
	if !c.placed[a.id] || !c.placed[b.id] || a.moment.floating || b.moment.floating {
		return false
	}
	d := c.fixes[a.id].km(c.fixes[b.id])
	return d > atOnce && d > fastest*(gap+0.25)
}

// between is the strongest of each tie between two groups.
func (c *grouping) between(a, b []int) ties {
	var t ties
	for _, i := range a {
		for j, u := range c.tied[i] {
			if _, ok := slices.BinarySearch(b, j); ok {
				t = t.max(u)
			}
		}
	}
	return t
}

// compare weighs two lists of atoms.
func (c *grouping) compare(a, b []int) evidence {
	return c.weigh(c.opinionOfAll(a), c.opinionOfAll(b), c.between(a, b))
}

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

// stake is how much surer than a single picture's the join of two groups must
// be.
func (c *grouping) stake(a, b *opinion) float64 {
	return c.params.Stake * math.Log2(float64(min(len(a.atoms), len(b.atoms))))
}
