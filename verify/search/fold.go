// Package search is the language in which people ask for items, and how text
// in many scripts is compared for it.
//
// Start at [Parse], which reads a filter such as
//
//	source:telegram-a time:device -has:gps "two cars"
//
// then [Compile] makes it a test of [Document], which is what can be asked of
// an item. [Catalogue] lists the keys. It promises: whatever a person types is
// read, and what cannot be meant is named with its place and what to type; a
// filter that is written out is read as the same; no zone is made up for a
// date, and a time that is not known exactly is found wherever it may lie. It
// knows no database and no page.
//
// Words are found as a person types them, in this order:
//
//  1. Text and word are folded: see [Fold]. A part of a word is enough.
//  2. Of a Ukrainian or Russian word its other forms are found, and of an
//     Arabic one those with an article, "and" or a preposition written onto
//     it: see inflect.go.
//  3. Of a place its other spellings, by the gazetteer: see [Places].
//
// In quotes a word stands for itself: only the first holds.
//
// The folded texts are the normalised column of a store, kept in memory: of a
// case of 100,000 files they are looked through in a fraction of a second, so
// that no index has to be built, kept true and trusted.
package search

import (
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Fold writes text as it is looked up: as [gazetteer.Fold] does, without case,
// accents, harakat and tatweel and with letters merged that writers exchange,
// and beyond it with full stops as spaces, digits of all scripts as 0 to 9,
// and a word that mixes Latin and Cyrillic letters in one of the two: see
// looks.go. It is for comparing only: both sides are folded, and the raw text
// is what is shown.
func Fold(text string) string {
	mixed := false
	folded := strings.Map(func(r rune) rune {
		if r <= unicode.MaxASCII {
			return r
		}
		if as, ok := exchanged[r]; ok {
			r = as
		}
		mixed = mixed || unicode.Is(unicode.Cyrillic, r)
		if unicode.Is(unicode.Nd, r) {
			return digit(r)
		}
		return r
	}, gazetteer.Fold(strings.Map(parted, text)))
	if !mixed {
		return folded
	}
	return unmix(folded)
}

// parted is what stands for a letter before text is folded: a full stop parts
// words, and what some write for an apostrophe is dropped as the others are.
func parted(r rune) rune {
	switch r {
	case '.', '…', '・':
		return ' '
	case '´', '‛', '՚', 'ꞌ', '׳', '״', '“', '”', '„', '‟', '«', '»':
		return -1
	}
	return r
}

// exchanged holds letters, folded already, for which writers take others: a
// Ukrainian і without its dots, Persian, Kurdish and Egyptian letters in
// Arabic words.
var exchanged = map[rune]rune{
	'ї': 'і', 'ے': 'ي', 'ێ': 'ي', 'ۆ': 'و', 'ڤ': 'ف', 'ħ': 'h', 'ŧ': 't',
}

// digit is the value of a decimal digit of any script. Digits of one script
// follow each other in Unicode, from zero.
func digit(r rune) rune {
	value := rune(0)
	for unicode.Is(unicode.Nd, r-value-1) && value < 9 {
		value++
	}
	return '0' + value
}
