package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a filter: what is longer is no filter that a person wrote.
const (
	MaxBytes = 4096
	MaxTerms = 64
)

// Query is a filter: an item is found when every term holds.
type Query struct{ Terms []Term }

// Term is one word or one key:value of a filter.
type Term struct {
	Not    bool     // written with - before it
	Key    string   // in lower case; "" for words
	Values []string // any of which may hold; one for words
	Exact  bool     // words in quotes, which stand for themselves
	From   int      // where it stands in the text that was parsed, in bytes
	To     int
}

// SyntaxError is a place in a filter that cannot be meant.
type SyntaxError struct {
	From, To int    // in bytes
	What     string // one sentence, for people
}

func (e *SyntaxError) Error() string { return e.What }

// Parse reads a filter: words and key:value with spaces between, - before what
// is not wanted, quotes around what holds spaces, commas between values any of
// which will do. A key:value whose key is none is read as words, so that a
// link or a time can be searched for as it stands; [Compile] names keys that
// were mistyped.
func Parse(text string) (Query, error) {
	if len(text) > MaxBytes {
		return Query{}, &SyntaxError{0, len(text), fmt.Sprintf("a filter is no longer than %d letters", MaxBytes)}
	}
	r := reader{text: text}
	var q Query
	for r.skipSpace(); r.at < len(text); r.skipSpace() {
		if len(q.Terms) == MaxTerms {
			return Query{}, &SyntaxError{r.at, len(text), fmt.Sprintf("a filter has no more than %d terms", MaxTerms)}
		}
		term, err := r.term()
		if err != nil {
			return Query{}, err
		}
		q.Terms = append(q.Terms, term)
	}
	return q, nil
}

// reader reads a filter from the left.
type reader struct {
	text string
	at   int
}

// skipSpace goes to the next letter that is none, and over marks of direction,
// which come along with what is copied from a page.
func (r *reader) skipSpace() {
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		if !unicode.IsSpace(c) && !unicode.Is(unicode.Bidi_Control, c) && c != byteOrderMark {
			return
		}
		r.at += size
	}
}

// term reads one term; there is a letter to read.
func (r *reader) term() (Term, error) {
	t := Term{From: r.at}
	if rest := r.text[r.at+1:]; r.text[r.at] == '-' && rest != "" && !startsWithSpace(rest) {
		t.Not = true
		r.at++
	}
	if key, ok := r.key(); ok {
		t.Key = key
		r.at += len(key) + 1
	}
	for {
		value, quoted, err := r.value(t.Key != "")
		if err != nil {
			return Term{}, err
		}
		if !quoted && t.Key == "" {
			if _, ok := yesNo[strings.ToLower(value)]; ok {
				t.Key, value = strings.ToLower(value), yes
			}
		}
		if value == "" && t.Key == "" {
			return Term{}, &SyntaxError{t.From, r.at, "nothing stands between these quotes"}
		}
		t.Exact = quoted && t.Key == ""
		t.Values = append(t.Values, value)
		if t.Key == "" || r.at == len(r.text) || r.text[r.at] != ',' {
			break
		}
		r.at++
	}
	t.To = r.at
	return t, nil
}

// key finds a key that is followed by a colon here.
func (r *reader) key() (string, bool) {
	rest := r.text[r.at:]
	colon := strings.IndexByte(rest, ':')
	if colon <= 0 {
		return "", false
	}
	key := strings.ToLower(rest[:colon])
	if len(key) != colon {
		return "", false
	}
	for i, c := range key {
		if (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
			return "", false
		}
	}
	if _, known := keyNamed(key); known {
		return key, true
	}
	// A word of letters before a colon that ends in no value or starts a link
	// is text; any other was meant for a key.
	value := rest[colon+1:]
	return key, value != "" && !startsWithSpace(value) && !strings.HasPrefix(value, linkMark)
}

// value reads a value: all in quotes, or up to a space, and where there can be
// several up to a comma.
func (r *reader) value(several bool) (value string, quoted bool, err error) {
	if r.at < len(r.text) && r.text[r.at] == '"' {
		from := r.at
		r.at++
		var b strings.Builder
		for r.at < len(r.text) {
			switch c := r.text[r.at]; {
			case c == '\\' && r.at+1 < len(r.text) && strings.IndexByte(`"\`, r.text[r.at+1]) >= 0:
				b.WriteByte(r.text[r.at+1])
				r.at += 2
			case c == '"':
				r.at++
				return b.String(), true, nil
			default:
				b.WriteByte(c)
				r.at++
			}
		}
		return "", true, &SyntaxError{from, len(r.text), "a quote is opened and not closed"}
	}
	if value, ok := r.bookQuoted(); ok {
		return value, true, nil
	}
	from := r.at
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		if unicode.IsSpace(c) || several && c == ',' {
			break
		}
		r.at += size
	}
	return r.text[from:r.at], false, nil
}

// bookQuotes are quotes as books and telephones have them, with what closes
// each.
var bookQuotes = map[rune]string{'“': "”“", '„': "“”", '”': "”", '«': "»", '»': "«"}

// bookQuoted reads a value in such quotes. One that nothing closes is a letter.
func (r *reader) bookQuoted() (string, bool) {
	open, size := utf8.DecodeRuneInString(r.text[r.at:])
	closing, ok := bookQuotes[open]
	if !ok {
		return "", false
	}
	rest := r.text[r.at+size:]
	end := strings.IndexAny(rest, closing)
	if end <= 0 {
		return "", false
	}
	_, last := utf8.DecodeRuneInString(rest[end:])
	r.at += size + end + last
	return rest[:end], true
}

func startsBookQuote(value string) bool {
	first, _ := utf8.DecodeRuneInString(value)
	return bookQuotes[first] != ""
}

const byteOrderMark = '\ufeff'

// linkMark stands behind the colon of a link.
const linkMark = "//"

func startsWithSpace(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(c)
}

// String writes a filter that is read as this one.
func (q Query) String() string {
	terms := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		terms[i] = t.String()
	}
	return strings.Join(terms, " ")
}

// String writes a term as it is typed, with quotes where they are needed.
func (t Term) String() string {
	var b strings.Builder
	if t.Not {
		b.WriteByte('-')
	}
	if t.Key == "" {
		value := strings.Join(t.Values, " ")
		plain, err := Parse(b.String() + value)
		if err == nil && len(plain.Terms) == 1 && plain.Terms[0].says(t) {
			return b.String() + value
		}
		return b.String() + quoted(value)
	}
	b.WriteString(t.Key + ":")
	for i, v := range t.Values {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quotedIn(v, t.Key))
	}
	return b.String()
}

// says tells whether two terms of words are one.
func (t Term) says(other Term) bool {
	return t.Key == other.Key && t.Not == other.Not && t.Exact == other.Exact && slices.Equal(t.Values, other.Values)
}

// Quote writes a word or a value with quotes where it would be read as
// something else without.
func Quote(value string) string { return quotedIn(value, "") }

func quotedIn(value, key string) string {
	alone, err := Parse(value)
	plain := err == nil && len(alone.Terms) == 1 && alone.Terms[0].Key == "" && !alone.Terms[0].Not &&
		alone.Terms[0].Values[0] == value && !alone.Terms[0].Exact
	if key != "" { // after a key nothing but spaces, commas and quotes is read as something else
		plain = value != "" && !strings.ContainsFunc(value, unicode.IsSpace) && !strings.HasPrefix(value, `"`) &&
			!strings.HasPrefix(value, linkMark) && !strings.Contains(value, ",") && !startsBookQuote(value)
	}
	if plain {
		return value
	}
	return quoted(value)
}

func quoted(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// Without is the filter without one of its terms.
func (q Query) Without(i int) Query {
	rest := append([]Term{}, q.Terms[:i]...)
	return Query{append(rest, q.Terms[i+1:]...)}
}

// Has says whether any term is of a key.
func (q Query) Has(key string) bool {
	for _, t := range q.Terms {
		if t.Key == key {
			return true
		}
	}
	return false
}
