package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// bitsInWords gives evidence in the words of the workbench: the number of
// bits is shown beside it, never alone.
func bitsInWords(b float64) string {
	word := "slight"
	switch m := math.Abs(b); {
	case m >= 6:
		word = "very strong"
	case m >= 3:
		word = "strong"
	case m >= 1:
		word = "weak"
	}
	if b < 0 {
		return word + " against it"
	}
	return word
}

// signed writes bits with their sign.
func signed(b float64) string {
	return strings.Replace(fmt.Sprintf("%+.1f", b), "-", "−", 1)
}

func sizeInWords(n int64) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return plural(int(n), "byte", "bytes")
}

// thousands writes a number as people read it: 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

func kindWord(k extract.Kind) string {
	if k == extract.Image {
		return "photo"
	}
	return string(k)
}

// TimeInWords says a time as a colleague would, zone and doubt included.
func TimeInWords(t *extract.Time) string {
	if t == nil {
		return "no time"
	}
	if t.Local == "" && t.Latest.Sub(t.Earliest) > widths[t.Precision] {
		const layout = "2 Jan 2006, 15:04:05"
		return "between " + t.Earliest.UTC().Format(layout) + " and " + t.Latest.UTC().Format(layout) + " UTC"
	}
	text := string(t.Local)
	if text == "" {
		at := t.Earliest.UTC()
		if t.OffsetMinutes != nil {
			at = at.Add(time.Duration(*t.OffsetMinutes) * time.Minute)
		}
		text = at.Format("2006-01-02T15:04:05")
	}
	layout := map[extract.Precision]string{
		extract.Day: "2 Jan 2006", extract.Minute: "2 Jan 2006, 15:04",
	}[t.Precision]
	if layout == "" {
		layout = "2 Jan 2006, 15:04:05"
	}
	for _, in := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if p, err := time.Parse(in, text); err == nil {
			text = p.Format(layout)
			break
		}
	}
	return text + " " + zoneInWords(t)
}

// widths are how long what a time of each precision names is; bounds that lie
// further apart than that, without a clock's reading, are told as bounds.
var widths = map[extract.Precision]time.Duration{
	extract.Subsecond: time.Second, extract.Second: time.Second, extract.Minute: time.Minute, extract.Day: 24 * time.Hour,
}

func zoneInWords(t *extract.Time) string {
	switch t.Zone {
	case extract.UTC:
		return "UTC"
	case extract.Floating:
		return "(no zone stated)"
	}
	out := "UTC"
	if t.OffsetMinutes != nil {
		out = utcOffset(*t.OffsetMinutes)
	}
	if t.Zone == extract.Derived {
		out += " (worked out)"
	}
	return out
}

func utcOffset(minutes int) string {
	sign := '+'
	if minutes < 0 {
		sign, minutes = '−', -minutes
	}
	return fmt.Sprintf("UTC%c%d:%02d", sign, minutes/60, minutes%60)
}

var kindInWords = map[extract.TimeKind]string{
	extract.Capture: "taken", extract.Digitised: "digitised", extract.Modified: "changed",
	extract.GPS: "satellite time", extract.Container: "recorded", extract.Signed: "signed",
	extract.Posted: "posted", extract.Received: "received", extract.Forwarded: "first posted",
	extract.FileName: "by its file name", extract.PlatformID: "by its post number",
	extract.FileSystem: "saved", extract.OverlayTime: "by the clock in the picture",
	extract.ShadowTime: "by its shadows", extract.StatedByHand: "stated by a person",
}

// Span says the bounds of an incident in UTC, to the minute and never tighter
// than they are: the end is rounded up.
func Span(from, to *time.Time) string {
	const whole = "2 Jan 2006, 15:04"
	switch {
	case from == nil && to == nil:
		return "time not known"
	case from == nil:
		return "before " + minuteAfter(*to).Format(whole) + " UTC"
	case to == nil:
		return "after " + from.UTC().Format(whole) + " UTC"
	}
	a, b := from.UTC(), to.UTC()
	if a.Format(whole) == b.Format(whole) {
		return a.Format(whole) + " UTC"
	}
	b = minuteAfter(b)
	if a.Format(time.DateOnly) == b.Format(time.DateOnly) {
		return a.Format(whole) + " to " + b.Format("15:04") + " UTC"
	}
	return a.Format(whole) + " to " + b.Format(whole) + " UTC"
}

// minuteAfter is the whole minute at or after t.
func minuteAfter(t time.Time) time.Time {
	down := t.UTC().Truncate(time.Minute)
	if down.Equal(t) {
		return down
	}
	return down.Add(time.Minute)
}

// Where says the place of an incident and how wide it is known.
func Where(inc *verify.Incident) string {
	if inc.Latitude == nil || inc.Longitude == nil {
		if inc.PlaceBasis != "" {
			return visible(string(inc.PlaceBasis))
		}
		return "place not known"
	}
	radius := 0.0
	if inc.RadiusM != nil {
		radius = *inc.RadiusM
	}
	return Position(*inc.Latitude, *inc.Longitude, radius)
}

// Position writes a position in degrees and how far off, in metres, it may be;
// 0 where that is not known. It has no more decimals than that bears.
func Position(latitude, longitude, radiusM float64) string {
	n := decimalsWithin(radiusM)
	s := degreesTo(n, latitude, "N", "S") + " " + degreesTo(n, longitude, "E", "W")
	if radiusM > 0 {
		s += ", within " + distanceInWords(radiusM)
	}
	return s
}

// decimalsWithin is how many decimals of a degree a position shows: one is some
// 11 km, two are 1.1 km, four are 11 m.
func decimalsWithin(radiusM float64) int {
	switch {
	case radiusM >= 50_000:
		return 0
	case radiusM >= 5000:
		return 1
	case radiusM >= 500:
		return 2
	}
	return 4
}

// degreesTo writes degrees with so many decimals; what rounds to zero is
// neither south nor west.
func degreesTo(decimals int, v float64, pos, neg string) string {
	text, side := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64), pos
	if v < 0 && strings.Trim(text, "0.") != "" {
		side = neg
	}
	return text + "° " + side
}

// distanceInWords keeps number and unit on one line.
func distanceInWords(m float64) string {
	switch {
	case m >= 9950:
		return thousands(int(math.Round(m/1000))) + "\u00a0km"
	case m >= 999.5:
		return fmt.Sprintf("%.1f\u00a0km", m/1000)
	}
	return fmt.Sprintf("%.0f\u00a0m", m)
}
