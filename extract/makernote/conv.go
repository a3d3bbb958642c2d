package makernote

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Conversions of a value into the form that ExifTool prints with -n. One that
// says false leaves the tag out: the bytes are not what they should be.

// text reads a value of any type as text up to its first zero byte.
func text(v value) (string, bool) { return printable(beforeZero(v.raw)), true }

// as reads the bytes of a value as numbers of another type.
func as(typ uint16) func(value) (string, bool) {
	return func(v value) (string, bool) {
		v.typ = typ
		return v.String(), len(v.raw) >= typeWidth(typ)
	}
}

// over divides each number.
func over(by float64) func(value) (string, bool) {
	return func(v value) (string, bool) {
		return joined(v.Floats(), func(f float64) string { return perlNumber(f / by) }), true
	}
}

// overSigned divides numbers that are signed whatever their type says.
func overSigned(by float64) func(value) (string, bool) {
	return func(v value) (string, bool) {
		switch v.typ {
		case typeByte:
			v.typ = typeSByte
		case typeShort:
			v.typ = typeSShort
		case typeLong:
			v.typ = typeSLong
		}
		return over(by)(v)
	}
}

// swapped exchanges two numbers, which some makers write height first.
func swapped(v value) (string, bool) {
	ns := v.Ints()
	if len(ns) != 2 {
		return "", false
	}
	return fmt.Sprintf("%d %d", ns[1], ns[0]), true
}

// withoutZeros drops the zeros that fill up a list.
func withoutZeros(v value) (string, bool) {
	s := v.String()
	for strings.HasSuffix(s, " 0") {
		s = s[:len(s)-2]
	}
	return s, true
}

// version reads a version of four characters, or of four small numbers.
func version(v value) (string, bool) {
	if len(v.raw) == 0 || v.raw[0] > 9 {
		return v.String(), true
	}
	var b strings.Builder
	for _, c := range v.raw {
		b.WriteString(strconv.Itoa(int(c)))
	}
	return b.String(), true
}

// hexID writes an identifier, and leaves out one of zeros.
func hexID(v value) (string, bool) {
	for _, c := range v.raw {
		if c != 0 {
			return hex.EncodeToString(v.raw), true
		}
	}
	return "", false
}
