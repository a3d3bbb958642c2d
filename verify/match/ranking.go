package match

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/index"
)

const (
	// rankedMost is how many pictures that share keypoints with a still are
	// asked for, the likeliest first. A picture with more copies than that is
	// reached from theirs.
	rankedMost = 80
	// votesLeast is how much keypoints must speak for a picture: less comes of
	// chance. Of 960 true pairs of the development corpus the weakest had 18
	// votes, and half of the wrong ones have less than 16.
	votesLeast = 16
	// votesStrong is from where a picture is hardly there by chance. It takes no
	// turn from weaker ones, which may be small parts of other pictures.
	votesStrong = 100
	// turnsMost is how many candidates of chance strength each picture is
	// examined against at most; rankedBudget is for how many pairs of a case.
	turnsMost    = 40
	rankedBudget = 250_000
	// firstRanks is how many of each picture's candidates are examined before
	// any way over other copies is looked for.
	firstRanks = 6
	// In a case of more stills than largeStills the index is asked with the
	// keypoints that it holds and no more of each: every pair has two chances.
	largeStills = 3000
	// enoughPoints is how many keypoints make the hashes of two pictures
	// unnecessary beyond richRadius.
	enoughPoints = 60
)

// proposal is a pair that keypoints propose: its place in the ranking of one of
// its pictures, and how many candidates of chance strength stand before it.
type proposal struct {
	a, b, rank, turn int
}

// ranked asks the index of keypoints for the likeliest partners of every still,
// and says which items are rich in keypoints.
func (s *search) ranked(ctx context.Context) ([]pair, []bool, error) {
	rich := make([]bool, len(s.items))
	x, err := s.index(ctx)
	if err != nil {
		return nil, nil, err
	}
	at := make(map[index.Key]int, len(s.items))
	for i := range s.items {
		if s.still(i) {
			at[s.items[i].Digest.Key(0)] = i
		}
	}
	query := feature.Kept
	if len(at) > largeStills {
		query = feature.Indexed
	}
	lists := make([][]proposal, len(s.items))
	s.told.more(len(s.items))
	err = s.each(ctx, len(s.items), func(i int) {
		defer s.told.one()
		set := s.points(i)
		if len(set.Points) < leastPoints {
			return
		}
		rich[i] = len(set.Points) >= enoughPoints
		rank, turn := 0, 0
		for _, c := range x.Rank(set.First(query), rankedMost+1) {
			j, ok := at[c.Key]
			if !ok || j == i || c.Votes < votesLeast {
				continue
			}
			lists[i] = append(lists[i], proposal{min(i, j), max(i, j), rank, turn})
			if rank++; c.Votes < votesStrong {
				turn++
			}
		}
	})
	if err != nil {
		return nil, nil, err
	}
	pairs, left := likeliest(slices.Concat(lists...))
	if left > 0 {
		s.note(fmt.Sprintf("the case is large: %d pairs of pictures that share a few details were not examined", left))
	}
	return pairs, rich, nil
}

// still says whether item i is compared as one picture.
func (s *search) still(i int) bool { return len(s.items[i].Frames) == 1 && !isVideo(&s.items[i]) }

// points is the keypoints of still i; none when they cannot be read, which
// becomes a note.
func (s *search) points(i int) feature.Set {
	if !s.still(i) {
		return feature.Set{}
	}
	set, err := s.x.features(&s.items[i], 0)
	if err != nil {
		s.note(err.Error())
	}
	return set
}

// likeliest takes the pairs by the better of their two turns, as many whole
// turns as the budget allows, and says how many are left.
func likeliest(all []proposal) (pairs []pair, left int) {
	slices.SortFunc(all, func(p, q proposal) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
	merged := all[:0]
	for _, p := range all {
		if n := len(merged); n > 0 && merged[n-1].a == p.a && merged[n-1].b == p.b {
			merged[n-1].rank, merged[n-1].turn = min(merged[n-1].rank, p.rank), min(merged[n-1].turn, p.turn)
		} else {
			merged = append(merged, p)
		}
	}
	var of [turnsMost]int
	for _, p := range merged {
		if p.turn < turnsMost {
			of[p.turn]++
		}
	}
	last, sum := 0, 0
	for turn, n := range of {
		if sum += n; sum > rankedBudget {
			break
		}
		last = turn
	}
	for _, p := range merged {
		if p.turn <= last {
			pairs = append(pairs, pair{a: p.a, b: p.b, distance: far, late: p.rank >= firstRanks})
		} else if p.turn < turnsMost {
			left++
		}
	}
	return pairs, left
}

// index is that of the options, or one of all stills made in memory.
func (s *search) index(ctx context.Context) (*index.Descriptors, error) {
	if s.o.Index != nil {
		return s.o.Index, nil
	}
	var stills []int
	for i := range s.items {
		if s.still(i) {
			stills = append(stills, i)
		}
	}
	var segments []*index.Segment
	for part := range slices.Chunk(stills, index.SegmentPictures) {
		var b bytes.Buffer
		err := index.Write(&b, func(yield func(index.Key, feature.Set) bool) {
			for _, i := range part {
				set := s.points(i)
				if ctx.Err() != nil || len(set.Points) >= leastPoints && !yield(s.items[i].Digest.Key(0), set) {
					return
				}
			}
		})
		if err != nil {
			return nil, fmt.Errorf("index keypoints: %w", err)
		}
		seg, err := index.OpenSegment(b.Bytes())
		if err != nil {
			return nil, fmt.Errorf("index keypoints: %w", err)
		}
		segments = append(segments, seg)
	}
	return index.NewDescriptors(segments, nil), ctx.Err()
}
