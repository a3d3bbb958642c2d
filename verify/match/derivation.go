package match

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// Direction is how well it is known which of two copies came first.
type Direction string

// What clues can say of a direction. None is certain: the file that a copy was
// made from need not be in the case.
const (
	Likely  Direction = "likely"  // clues speak for it and none against
	Weak    Direction = "weak"    // a slight clue, or clues that outweigh others
	Unknown Direction = "unknown" // nothing tells, or as much speaks against it
)

// Derived is an item with the one that it was most likely made from.
type Derived struct {
	Item      verify.Digest
	From      verify.Digest // "" where nothing in the case is taken for its origin
	Direction Direction     // of the step from From; Unknown for a root
	Changes   []string      // what was done, by code: see the constants beside [Cropped]
	How       string        // the same in one sentence, "" for a root
	Why       string        // what speaks for the direction and against it, one sentence
	Beside    bool          // no copy of the whole: it shows a part, or holds one
}

// mostBeside bounds the parts that are shown beside the copies.
const mostBeside = 40

// mostOrigins bounds the origins that are weighed for one item: the likest.
const mostOrigins = 12

// Derivation says how the copies of a cluster, and the parts of them that are
// listed among the matches, were most likely made from one another.
//
//  1. every match between two of them is read both ways, as a copy made from
//     the other, and costs the more the less alike they are;
//  2. what speaks against a way costs more: the copy is larger or shows more,
//     has the camera's own data, was there before, lacks what was changed;
//  3. the cheapest tree in which each comes from one other is taken (Chu and
//     Liu, 1965; Edmonds, 1967), and each step says what it rests on.
//
// Origins come before what was made from them; the order of the input does not
// matter. Likeness cannot tell a copy from its origin, so a step is never more
// than likely, and it is said where nothing tells.
func Derivation(copies []*verify.Item, matches []verify.Match, item func(verify.Digest) *verify.Item) []Derived {
	t := newTree(copies, matches, item)
	if len(t.nodes) == 0 {
		return []Derived{}
	}
	t.findChanged()
	root := len(t.nodes)
	arcs := t.arcs(root)
	chosen := arborescence(root+1, root, arcs)
	out := make([]Derived, 0, len(t.nodes))
	children := make([][]int, root+1)
	for i := range t.nodes {
		from := arcs[chosen[i]].from
		children[from] = append(children[from], i)
	}
	var visit func(i int)
	visit = func(i int) {
		if i != root {
			out = append(out, t.derived(i, arcs[chosen[i]]))
		}
		for _, c := range children[i] {
			visit(c)
		}
	}
	visit(root)
	return out
}

// tree is the items that are put in order, with what is known of each.
type tree struct {
	nodes []copyNode
	at    map[verify.Digest]int
	pairs []copyPair
}

// copyNode is one item of the tree.
type copyNode struct {
	item   *verify.Item
	pixels int
	camera bool      // it carries the camera's own data
	since  time.Time // by when it certainly existed, by trusted times; zero for unknown
	taken  time.Time // not made before, by a trusted time of its own; zero for unknown
	beside bool
	alone  int // matches in which it differs inside the picture
	of     int // of so many with copies of the whole
}

// copyPair is two nodes with their best match.
type copyPair struct {
	a, b int // a is the match's A
	m    *verify.Match
}

// newTree takes the copies, and the items that a match ties to one of them as a
// part, the likest first.
func newTree(copies []*verify.Item, matches []verify.Match, item func(verify.Digest) *verify.Item) *tree {
	t := &tree{at: map[verify.Digest]int{}}
	copies = slices.Clone(copies)
	slices.SortFunc(copies, func(a, b *verify.Item) int { return cmp.Compare(a.Digest, b.Digest) })
	for _, it := range copies {
		t.add(it, false)
	}
	of := len(t.nodes)
	mine := func(d verify.Digest) bool { i, ok := t.at[d]; return ok && i < of }
	kept := []*verify.Match{}
	for i := range matches {
		m := &matches[i]
		if m.DigestA != m.DigestB && m.Relation != verify.SameScene && (mine(m.DigestA) || mine(m.DigestB)) {
			kept = append(kept, m)
		}
	}
	slices.SortFunc(kept, func(a, b *verify.Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.DigestA, b.DigestA), cmp.Compare(a.DigestB, b.DigestB), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	seen := map[[2]int]bool{}
	for _, m := range kept {
		for _, d := range [2]verify.Digest{m.DigestA, m.DigestB} {
			if _, ok := t.at[d]; ok || len(t.nodes)-of >= mostBeside {
				continue
			}
			if it := item(d); it != nil {
				t.add(it, true)
			}
		}
		a, ok := t.at[m.DigestA]
		b, ok2 := t.at[m.DigestB]
		if key := [2]int{min(a, b), max(a, b)}; ok && ok2 && !seen[key] {
			seen[key] = true
			t.pairs = append(t.pairs, copyPair{a, b, m})
		}
	}
	return t
}

func (t *tree) add(it *verify.Item, beside bool) {
	n := copyNode{item: it, beside: beside, camera: it.Media.Device.Model != ""}
	n.pixels = copyOf{item: it}.pixels()
	n.since = leastBound(n.since, it.Media.Times, isTrusted)
	for i := range it.Sightings {
		n.since = leastBound(n.since, it.Sightings[i].Times, isTrusted)
	}
	for _, x := range it.Media.Times {
		if x.IsCapture() && x.Trust == extract.TrustDevice && x.Earliest.After(n.taken) {
			n.taken = x.Earliest
		}
	}
	t.at[it.Digest] = len(t.nodes)
	t.nodes = append(t.nodes, n)
}

// findChanged counts for each item in how many of its matches something
// differs inside the picture: what differs from all others was changed itself.
func (t *tree) findChanged() {
	for _, p := range t.pairs {
		a, b := &t.nodes[p.a], &t.nodes[p.b]
		if !p.m.WholeOfBoth {
			continue
		}
		a.of++
		b.of++
		if len(p.m.ChangedA) == 0 && len(p.m.ChangedB) == 0 {
			continue
		}
		a.alone++
		b.alone++
	}
}

// changedItself says that an item differs from nearly all other copies, of
// which there are enough to tell.
func (n *copyNode) changedItself() bool {
	const enough, nearlyAll = 2, 0.8
	return n.of >= enough && float64(n.alone) >= nearlyAll*float64(n.of)
}

// Costs of a step, in units of one unlikeness.
const (
	stepCost    = 1.0
	againstCost = 3.0  // for each point of a clue against it
	forCost     = 0.15 // less for each point of one for it
	rootCost    = 1000 // no item is a root that can be anything else
)

// arcs are the steps that are possible, the likest origins of each item, and
// one from the root to every item.
func (t *tree) arcs(root int) []arc {
	into := make([][]arc, len(t.nodes))
	for i := range t.pairs {
		p := &t.pairs[i]
		for _, ends := range [][2]int{{p.a, p.b}, {p.b, p.a}} {
			c := t.clues(p, ends[0], ends[1])
			cost := stepCost + 2*(1-p.m.Score) + againstCost*math.Max(0, -c.sum()) - forCost*math.Min(4, math.Max(0, c.sum()))
			if len(p.m.ChangedA)+len(p.m.ChangedB) > 0 {
				cost += stepCost / 2
			}
			into[ends[1]] = append(into[ends[1]], arc{from: ends[0], to: ends[1], cost: cost, pair: i})
		}
	}
	var out []arc
	for i := range into {
		slices.SortFunc(into[i], func(a, b arc) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.from, b.from)) })
		out = append(out, into[i][:min(len(into[i]), mostOrigins)]...)
		out = append(out, arc{from: root, to: i, cost: rootCost + t.late(i), pair: -1})
	}
	return out
}

// late is by how much an item is the less likely the first: of two that
// nothing else tells apart, the larger one is shown as the origin.
func (t *tree) late(i int) float64 {
	n, cost := &t.nodes[i], 0.0
	if !n.camera {
		cost += 0.5
	}
	if n.beside {
		cost++
	}
	return cost + 1/(1+math.Log2(float64(max(n.pixels, 1)))) + 1/float64(2+n.item.Size)
}

func (t *tree) derived(i int, a arc) Derived {
	n := &t.nodes[i]
	d := Derived{Item: n.item.Digest, Direction: Unknown, Changes: []string{}, Beside: n.beside}
	if a.pair < 0 {
		d.Why = "nothing in the case speaks for its being made from another of these; its own origin need not be in the case"
		return d
	}
	p := &t.pairs[a.pair]
	from := &t.nodes[a.from]
	d.From = from.item.Digest
	d.Changes, d.How = changesBetween(from, n, p.m)
	c := t.clues(p, a.from, a.to)
	d.Direction, d.Why = c.direction(), c.words()
	return d
}
