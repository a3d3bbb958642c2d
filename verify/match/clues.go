package match

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// clue is one thing that speaks for a step or, with points below zero, against
// it: points in the order of how seldom it misleads.
type clue struct {
	points float64
	words  string // of the origin: "it is larger"
}

// clues are all that speaks for and against one item being made from another.
type clues []clue

const (
	shorterTimes = time.Minute // less than this apart, two times tell nothing
	finer        = 1.05        // times as many pixels for one length: more detail
	missingPart  = 0.97        // less than this of a picture is shown in the other
	nearlyWhole  = 0.985
)

// clues weighs the step from node u to node v of a pair.
func (t *tree) clues(p *copyPair, u, v int) clues {
	from, to := &t.nodes[u], &t.nodes[v]
	m := oriented(p, u)
	var out clues
	add := func(points float64, words string, args ...any) {
		out = append(out, clue{points, fmt.Sprintf(words, args...)})
	}
	detail := m.detail(from, to)
	switch {
	case detail >= finer:
		add(2, "it has more detail than the other")
	case detail > 0 && detail <= 1/finer:
		add(-2, "it has less detail than the other")
	}
	switch shows := m.extent(); {
	case shows > 0 && (detail <= 0 || detail > 1/finer):
		add(2, "it shows more than the other")
	case shows < 0 && (detail <= 0 || detail < finer):
		add(-2, "it shows less than the other")
	}
	switch {
	case barred(m.regionTo) && !barred(m.regionFrom):
		add(1, "the other has bars beside the picture")
	case barred(m.regionFrom) && !barred(m.regionTo):
		add(-1, "it has bars beside the picture")
	}
	switch {
	case from.camera && !to.camera:
		add(2, "it carries the camera’s own data and the other does not")
	case !from.camera && to.camera:
		add(-2, "it lacks the camera’s own data, which the other carries")
	}
	switch {
	case to.changedItself() && !from.changedItself():
		add(2, "the other differs from nearly all copies, and it does not")
	case from.changedItself() && !to.changedItself():
		add(-2, "it differs from nearly all copies, and the other does not")
	}
	if even := math.Abs(detail-1) < 0.01 && m.extent() == 0; even && from.item.Size != to.item.Size {
		if from.item.Size > to.item.Size {
			add(1, "it has more bytes for the same picture")
		} else {
			add(-1, "it has fewer bytes for the same picture")
		}
	}
	return append(out, timeClues(from, to)...)
}

// timeClues is what times say: an earlier one alone is slight evidence, for a
// file is often seen long after it was made.
func timeClues(from, to *copyNode) clues {
	if !from.taken.IsZero() && !to.since.IsZero() && to.since.Before(from.taken) {
		return clues{{-3, "the other was there before its clock says it was taken"}}
	}
	if from.since.IsZero() || to.since.IsZero() {
		return nil
	}
	switch gap := to.since.Sub(from.since); {
	case gap > shorterTimes:
		return clues{{1, "it was there earlier, by trusted times"}}
	case gap < -shorterTimes:
		return clues{{-1, "it was there later, by trusted times"}}
	}
	return nil
}

func (c clues) sum() float64 {
	total := 0.0
	for _, x := range c {
		total += x.points
	}
	return total
}

// direction is what the clues come to.
func (c clues) direction() Direction {
	against := slices.ContainsFunc(c, func(x clue) bool { return x.points < 0 })
	switch s := c.sum(); {
	case s <= 0:
		return Unknown
	case s >= 2 && !against:
		return Likely
	}
	return Weak
}

// words says what the direction rests on.
func (c clues) words() string {
	var pro, con []string
	for _, x := range c {
		if x.points > 0 {
			pro = append(pro, x.words)
		} else {
			con = append(con, x.words)
		}
	}
	switch {
	case len(pro)+len(con) == 0:
		return "which of the two came first is not known: nothing tells them apart"
	case len(con) == 0:
		return "taken for the origin because " + listed(pro)
	case len(pro) == 0:
		return "which of the two came first is not known: the other would be likelier by these two alone, for " + listed(con)
	case c.sum() <= 0:
		return "which of the two came first is not known: " + listed(pro) + ", but " + listed(con)
	}
	return "taken for the origin because " + listed(pro) + "; against it: " + listed(con)
}

// sided is a match read from the origin to the copy.
type sided struct {
	*verify.Match
	regionFrom, regionTo   [][2]float64
	changedTo, changedFrom verify.Boxes
	timeFrom, timeTo       *[2]float64
	scale                  float64 // pixels of the copy for one of the origin, 0 for unknown
	is                     string  // what the copy is of the origin: same, crop, clip, frame, contains
}

// oriented reads the match of a pair with u as the origin.
func oriented(p *copyPair, u int) sided {
	m := p.m
	s := sided{Match: m, scale: m.Transform.Scale, is: strings.TrimSuffix(m.AIs, "_of_b")}
	if u == p.a { // the copy is B: what A is of it, turned round
		s.regionFrom, s.regionTo, s.changedFrom, s.changedTo, s.timeFrom, s.timeTo = m.RegionA, m.RegionB, m.ChangedA, m.ChangedB, m.TimeA, m.TimeB
		switch {
		case m.AIs == "contains_b" && len(m.Segments) > 0:
			s.is = "clip"
		case m.AIs == "contains_b" && m.TimeA != nil:
			s.is = "frame"
		case m.AIs == "contains_b":
			s.is = "crop"
		case m.AIs != "same":
			s.is = "contains"
		}
		return s
	}
	s.regionFrom, s.regionTo, s.changedFrom, s.changedTo, s.timeFrom, s.timeTo = m.RegionB, m.RegionA, m.ChangedB, m.ChangedA, m.TimeB, m.TimeA
	if m.AIs == "contains_b" {
		s.is = "contains"
	}
	if s.scale > 0 {
		s.scale = 1 / s.scale
	}
	return s
}

// detail is how many pixels the origin has for one length where the copy has
// one; 0 where that is not known.
func (m sided) detail(from, to *copyNode) float64 {
	if m.scale > 0 && m.scale != 1 {
		return 1 / m.scale
	}
	if from.pixels == 0 || to.pixels == 0 || m.extent() != 0 {
		return 0
	}
	return math.Sqrt(float64(from.pixels) / float64(to.pixels))
}

// extent is 1 where the origin shows more than the copy, -1 where less, else 0.
func (m sided) extent() int {
	switch {
	case m.is == "crop" || m.is == "clip" || m.is == "frame":
		return 1
	case m.is == "contains":
		return -1
	}
	of, in := covered(m.regionFrom), covered(m.regionTo)
	switch {
	case len(m.regionFrom) == 0 || len(m.regionTo) == 0 || barred(m.regionFrom) || barred(m.regionTo):
		return 0
	case of < missingPart && in >= nearlyWhole:
		return 1
	case in < missingPart && of >= nearlyWhole:
		return -1
	}
	return 0
}

// barred says that what is shared lies in a picture as it does between two
// bars: a band from edge to edge with as much left over on either side.
func barred(region [][2]float64) bool {
	const edge, even = 0.02, 0.04
	if len(region) == 0 {
		return false
	}
	b := bounds(region)
	across, down := b[0]+1-b[2], b[1]+1-b[3]
	return across <= edge && down > 2*edge && math.Abs(b[1]-(1-b[3])) <= even ||
		down <= edge && across > 2*edge && math.Abs(b[0]-(1-b[2])) <= even
}
