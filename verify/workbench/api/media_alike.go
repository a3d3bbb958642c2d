package api

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/sidebyside"
)

// Alike is an item that shows the same picture content as the one in question,
// or another shot of the same scene.
type Alike struct {
	Card     Card            `json:"card"`
	Relation verify.Relation `json:"relation"`           // near, part, same_scene; "" where only another copy joins the two
	Is       string          `json:"is" say:"sentence"`  // what this one is of the item: "a part of it", …
	Why      string          `json:"why" say:"sentence"` // the evidence, one sentence
	First    string          `json:"first"`              // name of the file that the sentence calls the first, "" where it names none
	Second   string          `json:"second"`
	Changed  string          `json:"changed" say:"sentence"` // where the two differ inside what both show; A is the item in question
	Score    float64         `json:"score"`                  // 0..1
	Said     string          `json:"said"`                   // a person's word on the pair: same-image, same-scene, not-same, unsure; "" for none
}

// mostAlike is how many items a page lists.
const mostAlike = 200

// alike lists what shows the same as an item: copies and parts first, then
// other members of its cluster, then other shots of the scene.
func (v *View) alike(it *verify.Item) (list []Alike, more int) {
	list = []Alike{}
	verdicts := verify.PairVerdicts(v.Decisions)
	met := map[verify.Digest]bool{it.Digest: true}
	for i := range v.Matches {
		m := v.Matches[i]
		if m.DigestA == m.DigestB || m.DigestA != it.Digest && m.DigestB != it.Digest {
			continue
		}
		first, second := lastPart(m.A), lastPart(m.B)
		if m.DigestB == it.Digest {
			m = m.Exchanged()
		}
		other := v.Item(m.DigestB)
		if other == nil || met[m.DigestB] {
			continue
		}
		met[m.DigestB] = true
		list = append(list, Alike{
			Card: v.card(other), Relation: m.Relation, Is: isOfIt(&m), Why: m.Why, First: first, Second: second,
			Changed: sidebyside.Describe(m).Changed, Score: m.Score, Said: verdicts[verify.Pair(it.Digest, m.DigestB)].Kind,
		})
	}
	list = append(list, v.joined(it, met, verdicts)...)
	slices.SortStableFunc(list, func(a, b Alike) int {
		return cmp.Or(cmp.Compare(nearness(a.Relation), nearness(b.Relation)), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Card.Path, b.Card.Path))
	})
	if len(list) > mostAlike {
		list, more = list[:mostAlike], len(list)-mostAlike
	}
	return list, more
}

// nearness orders relations: a copy before a part, what another copy joins
// after both, and other shots last.
func nearness(r verify.Relation) int {
	return slices.Index([]verify.Relation{verify.Exact, verify.Near, verify.Part, "", verify.SameScene}, r)
}

// joined are the other members of an item's cluster: each is like some member,
// and not itself found to be like the item.
func (v *View) joined(it *verify.Item, met map[verify.Digest]bool, verdicts map[[2]verify.Digest]verify.Decision) (list []Alike) {
	cluster := v.ClusterOf(it.Digest)
	if cluster == nil {
		return nil
	}
	for _, d := range cluster.Digests {
		other := v.Item(d)
		if met[d] || other == nil {
			continue
		}
		list = append(list, Alike{
			Card: v.card(other), Is: "a copy by way of others", Said: verdicts[verify.Pair(it.Digest, d)].Kind,
			Why: fmt.Sprintf("both are in one cluster of %d, joined by way of other copies; the two themselves were not found alike", len(cluster.Digests)),
		})
	}
	return list
}

// isOfIt says what B is of A.
func isOfIt(m *verify.Match) string {
	if m.Relation == verify.SameScene {
		return "another shot of the scene"
	}
	x := m.Exchanged()
	switch x.AIs {
	case "crop_of_b":
		return "a part of it"
	case "contains_b":
		return "contains it"
	case "frame_of_b":
		return "a frame of it"
	case "clip_of_b":
		return "a clip of it"
	}
	return "a copy of it"
}
