package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateOrder is in which order the numbers of a date stand. Only a format that
// says so, or a column in which one order is impossible, decides it.
type dateOrder int

const (
	orderUnknown dateOrder = iota
	monthFirst
	dayFirst
)

// Years outside of these are slips of the pen: a file of known incidents has
// the year 1527.
const (
	firstYear = 1900
	lastYear  = 2100
)

// errAmbiguous is a date like 3/4/2022 of which nothing says whether it is in
// March or in April.
var errAmbiguous = errors.New("day and month could be either way round")

var (
	isoDate   = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	slashDate = regexp.MustCompile(`^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$`)
	yearFirst = regexp.MustCompile(`^(\d{4})[/ ](\d{1,2})[/ ](\d{1,2})$`)
	clockTime = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$`)
)

// parseDate reads a date without a time: 2022-03-04, 2022/03/04, 3/4/2022 or
// 3.4.2022. "" is unknown: the zero time without an error. What could be two
// dates is errAmbiguous, unless the order is known or only one of them exists.
func parseDate(s string, order dateOrder) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	for _, form := range []*regexp.Regexp{isoDate, yearFirst} {
		if m := form.FindStringSubmatch(s); m != nil {
			return calendar(s, m[1], m[2], m[3])
		}
	}
	m := slashDate.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, fmt.Errorf("%.40q is not a date; write it as 2022-03-04", s)
	}
	byMonth, badMonth := calendar(s, m[3], m[1], m[2])
	byDay, badDay := calendar(s, m[3], m[2], m[1])
	switch {
	case order == monthFirst:
		return byMonth, badMonth
	case order == dayFirst:
		return byDay, badDay
	case badMonth != nil:
		return byDay, badDay
	case badDay != nil || byMonth.Equal(byDay):
		return byMonth, nil
	}
	return time.Time{}, fmt.Errorf("%w: %.40q is %s or %s; say which order the dates have", errAmbiguous, s,
		byMonth.Format(time.DateOnly), byDay.Format(time.DateOnly))
}

func calendar(written, year, month, day string) (time.Time, error) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return time.Time{}, fmt.Errorf("there is no date %.40q", written)
	}
	if y < firstYear || y > lastYear {
		return time.Time{}, fmt.Errorf("the year of %.40q is not between %d and %d", written, firstYear, lastYear)
	}
	return t, nil
}

// orderOf says in which order the dates of one column stand, when some of them
// exist in one order alone and none in the other alone.
func orderOf(dates []string) dateOrder {
	month, day := false, false
	for _, s := range dates {
		m := slashDate.FindStringSubmatch(strings.TrimSpace(s))
		if m == nil {
			continue
		}
		_, badMonth := calendar(s, m[3], m[1], m[2])
		_, badDay := calendar(s, m[3], m[2], m[1])
		month = month || badMonth == nil && badDay != nil
		day = day || badDay == nil && badMonth != nil
	}
	switch {
	case month && !day:
		return monthFirst
	case day && !month:
		return dayFirst
	}
	return orderUnknown
}

// parseClock reads HH:MM or HH:MM:SS as hours, minutes and seconds of a day.
// Midnight to the second is what tables write that have no time: it is
// unknown, and so is "".
func parseClock(s string) (_ time.Duration, known bool, _ error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, false, nil
	}
	m := clockTime.FindStringSubmatch(s)
	if m == nil {
		return 0, false, fmt.Errorf("%.40q is not a time; write it as 13:05", s)
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	second, _ := strconv.Atoi(m[3]) // "" is 0
	if hour > 23 || minute > 59 || second > 59 {
		return 0, false, fmt.Errorf("there is no time %.40q", s)
	}
	at := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	return at, at != 0, nil
}
