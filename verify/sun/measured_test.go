package sun

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// TestWindowsFindTheMoment measures the shadow of a known moment and asks for
// the time: the answer must hold it, with a measurement that is off by nearly
// the tolerance too, and every moment of a window must fit.
func TestWindowsFindTheMoment(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	start := utc(t, "1990-01-01T00:00:00Z")
	tried := 0
	for tried < 300 {
		place := Place{r.Float64()*150 - 75, r.Float64()*360 - 180}
		at := start.Add(time.Duration(r.Int64N(40*365*24*3600)) * time.Second)
		shadow, falls := At(place, at).Shadow()
		if !falls || shadow.Ratio > mostRatio {
			continue
		}
		tried++
		const tolerance = 2.0
		azimuth := turned(shadow.Azimuth + (r.Float64()*2-1)*0.99*tolerance)
		e := At(place, at).Elevation + (r.Float64()*2-1)*0.99*tolerance
		length := 1 / math.Tan(radians(min(90, max(0.6, e))))
		day := at.Truncate(24 * time.Hour)
		for name, m := range map[string]Measured{
			"direction": {Azimuth: &azimuth}, "length": {Ratio: &length}, "both": {Azimuth: &azimuth, Ratio: &length},
		} {
			m.AzimuthTolerance, m.ElevationTolerance = tolerance, tolerance
			windows, err := m.Windows(place, day, day.Add(24*time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, w := range windows {
				found = found || !at.Before(w.From.At) && !at.After(w.To.At)
				middle := w.From.At.Add(w.To.At.Sub(w.From.At) / 2)
				if w.To.At.Before(w.From.At) || !m.Fits(place, middle) {
					t.Errorf("%v, %s %v: the window %s to %s does not hold", place, name, m, w.From.At, w.To.At)
				}
			}
			if !found {
				t.Errorf("%v, %s: %s is in none of %v", place, name, at.Format(time.RFC3339), windows)
			}
		}
	}
}

// TestWindowsMissNothing compares with looking at every ten seconds, on the
// equator too, where the sun turns from east to west within a minute.
func TestWindowsMissNothing(t *testing.T) {
	ptr := func(v float64) *float64 { return &v }
	for name, row := range map[string]struct {
		place Place
		day   string
		m     Measured
	}{
		"by direction":         {Place{49.99, 36.23}, "2022-03-11", Measured{Azimuth: ptr(10)}},
		"by length":            {Place{49.99, 36.23}, "2022-03-11", Measured{Ratio: ptr(2)}},
		"under the sun":        {Place{0.2, 32.5}, "2022-03-20", Measured{Azimuth: ptr(0)}},
		"across the zenith":    {Place{0.2, 32.5}, "2022-03-20", Measured{Azimuth: ptr(90)}},
		"no such shadow":       {Place{49.99, 36.23}, "2022-12-21", Measured{Ratio: ptr(0.5)}},
		"midnight sun":         {Place{78.2, 15.6}, "2020-06-21", Measured{Azimuth: ptr(180)}},
		"south of the equator": {Place{-36.8, 174.7}, "2024-12-21", Measured{Azimuth: ptr(254), Ratio: ptr(0.6)}},
	} {
		row.m.AzimuthTolerance, row.m.ElevationTolerance = 4, 4
		from := utc(t, row.day+"T00:00:00Z")
		windows, err := row.m.Windows(row.place, from, from.Add(24*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		inside := func(at time.Time) bool {
			for _, w := range windows {
				if !at.Before(w.From.At) && !at.After(w.To.At) {
					return true
				}
			}
			return false
		}
		for _, w := range windows { // whole seconds, rounded outwards
			for _, end := range []Position{w.From, w.To} {
				if end.At.Nanosecond() != 0 || row.m.Fits(row.place, end.At) && end.At.After(from) && end.At.Before(from.Add(24*time.Hour)) {
					t.Errorf("%s: a window ends at %s, which fits still", name, end.At)
				}
			}
		}
		fitting := 0
		for s := range 24 * 360 {
			at := from.Add(time.Duration(s) * 10 * time.Second)
			fits := row.m.Fits(row.place, at)
			if fits {
				fitting++
			}
			if fits && !inside(at) {
				t.Fatalf("%s: %s fits and is in no window of %v", name, at, windows)
			}
			if !fits && inside(at.Add(-2*time.Second)) && inside(at.Add(2*time.Second)) {
				t.Fatalf("%s: %s does not fit and is in a window of %v", name, at, windows)
			}
		}
		if (name == "no such shadow") != (fitting == 0) {
			t.Errorf("%s: %d moments fit, windows %v", name, fitting, windows)
		}
	}
}

// TestTolerance: a wider tolerance gives a wider window around the same
// moment.
func TestTolerance(t *testing.T) {
	azimuth, day := 340.0, utc(t, "2022-03-11T00:00:00Z")
	var before time.Duration
	for _, tolerance := range []float64{0.5, 1, 3, 10} {
		m := Measured{Azimuth: &azimuth, AzimuthTolerance: tolerance, ElevationTolerance: tolerance}
		windows, err := m.Windows(Place{49.99, 36.23}, day, day.Add(24*time.Hour))
		if err != nil || len(windows) != 1 {
			t.Fatalf("%v %v", windows, err)
		}
		w := windows[0]
		if d := apart(w.From.Azimuth+180, azimuth); math.Abs(d-tolerance) > 0.02 {
			t.Errorf("tolerance %v°: the window begins %v° off", tolerance, d)
		}
		if width := w.To.At.Sub(w.From.At); width <= before {
			t.Errorf("tolerance %v° gives %s, a narrower one %s", tolerance, width, before)
		} else {
			before = width
		}
	}
}

// TestPlaceKnownToARadius: a window holds what anyone within the radius would
// measure.
func TestPlaceKnownToARadius(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	middle, day := Place{62.5, 36.23}, utc(t, "2022-06-11T00:00:00Z")
	const radius = 30_000.0
	for range 200 {
		// Somewhere inside the circle; a degree of longitude is shorter here.
		angle, off := r.Float64()*2*math.Pi, 0.99*radius/111_400*math.Sqrt(r.Float64())
		there := Place{middle.Latitude + off*math.Sin(angle), middle.Longitude + off*math.Cos(angle)/math.Cos(radians(middle.Latitude))}
		at := day.Add(time.Duration(5*3600+r.Int64N(9*3600)) * time.Second)
		shadow, _ := At(there, at).Shadow()
		m := Measured{Azimuth: &shadow.Azimuth, Ratio: &shadow.Ratio, AzimuthTolerance: 0.02, ElevationTolerance: 0.02, RadiusM: radius}
		windows, err := m.Windows(middle, day, day.Add(24*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, w := range windows {
			found = found || !at.Before(w.From.At) && !at.After(w.To.At)
		}
		if !found {
			t.Fatalf("measured at %v %s, which is in none of %v", there, at, windows)
		}
	}
}

func TestMeasuredRefusesNonsense(t *testing.T) {
	ptr := func(v float64) *float64 { return &v }
	for name, m := range map[string]Measured{
		"nothing measured": {AzimuthTolerance: 1, ElevationTolerance: 1},
		"direction":        {Azimuth: ptr(400), AzimuthTolerance: 1, ElevationTolerance: 1},
		"no number":        {Azimuth: ptr(math.NaN()), AzimuthTolerance: 1, ElevationTolerance: 1},
		"length":           {Ratio: ptr(-1), AzimuthTolerance: 1, ElevationTolerance: 1},
		"endless length":   {Ratio: ptr(math.Inf(1)), AzimuthTolerance: 1, ElevationTolerance: 1},
		"no tolerance":     {Ratio: ptr(1)},
		"all tolerance":    {Ratio: ptr(1), AzimuthTolerance: 1, ElevationTolerance: 200},
	} {
		if m.Check() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
