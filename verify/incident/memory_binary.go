package incident

import (
	"bytes"
	"maps"
	"slices"
)

// memoryForm is the version of the binary form.
const memoryForm = "firsthand grouping 1"

// encode writes what a run leaves, with a digest of it at the end.
func (m *remembered) encode() []byte {
	w := &writer{b: make([]byte, 0, 32*(len(m.atoms)+len(m.families)+len(m.doubts)+len(m.posts)+len(m.events))+6*len(m.edges)+1024)}
	w.text(memoryForm)
	w.bytes(m.maker[:])
	w.count(len(m.atoms))
	for _, k := range m.atoms {
		w.bytes(k[:])
	}
	w.count(len(m.edges))
	last := int32(0)
	for _, e := range m.edges {
		last = w.edge(e, last)
	}
	w.count(len(m.tied))
	last = 0
	for _, t := range m.tied {
		last = w.edge(t.edge, last)
		w.fixed(t.tie)
		w.yes(t.links)
	}
	for _, l := range []map[mark][]int32{m.families, m.doubts} {
		w.count(len(l))
		for _, k := range sortedMarks(l) {
			w.bytes(k[:])
			w.count(len(l[k]))
			for _, n := range l[k] {
				w.count(int(n))
			}
		}
	}
	w.count(len(m.posts))
	for _, k := range sortedMarks(m.posts) {
		f := m.posts[k]
		w.bytes(k[:])
		w.bytes(f.group[:])
		w.float(f.bits)
	}
	for _, l := range m.groups {
		w.count(len(l))
		for _, k := range sortedMarks(l) {
			w.bytes(k[:])
		}
	}
	w.count(len(m.events))
	for _, k := range sortedMarks(m.events) {
		w.bytes(k[:])
		w.text(m.events[k])
	}
	sum := w.mark()
	return append(w.b, sum[:]...)
}

// edge writes an edge after one that begins at the atom last or before it.
func (w *writer) edge(e edge, last int32) int32 {
	near := int64(0)
	if e.near {
		near = 1
	}
	w.count(int(e.a - last))
	w.number(int64(e.b-e.a)<<1 | near)
	return e.a
}

// edge reads one between atoms of which there are so many.
func (r *reader) edge(atoms int, last int32) edge {
	n := r.uint()
	far := r.number()
	if n >= uint64(atoms) || far < 0 || far>>1 >= int64(atoms) || int64(last)+int64(n)+far>>1 >= int64(atoms) {
		r.broken = true
		return edge{}
	}
	a := last + int32(n)
	return edge{a: a, b: a + int32(far>>1), near: far&1 == 1}
}

func sortedMarks[T any](l map[mark]T) []mark {
	return slices.SortedFunc(maps.Keys(l), func(a, b mark) int { return bytes.Compare(a[:], b[:]) })
}

// decodeRemembered reads what encode wrote.
func decodeRemembered(b []byte) (*remembered, error) {
	body := len(b) - len(mark{})
	if body < 0 {
		return nil, errBroken
	}
	if sum := (&writer{b: b[:body]}).mark(); !bytes.Equal(sum[:], b[body:]) {
		return nil, errBroken
	}
	r := &reader{b: b[:body]}
	if r.text() != memoryForm {
		return nil, errBroken
	}
	m := newRemembered(r.mark())
	m.atoms = listOf(r, len(mark{}), r.mark)
	last := int32(0)
	next := func() edge {
		e := r.edge(len(m.atoms), last)
		last = e.a
		return e
	}
	m.edges = listOf(r, 2, next)
	last = 0
	m.tied = listOf(r, 11, func() tiedPair { return tiedPair{next(), r.fixed(), r.yes()} })
	for _, l := range []map[mark][]int32{m.families, m.doubts} {
		for range r.count(len(mark{}) + 1) {
			k := r.mark()
			l[k] = listOf(r, 1, func() int32 { return int32(r.uint()) })
		}
	}
	for range r.count(2 * len(mark{})) {
		k := r.mark()
		m.posts[k] = fitting{r.mark(), r.float()}
	}
	for _, l := range m.groups {
		for range r.count(len(mark{})) {
			l[r.mark()] = true
		}
	}
	for range r.count(len(mark{}) + 1) {
		k := r.mark()
		m.events[k] = r.text()
	}
	if r.broken || len(r.b) > 0 {
		return nil, errBroken
	}
	return m, nil
}
