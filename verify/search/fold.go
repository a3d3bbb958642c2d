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
// filter that is written out is read as the same; text matches whatever
// letters were used to write it (see [Fold]); no zone is made up for a date,
// and a time that is not known exactly is found wherever it may lie. It knows
// no database and no page.
package search

import (
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Fold writes text as it is looked up: as [gazetteer.Fold] does, without case,
// accents, harakat and tatweel and with letters merged that writers exchange,
// and beyond it with Latin letters as the Cyrillic ones that they look like,
// because people mix the two, and digits of all scripts as 0 to 9. It is for
// comparing only: both sides are folded, and the raw text is what is shown.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if c, ok := looks[r]; ok {
			return c
		}
		if r > unicode.MaxASCII && unicode.Is(unicode.Nd, r) {
			return digit(r)
		}
		return r
	}, gazetteer.Fold(text))
}

// looks gives the Cyrillic letter that a Latin one looks like, in lower case or
// in capitals. Latin ï has lost its dots already, and so ї loses them.
var looks = map[rune]rune{
	'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'н', 'i': 'і', 'j': 'ј', 'k': 'к',
	'm': 'м', 'ї': 'і', 'o': 'о', 'p': 'р', 's': 'ѕ', 't': 'т', 'x': 'х', 'y': 'у',
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
