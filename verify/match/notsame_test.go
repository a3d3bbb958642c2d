package match

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// What a person has said are two things match no more, and no cluster holds
// both; the others stay with the one that they resemble more.
func TestNotSame(t *testing.T) {
	l := scene(120, 480, 360)
	a, z := still(t, "s/a.jpg", l), still(t, "s/z.jpg", pasted(l, canvas(200, 150, 128), 100, 80))
	b, y := still(t, "s/b.jpg", l.Reduced(400)), still(t, "s/y.jpg", pasted(l, canvas(200, 150, 128), 100, 80).Reduced(400))
	items := []verify.Item{a, b, y, z}
	if res := find(t, items, Options{}); len(res.Clusters) != 1 || len(res.Matches) != 6 {
		t.Fatalf("%d matches, clusters %+v", len(res.Matches), res.Clusters)
	}
	res := find(t, items, Options{Words: Words{NotSame: [][2]verify.Digest{{z.Digest, a.Digest}}}})
	for _, m := range res.Matches {
		if m.A == "s/a.jpg" && m.B == "s/z.jpg" {
			t.Error("the rejected pair matches")
		}
	}
	var got []string
	for _, c := range res.Clusters {
		got = append(got, strings.Join(c.Members, " "))
	}
	if !slices.Equal(got, []string{"s/a.jpg s/b.jpg", "s/y.jpg s/z.jpg"}) {
		t.Errorf("clusters %q", got)
	}
	// Nor is it found again by way of other copies, in whatever order.
	slices.Reverse(items)
	if again := find(t, items, Options{Words: Words{NotSame: [][2]verify.Digest{{a.Digest, z.Digest}}}}); len(again.Matches) != len(res.Matches) || len(again.Clusters) != 2 {
		t.Errorf("another order: %d matches, %d clusters", len(again.Matches), len(again.Clusters))
	}
}

// Two shutters a few seconds apart are a burst, whatever the pictures say.
func TestBurstsAreNamed(t *testing.T) {
	l := scene(130, 480, 360)
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	shot := func(path string, after time.Duration, trust extract.Trust) verify.Item {
		it := still(t, path, l)
		it.Media.Times = []extract.Time{{Kind: extract.Capture, Zone: extract.Offset, Trust: trust, Precision: extract.Second, Earliest: at.Add(after), Latest: at.Add(after + time.Second)}}
		return it
	}
	for _, test := range []struct {
		after time.Duration
		trust extract.Trust
		burst bool
	}{{3 * time.Second, extract.TrustDevice, true}, {0, extract.TrustDevice, false}, {time.Minute, extract.TrustDevice, false}, {3 * time.Second, extract.TrustDerived, false}} {
		res := find(t, []verify.Item{shot("a", 0, extract.TrustDevice), shot("b", test.after, test.trust)}, Options{})
		m := matchOf(t, res, "a", "b")
		if said := strings.Contains(m.Why, "3 s apart") && strings.Contains(m.Why, "burst"); said != test.burst || m.Relation != verify.Near {
			t.Errorf("%v later by %s: %s: %s", test.after, test.trust, m.Relation, m.Why)
		}
	}
}

// What a person says of a pair goes before what the comparison says: two
// pictures that have nothing in common become copies, and with them those that
// are copies of either; copies become two pictures of one place.
func TestWordsOnPairs(t *testing.T) {
	l, other := scene(120, 480, 360), scene(121, 480, 360)
	a, b := still(t, "s/a.jpg", l), still(t, "s/b.jpg", l.Reduced(400))
	c := still(t, "s/c.jpg", other)
	items := []verify.Item{a, b, c}

	res := find(t, items, Options{Words: Words{Same: [][2]verify.Digest{verify.Pair(c.Digest, a.Digest)}}})
	if len(res.Clusters) != 1 || len(res.Clusters[0].Members) != 3 {
		t.Errorf("said to be the same: clusters %+v", res.Clusters)
	}
	if m := matchOf(t, res, "s/a.jpg", "s/c.jpg"); m.Relation != verify.Near || m.Why != whySame {
		t.Errorf("said to be the same: %s, %q", m.Relation, m.Why)
	}

	res = find(t, items, Options{Words: Words{Scenes: [][2]verify.Digest{verify.Pair(b.Digest, a.Digest)}}})
	if len(res.Clusters) != 0 {
		t.Errorf("said to be two pictures of one place: clusters %+v", res.Clusters)
	}
	if m := matchOf(t, res, "s/a.jpg", "s/b.jpg"); m.Relation != verify.SameScene || m.WholeOfBoth || !strings.HasPrefix(m.Why, whyScene) || m.Map == nil {
		t.Errorf("said to be two pictures of one place: %+v", m)
	}

	// Two words that exclude each other: no cluster holds what is not the same.
	res = find(t, items, Options{Words: Words{
		Same:    [][2]verify.Digest{verify.Pair(c.Digest, a.Digest), verify.Pair(c.Digest, b.Digest)},
		NotSame: [][2]verify.Digest{verify.Pair(a.Digest, b.Digest)},
	}})
	for _, cl := range res.Clusters {
		if slices.Contains(cl.Members, "s/a.jpg") && slices.Contains(cl.Members, "s/b.jpg") {
			t.Errorf("not the same, and in one cluster: %v", cl.Members)
		}
	}
}
