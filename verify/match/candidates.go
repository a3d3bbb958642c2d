package match

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/index"
	"github.com/firsthand-media/firsthand/verify"
)

// Distances up to which the hashes of two pictures make them candidates. They
// are wide because the block check decides: within 20 bits lie about 1 in 70
// pairs of unrelated pictures under some symmetry, and on 17,200 of those the
// check accepted none. Two stills that both have keypoints enough need no more
// than richRadius: what lies further apart, the keypoints find.
const (
	stillRadius = 20
	richRadius  = 10
	frameRadius = 16

	// Pairs up to nearRadius are always examined. Of the others each item's
	// nearest partners are, first one of each, then two, as far as looseBudget
	// allows: a small case is searched as widely as possible, and a large one
	// stays within a minute.
	nearRadius  = 6
	looseBudget = 8000
	// In a case of more views than this the index is searched up to
	// largeRadius only, frames up to largeFrames.
	largeCase   = 8000
	largeRadius = 14
	largeFrames = 10

	// leastFrames is how many frames of a video must have a partner before
	// two videos are aligned; a stretch needs three.
	leastFrames = 2
	// leastApartInIndex is how far apart the frames of one video are that hashes
	// are looked up of, or so few parts of a short one.
	leastApartInIndex = 900 * time.Millisecond
	fewInIndex        = 8
	// maxCandidates bounds the partners that one item is examined against, the
	// nearest first: a station ident or an app's frame must not make the search
	// quadratic.
	maxCandidates = 256
)

// pair is two items by place in the ordered list, a before b, that may show
// the same.
type pair struct {
	a, b     int
	distance int  // bits between the hashes, where these were what proposed it
	late     bool // worth examining only when no way over other copies leads to it
}

// far is the distance of pairs that no hash has proposed.
const far = 65

// entry is one view of one frame in the index.
type entry struct {
	item, frame int
	view        *hashing.View
}

// candidates finds the pairs of items worth examining, in order: those that
// keypoints propose and those that hashes do.
func (s *search) candidates(ctx context.Context) ([]pair, error) {
	byPoints, rich, err := s.ranked(ctx)
	if err != nil {
		return nil, err
	}
	byHash, err := s.hashed(ctx, rich)
	if err != nil {
		return nil, err
	}
	pairs := unique([][]pair{byPoints, byHash})
	return slices.DeleteFunc(pairs, func(p pair) bool { return s.apart(&s.items[p.a], &s.items[p.b]) }), nil
}

// hashed finds the pairs whose hashes are near. Two items that are rich in
// keypoints must be nearer than others.
func (s *search) hashed(ctx context.Context, rich []bool) ([]pair, error) {
	items := s.items
	var entries []entry
	first := make([]int, len(items)+1) // entries of item i are first[i]..first[i+1]
	for i := range items {
		first[i] = len(entries)
		for _, f := range spaced(&items[i]) {
			for _, v := range items[i].Frames[f].Print.Views() {
				entries = append(entries, entry{i, f, v})
			}
		}
	}
	first[len(items)] = len(entries)
	reach := radii{still: stillRadius, frame: frameRadius}
	if len(entries) > largeCase {
		reach = radii{still: largeRadius, frame: largeFrames}
	}
	x := index.New(reach.still)
	for id, e := range entries {
		x.Add(e.view.Hash[0], id)
	}

	near := make([][]pair, len(items))
	full := make([]bool, len(items))
	err := s.each(ctx, len(items), func(i int) {
		near[i], full[i] = partners(items, entries, first, x, i, reach, rich)
	})
	if err != nil {
		return nil, err
	}
	for i := range items {
		if full[i] {
			s.note(fmt.Sprintf("%s resembles very many items, only the nearest %d were examined", firstPath(&items[i]), maxCandidates))
		}
	}
	pairs := unique(near)
	kept := nearestOf(pairs)
	if left := len(pairs) - len(kept); left > 0 {
		s.note(fmt.Sprintf("the case is large: %d pairs of pictures that resemble each other faintly were not examined", left))
	}
	return kept, nil
}

// spaced gives the frames of an item that are looked up by their hashes: of a
// video one a second, however many are kept of what moves, and some of a short
// one.
func spaced(it *verify.Item) []int {
	n := len(it.Frames)
	if n == 0 {
		return nil
	}
	apart := min(leastApartInIndex, (it.Frames[n-1].At-it.Frames[0].At)/fewInIndex)
	out := []int{0}
	for f := range it.Frames {
		if it.Frames[f].At-it.Frames[out[len(out)-1]].At >= apart && f > 0 {
			out = append(out, f)
		}
	}
	return out
}

// radii are how far the index is searched for pictures and for frames.
type radii struct{ still, frame int }

// nearestOf keeps the near pairs, and of the loose ones as many as the budget
// allows: first those that are the nearest of either item, then the second
// nearest, and so on, each by distance. The order of the pairs does not change.
func nearestOf(pairs []pair) []pair {
	byItem := map[int][]int{} // loose pairs of an item
	for k, p := range pairs {
		if p.distance > nearRadius {
			byItem[p.a] = append(byItem[p.a], k)
			byItem[p.b] = append(byItem[p.b], k)
		}
	}
	const distances = stillRadius + 1
	turn := make([]int, len(pairs)) // when a loose pair comes up: by rank, then distance
	for k := range turn {
		turn[k] = math.MaxInt
	}
	for _, list := range byItem {
		slices.SortFunc(list, func(x, y int) int { return nearest(pairs[x], pairs[y]) })
		for r, k := range list {
			turn[k] = min(turn[k], r*distances+pairs[k].distance)
		}
	}
	last := -1 // the last turn that fits
	loose := make([]int, 0, len(pairs))
	for k, p := range pairs {
		if p.distance > nearRadius {
			loose = append(loose, turn[k])
		}
	}
	slices.Sort(loose)
	for i, t := range loose {
		if i+1 == len(loose) || loose[i+1] != t {
			if i+1 > looseBudget {
				break
			}
			last = t
		}
	}
	var kept []pair
	for k, p := range pairs {
		if p.distance <= nearRadius || turn[k] <= last {
			kept = append(kept, p)
		}
	}
	return kept
}

// partners looks up the views of item i.
func partners(items []verify.Item, entries []entry, first []int, x *index.Index, i int, reach radii, rich []bool) ([]pair, bool) {
	type partner struct {
		distance int
		late     bool
		frames   int // frames of i with a hit in it
		last     int // the frame counted last
	}
	moving := isVideo(&items[i])
	found := map[int]*partner{}
	for _, e := range entries[first[i]:first[i+1]] {
		for s, hash := range e.view.Hash {
			if s > 0 && hash == e.view.Hash[0] {
				continue
			}
			radius := reach.still
			if moving {
				radius = reach.frame
			}
			for _, h := range x.Within(hash, radius) {
				other := entries[h.ID]
				mixed := isVideo(&items[other.item]) != moving
				if other.item == i || mixed && h.Distance > reach.frame || rich[i] && rich[other.item] && h.Distance > richRadius {
					continue
				}
				p := found[other.item]
				if p == nil {
					p = &partner{distance: 65, last: -1}
					found[other.item] = p
				}
				p.distance = min(p.distance, h.Distance)
				p.late = rich[i] && rich[other.item]
				if p.last != e.frame {
					p.last = e.frame
					p.frames++
				}
			}
		}
	}
	var out []pair
	for j, p := range found {
		if moving && isVideo(&items[j]) && p.frames < min(leastFrames, len(items[i].Frames), len(items[j].Frames)) {
			continue
		}
		out = append(out, pair{min(i, j), max(i, j), p.distance, p.late})
	}
	slices.SortFunc(out, nearest)
	if len(out) > maxCandidates {
		return out[:maxCandidates], true
	}
	return out, false
}

func nearest(p, q pair) int {
	return cmp.Or(cmp.Compare(p.distance, q.distance), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
}

// unique merges the pairs found from either side; one that is not late from
// either is not.
func unique(near [][]pair) []pair {
	all := slices.Concat(near...)
	slices.SortFunc(all, func(p, q pair) int {
		if c := cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)); c != 0 || p.late == q.late {
			return c
		}
		if p.late {
			return 1
		}
		return -1
	})
	return slices.CompactFunc(all, func(p, q pair) bool { return p.a == q.a && p.b == q.b })
}

// isVideo says whether an item is compared as a sequence of frames.
func isVideo(it *verify.Item) bool { return it.Media.Kind == extract.Video || len(it.Frames) > 1 }
