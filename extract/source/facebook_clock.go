package source

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// monthNames are the months as pages write them, by the start of the word:
// English and German, Ukrainian, Russian, Arabic.
var monthNames = [12]string{
	"jan jän січ янв يناير", "feb лют фев فبراير", "mar mär бер мар مارس", "apr кві апр أبريل ابريل",
	"may mai тра мая май مايو", "jun чер июн يونيو", "jul лип июл يوليو", "aug сер авг أغسطس اغسطس",
	"sep вер сен سبتمبر", "oct okt жов окт أكتوبر اكتوبر", "nov лис ноя نوفمبر", "dec dez гру дек ديسمبر",
}

// monthOf reads a month's name or its start; 0 is none.
func monthOf(word string) time.Month {
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if strings.HasPrefix(word, name) {
				return time.Month(i + 1)
			}
		}
	}
	return 0
}

// metaPageTime reads the time under a post or message: "Jun 25, 2022, 8:04 PM",
// "25 чер. 2022 р., 20:04", with or without seconds. It is on the clock of
// whoever asked for the download, and no zone is told. A month in numbers can
// be read in two ways and is not read.
func metaPageTime(field, raw string) *PostTime {
	var c pageClock
	for word := range strings.FieldsFuncSeq(strings.ToLower(latinDigits(raw)), func(r rune) bool {
		return r != ':' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		c.see(word)
	}
	t, ok := c.time()
	if !ok || !plausible(t) {
		return nil
	}
	p := &PostTime{Local: t.Format(localLayout), Precision: toMinute, Field: field, Raw: raw, Kind: kindPosted}
	if len(c.clock) == 3 {
		p.Precision = toSecond
	}
	return p
}

// pageClock gathers the words of a time, in whatever order they stand.
type pageClock struct {
	year, day int
	month     time.Month
	clock     []int // hour, minute, second
	half      string
	twice     bool // something stands there twice
}

func (c *pageClock) see(word string) {
	number, err := strconv.Atoi(word)
	month := monthOf(word)
	switch {
	case strings.Contains(word, ":"):
		c.twice = c.twice || c.clock != nil
		for part := range strings.SplitSeq(word, ":") {
			n, err := strconv.Atoi(part)
			if err != nil {
				n = -1
			}
			c.clock = append(c.clock, n)
		}
	case err == nil && len(word) == 4:
		c.twice = c.twice || c.year != 0
		c.year = number
	case err == nil:
		c.twice = c.twice || c.day != 0
		c.day = number
	case slices.Contains([]string{"am", "pm", "ص", "م"}, word):
		c.half = word
	case month != 0 && c.month == 0:
		c.month = month
	}
}

// time puts the words together, if they are a time.
func (c *pageClock) time() (time.Time, bool) {
	if c.twice || c.month == 0 || c.day < 1 || len(c.clock) < 2 || len(c.clock) > 3 || slices.Min(c.clock) < 0 {
		return time.Time{}, false
	}
	hour, second := c.clock[0], 0
	if len(c.clock) == 3 {
		second = c.clock[2]
	}
	if c.half != "" {
		if hour < 1 || hour > 12 {
			return time.Time{}, false
		}
		hour %= 12
		if c.half == "pm" || c.half == "م" {
			hour += 12
		}
	}
	t := time.Date(c.year, c.month, c.day, hour, c.clock[1], second, 0, time.UTC)
	// A date that does not exist would have moved.
	return t, t.Day() == c.day && t.Hour() == hour && t.Minute() == c.clock[1] && t.Second() == second
}

// latinDigits writes the digits of Arabic and Persian as 0 to 9.
func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		}
		return r
	}, s)
}
