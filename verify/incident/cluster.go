package incident

import (
	"container/heap"
	"context"
	"slices"
)

// group is atoms proposed as one event.
type group struct {
	atoms  []int // ascending
	frozen string
}

// tie gathers the evidence between two groups. Each kind of evidence counts by
// its mean over the pairs that have it: a position on either side is not made
// weaker by ten members that have none. A link (one post, one clip) counts by
// its strongest pair.
type tie struct {
	pairs   int
	time    float64
	timed   int
	place   float64 // weighted by how precise it is
	places  float64
	object  float64
	objects int
	other   float64
	link    float64
	veto    int // pairs at or below VetoBits
}

func (t tie) plus(u tie) tie {
	return tie{
		t.pairs + u.pairs, t.time + u.time, t.timed + u.timed, t.place + u.place, t.places + u.places,
		t.object + u.object, t.objects + u.objects, t.other + u.other, max(t.link, u.link), t.veto + u.veto,
	}
}

// preciseWeight is how many pairs of names one pair of positions outweighs.
const preciseWeight = 3

// tieOf turns the evidence of one pair into a tie.
func (c *grouping) tieOf(e *evidence) tie {
	t := tie{pairs: 1, link: e.bits[byPost] + e.bits[byCopy]}
	if e.bits[byTime] != 0 {
		t.time, t.timed = e.bits[byTime], 1
	}
	switch w := e.bits[byDistance]; {
	case w != 0:
		t.place, t.places = preciseWeight*(w+e.bits[byName]), preciseWeight
	default:
		if w = e.bits[byNamedPlace] + e.bits[byName] + e.bits[byHabit]; w != 0 {
			t.place, t.places = w, 1
		}
	}
	if w := e.bits[byObject]; w != 0 {
		t.object, t.objects = w, 1
	}
	t.other = e.bits[byWord] + e.bits[byHand] + e.bits[byForward] + e.bits[byRoutine] + e.bits[byVeto]
	if e.total() <= c.params.VetoBits {
		t.veto = 1
	}
	return t
}

// bits is what speaks for one event behind two groups.
func (c *grouping) bits(t tie) float64 {
	b := c.prior + t.link + t.other/float64(t.pairs)
	if t.timed > 0 {
		b += t.time / float64(t.timed)
	}
	if t.places > 0 {
		b += t.place / t.places
	} else if t.link == 0 {
		b += c.params.Blind
	}
	if t.objects > 0 {
		b += t.object / float64(t.objects)
	}
	return b
}

// candidate is a merge that may be made, as it stood when it was found.
type candidate struct {
	bits       float64
	a, b       int // groups
	verA, verB int
}

type queue []candidate

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(candidate)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

// Less puts the best merge first, ties by the smaller groups' numbers, which
// are those of their smallest digests.
func (q queue) Less(i, j int) bool {
	x, y := q[i], q[j]
	if x.bits != y.bits {
		return x.bits > y.bits
	}
	if x.a != y.a {
		return x.a < y.a
	}
	return x.b < y.b
}

// clusterer merges groups greedily by the mean of bits between them.
type clusterer struct {
	c       *grouping
	groups  [][]int // atoms by group; nil when merged into another
	version []int
	ties    []map[int]tie // by group, to groups that some pair speaks for
	starts  []*start
	rates   []float64 // background by group: the mean of its atoms
	queue   queue
}

// cluster merges the two groups with the highest mean of bits until none is
// above the threshold. Atoms of confirmed incidents take no part: their groups
// stand as they were confirmed.
func (c *grouping) cluster(ctx context.Context) ([]group, error) {
	k := newClusterer(c)
	for _, e := range c.edges {
		if c.atoms[e.a].frozen != "" || c.atoms[e.b].frozen != "" {
			continue
		}
		ev := c.weigh(c.atoms[e.a], c.atoms[e.b])
		t := c.tieOf(&ev)
		k.ties[e.a][int(e.b)] = t
		k.ties[e.b][int(e.a)] = t
		k.offer(int(e.a), int(e.b), t)
	}
	heap.Init(&k.queue)
	for len(k.queue) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m := heap.Pop(&k.queue).(candidate)
		if k.groups[m.a] == nil || k.groups[m.b] == nil || k.version[m.a] != m.verA || k.version[m.b] != m.verB {
			continue
		}
		k.merge(m.a, m.b)
	}
	return k.result(), nil
}

func newClusterer(c *grouping) *clusterer {
	n := len(c.atoms)
	k := &clusterer{
		c: c, groups: make([][]int, n), version: make([]int, n), ties: make([]map[int]tie, n),
		starts: make([]*start, n), rates: slices.Clone(c.rate),
	}
	for i, a := range c.atoms {
		k.groups[i] = []int{i}
		k.ties[i] = map[int]tie{}
		k.starts[i] = c.params.newStart(a.moment)
	}
	return k
}

// bits is what speaks for joining two groups. Their time is that of the start
// that they have in common.
func (k *clusterer) bits(a, b int, t tie) float64 {
	if x, y := k.starts[a], k.starts[b]; x != nil && y != nil {
		t.time, t.timed = x.bits(y, (k.rates[a]+k.rates[b])/2), 1
	}
	return k.c.bits(t)
}

// offer queues a merge when it may be made.
func (k *clusterer) offer(a, b int, t tie) {
	p := &k.c.params
	bits := k.bits(a, b, t)
	if bits <= p.Threshold || float64(t.veto) >= p.VetoShare*float64(t.pairs) && t.veto > 0 {
		return
	}
	if b < a {
		a, b = b, a
	}
	k.queue = append(k.queue, candidate{bits, a, b, k.version[a], k.version[b]})
}

// merge joins b to a and works out the ties of the new group.
func (k *clusterer) merge(a, b int) {
	neighbours := make([]int, 0, len(k.ties[a])+len(k.ties[b]))
	for n := range k.ties[a] {
		neighbours = append(neighbours, n)
	}
	for n := range k.ties[b] {
		neighbours = append(neighbours, n)
	}
	slices.Sort(neighbours)
	neighbours = slices.Compact(neighbours)
	ties := map[int]tie{}
	for _, n := range neighbours {
		if n == a || n == b {
			continue
		}
		t := k.tie(a, n).plus(k.tie(b, n))
		ties[n] = t
		delete(k.ties[n], b)
		k.ties[n][a] = t
	}
	na, nb := float64(len(k.groups[a])), float64(len(k.groups[b]))
	k.rates[a] = (k.rates[a]*na + k.rates[b]*nb) / (na + nb)
	k.starts[a] = k.starts[a].with(k.starts[b])
	k.groups[a] = append(k.groups[a], k.groups[b]...)
	slices.Sort(k.groups[a])
	k.groups[b], k.ties[b], k.starts[b] = nil, nil, nil
	k.ties[a] = ties
	k.version[a]++
	for _, n := range neighbours {
		if t, ok := ties[n]; ok {
			k.push(a, n, t)
		}
	}
}

func (k *clusterer) push(a, b int, t tie) {
	before := len(k.queue)
	k.offer(a, b, t)
	if len(k.queue) > before {
		heap.Fix(&k.queue, before)
	}
}

// tie is the known evidence between two groups, or else what their pairs
// weigh.
func (k *clusterer) tie(a, b int) tie {
	if t, ok := k.ties[a][b]; ok {
		return t
	}
	return k.c.between(k.groups[a], k.groups[b])
}

// between weighs all pairs of two groups.
func (c *grouping) between(a, b []int) tie {
	var t tie
	for _, i := range a {
		for _, j := range b {
			e := c.weigh(c.atoms[min(i, j)], c.atoms[max(i, j)])
			t = t.plus(c.tieOf(&e))
		}
	}
	return t
}

// result lists the groups by smallest atom, the confirmed ones among them.
func (k *clusterer) result() []group {
	var out []group
	frozen := map[string]int{}
	for i, atoms := range k.groups {
		if atoms == nil {
			continue
		}
		id := k.c.atoms[i].frozen
		if id == "" {
			out = append(out, group{atoms: atoms})
			continue
		}
		if at, ok := frozen[id]; ok {
			out[at].atoms = append(out[at].atoms, atoms...)
			continue
		}
		frozen[id] = len(out)
		out = append(out, group{atoms: atoms, frozen: id})
	}
	return out
}
