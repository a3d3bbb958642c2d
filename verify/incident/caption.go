package incident

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A caption is bounded: nobody names a place in the tenth kilobyte, and one
// hostile sidecar must not fill the vocabulary.
const (
	maxCaption = 4 << 10 // bytes
	maxWords   = 200
	maxWord    = 40 // letters
)

// word is one word of a caption, ready for comparison.
type word struct {
	text string // in lower case
	form string // as written
	key  string // equal for spellings and inflections of one name: see nameKey
	name bool   // written as a name: see words
	mute bool   // its writing does not say whether it is a name
}

// words splits a caption. A name has a capital, which at the start of a
// sentence says nothing unless the word stands alone before a colon, a comma or
// a full stop. In a script without capitals most rare words are no names: one
// is where the caption says so, by a hashtag, a colon after the first word, or
// a word such as town before it.
func words(caption string) []word {
	if len(caption) > maxCaption {
		caption = strings.ToValidUTF8(caption[:maxCaption], "")
	}
	text := []rune(norm.NFKC.String(caption))
	var out []word
	start, fresh, tag, settled := -1, true, false, false
	for i := 0; i <= len(text) && len(out) < maxWords; i++ {
		if i < len(text) && inWord(text, i) {
			if start < 0 && !unicode.IsMark(text[i]) { // a mark belongs to what stands before
				start = i
			}
			continue
		}
		if start >= 0 {
			w, ok := readWord(text[start:i])
			if ok && caseless(text[start]) {
				w.name = tag || settled || len(out) == 0 && heads(text[i:])
				w.mute = !w.name
			} else {
				w.name = tag || isUpper(text[start]) && (!fresh || alone(text[i:]))
			}
			if ok {
				out = append(out, w)
			}
			start, fresh, tag, settled = -1, false, false, ok && settlements[fold(w.text)]
		}
		if i < len(text) {
			switch text[i] {
			case '.', '!', '?', '\n', '…':
				fresh = true
			case '#':
				tag = true
			}
			settled = settled && text[i] == ' '
		}
	}
	return out
}

// inWord holds for letters, their marks, and an apostrophe or hyphen between
// two letters.
func inWord(text []rune, i int) bool {
	r := text[i]
	if unicode.IsLetter(r) || unicode.IsMark(r) {
		return true
	}
	return strings.ContainsRune("'’ʼ`-", r) && i > 0 && i+1 < len(text) &&
		unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i+1])
}

func isUpper(r rune) bool { return unicode.IsUpper(r) || unicode.IsTitle(r) }

// caseless holds for scripts without capitals.
func caseless(r rune) bool { return !unicode.IsUpper(r) && !unicode.IsLower(r) && !unicode.IsTitle(r) }

// alone holds when the word is set off from what follows, as a place name at
// the head of a caption is.
func alone(rest []rune) bool {
	return len(rest) > 0 && strings.ContainsRune(":,.：—–|", rest[0]) && !(len(rest) > 1 && rest[0] == '.' && rest[1] == '.')
}

// heads holds when the first word is set off from what follows, as where
// captions say where they are from.
func heads(rest []rune) bool { return len(rest) > 0 && strings.ContainsRune(":：—–|", rest[0]) }

func readWord(r []rune) (word, bool) {
	if len(r) < 2 || len(r) > maxWord {
		return word{}, false
	}
	text := strings.ToLower(string(r))
	return word{text: text, form: string(r), key: nameKey(text)}, true
}

// nameKey reduces a name to what survives transliteration and inflection:
// Avdiivka, Авдіївка, Авдеевка and Авдіївці meet in one key. It keeps the
// consonants of the romanised word; words with fewer than three of them keep
// their vowels, in three classes.
func nameKey(lower string) string {
	latin := romanise(lower)
	var bones strings.Builder
	var last byte
	for i := 0; i < len(latin); i++ {
		c := latin[i]
		if strings.IndexByte("aeiouy", c) >= 0 {
			last = 0
			continue
		}
		if c != last {
			bones.WriteByte(c)
		}
		last = c
	}
	if bones.Len() >= 3 {
		return bones.String()
	}
	return "~" + shortKey(latin)
}

// shortKey merges the vowels that transliterations confuse (i, y, e; a, o) and
// doubled letters.
func shortKey(latin string) string {
	var out []byte
	for i := 0; i < len(latin); i++ {
		c := latin[i]
		switch c {
		case 'y', 'e', 'j':
			c = 'i'
		case 'o':
			c = 'a'
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	if len(out) > 3 { // a final vowel is most often an ending
		out = []byte(strings.TrimRight(string(out), "aiu"))
	}
	return string(out)
}

// romanise writes Cyrillic and Arabic in Latin letters and brings Latin
// spellings to the same alphabet, in which h stands for kh, g and h alike
// (Ukrainian г is h, Russian г is g), x for sh and shch, c for ch and ts, and
// j for zh. Other scripts pass unchanged.
func romanise(lower string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(stripArticle(lower)) {
		switch {
		case unicode.IsMark(r):
		case r < 0x80:
			if r >= 'a' && r <= 'z' {
				b.WriteRune(r)
			}
		default:
			if s, ok := letters[r]; ok {
				b.WriteString(s)
			} else if unicode.IsLetter(r) {
				b.WriteRune(r)
			}
		}
	}
	return digraphs.Replace(b.String())
}

var digraphs = strings.NewReplacer(
	"shch", "x", "sch", "x", "sh", "x", "zh", "j", "kh", "h", "gh", "h", "ch", "c", "tch", "c", "tz", "c", "ts", "c",
	"ck", "k", "ph", "f", "w", "v", "q", "k", "g", "h",
)

// stripArticle takes the Arabic article and the prepositions and conjunctions
// that are written onto the word: بحلب is حلب.
func stripArticle(lower string) string {
	r := []rune(lower)
	if len(r) == 0 || !unicode.Is(unicode.Arabic, r[0]) {
		return lower
	}
	for _, prefix := range []string{"وال", "بال", "فال", "كال", "لل", "ال", "ب", "و", "ف", "ل"} {
		if p := []rune(prefix); len(r)-len(p) >= 3 && strings.HasPrefix(lower, prefix) {
			return string(r[len(p):])
		}
	}
	return lower
}

// letters after compatibility decomposition: й, ї and ё have become и, і and
// е with a mark.
var letters = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "h", 'ґ': "h", 'д': "d", 'е': "e", 'є': "e", 'ж': "j", 'з': "z", 'и': "i", 'і': "i",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "h",
	'ц': "c", 'ч': "c", 'ш': "x", 'щ': "x", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e", 'ю': "u", 'я': "a", 'ў': "u",
	'ا': "a", 'ب': "b", 'ت': "t", 'ث': "t", 'ج': "j", 'ح': "h", 'خ': "h", 'د': "d", 'ذ': "d", 'ر': "r", 'ز': "z", 'س': "s",
	'ش': "x", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "", 'غ': "h", 'ف': "f", 'ق': "k", 'ك': "k", 'ک': "k", 'ل': "l",
	'م': "m", 'ن': "n", 'ه': "h", 'ة': "", 'و': "u", 'ي': "i", 'ی': "i", 'ى': "a", 'ء': "", 'پ': "b", 'چ': "c", 'گ': "h",
	'ł': "l", 'ø': "o", 'đ': "d", 'ı': "i", 'ß': "ss", 'æ': "e", 'œ': "e",
}
