package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/sun"
)

// fullMoment is a moment on the clock that it was stated for, and in UTC.
func fullMoment(m moment) string {
	layout := "15:04"
	if m.width < time.Minute {
		layout = "15:04:05"
	}
	text := m.at.Format("2 January 2006, "+layout) + " " + offsetAt(m.at)
	if _, seconds := m.at.Zone(); seconds != 0 {
		utc := m.at.UTC()
		if utc.Day() != m.at.Day() {
			layout = "2 January, " + layout
		}
		text += " (" + utc.Format(layout) + " UTC)"
	}
	return text
}

// offsetAt is the offset of a moment's own zone, UTC for none.
func offsetAt(at time.Time) string {
	_, seconds := at.Zone()
	if minutes := seconds / 60; minutes != 0 {
		return utcOffset(&minutes)
	}
	return "UTC"
}

// zoneName is the name of a zone, or the offset where it has none.
func zoneName(loc *time.Location) string {
	if name := loc.String(); name != "" {
		return name
	}
	return offsetAt(time.Unix(0, 0).In(loc))
}

func heightInWords(p sun.Position) string {
	if p.Elevation < 0 {
		return fmt.Sprintf("%.1f° below the horizon", -p.Elevation)
	}
	return fmt.Sprintf("%.1f° above the horizon", p.Elevation)
}

var winds = [...]string{"north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"}

// direction is an azimuth in words, with its degrees.
func direction(azimuth float64) string {
	return fmt.Sprintf("%s (%.1f°)", winds[int(math.Round(azimuth/45))%len(winds)], azimuth)
}

func shadowInWords(p sun.Position) string {
	s, ok := p.Shadow()
	if !ok {
		return "None that can be measured"
	}
	return fmt.Sprintf("Points %s, %.2f times as long as what casts it is high", direction(s.Azimuth), s.Ratio)
}

var eventWords = map[sun.EventKind]string{
	sun.AstronomicalDawn: "astronomical twilight begins", sun.NauticalDawn: "nautical twilight begins",
	sun.CivilDawn: "civil twilight begins", sun.Sunrise: "sunrise", sun.SolarNoon: "the sun crosses the meridian",
	sun.Sunset: "sunset", sun.CivilDusk: "civil twilight ends", sun.NauticalDusk: "nautical twilight ends",
	sun.AstronomicalDusk: "astronomical twilight ends",
}

func eventInWords(e sun.Event) string {
	text := eventWords[e.Kind]
	switch e.Kind {
	case sun.Sunrise, sun.Sunset:
		text += ", in the " + direction(e.Azimuth)
	case sun.SolarNoon:
		text += ", " + heightInWords(e.Position) + ", in the " + direction(e.Azimuth)
	}
	return text
}

// measuredInWords is what a person measured, with what the tolerance allows.
func measuredInWords(m sun.Measured) string {
	var parts []string
	if m.Azimuth != nil {
		parts = append(parts, fmt.Sprintf("points to %s° ± %s°", number(*m.Azimuth), number(m.AzimuthTolerance)))
	}
	if m.Ratio != nil {
		shortest, longest := m.Ratios()
		parts = append(parts, fmt.Sprintf("is %s times as long as what casts it is high (%.2f to %.2f for ± %s° of the sun's height)",
			number(*m.Ratio), shortest, longest, number(m.ElevationTolerance)))
	}
	return "A shadow that " + strings.Join(parts, " and ")
}

func number(v float64) string { return fmt.Sprintf("%.4g", v) }

// comparedShadow says how far a measured shadow is from that of a position.
func comparedShadow(m sun.Measured, where sun.Place, p sun.Position) string {
	if _, ok := p.Shadow(); !ok {
		return "Does not fit: the sun is too low for a shadow"
	}
	var parts []string
	off, high := m.Off(p)
	if m.Azimuth != nil {
		parts = append(parts, fmt.Sprintf("%.1f° off in direction", off))
	}
	if m.Ratio != nil {
		parts = append(parts, fmt.Sprintf("%.1f° off in the sun's height", high))
	}
	verdict := "Fits: "
	if !m.Fits(where, p.At) {
		verdict = "Does not fit: "
	}
	return verdict + strings.Join(parts, " and ")
}

// windowInWords says when a shadow can have fallen, to the minute outwards.
func windowInWords(win sun.Window, loc *time.Location) string {
	from, to := win.From.At.Truncate(time.Minute).In(loc), win.To.At.Add(time.Minute-1).Truncate(time.Minute).In(loc)
	end := to.Format("15:04")
	if to.YearDay() != from.YearDay() {
		end = to.Format("2 January, 15:04")
	}
	return fmt.Sprintf("%s to %s %s: sun %.0f° to %.0f° high, shadow to %.0f° to %.0f°",
		from.Format("2 January 2006, 15:04"), end, offsetAt(to), win.From.Elevation, win.To.Elevation,
		opposite(win.From.Azimuth), opposite(win.To.Azimuth))
}

func opposite(azimuth float64) float64 { return math.Mod(azimuth+180, 360) }

func lightsInWords(lights []sun.Light) string {
	words := make([]string, len(lights))
	for i, l := range lights {
		words[i] = string(l)
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
	}
	return strings.Join(words, "")
}
