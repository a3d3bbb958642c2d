package search

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
)

// Filter is a query that was understood.
type Filter struct {
	Query Query
	tests []test    // one for each term
	words []*needle // that are to be found
	shown bool      // what is set aside is asked for or against
}

// test says whether a document has what a term asks for.
type test func(*Document) bool

// Compile understands a query. The error is a [SyntaxError] that names the term
// that cannot be meant and says what to type, or says that the gazetteer could
// not be opened.
func Compile(q Query, places Places) (Filter, error) {
	f := Filter{Query: q, tests: make([]test, len(q.Terms)), shown: q.Has("setaside")}
	needles, err := needlesOf(q, places)
	if err != nil {
		return Filter{}, err
	}
	for i, t := range q.Terms {
		holds, err := understand(t, needles[i])
		if err != nil {
			return Filter{}, &SyntaxError{t.From, t.To, err.Error()}
		}
		f.tests[i] = holds
		switch {
		case t.Not:
			f.tests[i] = func(d *Document) bool { return !holds(d) }
		case t.Key == "":
			f.words = append(f.words, needles[i]...)
		}
	}
	return f, nil
}

// Without is the filter without one of its terms.
func (f *Filter) Without(i int) Filter {
	out := Filter{Query: f.Query.Without(i), tests: slices.Delete(slices.Clone(f.tests), i, i+1), words: f.words}
	out.shown = out.Query.Has("setaside")
	return out
}

// SetAside is the filter that finds of the same what is set aside.
func (f *Filter) SetAside() Filter {
	t := Term{Key: "setaside", Values: []string{yes}}
	return Filter{
		Query: Query{append(slices.Clone(f.Query.Terms), t)}, tests: append(slices.Clone(f.tests), settled[t.Key](yes)), words: f.words, shown: true,
	}
}

// Match says whether a document is found. What is set aside is not, unless the
// filter speaks of it.
func (f *Filter) Match(d *Document) bool { return f.MatchBut(d, -1) }

// MatchBut is [Filter.Match] as if the filter had no term i; -1 leaves none out.
func (f *Filter) MatchBut(d *Document, i int) bool {
	if d.Marks.SetAside && !f.shown {
		return false
	}
	for at, holds := range f.tests {
		if at != i && !holds(d) {
			return false
		}
	}
	return true
}

// MatchButKey is [Filter.Match] as if the filter had no term of a key: what a
// menu of this key counts.
func (f *Filter) MatchButKey(d *Document, key string) bool {
	if d.Marks.SetAside && !f.shown {
		return false
	}
	for at, holds := range f.tests {
		if f.Query.Terms[at].Key != key && !holds(d) {
			return false
		}
	}
	return true
}

// understand makes a term, as if it were not negated, a test; of values that
// are words it is told what to look for.
func understand(t Term, needles []*needle) (test, error) {
	if t.Key == "" {
		return words(t.Values[0], needles), nil
	}
	key, ok := keyNamed(t.Key)
	if !ok {
		if like := nearestKey(t.Key); like != "" {
			return nil, fmt.Errorf("there is no key %q; did you mean %s: ?", t.Key, like)
		}
		return nil, fmt.Errorf("there is no key %q; put it in quotes to search for it as words", t.Key)
	}
	if slices.Contains(t.Values, "") {
		return nil, fmt.Errorf("%s: wants a value, such as %s:%s", key.Name, key.Name, key.example())
	}
	if key.Name == "near" {
		return near(t.Values)
	}
	var either []test
	for i, v := range t.Values {
		if of, ok := worded[t.Key]; ok {
			either = append(either, func(d *Document) bool { return needles[i].in(of(d)) })
			continue
		}
		holds, err := key.test(v)
		if err != nil {
			return nil, err
		}
		either = append(either, holds)
	}
	return func(d *Document) bool {
		return slices.ContainsFunc(either, func(holds test) bool { return holds(d) })
	}, nil
}

// example is a value as it can be typed.
func (k Key) example() string {
	if k.Like != "" {
		return k.Like
	}
	return k.Values[0]
}

// words finds a word anywhere in an item's texts; what stood in quotes is one
// piece.
func words(value string, needles []*needle) test {
	if needles[0].empty() {
		return func(*Document) bool { return true } // punctuation alone
	}
	digest := ""
	if len(value) >= shortDigest {
		digest = strings.ToLower(value)
	}
	return func(d *Document) bool {
		for _, text := range d.text() {
			for _, n := range needles {
				if n.in(text) {
					return true
				}
			}
		}
		return digest != "" && strings.HasPrefix(d.Digest, digest)
	}
}

// shortDigest is from how many digits on a word can name an item by its digest.
const shortDigest = 8

// test is that of one value of a key.
func (k Key) test(value string) (test, error) {
	lower := strings.ToLower(value)
	if k.Values != nil {
		if k.Name == "type" && lower == "image" {
			lower = "photo"
		}
		if !slices.Contains(k.Values, lower) {
			return nil, fmt.Errorf("%s: takes %s", k.Name, listed(k.Values))
		}
		return settled[k.Name](lower), nil
	}
	return open[k.Name](value)
}

// listed writes values with commas and "or".
func listed(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	last := len(values) - 1
	return strings.Join(values[:last], ", ") + " or " + values[last]
}

// is makes the test of a key whose values are yes and no.
func is(f func(*Document) bool) func(string) test {
	return func(value string) test {
		if value == no {
			return func(d *Document) bool { return !f(d) }
		}
		return f
	}
}

// settled are the tests of keys whose values are all known.
var settled = map[string]func(string) test{
	"type": func(v string) test {
		kind := extract.Kind(v)
		if v == "photo" {
			kind = extract.Image
		}
		return func(d *Document) bool { return d.Kind == kind }
	},
	"time": func(v string) test { return func(d *Document) bool { return string(d.Trust) == v } },
	"zone": func(v string) test {
		return func(d *Document) bool { return !d.To.IsZero() && d.ZoneKnown == (v == "known") }
	},
	"has": func(v string) test { return has[v] },
	"warning": func(v string) test {
		if v == "unsaid" {
			v = ""
		}
		return func(d *Document) bool { return d.Marks.Warning == v }
	},
	"reviewed": is(func(d *Document) bool { return d.Marks.Reviewed }),
	"pinned":   is(func(d *Document) bool { return d.Marks.Pinned }),
	"setaside": func(v string) test {
		if v == Any {
			return func(*Document) bool { return true }
		}
		return func(d *Document) bool { return d.Marks.SetAside == (v == yes) }
	},
	"problem": func(v string) test {
		switch v {
		case "unreadable":
			return func(d *Document) bool { return !d.Readable }
		case no:
			return func(d *Document) bool { return !d.Problem }
		}
		return func(d *Document) bool { return d.Problem }
	},
}

// has are the tests of the key has.
var has = map[string]test{
	"gps":         func(d *Document) bool { return d.Latitude != nil && d.Longitude != nil },
	"place":       func(d *Document) bool { return d.Latitude != nil || d.Named },
	"time":        func(d *Document) bool { return !d.To.IsZero() },
	"device":      func(d *Document) bool { return d.Texts.Device != "" },
	"caption":     func(d *Document) bool { return d.Texts.Caption != "" },
	"sound":       func(d *Document) bool { return d.Sound },
	"note":        func(d *Document) bool { return d.Marks.Noted },
	"description": func(d *Document) bool { return d.Marks.Described },
	"tag":         func(d *Document) bool { return len(d.Marks.Tags) > 0 },
	"warning":     func(d *Document) bool { return d.Marks.Warning != "" && d.Marks.Warning != None },
	"mask":        func(d *Document) bool { return d.Marks.Masked },
	"incident":    func(d *Document) bool { return d.Incident != "" },
	"copies":      func(d *Document) bool { return d.Copies > 1 },
	"problem":     func(d *Document) bool { return d.Problem },
}

// open are the tests of keys that take any value.
var open = map[string]func(string) (test, error){
	"source":   named(func(d *Document) []string { return d.Sources }),
	"account":  named(func(d *Document) []string { return d.Accounts }),
	"tag":      named(func(d *Document) []string { return d.Marks.Tags }),
	"incident": named(func(d *Document) []string { return only(d.Incident) }),
	"cluster":  named(func(d *Document) []string { return only(d.Cluster) }),
	"sha256": func(v string) (test, error) {
		v = strings.ToLower(v)
		return func(d *Document) bool { return strings.HasPrefix(d.Digest, v) }, nil
	},
	"after": func(v string) (test, error) {
		from, err := moment(v)
		return func(d *Document) bool { return d.To.After(from) }, err
	},
	"before": func(v string) (test, error) {
		from, err := moment(v)
		return func(d *Document) bool { return !d.To.IsZero() && d.From.Before(from) }, err
	},
	"copies": within("copies", plainNumber, func(d *Document) (float64, bool) { return float64(d.Copies), true }),
	"length": within("length", seconds, func(d *Document) (float64, bool) { return d.Seconds, d.Seconds > 0 }),
	"size":   within("size", bytes, func(d *Document) (float64, bool) { return float64(d.Size), true }),
}

// only is a list of one text, empty for "".
func only(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// named is the test of keys whose values are names: all of a name, however it
// is written; none and any ask whether there is one.
func named(of func(*Document) []string) func(string) (test, error) {
	return func(v string) (test, error) {
		switch strings.ToLower(v) {
		case None:
			return func(d *Document) bool { return len(of(d)) == 0 }, nil
		case Any:
			return func(d *Document) bool { return len(of(d)) > 0 }, nil
		}
		folded := Fold(v)
		return func(d *Document) bool {
			return slices.ContainsFunc(of(d), func(name string) bool { return name == v || strings.EqualFold(name, v) || Fold(name) == folded })
		}, nil
	}
}

// worded are the texts of keys that ask for words.
var worded = map[string]func(*Document) string{
	"place":   func(d *Document) string { return d.Texts.Place },
	"device":  func(d *Document) string { return d.Texts.Device },
	"name":    func(d *Document) string { return d.Texts.Name },
	"path":    func(d *Document) string { return d.Texts.Path },
	"caption": func(d *Document) string { return d.Texts.Caption },
	"note":    func(d *Document) string { return d.Marks.Notes },
}

// within is the test of keys that take a number or a range.
func within(key string, read func(string) (float64, error), of func(*Document) (float64, bool)) func(string) (test, error) {
	return func(v string) (test, error) {
		lo, hi, err := span(v, read)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		return func(d *Document) bool {
			n, known := of(d)
			return known && n >= lo && n <= hi
		}, nil
	}
}
