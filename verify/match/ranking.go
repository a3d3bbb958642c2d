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
	// rankedFrames is how many frames of one video are asked for: those of a
	// camera that stands still all look alike.
	rankedFrames = 4
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

// ranked asks the index of keypoints for the likeliest partners of every still
// and of some frames of every video, and says which items are rich in
// keypoints. What concerns a video is kept as seeds beside.
func (s *search) ranked(ctx context.Context) ([]pair, []bool, error) {
	rich := make([]bool, len(s.items))
	x, err := s.index(ctx)
	if err != nil {
		return nil, nil, err
	}
	at, stills := s.byKey()
	query := feature.Kept
	if stills > largeStills {
		query = feature.Indexed
	}
	lists := make([][]proposal, len(s.items))
	s.hinted = make([]map[int][]seed, len(s.items))
	s.told.more(len(s.items))
	err = s.inParts(ctx, len(s.items), func(i int) {
		defer s.told.one()
		asked := s.asking(i)
		h := hints{}
		rank, turn, many := 0, 0, 0
		for _, q := range asked {
			if len(q.set.Points) >= enoughPoints {
				many++
			}
			for _, c := range s.rank(x, i, q.frame, q.set.First(query)) {
				p, ok := at[c.Key]
				if !ok || p.item == i {
					continue
				}
				if !s.still(i) || !s.still(p.item) {
					h.add(p.item, seed{q.frame, p.frame}, c.Votes)
					continue
				}
				lists[i] = append(lists[i], proposal{min(i, p.item), max(i, p.item), rank, turn})
				if rank++; c.Votes < votesStrong {
					turn++
				}
			}
		}
		rich[i] = many > 0 && 2*many >= len(asked)
		s.hinted[i] = h.chosen()
	}, func(i int) int { return i })
	if err != nil {
		return nil, nil, err
	}
	pairs, left := likeliest(slices.Concat(lists...))
	if left > 0 {
		s.note(fmt.Sprintf("the case is large: %d pairs of pictures that share a few details were not examined", left))
	}
	return append(pairs, s.hintedPairs()...), rich, nil
}

// still says whether item i is compared as one picture.
func (s *search) still(i int) bool { return len(s.items[i].Frames) == 1 && !isVideo(&s.items[i]) }

// frameOf is a picture: a frame of an item, by place in the list.
type frameOf struct{ item, frame int }

// key is a picture's name in the index.
func (s *search) key(p frameOf) index.Key {
	it := &s.items[p.item]
	return it.Digest.Key(it.Frames[p.frame].At)
}

// byKey is all pictures by their names in the index, and how many are stills.
func (s *search) byKey() (at map[index.Key]frameOf, stills int) {
	at = make(map[index.Key]frameOf, len(s.items))
	for i := range s.items {
		if s.still(i) {
			stills++
		}
		for f := range s.items[i].Frames {
			p := frameOf{i, f}
			at[s.key(p)] = p
		}
	}
	return at, stills
}

// points is the keypoints of a picture; none when they cannot be read, which
// becomes a note.
func (s *search) points(p frameOf) feature.Set {
	set, err := s.x.features(&s.items[p.item], p.frame)
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

// index is that of the options, or one of all pictures made in memory.
func (s *search) index(ctx context.Context) (*index.Descriptors, error) {
	if s.o.Index != nil {
		return s.o.Index, nil
	}
	var all []frameOf
	for i := range s.items {
		for f := range s.items[i].Frames {
			all = append(all, frameOf{i, f})
		}
	}
	var segments []*index.Segment
	for part := range slices.Chunk(all, index.SegmentPictures) {
		var b bytes.Buffer
		err := index.Write(&b, func(yield func(index.Key, feature.Set) bool) {
			for _, p := range part {
				set := s.points(p)
				if ctx.Err() != nil || len(set.Points) >= leastPoints && !yield(s.key(p), set) {
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
