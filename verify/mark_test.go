package verify_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// What stands of an item is of each thing the latest that holds; notes stay
// beside each other; the order in which marks are handed over does not matter.
func TestFoldMarks(t *testing.T) {
	pinned, aside, text, none := verify.Pinned, verify.SetAside, "a gate", ""
	a, ab := []verify.Digest{"a"}, []verify.Digest{"a", "b"}
	masks := []verify.Mask{{X: 0.1, Y: 0.1, Width: 0.2, Height: 0.2}}
	all := []verify.Mark{
		{Seq: 1, By: "Ada", Items: ab, State: &pinned, AddTags: []string{"smoke", "gate"}, Note: "first"},
		{Seq: 2, By: "Bo", Items: a, State: &aside, DropTags: []string{"smoke"}, Note: "second", Described: &text, Masks: &masks},
		{Seq: 3, By: "Bo", Items: a, Described: &none},
		{Seq: 4, By: "Ada", Items: a, TakesBack: 3}, // described again
		{Seq: 5, By: "Ada", Items: a, TakesBack: 2}, // pinned again, and not described
		{Seq: 6, By: "Bo", Items: a, TakesBack: 5},  // set aside again, and described
	}
	slices.Reverse(all)
	got := verify.FoldMarks(all)
	m := got["a"]
	if !m.SetAside() || m.StateSaid.By != "Bo" || m.StateSaid.Entry != 2 || m.Described != "a gate" || len(m.Masks) != 1 || !reflect.DeepEqual(m.Tags, []string{"gate"}) {
		t.Errorf("a: %+v", m)
	}
	if len(m.Notes) != 2 || m.Notes[0].Text != "first" || m.Notes[1].By != "Bo" {
		t.Errorf("notes of a: %+v", m.Notes)
	}
	if b := got["b"]; !b.Pinned() || !reflect.DeepEqual(b.Tags, []string{"gate", "smoke"}) || len(b.Notes) != 1 {
		t.Errorf("b: %+v", b)
	}
	if c := got["c"]; c.Any() || len(got) != 2 {
		t.Errorf("nobody spoke of c: %+v, and of %d items", c, len(got))
	}
}

// Of several items of a cluster that were chosen the last one stands for it.
func TestRepresentativeOf(t *testing.T) {
	yes, no := true, false
	c := verify.Cluster{Digests: []verify.Digest{"a", "b"}}
	all := []verify.Mark{
		{Seq: 1, By: "Ada", Items: []verify.Digest{"a"}, Stands: &yes},
		{Seq: 2, By: "Bo", Items: []verify.Digest{"b"}, Stands: &yes},
		{Seq: 3, By: "Bo", Items: []verify.Digest{"c"}, Stands: &yes},
		{Seq: 4, By: "Ada", Items: []verify.Digest{"b"}, Stands: &no},
	}
	for n, want := range map[int]verify.Digest{0: "", 1: "a", 2: "b", 3: "b", 4: "a"} {
		item, said := verify.RepresentativeOf(c, verify.FoldMarks(all[:n]))
		if item != want || (said == nil) != (want == "") {
			t.Errorf("after %d marks %q stands for it, want %q", n, item, want)
		}
	}
}

// Of two items the last word counts that holds, in whatever order they are named.
func TestPairVerdicts(t *testing.T) {
	all := []verify.Decision{
		{Seq: 1, Kind: verify.NotSame, Subjects: []verify.Digest{"a", "b"}},
		{Seq: 2, Kind: verify.SameImage, Subjects: []verify.Digest{"b", "a"}},
		{Seq: 3, Kind: verify.NotSameIncident, Subjects: []verify.Digest{"a", "b"}}, // says nothing of the picture
		{Seq: 4, Kind: verify.TakeBack, TakesBack: 2},
		{Seq: 5, Kind: verify.TakeBack, TakesBack: 4},
	}
	for n, want := range map[int]string{1: verify.NotSame, 2: verify.SameImage, 3: verify.SameImage, 4: verify.NotSame, 5: verify.SameImage} {
		if got := verify.PairVerdicts(all[:n])[verify.Pair("b", "a")].Kind; got != want {
			t.Errorf("after %d decisions: %q, want %q", n, got, want)
		}
	}
	if holds := verify.Holding(all); !holds[2] || holds[4] || !holds[5] {
		t.Errorf("holding: %v", holds)
	}
}
