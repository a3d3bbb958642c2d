package main

import (
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// likeMatch is one line of `duplicates --json`, as far as it is scored.
type likeMatch struct {
	A, B     string
	Relation string
	RegionA  [][2]float64 `json:"region_a"`
	RegionB  [][2]float64 `json:"region_b"`
	Inliers  int
	Score    float64
	Why      string
}

// likeCluster is one line of `duplicates --clusters --json`.
type likeCluster struct {
	Cluster string
	Members []string
}

// sameScene is the relation of two photographs of one place; all others claim
// that one picture was made from the other.
const sameScene = "same_scene"

func (m likeMatch) copy() bool { return m.Relation != sameScene }

// regionOf is the bounds of what the match shows in one of its pictures.
func (m likeMatch) regionOf(path string) truth.Box {
	region := m.RegionA
	if path != m.A {
		region = m.RegionB
	}
	if len(region) == 0 {
		return truth.Box{}
	}
	b := truth.Box{X0: 1, Y0: 1}
	for _, p := range region {
		b = truth.Box{X0: min(b.X0, p[0]), Y0: min(b.Y0, p[1]), X1: max(b.X1, p[0]), Y1: max(b.Y1, p[1])}
	}
	return b
}

// strongest keeps one match of each pair: a copy before a scene, the higher
// score first.
func strongest(matches []likeMatch) map[truth.Pair]likeMatch {
	best := map[truth.Pair]likeMatch{}
	for _, m := range matches {
		at := truth.PairOf(m.A, m.B)
		old, ok := best[at]
		if !ok || m.copy() && !old.copy() || m.copy() == old.copy() && m.Score > old.Score {
			best[at] = m
		}
	}
	return best
}

func sortedPairs(of map[truth.Pair]likeMatch) []truth.Pair {
	return slices.SortedFunc(maps.Keys(of), func(a, b truth.Pair) int { return slices.Compare(a[:], b[:]) })
}

// likenessScore is the comparison of what was listed with the truth.
type likenessScore struct {
	kinds       []string // in the order of the truth
	of          map[string]*kindTally
	falsePairs  []likeMatch // called copies, and share no original
	falseScenes []likeMatch // called one scene, and neither share an original nor a place
	negatives   int
	mixed       []likeCluster
	missed      []missedRow
	places      map[string]sceneTally // photographs of one place among the originals
}

// kindTally is how one kind of copy fared.
type kindTally struct {
	total, found, scene int
	overlaps            []float64 // of the pairs found, region against box
}

type missedRow struct {
	truth.Shown
	instead string // what the pair was shown as
}

// judge scores matches. A pair found in either order is a hit; one scene is
// not, and is counted apart.
func judge(t *truth.Copies, matches []likeMatch) *likenessScore {
	s := &likenessScore{of: map[string]*kindTally{}, places: map[string]sceneTally{}, negatives: t.Negatives()}
	best := strongest(matches)
	for _, row := range t.Rows {
		k := s.of[row.Kind]
		if k == nil {
			k = &kindTally{}
			s.of[row.Kind] = k
			s.kinds = append(s.kinds, row.Kind)
		}
		k.total++
		m, ok := best[truth.PairOf(row.Variant, row.Original)]
		switch {
		case ok && m.copy():
			k.found++
			k.overlaps = append(k.overlaps, m.regionOf(row.Variant).Overlap(row.Box))
		case ok:
			k.scene++
			s.missed = append(s.missed, missedRow{row, sameScene})
		default:
			s.missed = append(s.missed, missedRow{row, "nothing"})
		}
	}
	for _, at := range sortedPairs(best) {
		m := best[at]
		switch {
		case t.Share(m.A, m.B):
		case m.copy():
			s.falsePairs = append(s.falsePairs, m)
		case !t.OneScene(m.A, m.B):
			s.falseScenes = append(s.falseScenes, m)
		}
	}
	for place, pairs := range t.ScenePairs() {
		s.places[place] = tallyScenes(pairs, best)
	}
	return s
}

// mixedClusters are those whose members have no original in common.
func mixedClusters(t *truth.Copies, clusters []likeCluster) (mixed []likeCluster) {
	for _, c := range clusters {
		if t.Mixed(c.Members) {
			mixed = append(mixed, c)
		}
	}
	return mixed
}

// all sums the kinds.
func (s *likenessScore) all() (sum kindTally) {
	for _, k := range s.of {
		sum.total, sum.found, sum.scene = sum.total+k.total, sum.found+k.found, sum.scene+k.scene
		sum.overlaps = append(sum.overlaps, k.overlaps...)
	}
	return sum
}

// recall is the share found in percent.
func (k kindTally) recall() float64 {
	if k.total == 0 {
		return 0
	}
	return 100 * float64(k.found) / float64(k.total)
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// writeMissed adds what was not found, and what was found wrongly, to a CSV
// file with the columns variant, original, kind, shown_as, why.
func (s *likenessScore) writeMissed(path string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	for _, m := range s.missed {
		_ = w.Write([]string{m.Variant, m.Original, m.Kind, m.instead, ""})
	}
	for _, m := range slices.Concat(s.falsePairs, s.falseScenes) {
		_ = w.Write([]string{m.A, m.B, "unrelated", m.Relation, m.Why})
	}
	for _, c := range s.mixed {
		_ = w.Write([]string{strings.Join(c.Members, " "), "", "mixed cluster", c.Cluster, ""})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
