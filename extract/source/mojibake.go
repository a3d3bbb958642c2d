package source

import (
	"strings"
	"unicode/utf8"
)

// unescapeBytes repairs the texts of Instagram and Facebook downloads, in
// which every byte of UTF-8 was written as a character of its own: "\u00d0\u009a"
// for "К". Each run of such characters that is a whole character of UTF-8 is
// put together; everything else stays, so that a text that was never broken,
// is broken in parts, or was cut off inside a character keeps what it has.
func unescapeBytes(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 && r <= 0xff }) {
		return s
	}
	runes := []rune(s)
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(runes); {
		if r, length := byteRun(runes[i:]); length > 0 {
			b.WriteRune(r)
			i += length
			continue
		}
		b.WriteRune(runes[i])
		i++
	}
	return b.String()
}

// byteRun reads one character whose bytes stand there as characters and
// returns how many there are, or 0.
func byteRun(runes []rune) (rune, int) {
	var bytes [utf8.UTFMax]byte
	want := 0
	switch first := runes[0]; {
	case first >= 0xc2 && first <= 0xdf:
		want = 2
	case first >= 0xe0 && first <= 0xef:
		want = 3
	case first >= 0xf0 && first <= 0xf4:
		want = 4
	}
	if want == 0 || len(runes) < want {
		return 0, 0
	}
	for i, r := range runes[:want] {
		if r > 0xff {
			return 0, 0
		}
		bytes[i] = byte(r)
	}
	r, size := utf8.DecodeRune(bytes[:want])
	if r == utf8.RuneError || size != want {
		return 0, 0
	}
	return r, want
}
