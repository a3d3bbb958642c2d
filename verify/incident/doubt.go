package incident

import (
	"context"
	"math"
	"slices"
	"sync/atomic"
)

// doubter takes out of the groups what has too little lead, the weakest first.
// A group is judged by its rivals as they all stood before, so that no order
// of the groups matters.
type doubter struct {
	c      *grouping
	parts  [][]int
	of     []int  // by atom: its part
	marks  []mark // by part
	wholes []atomic.Pointer[opinion]
	bound  []bool
}

// doubt gives the groups without the atoms that it takes out, and these as
// groups of their own.
func (c *grouping) doubt(parts [][]int, bound []bool) [][]int {
	d := &doubter{c: c, parts: parts, of: make([]int, len(c.atoms)), marks: make([]mark, len(parts)), wholes: make([]atomic.Pointer[opinion], len(parts)), bound: bound}
	for g, atoms := range parts {
		d.marks[g] = c.marksOf(atoms)
		for _, i := range atoms {
			d.of[i] = g
		}
	}
	keys := make([]mark, len(parts))
	taken := make([][]int, len(parts))
	_ = c.share(context.Background(), len(parts), func(g int) { // a context without an end
		if len(parts[g]) == 1 {
			return
		}
		keys[g] = d.mark(g, d.rivals(parts[g], g))
		var known bool
		if taken[g], known = c.memory.doubted(keys[g]); !known {
			taken[g] = d.judge(g)
		}
	})
	var out [][]int
	for g, atoms := range parts {
		if len(atoms) == 1 {
			out = append(out, atoms)
			continue
		}
		c.memory.keepDoubt(keys[g], taken[g])
		rest := slices.Clone(atoms)
		for _, at := range taken[g] {
			out = append(out, []int{atoms[at]})
			rest = without(rest, atoms[at])
		}
		out = append(out, rest)
	}
	return out
}

// rivals are the other groups that some edge of the atoms leads to.
func (d *doubter) rivals(atoms []int, g int) []int {
	var out []int
	for _, i := range atoms {
		for _, j := range d.c.ends[i] {
			if n := d.of[j]; n != g && d.c.atoms[j].frozen == "" {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// mark is that of all that the doubts about a group depend on.
func (d *doubter) mark(g int, rivals []int) mark {
	w := writer{b: make([]byte, 0, 16*(len(rivals)+2))}
	w.text("doubt")
	w.bytes(d.marks[g][:])
	for _, i := range d.parts[g] {
		w.yes(d.bound[i])
	}
	around := slices.Clone(d.parts[g])
	for _, n := range rivals {
		w.bytes(d.marks[n][:])
		around = append(around, d.parts[n]...)
	}
	d.c.writeTies(&w, around)
	d.c.writeRules(&w, around, d.bound)
	return w.mark()
}

// judge gives the places in the group of the atoms to take out.
func (d *doubter) judge(g int) []int {
	all := d.parts[g]
	rest := all
	var taken []int
	for len(rest) > 1 {
		weakest, least := -1, d.c.params.Margin
		for _, i := range rest {
			if d.bound[i] {
				continue
			}
			if lead := d.lead(i, rest, g, taken); lead < least {
				weakest, least = i, lead
			}
		}
		if weakest < 0 {
			break
		}
		rest = without(rest, weakest)
		taken = append(taken, slices.Index(all, weakest))
	}
	return taken
}

// lead is by how much an atom fits the rest of its group better than any other
// group, or any atom that was taken out of this one.
func (d *doubter) lead(i int, rest []int, g int, taken []int) float64 {
	c := d.c
	one := c.opinionOf(i)
	others := without(rest, i)
	here := c.weigh(one, d.whole(g, rest, others), c.between([]int{i}, others))
	own := here.total()
	lead := own
	against := func(atoms []int, o *opinion) {
		if _, apart := c.rules.forbids([]int{i}, atoms); apart {
			return
		}
		there := c.weigh(one, o, c.between([]int{i}, atoms))
		lead = math.Min(lead, own-there.total())
	}
	for _, n := range d.rivals([]int{i}, g) {
		against(d.parts[n], d.wholeOf(n))
	}
	for _, at := range taken {
		if j := d.parts[g][at]; slices.Contains(c.ends[i], j) {
			against([]int{j}, c.opinionOf(j))
		}
	}
	return lead
}

// whole is what the others of a group say: of a large one what all say.
func (d *doubter) whole(g int, rest, others []int) *opinion {
	if len(rest) <= large {
		return d.c.opinionOfAll(others)
	}
	return d.c.opinionOfAll(rest)
}

// wholeOf is what a rival says.
func (d *doubter) wholeOf(g int) *opinion {
	o := d.wholes[g].Load()
	if o == nil {
		o = d.c.opinionOfAll(d.parts[g])
		d.wholes[g].Store(o)
	}
	return o
}

// result puts the groups in order of their smallest atoms, the confirmed ones
// among them.
func (c *grouping) result(parts [][]int) []group {
	slices.SortFunc(parts, func(a, b []int) int { return a[0] - b[0] })
	var out []group
	frozen := map[string]int{}
	for _, atoms := range parts {
		id := c.atoms[atoms[0]].frozen
		if id == "" {
			out = append(out, group{atoms: atoms})
			continue
		}
		if at, ok := frozen[id]; ok {
			out[at].atoms = append(out[at].atoms, atoms...)
			continue
		}
		frozen[id] = len(out)
		out = append(out, group{atoms: slices.Clone(atoms), frozen: id})
	}
	return out
}
