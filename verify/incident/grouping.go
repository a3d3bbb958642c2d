package incident

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/verify"
)

// grouping is one run: the atoms of a case with all that was learnt of them.
type grouping struct {
	params Params
	rules  *constraints
	clock  clock
	atoms  []*atom
	member map[verify.Digest]int // atom of an item
	words  *vocabulary
	links  map[uint64]float64 // parts and other shots, by linkOf
	fixes  []fix              // by atom
	placed []bool

	sites        *sites
	homes        map[string]home
	meant        map[int32]map[int32]float64 // by term: the sites that it may mean
	places       []belief                    // by atom: where its event was
	objects      []belief                    // by atom: what was hit
	objectShares []float64
	starts       []*start

	prior    float64
	rate     []float64           // files per hour around each atom, as a share of the case
	order    []int               // atoms with a time, by time
	edges    []edge              // pairs that may be of one event
	ends     [][]int             // by atom: the other ends of its edges
	tied     []map[int]ties      // by atom
	claims   map[*posting]bool   // posts of old pictures that some event is claimed by
	restruck []int               // atoms of which an earlier look struck posts
	wholes   map[*event]*opinion // what all atoms of an event say
}

// edge is a pair of atoms that may be of one event.
type edge struct {
	a, b int32
}

// newCase reads a case, without the posts that an earlier look at it struck.
func newCase(in Input, p Params, without struck) *grouping {
	c := &grouping{params: p, clock: clock{zone: in.Zone, doubt: p.ZoneDoubt}, rules: newConstraints(in.Decisions, in.Items)}
	c.atoms, c.member = makeAtoms(in, c.rules)
	c.rules.bind(c.member, len(c.atoms))
	for i := range in.Items {
		c.clock.learn(in.Items[i].Media.Times)
	}
	c.clock.ready()
	for _, a := range c.atoms {
		a.read(&c.clock, &p)
	}
	c.link(in.Matches)
	c.strikeParts()
	for _, a := range c.atoms {
		for _, q := range a.postings {
			if since, ok := without[q.sighting.Path]; ok {
				q.strike(since, "")
				c.restruck = append(c.restruck, a.id)
			}
		}
		a.settle(&c.clock, &p)
	}
	c.place()
	c.words = newVocabulary(c.atoms, in.Places)
	c.learnPlaces()
	c.learnObjects()
	c.rates()
	c.starts = make([]*start, len(c.atoms))
	for i, a := range c.atoms {
		c.starts[i] = p.newStart(a.moment)
	}
	c.bind()
	return c
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

func (c *grouping) place() {
	c.fixes = make([]fix, len(c.atoms))
	c.placed = make([]bool, len(c.atoms))
	for i, a := range c.atoms {
		c.fixes[i], c.placed[i] = a.position()
	}
}

// rates estimates how crowded the time around each atom is, and from the
// number of atoms the prior. The background is never below the case's mean
// rate, and is taken over a week, less one event of usual size, so that a
// large event does not count as its own background.
func (c *grouping) rates() {
	for i, a := range c.atoms {
		if a.moment.known() {
			c.order = append(c.order, i)
		}
	}
	at := func(i int) float64 { return hours(c.atoms[i].moment.middle()) }
	sort.SliceStable(c.order, func(i, j int) bool { return at(c.order[i]) < at(c.order[j]) })
	n := float64(len(c.order))
	c.rate = make([]float64, len(c.atoms))
	if len(c.order) == 0 {
		return
	}
	c.prior = -math.Log2(math.Max(1, n/c.params.AtomsPerEvent))
	// The middle nine tenths: a camera whose clock says 2000 does not
	// stretch the case by decades.
	lo, hi := at(c.order[len(c.order)/20]), at(c.order[len(c.order)-1-len(c.order)/20])
	// A case of a few hours tells nothing of how crowded other days are.
	mean := 0.9 / math.Max(hi-lo, c.params.Window.Hours())
	const half = 84.0
	i, j := 0, 0
	for _, k := range c.order {
		t := at(k)
		for at(c.order[i]) < t-half {
			i++
		}
		for j < len(c.order) && at(c.order[j]) <= t+half {
			j++
		}
		local := (float64(j-i) - c.params.AtomsPerEvent) / (n * 2 * half)
		c.rate[k] = math.Max(mean, local)
	}
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

// pair compares all atoms that lie within the window of each other, and those
// that an album or a likeness links, and keeps the pairs that may be of one
// event.
func (c *grouping) pair(ctx context.Context) error {
	singles := make([]*opinion, len(c.atoms))
	for i := range c.atoms {
		singles[i] = c.opinionOf(i)
	}
	lists := make([][]edge, len(c.order))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range c.params.workers() {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(c.order) {
					return
				}
				lists[i] = c.partners(i, singles)
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	c.edges = slices.Concat(lists...)
	c.tieEdges(singles)
	return nil
}

// pairAs takes the pairs over from an earlier look at the case, and compares
// anew the atoms of which that look struck posts.
func (c *grouping) pairAs(old *grouping) {
	singles := make([]*opinion, len(c.atoms))
	for i := range c.atoms {
		singles[i] = c.opinionOf(i)
	}
	changed := map[int]bool{}
	for _, i := range c.restruck {
		changed[i] = true
	}
	for _, e := range old.edges {
		if !changed[int(e.a)] && !changed[int(e.b)] {
			c.edges = append(c.edges, e)
		}
	}
	window := c.params.Window.Hours()
	for _, i := range slices.Sorted(maps.Keys(changed)) {
		t := hours(c.atoms[i].moment.middle())
		from, _ := slices.BinarySearchFunc(c.order, t-window, func(k int, t float64) int {
			return cmp.Compare(hours(c.atoms[k].moment.middle()), t)
		})
		for _, j := range c.order[from:] {
			if !c.atoms[i].moment.known() || hours(c.atoms[j].moment.middle()) > t+window {
				break
			}
			if e, ok := c.edge(singles[i], singles[j]); ok && i != j {
				c.edges = append(c.edges, e)
			}
		}
	}
	c.tieEdges(singles)
}

// tieEdges adds the pairs that an album, a device or a likeness links, and
// puts all in order.
func (c *grouping) tieEdges(singles []*opinion) {
	for i, m := range c.tied {
		for j := range m {
			if i < j {
				if e, ok := c.edge(singles[i], singles[j]); ok {
					c.edges = append(c.edges, e)
				}
			}
		}
	}
	slices.SortFunc(c.edges, func(x, y edge) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	c.edges = slices.Compact(c.edges)
	c.ends = make([][]int, len(c.atoms))
	for _, e := range c.edges {
		c.ends[e.a] = append(c.ends[e.a], int(e.b))
		c.ends[e.b] = append(c.ends[e.b], int(e.a))
	}
}

// partners compares the atom at place i of the time order with those after it.
func (c *grouping) partners(i int, singles []*opinion) []edge {
	var out []edge
	a := c.order[i]
	end := hours(c.atoms[a].moment.middle()) + c.params.Window.Hours()
	for _, b := range c.order[i+1:] {
		if hours(c.atoms[b].moment.middle()) > end {
			break
		}
		if e, ok := c.edge(singles[a], singles[b]); ok {
			out = append(out, e)
		}
	}
	return out
}

// slack is how far below the threshold two atoms may lie of which the groups
// may yet come together.
const slack = 7

func (c *grouping) edge(a, b *opinion) (edge, bool) {
	i, j := a.atoms[0], b.atoms[0]
	if j < i {
		a, b, i, j = b, a, j, i
	}
	if c.atoms[i].frozen != "" && c.atoms[j].frozen != "" || c.atoms[i].excluded || c.atoms[j].excluded {
		return edge{}, false
	}
	t := c.tied[i][j]
	least := c.params.Threshold - slack
	if t == (ties{}) && c.most(a, b) < least {
		return edge{}, false
	}
	e := c.weigh(a, b, t)
	return edge{int32(i), int32(j)}, e.total() > least
}

// most is the most that two atoms without ties can weigh, whatever their
// times.
func (c *grouping) most(a, b *opinion) float64 {
	bits := c.prior + a.place.agree(b.place, c.sites.shares)
	if a.start != nil && b.start != nil {
		bits += math.Log2(densest / ((a.rate + b.rate) / 2))
	}
	return bits + math.Max(0, a.object.agree(b.object, c.objectShares))
}

// densest is no less than the density, per hour, with which two starts can
// agree.
const densest = 1

// version names the method; it changes with every change of the weights.
const version = "beliefs-3"

func (c *grouping) model() string {
	p := c.params
	zone := "none stated"
	if c.clock.zone != nil {
		zone = c.clock.zone.String()
	}
	return fmt.Sprintf("%s threshold %g prior %.2f window %v zone %s", version, p.Threshold, c.prior, p.Window, zone)
}

func (c *grouping) notes() []string {
	var out []string
	undated := 0
	for _, a := range c.atoms {
		if !a.moment.known() {
			undated++
		}
	}
	if undated > 0 {
		out = append(out, fmt.Sprintf("%d of %d pictures and videos have no time to be grouped by", undated, len(c.atoms)))
	}
	if c.clock.zone == nil && len(c.clock.offsets) < minSamples {
		out = append(out, "no time zone is known for clocks that state none: give the case's zone to group them more closely")
	}
	return out
}
