package sun

import (
	"strings"
	"testing"
	"time"
)

// The tables of the U.S. Naval Observatory (Astronomical Applications
// Department, "Rise/Set/Transit/Twilight"), in UTC: month-day, rise and set of
// the sun's upper edge, or begin and end of civil twilight. "day" is a day on
// which it does not set, "night" one on which it does not rise.
const (
	anchorage2020 = `01-05 19:11 00:57|01-15 18:57 01:19|01-25 18:37 01:44|02-05 18:10 02:15|02-15 17:43 02:43|02-25 17:13 03:10|
03-05 16:46 03:35|03-15 16:14 04:01|03-25 15:43 04:27|04-05 15:08 04:55|04-15 14:37 05:21|04-25 14:06 05:48|
05-05 13:37 06:14|05-15 13:10 06:41|05-25 12:48 07:05|06-05 12:29 07:27|06-15 12:21 07:40|06-25 12:22 07:42|
07-05 12:34 07:35|07-15 12:53 07:19|07-25 13:16 06:57|08-05 13:44 06:28|08-15 14:10 05:59|08-25 14:35 05:29|
09-05 15:03 04:54|09-15 15:28 04:22|09-25 15:53 03:51|10-05 16:18 03:19|10-15 16:44 02:48|10-25 17:10 02:18|
11-05 17:40 01:48|11-15 18:07 01:22|11-25 18:33 01:02|12-05 18:55 00:47|12-15 19:10 00:40|12-25 19:15 00:44`
	singapore2020 = `01-05 23:09 11:11|02-15 23:17 11:21|03-25 23:07 11:14|05-05 22:56 11:06|06-15 23:00 11:11|07-25 23:06 11:17|
09-05 22:59 11:07|10-15 22:48 10:53|11-25 22:50 10:53|12-25 23:04 11:06`
	brasiliaCivil2023 = `01-05 08:22 22:11|02-15 08:45 22:06|03-25 08:55 21:40|05-05 09:01 21:15|06-15 09:13 21:11|07-25 09:15 21:21|
09-05 08:53 21:28|10-15 08:22 21:32|11-25 08:07 21:50|12-25 08:16 22:07`
	longyearbyen2020 = `01-05 night|02-15 night|02-25 08:11 14:13|03-05 06:48 15:33|03-15 05:27 16:49|03-25 04:09 18:02|
04-05 02:35 19:32|04-15 00:38 21:33|04-25 day|06-15 day|08-15 day|09-05 02:19 19:26|09-15 03:40 18:00|
09-25 04:53 16:42|10-05 06:06 15:23|10-15 07:29 13:54|10-25 09:50 11:31|11-05 night|12-25 night`
)

func TestNavalObservatory(t *testing.T) {
	for _, table := range []struct {
		name     string
		place    Place
		year     string
		up, down EventKind
		rows     string
		off      time.Duration // the tables are rounded to minutes
	}{
		{"Anchorage", Place{61.216667, -149.866667}, "2020", Sunrise, Sunset, anchorage2020, 40 * time.Second},
		{"Singapore", Place{1.283333, 103.833333}, "2020", Sunrise, Sunset, singapore2020, 40 * time.Second},
		{"Brasília, civil twilight", Place{-15.8, -47.85}, "2023", CivilDawn, CivilDusk, brasiliaCivil2023, 40 * time.Second},
		// North of 72° NOAA promises ten minutes.
		{"Longyearbyen", Place{78.216667, 15.633333}, "2020", Sunrise, Sunset, longyearbyen2020, 2 * time.Minute},
	} {
		for row := range strings.SplitSeq(table.rows, "|") {
			f := strings.Fields(row)
			day := utc(t, table.year+"-"+f[0]+"T00:00:00Z")
			events, err := Events(table.place, day, day.Add(24*time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			if len(f) == 2 {
				if light := At(table.place, day).Light(); has(events, table.up) || (light == Day) != (f[1] == "day") {
					t.Errorf("%s %s: %v, want all %s", table.name, f[0], events, f[1])
				}
				continue
			}
			for i, kind := range []EventKind{table.up, table.down} {
				want := utc(t, table.year+"-"+f[0]+"T"+f[i+1]+":00Z")
				if !near(events, kind, want, table.off) {
					t.Errorf("%s %s %s: want %s, got %v", table.name, f[0], kind, f[i+1], events)
				}
			}
		}
	}
}

// TestHorizons compares with JPL Horizons (https://ssd.jpl.nasa.gov/horizons/),
// which gives the times of an elevation to the millisecond, among them days on
// which the sun rises twice, does not rise, or does not cross the meridian.
func TestHorizons(t *testing.T) {
	longyearbyen, vienna, equator := Place{78.216667, 15.633333}, Place{48.21, 16.37}, Place{0, 179.9}
	for _, row := range []struct {
		place Place
		kind  EventKind
		at    string
		off   time.Duration // near the poles the sun's height changes slowly
	}{
		{vienna, AstronomicalDawn, "2024-03-20T03:11:26Z", 5 * time.Second},
		{vienna, NauticalDawn, "2024-03-20T03:49:10Z", 5 * time.Second},
		{vienna, CivilDawn, "2024-03-20T04:25:44Z", 5 * time.Second},
		{vienna, Sunrise, "2024-03-20T04:56:48Z", 5 * time.Second},
		{vienna, SolarNoon, "2024-03-20T11:01:50Z", 5 * time.Second},
		{vienna, Sunset, "2024-03-20T17:07:47Z", 5 * time.Second},
		{vienna, CivilDusk, "2024-03-20T17:38:56Z", 5 * time.Second},
		{vienna, NauticalDusk, "2024-03-20T18:15:38Z", 5 * time.Second},
		{vienna, AstronomicalDusk, "2024-03-20T18:53:33Z", 5 * time.Second},
		{Place{39.742476, -105.1786}, Sunset, "2003-10-17T00:20:18Z", 5 * time.Second},
		{Place{-36.84, 174.74}, AstronomicalDawn, "2024-12-21T15:06:33Z", 8 * time.Second},
		{equator, SolarNoon, "2020-04-16T00:00:13Z", 5 * time.Second},
		{equator, SolarNoon, "2020-04-16T23:59:59Z", 5 * time.Second},
		{longyearbyen, Sunrise, "2020-02-16T10:31:29Z", 3 * time.Minute}, // an hour and a half of sun after the polar night
		{longyearbyen, Sunset, "2020-02-16T11:53:50Z", 3 * time.Minute},
		{longyearbyen, Sunrise, "2020-04-16T00:19:45Z", time.Minute}, // it rises twice on one day
		{longyearbyen, Sunrise, "2020-04-16T23:56:57Z", time.Minute},
		{longyearbyen, Sunset, "2020-08-25T21:45:08Z", time.Minute},
		{Place{90, 0}, Sunrise, "2024-03-18T00:39:48Z", time.Hour}, // 0.4° in a day
	} {
		at := utc(t, row.at)
		day := at.Truncate(24 * time.Hour)
		events, err := Events(row.place, day, day.Add(24*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if !near(events, row.kind, at, row.off) {
			t.Errorf("%v: no %s within %s of %s in %v", row.place, row.kind, row.off, row.at, events)
		}
	}
	day := utc(t, "2020-08-25T00:00:00Z")
	if events, _ := Events(longyearbyen, day, day.Add(24*time.Hour)); has(events, Sunrise) || has(events, CivilDusk) {
		t.Errorf("Longyearbyen, 25 August 2020: %v", events)
	}
	day = utc(t, "2020-06-10T00:00:00Z")
	if events, _ := Events(equator, day, day.Add(24*time.Hour)); has(events, SolarNoon) {
		t.Errorf("the meridian was crossed a minute before and after, got %v", events)
	}
}

func TestEventsRefuseWhatCannotBeSearched(t *testing.T) {
	from := utc(t, "2022-03-01T00:00:00Z")
	for name, call := range map[string]func() ([]Event, error){
		"no place":  func() ([]Event, error) { return Events(Place{99, 0}, from, from) },
		"backwards": func() ([]Event, error) { return Events(Place{}, from, from.Add(-time.Second)) },
		"too long":  func() ([]Event, error) { return Events(Place{}, from, from.AddDate(2, 0, 0)) },
		"too early": func() ([]Event, error) { return Events(Place{}, from.AddDate(-300, 0, 0), from) },
	} {
		if _, err := call(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := Events(Place{50, 30}, from, from.AddDate(1, 0, 0)); err != nil {
		t.Errorf("a year: %v", err)
	}
}

func has(events []Event, kind EventKind) bool {
	for _, e := range events {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

func near(events []Event, kind EventKind, at time.Time, off time.Duration) bool {
	for _, e := range events {
		if e.Kind == kind && e.At.Sub(at).Abs() <= off {
			return true
		}
	}
	return false
}
