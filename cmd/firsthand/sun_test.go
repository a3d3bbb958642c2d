package main

import (
	"math"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/firsthand-media/firsthand/verify/sun"
)

func TestParsePlace(t *testing.T) {
	for text, want := range map[string]sun.Place{
		"49.99,36.23":              {Latitude: 49.99, Longitude: 36.23},
		" -36.8 ; 174.75 ":         {Latitude: -36.8, Longitude: 174.75},
		"49.9900° N 36.2300° E":    {Latitude: 49.99, Longitude: 36.23}, // as reports write it
		"33.5S, 70.6w":             {Latitude: -33.5, Longitude: -70.6},
		`49°59'24"N 36°13'48"E`:    {Latitude: 49.99, Longitude: 36.23},
		"49° 59.4′ S 36° 13.8′ W":  {Latitude: -49.99, Longitude: -36.23},
		"−0.5 −0.25":               {Latitude: -0.5, Longitude: -0.25},
		`0° 30' 0" S, 0° 15' 0" W`: {Latitude: -0.5, Longitude: -0.25},
		"-0° 30', 10":              {Latitude: -0.5, Longitude: 10},
	} {
		got, err := parsePlace(text)
		if err != nil || math.Abs(got.Latitude-want.Latitude) > 1e-9 || math.Abs(got.Longitude-want.Longitude) > 1e-9 {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "49.99", "49,99 36,23", "91,0", "0,181", "36.23E 49.99N", "-49.99S 36E", "49.5°30'N 36E", `49°70'N 36E`, `49°30"N 36E`,
		"Kharkiv", "NaN,NaN", "49.99,36.23,12", "1e3,2",
	} {
		if got, err := parsePlace(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestParseMoment(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		text string
		loc  *time.Location
		want []string // in UTC
	}{
		{"2022-03-11T10:30+02:00", nil, []string{"2022-03-11T08:30:00Z"}},
		{"2022-03-11T10:30:15Z", kyiv, []string{"2022-03-11T10:30:15Z"}}, // what it states goes before --zone
		{"2022-03-11 10:30 UTC", nil, []string{"2022-03-11T10:30:00Z"}},
		{"2022-03-11 10:30:15 +0530", nil, []string{"2022-03-11T05:00:15Z"}},
		{"2022-03-11T10:30", kyiv, []string{"2022-03-11T08:30:00Z"}},
		{"2022-07-11T10:30", kyiv, []string{"2022-07-11T07:30:00Z"}},
		{"2022-10-30T03:30", kyiv, []string{"2022-10-30T00:30:00Z", "2022-10-30T01:30:00Z"}}, // the clock was set back
		{"2022-10-30T04:00", kyiv, []string{"2022-10-30T02:00:00Z"}},
	} {
		got, err := parseMoment(row.text, row.loc)
		if err != nil || len(got) != len(row.want) {
			t.Errorf("%q: %v %v, want %v", row.text, got, err, row.want)
			continue
		}
		for i, m := range got {
			if text := m.at.UTC().Format(time.RFC3339); text != row.want[i] {
				t.Errorf("%q: %s, want %s", row.text, text, row.want[i])
			}
		}
	}
	for _, row := range []struct {
		text string
		loc  *time.Location
	}{
		{"2022-03-11T10:30", nil},  // no zone is made up
		{"2022-03-27T03:30", kyiv}, // the clock was set forward
		{"2022-03-11", kyiv}, {"11/03/2022 10:30", kyiv}, {"2022-02-30T10:30Z", nil}, {"2022-03-11T24:30Z", nil}, {"", nil},
	} {
		if got, err := parseMoment(row.text, row.loc); err == nil {
			t.Errorf("%q is taken for %v", row.text, got)
		}
	}
}

// TestParseDays: a day goes from one midnight of its zone to the next, and is
// not always 24 hours long.
func TestParseDays(t *testing.T) {
	for _, row := range []struct {
		zone, first, last string
		from              string // in UTC
		hours             float64
	}{
		{"", "2022-03-11", "", "2022-03-11T00:00:00Z", 24},
		{"Europe/Kyiv", "2022-03-11", "", "2022-03-10T22:00:00Z", 24},
		{"Europe/Kyiv", "2022-03-27", "", "2022-03-26T22:00:00Z", 23},
		{"Europe/Kyiv", "2022-10-30", "2022-10-31", "2022-10-29T21:00:00Z", 49},
		{"Asia/Beirut", "2022-03-27", "", "2022-03-26T22:00:00Z", 23},    // there is no midnight
		{"America/Havana", "2022-11-06", "", "2022-11-06T04:00:00Z", 25}, // there are two
	} {
		var loc *time.Location
		if row.zone != "" {
			var err error
			if loc, err = time.LoadLocation(row.zone); err != nil {
				t.Fatal(err)
			}
		}
		from, to, err := parseDays(row.first, row.last, loc)
		if err != nil || from.UTC().Format(time.RFC3339) != row.from || to.Sub(from).Hours() != row.hours {
			t.Errorf("%+v: %s, %v hours, %v", row, from.UTC(), to.Sub(from).Hours(), err)
		}
	}
	for _, row := range [][2]string{{"11.03.2022", ""}, {"2022-03-11", "2022-03-10"}, {"2022-03-11", "2024-03-11"}, {"2022-02-30", ""}} {
		if _, _, err := parseDays(row[0], row[1], nil); err == nil {
			t.Errorf("%v is taken for days", row)
		}
	}
}

// FuzzSunInput: whatever a person types is a place on earth and a moment, or
// refused.
func FuzzSunInput(f *testing.F) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"49.99,36.23", `49°59'24"N 36°13'48"E`, "2022-10-30T03:30", "2022-03-11T10:30:15.5+02:00", "2022-03-27"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := parsePlace(text); err == nil {
			if err := p.Check(); err != nil {
				t.Errorf("%q: %v", text, err)
			}
			if again, err := parsePlace(report.Position(p.Latitude, p.Longitude, 0)); err != nil || math.Abs(again.Latitude-p.Latitude) > 1e-4 || math.Abs(again.Longitude-p.Longitude) > 1e-4 {
				t.Errorf("%q is %v, written and read again %v %v", text, p, again, err)
			}
		}
		if found, err := parseMoment(text, kyiv); err == nil && (len(found) == 0 || len(found) > 2) {
			t.Errorf("%q is %v", text, found)
		}
		if from, to, err := parseDays(text, text, kyiv); err == nil && to.Before(from) {
			t.Errorf("%q ends before it begins", text)
		}
	})
}
