package match

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// group is stills that are copies of one whole picture, the largest first,
// which is the one that the others are laid onto.
type group struct {
	members []int
	toFirst map[int]hashing.Affine // maps from each member to the first
}

// bridge is a link between two stills of which one shows a part of the other.
type bridge struct {
	from, to int
	m        hashing.Affine // from from to to
	worth    int            // blocks that agree
	frames   [2]int         // which of their pictures, where one is a video
}

func (b bridge) back() (bridge, bool) {
	inv, ok := b.m.Inverse()
	return bridge{b.to, b.from, inv, b.worth, [2]int{b.frames[1], b.frames[0]}}, ok
}

// groups are the stills that whole copies join, every still in one, by the
// number of its group.
func (s *search) groups(links []link) (all []*group, of []int) {
	sets := s.joined(links, func(l *link) bool { return l.Stills != nil && l.whole() })
	of = make([]int, len(s.items))
	byRoot := map[int]int{}
	for i := range s.items {
		r := sets.find(i)
		n, ok := byRoot[r]
		if !ok {
			n = len(all)
			byRoot[r] = n
			all = append(all, &group{toFirst: map[int]hashing.Affine{}})
		}
		of[i] = n
		all[n].members = append(all[n].members, i)
	}
	near := map[int][]bridge{}
	for i := range links {
		l := &links[i]
		if m, ok := s.copies(l); ok && l.whole() && of[l.a] == of[l.b] {
			b := bridge{from: l.a, to: l.b, m: m, worth: l.Stills.Agreement.Agreeing}
			if r, ok := b.back(); ok {
				near[l.a], near[l.b] = append(near[l.a], b), append(near[l.b], r)
			}
		}
	}
	for _, g := range all {
		slices.SortFunc(g.members, s.better)
		g.layOut(near)
	}
	return all, of
}

// better puts the picture with more pixels first.
func (s *search) better(i, j int) int {
	a, b := copyOf{item: &s.items[i]}, copyOf{item: &s.items[j]}
	return cmp.Or(cmp.Compare(b.pixels(), a.pixels()), cmp.Compare(a.item.Digest, b.item.Digest))
}

// layOut finds the map from each member to the first, over as few steps as
// possible: every step adds a little error.
func (g *group) layOut(near map[int][]bridge) {
	g.toFirst[g.members[0]] = hashing.Affine{0: 1, 4: 1}
	for queue := g.members[:1:1]; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		steps := slices.Clone(near[at])
		slices.SortFunc(steps, func(p, q bridge) int {
			return cmp.Or(cmp.Compare(q.worth, p.worth), cmp.Compare(p.to, q.to))
		})
		for _, step := range steps {
			if _, ok := g.toFirst[step.to]; ok {
				continue
			}
			if back, ok := step.back(); ok {
				g.toFirst[step.to] = back.m.Then(g.toFirst[at])
				queue = append(queue, step.to)
			}
		}
	}
}

// between is the map from one member to another.
func (g *group) between(from, to int) (hashing.Affine, bool) {
	a, ok := g.toFirst[from]
	b, ok2 := g.toFirst[to]
	inv, ok3 := b.Inverse()
	return a.Then(inv), ok && ok2 && ok3
}
