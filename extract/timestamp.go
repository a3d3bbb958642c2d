package extract

import (
	"strings"
	"time"
)

// The extremes of civil time, in minutes east of UTC: Baker Island and the
// Line Islands. A time without a zone is bounded by them.
const (
	minOffset = -12 * 60
	maxOffset = 14 * 60
)

// claim is what is known of a time besides the clock reading.
type claim struct {
	kind  TimeKind
	trust Trust
	field string
	raw   string
}

// at makes a Time of a reading in the zone that its text states, floating
// when it states none.
func (c claim) at(r reading) Time {
	zero := 0
	switch {
	case r.utc:
		return c.in(r, UTC, &zero)
	case r.offset != nil:
		return c.in(r, Offset, r.offset)
	}
	return c.in(r, Floating, nil)
}

// in makes a Time of a reading in a given zone.
func (c claim) in(r reading, zone Zone, offset *int) Time {
	t := Time{
		Kind: c.kind, Trust: c.trust, Field: c.field, Raw: c.raw,
		Local: Text(r.wall.Format(r.layout())), OffsetMinutes: offset, Zone: zone, Precision: r.precision,
	}
	t.Earliest, t.Latest = bounds(r.wall, r.width(), offset)
	if isDefaultClock(r) {
		t.Trust = TrustNone
	}
	return t
}

// instant makes a Time of a moment known in UTC by the definition of its
// field.
func (c claim) instant(moment time.Time, p Precision, digits int) Time {
	zero := 0
	return c.in(reading{wall: moment.UTC(), precision: p, digits: digits}, UTC, &zero)
}

func (r reading) layout() string {
	switch r.precision {
	case Day:
		return "2006-01-02"
	case Minute:
		return "2006-01-02T15:04"
	case Subsecond:
		return "2006-01-02T15:04:05." + strings.Repeat("0", max(r.digits, 1))
	}
	return "2006-01-02T15:04:05"
}

// width is how long the stated unit lasts.
func (r reading) width() time.Duration {
	switch r.precision {
	case Day:
		return 24 * time.Hour
	case Minute:
		return time.Minute
	case Subsecond:
		w := time.Second
		for range max(r.digits, 1) {
			w /= 10
		}
		return w
	}
	return time.Second
}

// bounds gives the instants between which a wall clock reading lies.
func bounds(wall time.Time, width time.Duration, offset *int) (earliest, latest time.Time) {
	lo, hi := maxOffset, minOffset
	if offset != nil {
		lo, hi = *offset, *offset
	}
	return wall.Add(-minutes(lo)), wall.Add(width - minutes(hi))
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// reading recovers the clock reading of a Time, so that a Time read back from
// a case can be worked with.
func (t Time) reading() (reading, bool) {
	r, state := parseDate(string(t.Local))
	return r, t.Local != "" && state == dateRead
}

// isDefaultClock says that a reading is where a clock stands that was never
// set: the epochs of Unix (in any zone) and of Macintosh, and the first minute
// of the years that cameras start from.
func isDefaultClock(r reading) bool {
	wall := r.wall
	switch y, m, d := wall.Date(); {
	case y == 1970 && m == time.January && d == 1, y == 1969 && m == time.December && d == 31 && wall.Hour() >= 12:
		return true
	case m != time.January || d != 1:
		return false
	case y == 1904 || y == 1980:
		return true
	case y == 2000:
		return r.precision != Day && wall.Hour() == 0 && wall.Minute() == 0
	}
	return false
}

// IsCapture says that t claims to be when the picture or recording was made:
// camera clocks, containers written by the recorder, names that cameras give.
// A digitised time counts, for on cameras it is the capture; on a scanner it
// is the time of the scan.
func (t Time) IsCapture() bool {
	if t.Trust == TrustNone || t.IsInferred() {
		return false
	}
	switch t.Kind {
	case Capture, Digitised, GPS, Container, OverlayTime, ShadowTime, StatedByHand:
		return true
	case FileName:
		return t.ReadFrom() == fieldCameraName || t.ReadFrom() == fieldPixelName
	}
	return false
}

// BoundsCapture says that what happened at t can only have happened after the
// capture, so that t.Latest is an upper bound of it and t.Earliest is none.
func (t Time) BoundsCapture() bool {
	return t.Trust != TrustNone && !t.IsInferred() && !t.IsCapture()
}
