// Package sun says where the sun stood: its height and direction over a place
// at a moment, the shadow that it cast, when it rose and set, and, the other
// way round, when a shadow that someone measured can have been cast.
//
// Start at [At] for one moment, [Events] for a day, [Measured.Windows] for a
// measured shadow and [Over] for the light during an interval. It promises:
// every time that it takes and gives is an instant, and no time zone is made
// up; a tolerance in degrees is carried through to the times; a result is a
// lead for a person and never a verdict.
//
// The formulas are those of NOAA's solar calculator
// (https://gml.noaa.gov/grad/solcalc/calcdetails.html), which follow Jean
// Meeus, Astronomical Algorithms, chapters 22, 25 and 28. From 1950 to 2050 they
// lie within 0.02° of the Solar Position Algorithm of NREL, sunrise and
// twilights within 10 seconds of it where the sun does not graze the horizon.
// What cannot be known weighs more: the air bends low light by some tenths of a
// degree more or less than the standard air, hills hide the horizon, and ground
// that slopes turns and stretches a shadow.
package sun

import (
	"fmt"
	"math"
	"time"
)

// FirstYear and LastYear bound the years that the formulas are used for.
const (
	FirstYear = 1800
	LastYear  = 2200
)

// Place is a position on the earth in degrees (WGS 84), north and east
// positive.
type Place struct {
	Latitude  float64
	Longitude float64
}

// Check says what is wrong with a position, nil where nothing is.
func (p Place) Check() error {
	// Written so that NaN is refused too.
	if !(math.Abs(p.Latitude) <= 90) {
		return fmt.Errorf("latitude %v is not between -90 and 90", p.Latitude)
	}
	if !(math.Abs(p.Longitude) <= 180) {
		return fmt.Errorf("longitude %v is not between -180 and 180", p.Longitude)
	}
	return nil
}

// Position is where the sun's centre stands, as seen from a place.
type Position struct {
	At            time.Time // UTC
	Elevation     float64   // degrees above the level horizon as seen, refraction in standard air included
	TrueElevation float64   // degrees, without refraction: what twilights are defined by
	Azimuth       float64   // degrees clockwise from true north, 0 to 360
}

// Shadow is the shadow of something upright on level ground.
type Shadow struct {
	Azimuth float64 // degrees clockwise from true north in which the shadow points
	Ratio   float64 // its length for a height of 1
}

// upperEdge is the true elevation of the sun's centre, in degrees, while its
// upper edge is at the horizon: 34' of refraction and 16' of radius, as NOAA
// and the almanacs have it.
const upperEdge = -50.0 / 60

// lowestShadow is the elevation in degrees, as seen, below which no shadow can
// be measured: the sun's disc is half a degree wide, and the ratio runs away.
const lowestShadow = 0.5

// Shadow gives the shadow that the sun casts; false where it is too low for
// one that can be measured.
func (p Position) Shadow() (Shadow, bool) {
	if p.Elevation < lowestShadow {
		return Shadow{}, false
	}
	return Shadow{Azimuth: turned(p.Azimuth + 180), Ratio: ratio(p.Elevation)}, true
}

// ratio is the length of a shadow, for a height of 1, while the sun is seen at
// an elevation in degrees.
func ratio(elevation float64) float64 { return 1 / math.Tan(radians(elevation)) }

// checkSpan refuses times that the formulas are not used for.
func checkSpan(from, to time.Time) error {
	if to.Before(from) {
		return fmt.Errorf("the time span ends before it begins")
	}
	if from.UTC().Year() < FirstYear || to.UTC().Year() > LastYear {
		return fmt.Errorf("the sun's position is given for the years %d to %d", FirstYear, LastYear)
	}
	return nil
}
