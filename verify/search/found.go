package search

import "strings"

// Words are the words of a filter that are to be found, as typed.
func (f *Filter) Words() []string {
	var out []string
	for _, t := range f.Query.Terms {
		if t.Key == "" && !t.Not {
			out = append(out, t.Values[0])
		}
	}
	return out
}

// Found names the texts of a document in which any of the words stand: path,
// caption, account, device, place, tag, note, in this order.
func (f *Filter) Found(d *Document) []string {
	names := [...]string{"path", "caption", "account", "device", "place", "tag", "note"}
	out := []string{}
	for i, text := range d.text() {
		for _, word := range f.Words() {
			if Stands(word, text) {
				out = append(out, names[i])
				break
			}
		}
	}
	return out
}

// Stands says whether a word is in a text, whatever letters either was written
// with. A word of punctuation alone is in none.
func Stands(word, text string) bool {
	folded := Fold(word)
	return folded != "" && strings.Contains(Fold(text), folded)
}
