package locale

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// sort is what can stand at a place of a pattern.
type sort uint8

const (
	verbatim sort = iota
	whole
	decimal
	degrees
	moment
	file
	id
	fragment // of a family
	list     // of fragments of a family
	anything // any sentence
)

// gap is a place in a pattern where something else stands.
type gap struct {
	name   string
	sort   sort
	family string // of a fragment or a list
}

// pattern is one form of an English sentence: words, and gaps between them.
type pattern struct {
	key, form string   // the plural category, "" of a message that has one form
	words     []string // one more than gaps; the first and the last can be ""
	gaps      []gap
	own       int // bytes of words
}

// grammar is all patterns, those with the most words first.
type grammar struct {
	english  *Catalogue
	families map[string][]*pattern
	all      []*pattern // that can stand alone
	begins   map[string]*beginnings
}

// beginnings are the bytes with which the patterns of a family can begin.
type beginnings [256]bool

func (b *beginnings) add(bytes string) (more bool) {
	for _, c := range []byte(bytes) {
		more, b[c] = more || !b[c], true
	}
	return more
}

// besideOthers are families that stand where other people's text can stand,
// too: they are looked for by [Catalogue.SentenceOf] alone.
var besideOthers = map[string]bool{"given": true, "heading": true, "named": true}

// compile makes a grammar of the messages under "sentence.". It panics where a
// message is no pattern, which no test lets into a release.
func compile(english *Catalogue) *grammar {
	g := &grammar{english: english, families: map[string][]*pattern{}}
	for key, m := range english.messages {
		if !strings.HasPrefix(key, sentencePrefix) {
			continue
		}
		family, _, _ := strings.Cut(strings.TrimPrefix(key, sentencePrefix), ".")
		for form, text := range m {
			if len(m) == 1 {
				form = ""
			}
			p := newPattern(key, form, text)
			g.families[family] = append(g.families[family], p)
			if !p.fitsAll() && !besideOthers[family] {
				g.all = append(g.all, p)
			}
		}
	}
	order := func(p, q *pattern) int {
		return cmp.Or(cmp.Compare(q.own, p.own), cmp.Compare(p.key, q.key), cmp.Compare(p.form, q.form))
	}
	slices.SortFunc(g.all, order)
	for _, f := range g.families {
		slices.SortFunc(f, order)
	}
	g.check()
	g.findBeginnings()
	return g
}

// findBeginnings works out how each family can begin: by the first word of a
// pattern, or by what can stand before it, until nothing is added any more.
func (g *grammar) findBeginnings() {
	g.begins = map[string]*beginnings{}
	for name := range g.families {
		g.begins[name] = &beginnings{}
	}
	for more := true; more; {
		more = false
		for name, family := range g.families {
			for _, p := range family {
				more = g.begins[name].add(g.firstBytes(p)) || more
			}
		}
	}
}

// firstBytes are those with which a text of a pattern can begin, as far as they
// are known.
func (g *grammar) firstBytes(p *pattern) string {
	if p.words[0] != "" {
		return p.words[0][:1]
	}
	can := func(byte) bool { return true }
	switch first := p.gaps[0]; first.sort {
	case whole:
		return "0123456789"
	case decimal, degrees, moment:
		return "0123456789+-U" + minus[:1]
	case fragment, list:
		can = func(c byte) bool { return g.begins[first.family][c] }
	}
	var known []byte
	for c := range 256 {
		if can(byte(c)) {
			known = append(known, byte(c))
		}
	}
	return string(known)
}

// minus is the sign as people write it.
const minus = "−"

func newPattern(key, form, text string) *pattern {
	p := &pattern{key: key, form: form}
	at := 0
	for _, found := range slot.FindAllStringIndex(text, -1) {
		p.words = append(p.words, text[at:found[0]])
		p.gaps = append(p.gaps, newGap(text[found[0]+1:found[1]-1]))
		at = found[1]
	}
	p.words = append(p.words, text[at:])
	for i, w := range p.words {
		p.own += len(w)
		if w == "" && i > 0 && i < len(p.gaps) {
			panic(fmt.Errorf("message %q: two values without a word between", key))
		}
	}
	return p
}

// newGap reads the name of a value: "path2" is verbatim, "listWhere" a list of
// the family "where".
func newGap(name string) gap {
	base := strings.TrimRight(name, "0123456789")
	sorts := map[string]sort{"n": whole, "x": decimal, "deg": degrees, "time": moment, "any": anything, "path": verbatim, "file": file, "id": id, "name": verbatim, "text": verbatim}
	if s, ok := sorts[base]; ok {
		return gap{name: name, sort: s}
	}
	if of, ok := strings.CutPrefix(base, "list"); ok && of != "" && unicode.IsUpper(rune(of[0])) {
		return gap{name, list, strings.ToLower(of)}
	}
	return gap{name, fragment, base}
}

// fitsAll says that a pattern has no words and would fit texts of any kind.
func (p *pattern) fitsAll() bool {
	if p.own > 0 || len(p.gaps) != 1 {
		return false
	}
	switch p.gaps[0].sort {
	case verbatim, file, id, anything:
		return true
	}
	return false
}

// passesOn says that a pattern ends with the cause of what it says: where that
// is no sentence of the program, it is a library's or the system's, and stays as
// it is.
func (p *pattern) passesOn() bool {
	last := len(p.gaps) - 1
	return p.gaps[last].sort == anything && p.words[last+1] == "" && strings.HasSuffix(p.words[last], ": ") &&
		slices.ContainsFunc(p.words, func(w string) bool { return strings.ContainsFunc(w, unicode.IsLetter) })
}

// check wants every family that a pattern names to be there.
func (g *grammar) check() {
	for _, f := range g.families {
		for _, p := range f {
			for _, at := range p.gaps {
				if (at.sort == fragment || at.sort == list) && g.families[at.family] == nil {
					panic(fmt.Errorf("message %q: %q is neither a kind of value nor a family of sentences", p.key, at.name))
				}
			}
		}
	}
}

// longestWords is the longest of a pattern's words, which a text must hold for
// the pattern to fit.
func (p *pattern) longestWords() string {
	return slices.MaxFunc(p.words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
}
