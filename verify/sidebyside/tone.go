package sidebyside

import "slices"

// toneCurve turns the tones of one picture into those of a copy that is
// brighter, of more contrast, of another gamma or inverted: its levels at the
// middles of toneSteps steps, with straight lines between.
type toneCurve [toneSteps]float64

const (
	toneSteps = 16
	toneWide  = 256 / toneSteps
	// A step counts when it has this share of all pixels.
	toneLeast = 0.002
	// Bounds of the slope. They keep a step of which only what was painted
	// over has the tone from explaining the paint away.
	flattest, steepest = 0.1, 5.0
)

// newToneCurve fits the curve to pixels that show the same: the median of base
// over each step of top. It begins where most pixels are and bounds the slope
// from there on.
func newToneCurve(base, top []float64, same func(i int) bool) toneCurve {
	var count [toneSteps][256]int
	var size [toneSteps]int
	all := 0
	for i, v := range top {
		if same(i) {
			step := toneStep(v)
			count[step][uint8(clamp(base[i], 0, 255))]++
			size[step]++
			all++
		}
	}
	var c toneCurve
	if all == 0 {
		for step := range c {
			c[step] = toneMiddle(step)
		}
		return c
	}
	var medians [toneSteps]float64
	for step := range medians {
		medians[step] = median(count[step], size[step])
	}
	first := slices.Index(size[:], slices.Max(size[:]))
	c[first] = medians[first]
	for _, way := range []int{1, -1} {
		up := float64(way) * direction(medians, size) * toneWide
		for step := first + way; step >= 0 && step < toneSteps; step += way {
			last := c[step-way]
			c[step] = last + up // as far as nothing is known
			if float64(size[step]) >= toneLeast*float64(all) {
				c[step] = clamp(medians[step], last+min(up*flattest, up*steepest), last+max(up*flattest, up*steepest))
			}
		}
	}
	return c
}

// direction is 1 where brighter stays brighter, -1 in a negative.
func direction(medians [toneSteps]float64, size [toneSteps]int) float64 {
	sum := 0.0
	for i := range medians {
		for j := range i {
			sum += (medians[i] - medians[j]) * float64(min(size[i], size[j]))
		}
	}
	if sum < 0 {
		return -1
	}
	return 1
}

func median(count [256]int, size int) float64 {
	seen := 0
	for v, n := range count {
		if seen += n; 2*seen >= size {
			return float64(v)
		}
	}
	return 0
}

func toneStep(v float64) int { return int(clamp(v, 0, 255)) / toneWide }

func toneMiddle(step int) float64 { return (float64(step) + 0.5) * toneWide }

// apply looks a level up; beyond the outermost middles their lines go on.
func (c *toneCurve) apply(v float64) float64 {
	at := v/toneWide - 0.5
	low := int(clamp(at, 0, toneSteps-2))
	return c[low] + (at-float64(low))*(c[low+1]-c[low])
}
