package makernote

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// TIFF types, as the entries of notes use them (TIFF 6.0 section 2).
const (
	typeByte      = 1
	typeASCII     = 2
	typeShort     = 3
	typeLong      = 4
	typeRational  = 5
	typeSByte     = 6
	typeUndefined = 7
	typeSShort    = 8
	typeSLong     = 9
	typeSRational = 10
	typeFloat     = 11
	typeDouble    = 12
)

// value is one value: of a directory's entry, which has passed the fence of
// extract/exif, or a part of a fixed record, which has no tag.
type value struct {
	tag   *exif.Tag
	raw   []byte
	at    int64 // in the block
	size  uint64
	typ   uint16
	order exif.ByteOrder
}

// Ints gives whole numbers, nil for a value of another sort.
func (v value) Ints() []int64 {
	width := map[uint16]int{typeByte: 1, typeSByte: 1, typeShort: 2, typeSShort: 2, typeLong: 4, typeSLong: 4}[v.typ]
	if width == 0 {
		return nil
	}
	out := make([]int64, 0, len(v.raw)/width)
	for b := v.raw; len(b) >= width; b = b[width:] {
		out = append(out, v.int(b))
	}
	return out
}

// int reads the first number of b.
func (v value) int(b []byte) int64 {
	switch v.typ {
	case typeSByte:
		return int64(int8(b[0]))
	case typeShort:
		return int64(v.order.Uint16(b))
	case typeSShort:
		return int64(int16(v.order.Uint16(b)))
	case typeLong:
		return int64(v.order.Uint32(b))
	case typeSLong:
		return int64(int32(v.order.Uint32(b)))
	}
	return int64(b[0])
}

// Int gives the first whole number.
func (v value) Int() (int64, bool) {
	if ns := v.Ints(); len(ns) > 0 {
		return ns[0], true
	}
	return 0, false
}

// Floats gives numbers of any type as ExifTool rounds them, NaN for a fraction
// whose denominator is zero; nil for text.
func (v value) Floats() []float64 {
	var out []float64
	switch v.typ {
	case typeRational, typeSRational:
		for _, r := range v.fractions() {
			out = append(out, digits(r.Float(), 10))
		}
	case typeFloat:
		for b := v.raw; len(b) >= 4; b = b[4:] {
			out = append(out, float64(math.Float32frombits(v.order.Uint32(b))))
		}
	case typeDouble:
		for b := v.raw; len(b) >= 8; b = b[8:] {
			out = append(out, math.Float64frombits(v.order.Uint64(b)))
		}
	default:
		for _, i := range v.Ints() {
			out = append(out, float64(i))
		}
	}
	return out
}

func (v value) fractions() []exif.Rational {
	if v.tag != nil {
		return v.tag.Rationals()
	}
	var out []exif.Rational
	for b := v.raw; len(b) >= 8; b = b[8:] {
		num, den := v.order.Uint32(b), v.order.Uint32(b[4:])
		if v.typ == typeSRational {
			out = append(out, exif.Rational{Num: int64(int32(num)), Den: int64(int32(den))})
		} else {
			out = append(out, exif.Rational{Num: int64(num), Den: int64(den)})
		}
	}
	return out
}

// String gives the value as ExifTool prints it with -n where it needs no
// conversion: numbers apart by a space, text up to its first zero byte.
func (v value) String() string {
	switch v.typ {
	case typeASCII:
		return printable(beforeZero(v.raw))
	case typeUndefined:
		return printable(v.raw)
	case typeRational, typeSRational:
		return joined(v.fractions(), func(r exif.Rational) string {
			switch {
			case r.Den != 0:
				return perlNumber(digits(r.Float(), 10))
			case r.Num != 0:
				return "inf"
			}
			return "undef"
		})
	case typeFloat, typeDouble:
		return joined(v.Floats(), perlNumber)
	}
	return joined(v.Ints(), func(n int64) string { return strconv.FormatInt(n, 10) })
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

// beforeZero gives a text up to its first zero byte.
func beforeZero(b []byte) []byte {
	for i, c := range b {
		if c == 0 {
			return b[:i]
		}
	}
	return b
}

// printable drops zero bytes and writes a question mark for what is not
// UTF-8, as ExifTool does in its JSON.
func printable(b []byte) string {
	var out strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			out.WriteByte('?')
		case r != 0:
			out.Write(b[:n])
		}
		b = b[n:]
	}
	return out.String()
}

// latin1 reads a name as UTF-8 and, where it is not, as ISO 8859-1, which
// cameras use for the umlauts of their owners.
func latin1(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// digits rounds to n significant digits.
func digits(f float64, n int) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) || f == 0 {
		return f
	}
	out, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', n-1, 64), 64)
	if err != nil {
		return f
	}
	return out
}

// perlNumber writes a number with fifteen significant digits, as Perl does.
func perlNumber(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "Inf"
	case math.IsInf(f, -1):
		return "-Inf"
	case math.IsNaN(f):
		return "NaN"
	case f == 0:
		return "0"
	}
	exponent := math.Floor(math.Log10(math.Abs(f)))
	if exponent < -5 || exponent >= 15 {
		mantissa, exp, _ := strings.Cut(strconv.FormatFloat(f, 'e', 14, 64), "e")
		if strings.Contains(mantissa, ".") {
			mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		}
		return mantissa + "e" + exp
	}
	return strconv.FormatFloat(digits(f, 15), 'f', -1, 64)
}
