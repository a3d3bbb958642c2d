package match

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// Bounds of the search from copy to copy.
const (
	// ledRounds is how often what was found leads further.
	ledRounds = 3
	// ledBudget is how many pairs are compared because others lead to them: of
	// each group first those with its largest copies.
	ledBudget = 150_000
	// ledCopies is how many copies of one picture each other picture is
	// compared with, the largest first.
	ledCopies = 128
	// ledInliers is what the way over other copies is worth in keypoints: the
	// place is known, and blocks alone decide. ledBlocks of them must agree.
	ledInliers = 10
	ledBlocks  = 8
	// ledShare is the share of agreeing blocks that makes a copy of what copies
	// lead to, even when little texture lets it look shifted: of two shots of
	// one place fewer than 0.85 agreed.
	ledShare = 0.9
	// ledWhole is how much of one picture must lie in the other for two parts
	// of a third to be compared.
	ledWhole = 0.8
)

// task is a pair to be compared because other pairs lead to it, with the map
// from a to b that these give.
type task struct {
	a, b  int
	start hashing.Affine
	turn  int // when its turn comes: pairs with the largest copies first
}

// extended follows the links: when X shows a part of Y, and Y is a copy of Z,
// then X and Z are compared where X must lie in Z; likewise along copies of
// copies and parts of parts. Every pair is confirmed by its own block check.
// So a link that was found through any one copy reaches all of them.
func (s *search) extended(ctx context.Context, shared commonCells, links []link) ([]link, error) {
	for range ledRounds {
		tasks := s.affordable(s.tasks(links))
		slices.SortFunc(tasks, func(p, q task) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
		more, err := s.judged(ctx, len(tasks), func(i int) (link, error) {
			t := tasks[i]
			v, err := s.recalled(t.a, t.b, nameOf(t.start), func() (verdict, error) { return s.led(t) })
			return link{t.a, t.b, v}, err
		})
		if err != nil {
			return nil, err
		}
		if more, err = s.outside(ctx, shared, more); err != nil {
			return nil, err
		}
		if len(more) == 0 {
			break
		}
		links = united(more, links) // what is found now replaces another shot
	}
	return links, nil
}

// affordable takes as many tasks as the budget allows, and notes that they were
// tried.
func (s *search) affordable(tasks []task) []task {
	if left := ledBudget - len(s.tried); len(tasks) > left {
		s.note(fmt.Sprintf("the case is large: %d pairs that other copies point to were not examined", len(tasks)-left))
		tasks = tasks[:left]
	}
	for _, t := range tasks {
		s.tried[trial{t.a, t.b, nameOf(t.start)}] = true
	}
	return tasks
}

// trial is a pair with the name of the map that its comparison started from.
type trial struct {
	a, b  int
	start uint64
}

// nameOf tells maps apart; never 0.
func nameOf(m hashing.Affine) uint64 {
	h := fnv.New64a()
	for _, v := range m {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, math.Float64bits(v))) // never fails
	}
	return h.Sum64() | 1
}

// led compares the two pictures of a task where its map lays one onto the
// other.
func (s *search) led(t task) (verdict, error) {
	a, b, m := &s.items[t.a], &s.items[t.b], t.start
	if a.Digest > b.Digest {
		inv, ok := m.Inverse()
		if !ok {
			return verdict{}, nil
		}
		a, b, m = b, a, inv
	}
	ta, tb, err := s.x.thumbs(shot{a, 0}, shot{b, 0})
	if err != nil {
		return verdict{}, err
	}
	g := hashing.ConfirmUnder(ta, tb, m, hashing.Evidence{Inliers: ledInliers})
	if !g.Accepted || g.Agreeing < ledBlocks || g.Verdict != hashing.Copy && g.Share < ledShare {
		return verdict{}, nil
	}
	g.Verdict = hashing.Copy
	g.Inliers = 0 // none were looked for
	f, err := s.x.finding(shot{a, 0}, shot{b, 0}, g, hashing.DetailSide)
	if err != nil {
		return verdict{}, err
	}
	f.Led = true
	return verdict{Stills: f}, nil
}

// tasks lists the pairs that the links lead to and that were not tried from the
// same place, in the order in which they are worth it.
func (s *search) tasks(links []link) []task {
	w := s.newWays(links)
	var all []task
	seen := map[[2]int]bool{}
	add := func(a, b int, m hashing.Affine, ok bool, turn int) {
		if a > b {
			var inv bool
			a, b = b, a
			m, inv = m.Inverse()
			ok = ok && inv
		}
		p := [2]int{a, b}
		if !ok || a == b || w.linked[p] || seen[p] || s.tried[trial{a, b, nameOf(m)}] || s.apart(&s.items[a], &s.items[b]) {
			return
		}
		seen[p] = true
		all = append(all, task{a, b, m, turn})
	}
	w.withinGroups(add)
	w.acrossGroups(add)
	w.throughGroups(add)
	slices.SortFunc(all, func(p, q task) int {
		return cmp.Or(cmp.Compare(p.turn, q.turn), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	return all
}
