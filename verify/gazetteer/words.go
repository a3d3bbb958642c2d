package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text is bounded: nobody names a place in the tenth kilobyte, and one
// hostile sidecar must not hold up the rest.
const (
	maxText  = 16 << 10 // bytes
	maxWords = 2000
	maxWord  = 60 // bytes
)

// gap is what stands before a word.
type gap uint8

const (
	joined   gap = iota // a space or a hyphen
	comma               // a comma, after which no sentence begins
	broken              // a colon, a quotation mark or the like
	sentence            // the end of a sentence or line, or the start of the text
)

// word is one word of a text.
type word struct {
	start, end int // bytes of the text
	fold       string
	script     script
	before     gap
	hyphen     bool // a hyphen joins it to the word before
	upper      bool // begins with a capital
	shout      bool // is all capitals
	tag        bool // a hashtag, or a part of one
	genitive   bool // English: Aleppo's
}

// split takes a text apart. Addresses of pages and accounts are left out.
func split(text string) []word {
	if len(text) > maxText {
		text = text[:maxText]
	}
	var out []word
	before, hyphen, tag := sentence, false, false
	for i := 0; i < len(text) && len(out) < maxWords; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			end := wordEnd(text, i, tag)
			if isAddress(text[i:]) {
				i = nextSpace(text, i)
				before, tag = broken, false
				continue
			}
			out = append(out, newWord(text, i, end, before, hyphen, tag))
			before, hyphen, i = joined, false, end
			continue
		}
		switch {
		case r == '@':
			i = nextSpace(text, i)
			before = broken
			continue
		case r == '#':
			before, tag = max(before, broken), true
		case r == '_' && tag:
		case r == ' ' || r == '\t' || r == '\u00a0':
			tag = false
		case unicode.Is(unicode.Pd, r) && n > 0 && before == joined && i > 0 && !isSpaceAt(text, i-1) && i+n < len(text) && !isSpaceAt(text, i+n):
			hyphen = true
		case isApostrophe(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Sk, r):
		case strings.ContainsRune(".!?…\n\r؟۔", r) || unicode.Is(unicode.So, r): // emoji part what stands around them
			if r != '.' || !abbreviated(text, out, i) {
				before = sentence
			}
			tag = false
		case strings.ContainsRune(",،;؛", r):
			before, tag = max(before, comma), false
		default:
			before, tag = max(before, broken), false
		}
		i += n
	}
	return out
}

func isSpaceAt(text string, i int) bool { return text[i] == ' ' || text[i] == '\t' || text[i] == '\n' }

// abbreviated holds for the full stop of "м. Харків" and "St. Petersburg",
// which ends no sentence.
func abbreviated(text string, words []word, i int) bool {
	if len(words) == 0 || words[len(words)-1].end != i {
		return false
	}
	switch words[len(words)-1].fold {
	case "м", "г", "с", "смт", "пгт", "пос", "дер", "д", "ст", "st", "ste", "mt", "ft", "обл", "вул", "ул":
		return true
	}
	return false
}

// wordEnd goes over letters, marks and digits, and over an apostrophe between
// two letters. In a hashtag a capital after a small letter begins a new word.
func wordEnd(text string, i int, tag bool) int {
	small := false
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if tag && small && unicode.IsUpper(r) {
				return i
			}
			small = unicode.IsLower(r)
		case unicode.IsMark(r), unicode.Is(unicode.Cf, r) && r != '\u200b':
		case isApostrophe(r) && r != '"':
			next, _ := utf8.DecodeRuneInString(text[i+n:])
			if !unicode.IsLetter(next) {
				return i
			}
		default:
			return i
		}
		i += n
	}
	return i
}

func isAddress(rest string) bool {
	for _, p := range []string{"http://", "https://", "www.", "t.me/"} {
		if len(rest) >= len(p) && strings.EqualFold(rest[:len(p)], p) {
			return true
		}
	}
	return false
}

func nextSpace(text string, i int) int {
	if n := strings.IndexFunc(text[i:], unicode.IsSpace); n >= 0 {
		return i + n
	}
	return len(text)
}

func newWord(text string, start, end int, before gap, hyphen, tag bool) word {
	w := word{start: start, end: end, before: before, hyphen: hyphen, tag: tag}
	first, _ := utf8.DecodeRuneInString(text[start:end])
	w.script = scriptOf(first)
	w.upper = unicode.IsUpper(first) || unicode.IsTitle(first)
	if end-start > maxWord {
		return w // no name is that long: the word stands for itself and matches nothing
	}
	w.shout = w.upper && utf8.RuneCountInString(text[start:end]) > 1 && strings.ToUpper(text[start:end]) == text[start:end]
	w.fold = Fold(text[start:end])
	w.genitive = w.script == latin && (strings.HasSuffix(text[start:end], "'s") || strings.HasSuffix(text[start:end], "’s"))
	return w
}
