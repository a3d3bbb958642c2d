package incident

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// at is when an atom is, in hours since 1970.
func (c *grouping) at(i int) float64 { return c.hours[i] }

// pair finds the pairs of atoms that may be of one event: those that lie within
// the window of each other, and those that an album or a likeness ties. Of
// atoms that say what they said in the run before, only pairs that are tied
// otherwise now are compared again.
func (c *grouping) pair(ctx context.Context) error {
	now, known := c.memory.places(c.marks)
	done := map[uint64]bool{}
	for _, t := range c.memory.old.tied {
		a, b := now[t.a], now[t.b]
		if a < 0 || b < 0 {
			continue
		}
		is := c.tied[a][int(b)]
		switch {
		case is.short() == t.tie:
			done[linkOf(int(a), int(b))] = true
			if t.links {
				c.edges = append(c.edges, edge{min(a, b), max(a, b), t.near})
			}
		case is == (ties{}) && c.inReach(int(a), int(b)):
			c.compareTwo(int(a), int(b))
		}
	}
	for _, e := range c.memory.old.edges {
		a, b := now[e.a], now[e.b]
		if a >= 0 && b >= 0 && c.tied[a][int(b)] == (ties{}) {
			c.edges = append(c.edges, edge{min(a, b), max(a, b), e.near})
		}
	}
	if err := c.compareFresh(ctx, known); err != nil {
		return err
	}
	c.compareTied(func(i, j int) bool { return !done[linkOf(i, j)] })
	c.putEdgesInOrder()
	c.memory.keepPairs(c)
	return nil
}

// inReach says whether two atoms are compared though nothing ties them.
func (c *grouping) inReach(i, j int) bool {
	return c.atoms[i].moment.known() && c.atoms[j].moment.known() && math.Abs(c.at(i)-c.at(j)) <= c.params.Window.Hours()
}

// pairAgain compares anew the atoms of which posts were struck since.
func (c *grouping) pairAgain(ctx context.Context, before []mark) error {
	known := make([]bool, len(c.atoms))
	for i, m := range c.marks {
		known[i] = m == before[i]
	}
	c.edges = slices.DeleteFunc(c.edges, func(e edge) bool { return !known[e.a] || !known[e.b] })
	if err := c.compareFresh(ctx, known); err != nil {
		return err
	}
	c.compareTied(func(i, j int) bool { return !known[i] || !known[j] })
	c.putEdgesInOrder()
	return nil
}

// compareTied compares the tied pairs that are chosen.
func (c *grouping) compareTied(chosen func(i, j int) bool) {
	for i := range c.tied {
		for j := range c.tied[i] {
			if i < j && chosen(i, j) {
				c.compareTwo(i, j)
			}
		}
	}
}

func (c *grouping) compareTwo(i, j int) {
	if e, ok := c.edge(c.undated(i), c.undated(j)); ok {
		c.edges = append(c.edges, e)
	}
}

// edgeBetween finds an edge in those that are in order.
func (c *grouping) edgeBetween(i, j int) (edge, bool) {
	e := edge{a: int32(i), b: int32(j)}
	at, ok := slices.BinarySearchFunc(c.edges, e, edge.compare)
	if ok {
		e = c.edges[at]
	}
	return e, ok
}

func (e edge) compare(f edge) int { return cmp.Or(cmp.Compare(e.a, f.a), cmp.Compare(e.b, f.b)) }

// compareFresh compares every pair of which one atom is not known.
func (c *grouping) compareFresh(ctx context.Context, known []bool) error {
	var fresh []int // places in the order of time
	for at, i := range c.order {
		if !known[i] {
			fresh = append(fresh, at)
		}
	}
	singles := make([]*opinion, len(c.atoms))
	for i := range c.atoms {
		singles[i] = c.undated(i)
	}
	lists := make([][]edge, len(fresh))
	err := c.share(ctx, len(fresh), func(x int) { lists[x] = c.partners(fresh[x], known, singles) })
	if err != nil {
		return err
	}
	c.edges = slices.Concat(append(lists, c.edges)...)
	return nil
}

// share does n pieces of work on all workers.
func (c *grouping) share(ctx context.Context, n int, do func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(c.params.workers(), n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// partners compares the atom at a place in the order of time with those around
// it: all that are known, and of those that are not the later ones, so that no
// pair is compared twice.
func (c *grouping) partners(place int, known []bool, singles []*opinion) []edge {
	var out []edge
	a := c.order[place]
	window := c.params.Window.Hours()
	compare := func(b int) {
		if e, ok := c.edge(singles[a], singles[b]); ok {
			out = append(out, e)
		}
	}
	for _, b := range c.order[place+1:] {
		if c.at(b)-c.at(a) > window {
			break
		}
		compare(b)
	}
	for _, b := range slices.Backward(c.order[:place]) {
		if c.at(a)-c.at(b) > window {
			break
		}
		if known[b] {
			compare(b)
		}
	}
	return out
}

func (c *grouping) putEdgesInOrder() {
	slices.SortFunc(c.edges, edge.compare)
	c.edges = slices.Compact(c.edges)
	c.ends = make([][]int, len(c.atoms))
	for _, e := range c.edges {
		c.ends[e.a] = append(c.ends[e.a], int(e.b))
		c.ends[e.b] = append(c.ends[e.b], int(e.a))
	}
}

// slack is how far below the threshold two atoms may lie of which the groups
// may yet be rivals.
const slack = 4

// Two atoms as far below the threshold as nearSlack, or below nearBits, are
// never what brings two groups together: so families of atoms stay small, and
// each is grouped by itself.
const (
	nearSlack = 1
	nearBits  = -2
)

// edge weighs two atoms by opinions that may be without their starts.
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
	e := c.weigh(a.dated(c), b.dated(c), t)
	bits := e.total()
	return edge{int32(i), int32(j), bits > min(c.params.Threshold-nearSlack, nearBits)}, bits > least
}

// most is the most that two atoms without ties can weigh, whatever their
// times.
func (c *grouping) most(a, b *opinion) float64 {
	bits := c.learnt.Prior + a.place.agree(b.place, c.sites.shares)
	x, y := &c.atoms[a.atoms[0]].moment, &c.atoms[b.atoms[0]].moment
	if x.known() && y.known() {
		bits += math.Log2(min(c.peak(x), c.peak(y)) / ((a.rate + b.rate) / 2))
	}
	return bits + math.Max(0, a.object.agree(b.object, c.learnt.Objects))
}

// peak is no less than the density, per hour, with which the start of a
// picture's event can agree with another: that of a moment known to the second.
func (c *grouping) peak(m *moment) float64 {
	if m.taken {
		return c.peaks[1]
	}
	return c.peaks[0]
}

// findPeaks works out the peaks of posts and of captures.
func (c *grouping) findPeaks() {
	for i := range c.peaks {
		for minute := 0; minute < 30; minute += 3 {
			at := time.Unix(int64(60*minute), 0)
			s := c.newStart(moment{span: span{lo: at, hi: at}, taken: i == 1})
			c.peaks[i] = max(c.peaks[i], slices.Max(s.share)/startStep)
		}
	}
}
