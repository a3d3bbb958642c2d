package incident

import (
	"cmp"
	"slices"
)

// maxNames bounds the places and names of one atom that are weighed: the
// rarest of each.
const (
	maxMentions = 4
	maxTerms    = 6
	maxMeanings = 5 // places that one name may mean
)

// learnPlaces works out what every atom says of the place of its event: by its
// position, by the places that its captions name, by names that only this case
// knows, and by where its accounts post from.
func (c *grouping) learnPlaces() {
	s := newSites(c.atoms, c.fixes, c.placed)
	c.sites = s
	mentions := make([][]mention, len(c.atoms))
	for i, a := range c.atoms {
		for _, f := range a.found {
			mentions[i] = append(mentions[i], s.mention(f))
		}
		slices.SortFunc(mentions[i], mention.compare)
		mentions[i] = slices.CompactFunc(mentions[i], func(a, b mention) bool { return a.compare(b) == 0 })
		if s.fixed[i] < 0 {
			for _, m := range mentions[i] {
				s.list[m.at[0]].days[a.day()] = true
			}
		}
		for _, n := range slices.Concat(a.names, a.rare) {
			s.list[s.ofTerm(n, c.words.terms[n].shown)].days[a.day()] = true
		}
	}
	for _, l := range c.words.found { // those of struck posts too: they are compared by themselves
		for _, f := range l {
			s.mention(f)
		}
	}
	s.share()
	c.meant = c.learnTerms(mentions)
	c.places = make([]belief, len(c.atoms))
	for i, a := range c.atoms {
		if s.fixed[i] >= 0 {
			c.places[i] = shapeOf(s.byFix(s.fixed[i]), s.shares, c.params.WrongFix)
		}
		c.places[i] = c.places[i].and(c.said(a, mentions[i]), s.shares)
	}
	c.learnHomes()
	for i, a := range c.atoms {
		for _, account := range a.channels {
			if h, ok := c.homes[account]; ok {
				c.places[i] = c.places[i].and(shapeOf(s.around(h.at), s.shares, 1-0.97*h.local), s.shares)
			}
		}
	}
}

// said is what captions say of the place: the places that they name and the
// names that only the case knows.
func (c *grouping) said(a *atom, mentions []mention) belief {
	s, p := c.sites, &c.params
	var b belief
	mentions = slices.Clone(mentions)
	slices.SortStableFunc(mentions, func(x, y mention) int { return cmp.Compare(s.shares[x.at[0]], s.shares[y.at[0]]) })
	for _, m := range mentions[:min(len(mentions), maxMentions)] {
		b = b.and(shapeOf(s.byMention(m), s.shares, p.WrongPlace), s.shares)
	}
	b = b.and(c.byTerms(a.names, p.WrongName), s.shares)
	return b.and(c.byTerms(a.rare, p.WrongWord), s.shares)
}

// byTerms is what the rarest of some words say.
func (c *grouping) byTerms(terms []int32, wrong float64) belief {
	s := c.sites
	terms = slices.DeleteFunc(slices.Clone(terms), func(t int32) bool { _, ok := s.byTerm[t]; return !ok })
	slices.SortStableFunc(terms, func(x, y int32) int { return cmp.Compare(s.shares[s.byTerm[x]], s.shares[s.byTerm[y]]) })
	var b belief
	for _, t := range terms[:min(len(terms), maxTerms)] {
		b = b.and(shapeOf(c.meant[t], s.shares, wrong), s.shares)
	}
	return b
}

// learnTerms says for each name that no gazetteer knows what it may mean: the
// name itself, and where the files lie that bear it.
func (c *grouping) learnTerms(mentions [][]mention) map[int32]map[int32]float64 {
	s := c.sites
	out := map[int32]map[int32]float64{}
	uses := map[int32]float64{}
	for _, a := range c.atoms {
		for _, n := range slices.Concat(a.names, a.rare) {
			uses[n]++
		}
	}
	for i, a := range c.atoms {
		for _, n := range slices.Concat(a.names, a.rare) {
			h := out[n]
			if h == nil {
				h = map[int32]float64{s.byTerm[n]: 1}
				out[n] = h
			}
			if s.fixed[i] >= 0 {
				for id, l := range s.byFix(s.fixed[i]) {
					h[id] += l / uses[n]
				}
			}
			for _, m := range mentions[i] {
				for id, l := range s.byPlace(m.at[0]) {
					h[id] += l / uses[n]
				}
			}
		}
	}
	for _, h := range out {
		for id, l := range h {
			h[id] = min(l, 1)
		}
	}
	return out
}

// sure is how probable a site must be to count as where a post is about.
const sure = 0.5

// learnHomes finds the accounts that post of one neighbourhood.
func (c *grouping) learnHomes() {
	seen := map[string]map[[2]int64]bool{}
	for i, a := range c.atoms {
		at, probability := c.places[i].best(c.sites.shares)
		if at < 0 || probability < sure/5 || !c.sites.list[at].placed {
			continue
		}
		for _, account := range a.channels {
			if seen[account] == nil {
				seen[account] = map[[2]int64]bool{}
			}
			seen[account][[2]int64{int64(at), a.day()}] = true
		}
	}
	c.homes = c.sites.homes(seen)
}
