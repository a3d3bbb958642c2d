package assess

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

func graphicOf(d verify.Digest, level int) Review {
	return Review{Item: d, Marks: Marks{Graphic: &level}}
}

func TestGraphicLevels(t *testing.T) {
	clusters := []verify.Cluster{{ID: "1", Digests: []verify.Digest{"a", "b"}}, {ID: "2", Digests: []verify.Digest{"c", "d"}}}
	got := GraphicLevels(clusters, []Review{graphicOf("a", 3), graphicOf("b", 0), graphicOf("c", 1), graphicOf("e", 2), {Item: "f"}})
	want := map[verify.Digest]Graphic{
		"a": {3, Stated, "a"}, "b": {3, Derived, "a"}, // milder than its copy is not believed
		"c": {1, Stated, "c"}, "d": {1, Derived, "c"}, "e": {2, Stated, "e"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// No item is shown as milder than what was said of it or of any copy, in
// whatever order clusters and reviews come.
func TestNothingIsShownMilderThanItsCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var clusters []verify.Cluster
		for n := range 4 {
			var c verify.Cluster
			for range 1 + r.IntN(4) {
				c.Digests = append(c.Digests, verify.Digest(fmt.Sprint(r.IntN(10))))
			}
			c.ID = fmt.Sprint(n)
			clusters = append(clusters, c)
		}
		var reviews []Review
		for d := range 10 {
			if r.IntN(2) == 0 {
				reviews = append(reviews, graphicOf(verify.Digest(fmt.Sprint(d)), r.IntN(4)))
			}
		}
		got := GraphicLevels(clusters, reviews)
		for _, c := range clusters {
			for _, d := range c.Digests {
				for _, other := range reviews {
					if other.Item == d || contains(c.Digests, other.Item) {
						if g, ok := got[d]; !ok || g.Level < *other.Marks.Graphic {
							t.Fatalf("%s is %+v, and its copy %s was said to be %d", d, g, other.Item, *other.Marks.Graphic)
						}
					}
				}
			}
		}
		for d, g := range got {
			if !reflect.DeepEqual(got[g.From].Level, g.Level) || (g.Basis == Stated) != (g.From == d) {
				t.Fatalf("%s: %+v", d, g)
			}
		}
		r.Shuffle(len(clusters), func(i, j int) { clusters[i], clusters[j] = clusters[j], clusters[i] })
		r.Shuffle(len(reviews), func(i, j int) { reviews[i], reviews[j] = reviews[j], reviews[i] })
		if again := GraphicLevels(clusters, reviews); !reflect.DeepEqual(again, got) {
			t.Fatalf("in another order: %+v, want %+v", again, got)
		}
	}
}

func contains(list []verify.Digest, d verify.Digest) bool {
	for _, x := range list {
		if x == d {
			return true
		}
	}
	return false
}
