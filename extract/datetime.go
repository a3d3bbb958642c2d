package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// reading is a wall clock as a file writes it. wall holds its fields; that it
// is a time.Time in UTC means nothing.
type reading struct {
	wall      time.Time
	precision Precision
	digits    int  // of the fraction of a second, 1 to 9
	offset    *int // minutes east of UTC, where the text itself states them
	utc       bool // the text says Z, UTC or GMT
	cut       bool // the time of day was written and cannot be; the day was kept
	badZone   bool // a zone was written that no clock on earth has
}

// dateState says what a date field holds.
type dateState int

const (
	dateRead    dateState = iota
	dateNull              // blanks, zeros and separators only: never set
	datePartial           // a year or a month, which XMP and IPTC allow
	dateInvalid           // something else that is no date
)

// Years outside these are no date of a photograph (the oldest known is of
// 1826) or cannot be written as RFC 3339.
const (
	firstYear = 1826
	lastYear  = 9998
)

var (
	numericDate = regexp.MustCompile(`^(\d{4})[:/. -](\d{1,2})[:/. -](\d{1,2})(?:[T/_ ]+(\S.*))?$`)
	compactDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:[T_ -]?(\d{2})(\d{2})(\d{2})(.*))?$`)
	partialDate = regexp.MustCompile(`^[12]\d{3}(?:[:/-]?00[:/-]?00|[:/-](?:0[1-9]|1[0-2])(?:[:/-]00)?)?$`)
	timeOfDay   = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$`)
	spokenZone  = regexp.MustCompile(`\s+(Z|UTC|GMT|[+-]\d{4}|[+-]\d{2}:\d{2}|[A-Z]{3,4})$`)
)

// spokenLayouts are the date forms with month names: RFC 1123 as the PNG
// specification advises for Creation Time, and the C library's asctime as AVI
// writers use it for IDIT. The zone is taken off before.
var spokenLayouts = [...]string{
	"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon Jan 2 15:04:05 2006", "Jan 2 15:04:05 2006",
	"Mon, 2 Jan 2006 15:04", "2 Jan 2006 15:04", "Mon, 2 Jan 2006", "2 Jan 2006",
}

// parseDate reads a date in any of the forms that EXIF, containers and PNG
// text use. It never looks at the machine's zone: a zone that the text does
// not state stays unknown, and so does one of a local abbreviation.
func parseDate(text string) (reading, dateState) {
	text = strings.TrimSpace(strings.TrimRight(text, "\x00"))
	if strings.Trim(text, "0:-/. T?") == "" {
		return reading{}, dateNull
	}
	if len(text) <= len("2022:00:00") && partialDate.MatchString(text) {
		return reading{}, datePartial
	}
	if m := numericDate.FindStringSubmatch(text); m != nil {
		return readDayAndClock(m[1], m[2], m[3], strings.TrimSpace(m[4]))
	}
	if m := compactDate.FindStringSubmatch(text); m != nil {
		clock := ""
		if m[4] != "" {
			clock = m[4] + ":" + m[5] + ":" + m[6] + m[7]
		}
		return readDayAndClock(m[1], m[2], m[3], clock)
	}
	return parseSpoken(text)
}

// readDayAndClock joins a date and what is written behind it.
func readDayAndClock(y, m, d, clock string) (reading, dateState) {
	day, ok := civilDay(y, m, d)
	if !ok {
		if strings.Trim(y+m+d, "0") == "" {
			return reading{}, dateNull
		}
		return reading{}, dateInvalid
	}
	r := reading{wall: day, precision: Day}
	if strings.Trim(clock, ": ") == "" {
		return r, dateRead
	}
	if !r.readClock(clock) {
		r.cut = true
	}
	return r, dateRead
}

// civilDay gives the day if the calendar has it.
func civilDay(y, m, d string) (time.Time, bool) {
	yy, _ := strconv.Atoi(y)
	mm, _ := strconv.Atoi(m)
	dd, _ := strconv.Atoi(d)
	day := time.Date(yy, time.Month(mm), dd, 0, 0, 0, 0, time.UTC)
	ok := yy >= firstYear && yy <= lastYear && mm >= 1 && mm <= 12 && dd >= 1 && day.Day() == dd
	return day, ok
}

// readClock adds a time of day, with its zone if it has one.
func (r *reading) readClock(clock string) bool {
	m := timeOfDay.FindStringSubmatch(clock)
	if m == nil {
		return false
	}
	h, _ := strconv.Atoi(m[1])
	mins, _ := strconv.Atoi(m[2])
	s, _ := strconv.Atoi(m[3])
	if h > 23 || mins > 59 || s > 59 {
		return false
	}
	r.wall = r.wall.Add(time.Duration(h)*time.Hour + time.Duration(mins)*time.Minute + time.Duration(s)*time.Second)
	r.precision = Minute
	if m[3] != "" {
		r.precision = Second
	}
	if fraction := m[4][:min(len(m[4]), maxDigits)]; strings.Trim(fraction, "0") != "" {
		r.addFraction(fraction) // ".000000" is how programs print whole seconds
	}
	r.readZone(m[5])
	return true
}

// maxDigits of a fraction are read: nanoseconds.
const maxDigits = 9

// addFraction adds written digits of a fraction of a second.
func (r *reading) addFraction(digits string) {
	if digits == "" || r.precision != Second || strings.Trim(digits, "0123456789") != "" {
		return
	}
	digits = digits[:min(len(digits), maxDigits)]
	n, _ := strconv.Atoi((digits + "000000000")[:9])
	r.wall = r.wall.Add(time.Duration(n))
	r.precision = Subsecond
	r.digits = len(digits)
}

func (r *reading) readZone(zone string) {
	switch zone {
	case "":
	case "Z", "z", "UTC", "GMT":
		r.utc = true
	default:
		off, ok := parseOffset(zone)
		if ok {
			r.offset = &off
		}
		r.badZone = !ok && (zone[0] == '+' || zone[0] == '-')
	}
}

// parseOffset reads "+03:00", "+0300", "+03" or "Z" as minutes east of UTC,
// within what clocks on earth use.
func parseOffset(s string) (int, bool) {
	s = strings.TrimSpace(strings.TrimRight(s, "\x00"))
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) < 3 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	hh, mm := s[1:3], strings.TrimPrefix(s[3:], ":")
	if mm == "" {
		mm = "00"
	}
	if len(mm) != 2 || strings.Trim(hh+mm, "0123456789") != "" {
		return 0, false
	}
	h, _ := strconv.Atoi(hh)
	m, _ := strconv.Atoi(mm)
	off := h*60 + m
	if s[0] == '-' {
		off = -off
	}
	return off, m < 60 && off >= minOffset && off <= maxOffset
}

// parseSpoken reads a date with the month in words.
func parseSpoken(text string) (reading, dateState) {
	zone := ""
	if m := spokenZone.FindStringSubmatchIndex(text); m != nil {
		text, zone = text[:m[0]], text[m[2]:m[3]]
	}
	text = strings.Join(strings.Fields(text), " ")
	for _, layout := range spokenLayouts {
		t, err := time.ParseInLocation(layout, text, time.UTC)
		if err != nil || t.Year() < firstYear || t.Year() > lastYear {
			continue
		}
		r := reading{wall: t, precision: Second}
		switch {
		case !strings.Contains(layout, "15"):
			r.precision = Day
		case !strings.Contains(layout, "05"):
			r.precision = Minute
		}
		r.readZone(zone)
		return r, dateRead
	}
	return reading{}, dateInvalid
}
