package incident

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/verify"
)

// grouping is one run: the atoms of a case with all that was learnt of them.
type grouping struct {
	postLags, captureLags lagTable // of the settings

	params Params
	rules  *constraints
	clock  clock
	atoms  []*atom
	member map[verify.Digest]int // atom of an item
	links  map[uint64]float64    // parts and other shots, by linkOf
	fixes  []fix                 // by atom
	placed []bool

	learnt   *Statistics // what the case as a whole teaches; all that follows is made with it
	words    *vocabulary
	sites    *sites
	homes    map[string]home
	shapes   map[shapeKey]belief     // what positions and mentions say
	mentions [][]mention             // by atom: places that its captions name
	places   []belief                // by atom: where its event was
	objects  []belief                // by atom: what was hit
	starts   []atomic.Pointer[start] // by atom, worked out when first asked for
	reaches  []float64               // by atom: see reach
	rate     []float64               // files per hour around each atom, as a share of the case
	hours    []float64               // by atom: when, since 1970
	peaks    [2]float64              // see peak

	order   []int          // atoms with a time, by time
	tied    []map[int]ties // by atom
	tieList [][]tieTo      // the same in order
	marks   []mark         // by atom: of all that it says and is tied to
	edges   []edge         // pairs that may be of one event
	ends    [][]int        // by atom: the other ends of its edges
	memory  *memory        // of the run before

	lone   map[*posting]*opinion // what single posts say
	claims map[*posting]bool     // posts of old pictures that some event is claimed by
}

// newCase reads a case by the statistics that it is given, or learns them.
func newCase(in Input, p Params) *grouping {
	c := &grouping{lone: map[*posting]*opinion{}, shapes: map[shapeKey]belief{}, params: p, clock: clock{zone: in.Zone, doubt: p.ZoneDoubt}, rules: newConstraints(in.Decisions, in.Items), learnt: in.Statistics}
	c.postLags, c.captureLags = newLagTable(p.PostLag), newLagTable(p.CaptureLag)
	c.atoms, c.member = makeAtoms(in, c.rules, p.Recycled)
	c.rules.bind(c.member, len(c.atoms))
	if c.learnt == nil {
		for i := range in.Items {
			c.clock.learn(in.Items[i].Media.Times)
		}
	} else {
		c.clock.offsets = c.learnt.Offsets
	}
	c.clock.ready()
	c.all(func(i int) { c.atoms[i].read(&c.clock, &p) })
	c.link(in.Matches)
	c.strikeParts()
	c.fixes = make([]fix, len(c.atoms))
	c.placed = make([]bool, len(c.atoms))
	c.hours = make([]float64, len(c.atoms))
	c.all(func(i int) { c.settle(c.atoms[i]) })
	c.inOrder()
	if c.learnt == nil {
		c.learn(in.Places)
	} else {
		c.recall(in.Places)
	}
	n := len(c.atoms)
	c.places, c.objects, c.starts = make([]belief, n), make([]belief, n), make([]atomic.Pointer[start], n)
	c.rate, c.reaches = make([]float64, n), make([]float64, n)
	for i := range c.atoms {
		c.understand(i)
	}
	c.findPeaks()
	c.bind()
	c.listTies()
	c.mark()
	return c
}

// all does something with every atom, on all workers.
func (c *grouping) all(do func(i int)) {
	_ = c.share(context.Background(), len(c.atoms), do) // a context without an end
}

// settle works out what an atom's postings say of time and position.
func (c *grouping) settle(a *atom) {
	a.settle(&c.clock, &c.params)
	c.fixes[a.id], c.placed[a.id] = a.position()
	c.hours[a.id] = 0
	if a.moment.known() {
		c.hours[a.id] = hours(a.moment.middle())
	}
}

// understand works out what one atom says of its event, by what the case as a
// whole teaches.
func (c *grouping) understand(i int) {
	a := c.atoms[i]
	c.places[i] = c.said(i)
	for _, account := range a.channels {
		if h, ok := c.homes[account]; ok {
			c.places[i] = c.places[i].and(shapeOf(c.sites.around(h.at), c.sites.shares, 1-0.97*h.local), c.sites.shares)
		}
	}
	c.objects[i] = c.objectOf(a)
	c.starts[i].Store(nil)
	c.reaches[i] = c.reach(c.places[i])
	c.rate[i] = c.learnt.Crowding.at(a.moment)
}

// reread reads an atom anew of which posts were struck.
func (c *grouping) reread(i int) {
	a := c.atoms[i]
	a.forget()
	c.settle(a)
	c.words.hear(a)
	c.register(i)
	c.understand(i)
}

// strike takes what posts of old pictures say out of the evidence, and reads
// their atoms anew.
func (c *grouping) strike(without struck) {
	var changed []int
	for i, a := range c.atoms {
		found := false
		for _, q := range a.postings {
			if since, ok := without[q.sighting.Path]; ok {
				q.strike(since, "")
				found = true
			}
		}
		if found {
			c.reread(i)
			changed = append(changed, i)
		}
	}
	c.inOrder()
	c.loosen(changed)
}

// loosen takes back the ties that struck posts made, and marks what changed.
func (c *grouping) loosen(changed []int) {
	c.marks = slices.Clone(c.marks)
	for _, i := range changed {
		c.markAtom(i)
		for j := range c.tied[i] {
			t := c.tie(c.atoms[i], c.atoms[j])
			if t == (ties{}) {
				delete(c.tied[i], j)
				delete(c.tied[j], i)
				continue
			}
			c.tied[i][j], c.tied[j][i] = t, t
		}
		for _, t := range c.tieList[i] {
			c.listTiesOf(t.other)
		}
		c.listTiesOf(i)
	}
}

// inOrder puts the atoms that have a time in the order of time.
func (c *grouping) inOrder() {
	c.order = c.order[:0]
	for i, a := range c.atoms {
		if a.moment.known() {
			c.order = append(c.order, i)
		}
	}
	slices.SortStableFunc(c.order, func(i, j int) int { return cmp.Compare(c.hours[i], c.hours[j]) })
}

// link keeps the likeness that is no copy: parts that did not join an atom,
// and other shots of one place.
func (c *grouping) link(matches []verify.Match) {
	c.links = map[uint64]float64{}
	for _, m := range matches {
		a, ok := c.member[m.DigestA]
		b, ok2 := c.member[m.DigestB]
		if !ok || !ok2 || a == b {
			continue
		}
		bits := c.params.PartCopy
		if m.Relation == verify.SameScene {
			bits = c.params.Scene
		}
		if k := linkOf(a, b); bits > c.links[k] {
			c.links[k] = bits
		}
	}
}

func linkOf(a, b int) uint64 {
	if a > b {
		a, b = b, a
	}
	return uint64(a)<<32 | uint64(b)
}

// bind finds what links atoms beyond time, place and words.
func (c *grouping) bind() {
	c.tied = make([]map[int]ties, len(c.atoms))
	by := map[string][]int{}
	for i, a := range c.atoms {
		for _, p := range a.posts {
			by["p"+p] = append(by["p"+p], i)
		}
		if a.posted() {
			for _, acc := range a.accounts {
				by["a"+acc] = append(by["a"+acc], i)
			}
		}
		if a.moment.taken {
			for _, d := range a.devices {
				by["d"+d] = append(by["d"+d], i)
			}
			for _, h := range a.hands {
				by["h"+h] = append(by["h"+h], i)
			}
		}
	}
	note := func(i, j int) {
		if i == j {
			return
		}
		t := c.tie(c.atoms[i], c.atoms[j])
		if t == (ties{}) {
			return
		}
		for _, k := range [2][2]int{{i, j}, {j, i}} {
			if c.tied[k[0]] == nil {
				c.tied[k[0]] = map[int]ties{}
			}
			c.tied[k[0]][k[1]] = t
		}
	}
	for _, l := range by {
		slices.SortFunc(l, func(i, j int) int { return c.atoms[i].moment.middle().Compare(c.atoms[j].moment.middle()) })
		for x, i := range l {
			for _, j := range l[x+1 : min(len(l), x+1+maxBound)] {
				note(i, j)
			}
		}
	}
	for k := range c.links {
		note(int(k>>32), int(k&math.MaxUint32))
	}
}

// maxBound bounds the neighbours in time that a device or an album links an
// atom to.
const maxBound = 50
