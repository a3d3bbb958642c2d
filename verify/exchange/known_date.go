package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	dateWithClock = regexp.MustCompile(`^(.+?)(?:T|,? +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?) ?(?:Z|[+-]\d{2}:?\d{2})?$`)
	wordDate      = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ .-]+([A-Za-z]{3,9})\.?,?[ -]+(\d{4})$`)
	wordFirst     = regexp.MustCompile(`^([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$`)
	longNumber    = regexp.MustCompile(`^\d{9,}$`)
)

// looseDate reads a date as tables of incidents have it: the forms of
// [parseDate], months in English words, and any of them with a clock behind,
// which is given as it is written. The clock is often a placeholder.
func looseDate(text string, order dateOrder) (date time.Time, clock string, err error) {
	text = strings.TrimSpace(text)
	if longNumber.MatchString(text) {
		return time.Time{}, "", fmt.Errorf("%.40q is a number such as posts have, not a date", text)
	}
	text, clock = withoutClock(text)
	if m := wordDate.FindStringSubmatch(text); m != nil && monthNumber(m[2]) != "" {
		date, err = calendar(text, m[3], monthNumber(m[2]), m[1])
		return date, clock, err
	}
	if m := wordFirst.FindStringSubmatch(text); m != nil && monthNumber(m[1]) != "" {
		date, err = calendar(text, m[3], monthNumber(m[1]), m[2])
		return date, clock, err
	}
	date, err = parseDate(text, order)
	return date, clock, err
}

// withoutClock parts a date from the clock behind it.
func withoutClock(text string) (date, clock string) {
	if m := dateWithClock.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		return m[1], m[2]
	}
	return text, ""
}

// day is a date in the form that is stored, "" where it is not known.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// monthNumber is the number of a month by its English name or the beginning
// of it, "" where there is none.
func monthNumber(name string) string {
	name = strings.ToLower(name)
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), name) || name == "sept" && m == time.September {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}

// dateAtStart matches a date at the beginning of a text, or behind "Date:".
var dateAtStart = regexp.MustCompile(`(?i)(?:^\s*|\bdate:\s*)(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4}|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4})(?:\D|$)`)

// statedDate gives the date that a text begins with or states as such, ""
// where it does neither.
func statedDate(text string) string {
	if m := dateAtStart.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// errDateOrder names the orders for people, see [KnownOptions].
var errDateOrder = errors.New(`the order of dates is "month-first" or "day-first"`)

// readOrder reads what a person says of the order of dates.
func readOrder(s string) (dateOrder, error) {
	switch s {
	case "":
		return orderUnknown, nil
	case "month-first":
		return monthFirst, nil
	case "day-first":
		return dayFirst, nil
	}
	return orderUnknown, errDateOrder
}
