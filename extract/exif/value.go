package exif

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/rwcarlsen/goexif/tiff"
)

// The getters of a nil Tag, and of one whose value is of another sort, give
// nothing: a reader asks for what it needs and need not look first.

// Text gives a written value up to its first zero byte: of type ASCII, of type
// undefined or byte where the name calls for text. It is "" for anything else.
func (t *Tag) Text() string {
	if t == nil || t.value == nil {
		return ""
	}
	switch t.value.Format() {
	case tiff.StringVal:
		return t.writtenText()
	case tiff.UndefVal:
		return t.undefinedText()
	case tiff.IntVal:
		if isXP(t.ID) {
			return decodeUTF16(t.value.Val, false)
		}
	}
	return ""
}

// Ints gives whole numbers, nil for a value of another sort.
func (t *Tag) Ints() []int64 {
	if t == nil || t.value == nil || t.value.Format() != tiff.IntVal {
		return nil
	}
	out := make([]int64, 0, t.value.Count)
	for i := range int(t.value.Count) {
		n, err := t.value.Int64(i)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}

// Int gives the first whole number.
func (t *Tag) Int() (int64, bool) {
	ns := t.Ints()
	if len(ns) == 0 {
		return 0, false
	}
	return ns[0], true
}

// Rational is a fraction as written; a denominator of zero is common in
// files and means that the value is not known.
type Rational struct{ Num, Den int64 }

// Float is NaN where the denominator is zero.
func (r Rational) Float() float64 {
	if r.Den == 0 {
		return math.NaN()
	}
	return float64(r.Num) / float64(r.Den)
}

// Rationals gives fractions, nil for a value of another sort.
func (t *Tag) Rationals() []Rational {
	if t == nil || t.value == nil || t.value.Format() != tiff.RatVal {
		return nil
	}
	out := make([]Rational, 0, t.value.Count)
	for i := range int(t.value.Count) {
		n, d, err := t.value.Rat2(i)
		if err != nil {
			return nil
		}
		out = append(out, Rational{n, d})
	}
	return out
}

// Floats gives numbers of any type, NaN for each that the file leaves
// undefined; nil for text.
func (t *Tag) Floats() []float64 {
	if t == nil || t.value == nil {
		return nil
	}
	var out []float64
	switch t.value.Format() {
	case tiff.RatVal:
		for _, r := range t.Rationals() {
			out = append(out, r.Float())
		}
	case tiff.IntVal:
		for _, n := range t.Ints() {
			out = append(out, float64(n))
		}
	case tiff.FloatVal:
		for i := range int(t.value.Count) {
			f, err := t.value.Float(i)
			if err != nil {
				return nil
			}
			out = append(out, f)
		}
	}
	return out
}

func joined[T any](vs []T, text func(T) string) string {
	var b strings.Builder
	for i, v := range vs {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text(v))
	}
	return b.String()
}

// rationalString follows ExifTool: "undef" for 0/0, "inf" for n/0.
func rationalString(r Rational) string {
	switch {
	case r.Den == 0 && r.Num == 0:
		return "undef"
	case r.Den == 0:
		return "inf"
	}
	return number(tenDigits(r.Float()))
}

// tenDigits rounds to ten significant digits, the resolution of a 32-bit
// fraction.
func tenDigits(f float64) float64 {
	out, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', 9, 64), 64)
	if err != nil {
		return f
	}
	return out
}

// gpsString writes the GPS values that consist of three numbers.
func (t *Tag) gpsString() (string, bool) {
	if t.Name != gpsNames[t.ID] {
		return "", false
	}
	switch t.ID {
	case 0x02, 0x04, 0x14, 0x16:
		if d, ok := Degrees(t.Floats()); ok {
			return number(d), true
		}
		return "", t.value.Format() == tiff.RatVal
	case 0x07:
		if f := t.Floats(); len(f) == 3 {
			return clockString(f)
		}
	}
	return "", false
}

// Degrees joins degrees, minutes and seconds. Parts that are not there count
// as zero; one that is undefined makes the whole undefined.
func Degrees(parts []float64) (float64, bool) {
	if len(parts) == 0 || len(parts) > 3 {
		return 0, false
	}
	sum, unit := 0.0, 1.0
	for _, p := range parts {
		if math.IsNaN(p) || math.IsInf(p, 0) {
			return 0, false
		}
		sum += tenDigits(p) / unit
		unit *= 60
	}
	return sum, true
}

// clockString writes hours, minutes and seconds as "07:11:43.07"; like
// ExifTool it prints an undefined part as zero.
func clockString(f []float64) (string, bool) {
	unit, sum := 3600e9, 0.0
	for _, v := range f {
		if v < 0 || v > 1e6 {
			return "", true
		}
		if !math.IsNaN(v) {
			sum += tenDigits(v) * unit
		}
		unit /= 60
	}
	nanos := int64(math.Round(sum))
	sec, frac := nanos/1e9, nanos%1e9
	s := fmt.Sprintf("%02d:%02d:%02d", sec/3600, sec/60%60, sec%60)
	if frac != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%09d", frac), "0")
	}
	return s, true
}
