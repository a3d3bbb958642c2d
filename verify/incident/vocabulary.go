package incident

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// vocabulary is what the captions of this case teach: which places they name
// by the gazetteer, how rare each other word is, and which words are names.
type vocabulary struct {
	lex   *lexicon
	ids   map[string]int32
	terms []Term
	found map[string][]gazetteer.Mention // by caption
}

// spelling counts how a word of the case is written.
type spelling struct {
	forms  map[string]int
	asName int
	total  int // without those whose writing does not say it
}

func newVocabulary() *vocabulary {
	return &vocabulary{lex: newLexicon(), ids: map[string]int32{}, found: map[string][]gazetteer.Mention{}}
}

// look looks all captions up in the gazetteer at once, so that places which
// share a name are told apart by what else the case is about, or was about when
// it was learnt; that is given back.
func (v *vocabulary) look(atoms []*atom, places Places, fixes, learnt []gazetteer.Point) (around []gazetteer.Point) {
	if places == nil {
		return nil
	}
	var texts []string
	for _, a := range atoms {
		for _, q := range a.postings {
			for _, t := range q.texts {
				if _, ok := v.found[t]; !ok {
					v.found[t] = nil
					texts = append(texts, t)
				}
			}
		}
	}
	if around = learnt; around == nil {
		around = places.Around(texts, fixes)
	}
	for i, m := range places.FindNear(texts, around) {
		v.found[texts[i]] = m
	}
	return around
}

// positions are those that files state.
func (c *grouping) positions() (points []gazetteer.Point) {
	for i := range c.atoms {
		if c.placed[i] {
			points = append(points, gazetteer.Point{Lat: c.fixes[i].lat, Lon: c.fixes[i].lon})
		}
	}
	return points
}

// split parts a caption into the places that the gazetteer finds in it and the
// other words.
func (v *vocabulary) split(text string) ([]gazetteer.Mention, []word) {
	found := v.found[text]
	if len(found) == 0 {
		return nil, words(text)
	}
	rest := []byte(text)
	for _, m := range found {
		if m.Start < 0 || m.End > len(rest) || m.Start > m.End {
			continue
		}
		for i := m.Start; i < m.End; i++ {
			rest[i] = ' '
		}
	}
	return found, words(string(rest))
}

func (a *atom) day() int64 {
	if !a.moment.known() {
		return math.MinInt64
	}
	return a.moment.middle().Unix() / 86400
}

// learn makes the terms of all captions that are not struck.
func (v *vocabulary) learn(atoms []*atom) {
	var spelled []spelling
	for _, a := range atoms {
		v.eachWord(a, func(w word) {
			id, ok := v.ids[w.key]
			if !ok {
				id = v.add(w)
				spelled = append(spelled, spelling{forms: map[string]int{}})
			}
			s := &spelled[id]
			s.forms[w.form]++
			if !w.mute {
				s.total++
			}
			if w.name {
				s.asName++
			}
		})
	}
	v.mergeInflections(spelled)
	for i := range v.terms {
		s, t := &spelled[i], &v.terms[i]
		t.Name = 2*s.asName >= s.total && s.asName > 0
		best := 0
		for form, n := range s.forms {
			if n > best || n == best && form < t.Shown {
				best, t.Shown = n, form
			}
		}
	}
}

// restore takes terms that were learnt before.
func (v *vocabulary) restore(terms []Term) {
	v.terms = slices.Clone(terms)
	for i := range terms {
		v.ids[terms[i].Key] = int32(i)
	}
}

// export gives the terms.
func (v *vocabulary) export() []Term { return slices.Clone(v.terms) }

// hear takes from an atom's captions the places, names, objects and other words
// that they hold. A word that was not learnt is a name when it is written as
// one.
func (v *vocabulary) hear(a *atom) {
	for _, q := range a.postings {
		if q.recycled {
			continue
		}
		for _, text := range q.texts {
			a.found = append(a.found, v.found[text]...)
		}
	}
	v.eachWord(a, func(w word) {
		id, ok := v.ids[w.key]
		if !ok {
			id = v.add(w)
		}
		v.sort(a, id)
	})
	slices.Sort(a.names)
	slices.Sort(a.rare)
	a.names, a.rare = slices.Compact(a.names), slices.Compact(a.rare)
}

// sort puts a word among an atom's names or other words.
func (v *vocabulary) sort(a *atom, id int32) {
	if id = v.terms[id].Into; v.terms[id].Name {
		a.names = append(a.names, id)
	} else {
		a.rare = append(a.rare, id)
	}
}

// add makes a term of a word that is not known, as it stands there.
func (v *vocabulary) add(w word) int32 {
	id := int32(len(v.terms))
	into := id
	if short, ok := v.ids[shorter(w.key)]; ok {
		into = v.terms[short].Into
	}
	v.ids[w.key] = id
	v.terms = append(v.terms, Term{Key: w.key, Shown: w.form, Name: w.name, Into: into})
	return id
}

// eachWord calls yes with the words of an atom's captions that may be names,
// and takes the others to the atom: objects, and what is of the everyday.
func (v *vocabulary) eachWord(a *atom, yes func(word)) {
	for _, q := range a.postings {
		if q.recycled {
			continue
		}
		for _, text := range q.texts {
			_, rest := v.split(text)
			for _, w := range rest {
				if v.names(a, w) && len([]rune(w.text)) >= 3 {
					yes(w)
				}
			}
		}
	}
}

// names takes from a word what it says by itself, an object or a routine
// post, and reports whether it may be a name instead.
func (v *vocabulary) names(a *atom, w word) bool {
	f := fold(w.text)
	if o := v.lex.object(f); o != 0 {
		a.objects |= o
		return false
	}
	if v.lex.isRoutine(f) {
		a.routine = true
		return false
	}
	return !v.lex.isIgnored(f)
}

// mergeInflections joins keys that differ by one last consonant, as endings
// do: Бахмут and Бахмутом.
func (v *vocabulary) mergeInflections(spelled []spelling) {
	for i := range v.terms {
		v.terms[i].Into = int32(i)
	}
	keys := slices.SortedFunc(maps.Keys(v.ids), func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	for _, k := range keys {
		short, ok := v.ids[shorter(k)]
		if !ok || v.terms[short].Into != short {
			continue
		}
		id := v.ids[k]
		v.terms[id].Into = short
		from, to := &spelled[id], &spelled[short]
		to.total += from.total
		to.asName += from.asName
		for s, n := range from.forms {
			to.forms[s] += n
		}
	}
}

// shorter is a key without its last letter, "" where that would say too little.
func shorter(key string) string {
	if len(key) < 4 || key[0] == '~' {
		return ""
	}
	return key[:len(key)-1]
}
