package source

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// chatHead is the date and clock at the start of a message.
type chatHead struct {
	style     headStyle
	numbers   [3]int // of the date, as they stand
	hour      int    // 0..23; -1 when the half of the day is a word not known
	minute    int
	second    int
	hasSecond bool
	raw       string
}

// headStyle is how one phone writes all its heads.
type headStyle struct {
	bracketed bool
	separator string // between the numbers of the date
	yearFirst bool   // four digits first
	yearLast  bool   // four digits last
	spaced    bool   // blanks or a full stop after the separators
}

// headPattern matches "[25/06/2022, 11:42:16] " and "25.06.22, 11:42 - " with
// a word before or after the clock ("klo 11.42", "2:42 p. m."), a short one
// behind the year ("25.06.22 г., 11:42") and units ("14 h 37 min 16 s"), once
// digits and blanks are plain.
var headPattern = regexp.MustCompile(`^(\[?)(\d{1,4})([./-])( ?)(\d{1,2})([./-]) ?(\d{1,4})(\.?)(?: \pL{1,2}\.)?[,،]? {1,2}` +
	`([^\d\[\]]{0,12}?)(\d{1,2})(?:[:.]| ?h ?)(\d{2})(?:(?:[:.]| min )(\d{2})(?: s)?)? ?([^\d\[\]-]{0,14}?)(\] ?| - )`)

// maxHead is how many characters of a line can belong to its head.
const maxHead = 72

// parseHead reads the head of a message and returns the rest of the line.
func parseHead(line string) (head chatHead, body string, ok bool) {
	plain, at := plainHead(line)
	m := headPattern.FindStringSubmatchIndex(plain)
	if m == nil {
		return head, "", false
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return plain[m[2*i]:m[2*i+1]]
	}
	number := func(i int) int { return decimal(group(i)) }
	head = chatHead{
		style: headStyle{
			bracketed: group(1) != "", separator: group(3),
			yearFirst: len(group(2)) == 4, yearLast: len(group(7)) == 4,
			spaced: group(4) != "" || group(8) != "",
		},
		numbers: [3]int{number(2), number(5), number(7)},
		hour:    hourOf(number(10), group(9), group(13)),
		minute:  number(11), second: number(12), hasSecond: group(12) != "",
		raw: strings.TrimSpace(strings.Trim(stripMarks(line[at[m[0]]:at[m[1]]]), "[] -")),
	}
	closed := strings.HasPrefix(group(14), "]")
	if closed != head.style.bracketed || group(3) != group(6) || number(10) > 23 || head.minute > 59 || head.second > 59 {
		return chatHead{}, "", false
	}
	return head, line[at[m[1]]:], true
}

// decimal reads a few digits as the patterns let them through.
func decimal(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// plainHead writes the start of a line with ASCII digits, plain blanks and no
// marks; at gives for each of its bytes the byte of the line.
func plainHead(line string) (plain string, at []int) {
	var b strings.Builder
	count := 0
	for i, r := range line {
		if count++; count > maxHead {
			at = append(at, i)
			return b.String(), at
		}
		switch {
		case isMark(r):
			continue
		case unicode.Is(unicode.Zs, r):
			r = ' '
		case r > unicode.MaxASCII && unicode.Is(unicode.Nd, r):
			r = '0' + digitOf(r)
		}
		for range utf8.RuneLen(r) {
			at = append(at, i)
		}
		b.WriteRune(r)
	}
	return b.String(), append(at, len(line))
}

// digitOf is the value of a decimal digit of any script: Unicode keeps each
// script's ten in a row.
func digitOf(r rune) rune {
	for _, table := range unicode.Nd.R16 {
		if rune(table.Lo) <= r && r <= rune(table.Hi) {
			return (r - rune(table.Lo)) % 10
		}
	}
	for _, table := range unicode.Nd.R32 {
		if rune(table.Lo) <= r && r <= rune(table.Hi) {
			return (r - rune(table.Lo)) % 10
		}
	}
	return 0
}

// The words for the halves of the day in the languages that write them, lower
// case, without blanks and full stops (Unicode CLDR, dayPeriods).
const (
	morningWords = " am ص 上午 午前 오전 πμ дп öö fm de sa قظ पूर्वाह्न "
	eveningWords = " pm م 下午 午後 오후 μμ пп ös em du ch بظ अपराह्न "
)

// hourOf puts an hour on the clock of 24. It returns -1 when a word beside it
// is none of those known.
func hourOf(hour int, before, after string) int {
	if hour > 12 {
		return hour
	}
	word := dayHalf(after)
	if known := dayHalf(before); word == "" && strings.Contains(morningWords+eveningWords, " "+known+" ") {
		word = known
	}
	switch {
	case word == "":
		return hour
	case strings.Contains(morningWords, " "+word+" "):
		return hour % 12
	case strings.Contains(eveningWords, " "+word+" "):
		return hour%12 + 12
	}
	return -1
}

func dayHalf(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// day reads the date in one order; ok is false when it is no date there. The
// first exports are of 2009.
func (h *chatHead) day(o dateOrder) (day time.Time, ok bool) {
	n := h.numbers
	var y, m, d int
	switch o {
	case dayFirst:
		d, m, y = n[0], n[1], n[2]
	case monthFirst:
		m, d, y = n[0], n[1], n[2]
	case yearFirst:
		y, m, d = n[0], n[1], n[2]
	}
	if y < 100 {
		y += 2000
	}
	day = time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return day, y >= 2009 && y < 2100 && day.Year() == y && int(day.Month()) == m && day.Day() == d
}

// time is the head's time. Where the orders that remain give several days it
// spans them: [PostTime.LocalEnd] is the latest.
func (h *chatHead) time(orders []dateOrder) *PostTime {
	var days []time.Time
	for _, o := range orders {
		if day, ok := h.day(o); ok {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		return nil
	}
	p := &PostTime{Field: "whatsapp:message", Raw: h.raw, Kind: kindPosted, Precision: toMinute}
	clock := fmt.Sprintf("T%02d:%02d:%02d", h.hour, h.minute, h.second)
	switch {
	case h.hour < 0:
		p.Precision, clock = toDay, "T00:00:00"
	case h.hasSecond:
		p.Precision = toSecond
	}
	first, last := slices.MinFunc(days, time.Time.Compare), slices.MaxFunc(days, time.Time.Compare)
	p.Local = first.Format(time.DateOnly) + clock
	if last.After(first) {
		p.LocalEnd = last.Format(time.DateOnly) + clock
	}
	return p
}
