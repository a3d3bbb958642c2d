package report

import (
	"math"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// Where is [Words.Where] in English.
func Where(inc *verify.Incident) string { return In(nil).Where(inc) }

// Where says the place of an incident and how wide it is known.
func (w Words) Where(inc *verify.Incident) string {
	if inc.Latitude == nil || inc.Longitude == nil {
		if inc.PlaceBasis != "" {
			return w.Sentence(visible(string(inc.PlaceBasis)))
		}
		return w.T("report.place.unknown")
	}
	radius := 0.0
	if inc.RadiusM != nil {
		radius = *inc.RadiusM
	}
	return w.Position(*inc.Latitude, *inc.Longitude, radius)
}

// Position is [Words.Position] in English.
func Position(latitude, longitude, radiusM float64) string {
	return In(nil).Position(latitude, longitude, radiusM)
}

// Position writes a position in degrees and how far off, in metres, it may be;
// 0 where that is not known. It has no more decimals than that bears.
func (w Words) Position(latitude, longitude, radiusM float64) string {
	n := decimalsWithin(radiusM)
	s := w.T("report.place.position", "latitude", w.latitude(n, latitude), "longitude", w.longitude(n, longitude))
	if radiusM > 0 {
		return w.T("report.place.within", "position", s, "distance", w.distance(radiusM))
	}
	return s
}

// decimalsWithin is how many decimals of a degree a position shows: one is some
// 11 km, two are 1.1 km, four are 11 m.
func decimalsWithin(radiusM float64) int {
	switch {
	case radiusM >= 50_000:
		return 0
	case radiusM >= 5000:
		return 1
	case radiusM >= 500:
		return 2
	}
	return 4
}

func (w Words) latitude(decimals int, v float64) string {
	text, negative := degreesTo(decimals, v)
	if negative {
		return w.T("report.degrees.south", "x", text)
	}
	return w.T("report.degrees.north", "x", text)
}

func (w Words) longitude(decimals int, v float64) string {
	text, negative := degreesTo(decimals, v)
	if negative {
		return w.T("report.degrees.west", "x", text)
	}
	return w.T("report.degrees.east", "x", text)
}

// degreesTo writes degrees with so many decimals, with a point in every
// language as maps take it; what rounds to zero is neither south nor west.
func degreesTo(decimals int, v float64) (text string, negative bool) {
	text = strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	return text, v < 0 && strings.Trim(text, "0.") != ""
}

// distance keeps number and unit on one line.
func (w Words) distance(m float64) string {
	switch {
	case m >= 9950:
		return w.T("report.distance.km", "x", w.number(int(math.Round(m/1000))))
	case m >= 999.5:
		return w.T("report.distance.km", "x", w.Fixed(m/1000, 1))
	}
	return w.T("report.distance.m", "x", strconv.FormatFloat(m, 'f', 0, 64))
}
