package gazetteer

import "slices"

// Find gives the places that a text names, in the order of the text and
// without overlap.
func (g *Gazetteer) Find(text string) []Mention {
	r := newReader(g)
	return r.mentions(r.read(text), nil)
}

// FindAll is Find over all captions of a case, in which places that bear one
// name are told apart by what lies near: the positions of the case's files
// and the places that its captions name without doubt. A small place near
// these is found where [Gazetteer.Find] would doubt it.
func (g *Gazetteer) FindAll(texts []string, fixes []Point) [][]Mention {
	return g.FindNear(texts, g.Around(texts, fixes))
}

// Around gives what a case is about: the positions of its files and the places
// that its captions name without doubt, each to a twentieth of a degree.
func (g *Gazetteer) Around(texts []string, fixes []Point) []Point {
	r := newReader(g)
	around := newSurroundings(fixes)
	seen := map[string]bool{}
	for _, t := range texts {
		if seen[t] {
			continue
		}
		seen[t] = true
		x := r.read(t)
		for i := range x.spans {
			if s := &x.spans[i]; s.sure {
				around.add(Point{s.top.Lat, s.top.Lon})
			}
		}
	}
	return around.points()
}

// FindNear is [Gazetteer.FindAll] for captions of a case of which it is known
// what it is about.
func (g *Gazetteer) FindNear(texts []string, around []Point) [][]Mention {
	r := newReader(g)
	near := newSurroundings(around)
	found := map[string][]Mention{}
	out := make([][]Mention, len(texts))
	for i, t := range texts {
		m, ok := found[t]
		if !ok {
			m = r.mentions(r.read(t), near)
			found[t] = m
		}
		out[i] = m
	}
	return out
}

// maxSpans bounds what one text may name.
const maxSpans = 200

// reading is a text with what it may name.
type reading struct {
	text      string
	words     []word
	inName    []bool // of each word: it is a part of a name that is no common word
	style     style
	spans     []span
	countries map[string]bool // that it names, by code
}

// span is a row of words that is a name.
type span struct {
	first, n int // words
	*name
	top   Place // the likeliest, without what lies near
	sure  bool  // and there is no doubt of it
	score int   // without what lies near: see judge.go
}

// read finds the names in a text, the longest at each place.
func (r *reader) read(text string) *reading {
	x := &reading{text: text, words: split(text), countries: map[string]bool{}}
	x.inName = make([]bool, len(x.words))
	for i := 0; i < len(x.words) && len(x.spans) < maxSpans; {
		s, ok := r.longest(x, i)
		if !ok {
			i++
			continue
		}
		// Who writes Georgia, Jordan or Lebanon means the country, and of
		// Kuwait and Luxembourg a text does not say which.
		if s.country != "" && !s.own {
			x.countries[s.country] = true
		} else {
			x.spans = append(x.spans, s)
		}
		for range s.n {
			x.inName[i] = !s.common && !s.stopped
			i++
		}
	}
	x.style = styleOf(x)
	for i := range x.spans {
		s := &x.spans[i]
		places := r.rank(x, s, nil)
		s.top = places[0]
		s.score = r.g.judge(x, s)
		s.sure = s.leavesNoDoubt(places)
	}
	return x
}

// longest gives the longest name that begins with a word.
func (r *reader) longest(x *reading, i int) (span, bool) {
	w := &x.words[i]
	if w.fold == "" {
		return span{}, false
	}
	longest := 1
	if r.begins(w) {
		limit := max(r.g.table.Longest(), r.g.own.longestName())
		for longest < limit && i+longest < len(x.words) && x.words[i+longest].before == joined {
			longest++
		}
	}
	for n := longest; n >= 1; n-- {
		if n == 1 && r.g.stop.says(w.fold) {
			break // Medina is a city, and the word for one
		}
		words := x.words[i : i+n]
		s := span{first: i, n: n, name: r.name(words)}
		if s.name != nil && x.written(&s) {
			return s, true
		}
	}
	return span{}, false
}

// mentions gives the spans that stand up to judgement.
func (r *reader) mentions(x *reading, around *surroundings) []Mention {
	var out []Mention
	for i := range x.spans {
		s := &x.spans[i]
		if s.score < -10 { // nearness does not make up for it
			continue
		}
		places := r.rank(x, s, around)
		first, last := x.words[s.first], x.words[s.first+s.n-1]
		if s.score+around.speaksFor(places[0]) < first.script.threshold() {
			continue
		}
		out = append(out, Mention{
			Text: x.text[first.start:last.end], Start: first.start, End: last.end,
			Places: slices.Clone(places[:min(most, len(places))]),
		})
	}
	return out
}
