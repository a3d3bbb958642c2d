package source

import (
	"strconv"
	"strings"
	"time"
)

// localLayout is how PostTime.Local is written.
const localLayout = "2006-01-02T15:04:05"

// The precisions of PostTime.
const (
	toSubsecond = "subsecond"
	toSecond    = "second"
	toMinute    = "minute"
	toDay       = "day"
)

// The kinds of PostTime.
const (
	kindPosted   = "posted"
	kindReceived = "received" // when a copy was received or saved
	kindTaken    = "taken"    // when the picture was, of Record.Taken
)

// plausible drops the dates that stand for "none" (Unix 0 in any zone) and
// those that no calendar software writes.
func plausible(t time.Time) bool { return t.Year() > 1970 && t.Year() < 10000 }

// fromUnix reads Unix seconds, with or without a fraction.
func fromUnix(field string, raw scalar) *PostTime {
	whole, fraction, _ := strings.Cut(string(raw), ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || seconds <= 0 || seconds > 1<<38 {
		return nil
	}
	precision, nanos := toSecond, int64(0)
	if strings.Trim(fraction, "0") != "" {
		digits := (fraction + "000000000")[:9]
		if nanos, err = strconv.ParseInt(digits, 10, 64); err != nil || nanos < 0 {
			return nil
		}
		precision = toSubsecond
	}
	t := time.Unix(seconds, nanos).UTC()
	if !plausible(t) {
		return nil
	}
	return &PostTime{Instant: t, Precision: precision, Field: field, Raw: string(raw), Kind: kindPosted}
}

// fromLocal reads a date and clock without a zone, as written on the clock of
// whoever made the export.
func fromLocal(field string, raw scalar) *PostTime {
	t, err := time.Parse(localLayout, string(raw))
	if err != nil || !plausible(t) {
		return nil
	}
	return &PostTime{Local: t.Format(localLayout), Precision: toSecond, Field: field, Raw: string(raw), Kind: kindPosted}
}

// fromDay reads YYYYMMDD as a day in UTC.
func fromDay(field string, raw scalar) *PostTime {
	t, err := time.Parse("20060102", string(raw))
	if err != nil || !plausible(t) {
		return nil
	}
	return &PostTime{Instant: t, Precision: toDay, Field: field, Raw: string(raw), Kind: kindPosted}
}

// fromText reads "2022-02-24 05:12:33" with "T" or a blank between. An offset
// that is written decides; without one the time is UTC if the format defines
// it so and has no zone otherwise.
func fromText(field string, raw scalar, isUTC bool) *PostTime {
	text := strings.Replace(string(raw), " ", "T", 1)
	p := &PostTime{Precision: toSecond, Field: field, Raw: string(raw), Kind: kindPosted}
	t, err := time.Parse(time.RFC3339, text)
	zoned := err == nil
	if !zoned {
		if t, err = time.Parse(localLayout, text); err != nil {
			return nil
		}
	}
	if !plausible(t.UTC()) {
		return nil
	}
	if !zoned && !isUTC {
		p.Local = t.Format(localLayout)
		return p
	}
	if p.Instant = t.UTC(); t.Nanosecond() != 0 {
		p.Precision = toSubsecond
	}
	return p
}
