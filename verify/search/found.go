package search

import (
	"slices"
	"strings"
)

// mostNameWords is how many words of a filter are taken for one name.
const mostNameWords = 4

// needlesOf makes what is looked for of each term of words: of words that
// follow each other one for the word, and one more where they are a name
// together; of a key one for each value.
func needlesOf(q Query, places Places) ([][]*needle, error) {
	out := make([][]*needle, len(q.Terms))
	names := namer{open: places}
	for i, t := range q.Terms {
		switch _, ok := worded[t.Key]; {
		case t.Key == "":
			n := newNeedle(t.Values[0], t.Exact)
			if !t.Exact {
				n.names(names.of(t.Values[0]))
			}
			out[i] = append(out[i], n)
		case ok:
			for _, v := range t.Values {
				n := newNeedle(v, false)
				n.names(names.of(v))
				out[i] = append(out[i], n)
			}
		}
	}
	for from := range q.Terms {
		for to := from + 2; to <= min(len(q.Terms), from+mostNameWords) && wordsAlone(q.Terms[from:to]); to++ {
			var row []string
			for _, t := range q.Terms[from:to] {
				row = append(row, trimmed(t.Values[0]))
			}
			if spellings := names.of(strings.Join(row, " ")); len(spellings) > 0 {
				n := newNeedle("", true)
				n.names(spellings)
				for i := from; i < to; i++ {
					out[i] = append(out[i], n)
				}
			}
		}
	}
	return out, names.err
}

// wordsAlone says whether all of some terms are words, none in quotes.
func wordsAlone(terms []Term) bool {
	return !slices.ContainsFunc(terms, func(t Term) bool { return t.Key != "" || t.Not || t.Exact })
}

// namer asks the gazetteer.
type namer struct {
	open Places
	err  error
}

func (n *namer) of(name string) []string {
	if n.open == nil || n.err != nil || strings.ContainsAny(name, "#@") { // a tag or an account is meant
		return nil
	}
	g, err := n.open()
	if err != nil {
		n.err = err
		return nil
	}
	return g.Spellings(trimmed(name))
}

// Found names the texts of a document in which any of the words stand: path,
// caption, account, device, place, tag, note, in this order.
func (f *Filter) Found(d *Document) []string {
	names := [...]string{"path", "caption", "account", "device", "place", "tag", "note"}
	out := []string{}
	for i, text := range d.text() {
		if f.inIndexed(text) {
			out = append(out, names[i])
		}
	}
	return out
}

// Stands says whether any of the words that are to be found is in a text, as
// it is written.
func (f *Filter) Stands(text string) bool { return f.inIndexed(Indexed(text)) }

func (f *Filter) inIndexed(text string) bool {
	return slices.ContainsFunc(f.words, func(n *needle) bool { return n.in(text) })
}
