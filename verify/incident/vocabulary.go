package incident

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// vocabulary is what the captions of this case teach: which places they name
// by the gazetteer, how rare each other word is, and which words are names.
type vocabulary struct {
	lex    *lexicon
	ids    map[string]int32
	terms  []term
	merged []int32                        // the term that each stands for
	found  map[string][]gazetteer.Mention // by caption
}

// term is one word of the case with all its spellings.
type term struct {
	shown   string // the commonest spelling, as written first
	spelled map[string]int
	asName  int
	total   int
	isName  bool
}

// newVocabulary reads all captions that are not struck.
func newVocabulary(atoms []*atom, places Places) *vocabulary {
	v := &vocabulary{lex: newLexicon(), ids: map[string]int32{}}
	v.find(atoms, places)
	for _, a := range atoms {
		v.read(a)
	}
	remap := v.mergeInflections()
	v.merged = remap
	v.judge()
	for _, a := range atoms {
		a.names, a.rare = v.sort(a.names, remap)
	}
	return v
}

// find looks all captions up in the gazetteer at once, so that places which
// share a name are told apart by what else the case is about.
func (v *vocabulary) find(atoms []*atom, places Places) {
	v.found = map[string][]gazetteer.Mention{}
	if places == nil {
		return
	}
	var texts []string
	var points []gazetteer.Point
	for _, a := range atoms {
		for _, q := range a.postings {
			for _, t := range q.texts {
				if _, ok := v.found[t]; !ok {
					v.found[t] = nil
					texts = append(texts, t)
				}
			}
		}
		if f, ok := a.position(); ok {
			points = append(points, gazetteer.Point{Lat: f.lat, Lon: f.lon})
		}
	}
	for i, m := range places.FindAll(texts, points) {
		v.found[texts[i]] = m
	}
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

// read takes the words of an atom's captions. All words go to names for now;
// sort parts them when the whole case has been read.
func (v *vocabulary) read(a *atom) {
	for _, q := range a.postings {
		if q.recycled {
			continue
		}
		for _, text := range q.texts {
			found, rest := v.split(text)
			a.found = append(a.found, found...)
			for _, w := range rest {
				v.note(a, w)
			}
		}
	}
	slices.Sort(a.names)
	a.names = slices.Compact(a.names)
}

func (v *vocabulary) note(a *atom, w word) {
	if v.names(a, w) && len([]rune(w.text)) >= 3 {
		a.names = append(a.names, v.id(w))
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

func (v *vocabulary) id(w word) int32 {
	id, ok := v.ids[w.key]
	if !ok {
		id = int32(len(v.terms))
		v.ids[w.key] = id
		v.terms = append(v.terms, term{spelled: map[string]int{}})
	}
	t := &v.terms[id]
	t.total++
	t.spelled[w.form]++
	if w.name {
		t.asName++
	}
	return id
}

// mergeInflections joins keys that differ by one last consonant, as endings
// do: Бахмут and Бахмутом.
func (v *vocabulary) mergeInflections() []int32 {
	remap := make([]int32, len(v.terms))
	for i := range remap {
		remap[i] = int32(i)
	}
	keys := make([]string, 0, len(v.ids))
	for k := range v.ids {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	for _, k := range keys {
		if len(k) < 4 || k[0] == '~' {
			continue
		}
		if short, ok := v.ids[k[:len(k)-1]]; ok && remap[short] == short {
			remap[v.ids[k]] = short
		}
	}
	for id, to := range remap {
		if int(to) == id {
			continue
		}
		from, t := &v.terms[id], &v.terms[to]
		t.total += from.total
		t.asName += from.asName
		for s, n := range from.spelled {
			t.spelled[s] += n
		}
	}
	return remap
}

// judge decides which words are names, and how each is shown.
func (v *vocabulary) judge() {
	for i := range v.terms {
		t := &v.terms[i]
		t.isName = 2*t.asName >= t.total && t.asName > 0
		best := 0
		for s, n := range t.spelled {
			if n > best || n == best && s < t.shown {
				best, t.shown = n, s
			}
		}
	}
}

// sort parts an atom's words into names and others.
func (v *vocabulary) sort(all []int32, remap []int32) (names, rare []int32) {
	for _, id := range all {
		id = remap[id]
		if v.terms[id].isName {
			names = append(names, id)
		} else {
			rare = append(rare, id)
		}
	}
	slices.Sort(names)
	slices.Sort(rare)
	return slices.Compact(names), slices.Compact(rare)
}
