package sequence

import (
	"cmp"
	"math"
	"slices"
)

const (
	mostCells   = 1 << 20 // pairs of moments that are compared; longer reels are thinned
	fewest      = 64      // moments that no reel is thinned below
	offsetStep  = 0.125   // seconds between the lines that are tried,
	mostOffsets = 1 << 16 // and how many of them at most
	slowest     = 0.8     // seconds of A for a second of B
	fastest     = 1.25    //
	speedSteps  = 5       // from 1 to either, in equal ratios
	likenessFor = 0.3     // correlation of what moves above which a pair speaks for a line
	distinctFor = 0.5     // likewise of whole pictures, above what they correlate by anyway
	reachAt     = 0.35    // seconds that a moment may lie off its partner
	giveUp      = 1.5     // by how much the sum of a line may fall before its segment ends
	leastScore  = 0.6     // sum that makes a candidate
	relative    = 0.03    // of the best candidate's score that others need
	mostTries   = 24      // candidates that are looked at closely
)

// line lays the moment t of B on the moment offset + speed*t of A.
type line struct{ offset, speed float64 }

func (l line) inA(t float64) float64 { return l.offset + l.speed*t }
func (l line) inB(t float64) float64 { return (t - l.offset) / l.speed }

// candidate is a segment of a line, by the times in B.
type candidate struct {
	line
	from, to float64
	score    float64
}

// likeness says of each moment of A, and each of B, how much they speak for
// being the same: above zero for, below against, and the more the more there
// is to see.
type likeness struct {
	a, b *foreground
	pair [][]float32
}

// compare makes the likeness of all moments of two films.
func compare(a, b *film) *likeness {
	na, nb := len(a.at), len(b.at)
	if over := float64(na) * float64(nb) / mostCells; over > 1 {
		na, nb = shrunk(na, nb, over)
	}
	a, b = a.thinned(na), b.thinned(nb)
	over := span(a, b)
	l := &likeness{a: a.foreground(over), b: b.foreground(over)}
	na, nb = len(l.a.at), len(l.b.at)
	l.pair = make([][]float32, na)
	all := make([]float32, na*nb)
	meanA, meanB := make([]float32, na), make([]float32, nb)
	for i := range na {
		l.pair[i] = all[i*nb : (i+1)*nb : (i+1)*nb]
		for j := range nb {
			r := dot(l.a.whole[i], l.b.whole[j])
			l.pair[i][j] = r
			meanA[i] += r / float32(nb)
			meanB[j] += r / float32(na)
		}
	}
	for i := range na {
		for j := range nb {
			usual := max(meanA[i], meanB[j], 0.2)
			v := l.pair[i][j] - usual - distinctFor*(1-usual)
			if w := l.a.worth[i] * l.b.worth[j]; w > 0.01 {
				v += float32(math.Sqrt(float64(w))) * (dot(l.a.moving[i], l.b.moving[j]) - likenessFor)
			}
			l.pair[i][j] = v
		}
	}
	return l
}

// shrunk divides the product of two numbers by over, the larger one first.
func shrunk(n, m int, over float64) (int, int) {
	if n < m {
		m, n = shrunk(m, n, over)
		return n, m
	}
	k := math.Min(over, math.Max(1, float64(n)/float64(m)))
	rest := math.Sqrt(over / k)
	return max(fewest, int(float64(n)/k/rest)), max(min(m, fewest), int(float64(m)/rest))
}

// lookup finds the moments next to a time in constant time.
type lookup struct {
	at   []float64
	step float64
	next []int32 // the first moment at or after k*step
}

func newLookup(at []float64) *lookup {
	last := at[len(at)-1]
	l := &lookup{at: at, step: math.Max(last/float64(4*len(at)+1), 1e-3)}
	l.next = make([]int32, int(last/l.step)+2)
	i := 0
	for k := range l.next {
		for i < len(at) && at[i] < float64(k)*l.step {
			i++
		}
		l.next[k] = int32(i)
	}
	return l
}

// beside gives the moments before and after t, -1 where there is none within reach.
func (l *lookup) beside(t, reach float64) (before, after int) {
	k := 0
	if t > 0 {
		k = min(int(t/l.step), len(l.next)-1)
	}
	after = int(l.next[k])
	for after < len(l.at) && l.at[after] < t {
		after++
	}
	before = after - 1
	if before >= 0 && t-l.at[before] > reach {
		before = -1
	}
	if after >= len(l.at) || l.at[after]-t > reach {
		after = -1
	}
	return before, after
}

// candidates finds the segments of lines along which pairs speak for being the
// same, strongest first.
func (l *likeness) candidates() []candidate {
	var all []candidate
	where := newLookup(l.a.at)
	lastA, lastB := l.a.at[len(l.a.at)-1], l.b.at[len(l.b.at)-1]
	reachA := math.Max(reachAt, 0.75*lastA/float64(max(1, len(l.a.at)-1)))
	step := math.Max(offsetStep, lastA/float64(max(1, len(l.a.at)-1))/2)
	step = math.Max(step, (lastA+fastest*lastB)/mostOffsets)
	for s := -speedSteps; s <= speedSteps; s++ {
		speed := math.Pow(fastest, float64(s)/speedSteps)
		for offset := -speed * lastB; offset <= lastA; offset += step {
			all = l.along(line{offset, speed}, where, reachA, all)
		}
	}
	var most float64
	for _, c := range all {
		most = math.Max(most, c.score)
	}
	all = slices.DeleteFunc(all, func(c candidate) bool { return c.score < relative*most })
	slices.SortFunc(all, func(x, y candidate) int {
		if x.score != y.score {
			return cmp.Compare(y.score, x.score)
		}
		return cmp.Or(cmp.Compare(x.offset, y.offset), cmp.Compare(x.from, y.from), cmp.Compare(x.speed, y.speed))
	})
	return all
}

// along appends the segments of one line whose sums are high enough.
func (l *likeness) along(n line, where *lookup, reach float64, all []candidate) []candidate {
	var sum, best float32
	c := candidate{line: n}
	from := 0.0
	end := func() {
		if c.score = float64(best); best >= leastScore && c.to > c.from {
			all = append(all, c)
		}
		sum, best = 0, 0
	}
	lo, _ := slices.BinarySearch(l.b.at, n.inB(-reach))
	for j := lo; j < len(l.b.at); j++ {
		t := n.inA(l.b.at[j])
		if t > l.a.at[len(l.a.at)-1]+reach {
			break
		}
		i, k := where.beside(t, reach)
		var v float32
		switch {
		case i >= 0 && k >= 0:
			v = max(l.pair[i][j], l.pair[k][j])
		case i >= 0:
			v = l.pair[i][j]
		case k >= 0:
			v = l.pair[k][j]
		default:
			continue
		}
		if sum == 0 {
			from = l.b.at[j]
		}
		if sum += v; sum <= 0 || sum < best-giveUp {
			end()
			continue
		}
		if sum > best {
			best, c.from, c.to = sum, from, l.b.at[j]
		}
	}
	end()
	return all
}
