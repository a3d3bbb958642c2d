package sun

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// mostRatio is the longest shadow, for a height of 1, that can be measured: the
// sun is then a little above [lowestShadow].
const mostRatio = 100

var errTooLong = fmt.Errorf("the time span is longer than %d days", MostDays)

// Measured is what a person measured of a shadow on level ground. Either value
// may be missing, not both.
type Measured struct {
	Azimuth *float64 // degrees clockwise from true north in which the shadow points
	Ratio   *float64 // length of the shadow for a height of 1
	// How far off the measurement may be, in degrees: of the shadow's direction,
	// and of the sun's elevation that the ratio gives.
	AzimuthTolerance   float64
	ElevationTolerance float64
	// How far off the place may be, in metres. It adds to both, by a degree for
	// each 111 km and, of the direction, by how much north turns on the way.
	RadiusM float64
}

// Check says what is wrong with a measurement, nil where nothing is.
func (m Measured) Check() error {
	switch {
	case m.Azimuth == nil && m.Ratio == nil:
		return errors.New("neither the direction nor the length of a shadow is given")
	case m.Azimuth != nil && !(*m.Azimuth >= 0 && *m.Azimuth <= 360):
		return fmt.Errorf("the direction of a shadow, %v, is not between 0 and 360 degrees", *m.Azimuth)
	case m.Ratio != nil && !(*m.Ratio >= 0 && *m.Ratio <= mostRatio):
		return fmt.Errorf("the length of a shadow, %v times the height, is not between 0 and %d", *m.Ratio, mostRatio)
	case !(m.RadiusM >= 0):
		return fmt.Errorf("a radius of %v metres is none", m.RadiusM)
	case !(m.AzimuthTolerance > 0 && m.AzimuthTolerance <= 90), !(m.ElevationTolerance > 0 && m.ElevationTolerance <= 90):
		return errors.New("a tolerance is more than 0 and at most 90 degrees")
	}
	return nil
}

// Elevations gives the elevations of the sun, as seen and in degrees, that the
// measured length and its tolerance allow: all at which shadows fall where no
// length was measured.
func (m Measured) Elevations() (low, high float64) {
	if m.Ratio == nil {
		return lowestShadow, 90
	}
	e := elevationOf(*m.Ratio)
	return max(lowestShadow, e-m.ElevationTolerance), min(90, e+m.ElevationTolerance)
}

// Ratios gives the lengths, for a height of 1, that the tolerance allows.
func (m Measured) Ratios() (shortest, longest float64) {
	low, high := m.Elevations()
	return ratio(high), ratio(low)
}

// Fits says whether the shadow at a place and time is the measured one within
// the tolerances.
func (m Measured) Fits(p Place, t time.Time) bool { return m.limits(p).gap(At(p, t)) <= 0 }

// Off says how far the measurement is from the shadow of a position, in
// degrees: its direction, and the sun's elevation that its length gives. What
// was not measured is 0.
func (m Measured) Off(p Position) (direction, elevation float64) {
	if m.Azimuth != nil {
		direction = apart(p.Azimuth+180, *m.Azimuth)
	}
	if m.Ratio != nil {
		elevation = math.Abs(p.Elevation - elevationOf(*m.Ratio))
	}
	return direction, elevation
}

// elevationOf is the elevation, in degrees, of a sun that casts a shadow of a
// length for a height of 1.
func elevationOf(ratio float64) float64 { return degrees(math.Atan2(1, ratio)) }

// Window is a stretch of time during which the measured shadow can have been
// cast, with where the sun stood at its ends. Ends that were searched for are
// whole seconds, rounded outwards.
type Window struct {
	From, To Position
}

// Windows gives every stretch between from and to, at most [MostDays] days,
// during which a shadow that the measurement allows fell at a place. None
// means that the place, the days and the measurement do not go together.
func (m Measured) Windows(p Place, from, to time.Time) ([]Window, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	if err := checkSearch(p, from, to); err != nil {
		return nil, err
	}
	l := m.limits(p)
	inside, passes := edges(from, to, func(t time.Time) float64 { return l.gap(At(p, t)) })
	var out []Window
	if inside {
		out = append(out, Window{From: At(p, from)})
	}
	for _, e := range passes {
		if e.enters {
			out = append(out, Window{From: At(p, later(from, e.before.Truncate(finest)))})
		} else {
			out[len(out)-1].To = At(p, earlier(to, e.after.Add(finest-1).Truncate(finest)))
		}
	}
	if n := len(out); n > 0 && out[n-1].To.At.IsZero() {
		out[n-1].To = At(p, to)
	}
	return out, nil
}

// limits are the positions that a measurement allows.
type limits struct {
	low, high        float64 // true elevation
	azimuth, towards float64 // the sun's azimuth, and how far it may be from it: 180 where anything goes
	blur             float64 // how far across the sky the sun may stand elsewhere
}

func (m Measured) limits(p Place) limits {
	low, high := m.Elevations()
	l := limits{low: unrefracted(low), high: unrefracted(high), towards: 180, blur: m.RadiusM / metresPerDegree}
	if m.Azimuth != nil {
		l.azimuth = turned(*m.Azimuth + 180)
		// North itself turns on the way east or west, by the sine of the latitude.
		l.towards = min(180, m.AzimuthTolerance+l.blur*math.Abs(math.Tan(radians(p.Latitude))))
	}
	return l
}

// gap is the distance across the sky from a position to what is allowed, see
// [gap]. All conditions must hold, so the farthest one decides.
func (l limits) gap(p Position) float64 {
	g := max(l.low-p.TrueElevation, p.TrueElevation-l.high)
	if l.towards < 180 {
		g = max(g, across(apart(p.Azimuth, l.azimuth)-l.towards, p.TrueElevation))
	}
	return g - l.blur
}

// across turns a difference of azimuth into the distance across the sky to the
// half circle from zenith to nadir at that azimuth: near the zenith the sun
// changes its direction quickly. The sign is that of the difference.
func across(off, elevation float64) float64 {
	if math.Abs(off) >= 90 { // the nearest point of that half circle is the zenith or the nadir
		return math.Copysign(90-math.Abs(elevation), off)
	}
	return degrees(math.Asin(math.Cos(radians(elevation)) * math.Sin(radians(off))))
}

// unrefracted gives the true elevation at which the sun is seen at an
// elevation of 0 to 90 degrees.
func unrefracted(seen float64) float64 {
	low, high := -0.575, 90.0 // between them the seen elevation rises with the true one
	for high-low > 1e-6 {
		if mid := (low + high) / 2; mid+refraction(mid) < seen {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
