package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/firsthand-media/firsthand/verify/locale"
)

// checkLanguage refuses one that there is no catalogue of, before any work.
func (g *globalOptions) checkLanguage() error {
	chosen := g.settings.string("language")
	if chosen == "" || locale.Known(chosen) {
		return nil
	}
	var tags []string
	for _, l := range locale.Languages() {
		tags = append(tags, l.Tag)
	}
	return usageError{withHint(fmt.Errorf("there is no language %q", chosen), "choose one of %s", strings.Join(tags, ", "))}
}

// tell tells the person a message that is not a result.
func (g *globalOptions) tell(key string, values ...any) {
	g.term.note("%s", g.printable(g.words().T(key, values...)))
}

// spoken is what the program says in English, in the language of the person and
// safe to print.
func (g *globalOptions) spoken(english string) string {
	return g.printable(g.words().Sentence(english))
}

// isolates are the marks that keep names from turning the order of a sentence
// written from right to left. Terminals show them, or not what they mean.
var isolates = strings.NewReplacer("\u2066", "", "\u2068", "", "\u2069", "")

// printable makes words of the program, with what others wrote in them, safe to
// print.
func (g *globalOptions) printable(text string) string {
	if g.words().Direction == "rtl" {
		text = isolates.Replace(text)
	}
	return shown(text)
}

// words is the catalogue that people are spoken to in: as set, else as the
// environment says (POSIX, 8.2: LC_ALL, then LC_MESSAGES, then LANG). What
// programs read (--json, exports) has no language.
func (g *globalOptions) words() *locale.Catalogue {
	return locale.For(cmp.Or(g.settings.string("language"), os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")))
}
