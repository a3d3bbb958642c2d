package index

import (
	"cmp"
	"math"
	"slices"
)

const (
	// mostHits is how many hits of one picture are looked at.
	mostHits = 128
	// turnApart and scaleApart are how far the turns and the scales of two hits
	// may be apart: 22 degrees, 0.44 octaves.
	turnApart  = 16
	scaleApart = 14
	// placeApart, in steps of two pixels of the larger picture, is how far a
	// hit may lie from where another says it should; and bend, as a share,
	// how much farther for each step between the two.
	placeApart = 5
	bendShift  = 2 // a quarter

	fixed = 12 // bits of fractions
)

// turns[a] is the cosine and sine of an angle, in fixed-point numbers, so that
// votes are the same on every machine; scales[s] is the factor of s steps.
var turns = func() (t [circle][2]int64) {
	for a := range t {
		sin, cos := math.Sincos(2 * math.Pi * float64(a) / circle)
		t[a] = [2]int64{int64(math.Round(cos * (1 << fixed))), int64(math.Round(sin * (1 << fixed)))}
	}
	return t
}()

var scales = func() (t [511]int64) {
	for s := range t {
		t[s] = int64(math.Round(math.Exp2(float64(s-255)/octave) * (1 << fixed)))
	}
	return t
}()

// tally counts the votes of the hits of one picture.
type tally struct {
	pairs []pair
	seen  [2][64]uint64 // places of query and picture that have voted, 8 pixels each
}

// pair is a hit with the place of the query's entry: alone it already says how
// the picture would have to be turned, scaled and shifted.
type pair struct {
	qx, qy, px, py int64
	turn           uint8
	scale          int16
	weight         uint16
	entry          uint16
}

func (t *tally) score(hits []hit, query *[2][]posture) int {
	t.pairs = t.pairs[:0]
	for _, h := range hits {
		q := query[h.owner&1][h.entry]
		t.pairs = append(t.pairs, pair{
			int64(q.x), int64(q.y), int64(h.at.x), int64(h.at.y),
			h.at.angle - q.angle, int16(h.at.scale) - int16(q.scale), h.weight, h.entry,
		})
	}
	slices.SortFunc(t.pairs, comparePairs)
	pairs := t.pairs[:min(len(t.pairs), mostHits)]
	best := 0
	for i := range pairs {
		best = max(best, t.agreeing(pairs, &pairs[i]))
	}
	return best
}

// comparePairs puts the weightiest first; the rest is only to have one order.
func comparePairs(a, b pair) int {
	return cmp.Or(-cmp.Compare(a.weight, b.weight), cmp.Compare(a.entry, b.entry),
		cmp.Compare(a.px, b.px), cmp.Compare(a.py, b.py), cmp.Compare(a.turn, b.turn), cmp.Compare(a.scale, b.scale))
}

// agreeing is the weight of the pairs that agree with one, of those at one
// place the weightiest; none if it stands alone.
func (t *tally) agreeing(pairs []pair, with *pair) int {
	t.seen = [2][64]uint64{}
	factor := scales[with.scale+255]
	cos, sin := turns[with.turn][0]*factor>>fixed, turns[with.turn][1]*factor>>fixed
	near := placeApart * max(factor, 1<<fixed) >> fixed
	sum, places := 0, 0
	for i := range pairs {
		p := &pairs[i]
		if turn := int8(p.turn - with.turn); turn > turnApart || turn < -turnApart {
			continue
		}
		if scale := p.scale - with.scale; scale > scaleApart || scale < -scaleApart {
			continue
		}
		dx, dy := p.qx-with.qx, p.qy-with.qy
		mx, my := (dx*cos-dy*sin)>>fixed, (dx*sin+dy*cos)>>fixed
		ex, ey := p.px-with.px-mx, p.py-with.py-my
		far := near + (max(mx, -mx)+max(my, -my))>>bendShift
		if ex*ex+ey*ey > far*far {
			continue
		}
		if t.first(0, p.qx, p.qy) && t.first(1, p.px, p.py) {
			sum += int(p.weight)
			places++
		}
	}
	if places < 2 {
		return 0
	}
	return sum
}

// first says whether nothing has been seen at a place yet.
func (t *tally) first(side int, x, y int64) bool {
	row, bit := &t.seen[side][y>>2], uint64(1)<<(x>>2)
	if *row&bit != 0 {
		return false
	}
	*row |= bit
	return true
}
