package incident

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// link is what one decision says of two items.
type link struct {
	a, b  verify.Digest
	sort  relation
	firm  bool   // said of these very items; else it gives way to what is firm
	wins  bool   // over older ones that it contradicts
	entry int64  // its decision, by Decision.Order
	list  string // the confirmed incident whose list b is on, if the link is of that
}

// compare puts links into the order in which they take effect: firm ones from
// the oldest, then the lists from the newest, for they show what stood last.
func (l link) compare(m link) int {
	switch {
	case l.firm != m.firm:
		return map[bool]int{true: -1, false: 1}[l.firm]
	case l.firm:
		return cmp.Compare(l.entry, m.entry)
	}
	return cmp.Compare(m.entry, l.entry)
}

// linksOf reads a decision on items. An anchor that a later decision took out
// of its incident no longer stands for it: the next of its list does.
func linksOf(d verify.Decision, left map[verify.Digest]int64) []link {
	s := &speech{d: d, left: left}
	switch d.Kind {
	case verify.Pin:
		s.all(d.Subjects, s.anchor(d.Others, first(d.Subjects)...), ofOne, true)
	case verify.Add:
		s.takeIn()
	case verify.Remove:
		s.keepOut(d.Others)
	case verify.Move:
		s.takeIn()
		s.keepOut(d.Left)
	case verify.Merge:
		s.all(s.anchor(d.Others, first(d.Others)...), s.anchor(d.Subjects, first(d.Subjects)...), ofOne, true)
		s.keep(d.Subjects, true)
		s.keep(d.Others, true)
	case verify.Split:
		s.keep(d.Subjects, true)
		s.all(d.Subjects, s.anchor(d.Others), ofTwo, true)
		s.keep(d.Others, false)
	case verify.Exclude, verify.ForContext:
		for _, x := range d.Subjects {
			s.links = append(s.links, link{a: x, b: x, sort: ofNone, firm: true, wins: d.NewerWins, entry: d.Order()})
		}
	case verify.NotSameIncident:
		s.all(tail(d.Subjects), first(d.Subjects), ofTwo, true)
	}
	return s.links
}

// relation is what a link says.
type relation int

const (
	ofOne  relation = iota // a and b are of one incident
	ofTwo                  // of two
	ofNone                 // a is of none
)

// speech gathers the links of one decision.
type speech struct {
	d     verify.Decision
	left  map[verify.Digest]int64 // the last decision that took an item out of its incident
	links []link
}

// anchor is the first of a list that was not taken out later, else what stands
// in for it.
func (s *speech) anchor(list []verify.Digest, instead ...verify.Digest) []verify.Digest {
	for i, d := range list {
		if !s.gone(d) {
			return list[i : i+1]
		}
	}
	return instead
}

// gone says whether a later decision took the item out of its incident.
func (s *speech) gone(d verify.Digest) bool { return s.left[d] > s.d.Order() }

// all links every item with the one given, if there is one.
func (s *speech) all(items, with []verify.Digest, sort relation, firm bool) {
	for _, d := range items {
		for _, w := range with {
			if d != w {
				s.links = append(s.links, link{a: w, b: d, sort: sort, firm: firm, wins: s.d.NewerWins, entry: s.d.Order()})
			}
		}
	}
}

// keep lets the members of a list stay with their anchor, without those that
// were taken out later.
func (s *speech) keep(list []verify.Digest, firm bool) {
	staying := slices.DeleteFunc(slices.Clone(list), s.gone)
	s.all(staying, first(staying), ofOne, firm)
}

// takeIn puts the subjects with the anchor of their new incident, whose other
// members do not leave it for that.
func (s *speech) takeIn() {
	s.all(s.d.Subjects, s.anchor(s.d.Others, first(s.d.Subjects)...), ofOne, true)
	s.keep(s.d.Others, false)
}

// mostKeptFrom bounds by how many members an incident that falls apart later is
// still known as the one that something was taken out of.
const mostKeptFrom = 64

// keepOut keeps the subjects from the anchor of those that stay, and from
// these themselves where nothing speaks against it.
func (s *speech) keepOut(staying []verify.Digest) {
	s.all(s.d.Subjects, s.anchor(staying), ofTwo, true)
	for _, d := range staying[:min(len(staying), mostKeptFrom)] {
		s.all(s.d.Subjects, []verify.Digest{d}, ofTwo, false)
	}
}
