package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Places opens the gazetteer by which the spellings of a place are known; nil
// where none is to be asked. It is called only when words are looked for.
type Places func() (*gazetteer.Gazetteer, error)

// needle is a word, or a piece in quotes, as it is looked for in indexed texts.
type needle struct {
	parts  []string        // anywhere
	starts []string        // where a word begins
	whole  map[string]bool // as a word
	rows   [][]string      // as several words, each by any of its forms
	heads  []string        // with which whole words and rows begin
}

// newNeedle reads a word of a filter. An exact one has no other forms.
func newNeedle(word string, exact bool) *needle {
	n := &needle{whole: map[string]bool{}}
	for i, folded := range readings(word, exact) {
		switch spaced, joined, ok := designation(folded); {
		case folded == "":
		case ok && !exact:
			n.starts = append(n.starts, spaced, joined)
			if folded == joined {
				n.parts = append(n.parts, folded)
			}
		default:
			n.parts = append(n.parts, folded)
			if !exact && i == 0 && inflects(folded) {
				n.words(forms(folded))
			}
		}
	}
	return n
}

// readings are the ways in which what was typed can be read, folded.
func readings(word string, exact bool) []string {
	if trimmed := trimmed(word); trimmed != "" && !exact {
		word = trimmed
	}
	out := []string{Fold(word)}
	if strings.ContainsFunc(word, unicode.IsSpace) {
		return out
	}
	return append(out, secondReading(word)...)
}

// trimmed is a word without the punctuation around it, which belongs to the
// sentence that it was copied from. Marks of tags and accounts are meant.
func trimmed(word string) string {
	return strings.TrimFunc(word, func(r rune) bool {
		return unicode.IsPunct(r) && r != '#' && r != '@' && r != '_' && r != '-' && r != '%' && r != '&'
	})
}

// designation takes apart what is named by a few letters and a number, as
// weapons and cameras are: С-300 is С300 and С 300, and no от 300.
func designation(folded string) (spaced, joined string, ok bool) {
	letters := strings.IndexFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	if letters <= 0 || utf8.RuneCountInString(folded[:letters]) > 4 {
		return "", "", false
	}
	rest := strings.TrimPrefix(folded[letters:], " ")
	if rest == "" || rest[0] < '0' || rest[0] > '9' || strings.ContainsFunc(rest, func(r rune) bool { return !isWordRune(r) }) {
		return "", "", false
	}
	return folded[:letters] + " " + rest, folded[:letters] + rest, true
}

// words adds words that have to stand as such.
func (n *needle) words(words []string) {
	for _, w := range words {
		if utf8.RuneCountInString(w) >= leastStem {
			n.whole[w] = true
			n.begin(w)
		}
	}
}

// begin notes how a word begins.
func (n *needle) begin(word string) {
	letters := 0
	for i := range word {
		if letters == leastStem {
			word = word[:i]
			break
		}
		letters++
	}
	if !slices.Contains(n.heads, word) {
		n.heads = append(n.heads, word)
	}
}

// names adds the names of a place, folded as a gazetteer does.
func (n *needle) names(names []string) {
	for _, name := range names {
		words := strings.Fields(Fold(name))
		if len(words) == 1 {
			n.words(nameForms(words[0]))
			continue
		}
		row := make([]string, len(words))
		for i, w := range words {
			all := nameForms(w)
			row[i] = wordBreak + strings.Join(all, wordBreak) + wordBreak
			if i > 0 {
				continue
			}
			for _, form := range all {
				n.begin(form)
			}
		}
		n.rows = append(n.rows, row)
	}
}

// empty says whether nothing is looked for: it was punctuation alone.
func (n *needle) empty() bool { return len(n.parts)+len(n.starts)+len(n.whole)+len(n.rows) == 0 }

// in says whether it stands in an indexed text.
func (n *needle) in(text string) bool {
	if text == "" {
		return false
	}
	for _, part := range n.parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	for _, start := range n.starts {
		if startsWord(text, start) {
			return true
		}
	}
	return n.amongWords(text)
}

// startsWord says whether a piece stands where a word begins.
func startsWord(text, piece string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], piece)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+at])
		if from+at == 0 || !isWordRune(before) {
			return true
		}
		from += at + len(piece)
	}
}

// amongWords says whether a word of the text is one that is looked for, or
// the first of several that are.
func (n *needle) amongWords(text string) bool {
	for _, head := range n.heads {
		for from := 0; ; {
			at := strings.Index(text[from:], head)
			if at < 0 {
				break
			}
			from += at
			if beginsWord(text, from) && n.at(text[from:], wordLength(text[from:])) {
				return true
			}
			from += len(head)
		}
	}
	return false
}

// beginsWord says whether a word begins at a place of a text, or what is left
// of an Arabic one without what is written onto it.
func beginsWord(text string, at int) bool {
	start := at
	for start > 0 && at-start <= longestProclitic {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !isWordRune(r) {
			break
		}
		start -= size
	}
	return slices.Contains(proclitics[:], text[start:at])
}

// wordLength is how far the word reaches that a text begins with, in bytes.
func wordLength(text string) int {
	for i, r := range text {
		if !isWordRune(r) {
			return i
		}
	}
	return len(text)
}

// at says whether the text begins with what is looked for; its first word is
// so long.
func (n *needle) at(text string, end int) bool {
	if n.whole[text[:end]] {
		return true
	}
	for _, row := range n.rows {
		if holdsRow(text, row) {
			return true
		}
	}
	return false
}

// holdsRow says whether a text begins with words, each in any of its forms.
func holdsRow(text string, row []string) bool {
	for i, forms := range row {
		if i > 0 {
			rest, ok := strings.CutPrefix(text, " ")
			if !ok {
				return false
			}
			text = rest
		}
		end := wordLength(text)
		if end == 0 || !strings.Contains(forms, wordBreak+text[:end]+wordBreak) {
			return false
		}
		text = text[end:]
	}
	return true
}
