package extract

import (
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// maxResidue is how far a camera's clock may be from the satellite time, after
// whole quarters of an hour, for the difference to be its zone; it is also how
// far both may be apart where the zone is stated.
const maxResidue = 5 * time.Minute

// cameraClock finds the reading of the camera's own clock in a list that names
// EXIF's first: the capture, else the digitised time; -1 when there is none
// with a time of day.
func cameraClock(ts []Time) int {
	for _, kind := range [...]TimeKind{Capture, Digitised} {
		for i, t := range ts {
			if t.Kind == kind && t.Trust != TrustNone && t.Precision != Day {
				return i
			}
		}
	}
	return -1
}

// deriveZone compares the camera's clock with the satellite time of the same
// picture. A floating clock gets the zone that explains the difference, a
// stated zone is checked by it.
func deriveZone(ts []Time, gps Time, f *findings) {
	clock := cameraClock(ts)
	if clock < 0 || gps.Trust == TrustNone {
		return
	}
	shot, _ := ts[clock].reading()
	fix := gps.Earliest
	if off := ts[clock].OffsetMinutes; off != nil {
		if apart := shot.wall.Add(-minutes(*off)).Sub(fix).Abs(); apart > maxResidue {
			f.add("gps-time-mismatch", source.Warning, ts[clock].Field,
				"the camera's clock and the satellite time are %s apart", spanText(apart))
		}
		return
	}
	off, ok := zoneBetween(shot.wall, fix)
	if !ok {
		f.add("gps-time-mismatch", source.Warning, ts[clock].Field,
			"no time zone explains the %s between the camera's clock and the satellite time", spanText(shot.wall.Sub(fix).Abs()))
		return
	}
	spreadZone(ts, clock, off)
}

// spreadZone gives the zone worked out for one reading of a clock to it and to
// the others that show the same moment without a zone.
func spreadZone(ts []Time, clock, offset int) {
	shot, _ := ts[clock].reading()
	for i, t := range ts {
		if r, ok := t.reading(); ok && t.Zone == Floating && r.wall.Truncate(time.Second).Equal(shot.wall.Truncate(time.Second)) {
			ts[i] = rezone(t, Derived, offset)
		}
	}
}

// spanText writes a duration for a person.
func spanText(d time.Duration) string {
	if d >= 48*time.Hour {
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	}
	if d >= 2*time.Hour && d%time.Hour == 0 {
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
	return d.Round(time.Second).String()
}

// zoneBetween gives the offset, a multiple of 15 minutes, by which a local
// clock differs from UTC.
func zoneBetween(local, utc time.Time) (int, bool) {
	diff := local.Sub(utc)
	off := diff.Round(15 * time.Minute)
	m := int(off / time.Minute)
	return m, (diff-off).Abs() <= maxResidue && m >= minOffset && m <= maxOffset
}

// WithZone gives a floating time the zone in which a person says its clock
// was; any other time is returned as it is. Field and Raw stay. Where the
// clock was set back and shows the time twice, or was set forward and skips
// it, the bounds hold both readings and OffsetMinutes is nil.
func WithZone(t Time, loc *time.Location) Time {
	r, ok := t.reading()
	if !ok || t.Zone != Floating || loc == nil {
		return t
	}
	first := localOffsets(r.wall, loc)
	last := first
	if r.precision == Day {
		last = localOffsets(r.wall.Add(r.width()), loc)
	}
	t.Zone = Derived
	t.OffsetMinutes = nil
	t.Earliest = r.wall.Add(-slices.Max(first))
	t.Latest = r.wall.Add(r.width() - slices.Min(last))
	if off := first[0]; len(first) == 1 && slices.Equal(first, last) && off%time.Minute == 0 {
		m := int(off / time.Minute)
		t.OffsetMinutes = &m
	}
	return t
}

// localOffsets gives the offsets from UTC that can hold for a wall clock
// reading in loc: one as a rule, both where the reading is
// ambiguous or skipped.
func localOffsets(wall time.Time, loc *time.Location) []time.Duration {
	offsetAt := func(at time.Time) time.Duration {
		_, s := at.In(loc).Zone()
		return time.Duration(s) * time.Second
	}
	before, after := offsetAt(wall.Add(-26*time.Hour)), offsetAt(wall.Add(26*time.Hour))
	if before == after {
		return []time.Duration{before}
	}
	holdsBefore := offsetAt(wall.Add(-before)) == before
	holdsAfter := offsetAt(wall.Add(-after)) == after
	switch {
	case holdsBefore && !holdsAfter:
		return []time.Duration{before}
	case holdsAfter && !holdsBefore:
		return []time.Duration{after}
	}
	return []time.Duration{before, after}
}
