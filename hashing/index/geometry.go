package index

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

// posture is a point in steps: two pixels each way, 1/256 of the circle, 1/32
// of an octave of scale, from a quarter of a pixel upwards.
type posture struct{ x, y, angle, scale uint8 }

const (
	placeStep    = 2  // pixels
	octave       = 32 // steps of scale
	lowestOctave = -2
	circle       = 256 // steps of angle
)

func postureOf(p feature.Point) posture {
	return posture{
		x:     steps(float64(p.X) / placeStep),
		y:     steps(float64(p.Y) / placeStep),
		angle: uint8(int(math.Round(math.Mod(float64(p.Angle), 2*math.Pi)*circle/(2*math.Pi))) & (circle - 1)),
		scale: steps((math.Log2(float64(p.Scale)) - lowestOctave) * octave),
	}
}

// steps rounds to what fits a byte; what is not a number becomes 0.
func steps(v float64) uint8 {
	if !(v > 0) {
		return 0
	}
	return uint8(min(math.Round(v), 255))
}
