package sidebyside

import (
	"fmt"
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// Shares of a picture at which its words change.
const (
	allOf    = 0.97 // shown whole
	nearlyIt = 0.85 // nearly all of it
)

// area is the share of the picture that a polygon takes up, 0..1 (shoelace
// formula).
func area(poly [][2]float64) float64 {
	sum := 0.0
	for i, p := range poly {
		q := poly[(i+1)%len(poly)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return clamp(math.Abs(sum)/2, 0, 1)
}

// bounds is the smallest box around a polygon, cut off at the picture's edges.
func bounds(poly [][2]float64) [4]float64 {
	box := [4]float64{1, 1, 0, 0}
	for _, p := range poly {
		x, y := clamp(p[0], 0, 1), clamp(p[1], 0, 1)
		box = [4]float64{min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)}
	}
	return box
}

func share(box [4]float64) float64 {
	return max(0, clamp(box[2], 0, 1)-clamp(box[0], 0, 1)) * max(0, clamp(box[3], 0, 1)-clamp(box[1], 0, 1))
}

// part says which part of a picture a region is: "all of A", "41 % of A, the
// middle".
func part(name string, region [][2]float64) string {
	switch s := area(region); {
	case s >= allOf:
		return "all of " + name
	case s >= nearlyIt:
		return fmt.Sprintf("nearly all of %s (%s)", name, percent(s))
	}
	words := percent(area(region)) + " of " + name
	where := verify.Where(bounds(region))
	if !strings.HasPrefix(where, "the ") && !strings.HasPrefix(where, "a ") {
		return words // it reaches from edge to edge, slanted or in the middle
	}
	return words + ", " + where
}

// percent writes a share; a little is never nothing, and not quite all is
// never all.
func percent(s float64) string {
	const space = "\u00a0" // the number and its sign stay on one line
	switch {
	case s < 0.01:
		return "under 1" + space + "%"
	case s > 0.99 && s < 1:
		return "99" + space + "%"
	}
	return fmt.Sprintf("%.0f", 100*s) + space + "%"
}

// listed joins words as a sentence does: "a, b and c".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
