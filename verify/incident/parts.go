package incident

import (
	"math"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// halfShown is the part of a picture or video that another must fill to be
// the same content for grouping: no second, different one can fill as much.
const halfShown = 0.5

// part is one item shown within another, or a stretch that two videos share.
type part struct {
	part, whole     verify.Digest
	inPart, inWhole window
	large           bool // it fills at least half of the whole
}

// window is where in an item something is shown: a stretch of seconds of a
// video, a box of a picture. The zero value is all of it.
type window struct {
	stretch *[2]float64
	box     *[4]float64
}

// joinParts joins a crop, clip or frame to what it was taken from: always when
// it fills at least half of it, otherwise when neither shows anything else.
// What shows several things, each in a place of its own, is a collage or a
// compilation and joins none of them; what is shown in the same place twice is
// one thing. Nor is a part joined to what was posted more than apart before or
// after it: one of them is used again, which the link between the two tells as
// well, and a likeness of parts that errs would mix two events.
func joinParts(matches []verify.Match, items []verify.Item, at map[verify.Digest]int, apart time.Duration, sets *forest, join func(a, b verify.Digest)) {
	var small []part
	for _, m := range matches {
		p, ok := partOf(m, items, at)
		switch {
		case !ok || postedApart(&items[at[p.part]], &items[at[p.whole]], apart):
		case p.large:
			join(p.part, p.whole)
		default:
			small = append(small, p)
		}
	}
	seen := map[int][]glimpse{} // by item
	for _, p := range small {
		w, x := at[p.whole], at[p.part]
		if sets.find(w) == sets.find(x) {
			continue
		}
		seen[w] = append(seen[w], glimpse{p.inWhole, sets.find(x)})
		seen[x] = append(seen[x], glimpse{p.inPart, sets.find(w)})
	}
	one := make(map[int]bool, len(seen)) // judged before anything is joined, so that order cannot matter
	for i, l := range seen {
		one[i] = oneThing(l)
	}
	for _, p := range small {
		if one[at[p.whole]] && one[at[p.part]] {
			join(p.part, p.whole)
		}
	}
}

// postedApart says that two items were first posted further apart than that.
func postedApart(a, b *verify.Item, apart time.Duration) bool {
	x, y := firstPosted(a), firstPosted(b)
	return !x.IsZero() && !y.IsZero() && x.Sub(y).Abs() > apart
}

// firstPosted is by when an item was public; zero when nothing says so.
func firstPosted(it *verify.Item) (first time.Time) {
	for _, s := range it.Sightings {
		for _, t := range s.Times {
			if isPublication(t) && (first.IsZero() || t.Latest.Before(first)) {
				first = t.Latest
			}
		}
	}
	return first
}

// glimpse is what an item shows of another: where in it, and of which
// component.
type glimpse struct {
	window
	of int
}

// oneThing says whether all glimpses of an item hang together: each overlaps
// another, or is of the same component.
func oneThing(l []glimpse) bool {
	if len(l) > maxGlimpses {
		return false
	}
	f := newForest(len(l))
	for i, a := range l {
		for j, b := range l[:i] {
			if a.of == b.of || a.overlaps(b.window) {
				f.union(i, j)
			}
		}
	}
	for i := range l {
		if f.find(i) != 0 {
			return false
		}
	}
	return true
}

// maxGlimpses bounds what is looked at of one item: what shows more is no one
// thing.
const maxGlimpses = 40

// overlaps holds when two windows of one item have at least half of the
// smaller in common.
func (w window) overlaps(v window) bool {
	switch {
	case w.stretch != nil && v.stretch != nil:
		a, b := *w.stretch, *v.stretch
		shorter := math.Min(a[1]-a[0], b[1]-b[0])
		return math.Min(a[1], b[1])-math.Max(a[0], b[0]) >= halfShown*math.Max(shorter, 0)
	case w.box != nil && v.box != nil:
		a, b := *w.box, *v.box
		x := math.Min(a[2], b[2]) - math.Max(a[0], b[0])
		y := math.Min(a[3], b[3]) - math.Max(a[1], b[1])
		size := func(b [4]float64) float64 { return (b[2] - b[0]) * (b[3] - b[1]) }
		return x > 0 && y > 0 && x*y >= halfShown*math.Min(size(a), size(b))
	}
	return true
}

// partOf reads a match as a part and its whole.
func partOf(m verify.Match, items []verify.Item, at map[verify.Digest]int) (part, bool) {
	i, ok := at[m.DigestA]
	j, ok2 := at[m.DigestB]
	if m.Relation != verify.Part || !ok || !ok2 {
		return part{}, false
	}
	region, span, whole := m.RegionB, m.TimeB, &items[j]
	p := part{part: m.DigestA, whole: m.DigestB, inPart: windowOf(m.TimeA, m.RegionA), inWhole: windowOf(m.TimeB, m.RegionB)}
	if m.AIs == "contains_b" {
		region, span, whole = m.RegionA, m.TimeA, &items[i]
		p = part{part: m.DigestB, whole: m.DigestA, inPart: p.inWhole, inWhole: p.inPart}
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

func windowOf(stretch *[2]float64, region [][2]float64) window {
	if stretch != nil {
		return window{stretch: stretch}
	}
	if len(region) == 0 {
		return window{}
	}
	b := [4]float64{1, 1, 0, 0}
	for _, p := range region {
		b = [4]float64{math.Min(b[0], p[0]), math.Min(b[1], p[1]), math.Max(b[2], p[0]), math.Max(b[3], p[1])}
	}
	return window{box: &b}
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
