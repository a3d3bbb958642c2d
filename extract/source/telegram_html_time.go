package source

import (
	"strconv"
	"strings"
	"time"
)

// telegramClock are the ways in which Telegram Desktop has written a time into
// its pages: always on the clock of the exporter's machine.
var telegramClock = []string{"02.01.2006 15:04:05", "2 January 2006, 15:04:05", "02.01.2006 15:04"}

// offsetDoubt is how far the offset that Telegram Desktop writes may be from
// the one that was in force.
const offsetDoubt = time.Hour

// telegramPageTime reads "25.06.2022 20:04:02" and the same with " UTC+02:00".
//
// The offset is that of the exporter's zone today and without summer time
// (FormatDateTime in export_data_types.cpp asks Qt for the name of the standard
// time), whatever was in force when the message was sent. So a time of summer
// in Kyiv stands there with "UTC+02:00" on a clock that was at UTC+03:00, and a
// time before a country moved its clocks for good with the later offset. The
// time is given with an hour either way.
func telegramPageTime(field, raw string) *PostTime {
	text := strings.Join(strings.Fields(raw), " ")
	clock, zone, zoned := strings.Cut(text, " UTC")
	for _, layout := range telegramClock {
		t, err := time.Parse(layout, clock)
		if err != nil || !plausible(t) {
			continue
		}
		p := &PostTime{Precision: toSecond, Field: field, Raw: raw, Kind: kindPosted}
		if !strings.HasSuffix(layout, ":05") {
			p.Precision = toMinute
		}
		offset, ok := zoneOffset(zone)
		if !zoned || !ok {
			p.Local = t.Format(localLayout)
			return p
		}
		t = t.Add(-offset)
		p.Instant, p.InstantEnd = t.Add(-offsetDoubt), t.Add(offsetDoubt)
		return p
	}
	return nil
}

// zoneOffset reads "+03:00" as it follows "UTC"; nothing stands for zero.
func zoneOffset(text string) (time.Duration, bool) {
	if text == "" {
		return 0, true
	}
	sign := time.Duration(1)
	switch {
	case strings.HasPrefix(text, "-"), strings.HasPrefix(text, "\u2212"):
		sign = -1
	case !strings.HasPrefix(text, "+"):
		return 0, false
	}
	hours, minutes, _ := strings.Cut(strings.TrimLeft(text, "+-\u2212"), ":")
	h, err := strconv.Atoi(hours)
	m, errM := strconv.Atoi(minutes)
	if err != nil || (minutes != "" && errM != nil) || h < 0 || h > 14 || m < 0 || m > 59 {
		return 0, false
	}
	return sign * (time.Duration(h)*time.Hour + time.Duration(m)*time.Minute), true
}

// telegramDay reads the line between two days, "25 June 2022".
func telegramDay(text string) (time.Time, bool) {
	t, err := time.Parse("2 January 2006", text)
	return t, err == nil && plausible(t)
}
