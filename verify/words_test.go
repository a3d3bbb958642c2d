package verify_test

import (
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// Who looked and cannot tell has the last word too: what was said before does
// not hold the two apart any longer.
func TestNotKnowingIsALastWord(t *testing.T) {
	all := []verify.Decision{
		{Seq: 1, Kind: verify.NotSame, Subjects: []verify.Digest{"a", "b"}},
		{Seq: 2, Kind: verify.Unsure, Subjects: []verify.Digest{"b", "a"}},
	}
	if got := verify.PairVerdicts(all)[verify.Pair("a", "b")].Kind; got != verify.Unsure {
		t.Errorf("the last word is %q", got)
	}
	if apart := verify.PairsSaid(all, verify.NotSame); len(apart) != 0 {
		t.Errorf("%v are still held apart", apart)
	}
}

// A decision comes after all that the case knows, those taken over from another
// case among them.
func TestNextComesAfterAll(t *testing.T) {
	for _, c := range []struct {
		past      []verify.Decision
		seq, rank int64
	}{
		{nil, 1, 0},
		{[]verify.Decision{{Seq: 4}, {Seq: 9}}, 10, 0},
		{[]verify.Decision{{Seq: 4, Rank: 7}, {Seq: 9, Rank: 2}}, 10, 8},
	} {
		if seq, rank := verify.Next(c.past); seq != c.seq || rank != c.rank {
			t.Errorf("after %+v: position %d and rank %d, want %d and %d", c.past, seq, rank, c.seq, c.rank)
		}
	}
}

// What is attached to an incident after it was merged into another, and so is
// one by itself again, stays there.
func TestContextFollowsLaterMergesAlone(t *testing.T) {
	incidents := []verify.Incident{{ID: "I-1"}, {ID: "I-2"}}
	item := func(d verify.Digest) *verify.Item {
		return &verify.Item{Digest: d, Sightings: []verify.Sighting{{Path: "sat/" + string(d)}}}
	}
	attached := verify.Decision{Seq: 5, Kind: verify.ForContext, Incident: "I-2", Subjects: []verify.Digest{"d"}, By: "Ada"}
	for merge, want := range map[int64]int{3: 1, 7: 0} {
		decisions := []verify.Decision{attached, {Seq: merge, Kind: verify.Merge, Incident: "I-1", Other: "i-2"}}
		slices.SortFunc(decisions, func(a, b verify.Decision) int { return int(a.Seq - b.Seq) })
		got := verify.WithContext(incidents, decisions, item)
		if len(got[want].Members) != 1 || len(got[1-want].Members) != 0 {
			t.Errorf("merged by entry %d: %d members of I-1 and %d of I-2", merge, len(got[0].Members), len(got[1].Members))
		}
	}
}

// Covers that are drawn anew take the place of those before, and none takes them
// away.
func TestTheLastMasksStand(t *testing.T) {
	one, two, none := []verify.Mask{{X: 0.1, Y: 0.1, Width: 0.2, Height: 0.2}}, []verify.Mask{{X: 0.5, Y: 0.5, Width: 0.4, Height: 0.4}}, []verify.Mask{}
	all := []verify.Mark{
		{Seq: 1, By: "Ada", Items: []verify.Digest{"a"}, Masks: &one},
		{Seq: 2, By: "Bo", Items: []verify.Digest{"a"}, Masks: &two},
		{Seq: 3, By: "Bo", Items: []verify.Digest{"a"}, Masks: &none},
	}
	for n, want := range map[int][]verify.Mask{1: one, 2: two, 3: none} {
		if got := verify.FoldMarks(all[:n])["a"].Masks; !slices.Equal(got, want) {
			t.Errorf("after %d marks: %v, want %v", n, got, want)
		}
	}
}

// What differs within a match is told of the right picture from either side.
func TestExchangedSaysWhatDiffersInWhich(t *testing.T) {
	m := verify.Match{ChangedA: verify.Boxes{{0, 0, 0.5, 0.5}}, ChangedB: verify.Boxes{{0.5, 0.5, 1, 1}}}
	if x := m.Exchanged(); !slices.Equal(x.ChangedA, m.ChangedB) || !slices.Equal(x.ChangedB, m.ChangedA) {
		t.Errorf("A differs at %v and B at %v", x.ChangedA, x.ChangedB)
	}
}

// A file counts in one incident, however many it is shown in.
func TestWhatIsShownBesideDoesNotCount(t *testing.T) {
	for _, c := range []struct {
		member verify.Member
		counts bool
	}{
		{verify.Member{Role: verify.Original}, true},
		{verify.Member{Role: verify.Copy, Reasons: []verify.Reason{{Code: "near"}}}, true},
		{verify.Member{Role: verify.Original, Reasons: []verify.Reason{{Code: verify.AlsoIn}}}, false},
		{verify.Member{Role: verify.Recycled}, false},
		{verify.Member{Role: verify.Context}, false},
	} {
		if got := c.member.Counts(); got != c.counts {
			t.Errorf("%+v counts: %v", c.member, got)
		}
	}
}
