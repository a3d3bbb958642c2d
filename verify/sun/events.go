package sun

import (
	"math"
	"slices"
	"time"
)

// EventKind says what the sun does at an event.
type EventKind string

// The events of a day, by the true elevation of the sun's centre, as NOAA and
// the almanacs define them: sunrise and sunset at -0.833°, when the upper edge
// touches a level horizon in standard air; twilights at -6°, -12° and -18°.
const (
	AstronomicalDawn EventKind = "astronomical_dawn"
	NauticalDawn     EventKind = "nautical_dawn"
	CivilDawn        EventKind = "civil_dawn"
	Sunrise          EventKind = "sunrise"
	SolarNoon        EventKind = "solar_noon"
	Sunset           EventKind = "sunset"
	CivilDusk        EventKind = "civil_dusk"
	NauticalDusk     EventKind = "nautical_dusk"
	AstronomicalDusk EventKind = "astronomical_dusk"
)

// Event is a moment at which the sun passes an elevation or the meridian.
type Event struct {
	Kind EventKind
	Position
}

// The true elevations, in degrees, at which twilights begin and end.
const (
	civil        = -6.0
	nautical     = -12.0
	astronomical = -18.0
)

var horizons = [...]struct {
	elevation float64
	up, down  EventKind
}{
	{upperEdge, Sunrise, Sunset},
	{civil, CivilDawn, CivilDusk},
	{nautical, NauticalDawn, NauticalDusk},
	{astronomical, AstronomicalDawn, AstronomicalDusk},
}

// MostDays is the longest stretch that events and windows are searched in.
const MostDays = 366

// Events lists what happens from one moment up to, and not including, another,
// in the order of time: for a civil day, from one local midnight to the next.
// What does not happen is not listed, as sunrise in the polar night; near the
// poles a thing can happen twice.
func Events(p Place, from, to time.Time) ([]Event, error) {
	if err := checkSearch(p, from, to); err != nil {
		return nil, err
	}
	var out []Event
	for _, h := range horizons {
		below := func(t time.Time) float64 { return h.elevation - At(p, t).TrueElevation }
		_, passes := edges(from, to, below)
		for _, e := range passes {
			kind := h.down
			if e.enters {
				kind = h.up
			}
			out = append(out, Event{kind, At(p, e.before)})
		}
	}
	for at := noonAfter(p, from); at.Before(to); at = noonAfter(p, at.Add(time.Hour)) {
		out = append(out, Event{SolarNoon, At(p, at)})
	}
	slices.SortStableFunc(out, func(a, b Event) int { return a.At.Compare(b.At) })
	return out, nil
}

// noonAfter is the first moment at or after t at which the sun crosses the
// meridian.
func noonAfter(p Place, t time.Time) time.Time {
	angle, _ := hourAngle(p.Longitude, t)
	at := t.Add(turns(turned(-angle)))
	for range 3 { // each round leaves less than a thousandth of the error
		angle, _ = hourAngle(p.Longitude, at)
		at = at.Add(-turns(angle))
	}
	if at.Before(t) { // t is noon itself, but for the last digit
		return t
	}
	return at
}

// turns is how long the earth needs to turn so many degrees under the sun.
func turns(angle float64) time.Duration {
	return time.Duration(math.Round(angle / 360 * float64(24*time.Hour)))
}

func checkSearch(p Place, from, to time.Time) error {
	if err := p.Check(); err != nil {
		return err
	}
	if err := checkSpan(from, to); err != nil {
		return err
	}
	if to.Sub(from) > MostDays*24*time.Hour+2*time.Hour { // a year has two changes of the clock
		return errTooLong
	}
	return nil
}
