package incident

import (
	"math"

	"github.com/firsthand-media/firsthand/verify"
)

// halfShown is the part of a picture or video that another must fill to be
// the same content for grouping: no second, different one can fill as much.
const halfShown = 0.5

// part is one item shown within another.
type part struct {
	part, whole verify.Digest
	large       bool // it fills at least half of the whole
}

// joinParts joins a crop, clip or frame to what it was taken from: always when
// it fills at least half of it, otherwise when it is the only thing that is
// found there. What shows small parts of several others is a collage or a
// compilation and joins none of them.
func joinParts(matches []verify.Match, items []verify.Item, at map[verify.Digest]int, sets *forest, join func(a, b verify.Digest)) {
	var small []part
	for _, m := range matches {
		p, ok := partOf(m, items, at)
		switch {
		case !ok:
		case p.large:
			join(p.part, p.whole)
		default:
			small = append(small, p)
		}
	}
	shown := map[int]map[int]bool{} // what each component shows of others
	for _, p := range small {
		w, x := sets.find(at[p.whole]), sets.find(at[p.part])
		if w == x {
			continue
		}
		if shown[w] == nil {
			shown[w] = map[int]bool{}
		}
		shown[w][x] = true
	}
	lone := make([]bool, len(small)) // judged before anything is joined, so that order cannot matter
	for i, p := range small {
		w, x := sets.find(at[p.whole]), sets.find(at[p.part])
		lone[i] = w != x && len(shown[w]) == 1 && len(shown[x]) == 0
	}
	for i, p := range small {
		if lone[i] {
			join(p.part, p.whole)
		}
	}
}

// partOf reads a match as a part and its whole.
func partOf(m verify.Match, items []verify.Item, at map[verify.Digest]int) (part, bool) {
	i, ok := at[m.DigestA]
	j, ok2 := at[m.DigestB]
	if m.Relation != verify.Part || !ok || !ok2 {
		return part{}, false
	}
	region, span, whole := m.RegionB, m.TimeB, &items[j]
	p := part{part: m.DigestA, whole: m.DigestB}
	if m.AIs == "contains_b" {
		region, span, whole = m.RegionA, m.TimeA, &items[i]
		p = part{part: m.DigestB, whole: m.DigestA}
	}
	switch {
	case span == nil:
		p.large = area(region) >= halfShown
	case whole.Media.DurationSeconds != nil && *whole.Media.DurationSeconds > 0:
		p.large = span[1]-span[0] >= halfShown**whole.Media.DurationSeconds
	case len(whole.Frames) > 1:
		length := whole.Frames[len(whole.Frames)-1].At - whole.Frames[0].At
		p.large = span[1] > span[0] && span[1]-span[0] >= halfShown*length.Seconds()
	}
	return p, true
}

// area of a polygon in fractions of the picture.
func area(polygon [][2]float64) float64 {
	sum := 0.0
	for i, p := range polygon {
		q := polygon[(i+1)%len(polygon)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return math.Abs(sum) / 2
}
