package match

import (
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// That two files are not the same holds over any chain of copies between them,
// in whatever order its links come.
func TestNotSameHoldsOverChains(t *testing.T) {
	none := func(*link) bool { return false }
	for _, pairs := range [][][2]int{
		{{1, 2}, {1, 5}}, {{1, 5}, {1, 2}}, {{5, 1}, {2, 1}}, {{0, 2}, {3, 5}, {0, 3}}, {{4, 5}, {2, 3}, {3, 4}}, {{2, 3}, {0, 3}, {0, 1}, {1, 5}},
	} {
		s := &search{items: make([]verify.Item, 6), said: said{foes: [][2]int{{2, 5}}}}
		sets := s.joined(nil, none, pairs...)
		if sets.find(2) == sets.find(5) {
			t.Errorf("joined by %v: the two that a person told apart are in one set", pairs)
		}
		if sets.find(pairs[0][0]) != sets.find(pairs[0][1]) {
			t.Errorf("joined by %v: %v are not in one set, and nothing stands against it", pairs, pairs[0])
		}
	}
}

// Of equal bytes at two places who had them first is told by what was posted
// there, and not by which name comes first.
func TestFirstOfEqualBytesIsWhoPostedFirst(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2024, 5, d, 12, 0, 0, 0, time.UTC) }
	at := func(kind extract.TimeKind, trust extract.Trust, d int) []extract.Time {
		return []extract.Time{{Kind: kind, Trust: trust, Zone: extract.UTC, Earliest: day(d), Latest: day(d)}}
	}
	it := verify.Item{Digest: "d", Media: extract.Media{Times: at(extract.Capture, extract.TrustDevice, 1)}, Sightings: []verify.Sighting{
		{Path: "a/x.jpg", Times: at(extract.Posted, extract.TrustPlatform, 3)},
		{Path: "b/x.jpg", Times: at(extract.Posted, extract.TrustPlatform, 2)},
		{Path: "c/x.jpg"},
	}}
	c, ok := newCluster([]*verify.Item{&it})
	if !ok || c.EarliestTrusted != "b/x.jpg" || c.EarliestClaimed != "b/x.jpg" {
		t.Errorf("first by trusted times %q, by claims %q, want b/x.jpg", c.EarliestTrusted, c.EarliestClaimed)
	}
}

// Another photograph of the same place was made from none of the copies, and
// none from it.
func TestAnotherShotIsNoneOfTheCopies(t *testing.T) {
	item := func(d verify.Digest) *verify.Item {
		return &verify.Item{Digest: d, Sightings: []verify.Sighting{{Path: "s/" + string(d)}}}
	}
	near := verify.Match{DigestA: "a", DigestB: "b", Relation: verify.Near, AIs: "same", WholeOfBoth: true, Score: 0.9}
	scene := verify.Match{DigestA: "a", DigestB: "c", Relation: verify.SameScene, AIs: "other_shot_of_b", Score: 1}
	part := verify.Match{DigestA: "a", DigestB: "d", Relation: verify.Part, AIs: "contains_b", Score: 0.8}
	var found []verify.Digest
	for _, d := range Derivation([]*verify.Item{item("a"), item("b")}, []verify.Match{near, scene, part}, item) {
		found = append(found, d.Item)
	}
	if len(found) != 3 || slices.Contains(found, "c") || !slices.Contains(found, "d") {
		t.Errorf("put in order: %v, want the two copies and the part", found)
	}
}
