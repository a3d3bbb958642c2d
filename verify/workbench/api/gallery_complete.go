package api

import (
	"context"
	"slices"
	"unicode/utf16"

	"github.com/firsthand-media/firsthand/verify/search"
)

// GalleryTyping is a filter while it is being typed.
type GalleryTyping struct {
	Filter string `json:"filter" in:"query"`
	Cursor int    `json:"cursor" in:"query"` // as a page counts letters (UTF-16)
}

// Completions are what could stand at the cursor.
type Completions struct {
	List []Completion `json:"list"`
}

// Completion is one of them.
type Completion struct {
	Text   string `json:"text"`
	What   string `json:"what" say:"sentence"` // for people, "" where the text says it
	Count  int    `json:"count"`               // items that it names, 0 where it names none
	Filter string `json:"filter"`              // the filter with it
	Cursor int    `json:"cursor"`              // where the cursor is then
}

const mostCompletions = 12

func galleryComplete(ctx context.Context, c *Case, in GalleryTyping) (Completions, error) {
	v, err := c.View(ctx)
	if err != nil {
		return Completions{}, err
	}
	return Completions{v.completions(in)}, nil
}

// completions gives what could stand at the cursor.
func (v *View) completions(in GalleryTyping) []Completion {
	at := search.At(in.Filter, byteOffset(in.Filter, in.Cursor))
	list := []Completion{}
	add := func(text, what string, n int, more string) {
		if len(list) < mostCompletions {
			before := in.Filter[:at.From] + text + more
			list = append(list, Completion{text, what, n, before + in.Filter[at.To:], utf16Length(before)})
		}
	}
	if at.Key == "" {
		for _, k := range at.Keys() {
			add(k.Text, k.What, 0, "")
		}
		if at.Part != "" {
			for _, key := range [...]string{"source", "account", "tag"} {
				for _, n := range v.names(key, at) {
					add(key+":"+search.AsValue(n.name), "", n.count, " ")
				}
			}
		}
		return list
	}
	for _, n := range v.names(at.Key, at) {
		add(search.AsValue(n.name), "", n.count, " ")
	}
	for _, value := range at.Values() {
		add(value.Text, value.What, 0, " ")
	}
	return list
}

// namesOf give the names that items have under the keys that can be completed
// from them.
var namesOf = map[string]func(*search.Document) []string{
	"source":   func(d *search.Document) []string { return d.Sources },
	"account":  func(d *search.Document) []string { return d.Accounts },
	"tag":      func(d *search.Document) []string { return d.Marks.Tags },
	"incident": func(d *search.Document) []string { return []string{d.Incident} },
	"cluster":  func(d *search.Document) []string { return []string{d.Cluster} },
}

// nameCount is a name and how many items have it.
type nameCount struct {
	name  string
	count int
}

// names gives the names under a key that what is typed stands in.
func (v *View) names(key string, at search.Typing) []nameCount {
	of, ok := namesOf[key]
	if !ok {
		return nil
	}
	counts := map[string]int{}
	docs := v.worked().Documents
	for i := range docs {
		for _, name := range of(&docs[i]) {
			if name != "" {
				counts[name]++
			}
		}
	}
	all := make([]string, 0, len(counts))
	for name := range counts {
		all = append(all, name)
	}
	var out []nameCount
	for _, name := range at.Among(all) {
		out = append(out, nameCount{name, counts[name]})
	}
	return out
}

// utf16Length is how long a page takes a text to be.
func utf16Length(s string) int { return len(utf16.Encode([]rune(s))) }

// byteOffset finds the place in a text that a page means by a number of
// letters.
func byteOffset(s string, letters int) int {
	for i, r := range s {
		if letters <= 0 {
			return i
		}
		letters -= utf16.RuneLen(r)
	}
	return len(s)
}

// FilterKeys are the keys of the filter language.
type FilterKeys struct {
	Keys []FilterKey `json:"keys"`
}

// FilterKey is one of them.
type FilterKey struct {
	Key    string   `json:"key"`
	What   string   `json:"what" say:"sentence"`
	Values []string `json:"values"` // empty where any will do
	Like   string   `json:"like"`   // a value as it is typed, "" where Values are given
}

func galleryKeys(context.Context, *Case, None) (FilterKeys, error) {
	out := FilterKeys{Keys: []FilterKey{}}
	for _, k := range search.Catalogue() {
		out.Keys = append(out.Keys, FilterKey{k.Name, k.What, append([]string{}, slices.Clone(k.Values)...), k.Like})
	}
	return out, nil
}
