package xmp

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// form is how ExifTool shows a value.
type form byte

const (
	plain form = iota
	langAlt
	date
	rational
	base64Data
	binaryData
	coordinate
	aperture
	shutter
	colourSpace
	lens
	slash
	vocabulary
)

// formNames are the forms as schema.txt calls them.
var formNames = map[string]form{
	"":            plain,
	"lang":        langAlt,
	"date":        date,
	"rational":    rational,
	"base64":      base64Data,
	"binary":      binaryData,
	"coordinate":  coordinate,
	"aperture":    aperture,
	"shutter":     shutter,
	"colourspace": colourSpace,
	"lens":        lens,
	"slash":       slash,
	"vocabulary":  vocabulary,
}

// unknownBinary is the length from which ExifTool takes the value of a
// property it does not know for binary data.
const unknownBinary = 65536

// show converts a value as written to what `exiftool -n` prints. A value that
// does not have the form stays as written.
func show(f form, raw string) string {
	switch f {
	case date:
		return showDate(raw)
	case rational:
		if v, ok := showRational(raw); ok {
			return v
		}
	case coordinate:
		return showCoordinate(raw)
	case aperture: // APEX: the f-number is the square root of 2 to that power
		if v, ok := quotient(raw); ok {
			return decimal(powerOfRoot2(v))
		}
	case shutter: // APEX: seconds are 2 to minus that power
		if v, ok := quotient(raw); ok {
			if math.Abs(v) >= 100 {
				return "0"
			}
			return decimal(1 / math.Exp2(v))
		}
	case colourSpace: // "uncalibrated", written by some programs as -1 in 32 bits
		if raw == "4294967295" {
			return "65535"
		}
	case lens:
		return showLens(raw)
	case slash:
		return strings.TrimPrefix(raw, "/")
	case vocabulary:
		return strings.Replace(raw, "http://ns.useplus.org/ldf/vocab/", "", 1)
	}
	return raw
}

// showUnknown converts a value of a property that the schema does not know:
// only what is beyond doubt a rational or a date with a time changes. It says
// whether the value is such a date.
func showUnknown(raw string) (text string, isDate bool) {
	if v, ok := showRational(raw); ok {
		return v, false
	}
	if m := dateTime.FindStringSubmatch(raw); m != nil {
		return showDate(raw), true
	}
	return raw, false
}

// dateTime is a date of ISO 8601 with a time, as XMP writes it; seconds,
// fraction and zone may be missing.
var dateTime = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}:\d{2})(:\d{2})?\s*(\S*)$`)

// dateOnly is the beginning of one without.
var dateOnly = regexp.MustCompile(`^\d{4}(-\d{2}){0,2}`)

// showDate turns "2022-02-24T05:12:33+03:00" into "2022:02:24 05:12:33+03:00".
// Nothing is added: not a second, not a zone.
func showDate(raw string) string {
	if m := dateTime.FindStringSubmatch(raw); m != nil {
		return m[1] + ":" + m[2] + ":" + m[3] + " " + m[4] + m[5] + m[6]
	}
	if dateOnly.MatchString(raw) {
		return strings.ReplaceAll(raw, "-", ":")
	}
	return raw
}

var fraction = regexp.MustCompile(`^(-?\d+)/(-?\d+)$`)

// showRational turns "1/200" into "0.005"; a zero denominator into "inf" or,
// with a zero above it, "undef".
func showRational(raw string) (string, bool) {
	m := fraction.FindStringSubmatch(raw)
	if m == nil {
		return "", false
	}
	above, err1 := strconv.ParseFloat(m[1], 64)
	below, err2 := strconv.ParseFloat(m[2], 64)
	switch {
	case err1 != nil || err2 != nil:
		return "", false
	case below != 0:
		return decimal(above / below), true
	case above != 0:
		return "inf", true
	}
	return "undef", true
}

// leading is the number that a text begins with.
var leading = regexp.MustCompile(`^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?`)

// quotient is the number that a rational, or the beginning of a text such as
// "3.74 EV (1/13 sec.)", stands for.
func quotient(raw string) (float64, bool) {
	if v, ok := showRational(raw); ok {
		raw = v
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(leading.FindString(raw)), 64)
	return v, err == nil
}

// powerOfRoot2 is what C's pow makes of sqrt(2) and v: that root is a double, a
// little above the true one, which shows in the fifteenth digit.
func powerOfRoot2(v float64) float64 {
	const above = 6.8358e-17 // relative
	p := math.Exp2(v / 2)
	return math.FMA(p, v*above, p)
}

// decimal writes a number with 15 significant digits, as Perl does.
func decimal(v float64) string {
	if v == 0 {
		return "0"
	}
	return strconv.FormatFloat(v, 'g', 15, 64)
}

// showLensList joins the parts of a lens that a file writes as a list.
func showLensList(raws []string) string {
	parts := make([]string, len(raws))
	for i, raw := range raws {
		parts[i] = show(rational, raw)
	}
	return strings.Join(parts, " ")
}

// showLens turns the four rationals of a lens into decimals: focal lengths
// and f-numbers, "24/1 70/1 28/10 28/10".
func showLens(raw string) string {
	words := strings.Fields(raw)
	if len(words) != 4 {
		return raw
	}
	for i, w := range words {
		v, ok := showRational(w)
		if !ok {
			return raw
		}
		words[i] = v
	}
	return strings.Join(words, " ")
}

var (
	numbers    = regexp.MustCompile(`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]\d+)?`)
	southWest  = regexp.MustCompile(`(?i)[^A-Z](S(outh)?|W(est)?)\s*$`)
	noPosition = regexp.MustCompile(`\b(inf|undef)\b`)
)

// degrees reads a coordinate in the forms of XMP: "49,59.61N", "49,59,36.6N",
// or decimal degrees. South and west are negative.
func degrees(raw string) (float64, bool) {
	if len(raw) > maxName || noPosition.MatchString(raw) {
		return 0, false
	}
	found := numbers.FindAllString(raw, 3)
	if len(found) == 0 {
		return 0, false
	}
	var parts [3]float64
	for i, s := range found {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return 0, false
		}
		parts[i] = v
	}
	deg := parts[0] + (parts[1]+parts[2]/60)/60
	if southWest.MatchString(raw) {
		deg = -deg
	}
	return deg, true
}

func showCoordinate(raw string) string {
	if deg, ok := degrees(raw); ok {
		return decimal(deg)
	}
	return ""
}

// base64Digits counts the digits of base64 text, each of which stands for six
// bits, up to the first character that does not belong there.
func base64Digits(text []byte) int {
	digits := 0
	for _, b := range text {
		switch {
		case b >= 'A' && b <= 'Z', b >= 'a' && b <= 'z', b >= '0' && b <= '9', b == '+', b == '/':
			digits++
		case b == '=' || b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f':
		default:
			return digits
		}
	}
	return digits
}
