package match

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// ways is how one gets from picture to picture over the links.
type ways struct {
	groups  []*group
	of      []int                  // group of an item
	linked  map[[2]int]bool        // pairs that need no way
	bridges map[[2]int][]bridge    // between two groups, the lesser first; the strongest first
	own     map[int]map[int]bridge // of an item to another group, the strongest
}

// adder takes a pair with the map from a to b, and its turn.
type adder func(a, b int, m hashing.Affine, ok bool, turn int)

func (s *search) newWays(links []link) *ways {
	w := &ways{linked: map[[2]int]bool{}, bridges: map[[2]int][]bridge{}, own: map[int]map[int]bridge{}}
	w.groups, w.of = s.groups(links)
	for i := range links {
		l := &links[i]
		m, ok := s.copies(l)
		// What was taken for two shots of one place is looked at again where
		// copies lead from one to the other.
		w.linked[[2]int{l.a, l.b}] = ok || l.Stills == nil
		if !ok || w.of[l.a] == w.of[l.b] {
			continue
		}
		b := bridge{from: l.a, to: l.b, m: m, worth: l.Stills.Agreement.Agreeing}
		back, ok := b.back()
		if !ok {
			continue
		}
		w.reach(b)
		w.reach(back)
		if w.of[b.from] > w.of[b.to] {
			b = back
		}
		at := [2]int{w.of[b.from], w.of[b.to]}
		w.bridges[at] = append(w.bridges[at], b)
	}
	for _, list := range w.bridges {
		slices.SortFunc(list, byWorth)
	}
	return w
}

// byWorth puts the bridge with the most evidence first.
func byWorth(p, q bridge) int {
	return cmp.Or(cmp.Compare(q.worth, p.worth), cmp.Compare(p.from, q.from), cmp.Compare(p.to, q.to))
}

// reach notes the strongest bridge from an item to another group.
func (w *ways) reach(b bridge) {
	to := w.of[b.to]
	if w.own[b.from] == nil {
		w.own[b.from] = map[int]bridge{}
	}
	if old, ok := w.own[b.from][to]; !ok || byWorth(b, old) < 0 {
		w.own[b.from][to] = b
	}
}

// withinGroups adds the pairs of copies of one picture.
func (w *ways) withinGroups(add adder) {
	for _, g := range w.groups {
		for i, a := range g.members[:min(len(g.members), ledCopies)] {
			for _, b := range g.members[i+1:] {
				if m, ok := g.between(a, b); ok {
					add(a, b, m, true, i)
				}
			}
		}
	}
}

// pairsOf gives the pairs of groups that bridges join, in order.
func (w *ways) joinedGroups() [][2]int {
	pairs := make([][2]int, 0, len(w.bridges))
	for p := range w.bridges {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(p, q [2]int) int { return slices.Compare(p[:], q[:]) })
	return pairs
}

// acrossGroups adds, where a copy of one picture shows a part of a copy of
// another, all copies of either.
func (w *ways) acrossGroups(add adder) {
	for _, p := range w.joinedGroups() {
		g, h := w.groups[p[0]], w.groups[p[1]]
		for i, a := range g.members[:min(len(g.members), ledCopies)] {
			for j, b := range h.members[:min(len(h.members), ledCopies)] {
				m, ok := w.across(a, b, w.bridges[p][0])
				add(a, b, m, ok, i+j)
			}
		}
	}
}

// across is the map from a to b of another group: over a's own link to that
// group, b's own to a's, or the given bridge, whichever shows most.
func (w *ways) across(a, b int, best bridge) (hashing.Affine, bool) {
	if own, ok := w.own[a][w.of[b]]; ok && own.worth*2 >= best.worth {
		best = own
	} else if own, ok := w.own[b][w.of[a]]; ok && own.worth*2 >= best.worth {
		best, _ = own.back()
	}
	first, ok := w.groups[w.of[a]].between(a, best.from)
	last, ok2 := w.groups[w.of[b]].between(best.to, b)
	return first.Then(best.m).Then(last), ok && ok2
}

// afterAll is the turn of pairs that are tried when all others have been.
const afterAll = 2 * ledCopies

// throughGroups adds the first pictures of two groups that are both linked to a
// third, where one of them must then be shown whole in the other: a part of a
// part, a crop of a crop.
func (w *ways) throughGroups(add adder) {
	next := make([][]int, len(w.groups)) // groups that a group is linked with
	for _, p := range w.joinedGroups() {
		next[p[0]], next[p[1]] = append(next[p[0]], p[1]), append(next[p[1]], p[0])
	}
	for via, list := range next {
		for i, g := range list {
			for _, h := range list[i+1:] {
				if len(w.bridges[[2]int{min(g, h), max(g, h)}]) > 0 {
					continue
				}
				m, ok := w.hop(g, via)
				n, ok2 := w.hop(via, h)
				m = m.Then(n)
				if p, q := shadow(m); ok && ok2 && max(p, q) >= ledWhole && q > 0 {
					add(w.groups[g].members[0], w.groups[h].members[0], m, true, afterAll)
				}
			}
		}
	}
}

// hop is the map from the first picture of a group to that of a linked one.
func (w *ways) hop(from, to int) (hashing.Affine, bool) {
	b := bridge{}
	if from < to {
		b = w.bridges[[2]int{from, to}][0]
	} else {
		var ok bool
		if b, ok = w.bridges[[2]int{to, from}][0].back(); !ok {
			return hashing.Affine{}, false
		}
	}
	a, ok := w.groups[from].between(w.groups[from].members[0], b.from)
	z, ok2 := w.groups[to].between(b.to, w.groups[to].members[0])
	return a.Then(b.m).Then(z), ok && ok2
}
