package api

import (
	"cmp"
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify/search"
)

// Facet is a menu over the gallery: the values of a key with how many items
// each would find beside the rest of the filter.
type Facet struct {
	Key    string       `json:"key"`
	Values []FacetValue `json:"values"`
	More   int          `json:"more"` // values that are not listed
}

// FacetValue is one entry of a menu.
type FacetValue struct {
	Value  string `json:"value"`
	Count  int    `json:"count"`
	Chosen bool   `json:"chosen"`
	Filter string `json:"filter"` // the filter once this is chosen, or no longer
}

// mostValues is how many entries a menu has; those with the most items.
const mostValues = 100

// menu is a facet as it is counted.
type menu struct {
	key    string
	values []string // in order; nil where the items give them
	of     func(*search.Document) []string
}

// menus are those of the gallery, in order.
var menus = [...]menu{
	{"source", nil, func(d *search.Document) []string { return d.Sources }},
	{"type", []string{"photo", "video", "audio", "document", "other"}, func(d *search.Document) []string {
		if d.Kind == extract.Image {
			return []string{"photo"}
		}
		return []string{string(d.Kind)}
	}},
	{"time", []string{"device", "platform", "derived", search.None}, func(d *search.Document) []string { return []string{string(d.Trust)} }},
	{"has", []string{"gps", "place", "caption", "sound", "copies", "incident", "note", "tag", "problem"}, func(d *search.Document) []string {
		return hasList(d)
	}},
	{"reviewed", []string{"yes", "no"}, func(d *search.Document) []string { return yesNoOf(d.Marks.Reviewed) }},
	{"warning", []string{"severe", "moderate", search.None, "unsaid"}, func(d *search.Document) []string {
		return []string{cmp.Or(d.Marks.Warning, "unsaid")}
	}},
	{"tag", nil, func(d *search.Document) []string { return d.Marks.Tags }},
}

func yesNoOf(is bool) []string {
	if is {
		return []string{"yes"}
	}
	return []string{"no"}
}

// hasList lists what the menu "has" offers of an item.
func hasList(d *search.Document) []string {
	var out []string
	for _, h := range [...]struct {
		value string
		is    bool
	}{
		{"gps", d.Latitude != nil}, {"place", d.Latitude != nil || d.Named}, {"caption", d.Texts.Caption != ""}, {"sound", d.Sound},
		{"copies", d.Copies > 1}, {"incident", d.Incident != ""}, {"note", d.Marks.Noted}, {"tag", len(d.Marks.Tags) > 0}, {"problem", d.Problem},
	} {
		if h.is {
			out = append(out, h.value)
		}
	}
	return out
}

// facets counts the menus under a filter.
func (v *View) facets(f *search.Filter) []Facet {
	docs := v.worked().Documents
	out := make([]Facet, len(menus))
	for i, m := range menus {
		counts := map[string]int{}
		for at := range docs {
			if f.MatchButKey(&docs[at], m.key) {
				for _, value := range m.of(&docs[at]) {
					counts[value]++
				}
			}
		}
		out[i] = m.facet(counts, f.Query)
	}
	return out
}

// facet lists the values of a menu that find something or are chosen.
func (m menu) facet(counts map[string]int, q search.Query) Facet {
	values := m.values
	if values == nil {
		values = slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
			return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
		})
	}
	out := Facet{Key: m.key, Values: []FacetValue{}}
	for i, value := range values {
		chosen := q.Chosen(m.key, value)
		switch {
		case i >= mostValues && !chosen:
			out.More++
		case counts[value] > 0 || chosen:
			out.Values = append(out.Values, FacetValue{value, counts[value], chosen, q.Toggle(m.key, value).String()})
		}
	}
	return out
}

// aside counts what a filter would find too if it spoke of what is set aside.
func (v *View) aside(f *search.Filter) int {
	if f.Query.Has("setaside") {
		return 0
	}
	also := f.SetAside()
	return countFound(v.worked().Documents, also.Match)
}

func countFound(docs []search.Document, is func(*search.Document) bool) int {
	n := 0
	for i := range docs {
		if is(&docs[i]) {
			n++
		}
	}
	return n
}

// Drop is a term that keeps a filter from finding anything.
type Drop struct {
	Term   string `json:"term"`
	Filter string `json:"filter"` // without it
	Count  int    `json:"count"`  // that would be found
}

// drops finds the single terms without any one of which something is found,
// that with the most first.
func (v *View) drops(f *search.Filter) []Drop {
	out := []Drop{}
	for i, t := range f.Query.Terms {
		rest := f.Without(i)
		if n := countFound(v.worked().Documents, rest.Match); n > 0 {
			out = append(out, Drop{t.String(), rest.Query.String(), n})
		}
	}
	slices.SortStableFunc(out, func(a, b Drop) int { return cmp.Compare(b.Count, a.Count) })
	return out
}
