package sun

import (
	"slices"
	"testing"
	"time"
)

// An instant is the same on every clock.
func TestZoneOfAnInstantDoesNotMatter(t *testing.T) {
	kharkiv, at := Place{49.99, 36.23}, utc(t, "2022-03-11T10:00:00Z")
	local := at.In(time.FixedZone("", 2*3600))
	if a, b := At(kharkiv, at), At(kharkiv, local); a.Azimuth != b.Azimuth || a.Elevation != b.Elevation {
		t.Errorf("at noon in UTC %v, and on a clock of Kharkiv %v", a, b)
	}
}

// A measurement that holds during all of the time that is asked for has one
// window: all of it.
func TestWindowOfAllTheTime(t *testing.T) {
	kharkiv, from := Place{49.99, 36.23}, utc(t, "2022-03-11T10:00:00Z")
	shadow, _ := At(kharkiv, from).Shadow()
	m := Measured{Azimuth: &shadow.Azimuth, AzimuthTolerance: 5, ElevationTolerance: 5}
	to := from.Add(2 * time.Minute)
	if got, err := m.Windows(kharkiv, from, to); err != nil || len(got) != 1 || !got[0].From.At.Equal(from) || !got[0].To.At.Equal(to) {
		t.Errorf("windows %v, %v", got, err)
	}
}

// What the sun did during a few minutes goes to their end: it has set by then.
func TestOverLooksAtTheEnd(t *testing.T) {
	kharkiv, from := Place{49.99, 36.23}, utc(t, "2022-03-11T15:15:00Z")
	for _, to := range []time.Time{from.Add(4 * time.Minute), from.Add(7 * time.Minute)} {
		s, err := Over(kharkiv, 0, from, to)
		if want := At(kharkiv, to).TrueElevation; err != nil || s.Lowest != want || s.Highest != At(kharkiv, from).TrueElevation {
			t.Errorf("to %s: from %v down to %v, want %v, %v", to, s.Highest, s.Lowest, want, err)
		}
	}
}

// Events are told as they follow on one another.
func TestEventsInOrder(t *testing.T) {
	list, err := Events(Place{49.99, 36.23}, utc(t, "2022-03-11T00:00:00Z"), utc(t, "2022-03-14T00:00:00Z"))
	if err != nil || len(list) != 27 || !slices.IsSortedFunc(list, func(a, b Event) int { return a.At.Compare(b.At) }) {
		t.Errorf("%d events %v, %v", len(list), list, err)
	}
}
