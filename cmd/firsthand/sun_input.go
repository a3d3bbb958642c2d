package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/sun"
)

// coordinate is one of the two numbers of a position: degrees with a fraction,
// or degrees, minutes and seconds, with or without the letter of its side.
const coordinate = `([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*["″”]\s*)?([NSEWnsew])?`

var positionForm = regexp.MustCompile(`^\s*` + coordinate + `(?:\s*[,;]\s*|\s+)` + coordinate + `\s*$`)

// parsePlace reads a position as people write it, latitude first.
func parsePlace(text string) (sun.Place, error) {
	m := positionForm.FindStringSubmatch(strings.ReplaceAll(text, "−", "-"))
	if m == nil {
		return sun.Place{}, withHint(usagef("%q is no position", text), "give latitude and longitude in degrees, as 49.99,36.23")
	}
	lat, ok1 := parseCoordinate(m[1:5], "N", "S")
	lon, ok2 := parseCoordinate(m[5:9], "E", "W")
	if !ok1 || !ok2 {
		return sun.Place{}, withHint(usagef("%q is no position", text), "the latitude comes first; a side is a sign or a letter, not both")
	}
	p := sun.Place{Latitude: lat, Longitude: lon}
	if err := p.Check(); err != nil {
		return sun.Place{}, usageError{err}
	}
	return p, nil
}

// parseCoordinate reads degrees, minutes, seconds and side.
func parseCoordinate(f []string, positive, negative string) (float64, bool) {
	v, _ := strconv.ParseFloat(strings.TrimLeft(f[0], "+-"), 64) // the form lets numbers through alone
	signed := strings.ContainsAny(f[0], "+-")
	if f[1] == "" && f[2] != "" {
		return 0, false // seconds without minutes
	}
	for i, share := range []float64{60, 3600} {
		if f[i+1] == "" {
			continue
		}
		part, _ := strconv.ParseFloat(f[i+1], 64)
		if part >= 60 || strings.Contains(f[i], ".") { // a fraction belongs to the last of them
			return 0, false
		}
		v += part / share
	}
	switch side := strings.ToUpper(f[3]); {
	case side != "" && (signed || side != positive && side != negative):
		return 0, false
	case side == negative || strings.HasPrefix(f[0], "-"):
		return -v, true
	}
	return v, true
}

// moment is an instant, with how long the stated unit lasts.
type moment struct {
	at    time.Time // in the zone in which it was stated
	width time.Duration
}

// The forms of a moment: the day, then the time of day, then a zone or none.
var (
	timeForms = []struct {
		layout string
		width  time.Duration
	}{{"15:04:05", time.Second}, {"15:04", time.Minute}}
	zoneForms = []string{"Z07:00", " Z07:00", "Z0700", " Z0700", "Z07", " Z07", " UTC"}
)

// parseMoment reads a moment. One that states no zone is a reading of a clock
// in loc; where that clock was set back it stands for two moments.
func parseMoment(text string, loc *time.Location) ([]moment, error) {
	text = strings.TrimSpace(text)
	if day, clock, ok := strings.Cut(text, "T"); ok && len(day) == len(time.DateOnly) {
		text = day + " " + clock
	}
	for _, tf := range timeForms {
		layout := time.DateOnly + " " + tf.layout
		for _, zf := range zoneForms {
			if at, err := time.Parse(layout+zf, text); err == nil {
				return []moment{{at, tf.width}}, nil
			}
		}
		wall, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if loc == nil {
			return nil, withHint(usagef("the time %q states no zone", text),
				"add it, as %s+02:00 or UTC, or name it with --zone, as Europe/Kyiv", strings.Replace(text, " ", "T", 1))
		}
		found := readings(wall, tf.width, loc)
		if len(found) == 0 {
			return nil, withHint(usagef("the clocks of %s were set forward and never showed %s", loc, text), "correct the time, or state its zone as an offset")
		}
		return found, nil
	}
	return nil, withHint(usagef("%q is no time", text), "give one as 2022-03-11T10:30+02:00 or 2022-03-11T10:30:00Z")
}

// readings gives the moments at which the clocks of loc showed a time: one as
// a rule, two in the hour that comes twice, none in the one that is skipped.
func readings(wall time.Time, width time.Duration, loc *time.Location) []moment {
	var out []moment
	for _, about := range []time.Duration{-26 * time.Hour, 26 * time.Hour} { // before and after any change of that day
		_, seconds := wall.Add(about).In(loc).Zone()
		at := wall.Add(-time.Duration(seconds) * time.Second).In(loc)
		if at.Format(time.DateTime) == wall.Format(time.DateTime) && (len(out) == 0 || !out[0].at.Equal(at)) {
			out = append(out, moment{at, width})
		}
	}
	return out
}

// parseDays reads a day or a stretch of days of loc, or of UTC, and gives the
// first moment of the first day and of the day after the last one.
func parseDays(first, last string, loc *time.Location) (from, to time.Time, err error) {
	if last == "" {
		last = first
	}
	if loc == nil {
		loc = time.UTC
	}
	var days [2]time.Time
	for i, text := range []string{first, last} {
		if days[i], err = time.Parse(time.DateOnly, text); err != nil {
			return from, to, withHint(usagef("%q is no date", text), "give one as 2022-03-11")
		}
	}
	if days[1].Before(days[0]) {
		return from, to, usagef("--until %s is before --date %s", last, first)
	}
	if days[1].Sub(days[0]) >= sun.MostDays*24*time.Hour {
		return from, to, usagef("%s to %s is more than %d days", first, last, sun.MostDays)
	}
	return dayBegin(days[0], loc), dayBegin(days[1].AddDate(0, 0, 1), loc), nil
}

// dayBegin is the first moment of a day in loc, which is not midnight where
// the clock was changed then.
func dayBegin(day time.Time, loc *time.Location) time.Time {
	y, m, d := day.Date()
	at := time.Date(y, m, d, 0, 0, 0, 0, loc)
	if at.Day() != d { // midnight was skipped, and this is an hour before the change
		_, at = at.ZoneBounds()
	}
	if before := at.Add(-time.Hour); before.Day() == d { // midnight came twice
		return before
	}
	return at
}
