package main

import (
	"math"
	"path"
	"slices"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// videoMatch is one line of `duplicates --json`, as far as videos are scored.
type videoMatch struct {
	A, B     string
	Relation string
	AIs      string      `json:"a_is"`
	TimeA    *[2]float64 `json:"time_a"`
	TimeB    *[2]float64 `json:"time_b"`
	Segments []struct {
		Uncertain bool `json:"times_uncertain"`
	}
	Score float64
	Why   string
}

func (m videoMatch) copy() bool { return m.Relation != sameScene }

// timeOf is the match's stretch of one of its files.
func (m videoMatch) timeOf(a bool) *[2]float64 {
	if a {
		return m.TimeA
	}
	return m.TimeB
}

func (m videoMatch) uncertain() bool { return len(m.Segments) > 0 && m.Segments[0].Uncertain }

// videoScore is the comparison of what was listed with the tables.
type videoScore struct {
	relations      []string // in the order of pairs.csv
	of             map[string]*videoTally
	missed         []missedVideo
	offStart       []offStart
	hardFalse      []videoMatch // hard negatives called copies
	falsePairs     []videoMatch // pairs that share no original called copies
	hardScenes     int          // hard negatives called other takes of one scene
	falseScenes    int          // unrelated pairs called one scene
	hard, unlisted int          // negatives
}

// videoTally is how the pairs of one relation fared.
type videoTally struct {
	total, found, other, uncertain, untimed int
	starts, overlaps                        []float64 // errors in seconds, of the pairs found for which the table gives them
}

type missedVideo struct {
	videoPair
	instead string
}

type offStart struct {
	videoPair
	match videoMatch
	off   float64
}

// startWithin is how far from the truth a start may be, in seconds.
const startWithin = 1

// judgeVideos scores the matches of one folder of videos. Paths of others are
// left out.
func judgeVideos(t *videoTruth, matches []videoMatch) *videoScore {
	s := &videoScore{of: map[string]*videoTally{}}
	s.hard, s.unlisted = t.negatives()
	best := map[truth.Pair]videoMatch{}
	for _, m := range matches {
		a, b := path.Base(m.A), path.Base(m.B)
		if t.clips[a] == nil || t.clips[b] == nil {
			continue
		}
		at := t.pairOf(a, b)
		if old, ok := best[at]; !ok || m.copy() && !old.copy() {
			best[at] = m
		}
	}
	for _, p := range t.pairs {
		m, ok := best[t.pairOf(p.a, p.b)]
		if p.positive() {
			s.positive(t, p, m, ok)
			continue
		}
		switch {
		case ok && m.copy():
			s.hardFalse = append(s.hardFalse, m)
		case ok:
			s.hardScenes++
		}
	}
	for at, m := range best {
		if _, ok := t.listed[at]; ok || t.related(at[0], at[1]) {
			continue
		}
		if m.copy() {
			s.falsePairs = append(s.falsePairs, m)
		} else {
			s.falseScenes++
		}
	}
	byPath := func(a, b videoMatch) int { return slices.Compare([]string{a.A, a.B}, []string{b.A, b.B}) }
	slices.SortFunc(s.falsePairs, byPath)
	slices.SortFunc(s.hardFalse, byPath)
	return s
}

// positive scores one pair that shares content.
func (s *videoScore) positive(t *videoTruth, p videoPair, m videoMatch, ok bool) {
	k := s.of[p.relation]
	if k == nil {
		k = &videoTally{}
		s.of[p.relation] = k
		s.relations = append(s.relations, p.relation)
	}
	k.total++
	switch {
	case !ok:
		s.missed = append(s.missed, missedVideo{p, "nothing"})
		return
	case !m.copy():
		s.missed = append(s.missed, missedVideo{p, m.Relation})
		return
	}
	k.found++
	if !relationFits(p.label, m.Relation) {
		k.other++
	}
	if m.uncertain() {
		k.uncertain++
	}
	time := m.timeOf(t.first[path.Base(m.A)] == t.first[p.a])
	if m.Relation == "exact" && time == nil {
		time = &[2]float64{0, t.clips[p.a].seconds}
	}
	if time == nil {
		if p.start != nil {
			k.untimed++
		}
		return
	}
	if p.start != nil {
		off := time[0] - *p.start
		k.starts = append(k.starts, math.Abs(off))
		if math.Abs(off) > startWithin {
			s.offStart = append(s.offStart, offStart{p, m, off})
		}
	}
	if p.overlap != nil {
		k.overlaps = append(k.overlaps, math.Abs(time[1]-time[0]-*p.overlap))
	}
}

// relationFits tells whether a copy is called what the table calls it. A
// duplicate may be a part too, as one that is cropped is.
func relationFits(label, relation string) bool {
	return label == "duplicate" || relation == "part"
}

// all sums the relations.
func (s *videoScore) all() (sum videoTally) {
	for _, k := range s.of {
		sum.total, sum.found, sum.other = sum.total+k.total, sum.found+k.found, sum.other+k.other
		sum.uncertain, sum.untimed = sum.uncertain+k.uncertain, sum.untimed+k.untimed
		sum.starts, sum.overlaps = append(sum.starts, k.starts...), append(sum.overlaps, k.overlaps...)
	}
	return sum
}
