package extract

import (
	"strings"
	"time"
)

// The field of a time that was added for a reading begins with how it was
// made of it; what follows is the field of the reading, which stays beside it
// as the file has it.
const (
	zonedPrefix     = "Zoned:"     // in the zone that a person gave
	correctedPrefix = "Corrected:" // by the error of the device's clock
)

// Zoned marks t as a reading put into the zone that a person gave.
func (t Time) Zoned() Time {
	t.Field = zonedPrefix + t.Field
	return t
}

// Corrected marks t as a reading put right by what is known of its clock.
func (t Time) Corrected() Time {
	t.Field, t.Trust = correctedPrefix+t.Field, TrustDerived
	return t
}

// IsZoned says that a person, and not the file, gave the zone of t.
func (t Time) IsZoned() bool { return strings.HasPrefix(t.Field, zonedPrefix) }

// IsCorrected says that t is a reading put right by what other files say of
// its clock.
func (t Time) IsCorrected() bool { return strings.HasPrefix(t.Field, correctedPrefix) }

// ReadFrom is the field that t was read from, whatever was made of it since.
func (t Time) ReadFrom() string {
	return strings.TrimPrefix(strings.TrimPrefix(t.Field, correctedPrefix), zonedPrefix)
}

// Wall is the reading of the clock as it stands, without regard to any zone
// (held in UTC), and how long the unit it states lasts; ok is false where t
// has no reading.
func (t Time) Wall() (wall time.Time, width time.Duration, ok bool) {
	r, ok := t.reading()
	if !ok {
		return time.Time{}, 0, false
	}
	return r.wall, r.width(), true
}
