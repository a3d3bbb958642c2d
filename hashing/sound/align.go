package sound

import (
	"cmp"
	"math"
	"slices"
)

// Stretch is what two tracks have in common. Times are in seconds from the
// start of each; what is heard at time t of B is heard at Offset + Speed*t of A.
type Stretch struct {
	StartA, EndA float64
	StartB, EndB float64
	Offset       float64
	Speed        float64 // seconds of A for one second of B
	Pitch        float64 // frequency in A for one in B
	Agreement    float64 // share of the marks of either that the other has, 0 to 1
}

const (
	mostSeeds     = 300 // that are looked at
	mostStretches = 64
	// Marks that are looked at, beside a number for each mark there is: sound
	// made to agree a little everywhere does not keep anyone waiting.
	mostWork, workOfMark = 2_000_000, 60
)

// Align finds the stretches that two tracks have in common, longest first.
// Align(b, a) gives the same, with A and B exchanged.
func Align(a, b *Track) []Stretch {
	if a.compare(b) > 0 {
		all := Align(b, a)
		for i := range all {
			all[i] = all[i].exchanged()
		}
		return all
	}
	p := &pair{a: a.marks, b: b.marks}
	var kept []fit
	p.eachFit(func(f fit) bool {
		if p.tells(&f) {
			kept = append(kept, f)
			p.settled = append(p.settled, f)
		}
		return len(kept) < mostStretches
	})
	return stretches(kept)
}

// Differ says that two tracks sound different between two times, in seconds, of
// each: there is sound worth comparing in both, and none of it agrees, be it
// less than Align asks for or a sound that repeats itself.
func Differ(a, b *Track, startA, endA, startB, endB float64) bool {
	x, y := a.between(startA, endA), b.between(startB, endB)
	if x.Silent() || y.Silent() {
		return false
	}
	if x.compare(&y) > 0 {
		x, y = y, x
	}
	p := &pair{a: x.marks, b: y.marks}
	differ := true
	p.eachFit(func(f fit) bool {
		differ = !p.mayTell(&f)
		return differ
	})
	return differ
}

// eachFit gives what comes of the seeds of a pair, those with most votes first,
// without those that lie on a settled fit.
func (p *pair) eachFit(yield func(fit) bool) {
	if len(p.a) < leastHits || len(p.b) < leastHits {
		return
	}
	tried, most := 0, mostWork+workOfMark*(len(p.a)+len(p.b))
	for _, s := range seeds(p.a, p.b) {
		if tried == mostSeeds || p.work > most {
			return
		}
		if slices.ContainsFunc(p.settled, func(f fit) bool { return f.explains(s) }) {
			continue
		}
		tried++
		if f, ok := p.grow(s); ok && !yield(f) {
			return
		}
	}
}

// compare orders tracks, so that it makes no difference which one is A.
func (t *Track) compare(o *Track) int {
	if c := cmp.Compare(len(t.marks), len(o.marks)); c != 0 {
		return c
	}
	return slices.CompareFunc(t.marks, o.marks, mark.compare)
}

func (s Stretch) exchanged() Stretch {
	return Stretch{
		StartA: s.StartB, EndA: s.EndB, StartB: s.StartA, EndB: s.EndA,
		Offset: -s.Offset / s.Speed, Speed: 1 / s.Speed, Pitch: 1 / s.Pitch, Agreement: s.Agreement,
	}
}

// stretches gives the fits longest first, without those that longer ones cover
// on both sides: the echoes of music that repeats itself.
func stretches(fits []fit) []Stretch {
	slices.SortStableFunc(fits, func(a, b fit) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	var all []Stretch
	for i, f := range fits {
		if slices.ContainsFunc(fits[:i], func(longer fit) bool { return longer.covers(f) }) ||
			slices.ContainsFunc(fits, func(o fit) bool { return o.outdoes(f) }) {
			continue
		}
		all = append(all, f.stretch())
	}
	return all
}

// seconds is the time of the middle of a window.
func seconds(frame float64) float64 { return (frame*hop + window/2) / Rate }

func (f fit) stretch() Stretch {
	s := Stretch{
		StartA: seconds(f.from), EndA: seconds(f.to),
		StartB: seconds(f.inB(f.from)), EndB: seconds(f.inB(f.to)),
		Speed: f.speed, Pitch: math.Exp2(float64(f.pitch) / pitchUnits), Agreement: f.agreement,
	}
	s.Offset = s.StartA - s.Speed*s.StartB
	return s
}
