package main

import (
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"strings"
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
func (m likeMatch) regionOf(path string) box {
	region := m.RegionA
	if path != m.A {
		region = m.RegionB
	}
	if len(region) == 0 {
		return box{}
	}
	b := box{1, 1, 0, 0}
	for _, p := range region {
		b = box{min(b.x0, p[0]), min(b.y0, p[1]), max(b.x1, p[0]), max(b.y1, p[1])}
	}
	return b
}

// pair is two paths, the lesser first.
type pair [2]string

func pairOf(a, b string) pair {
	if b < a {
		a, b = b, a
	}
	return pair{a, b}
}

// strongest keeps one match of each pair: a copy before a scene, the higher
// score first.
func strongest(matches []likeMatch) map[pair]likeMatch {
	best := map[pair]likeMatch{}
	for _, m := range matches {
		at := pairOf(m.A, m.B)
		old, ok := best[at]
		if !ok || m.copy() && !old.copy() || m.copy() == old.copy() && m.Score > old.Score {
			best[at] = m
		}
	}
	return best
}

func sortedPairs(of map[pair]likeMatch) []pair {
	return slices.SortedFunc(maps.Keys(of), func(a, b pair) int { return slices.Compare(a[:], b[:]) })
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
	truthPair
	instead string // what the pair was shown as
}

// judge scores matches. A pair found in either order is a hit; one scene is
// not, and is counted apart.
func judge(t *likenessTruth, matches []likeMatch) *likenessScore {
	s := &likenessScore{of: map[string]*kindTally{}, places: map[string]sceneTally{}, negatives: t.negatives()}
	best := strongest(matches)
	for _, row := range t.rows {
		k := s.of[row.kind]
		if k == nil {
			k = &kindTally{}
			s.of[row.kind] = k
			s.kinds = append(s.kinds, row.kind)
		}
		k.total++
		m, ok := best[pairOf(row.variant, row.original)]
		switch {
		case ok && m.copy():
			k.found++
			k.overlaps = append(k.overlaps, m.regionOf(row.variant).overlap(row.box))
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
		case t.share(m.A, m.B):
		case m.copy():
			s.falsePairs = append(s.falsePairs, m)
		case !t.oneScene(m.A, m.B):
			s.falseScenes = append(s.falseScenes, m)
		}
	}
	for place, pairs := range t.scenePairs() {
		s.places[place] = tallyScenes(pairs, best)
	}
	return s
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
		_ = w.Write([]string{m.variant, m.original, m.kind, m.instead, ""})
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
