package sun

import (
	"math"
	"time"
)

// j2000 is the epoch that the formulas count from: noon of 1 January 2000,
// Julian day 2451545.
var j2000 = time.Date(2000, time.January, 1, 12, 0, 0, 0, time.UTC)

// century is a Julian century.
const century = 36525 * 24 * time.Hour

// centuries counts from j2000. NOAA takes universal time for terrestrial time;
// over a minute the sun moves 0.0007° among the stars.
func centuries(t time.Time) float64 {
	// A time.Duration holds 292 years, and LastYear is nearer.
	return float64(t.Sub(j2000)) / float64(century)
}

// apparent gives the sun's declination in degrees and the equation of time in
// minutes (solar time less mean time) at t centuries after j2000. The names
// and constants are those of NOAA's spreadsheet, which has them from Meeus,
// chapters 22, 25 and 28.
func apparent(t float64) (declination, equationOfTime float64) {
	meanLongitude := radians(math.Mod(280.46646+t*(36000.76983+t*0.0003032), 360))
	anomaly := radians(math.Mod(357.52911+t*(35999.05029-0.0001537*t), 360))
	eccentricity := 0.016708634 - t*(0.000042037+0.0000001267*t)
	center := math.Sin(anomaly)*(1.914602-t*(0.004817+0.000014*t)) +
		math.Sin(2*anomaly)*(0.019993-0.000101*t) + math.Sin(3*anomaly)*0.000289
	node := radians(125.04 - 1934.136*t)
	longitude := meanLongitude + radians(center-0.00569-0.00478*math.Sin(node))
	obliquity := radians(23 + (26+(21.448-t*(46.815+t*(0.00059-t*0.001813)))/60)/60 + 0.00256*math.Cos(node))

	y := math.Tan(obliquity / 2)
	y *= y
	equation := y*math.Sin(2*meanLongitude) - 2*eccentricity*math.Sin(anomaly) +
		4*eccentricity*y*math.Sin(anomaly)*math.Cos(2*meanLongitude) -
		0.5*y*y*math.Sin(4*meanLongitude) - 1.25*eccentricity*eccentricity*math.Sin(2*anomaly)
	return degrees(math.Asin(math.Sin(obliquity) * math.Sin(longitude))), 4 * degrees(equation)
}

// hourAngle gives how far the sun is past the meridian of a longitude, in
// degrees from -180 (solar midnight) to 180, and its declination.
func hourAngle(longitude float64, t time.Time) (angle, declination float64) {
	declination, equation := apparent(centuries(t))
	u := t.UTC()
	day := u.Sub(time.Date(u.Year(), u.Month(), u.Day(), 0, 0, 0, 0, time.UTC))
	solar := day.Minutes() + equation + 4*longitude // minutes of true solar time
	return turned(solar/4) - 180, declination
}

// At gives the sun's position over a place. The place is one that
// [Place.Check] accepts; years outside [FirstYear] to [LastYear] give
// positions that are worth less.
func At(p Place, t time.Time) Position {
	angle, declination := hourAngle(p.Longitude, t)
	h, d, lat := radians(angle), radians(declination), radians(p.Latitude)
	sinElevation := math.Sin(lat)*math.Sin(d) + math.Cos(lat)*math.Cos(d)*math.Cos(h)
	// NOAA takes the arc cosine of the azimuth's cosine; this is the same angle
	// without the loss of digits near north and south.
	azimuth := math.Atan2(-math.Cos(d)*math.Sin(h), math.Cos(lat)*math.Sin(d)-math.Sin(lat)*math.Cos(d)*math.Cos(h))
	e := degrees(math.Asin(max(-1, min(1, sinElevation))))
	return Position{At: t.UTC(), Elevation: e + refraction(e), TrueElevation: e, Azimuth: turned(degrees(azimuth))}
}

// refraction is how much higher the sun is seen than it stands, in degrees,
// for air of 1010 hPa and 10 °C, by NOAA's approximation.
func refraction(elevation float64) float64 {
	tan := math.Tan(radians(elevation))
	var seconds float64
	switch {
	case elevation > 85:
	case elevation > 5:
		seconds = 58.1/tan - 0.07/(tan*tan*tan) + 0.000086/(tan*tan*tan*tan*tan)
	case elevation > -0.575:
		seconds = 1735 + elevation*(-518.2+elevation*(103.4+elevation*(-12.79+elevation*0.711)))
	default:
		seconds = -20.772 / tan
	}
	return seconds / 3600
}

func radians(d float64) float64 { return d * math.Pi / 180 }
func degrees(r float64) float64 { return r * 180 / math.Pi }

// turned brings an angle in degrees to 0 up to, and not including, 360.
func turned(d float64) float64 {
	d = math.Mod(d, 360)
	if d < 0 {
		d += 360
	}
	if d >= 360 { // what was a hair below zero
		return 0
	}
	return d
}

// apart is the angle between two directions, 0 to 180 degrees.
func apart(a, b float64) float64 {
	d := turned(a - b)
	return min(d, 360-d)
}
