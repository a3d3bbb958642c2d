package match

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// Words is what people have said of pairs of items; it goes before whatever a
// comparison says.
type Words struct {
	Same    [][2]verify.Digest // one picture: they match, and are in one cluster
	Scenes  [][2]verify.Digest // two pictures of one place: they match as that, and no cluster holds both
	NotSame [][2]verify.Digest // not the same: they never match, and no cluster holds both
}

// WordsOf is what the decisions of a case say of pairs.
func WordsOf(decisions []verify.Decision) Words {
	return Words{
		Same: verify.PairsSaid(decisions, verify.SameImage), Scenes: verify.PairsSaid(decisions, verify.SceneOnly),
		NotSame: verify.PairsSaid(decisions, verify.NotSame),
	}
}

// said is the words on items of the search, by where they stand.
type said struct {
	same, scenes, foes [][2]int // foes are those that no cluster holds both of
}

// hear finds the items that people spoke of. A pair of which one item is not
// there says nothing.
func (s *search) hear(w Words) said {
	at := make(map[verify.Digest]int, len(s.items))
	for i := range s.items {
		at[s.items[i].Digest] = i
	}
	pairs := func(list [][2]verify.Digest) [][2]int {
		var out [][2]int
		for _, p := range list {
			i, ok := at[p[0]]
			j, ok2 := at[p[1]]
			if ok && ok2 && i != j {
				out = append(out, [2]int{min(i, j), max(i, j)})
			}
		}
		slices.SortFunc(out, func(p, q [2]int) int { return slices.Compare(p[:], q[:]) })
		return out
	}
	h := said{same: pairs(w.Same), scenes: pairs(w.Scenes)}
	h.foes = slices.Concat(pairs(w.NotSame), h.scenes)
	return h
}

// The explanations of what rests on a person's word.
const (
	whySame  = "a person said: the same picture"
	whyScene = "a person said: the same scene, and not the same picture"
)

// asSaid puts what people said into matches: one that was found says what they
// said of it, and one that was not is added.
func (s *search) asSaid(found []verify.Match) []verify.Match {
	at := make(map[[2]verify.Digest]int, len(found))
	for i := range found {
		at[verify.Pair(found[i].DigestA, found[i].DigestB)] = i
	}
	lay := func(pairs [][2]int, over func(*verify.Match)) {
		for _, p := range pairs {
			a, b := &s.items[p[0]], &s.items[p[1]]
			i, ok := at[verify.Pair(a.Digest, b.Digest)]
			if !ok {
				i, found = len(found), append(found, unseen(a, b))
			}
			over(&found[i])
		}
	}
	lay(s.said.same, func(m *verify.Match) {
		if !m.WholeOfBoth {
			m.Relation, m.AIs, m.WholeOfBoth = verify.Near, "same", true
		}
		m.Why = because(whySame, m.Why)
	})
	lay(s.said.scenes, func(m *verify.Match) {
		m.Relation, m.AIs, m.WholeOfBoth = verify.SameScene, "other_shot_of_b", false
		m.Why = because(whyScene, m.Why)
	})
	return found
}

// unseen is a match in which no comparison found anything. Its score is a
// person's word.
func unseen(a, b *verify.Item) verify.Match {
	if cmp.Compare(a.Path(), b.Path()) > 0 {
		a, b = b, a
	}
	return verify.Match{
		A: a.Path(), B: b.Path(), Transform: verify.Transform{Scale: 1}, Distance: farthest, Score: 1,
		RegionA: [][2]float64{}, RegionB: [][2]float64{}, DigestA: a.Digest, DigestB: b.Digest,
	}
}

// farthest is the distance of two hashes of which nothing is known, in bits.
const farthest = 64

func because(word, found string) string {
	if found == "" {
		return word
	}
	return word + "; compared: " + found
}
