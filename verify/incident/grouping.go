package incident

import (
	"context"
	"fmt"
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
	clock  clock
	atoms  []*atom
	member map[verify.Digest]int // atom of an item
	words  *vocabulary
	links  map[uint64]float64 // parts and other shots, by linkOf
	fixes  []fix              // by atom
	placed []bool
	prior  float64
	rate   []float64         // files per hour around each atom, as a share of the case
	order  []int             // atoms with a time, by time
	edges  []edge            // pairs that speak for one event
	claims map[*posting]bool // posts of old pictures that some event is claimed by
}

// edge is a pair of atoms that more speaks for than against.
type edge struct {
	a, b int32
	bits float64
}

func newCase(in Input, p Params, rulings []ruling) *grouping {
	c := &grouping{params: p, clock: clock{zone: in.Zone, doubt: p.ZoneDoubt}}
	c.atoms, c.member = makeAtoms(in, frozenItems(rulings))
	for i := range in.Items {
		c.clock.learn(in.Items[i].Media.Times)
	}
	c.clock.ready()
	for _, a := range c.atoms {
		a.read(&c.clock, &p)
		a.settle(&c.clock, &p)
	}
	c.words = newVocabulary(c.atoms)
	c.link(in.Matches)
	c.place()
	c.rates()
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
	mean := 0.9 / math.Max(hi-lo, 24)
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

func (c *grouping) background(a, b *atom) float64 {
	return (c.rate[a.id] + c.rate[b.id]) / 2
}

// pair compares all atoms that lie within the window of each other, and those
// that an album or a likeness links, and keeps the pairs that speak for one
// event.
func (c *grouping) pair(ctx context.Context) error {
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
				lists[i] = c.partners(i)
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	c.edges = slices.Concat(lists...)
	c.linked()
	slices.SortFunc(c.edges, func(x, y edge) int {
		if x.a != y.a {
			return int(x.a - y.a)
		}
		return int(x.b - y.b)
	})
	c.edges = slices.CompactFunc(c.edges, func(x, y edge) bool { return x.a == y.a && x.b == y.b })
	return nil
}

// partners compares the atom at place i of the time order with those after it.
func (c *grouping) partners(i int) []edge {
	var out []edge
	a := c.atoms[c.order[i]]
	end := hours(a.moment.middle()) + c.params.Window.Hours()
	for _, j := range c.order[i+1:] {
		b := c.atoms[j]
		if hours(b.moment.middle()) > end {
			break
		}
		if e, ok := c.edge(a, b); ok {
			out = append(out, e)
		}
	}
	return out
}

func (c *grouping) edge(a, b *atom) (edge, bool) {
	if b.id < a.id {
		a, b = b, a
	}
	if a.frozen != "" && b.frozen != "" {
		return edge{}, false
	}
	e := c.weigh(a, b)
	bits := c.bits(c.tieOf(&e))
	return edge{int32(a.id), int32(b.id), bits}, bits > min(0, c.params.Threshold)
}

// linked adds the pairs that time does not bring together: atoms of one post,
// and likeness where one side has no time.
func (c *grouping) linked() {
	byPost := map[string][]*atom{}
	for _, a := range c.atoms {
		for _, p := range a.posts {
			byPost[p] = append(byPost[p], a)
		}
	}
	add := func(a, b *atom) {
		if a.id != b.id && !(a.moment.known() && b.moment.known()) {
			if e, ok := c.edge(a, b); ok {
				c.edges = append(c.edges, e)
			}
		}
	}
	for _, l := range byPost {
		for i := 1; i < len(l); i++ {
			add(l[0], l[i])
		}
	}
	for k := range c.links {
		add(c.atoms[k>>32], c.atoms[k&math.MaxUint32])
	}
}

// version names the method; it changes with every change of the weights.
const version = "bits-5"

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
