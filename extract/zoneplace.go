package extract

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the rules of the zones, where the machine has none

	"github.com/zsefvlol/timezonemapper"

	"github.com/firsthand-media/firsthand/extract/source"
)

// inferredPrefix begins the field of a time that was worked out here and
// stands nowhere in the file.
const inferredPrefix = "Derived:"

// IsInferred says that t rests on an assumption that nothing in the file
// states: that the camera's clock showed the civil time of the position. Such
// a time is for a person to weigh; it is never the best one and bounds nothing.
func (t Time) IsInferred() bool { return strings.HasPrefix(t.Field, inferredPrefix) }

// maxSunGap is how far civil time lies from that of the sun anywhere on land:
// three hours in the west of Alaska and of China, and something over.
const maxSunGap = 3*time.Hour + 30*time.Minute

// civilZone gives the time zone of a position by the polygons of
// timezonemapper, whose borders are those of 2019 and simplified: within some
// kilometres of a border, and where borders moved since, it can be the
// neighbour's. At sea it gives that of a coast; one that is too far off for the
// sun is not taken.
func civilZone(lat, lon float64) (*time.Location, bool) {
	name := timezonemapper.LatLngToTimezoneString(lat, lon)
	if !strings.Contains(name, "/") {
		return nil, false
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, false
	}
	_, seconds := date(2020, time.January, 1).In(loc).Zone()
	gap := time.Duration(seconds)*time.Second - time.Duration(lon*float64(4*time.Minute))
	return loc, (gap - gap.Round(24*time.Hour)).Abs() <= maxSunGap
}

// secondClock are zones whose people live by two clocks, and the other one,
// minutes east of UTC: in Xinjiang that of Beijing.
var secondClock = map[string]int{"Asia/Urumqi": 8 * 60, "Asia/Kashgar": 8 * 60}

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

// placeZone sets the camera's clock beside the civil time at the position of
// the same picture. A clock without a zone gives one more time, marked as
// inferred; a zone that is stated or derived and more than an hour off is a
// finding. An hour is left for daylight saving and for borders that moved.
func placeZone(ts []Time, place *Place, f *findings) []Time {
	clock := cameraClock(ts)
	if clock < 0 || place == nil || place.Kind != PlaceEXIF {
		return ts
	}
	loc, ok := civilZone(*place.Latitude, *place.Longitude)
	if !ok {
		return ts
	}
	t := ts[clock]
	r, ok := t.reading()
	if !ok {
		return ts
	}
	if t.OffsetMinutes != nil {
		checkPlaceZone(t, r, loc, f)
		return ts
	}
	in := WithZone(t, loc)
	if other, ok := secondClock[loc.String()]; ok {
		in.OffsetMinutes = nil
		in.Earliest, in.Latest = earlier(in.Earliest, r.wall.Add(-minutes(other))), later(in.Latest, r.wall.Add(r.width()-minutes(other)))
	}
	in.Trust = TrustDerived
	in.Raw = fmt.Sprintf("%s, if the clock showed the civil time of %s", t.Raw, loc)
	in.Field = inferredPrefix + strings.TrimPrefix(t.Field, "EXIF:") + "+GPSPosition"
	return append(ts, in)
}

// checkPlaceZone reports a zone that no rule at the position comes near.
func checkPlaceZone(t Time, r reading, loc *time.Location, f *findings) {
	stated := minutes(*t.OffsetMinutes)
	civil := localOffsets(r.wall, loc)
	near := func(off time.Duration) bool { return (off - stated).Abs() <= time.Hour }
	if other, ok := secondClock[loc.String()]; ok {
		civil = append(civil, minutes(other))
	}
	if slices.ContainsFunc(civil, near) {
		return
	}
	f.add("zone-disagrees-with-place", source.Info, t.Field, "%s has the zone %s, and at the position %s was in force (%s, by borders of 2019)",
		t.Field, offsetText(*t.OffsetMinutes), offsetText(int(civil[0]/time.Minute)), loc)
}
