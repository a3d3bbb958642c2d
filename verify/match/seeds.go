package match

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

const (
	// framesAsked is how many frames of a video, spread over it, ask the index
	// of keypoints.
	framesAsked = 8
	// seedsKept is how many frames of a pair of items are kept of what one of
	// them has asked.
	seedsKept = 4
	// filmTurns is how many candidates of chance strength a video, or a
	// photograph among videos, is examined against, by weakSeeds frames each.
	filmTurns = 8
	weakSeeds = 2
)

// seed is a frame of each of two items that keypoints propose.
type seed struct{ a, b int }

func exchangedSeeds(seeds []seed) []seed {
	out := make([]seed, len(seeds))
	for i, s := range seeds {
		out[i] = seed{s.b, s.a}
	}
	return out
}

// asked is a picture of an item that asks the index.
type asked struct {
	frame int
	set   feature.Set
}

// asking chooses the pictures of an item that ask the index: a still's only
// one, of a video frames with keypoints that are spread over it.
func (s *search) asking(i int) []asked {
	var out []asked
	n := len(s.items[i].Frames)
	parts := min(n, framesAsked)
	for k := range parts {
		// From the middle of each part on: the first frames are often titles.
		from, to := k*n/parts, (k+1)*n/parts
		for f := range to - from {
			q := asked{frame: from + (f+(to-from)/2)%(to-from)}
			if q.set = s.points(frameOf{i, q.frame}); len(q.set.Points) >= leastPoints {
				if !s.still(i) {
					q.set = q.set.First(feature.Indexed)
				}
				out = append(out, q)
				break
			}
		}
	}
	return out
}

// hint is a frame of another item that a frame asked for.
type hint struct {
	seed
	votes float64
}

// hints are those of one item, by the other.
type hints map[int][]hint

func (h hints) add(item int, s seed, votes float64) { h[item] = append(h[item], hint{s, votes}) }

// chosen keeps the other items that hints speak for: all that are hardly there
// by chance, and the likeliest of the others.
func (h hints) chosen() map[int][]seed {
	most := func(j int) float64 {
		return slices.MaxFunc(h[j], func(p, q hint) int { return cmp.Compare(p.votes, q.votes) }).votes
	}
	items := slices.SortedFunc(maps.Keys(h), func(i, j int) int { return cmp.Or(cmp.Compare(most(j), most(i)), cmp.Compare(i, j)) })
	out := map[int][]seed{}
	weak := 0
	for _, j := range items {
		if most(j) < votesStrong {
			weak++
		}
		if weak <= filmTurns && len(out) < maxCandidates {
			out[j] = strongest(h[j])
			if most(j) < votesStrong {
				out[j] = out[j][:min(len(out[j]), weakSeeds)]
			}
		}
	}
	return out
}

// strongest is the best hints of one pair, of different frames that ask as far
// as there are any.
func strongest(list []hint) []seed {
	list = slices.Clone(list)
	slices.SortFunc(list, func(p, q hint) int {
		return cmp.Or(cmp.Compare(q.votes, p.votes), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	var out []seed
	used := map[int]bool{}
	for again := range 2 {
		for _, h := range list {
			if len(out) < seedsKept && (again == 1 || !used[h.a]) && !slices.Contains(out, h.seed) {
				used[h.a] = true
				out = append(out, h.seed)
			}
		}
	}
	return out
}

// hintedPairs are the pairs of which seeds are kept.
func (s *search) hintedPairs() []pair {
	var pairs []pair
	for i, others := range s.hinted {
		for j := range others {
			pairs = append(pairs, pair{a: min(i, j), b: max(i, j), distance: far})
		}
	}
	return pairs
}

// seedsOf gives the frames that keypoints propose of two items, from the one
// with the lesser digest to the other: what either asked for, the strongest
// first.
func (s *search) seedsOf(a, b int) []seed {
	if s.hinted == nil {
		return nil
	}
	if s.items[a].Digest > s.items[b].Digest {
		a, b = b, a
	}
	there, back := s.hinted[a][b], exchangedSeeds(s.hinted[b][a])
	var out []seed
	for k := range max(len(there), len(back)) {
		for _, list := range [2][]seed{there, back} {
			if k < len(list) && !slices.Contains(out, list[k]) {
				out = append(out, list[k])
			}
		}
	}
	return out
}

// nameOfSeeds tells what an examination begins with apart; 0 for no seeds.
func nameOfSeeds(seeds []seed) uint64 {
	if len(seeds) == 0 {
		return 0
	}
	h := fnv.New64a()
	for _, s := range seeds {
		_, _ = h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(s.a)), uint64(s.b))) // never fails
	}
	return h.Sum64() | 1
}
