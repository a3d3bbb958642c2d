package match

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

// wholePicture is a picture's outline, as a box.
var wholePicture = hashing.Box{X1: 1, Y1: 1}

// covered is the share of a picture that a region of it is.
func covered(region [][2]float64) float64 { return hashing.Cover(region, wholePicture) }

// bounds is the box around a polygon, cut off at the picture's edges.
func bounds(poly [][2]float64) [4]float64 {
	box := [4]float64{1, 1, 0, 0}
	for _, p := range poly {
		x, y := min(max(p[0], 0), 1), min(max(p[1], 0), 1)
		box = [4]float64{min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)}
	}
	return box
}

// shadow is how much of the second picture the first covers when m lays it
// there, and how much of the first that is.
func shadow(m hashing.Affine) (ofFirst, ofSecond float64) {
	var outline [][2]float64
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := m.Apply(c[0], c[1])
		outline = append(outline, [2]float64{x, y})
	}
	whole := math.Abs(m.Determinant())
	if whole == 0 {
		return 0, 0
	}
	ofSecond = covered(outline)
	return ofSecond / whole, ofSecond
}
