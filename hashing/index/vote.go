package index

import (
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
	order []uint64
	pairs []pair
	seen  [2][64]uint64 // places of query and picture that have voted, 8 pixels each
	// around holds the weight of the hits by turn and scale: one agrees with
	// none but those of its own field and of the eight around it.
	around [turnFields][scaleFields]int32
}

// fields are as wide as hits that agree may be apart, or wider; those of scales
// have an empty one at each end.
const (
	turnFields  = circle / turnApart
	scaleField  = 16
	scaleFields = 512/scaleField + 2
)

// pair is a hit with the place of the query's entry: alone it already says how
// the picture would have to be turned, scaled and shifted.
type pair struct {
	qx, qy, px, py int64
	turn           uint8
	scale          int16
	weight         uint16
}

func pairOf(at, query posture, weight uint16) pair {
	return pair{
		int64(query.x), int64(query.y), int64(at.x), int64(at.y),
		at.angle - query.angle, int16(at.scale) - int16(query.scale), weight,
	}
}

func (p *pair) field() (turn, scale int) {
	return int(p.turn) / turnApart, (int(p.scale)+256)/scaleField + 1
}

// score is the most votes that agree on where the query lies in the picture; 0
// or any number below least when they are less than that.
func (t *tally) score(hits []hit, query *[2][]posture, least int) int {
	if len(hits) < 2 {
		return 0
	}
	sum := 0
	for i := range hits {
		sum += int(hits[i].weight)
	}
	if sum < least || !t.choose(hits, query, least) {
		return 0
	}
	best := 0
	for i := range t.pairs {
		if most := t.most(&t.pairs[i]); most > best && most >= least {
			best = max(best, t.agreeing(t.pairs, &t.pairs[i]))
		}
	}
	return best
}

// choose takes the weightiest hits as pairs, in order; false when votes of at
// least least cannot agree.
func (t *tally) choose(hits []hit, query *[2][]posture, least int) bool {
	t.around = [turnFields][scaleFields]int32{}
	t.order, t.pairs = t.order[:0], t.pairs[:0]
	for i := range hits {
		h := &hits[i]
		p := pairOf(h.at, query[h.owner&1][h.entry], h.weight)
		turn, scale := p.field()
		t.around[turn][scale] += int32(p.weight)
		t.pairs = append(t.pairs, p)
	}
	if !slices.ContainsFunc(t.pairs, func(p pair) bool { return t.most(&p) >= least }) {
		return false
	}
	for i := range hits {
		t.order = append(t.order, hits[i].order())
	}
	slices.Sort(t.order)
	t.pairs = t.pairs[:0]
	for _, o := range t.order[:min(len(t.order), mostHits)] {
		h := hitOf(o)
		t.pairs = append(t.pairs, pairOf(h.at, query[hits[0].owner&1][h.entry], h.weight))
	}
	return true
}

// order is a hit of one owner as a number, the weightiest the least; hitOf is
// the reverse.
func (h *hit) order() uint64 {
	return uint64(math.MaxUint16-h.weight)<<48 | uint64(h.entry)<<32 |
		uint64(h.at.x)<<24 | uint64(h.at.y)<<16 | uint64(h.at.angle)<<8 | uint64(h.at.scale)
}

func hitOf(order uint64) hit {
	return hit{
		weight: math.MaxUint16 - uint16(order>>48), entry: uint16(order >> 32),
		at: posture{uint8(order >> 24), uint8(order >> 16), uint8(order >> 8), uint8(order)},
	}
}

// most is how much weight may agree with a pair, itself included.
func (t *tally) most(p *pair) int {
	turn, scale := p.field()
	sum := int32(0)
	for _, row := range [...]int{turn + turnFields - 1, turn, turn + 1} {
		f := &t.around[row%turnFields]
		sum += f[scale-1] + f[scale] + f[scale+1]
	}
	return int(sum)
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
