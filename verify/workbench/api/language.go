package api

import "github.com/firsthand-media/firsthand/verify/locale"

// Language is one that the page can be read in.
type Language struct {
	Tag  string `json:"tag"`
	Name string `json:"name"` // in itself
	Read bool   `json:"read"` // whole, by a native reader
}

func languages() []Language {
	out := []Language{}
	for _, l := range locale.Languages() {
		out = append(out, Language{Tag: l.Tag, Name: l.Name, Read: l.ReadBy != ""})
	}
	return out
}

func languageTags() []string {
	var tags []string
	for _, l := range locale.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}

// PageLanguage is the one that the page is in: as chosen on it, else as the
// program was told, else as the browser asks (the header Accept-Language).
func (a *API) PageLanguage(accept string) locale.Language {
	s, err := a.settings()
	switch {
	case err == nil && s.Language != "":
		accept = s.Language
	case a.program.Language != "":
		accept = a.program.Language
	}
	return locale.For(accept).Language
}
