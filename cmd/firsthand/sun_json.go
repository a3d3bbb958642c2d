package main

import (
	"math"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// sunLine is a position or an event in JSON.
type sunLine struct {
	Kind          string      `json:"kind"` // position or event
	Event         source.Text `json:"event"`
	UTC           string      `json:"utc"`
	Local         *string     `json:"local"` // null where no zone is stated
	Latitude      float64     `json:"latitude"`
	Longitude     float64     `json:"longitude"`
	Elevation     float64     `json:"elevation_degrees"` // as seen
	TrueElevation float64     `json:"true_elevation_degrees"`
	Azimuth       float64     `json:"azimuth_degrees"`
	Light         string      `json:"light"`
	ShadowAzimuth *float64    `json:"shadow_azimuth_degrees"` // null where no shadow can be measured
	ShadowLength  *float64    `json:"shadow_length"`
	Fits          *bool       `json:"fits"` // the measured shadow, null where none is given
}

func newSunLine(kind string, where sun.Place, p sun.Position, loc *time.Location) sunLine {
	l := sunLine{
		Kind: kind, UTC: p.At.UTC().Format(time.RFC3339), Local: localTime(p.At, loc),
		Latitude: where.Latitude, Longitude: where.Longitude,
		Elevation: decimals(p.Elevation), TrueElevation: decimals(p.TrueElevation), Azimuth: decimals(p.Azimuth),
		Light: string(p.Light()),
	}
	if s, ok := p.Shadow(); ok {
		azimuth, length := decimals(s.Azimuth), decimals(s.Ratio)
		l.ShadowAzimuth, l.ShadowLength = &azimuth, &length
	}
	return l
}

// sunWindow is a window in JSON.
type sunWindow struct {
	Kind          string  `json:"kind"` // window
	Earliest      string  `json:"earliest"`
	Latest        string  `json:"latest"`
	LocalEarliest *string `json:"local_earliest"`
	LocalLatest   *string `json:"local_latest"`
	From          sunLine `json:"from"`
	To            sunLine `json:"to"`
}

func newSunWindow(where sun.Place, win sun.Window, loc *time.Location) sunWindow {
	return sunWindow{
		Kind: "window", Earliest: win.From.At.Format(time.RFC3339), Latest: win.To.At.Format(time.RFC3339),
		LocalEarliest: localTime(win.From.At, loc), LocalLatest: localTime(win.To.At, loc),
		From: newSunLine("position", where, win.From, loc), To: newSunLine("position", where, win.To, loc),
	}
}

// claimLine is what a file says of itself in JSON, as far as it was taken.
type claimLine struct {
	Kind  string         `json:"kind"` // claim
	Path  string         `json:"path"`
	Place *extract.Place `json:"place"` // null where a person gave it
	Time  *extract.Time  `json:"time"`
}

// namedLine is a place that was given by its name in JSON.
type namedLine struct {
	Kind      string  `json:"kind"` // place
	Name      string  `json:"name"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	RadiusM   float64 `json:"radius_m"`
}

// skyLine is an interval in JSON.
type skyLine struct {
	Kind     string      `json:"kind"` // interval
	Lights   []sun.Light `json:"lights"`
	Earliest string      `json:"earliest"`
	Latest   string      `json:"latest"`
	Lowest   float64     `json:"lowest_degrees"`
	Highest  float64     `json:"highest_degrees"`
}

func newSkyLine(sky sun.Sky) skyLine {
	return skyLine{
		Kind: "interval", Lights: sky.Lights(),
		Earliest: sky.From.Format(time.RFC3339), Latest: sky.To.Format(time.RFC3339),
		Lowest: decimals(sky.Lowest), Highest: decimals(sky.Highest),
	}
}

// lightLine is the check of a light in JSON: the interval, and what the
// picture shows.
type lightLine struct {
	skyLine
	Shows   string           `json:"shows"`
	Fits    bool             `json:"fits"`
	Finding *extract.Finding `json:"finding"`
}

// localTime is a moment on the clocks of a zone, nil where none but UTC is
// stated.
func localTime(at time.Time, loc *time.Location) *string {
	if loc == time.UTC {
		return nil
	}
	text := at.In(loc).Format(time.RFC3339)
	return &text
}

// decimals leaves off digits that mean nothing.
func decimals(v float64) float64 { return math.Round(v*1e4) / 1e4 }
