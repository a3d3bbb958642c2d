package sequence

import "math"

// motion is how well what moves agrees.
type motion struct {
	agreement float64 // correlation, -1..1, mean over the windows by their worth
	worth     float64 // ticks in which more than noise moves in both films
	centre    float64 // the time of B about which most moves
}

// moving compares what moves along ticks: of each window the mean picture, and
// any multiple of it, is taken out of both films, and the rest is correlated.
func moving(ticks []tick) motion {
	var m motion
	var sum float64
	for _, w := range windows(ticks) {
		ma, mb := meanOf(w)
		s := means{ma, mb, dot(ma, ma), dot(mb, mb), dot(ma, mb)}
		var num, ea, eb, by float64
		for i := range w {
			ab, aa, bb := s.without(&w[i])
			num, ea, eb = num+ab, ea+aa, eb+bb
			n := float64(len(ma)) * noise * noise
			worth := math.Sqrt(aa / (aa + n) * bb / (bb + n))
			by += worth
			m.centre += worth * w[i].b
		}
		if ea > 0 && eb > 0 {
			sum += by * num / math.Sqrt(ea*eb)
			m.worth += by
		}
	}
	if m.worth > 0 {
		m.agreement = sum / m.worth
		m.centre /= m.worth
	}
	return m
}

// meanOf is the mean picture of ticks in either film.
func meanOf(ticks []tick) (ma, mb []float32) {
	d := len(ticks[0].va)
	both := make([]float32, 2*d)
	ma, mb = both[:d:d], both[d:]
	for i := range ticks {
		addTo(ma, ticks[i].va)
		addTo(mb, ticks[i].vb)
	}
	scale(both, 1/float32(len(ticks)))
	return ma, mb
}

// means are the mean pictures of a window, with their products.
type means struct {
	a, b       []float32
	aa, bb, ab float32
}

// without gives the products of what is left of a tick's two pictures when all
// multiples of the mean pictures are taken out, without making it.
func (s *means) without(t *tick) (ab, aa, bb float64) {
	pa, pb := dot(t.va, s.a), dot(t.vb, s.b)
	ka, kb := pa/max(s.aa, 1e-3), pb/max(s.bb, 1e-3)
	ab = float64(dot(t.va, t.vb) - ka*dot(s.a, t.vb) - kb*dot(t.va, s.b) + ka*kb*s.ab)
	aa = math.Max(0, float64(dot(t.va, t.va)-ka*pa))
	bb = math.Max(0, float64(dot(t.vb, t.vb)-kb*pb))
	return ab, aa, bb
}

const (
	informingLeast = 0.5  // worth of a moment that is counted,
	agreeingLeast  = 0.5  // and its correlation
	differing      = 0.85 // correlation below which two moments differ
)

// distinct counts moments along ticks that agree, in which more than noise
// moves, and that differ from each other, up to most.
func distinct(ticks []tick, most int) int {
	type shape struct{ a, b []float32 }
	var kept []shape
	for _, w := range windows(ticks) {
		ma, mb := meanOf(w)
	ticks:
		for i := range w {
			f := shape{residue(w[i].va, ma), residue(w[i].vb, mb)}
			if min(worth(unit(f.a)), worth(unit(f.b))) < informingLeast || dot(f.a, f.b) < agreeingLeast {
				continue
			}
			for _, k := range kept {
				if dot(k.a, f.a) > differing && dot(k.b, f.b) > differing {
					continue ticks
				}
			}
			if kept = append(kept, f); len(kept) == most {
				return most
			}
		}
	}
	return len(kept)
}

// residue is a picture less all multiples of another.
func residue(v, mean []float32) []float32 {
	r := append([]float32(nil), v...)
	without(r, mean)
	return r
}
