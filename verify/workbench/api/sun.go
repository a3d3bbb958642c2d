package api

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/firsthand-media/firsthand/verify/sun"
)

// SunAt asks for the sun over a place on a day, and for when a measured shadow
// can have fallen.
type SunAt struct {
	Latitude  float64 `json:"latitude" in:"query"`
	Longitude float64 `json:"longitude" in:"query"`
	Day       string  `json:"day" in:"query"`       // 2026-05-16
	Zone      string  `json:"zone" in:"query"`      // IANA name of the clock whose day it is; "" for UTC
	Direction string  `json:"direction" in:"query"` // degrees from north in which the shadow points, "" where it was not measured
	Ratio     string  `json:"ratio" in:"query"`     // length of the shadow for a height of 1, likewise
	Tolerance float64 `json:"tolerance" in:"query"` // degrees, of both
}

// SunDay is the sun over a place on a day.
type SunDay struct {
	Zone     string      `json:"zone"`
	Measured bool        `json:"measured"` // times were asked for
	Times    []SunWindow `json:"times"`    // during which the measured shadow falls
	Hours    []SunHour   `json:"hours"`    // with the sun above the horizon
}

// SunWindow is a stretch of time.
type SunWindow struct {
	From string `json:"from"` // RFC 3339, UTC
	To   string `json:"to"`
}

// SunHour is the sun and the shadow of something upright at an instant.
type SunHour struct {
	At        string   `json:"at"`        // RFC 3339, UTC
	Elevation float64  `json:"elevation"` // degrees above the horizon
	Direction *float64 `json:"direction"` // of the shadow; null where there is none to be measured
	Ratio     *float64 `json:"ratio"`
}

// sunStep is the distance of the rows of a day.
const sunStep = 30 * time.Minute

func sunDay(_ context.Context, _ *API, in SunAt) (SunDay, error) {
	out := SunDay{Zone: orElse(in.Zone, "UTC"), Times: []SunWindow{}, Hours: []SunHour{}}
	zone, err := time.LoadLocation(out.Zone)
	if err != nil || out.Zone == "Local" {
		return out, refused("there is no time zone %.80q", out.Zone)
	}
	from, err := time.ParseInLocation(time.DateOnly, in.Day, zone)
	if err != nil {
		return out, refused("%.40q is no day", in.Day)
	}
	to := from.AddDate(0, 0, 1)
	place := sun.Place{Latitude: in.Latitude, Longitude: in.Longitude}
	if err := place.Check(); err != nil {
		return out, refused("the sun cannot be given: %w", err)
	}
	if from.Year() < sun.FirstYear || to.Year() > sun.LastYear {
		return out, refused("the sun is given for the years %d to %d", sun.FirstYear, sun.LastYear)
	}
	for at := from; at.Before(to); at = at.Add(sunStep) {
		if p := sun.At(place, at); p.Elevation > 0 {
			out.Hours = append(out.Hours, newSunHour(p))
		}
	}
	measured, err := measuredShadow(in)
	if err != nil || measured.Azimuth == nil && measured.Ratio == nil {
		return out, err
	}
	windows, err := measured.Windows(place, from, to)
	if err != nil {
		return out, refused("the times cannot be given: %w", err)
	}
	out.Measured = true
	for _, w := range windows {
		out.Times = append(out.Times, SunWindow{From: instantText(w.From.At), To: instantText(w.To.At)})
	}
	return out, nil
}

func newSunHour(p sun.Position) SunHour {
	h := SunHour{At: instantText(p.At), Elevation: tenth(p.Elevation)}
	if s, ok := p.Shadow(); ok {
		direction, ratio := tenth(s.Azimuth), math.Round(s.Ratio*100)/100
		h.Direction, h.Ratio = &direction, &ratio
	}
	return h
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

func measuredShadow(in SunAt) (m sun.Measured, err error) {
	m = sun.Measured{AzimuthTolerance: in.Tolerance, ElevationTolerance: in.Tolerance}
	for _, of := range []struct {
		text string
		to   **float64
	}{{in.Direction, &m.Azimuth}, {in.Ratio, &m.Ratio}} {
		if of.text == "" {
			continue
		}
		x, err := strconv.ParseFloat(of.text, 64)
		if err != nil {
			return m, refused("%.40q is no number", of.text)
		}
		*of.to = &x
	}
	return m, nil
}
