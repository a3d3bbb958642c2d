// Package locale holds the words of Firsthand in each of its languages: one
// catalogue of messages per language, for the page, the report and the command
// line.
//
// Start at [For] and [Catalogue.T]. A message is a string, or its plural forms
// by the categories of CLDR; {name} in it stands for a value, and the number
// {n} chooses the form. The page reads the same files (messages/LANGUAGE/page).
// It promises: every language has every message, with the same values; numbers,
// plural forms and dates by CLDR; a message that is missing reads in English,
// never as nothing. Machine output (JSON, CSV and the other exchange formats)
// has no language and does not come through here.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed messages
var files embed.FS

// English is the language that messages are written in first.
const English = "en"

// Language is what is said of a catalogue: language.json beside its messages.
type Language struct {
	Tag       string `json:"tag"`       // BCP 47
	Name      string `json:"name"`      // in the language itself
	Direction string `json:"direction"` // ltr or rtl
	// ReadBy names the native reader who went through all of it, "" while it
	// awaits one.
	ReadBy string `json:"read_by"`
}

// Catalogue is the messages of one language. It is safe for concurrent use.
type Catalogue struct {
	Language
	tag      language.Tag // for plural forms and numbers
	messages map[string]message
	english  *Catalogue // where a message is missing; nil in English itself
}

// message is a text by plural category; one without forms has other alone.
type message map[string]string

// UnmarshalJSON takes a string or an object of plural forms.
func (m *message) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*m = message{other: s}
		return nil
	}
	return json.Unmarshal(data, (*map[string]string)(m))
}

// tags are the languages in the order in which they are offered.
var tags = []string{English, "uk", "ar"}

// catalogues reads all languages, once.
var catalogues = sync.OnceValue(func() map[string]*Catalogue {
	all := make(map[string]*Catalogue, len(tags))
	for _, tag := range tags {
		c, err := read(files, tag)
		if err != nil {
			panic(fmt.Errorf("read the messages of %s that are built in: %w", tag, err))
		}
		c.english = all[English]
		all[tag] = c
	}
	return all
})

// read reads the catalogue of a language.
func read(files fs.FS, tag string) (*Catalogue, error) {
	dir := path.Join("messages", tag)
	c := &Catalogue{messages: map[string]message{}}
	names, err := fs.Glob(files, dir+"/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var into any = &c.messages
		if path.Base(name) == "language.json" {
			into = &c.Language
		}
		if err := json.Unmarshal(data, into); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	// Digits are Latin in every language, as in the files' own values beside
	// which they stand.
	c.tag, err = language.Parse(tag + "-u-nu-latn")
	return c, err
}

// Languages lists what is there, English first.
func Languages() []Language {
	var out []Language
	for _, tag := range tags {
		out = append(out, catalogues()[tag].Language)
	}
	return out
}

// Known says whether there is a catalogue of exactly this tag.
func Known(tag string) bool { return slices.Contains(tags, tag) }

var matcher = sync.OnceValue(func() language.Matcher {
	var all []language.Tag
	for _, tag := range tags {
		all = append(all, language.MustParse(tag))
	}
	return language.NewMatcher(all)
})

// For gives the catalogue that suits what was asked for: tags in the form of
// the HTTP header Accept-Language (RFC 9110, 12.5.4) or of the variable LANG
// ("uk_UA.UTF-8"). What is not understood is English.
func For(asked string) *Catalogue {
	if !strings.Contains(asked, ";") { // else the point is that of a weight
		asked, _, _ = strings.Cut(asked, "@")
		asked, _, _ = strings.Cut(asked, ".")
	}
	if c := catalogues()[asked]; c != nil {
		return c
	}
	wanted, _, err := language.ParseAcceptLanguage(strings.ReplaceAll(asked, "_", "-"))
	if err != nil || len(wanted) == 0 {
		return catalogues()[English]
	}
	_, i, confidence := matcher().Match(wanted...)
	if confidence == language.No {
		i = 0
	}
	return catalogues()[tags[i]]
}

// Text is a message that is not said yet: what is kept until it is known in
// which language.
type Text struct {
	Key    string
	Values map[string]any
}

// Say gives the words of a text.
func (c *Catalogue) Say(t Text) string { return c.say(t.Key, t.Values) }

// T gives the words of a key. The values come in pairs of name and value:
// whole numbers and decimals are written as the language does, a Text is said,
// what has its own words in several languages gives those of this one, all else
// stands as it is.
func (c *Catalogue) T(key string, values ...any) string {
	return c.say(key, pairs(values))
}

func pairs(values []any) map[string]any {
	m := make(map[string]any, len(values)/2)
	for i := 0; i+1 < len(values); i += 2 {
		m[fmt.Sprint(values[i])] = values[i+1]
	}
	return m
}

// Has says whether the key is a message.
func (c *Catalogue) Has(key string) bool { return c.messages[key] != nil }

var slot = regexp.MustCompile(`\{\w+\}`)

func (c *Catalogue) say(key string, values map[string]any) string {
	m := c.messages[key]
	if m == nil {
		if c.english == nil {
			return key
		}
		return c.english.say(key, values)
	}
	return slot.ReplaceAllStringFunc(c.form(m, values["n"]), func(s string) string {
		v, ok := values[s[1:len(s)-1]]
		if !ok {
			return s
		}
		return c.value(v)
	})
}

// value writes one value.
func (c *Catalogue) value(v any) string {
	switch v := v.(type) {
	case int:
		return c.Number(int64(v))
	case int64:
		return c.Number(v)
	case float64:
		return c.Decimal(v, 2)
	case Text:
		return c.Say(v)
	case interface{ In(language string) string }: // has its own words in several languages
		return v.In(c.Tag)
	}
	return fmt.Sprint(v)
}
