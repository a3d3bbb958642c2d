package incident

import (
	"bytes"
	"cmp"
	"slices"
)

// The looks at a case: before posts that claim another event are struck, and
// after.
const (
	firstLook = iota
	secondLook
)

// field is the events that posts of old pictures are held against. Which one a
// post fits best is remembered, and only events that the run before did not
// have are weighed again.
type field struct {
	c       *grouping
	look    int
	events  []*event
	eventOf []*event // by atom
	marks   []mark   // by event
	at      map[*event]int
	byMark  map[mark]int
	shared  []bool // by event: some atom of it stands with another
	seen    []int  // by event: the last post within reach of it
	posts   int
}

func (c *grouping) newField(look int, events []*event) *field {
	f := &field{
		c: c, look: look, events: events, eventOf: c.eventOf(events), marks: make([]mark, len(events)),
		at: make(map[*event]int, len(events)), byMark: make(map[mark]int, len(events)), shared: make([]bool, len(events)), seen: make([]int, len(events)),
	}
	for i, e := range events {
		f.at[e] = i
		if len(e.atoms) == 0 {
			f.shared[i] = true
			continue
		}
		f.marks[i] = c.marksOf(e.atoms)
		f.byMark[f.marks[i]] = i
		f.shared[i] = slices.ContainsFunc(e.atoms, func(a int) bool { return f.eventOf[a] != e })
	}
	return f
}

// leave keeps for the next run which events were weighed.
func (f *field) leave() {
	for i, m := range f.marks {
		if !f.shared[i] {
			f.c.memory.next.groups[f.look][m] = true
		}
	}
}

// within are the events that some atom near in time to the post is of, its own
// apart.
func (f *field) within(a *atom, q *posting) []int {
	c := f.c
	f.posts++
	own := f.eventOf[a.id]
	from, to := q.when.lo.Add(-claimReach), q.when.hi.Add(claimReach)
	i, _ := slices.BinarySearchFunc(c.order, hours(from), func(k int, t float64) int { return cmp.Compare(c.hours[k], t) })
	var out []int
	end := hours(to)
	for _, k := range c.order[i:] {
		if c.hours[k] > end {
			break
		}
		e := f.eventOf[k]
		if e == nil || e == own || k == a.id {
			continue
		}
		if n := f.at[e]; f.seen[n] != f.posts {
			f.seen[n] = f.posts
			out = append(out, n)
		}
	}
	return out
}

// best is the event that the post fits best, nil where it fits none.
func (f *field) best(a *atom, q *posting) (*event, float64) {
	c := f.c
	key := f.mark("best", a, q)
	around := f.within(a, q)
	best, bits := -1, claimBits
	was, known := c.memory.old.posts[key]
	if known && was.group != (mark{}) {
		at, stands := f.byMark[was.group]
		if known = stands && !f.shared[at] && f.seen[at] == f.posts; known {
			best, bits = at, was.bits
		}
	}
	var lone *opinion
	for _, n := range around {
		if known && !f.shared[n] && c.memory.old.groups[f.look][f.marks[n]] {
			continue
		}
		if lone == nil {
			whole := *c.alone(a, q)
			whole.start = c.startAlone(q)
			lone = &whole
		}
		ev := c.weigh(lone, c.whole(f.events[n]), ties{})
		if t := ev.total(); t > bits || t == bits && best >= 0 && bytes.Compare(f.marks[n][:], f.marks[best][:]) < 0 {
			best, bits = n, t
		}
	}
	if best < 0 {
		c.memory.next.posts[key] = fitting{bits: claimBits}
		return nil, claimBits
	}
	if !f.shared[best] {
		c.memory.next.posts[key] = fitting{f.marks[best], bits}
	}
	return f.events[best], bits
}

// here is how well the post fits the event that its picture is of.
func (f *field) here(a *atom, q *posting) float64 {
	c := f.c
	own := f.eventOf[a.id]
	key, group := f.mark("here", a, q), f.marks[f.at[own]]
	was, known := c.memory.old.posts[key]
	if !known || was.group != group {
		lone := *c.alone(a, q)
		lone.start = c.startAlone(q)
		ev := c.weigh(&lone, c.whole(own), ties{})
		was = fitting{group, ev.total()}
	}
	c.memory.next.posts[key] = was
	return was.bits
}

// mark is that of all that a post says by itself.
func (f *field) mark(what string, a *atom, q *posting) mark {
	c := f.c
	lone := c.alone(a, q)
	var w writer
	w.text(what)
	w.text(q.sighting.Path)
	w.bytes(c.marks[a.id][:])
	c.writePlace(&w, lone.place)
	w.belief(lone.object)
	w.float(lone.reach)
	w.float(lone.rate)
	return w.mark()
}
