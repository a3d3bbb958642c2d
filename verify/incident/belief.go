package incident

import (
	"math"
	"slices"
)

// belief is what evidence says of one unknown of an event, where it was or
// what it hit: for each alternative how much likelier the evidence is there
// than it is anywhere, less 1. Alternatives that it does not speak of are left
// out. The zero value says nothing.
//
// It is the posterior of a naive Bayes model with the shares of the case as
// prior, kept as ratios so that it stays sparse.
type belief struct {
	at     []int32   // ascending
	excess []float64 // same length
	weight float64   // 1 + the sum of share times excess; 0 in the zero value
}

// leastExcess is what an alternative must gain to be kept.
const leastExcess = 0.02

// shapeOf makes a belief from a likelihood over alternatives. Wrong is the
// probability that the evidence has nothing to do with the event; so evidence
// that contradicts all else can cost no more than that is worth.
func shapeOf(likely map[int32]float64, shares []float64, wrong float64) belief {
	sum := 0.0
	at := make([]int32, 0, len(likely))
	for x := range likely {
		at = append(at, x)
	}
	slices.Sort(at)
	for _, x := range at {
		sum += shares[x] * likely[x]
	}
	if sum <= 0 {
		return belief{}
	}
	b := belief{weight: 1}
	scale := (1/wrong - 1) / sum
	for _, x := range at {
		if e := likely[x] * scale; e >= leastExcess {
			b.at = append(b.at, x)
			b.excess = append(b.excess, e)
			b.weight += shares[x] * e
		}
	}
	return b
}

func (b belief) silent() bool { return len(b.at) == 0 }

// and is what two beliefs say together.
func (b belief) and(c belief, shares []float64) belief {
	if b.silent() {
		return c
	}
	if c.silent() {
		return b
	}
	out := belief{at: make([]int32, 0, len(b.at)+len(c.at)), excess: make([]float64, 0, len(b.at)+len(c.at)), weight: 1}
	add := func(x int32, e float64) {
		out.at = append(out.at, x)
		out.excess = append(out.excess, e)
		out.weight += shares[x] * e
	}
	i, j := 0, 0
	for i < len(b.at) || j < len(c.at) {
		switch {
		case j == len(c.at) || i < len(b.at) && b.at[i] < c.at[j]:
			add(b.at[i], b.excess[i])
			i++
		case i == len(b.at) || c.at[j] < b.at[i]:
			add(c.at[j], c.excess[j])
			j++
		default:
			add(b.at[i], b.excess[i]+c.excess[j]+b.excess[i]*c.excess[j])
			i, j = i+1, j+1
		}
	}
	return out.scaled()
}

// enough is the largest ratio that is kept: numbers grow with every member.
const enough = 1e12

// scaled keeps the ratios within what a float can tell apart.
func (b belief) scaled() belief {
	top := 0.0
	for _, e := range b.excess {
		top = math.Max(top, e)
	}
	if top <= enough {
		return b
	}
	f := enough / top
	out := belief{weight: 1}
	for i, e := range b.excess {
		if e *= f; e >= leastExcess {
			out.at = append(out.at, b.at[i])
			out.excess = append(out.excess, e)
		}
	}
	out.weight = 1 + (b.weight-1)*f
	return out
}

// agree weighs, in bits, that two beliefs are of one event against two.
func (b belief) agree(c belief, shares []float64) float64 {
	if b.silent() || c.silent() {
		return 0
	}
	sum := b.weight + c.weight - 1
	for i, j := 0, 0; i < len(b.at) && j < len(c.at); {
		switch {
		case b.at[i] == c.at[j]:
			sum += shares[b.at[i]] * b.excess[i] * c.excess[j]
			i, j = i+1, j+1
		case b.at[i] < c.at[j]:
			i++
		default:
			j++
		}
	}
	return math.Log2(sum / (b.weight * c.weight))
}

// best is the likeliest alternative and how probable it is.
func (b belief) best(shares []float64) (at int32, probability float64) {
	at = -1
	for i, x := range b.at {
		if p := shares[x] * (1 + b.excess[i]) / b.weight; p > probability {
			at, probability = x, p
		}
	}
	return at, probability
}
