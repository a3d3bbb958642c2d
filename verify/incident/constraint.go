package incident

import (
	"fmt"
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// constraints are what the decisions that hold ask of a grouping: which items
// are of one incident, which are of two, and which are of none. What a person
// said of single items is firm; that the other members of a list stay with it
// gives way to anything firm. Of two firm decisions that contradict each other
// the older one holds, unless the newer was made to prevail.
type constraints struct {
	*roster
	at        map[verify.Digest]int // place of the items of the case and of the decisions
	said      []link                // in the order in which they take effect
	overruled map[int]int64         // links that give way to a newer decision
	layout
	conflicts []conflict
	atoms     []int // set of each atom
}

// layout is what the links come to, one after the other.
type layout struct {
	sets    *forest             // items that are of one incident
	enemies map[int]map[int]int // by set: sets of other incidents, with the link that says so
	label   map[int]string      // of a set: the confirmed incident that it belongs to
	chains  map[int][]chain     // by item: the links that put it with others
	out     map[int]int         // items of no incident, with the link that says so
	refused []int               // links that contradict others
}

// chain is one end of a link.
type chain struct{ to, link int }

// conflict is two decisions of which only one can hold.
type conflict struct {
	holds, givesWay int64
	items           [2]verify.Digest
}

// newConstraints reads all decisions of a case, those taken back among them.
func newConstraints(decisions []verify.Decision, items []verify.Item) *constraints {
	k := &constraints{roster: newRoster(decisions), at: map[verify.Digest]int{}, overruled: map[int]int64{}}
	k.said = k.roster.links()
	for _, entry := range slices.Sorted(maps.Keys(k.standing)) {
		k.said = append(k.said, linksOf(k.standing[entry], k.left)...)
	}
	slices.SortStableFunc(k.said, link.compare)
	k.count(items)
	for !k.lay() {
	}
	k.extend()
	return k
}

// count gives every item that is spoken of its place, in order of digests.
func (k *constraints) count(items []verify.Item) {
	for i := range items {
		k.at[items[i].Digest] = 0
	}
	for _, l := range k.said {
		k.at[l.a], k.at[l.b] = 0, 0
	}
	for _, l := range k.confirmed {
		for _, m := range l.members {
			k.at[m.digest] = 0
		}
	}
	for i, d := range slices.Sorted(maps.Keys(k.at)) {
		k.at[d] = i
	}
}

// lay lays the links one over the other. A firm one that contradicts those
// before it is a conflict, and is left out. Where it was made to prevail the
// older one is, and all are laid again; done is false then.
func (k *constraints) lay() (done bool) {
	k.conflicts = nil
	k.layout = layout{newForest(len(k.at)), map[int]map[int]int{}, map[int]string{}, map[int][]chain{}, map[int]int{}, nil}
	for id, l := range k.confirmed {
		if d, ok := k.anchor(l); ok {
			k.label[k.at[d]] = id
		}
	}
	for i, l := range k.said {
		items := [2]verify.Digest{l.a, l.b}
		if newer, ok := k.overruled[i]; ok {
			k.refused = append(k.refused, i)
			k.conflicts = append(k.conflicts, conflict{newer, l.entry, items})
			continue
		}
		against, ok := k.add(i)
		switch {
		case ok || !l.firm:
		case l.wins && against.link >= 0 && k.said[against.link].entry < l.entry:
			k.overruled[against.link] = l.entry
			return false
		default:
			k.refused = append(k.refused, i)
			if against.entry != l.entry {
				k.conflicts = append(k.conflicts, conflict{against.entry, l.entry, items})
			}
		}
	}
	return true
}

// objection is what a link contradicts. What comes of the confirmation of an
// incident has no link.
type objection struct {
	link  int
	entry int64
}

func (k *constraints) by(link int) objection { return objection{link, k.said[link].entry} }

// add lays one link over those before it, or says what it contradicts.
func (k *constraints) add(i int) (against objection, ok bool) {
	l := k.said[i]
	a, b := k.at[l.a], k.at[l.b]
	if l.sort == ofTwo {
		return k.part(a, b, i)
	}
	if l.sort == ofNone {
		if len(k.chains[a]) > 0 {
			return k.by(k.chains[a][0].link), false
		}
		k.out[a] = i
		return objection{}, true
	}
	for _, x := range []int{a, b} {
		if o, out := k.out[x]; out {
			return k.by(o), false
		}
	}
	if !l.firm && k.label[k.sets.find(a)] != k.label[k.sets.find(b)] {
		return objection{}, false // nothing joins a confirmed incident unasked
	}
	if against, ok = k.join(a, b); ok && a != b {
		k.chains[a] = append(k.chains[a], chain{b, i})
		k.chains[b] = append(k.chains[b], chain{a, i})
	}
	return against, ok
}

// join puts two items into one set unless a decision stands against that.
func (k *constraints) join(a, b int) (against objection, ok bool) {
	x, y := k.sets.find(a), k.sets.find(b)
	if x == y {
		return objection{}, true
	}
	if l, apart := k.enemies[x][y]; apart {
		return k.by(l), false
	}
	if p, q := k.label[x], k.label[y]; p != "" && q != "" && p != q {
		return objection{-1, max(k.confirmed[p].decision.Order(), k.confirmed[q].decision.Order())}, false
	}
	k.sets.union(x, y)
	root, gone := min(x, y), max(x, y)
	if l := k.label[gone]; l != "" {
		k.label[root] = l
		delete(k.label, gone)
	}
	for other, l := range k.enemies[gone] {
		delete(k.enemies[other], gone)
		k.setEnemies(root, other, l)
	}
	delete(k.enemies, gone)
	return objection{}, true
}

// part says that two items are of two incidents, unless they are of one.
func (k *constraints) part(a, b, link int) (against objection, ok bool) {
	x, y := k.sets.find(a), k.sets.find(b)
	if x == y {
		return k.by(k.newestBetween(a, b)), false
	}
	k.setEnemies(x, y, link)
	return objection{}, true
}

// setEnemies keeps two sets apart, by the link that said so first.
func (k *constraints) setEnemies(x, y, link int) {
	for _, p := range [2][2]int{{x, y}, {y, x}} {
		if k.enemies[p[0]] == nil {
			k.enemies[p[0]] = map[int]int{}
		}
		if was, ok := k.enemies[p[0]][p[1]]; !ok || link < was {
			k.enemies[p[0]][p[1]] = link
		}
	}
}

// newestBetween is the link of the newest decision on the shortest chain by
// which two items are together: taking it back breaks the chain.
func (k *constraints) newestBetween(a, b int) int {
	newest := map[int]int{a: -1}
	for queue := []int{a}; len(queue) > 0; queue = queue[1:] {
		for _, c := range k.chains[queue[0]] {
			if _, seen := newest[c.to]; seen {
				continue
			}
			newest[c.to] = c.link
			if was := newest[queue[0]]; was >= 0 && k.said[was].entry > k.said[c.link].entry {
				newest[c.to] = was
			}
			if c.to == b {
				return newest[b]
			}
			queue = append(queue, c.to)
		}
	}
	return newest[a]
}

// extend takes out of the confirmed incidents what gave way, and adds what a
// person put with their members.
func (k *constraints) extend() {
	for _, i := range k.refused {
		if l := k.said[i]; l.list != "" {
			k.confirmed[l.list].drop(l.b)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(k.at)) {
		i := k.at[d]
		if id := k.label[k.sets.find(i)]; id != "" && len(k.chains[i]) > 0 {
			k.confirmed[id].include(d, false, k.said[k.chains[i][0].link].entry)
			k.home[d] = id
		}
	}
}

// joinCopies lets two items be one atom unless a decision stands against it.
func (k *constraints) joinCopies(a, b verify.Digest) bool {
	if !k.canJoin(a, b) {
		return false
	}
	_, ok := k.join(k.at[a], k.at[b])
	return ok
}

// canJoin says whether two items may be one atom. Confirmed incidents take no
// copies in unasked.
func (k *constraints) canJoin(a, b verify.Digest) bool {
	x, y := k.sets.find(k.at[a]), k.sets.find(k.at[b])
	_, apart := k.enemies[x][y]
	return k.frozen(a) == k.frozen(b) && !apart
}

// excludes says whether an item is of no incident by the word of a person.
func (k *constraints) excludes(d verify.Digest) bool {
	_, out := k.out[k.at[d]]
	return out
}

// wants says whether a person put an item into an incident.
func (k *constraints) wants(d verify.Digest) bool {
	return k.frozen(d) != "" || len(k.chains[k.at[d]]) > 0
}

// findings name the decisions that contradict each other.
func (k *constraints) findings() []verify.Finding {
	var out []verify.Finding
	for _, c := range k.Conflicts() {
		f := verify.Finding{Finding: extract.Finding{Code: "decisions-conflict", Severity: source.Warning, Message: c.String()}}
		if c.Settled {
			f.Severity = source.Info
		}
		out = append(out, f)
	}
	return out
}

// bind fits the constraints to atoms, by the atom of each item.
func (k *constraints) bind(member map[verify.Digest]int, atoms int) {
	k.atoms = make([]int, atoms)
	for d, a := range member {
		k.atoms[a] = k.sets.find(k.at[d])
	}
}

// must gives the pairs of atoms that a person put into one incident, in
// order: each atom with the first of its set.
func (k *constraints) must() [][2]int {
	first := map[int]int{}
	var out [][2]int
	for a, set := range k.atoms {
		if f, ok := first[set]; ok {
			out = append(out, [2]int{f, a})
		} else {
			first[set] = a
		}
	}
	return out
}

// forbids says whether a person put some atom of a and some atom of b into
// two incidents, and by which decision.
func (k *constraints) forbids(a, b []int) (why string, bad bool) {
	if len(k.enemies) == 0 {
		return "", false
	}
	for _, i := range a {
		enemies := k.enemies[k.atoms[i]]
		if len(enemies) == 0 {
			continue
		}
		for _, j := range b {
			if l, ok := enemies[k.atoms[j]]; ok {
				return fmt.Sprintf("a person keeps them apart, see entry %d of the ledger", k.standing[k.said[l].entry].Seq), true
			}
		}
	}
	return "", false
}
