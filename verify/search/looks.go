package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// looks gives the Cyrillic letter that a Latin one looks like, in lower case or
// in capitals. People mix the two where a keyboard lacks a letter or a filter
// is to be got round. Of a word in Latin letters alone nobody can tell: "map"
// is no beginning of Маріуполь. So only words are taken for Cyrillic ones
// that hold a Cyrillic letter, and, besides, those of capitals (HATO) or with
// figures (C-300), whose other reading is kept beside the first.
var looks = map[rune]rune{
	'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'н', 'i': 'і', 'j': 'ј', 'k': 'к',
	'm': 'м', 'o': 'о', 'p': 'р', 's': 'ѕ', 't': 'т', 'x': 'х', 'y': 'у',
}

// looksLatin leads back.
var looksLatin = func() map[rune]rune {
	out := map[rune]rune{}
	for latin, cyrillic := range looks {
		out[cyrillic] = latin
	}
	return out
}()

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// unmix writes every word of a folded text that holds letters of both scripts
// in that which all of it can be.
func unmix(folded string) string {
	var b strings.Builder
	b.Grow(len(folded))
	for len(folded) > 0 {
		n := strings.IndexFunc(folded, isWordRune)
		if n < 0 {
			n = len(folded)
		}
		b.WriteString(folded[:n])
		folded = folded[n:]
		n = strings.IndexFunc(folded, func(r rune) bool { return !isWordRune(r) })
		if n < 0 {
			n = len(folded)
		}
		b.WriteString(unmixed(folded[:n]))
		folded = folded[n:]
	}
	return b.String()
}

// unmixed is a word in one script, as far as it can be.
func unmixed(word string) string {
	var latin, onlyLatin, cyrillic, onlyCyrillic bool
	for _, r := range word {
		switch {
		case 'a' <= r && r <= 'z':
			_, either := looks[r]
			latin, onlyLatin = true, onlyLatin || !either
		case unicode.Is(unicode.Cyrillic, r):
			_, either := looksLatin[r]
			cyrillic, onlyCyrillic = true, onlyCyrillic || !either
		}
	}
	switch {
	case !latin || !cyrillic:
		return word
	case !onlyLatin:
		return mapped(word, looks)
	case !onlyCyrillic:
		return mapped(word, looksLatin)
	}
	return cyrillicParts(word)
}

func mapped(word string, to map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if as, ok := to[r]; ok {
			return as
		}
		return r
	}, word)
}

// cyrillicParts takes for Cyrillic those stretches of Latin letters of a word
// that can be: in Zелeнський the second, and not the brand in iPhoneшник.
func cyrillicParts(word string) string {
	var b strings.Builder
	isLatin := func(r rune) bool { return 'a' <= r && r <= 'z' }
	for len(word) > 0 {
		n := strings.IndexFunc(word, func(r rune) bool { return !isLatin(r) })
		if n < 0 {
			n = len(word)
		}
		part := word[:n]
		if strings.IndexFunc(part, func(r rune) bool { _, either := looks[r]; return !either }) < 0 {
			part = mapped(part, looks)
		}
		b.WriteString(part)
		word = word[n:]
		if n = strings.IndexFunc(word, isLatin); n < 0 {
			n = len(word)
		}
		b.WriteString(word[:n])
		word = word[n:]
	}
	return b.String()
}

// twoFaced says whether a word, as it was written, may be a Cyrillic one in
// Latin letters: capitals that all have a Cyrillic twin, or such letters and
// figures.
func twoFaced(word string) bool {
	letters, digits, small := 0, 0, false
	for _, r := range word {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '-':
		default:
			lower := unicode.ToLower(r)
			if _, either := looks[lower]; !either || lower == 's' || lower == 'j' {
				return false
			}
			letters++
			small = small || lower == r
		}
	}
	return digits > 0 && letters > 0 || letters > 1 && !small
}

// secondReading gives those words of a text that may be Cyrillic ones in Latin
// letters, folded as such.
func secondReading(text string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) && r != '-' }) {
		if twoFaced(word) {
			out = append(out, Fold(mapped(strings.ToLower(word), looks)))
		}
	}
	return out
}

// wordBreak stands in an indexed text between it and its second reading:
// nothing that is searched for holds it.
const wordBreak = "\n"

// Indexed is what is kept of a text to look for words in: the text folded, and
// its second reading behind it.
func Indexed(text string) string {
	if second := secondReading(text); len(second) > 0 {
		return Fold(text) + wordBreak + strings.Join(second, wordBreak)
	}
	return Fold(text)
}
