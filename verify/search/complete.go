package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Typing is what somebody is about to write at one place of a filter.
type Typing struct {
	From, To int    // the piece that a completion takes the place of, in bytes
	Key      string // whose value it is; "" for a word or the beginning of a key
	Part     string // what stands there up to the cursor, without quotes
}

// At finds what is being typed at a place of a filter, which need not be
// complete.
func At(text string, cursor int) Typing {
	cursor = min(max(cursor, 0), len(text))
	start, quoted := 0, false
	for at := 0; at < cursor; {
		c, size := utf8.DecodeRuneInString(text[at:cursor])
		at += size
		switch {
		case c == '"':
			quoted = !quoted
		case !quoted && unicode.IsSpace(c):
			start = at
		}
	}
	end := cursor
	for end < len(text) {
		c, size := utf8.DecodeRuneInString(text[end:])
		if !quoted && (unicode.IsSpace(c) || c == ',') {
			break
		}
		end += size
		if c == '"' {
			quoted = !quoted
		}
	}
	if start < cursor && text[start] == '-' {
		start++
	}
	t := Typing{From: start, To: end, Part: text[start:cursor]}
	if key, rest, ok := strings.Cut(t.Part, ":"); ok {
		if _, known := keyNamed(strings.ToLower(key)); known {
			comma := strings.LastIndexByte(rest, ',') + 1
			t.Key, t.Part = strings.ToLower(key), rest[comma:]
			t.From = cursor - len(t.Part)
		}
	}
	t.Part = strings.Trim(t.Part, `"`)
	return t
}

// Completion is something to write at one place of a filter.
type Completion struct {
	Text string // takes the place of what stands there
	What string // for people, a few words; "" where the text says it
}

// Keys gives the keys that begin with what was typed, then those that hold it.
func (t Typing) Keys() []Completion {
	part := strings.ToLower(t.Part)
	var begin, hold []Completion
	for _, k := range catalogue {
		c := Completion{k.Name + ":", k.What}
		switch {
		case strings.HasPrefix(k.Name, part):
			begin = append(begin, c)
		case part != "" && strings.Contains(k.Name, part):
			hold = append(hold, c)
		}
	}
	return append(begin, hold...)
}

// Values gives those of the settled values of a key that begin with what was
// typed, and an example where the key takes any.
func (t Typing) Values() []Completion {
	k, ok := keyNamed(t.Key)
	if !ok {
		return nil
	}
	var out []Completion
	for _, v := range k.Values {
		if strings.HasPrefix(v, strings.ToLower(t.Part)) {
			out = append(out, Completion{Text: v})
		}
	}
	if k.Like != "" && t.Part == "" {
		out = append(out, Completion{k.Like, "for example"})
	}
	return out
}

// Among gives those of the names that what was typed stands in, those first
// that begin with it, as values of a key or words.
func (t Typing) Among(names []string) []string {
	part := Fold(t.Part)
	var begin, hold []string
	for _, name := range names {
		switch folded := Fold(name); {
		case strings.HasPrefix(folded, part):
			begin = append(begin, name)
		case strings.Contains(folded, part):
			hold = append(hold, name)
		}
	}
	slices.Sort(begin)
	slices.Sort(hold)
	return append(begin, hold...)
}

// AsValue writes a text as a value of a key, with quotes where they are needed.
func AsValue(text string) string { return quotedIn(text, "key") }
