package gazetteer

import "strings"

// reader reads texts with one gazetteer and remembers the words and names
// that it has met.
type reader struct {
	g     *Gazetteer
	bases map[string][]string
	names map[string]*name // nil where words are none
}

func newReader(g *Gazetteer) *reader {
	return &reader{g: g, bases: map[string][]string{}, names: map[string]*name{}}
}

// maxRemembered bounds what a reader keeps, in words and in names.
const maxRemembered = 1 << 15

// name is what a row of words stands for.
type name struct {
	candidates []candidate
	country    string // of which it is the name
	common     bool   // a word of the language
	stopped    bool   // a person's name or the like
	attached   bool   // an Arabic preposition is written onto it
	own        bool   // the case knows it
}

// candidate is a place that a name may mean: a row of the table, or below
// zero the place of the case with that identity.
type candidate struct {
	row   int32
	exact bool // it bears the name as written, not only what it may be inflected from
}

func (g *Gazetteer) candidate(c candidate) Place {
	if c.row < 0 {
		return g.own.places[-c.row-1]
	}
	return g.place(c.row)
}

// key is how a word is remembered.
func (w *word) key() string {
	if w.genitive {
		return w.fold + "'"
	}
	return w.fold
}

func (r *reader) basesOf(w *word) []string {
	key := w.key()
	if b, ok := r.bases[key]; ok {
		return b
	}
	b := r.g.forms.bases(w.fold, w.script)
	if w.genitive {
		b = append(b, strings.TrimSuffix(w.fold, "s"))
	}
	if len(r.bases) < maxRemembered {
		r.bases[key] = b
	}
	return b
}

// begins tells whether a word may begin a name of several.
func (r *reader) begins(w *word) bool {
	for _, b := range r.basesOf(w) {
		if r.g.table.Begins(b) || r.g.own.begins(b) {
			return true
		}
	}
	return false
}

// name looks a row of words up; nil when it is no name.
func (r *reader) name(words []word) *name {
	key := words[0].key()
	for i := range words[1:] {
		key += " " + words[1+i].key()
	}
	if n, ok := r.names[key]; ok {
		return n
	}
	n := r.lookup(words)
	if len(r.names) < maxRemembered {
		r.names[key] = n
	}
	return n
}

func (r *reader) lookup(words []word) *name {
	n := &name{}
	seen := map[int32]bool{}
	add := func(row int32, exact bool) {
		if !seen[row] {
			seen[row] = true
			n.candidates = append(n.candidates, candidate{row, exact})
		}
	}
	keys := r.keys(words)
	for i, key := range keys {
		for _, row := range r.g.own.named(key) {
			n.own = true
			add(row, i == 0)
		}
	}
	for i, key := range keys {
		e, ok := r.g.table.Lookup(key)
		if !ok {
			continue
		}
		if n.country == "" {
			n.country = e.Country
		}
		n.common = n.common || e.Common && (i == 0 || words[0].script == arabic)
		n.attached = n.attached || len(e.Places) > 0 && attached(&words[0], key)
		for _, row := range e.Places {
			if !n.own { // a place of the case shadows those of the world
				add(row, i == 0)
			}
		}
	}
	if len(n.candidates) == 0 && n.country == "" {
		return nil
	}
	if len(words) == 1 {
		for _, b := range keys {
			n.stopped = n.stopped || r.g.stop.stop[b]
		}
	}
	return n
}

// attached tells whether an Arabic word has a preposition before the name that
// it begins, and not merely "and".
func attached(w *word, key string) bool {
	if w.script != arabic || strings.HasPrefix(key, w.fold) {
		return false
	}
	rest, and := strings.CutPrefix(w.fold, "و")
	return !and || !strings.HasPrefix(key, rest)
}

// maxKeys bounds the ways in which a row of words is looked up.
const maxKeys = 400

// keys are the forms under which a row of words may stand in a table, as
// written first.
func (r *reader) keys(words []word) []string {
	keys := []string{""}
	for i := range words {
		var next []string
		for _, head := range keys {
			for _, b := range r.basesOf(&words[i]) {
				if i > 0 {
					b = head + " " + b
				}
				if len(next) < maxKeys {
					next = append(next, b)
				}
			}
		}
		keys = next
	}
	return keys
}
