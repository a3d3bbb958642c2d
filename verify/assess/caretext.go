package assess

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify/search"
)

// warningPhrases are words with which people who post warn of what is to be
// seen, in the languages that such posts are mostly in. They are no detector:
// a post without them says nothing.
var warningPhrases = [...]string{
	"18+", "nsfw", "nsfl", "graphic content", "graphic video", "graphic footage", "graphic images", "graphic warning", "warning graphic", "warning: graphic",
	"viewer discretion", "disturbing content", "disturbing video", "disturbing footage", "disturbing images", "sensitive content",
	"чутливий контент", "чутливі кадри", "не для слабкодухих", "шокуючі кадри", "важкі кадри", "вразливим не дивитися",
	"слабонервным", "впечатлительным", "шок-контент", "шокирующие кадры", "жёсткие кадры", "тяжёлые кадры", "жесть",
	"مشاهد قاسية", "مشاهد صادمة", "مشاهد مؤلمة", "محتوى حساس", "مقاطع قاسية", "القلوب الضعيفة", "دلخراش",
	"imágenes sensibles", "imágenes fuertes", "contenido sensible", "images choquantes", "âmes sensibles", "verstörende bilder",
}

var foldedPhrases = sync.OnceValue(func() []string {
	out := make([]string, len(warningPhrases))
	for i, p := range warningPhrases {
		out[i] = search.Fold(p)
	}
	return out
})

// WarnedInText gives the words by which a text from a source warns of what is
// to be seen, "" where it does not. It is what who posted it said, and weighs
// less than what any person of the case says.
func WarnedInText(text string) string {
	folded := search.Fold(text)
	for i, phrase := range foldedPhrases() {
		if holdsWords(folded, phrase) {
			return warningPhrases[i]
		}
	}
	return ""
}

// holdsWords says whether a text has a phrase as whole words.
func holdsWords(text, phrase string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], phrase)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+at])
		after, _ := utf8.DecodeRuneInString(text[from+at+len(phrase):])
		if !wordRune(before) && !wordRune(after) {
			return true
		}
		from += at + len(phrase)
	}
}

func wordRune(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
