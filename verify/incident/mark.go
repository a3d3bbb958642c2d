package incident

import "slices"

// mark works out for every atom what tells it apart from what it was in an
// earlier run: all that it says. What was made of atoms that all have their
// marks yet, and the same ties between them, is what would be made of them now.
func (c *grouping) mark() {
	c.marks = make([]mark, len(c.atoms))
	c.all(c.markAtom)
}

func (c *grouping) markAtom(i int) {
	var buf [2 << 10]byte
	w := writer{b: buf[:0]}
	c.writeVoice(&w, i, c.atoms[i])
	c.marks[i] = w.mark()
}

func (c *grouping) writeVoice(w *writer, i int, a *atom) {
	w.text(string(a.digest))
	w.text(a.frozen)
	w.yes(a.excluded)
	w.text(a.clash)
	w.moment(a.moment)
	w.yes(a.captured != nil)
	if a.captured != nil {
		w.span(*a.captured)
	}
	w.count(len(a.fixes))
	for _, f := range a.fixes {
		w.fix(f)
	}
	w.yes(c.placed[i])
	w.fix(c.fixes[i])
	w.count(len(a.found))
	w.texts(c.named(i))
	w.count(len(a.names))
	w.number(int64(a.objects))
	w.yes(a.routine)
	for _, l := range [][]string{a.accounts, a.channels, a.posts, a.forwards, a.devices, a.hands} {
		w.texts(l)
	}
	c.writePlace(w, c.places[i])
	w.belief(c.objects[i])
	w.float(c.rate[i])
	first, ok := a.appeared(&c.clock)
	w.yes(ok)
	w.instant(first)
	w.count(len(a.postings))
	for _, q := range a.postings {
		w.text(string(q.item.Digest))
		w.text(q.sighting.Path)
		w.span(q.when)
		w.text(q.account)
		for _, b := range [...]bool{q.loose, q.camera, q.recycled, q.excluded} {
			w.yes(b)
		}
		w.instant(q.since)
		w.text(q.seen)
	}
}

// writePlace writes a belief with what its sites are, for those that came since
// the statistics have other numbers in every run.
func (c *grouping) writePlace(w *writer, b belief) {
	s := c.sites
	w.count(len(b.at))
	for i, at := range b.at {
		w.number(int64(min(at, s.known)))
		if at >= s.known {
			x := &s.list[at]
			w.number(int64(x.Kind))
			w.number(x.Place)
			w.text(x.Name)
			w.float(x.Lat)
			w.float(x.Lon)
			w.float(x.Radius)
		}
		w.float(b.excess[i])
	}
	w.float(b.weight)
}

// tieTo is what ties an atom to another.
type tieTo struct {
	other int
	short uint64
}

// listTies puts the ties of every atom in order.
func (c *grouping) listTies() {
	c.tieList = make([][]tieTo, len(c.atoms))
	c.all(func(i int) { c.listTiesOf(i) })
}

func (c *grouping) listTiesOf(i int) {
	l := make([]tieTo, 0, len(c.tied[i]))
	for j, t := range c.tied[i] {
		l = append(l, tieTo{j, t.short()})
	}
	slices.SortFunc(l, func(a, b tieTo) int { return a.other - b.other })
	c.tieList[i] = l
}

// writeTies writes what ties atoms of a list to one another.
func (c *grouping) writeTies(w *writer, atoms []int) {
	var at map[int]int
	for x, i := range atoms {
		if len(c.tieList[i]) == 0 {
			continue
		}
		if at == nil {
			at = make(map[int]int, len(atoms))
			for y, j := range atoms {
				if len(c.tieList[j]) > 0 {
					at[j] = y
				}
			}
		}
		for _, t := range c.tieList[i] {
			if y, ok := at[t.other]; ok && y < x {
				w.number(int64(x))
				w.number(int64(y))
				w.fixed(t.short)
			}
		}
	}
}

// short tells ties apart; 0 for none.
func (t ties) short() uint64 {
	if t == (ties{}) {
		return 0
	}
	var buf [64]byte
	w := writer{b: buf[:0]}
	for _, bits := range [...]float64{t.copy, t.post, t.hand, t.forward, t.burst} {
		w.float(bits)
	}
	w.yes(t.impossible)
	return w.short() | 1
}

func (w *writer) span(s span) {
	w.instant(s.lo)
	w.instant(s.hi)
	w.instant(s.honest[0])
	w.instant(s.honest[1])
	w.yes(s.floating)
	w.float(s.doubt)
}

func (w *writer) moment(m moment) {
	w.span(m.span)
	w.yes(m.taken)
	w.yes(m.loose)
}

func (w *writer) fix(f fix) {
	w.float(f.lat)
	w.float(f.lon)
	w.float(f.radius)
	w.text(f.path)
	w.text(string(f.kind))
}

// marksOf is what tells a group of atoms apart from others.
func (c *grouping) marksOf(atoms []int) mark {
	if len(atoms) == 1 {
		return c.marks[atoms[0]]
	}
	w := writer{b: make([]byte, 0, 16*len(atoms))}
	for _, i := range atoms {
		w.bytes(c.marks[i][:])
	}
	return w.mark()
}
