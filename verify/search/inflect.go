package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word of a filter is taken to have the other endings of its kind. What comes
// of it is no grammar: many of the forms do not exist, which does no harm,
// since they are only looked for, and whole words only.

// endings are sets of which any may stand for any other: nouns in а and о,
// those in я, є and ь, masculine ones, adjectives. Folded, so that ї is і; "-"
// is the bare stem. Sources: Український правопис 2019, part II; Русская
// грамматика 1980, vol. 1.
var endings = [...]string{
	"а и і у ю ою ею ам ами ах ы е ой ей о ом ові -",
	"я і ю ею єю ям ями ях ь й е ей и ем еві єві ія іі ією ії ию ии ией ий ье ья ью ьем ів",
	"- а у ом ові і и ів ам ами ах е ем ы ов",
}

const adjectives = "ий ій ый ой а я е є і и ы ое ее ая яя ые ие у ю ую юю ого его ього ому ему ьому им ім ым ом ем ою ею оі ьоі ей их іх ых ими іми ыми ій"

// partings are endings that change with the stem: a vowel that comes and goes,
// or becomes another one in an open syllable. The first is how a dictionary
// has it.
var partings = [...]string{
	"ок ка ку ком ці кові ке ки ків кам ками ках ков",
	"ець ця цю цем ці цеві ців цям цями цях",
	"ец ца цу цом цем це цы цов цев цам цами цах",
	"ість ості істю остей остям остями остях",
	"ість ость ости остью остей",
}

// leastStem is how much of a word stays as it is, in letters.
const leastStem = 3

// longWord is from how many letters on a word is taken to have had another
// vowel; an adjective in а or у has them with its ending.
const longWord = 5

// inflects says whether a folded word has forms of which it is no part itself.
func inflects(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return !strings.Contains(word, " ") && unicode.In(first, unicode.Cyrillic, unicode.Arabic)
}

// forms gives the words that may be meant by a folded one: itself, and its
// other forms.
func forms(word string) []string {
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case unicode.Is(unicode.Cyrillic, first):
		return cyrillicForms(word, longWord-1)
	case unicode.Is(unicode.Arabic, first):
		return arabicForms(word)
	case unicode.Is(unicode.Latin, first):
		return []string{word, word + "s"} // Aleppo's
	}
	return []string{word}
}

// nameForms are those of a word of a name, which may be a short adjective:
// Біла Церква.
func nameForms(word string) []string {
	if first, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.Cyrillic, first) {
		return cyrillicForms(word, leastStem)
	}
	return forms(word)
}

// cyrillicForms takes words in а and the like for adjectives, too, where so
// many letters are left.
func cyrillicForms(word string, adjective int) []string {
	out := []string{word}
	for _, set := range endings {
		out = exchange(out, word, set, leastStem)
	}
	out = exchange(out, word, adjectives, adjective)
	for _, ending := range [...]string{"ий", "ій", "ый", "ой", "ая", "ое", "ые", "ого", "ому", "оі"} {
		if strings.HasSuffix(word, ending) {
			out = exchange(out, word, adjectives, leastStem)
			break
		}
	}
	for _, set := range partings {
		out = exchange(out, word, set, leastStem)
	}
	return append(out, otherVowel(word)...)
}

// exchange adds a word with each ending of a set in the place of the one that
// it has.
func exchange(out []string, word, set string, least int) []string {
	list := strings.Fields(set)
	for _, has := range list {
		stem, ok := strings.CutSuffix(word, strings.TrimPrefix(has, "-"))
		if !ok || utf8.RuneCountInString(stem) < least || has == "-" && endsInVowel(word) {
			continue
		}
		for _, ending := range list {
			if ending == "-" && endsInVowel(stem) {
				continue
			}
			out = append(out, stem+strings.TrimPrefix(ending, "-"))
			if ending == "і" {
				out = append(out, softened(stem)...)
			}
		}
	}
	return out
}

const vowels = "аеєиіоуюяыэьй"

func endsInVowel(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune(vowels, last)
}

// softened is what becomes of a stem before і: дорога, дорозі; рука, руці.
func softened(stem string) []string {
	for _, pair := range [...][2]string{{"г", "зі"}, {"к", "ці"}, {"х", "сі"}} {
		if head, ok := strings.CutSuffix(stem, pair[0]); ok {
			return []string{head + pair[1]}
		}
	}
	return nil
}

// otherVowel is what becomes of і where the last syllable opens (міст, мосту;
// Харків, Харкова), and back.
func otherVowel(word string) []string {
	var out []string
	stem := strings.TrimSuffix(word, "ь")
	if head, tail, ok := lastVowel(stem); ok && strings.HasSuffix(head, "і") && tail != "" && utf8.RuneCountInString(stem) >= leastStem {
		for _, vowel := range [...]string{"о", "е", "є"} {
			open := strings.TrimSuffix(head, "і") + vowel + tail
			for _, set := range endings[1:] {
				for _, ending := range strings.Fields(set) {
					if ending != "-" {
						out = append(out, open+ending)
					}
				}
			}
			out = append(out, softened(open)...)
		}
	}
	if utf8.RuneCountInString(word) < longWord {
		return out
	}
	for _, ending := range [...]string{"ові", "еві", "ом", "ем", "а", "у", "і", "и", "я", "ю"} {
		closed, ok := strings.CutSuffix(word, ending)
		head, tail, syllable := lastVowel(closed)
		if !ok || !syllable || tail == "" || utf8.RuneCountInString(closed) < longWord-1 {
			continue
		}
		for _, vowel := range [...]string{"о", "е", "є"} {
			if start, ok := strings.CutSuffix(head, vowel); ok {
				out = append(out, cyrillicNoun(start+"і"+tail)...)
			}
		}
	}
	return out
}

// cyrillicNoun is a masculine noun as a dictionary has it, hard and soft.
func cyrillicNoun(word string) []string { return []string{word, word + "ь"} }

// lastVowel parts a word behind its last vowel; the rest is of one or two
// consonants.
func lastVowel(word string) (head, tail string, ok bool) {
	at := strings.LastIndexAny(word, "аеєиіоуюяыэ")
	if at < 0 {
		return "", "", false
	}
	_, n := utf8.DecodeRuneInString(word[at:])
	head, tail = word[:at+n], word[at+n:]
	return head, tail, utf8.RuneCountInString(tail) <= 2
}

// proclitics are what is written onto an Arabic word: and, so, in, to, as, the.
var proclitics = [...]string{
	"", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك", "لل", "ولل", "فلل",
}

const longestProclitic = 6 // bytes

const article = "ال"

// arabicForms gives a word with and without its article, and in the plural
// where that only adds to it. What else is written onto it is taken off where
// the text is read.
func arabicForms(word string) []string {
	bare := word
	for _, with := range [...]string{article, "و" + article, "ب" + article, "ف" + article, "ك" + article, "لل", "ول" + article} {
		if rest, ok := strings.CutPrefix(word, with); ok && utf8.RuneCountInString(rest) >= leastStem {
			bare = rest
			break
		}
	}
	out := []string{word}
	stems := []string{bare, bare + "ات", bare + "ين", bare + "ون", bare + "ان"}
	if stem, ok := strings.CutSuffix(bare, "ه"); ok {
		stems = append(stems, stem+"ات", stem+"ت")
	}
	for _, stem := range stems {
		out = append(out, stem, article+stem)
	}
	return out
}
