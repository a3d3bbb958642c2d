package sequence

import "math"

const (
	trail       = 3.0  // seconds of ticks that the background is taken from
	trailLeast  = 5    // ticks
	rawLeast    = 0.6  // correlation of whole pictures that two moments need to be the same
	movingLeast = 0.4  // correlation of what moves, likewise
	stillFor    = 0.5  // what a tick in which nothing moves speaks for a stretch
	flat        = 3.0  // grey levels of contrast below which a picture shows nothing
	flatFor     = 0.1  // what a tick in which neither shows anything speaks for a stretch
	dropMost    = 0.75 // seconds of disagreement that end a stretch
	tickMost    = 0.5  // seconds that one tick counts for
	coreInset   = 0.2  // of a candidate's length that is looked at anew at either end
)

// extended gives the range of ticks, from the first to the last and both included,
// over which two films agree, around the middle of ticks[from:to+1].
func extended(ticks []tick, from, to int) (int, int) {
	inset := int(coreInset * float64(to-from))
	if to-from-2*inset+1 >= trailLeast {
		from, to = from+inset, to-inset
	}
	e := extension{ticks: ticks}
	e.core(from, to)
	last := e.walk(to, from, 1)
	first := e.walk(from, last, -1)
	return first, last
}

// extension is the work of walking along the ticks of a line.
type extension struct {
	ticks []tick
	still []float32 // what B shows and A does not, at all times: logos, bars
	gain  float32   // of B over A
}

// core learns what the two films differ by at all times.
func (e *extension) core(from, to int) {
	ticks := e.ticks[from : to+1]
	ma, mb := meanOf(ticks)
	var ea, eb float32
	for _, k := range ticks {
		fa, fb := residue(k.va, ma), residue(k.vb, mb)
		ea += dot(fa, fa)
		eb += dot(fb, fb)
	}
	e.gain = 1
	if ea > 1 && eb > 1 {
		e.gain = float32(math.Sqrt(float64(eb / ea)))
	}
	e.still = mb
	addScaled(e.still, ma, -e.gain)
}

// walk goes from one tick in steps of dir for as long as the films agree; other
// is the far end of what is known to agree. It gives the last tick that does.
func (e *extension) walk(from, other, dir int) int {
	var sum, best float64
	last := from
	for k := from + dir; k >= 0 && k < len(e.ticks); k += dir {
		sum += e.speaks(k, last, other) * math.Min(e.step(k, dir), tickMost)
		if sum >= best {
			best, last = sum, k
		} else if sum < best-dropMost {
			break
		}
	}
	return last
}

// step is the time from the tick before, in B.
func (e *extension) step(k, dir int) float64 { return math.Abs(e.ticks[k].b - e.ticks[k-dir].b) }

// speaks says how much tick k speaks for the films being the same then, -1..1,
// given that they are from last back to other.
func (e *extension) speaks(k, last, other int) float64 {
	lo, hi := min(last, other), max(last, other)
	if last > other {
		for hi-lo+1 > trailLeast && e.ticks[last].b-e.ticks[lo].b > trail {
			lo++
		}
	} else {
		for hi-lo+1 > trailLeast && e.ticks[hi].b-e.ticks[last].b > trail {
			hi--
		}
	}
	ma, mb := meanOf(e.ticks[lo : hi+1])
	t := &e.ticks[k]
	fa, fb := residue(t.va, ma), residue(t.vb, mb)
	wa, wb := worth(unit(fa)), worth(unit(fb))
	w := float64(max(wa, wb))
	moves := w*(float64(dot(fa, fb))-movingLeast)/(1-movingLeast) + (1-w)*stillFor

	a, b := append([]float32(nil), t.va...), append([]float32(nil), t.vb...)
	addScaled(b, e.still, -1)
	ra, rb := unit(a), unit(b)
	if max(ra, rb) < flat {
		return flatFor
	}
	looks := (float64(dot(a, b)) - rawLeast) / (1 - rawLeast)
	return math.Max(-1, math.Min(moves, looks))
}
