package match

import (
	"fmt"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// A part that is too small to be found in the original by itself is found in
// one copy of it, and from there in all.
func TestLinksReachEveryCopy(t *testing.T) {
	l := scene(101, 640, 480)
	items := []verify.Item{still(t, "s/original.jpg", l), still(t, "s/part.jpg", cut(l, 0.5, 0.5, 0.95, 0.95))}
	for i := range 6 {
		items = append(items, still(t, fmt.Sprintf("s/copy%d.jpg", i), l.Reduced(600-50*i)))
	}
	// The keypoints of the original and of all copies but one are unknown: only
	// their hashes lead from one to the other.
	for i := range items {
		if p := items[i].Path(); p != "s/part.jpg" && p != "s/copy0.jpg" {
			items[i].Frames[0].Features = nil
		}
	}
	res := find(t, items, Options{})
	for i := range 6 {
		if m := matchOf(t, res, fmt.Sprintf("s/copy%d.jpg", i), "s/part.jpg"); m.Relation != verify.Part || m.AIs != "contains_b" {
			t.Errorf("copy %d: %s %s", i, m.Relation, m.AIs)
		}
	}
	if m := matchOf(t, res, "s/original.jpg", "s/part.jpg"); m.AIs != "contains_b" {
		t.Errorf("original: %s", m.AIs)
	}
	if len(res.Clusters) != 1 || len(res.Clusters[0].Members) != 7 {
		t.Errorf("the part joined the copies, or copies are missing: %+v", res.Clusters)
	}
}

// Where a way over other pictures leads to something else, nothing is found.
func TestWaysAreConfirmed(t *testing.T) {
	l, other := scene(111, 640, 480), scene(112, 640, 480)
	// Two pictures that share their left half.
	half := pasted(other, cut(l, 0, 0, 0.5, 1), 0, 0)
	part := cut(l, 0.55, 0.2, 0.95, 0.8) // of the right half, which the other has not
	res := find(t, []verify.Item{still(t, "s/a.jpg", l), still(t, "s/half.jpg", half), still(t, "s/part.jpg", part)}, Options{})
	matchOf(t, res, "s/a.jpg", "s/part.jpg")
	for _, m := range res.Matches {
		if m.A == "s/half.jpg" && m.B == "s/part.jpg" {
			t.Errorf("not shown there: %s", m.Why)
		}
	}
}

func TestWaysOverCopies(t *testing.T) {
	g := group{members: []int{4, 2, 7}, toFirst: map[int]hashing.Affine{}}
	half := hashing.Affine{0.5, 0, 0.25, 0, 0.5, 0.25}
	near := map[int][]bridge{}
	for _, b := range []bridge{{from: 2, to: 4, m: half, worth: 9}, {from: 7, to: 2, m: half, worth: 9}} {
		r, _ := b.back()
		near[b.from], near[b.to] = append(near[b.from], b), append(near[b.to], r)
	}
	g.layOut(near)
	m, ok := g.between(7, 4)
	if x, y := m.Apply(0, 1); !ok || x != 0.375 || y != 0.625 {
		t.Errorf("%v, %v: a corner lies at %g %g", m, ok, x, y)
	}
	if a, b := shadow(m); a != 1 || b != 0.0625 {
		t.Errorf("shadow %g %g", a, b)
	}
}
