package iptc

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// charset is what dataset 1:90 states about the text of the records.
type charset struct {
	utf8  bool
	upper encoding.Encoding // of the bytes from 0x80, nil when unstated
}

// designations are the sets that 1:90 can name for the bytes from 0x80 (ISO
// 2022, with the registrations of ISO-IR), by the escape sequence without ESC.
// The one-byte sets of 96 characters are designated by "-" to G1, "." to G2 and
// "/" to G3; writers also put "," for G0. The East Asian sets of two bytes are
// designated to G1 by "$)".
func designated(seq string) encoding.Encoding {
	switch seq {
	case "$)A":
		return simplifiedchinese.GBK // holds GB 2312 as it is invoked here
	case "$)B":
		return japanese.EUCJP
	case "$)C":
		return korean.EUCKR
	}
	if len(seq) != 2 || !strings.ContainsRune(",-./", rune(seq[0])) {
		return nil
	}
	switch seq[1] {
	case 'A':
		return charmap.Windows1252 // Latin-1; writers mean Windows' extension of it
	case 'B':
		return charmap.ISO8859_2
	case 'C':
		return charmap.ISO8859_3
	case 'D':
		return charmap.ISO8859_4
	case 'L':
		return charmap.ISO8859_5
	case 'G':
		return charmap.ISO8859_6
	case 'F':
		return charmap.ISO8859_7
	case 'H':
		return charmap.ISO8859_8
	case 'M':
		return charmap.ISO8859_9
	case 'V':
		return charmap.ISO8859_10
	case 'T':
		return charmap.Windows874 // TIS-620
	case 'Y':
		return charmap.ISO8859_13
	case '_':
		return charmap.ISO8859_14
	case 'b':
		return charmap.ISO8859_15
	case 'f':
		return charmap.ISO8859_16
	}
	return nil
}

// codedCharset reads dataset 1:90: one or more escape sequences.
func codedCharset(val []byte) charset {
	var c charset
	for _, seq := range bytes.Split(val, []byte{0x1b}) {
		switch s := string(seq); s {
		case "%G", "%/G", "%/H", "%/I":
			c.utf8 = true
		default:
			if e := designated(s); e != nil && c.upper == nil {
				c.upper = e
			}
		}
	}
	return c
}

// text gives val as UTF-8. What reads as UTF-8 is UTF-8, whatever is stated:
// by chance other text hardly ever does. Then the stated set is tried, then
// Windows-1252.
func (c charset) text(val []byte) string {
	if utf8.Valid(val) || c.utf8 {
		return printable(val)
	}
	val, _, _ = bytes.Cut(val, []byte{0}) // what comes after is no text
	if c.upper != nil {
		out, err := c.upper.NewDecoder().Bytes(val)
		if err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
			return printable(out)
		}
	}
	return latin(val)
}

// latin reads Windows-1252.
func latin(val []byte) string {
	var out strings.Builder
	for _, b := range val {
		out.WriteRune(charmap.Windows1252.DecodeByte(b))
	}
	return printable([]byte(out.String()))
}

// printable drops zero bytes and writes "?" for each byte that is not UTF-8, as
// ExifTool's JSON does.
func printable(val []byte) string {
	var out strings.Builder
	for len(val) > 0 {
		r, n := utf8.DecodeRune(val)
		switch {
		case r == utf8.RuneError && n == 1:
			out.WriteByte('?')
		case r != 0:
			out.Write(val[:n])
		}
		val = val[n:]
	}
	return out.String()
}

// utf16Text reads big-endian UTF-16 up to the first zero.
func utf16Text(val []byte) string {
	units := make([]uint16, 0, len(val)/2)
	for i := 0; i+1 < len(val); i += 2 {
		u := uint16(val[i])<<8 | uint16(val[i+1])
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}
