package incident

import (
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// memory is what a run remembers of the one before, and leaves for the next.
// Everything is kept under the mark of all that it depends on, so that a run
// with a memory gives what a run without one does; it is for time alone.
//
// Of the run before: which pairs of atoms may be of one event, how each family
// fell into groups, which atoms were doubted, which event each post of an old
// picture fits best, and how each incident was described.
type memory struct {
	old, next *remembered
	standing  map[string]*verify.Incident // incidents of the run before, by ID
}

// remembered is one run.
type remembered struct {
	maker    mark // version, settings, statistics
	atoms    []mark
	edges    []edge // between places in atoms that nothing ties
	tied     []tiedPair
	families map[mark][]int32
	doubts   map[mark][]int32
	posts    map[mark]fitting
	groups   [2]map[mark]bool // those that posts were held against, in the two looks
	events   map[mark]string  // the ID under which an event was described
}

func newRemembered(maker mark) *remembered {
	return &remembered{
		maker: maker, families: map[mark][]int32{}, doubts: map[mark][]int32{}, posts: map[mark]fitting{},
		groups: [2]map[mark]bool{{}, {}}, events: map[mark]string{},
	}
}

// newMemory takes up what an earlier run left, where it was made alike.
func newMemory(maker mark, left []byte, standing []verify.Incident) *memory {
	m := &memory{old: newRemembered(maker), next: newRemembered(maker)}
	if old, err := decodeRemembered(left); err == nil && old.maker == maker {
		m.old = old
		m.standing = make(map[string]*verify.Incident, len(standing))
		for i := range standing {
			m.standing[standing[i].ID] = &standing[i]
		}
	}
	return m
}

// tiedPair is two atoms that something ties, and what came of comparing them.
type tiedPair struct {
	edge
	tie   uint64
	links bool // they may be of one event
}

// places gives where the atoms of the run before stand now, -1 for those that
// no longer say what they said.
func (m *memory) places(marks []mark) (now []int32, known []bool) {
	at := make(map[mark]int32, len(marks))
	for i, k := range marks {
		at[k] = int32(i)
	}
	known = make([]bool, len(marks))
	now = make([]int32, len(m.old.atoms))
	for i, k := range m.old.atoms {
		now[i] = -1
		if to, ok := at[k]; ok {
			now[i], known[to] = to, true
		}
	}
	return now, known
}

// keepPairs leaves the pairs of the first look.
func (m *memory) keepPairs(c *grouping) {
	m.next.atoms = slices.Clone(c.marks)
	for _, e := range c.edges {
		if t := c.tied[e.a][int(e.b)]; t == (ties{}) {
			m.next.edges = append(m.next.edges, e)
		}
	}
	for i, l := range c.tied {
		for _, j := range slices.Sorted(maps.Keys(l)) {
			if i < j {
				e, links := c.edgeBetween(i, j)
				m.next.tied = append(m.next.tied, tiedPair{e, l[j].short(), links})
			}
		}
	}
}

// family gives the groups that a family fell into.
func (m *memory) family(key mark, family []int) (parts [][]int, ok bool) {
	part, ok := m.next.families[key]
	if !ok {
		if part, ok = m.old.families[key]; !ok || len(part) != len(family) {
			return nil, false
		}
		m.next.families[key] = part
	}
	for i, p := range part {
		if int(p) >= len(family) {
			return nil, false
		}
		for len(parts) <= int(p) {
			parts = append(parts, nil)
		}
		parts[p] = append(parts[p], family[i])
	}
	return parts, true
}

func (m *memory) keepFamily(key mark, family []int, parts [][]int) {
	part := make([]int32, len(family))
	for p, atoms := range parts {
		for _, i := range atoms {
			at, _ := slices.BinarySearch(family, i)
			part[at] = int32(p)
		}
	}
	m.next.families[key] = part
}

// doubted gives the places of the atoms that were taken out of a group.
func (m *memory) doubted(key mark) (taken []int, ok bool) {
	was, ok := m.next.doubts[key]
	if !ok {
		if was, ok = m.old.doubts[key]; !ok {
			return nil, false
		}
	}
	for _, at := range was {
		taken = append(taken, int(at))
	}
	return taken, true
}

func (m *memory) keepDoubt(key mark, taken []int) {
	was := make([]int32, len(taken))
	for i, at := range taken {
		was[i] = int32(at)
	}
	m.next.doubts[key] = was
}

// fitting is the event that a post of an old picture fits best.
type fitting struct {
	group mark // the zero one where it fits none
	bits  float64
}

// described gives an event as it was described in the run before.
func (m *memory) described(key mark, id string) (*verify.Incident, bool) {
	if was, ok := m.old.events[key]; !ok || was != id {
		return nil, false
	}
	in, ok := m.standing[id]
	return in, ok
}

func (m *memory) keepDescribed(key mark, id string) { m.next.events[key] = id }
