package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a name as it is looked up: in lower case, hyphens as spaces,
// without apostrophes, marks of stress and accents, and with letters merged
// that writers exchange (ё and е, ґ and г, the forms of alif, Persian and
// Arabic kaf and ya). Letters stay in their script: how a name is written in
// another one stands in the table.
func Fold(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	space := false
	for _, r := range decompose(name) {
		switch {
		case r == ' ' || unicode.Is(unicode.Pd, r) || unicode.IsSpace(r) || r == '_':
			space = b.Len() > 0
			continue
		case isApostrophe(r) || r == '.' || unicode.Is(unicode.Cf, r) || r == tatweel:
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if r < utf8.RuneSelf {
			b.WriteByte(byte(unicode.ToLower(r)))
		} else if s, ok := merged[r]; ok {
			b.WriteString(s)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

const tatweel = 'ـ'

// decompose takes compatibility forms apart and drops marks, save those that
// make a letter of its own: й, ї and ў.
func decompose(name string) []rune {
	if isASCII(name) {
		return []rune(name)
	}
	var out []rune
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		if !unicode.IsMark(r) {
			out = append(out, r)
			continue
		}
		if n := len(out); n > 0 {
			switch {
			case r == '\u0306' && out[n-1] == 'и':
				out[n-1] = 'й'
			case r == '\u0308' && out[n-1] == 'і':
				out[n-1] = 'ї'
			case r == '\u0306' && out[n-1] == 'у':
				out[n-1] = 'ў'
			case unicode.Is(unicode.Mc, r): // vowels of Indian scripts are letters in all but name
				out = append(out, r)
			}
		}
	}
	return out
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'’‘ʼʻ`´ʹʺ′\"", r) }

// merged holds the letters that stand for others.
var merged = map[rune]string{
	'ґ': "г",
	'ł': "l", 'ø': "o", 'đ': "d", 'ı': "i", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ð': "d", 'ə': "a",
	'ى': "ي", 'ی': "ي", 'ې': "ي", 'ک': "ك", 'ة': "ه", 'ہ': "ه", 'ە': "ه", 'ھ': "ه", 'ٱ': "ا", 'ۇ': "و",
	'ς': "σ",
}

// script tells how a word is inflected and what a capital means in it.
type script uint8

const (
	other script = iota
	latin
	cyrillic
	arabic
)

func scriptOf(r rune) script {
	switch {
	case r < 0x250:
		return latin
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Arabic, r):
		return arabic
	case unicode.Is(unicode.Latin, r):
		return latin
	}
	return other
}
