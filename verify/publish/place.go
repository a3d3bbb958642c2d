package publish

import "math"

// metresPerDegree is the mean length of a degree of latitude.
const metresPerDegree = 111_195

// finest is the most decimals of a degree that are ever published, some 110
// metres: a published position is not a front door.
const finest = 3

// decimals is how many decimals of a degree a position that is known to within
// radius may show: one digit covers the doubt, and none pretends to more.
func decimals(radiusM float64) int {
	for n := finest; n > 0; n-- {
		if radiusM <= metresPerDegree*math.Pow(10, -float64(n)) {
			return n
		}
	}
	return 0
}

// round gives v to n decimals of a degree.
func round(v float64, n int) float64 {
	p := math.Pow(10, float64(n))
	return math.Round(v*p)/p + 0 // no negative zero
}

// within is the radius in which the true position lies for sure when it lay
// within radius of one that was rounded to n decimals, in whole metres.
func within(radiusM float64, n int) float64 {
	half := metresPerDegree * math.Pow(10, -float64(n)) / 2
	return math.Ceil(radiusM + half*math.Sqrt2)
}
