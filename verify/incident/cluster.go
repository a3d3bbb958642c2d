package incident

import (
	"container/heap"
	"context"
	"math"
	"slices"
)

// group is atoms proposed as one event.
type group struct {
	atoms  []int // ascending
	frozen string
}

// clusterer merges groups greedily by the bits between them.
type clusterer struct {
	c       *grouping
	groups  []*opinion // nil when merged into another, and of atoms that are not to be grouped
	of      []int      // group of each atom
	version []int
	near    []map[int]bool // by group: groups that some pair speaks for
	bound   []bool         // atoms that a person put where they are
	family  []int          // of each atom
	queue   queue
}

// cluster groups each family of atoms by itself: it merges the two groups for
// which most speaks until none is above the threshold, then moves single atoms
// to where they fit better, and merges again. In the end it takes out what has
// too little lead. Atoms of confirmed incidents take no part: their groups
// stand as they were confirmed.
func (c *grouping) cluster(ctx context.Context) ([]group, error) {
	bound := c.bound()
	parts := make([][]int, 0, len(c.atoms))
	var fresh [][]int
	var keys []mark
	for _, family := range c.families() {
		if len(family) == 1 {
			parts = append(parts, family)
			continue
		}
		key := c.familyMark(family, bound)
		if known, ok := c.memory.family(key, family); ok {
			parts = append(parts, known...)
			continue
		}
		fresh, keys = append(fresh, family), append(keys, key)
	}
	k := newClusterer(c, fresh, bound)
	if err := k.run(ctx); err != nil {
		return nil, err
	}
	for i, family := range fresh {
		known := k.parts(family)
		c.memory.keepFamily(keys[i], family, known)
		parts = append(parts, known...)
	}
	return c.result(c.doubt(parts, bound)), nil
}

// families are the atoms that near pairs and people link, directly or through
// others: no two of different families come into one group.
func (c *grouping) families() [][]int {
	sets := newForest(len(c.atoms))
	for _, e := range c.edges {
		if e.near && c.atoms[e.a].frozen == "" && c.atoms[e.b].frozen == "" {
			sets.union(int(e.a), int(e.b))
		}
	}
	for _, pair := range c.rules.must() {
		if c.atoms[pair[0]].frozen == "" {
			sets.union(pair[0], pair[1])
		}
	}
	return sets.sets()
}

// bound are the atoms that a person put where they are.
func (c *grouping) bound() []bool {
	bound := make([]bool, len(c.atoms))
	for _, pair := range c.rules.must() {
		if c.atoms[pair[0]].frozen == "" { // what was confirmed stands as it is
			bound[pair[0]], bound[pair[1]] = true, true
		}
	}
	return bound
}

// familyMark is that of all that the groups of a family depend on: its atoms,
// and what people said of them.
func (c *grouping) familyMark(family []int, bound []bool) mark {
	w := writer{b: make([]byte, 0, 24*len(family))}
	w.text("family")
	for _, i := range family {
		w.bytes(c.marks[i][:])
	}
	c.writeTies(&w, family)
	c.writeRules(&w, family, bound)
	return w.mark()
}

// writeRules writes what people said of some atoms: which are together, unless
// bound is nil, and which apart.
func (c *grouping) writeRules(w *writer, atoms []int, bound []bool) {
	first := map[int]int{}
	for at, i := range atoms {
		if set := c.rules.atoms[i]; bound != nil && bound[i] {
			if _, ok := first[set]; !ok {
				first[set] = at
			}
			w.number(int64(at))
			w.number(int64(first[set]))
		}
	}
	w.number(-1)
	var kept []int // places of those that are kept apart from something
	for at, i := range atoms {
		if len(c.rules.enemies[c.rules.atoms[i]]) > 0 {
			kept = append(kept, at)
		}
	}
	for x, at := range kept {
		for _, other := range kept[:x] {
			if _, apart := c.rules.forbids(atoms[at:at+1], atoms[other:other+1]); apart {
				w.number(int64(at))
				w.number(int64(other))
			}
		}
	}
}

// run groups the families that were given.
func (k *clusterer) run(ctx context.Context) error {
	for range maxRounds {
		if err := k.merge(ctx); err != nil {
			return err
		}
		if !k.move() {
			break
		}
		k.offerAll()
	}
	return nil
}

// maxRounds bounds merging and moving, which could go in circles.
const maxRounds = 6

func newClusterer(c *grouping, families [][]int, bound []bool) *clusterer {
	n := len(c.atoms)
	k := &clusterer{c: c, groups: make([]*opinion, n), of: make([]int, n), version: make([]int, n), near: make([]map[int]bool, n), bound: bound, family: make([]int, n)}
	for f, family := range families {
		for _, i := range family {
			k.groups[i], k.of[i], k.near[i], k.family[i] = c.opinionOf(i), i, map[int]bool{}, f+1
		}
	}
	for _, e := range c.edges {
		if !e.near || c.atoms[e.a].frozen != "" || c.atoms[e.b].frozen != "" || k.family[e.a] == 0 {
			continue
		}
		k.near[e.a][int(e.b)], k.near[e.b][int(e.a)] = true, true
	}
	k.obey()
	k.offerAll()
	return k
}

// parts are the groups that a family has fallen into, by smallest atom.
func (k *clusterer) parts(family []int) [][]int {
	var out [][]int
	for _, i := range family {
		if k.groups[i] != nil {
			out = append(out, k.groups[i].atoms)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

// obey joins what people put together, ahead of all scores.
func (k *clusterer) obey() {
	for _, pair := range k.c.rules.must() {
		if k.family[pair[0]] == 0 || k.c.atoms[pair[0]].frozen != "" {
			continue
		}
		if a, b := k.of[pair[0]], k.of[pair[1]]; a != b {
			k.join(min(a, b), max(a, b))
		}
	}
}

// bits is what speaks for joining two groups.
func (k *clusterer) bits(a, b int) float64 {
	e := k.c.weigh(k.groups[a], k.groups[b], k.c.between(k.groups[a].atoms, k.groups[b].atoms))
	return e.total()
}

// offer queues a merge when it may be made.
func (k *clusterer) offer(a, b int) bool {
	if _, apart := k.c.rules.forbids(k.groups[a].atoms, k.groups[b].atoms); apart {
		return false
	}
	bits := k.bits(a, b)
	if bits <= k.c.params.Threshold+k.c.stake(k.groups[a], k.groups[b]) {
		return false
	}
	if b < a {
		a, b = b, a
	}
	k.queue = append(k.queue, candidate{bits, a, b, k.version[a], k.version[b]})
	return true
}

func (k *clusterer) offerAll() {
	k.queue = k.queue[:0]
	for a, near := range k.near {
		for b := range near {
			if a < b && k.groups[a] != nil && k.groups[b] != nil {
				k.offer(a, b)
			}
		}
	}
	heap.Init(&k.queue)
}

func (k *clusterer) merge(ctx context.Context) error {
	for len(k.queue) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		m := heap.Pop(&k.queue).(candidate)
		if k.groups[m.a] == nil || k.groups[m.b] == nil || k.version[m.a] != m.verA || k.version[m.b] != m.verB {
			continue
		}
		k.join(m.a, m.b)
	}
	return nil
}

// join adds group b to a.
func (k *clusterer) join(a, b int) {
	k.groups[a] = k.groups[a].with(k.groups[b], k.c)
	for _, i := range k.groups[b].atoms {
		k.of[i] = a
	}
	for n := range k.near[b] {
		delete(k.near[n], b)
		if n != a {
			k.near[a][n], k.near[n][a] = true, true
		}
	}
	delete(k.near[a], b)
	k.groups[b], k.near[b] = nil, nil
	k.version[a]++
	near := make([]int, 0, len(k.near[a]))
	for n := range k.near[a] {
		near = append(near, n)
	}
	slices.Sort(near)
	for _, n := range near {
		if k.offer(a, n) {
			heap.Fix(&k.queue, len(k.queue)-1)
		}
	}
}

// hysteresis is by how many bits an atom must fit better elsewhere to move.
const hysteresis = 0.3

// move puts single atoms where they fit best, and reports whether any moved.
func (k *clusterer) move() bool {
	moved := false
	for i, family := range k.family {
		g := k.of[i]
		if family == 0 || k.bound[i] || k.c.atoms[i].frozen != "" || len(k.groups[g].atoms) < 2 {
			continue
		}
		own := k.fit(i, g)
		best, at := k.c.params.Threshold, -1
		for _, n := range k.rivals(i) {
			if bits := k.fitOther(i, n); bits > best {
				best, at = bits, n
			}
		}
		if own >= best-hysteresis {
			continue
		}
		k.take(i, g)
		moved = true
		if at >= 0 {
			k.put(i, at)
		}
	}
	return moved
}

// large is how many atoms a group must have for one of them to change little of
// what it says.
const large = 24

// fit is how well an atom fits the others of its group.
func (k *clusterer) fit(i, g int) float64 {
	rest := k.groups[g]
	if len(rest.atoms) <= large {
		rest = k.c.opinionOfAll(without(rest.atoms, i))
	}
	e := k.c.weigh(k.c.opinionOf(i), rest, k.c.between([]int{i}, rest.atoms))
	return e.total()
}

// fitOther is how well an atom fits a group that it is not of; not at all
// where a person keeps it out.
func (k *clusterer) fitOther(i, g int) float64 {
	if _, apart := k.c.rules.forbids([]int{i}, k.groups[g].atoms); apart {
		return math.Inf(-1)
	}
	e := k.c.weigh(k.c.opinionOf(i), k.groups[g], k.c.between([]int{i}, k.groups[g].atoms))
	return e.total()
}

// rivals are the other groups of the family that some edge of the atom leads to.
func (k *clusterer) rivals(i int) []int {
	var out []int
	for _, j := range k.c.ends[i] {
		if g := k.of[j]; k.family[j] == k.family[i] && g != k.of[i] && k.c.atoms[j].frozen == "" {
			out = append(out, g)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// take makes atom i a group of its own, under a free number.
func (k *clusterer) take(i, g int) {
	rest := k.c.opinionOfAll(without(k.groups[g].atoms, i))
	free := i
	if g == i { // the group has the number of this atom: the rest takes another
		free = rest.atoms[0]
		k.groups[free], k.near[free] = rest, k.near[g]
		k.groups[i], k.near[i] = nil, nil
		for n := range k.near[free] {
			delete(k.near[n], i)
			k.near[n][free] = true
		}
		for _, j := range rest.atoms {
			k.of[j] = free
		}
		k.version[free]++
		free = i
	} else {
		k.groups[g] = rest
	}
	k.version[g]++
	k.version[i]++
	k.groups[free], k.of[i], k.near[free] = k.c.opinionOf(i), i, map[int]bool{}
	for _, j := range k.c.ends[i] {
		if n := k.of[j]; k.family[j] == k.family[i] && n != i && k.c.atoms[j].frozen == "" {
			k.near[i][n], k.near[n][i] = true, true
		}
	}
}

// put adds the lone atom i to a group.
func (k *clusterer) put(i, g int) {
	k.groups[g] = k.groups[g].with(k.groups[i], k.c)
	for n := range k.near[i] {
		delete(k.near[n], i)
		if n != g {
			k.near[g][n], k.near[n][g] = true, true
		}
	}
	k.groups[i], k.near[i] = nil, nil
	k.of[i] = g
	k.version[g]++
}
