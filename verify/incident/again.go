package incident

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Changed is how many items came, went or are told of differently since the
// statistics were learnt, and of how many they were learnt.
func (s *Statistics) Changed(items []verify.Item) (changed, of int) {
	now := traces(items)
	i, j := 0, 0
	for i < len(now) || j < len(s.LearntFrom) {
		switch {
		case j == len(s.LearntFrom) || i < len(now) && now[i] < s.LearntFrom[j]:
			changed, i = changed+1, i+1
		case i == len(now) || s.LearntFrom[j] < now[i]:
			changed, j = changed+1, j+1
		default:
			i, j = i+1, j+1
		}
	}
	return changed, len(s.LearntFrom)
}

// traces tell items apart by content and by what is said of them.
func traces(items []verify.Item) []uint64 {
	out := make([]uint64, len(items))
	var w writer
	for i := range items {
		it := &items[i]
		w.reset()
		w.text(string(it.Digest))
		w.times(it.Media.Times)
		for j := range it.Sightings {
			s := &it.Sightings[j]
			w.text(s.Path)
			w.text(s.Account)
			w.times(s.Times)
			for _, r := range s.Records {
				w.text(r.Text)
			}
		}
		out[i] = w.short()
	}
	slices.Sort(out)
	return out
}

// A case that changed by more than a twentieth since its statistics were
// learnt is to be learnt from again. That of a small one takes no time, so it
// is whenever anything changed.
const (
	mostChanged = 20
	smallCase   = 2000 // items
)

// Serve says whether the statistics still do for a case.
func (s *Statistics) Serve(items []verify.Item) bool {
	changed, of := s.Changed(items)
	return changed == 0 || of >= smallCase && changed*mostChanged <= of
}

// enterNew enters the sites that came since the statistics were learnt in an
// order that does not depend on what else came, for numbers are added up in
// that order.
func (c *grouping) enterNew() {
	s := c.sites
	var fixes []fix
	for i := range c.atoms {
		if c.placed[i] {
			fixes = append(fixes, c.fixes[i])
		}
	}
	slices.SortFunc(fixes, func(f, g fix) int { return cmp.Or(cmp.Compare(f.lat, g.lat), cmp.Compare(f.lon, g.lon)) })
	for _, f := range fixes {
		s.atFix(f)
	}
	var places []gazetteer.Place
	for _, found := range c.words.found {
		for _, m := range found {
			places = append(places, m.Places[:min(len(m.Places), maxMeanings)]...)
		}
	}
	slices.SortFunc(places, func(p, q gazetteer.Place) int { return cmp.Or(cmp.Compare(p.ID, q.ID), cmp.Compare(p.Name, q.Name)) })
	for _, p := range places {
		s.ofPlace(p)
	}
	var terms []int32
	for _, a := range c.atoms {
		terms = append(terms, slices.Concat(a.names, a.rare)...)
	}
	slices.SortFunc(terms, func(x, y int32) int { return cmp.Compare(c.words.terms[x].Key, c.words.terms[y].Key) })
	for _, n := range slices.Compact(terms) {
		s.ofTerm(n, c.words.terms[n].Shown)
	}
}
