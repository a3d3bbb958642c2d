package locale

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// sentencePrefix begins the keys of the messages that are patterns of
// sentences. The part after it is the family of the pattern.
const sentencePrefix = "sentence."

// longestSentence bounds, in bytes, what is looked at: what the program says is
// shorter, and the rest is other people's text.
const longestSentence = 4096

// Sentence gives in this language what the program says in English: findings,
// reasons, descriptions and errors, which are made and kept in English, so that
// a case reads in the language of whoever opens it. A text that is none of the
// messages under "sentence." comes back as it is, and so does everything in
// English.
//
// Such a message is a pattern, and the names of its values tell what can stand
// there (a number behind the name tells several apart):
//
//	{n}                      a whole number; it chooses the plural form
//	{x}                      a number with decimals
//	{deg}                    a number of degrees of a position, left as it is
//	{time}                   a time or a date as the program writes it
//	{path} {name} {text}     anything, left as it is
//	{file}                   the same that ends as the name of a file does
//	{id}                     the same of letters and digits alone
//	{any}                    any other sentence; behind a colon at the end of the
//	                         pattern also the words of a library or the system
//	{where}, {lasting}, …    a fragment: a message of that family
//	{listWhere}, …           several of them: "a, b and c"
//
// The families are the second parts of the keys. Of several patterns that fit,
// the one holds that leaves the least to what stands there as it is.
func (c *Catalogue) Sentence(english string) string { return c.SentenceOf("", english) }

// SentenceOf is [Catalogue.Sentence] of a text that can be one of a family
// alone, as where other people's text can stand in its place: nothing else is
// taken for a sentence of the program. "" is all families.
func (c *Catalogue) SentenceOf(family, english string) string {
	if c.english == nil || english == "" || len(english) > longestSentence {
		return english
	}
	r, ok := sentences().recognise(family, english)
	if !ok {
		return english
	}
	return r.in(c)
}

// sentences are the patterns of all sentences, compiled once.
var sentences = sync.OnceValue(func() *grammar { return compile(catalogues()[English]) })

// recognised is a sentence that was understood, beside what is made of it
// outside its pattern.
type recognised struct {
	*phrase
	capital bool // its first letter was made a capital one
	stop    bool // a full stop was added
}

// recognise understands a sentence as it is kept or, as screens show some,
// with a capital letter and a full stop.
func (g *grammar) recognise(family, english string) (recognised, bool) {
	plain, stop := strings.CutSuffix(english, ".")
	small, least := firstLetter(english, unicode.ToLower), firstLetter(plain, unicode.ToLower)
	capital := small != english && firstLetter(small, unicode.ToUpper) == english
	best := recognised{}
	for _, r := range []struct {
		text          string
		capital, stop bool
	}{
		{english, false, false}, {small, true, false}, {plain, false, true}, {least, true, true},
	} {
		if r.stop && !stop || r.capital && !capital {
			continue
		}
		if p := g.match(family, r.text); p != nil && (best.phrase == nil || p.known > best.known) {
			best = recognised{p, r.capital, r.stop}
		}
	}
	return best, best.phrase != nil
}

// in says what was recognised in a language.
func (r recognised) in(c *Catalogue) string {
	text := r.phrase.in(c)
	if r.capital {
		text = firstLetter(text, unicode.ToUpper)
	}
	if r.stop {
		text += "."
	}
	return text
}

func firstLetter(text string, to func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 || r == utf8.RuneError {
		return text
	}
	return string(to(r)) + text[size:]
}
