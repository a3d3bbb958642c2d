package exchange

import "math"

// earthRadiusM is the mean radius of the earth, metres.
const earthRadiusM = 6_371_008.8

// circlePoints is how many corners stand for a circle.
const circlePoints = 64

// circle is the outline of what lies within radius of a position, on a sphere,
// counterclockwise and closed (RFC 7946 section 3.1.6). It is nil for a circle
// without a size, over a pole, or across the meridian of 180 degrees, where an
// outline would have to be cut.
func circle(p Position, radiusM float64) []Position {
	if !(radiusM > 0) || radiusM > 2_000_000 {
		return nil
	}
	d := radiusM / earthRadiusM
	lat, lon := radians(p.Latitude), radians(p.Longitude)
	if math.Abs(lat)+d >= math.Pi/2 || math.Abs(lon)+math.Asin(math.Sin(d)/math.Cos(lat)) >= math.Pi {
		return nil
	}
	out := make([]Position, 0, circlePoints+1)
	for i := range circlePoints {
		bearing := -2 * math.Pi * float64(i) / circlePoints
		y := math.Asin(math.Sin(lat)*math.Cos(d) + math.Cos(lat)*math.Sin(d)*math.Cos(bearing))
		x := lon + math.Atan2(math.Sin(bearing)*math.Sin(d)*math.Cos(lat), math.Cos(d)-math.Sin(lat)*math.Sin(y))
		out = append(out, Position{y * 180 / math.Pi, x * 180 / math.Pi}.round(7))
	}
	return append(out, out[0])
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
