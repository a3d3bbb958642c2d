package gazetteer

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Bounds of what a name is taken to stand for when it is looked for.
const (
	leastSought   = 3       // letters of a name
	mostSought    = 3       // places of one name
	knownByName   = 100_000 // people: a place that is meant although its name is a word, too
	meantInflect  = 10_000  // people: a place that is meant by an inflected form of its name
	sharesOfFirst = 10      // a place of a tenth of the people may be meant, too
)

// Spellings gives the ways in which a place of this name is written in the
// scripts that are known, folded, the name itself among them: for finding one
// in a text that wrote it otherwise. A word that stands for something else
// first, and a name that is none, has no spellings.
func (g *Gazetteer) Spellings(name string) []string {
	words := split(name)
	if len(words) == 0 || utf8.RuneCountInString(Fold(name)) < leastSought {
		return nil
	}
	for i, key := range newReader(g).keys(words) {
		if rows := g.own.named(key); len(rows) > 0 {
			return g.own.keysOf(rows)
		}
		if len(words) == 1 && (g.stop.stop[key] || g.stop.says(key)) {
			return nil
		}
		if rows := g.sought(key, i > 0); len(rows) > 0 {
			return g.keysOf(rows)
		}
	}
	return nil
}

// sought gives the rows that somebody who looks for a name means, that with
// the most people first.
func (g *Gazetteer) sought(key string, inflected bool) []int32 {
	e, ok := g.table.Lookup(key)
	if !ok || len(e.Places) == 0 {
		return nil
	}
	people := func(row int32) int64 { return g.table.Place(row).Population }
	rows := slices.Clone(e.Places)
	slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(people(b), people(a)) })
	first := people(rows[0])
	if e.Common && first < knownByName || inflected && first < meantInflect {
		return nil
	}
	n := slices.IndexFunc(rows, func(row int32) bool { return people(row)*sharesOfFirst < first })
	if n < 0 {
		n = len(rows)
	}
	return rows[:min(n, mostSought)]
}

// keysOf gives the names of some places of the world, without those by which
// another place is meant or a word.
func (g *Gazetteer) keysOf(rows []int32) []string {
	var out []string
	for _, key := range g.table.KeysOf(rows) {
		if utf8.RuneCountInString(key) < leastSought || g.stop.stop[key] || g.stop.says(key) {
			continue
		}
		if meant := g.sought(key, false); len(meant) > 0 && slices.Contains(rows, meant[0]) {
			out = append(out, key)
		}
	}
	return out
}

// keysOf gives the names of some places of the case, in order.
func (o *ownPlaces) keysOf(rows []int32) []string {
	var out []string
	for key, of := range o.byKey {
		if slices.ContainsFunc(of, func(row int32) bool { return slices.Contains(rows, row) }) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}
