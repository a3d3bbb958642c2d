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

// sure is how probable a site must be to count as where a post is about.
const sure = 0.5

// said is what an atom says of the place of its event: by its position, by the
// places that its captions name, and by names that only this case knows.
func (c *grouping) said(i int) belief {
	var b belief
	if c.placed[i] {
		at := c.sites.atFix(c.fixes[i])
		b = c.shape(shapeKey{fix: at + 1}, func() belief { return shapeOf(c.sites.byFix(at), c.sites.shares, c.params.WrongFix) })
	}
	return b.and(c.spoken(c.atoms[i], c.mentions[i]), c.sites.shares)
}

// spoken is what captions say of the place: the places that they name and the
// names that only the case knows.
func (c *grouping) spoken(a *atom, mentions []mention) belief {
	s, p := c.sites, &c.params
	var b belief
	mentions = slices.Clone(mentions)
	slices.SortStableFunc(mentions, func(x, y mention) int { return cmp.Compare(s.shares[x.at[0]], s.shares[y.at[0]]) })
	for _, m := range mentions[:min(len(mentions), maxMentions)] {
		key := shapeKey{}
		for i, at := range m.at {
			key.mentions[i] = at + 1
		}
		b = b.and(c.shape(key, func() belief { return shapeOf(s.byMention(m), s.shares, p.WrongPlace) }), s.shares)
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
		b = b.and(shapeOf(c.meaning(t), s.shares, wrong), s.shares)
	}
	return b
}

// meaning is what a word says of the place; one that is new means itself.
func (c *grouping) meaning(t int32) map[int32]float64 {
	means := c.words.terms[t].Means
	if len(means) == 0 {
		return map[int32]float64{c.sites.byTerm[t]: 1}
	}
	shape := make(map[int32]float64, len(means))
	for _, m := range means {
		shape[m.Site] = m.Likely
	}
	return shape
}

// objectOf is what an atom says of what was hit.
func (c *grouping) objectOf(a *atom) belief {
	likely := map[int32]float64{}
	for o := range objectStems {
		if a.objects&(1<<o) != 0 {
			likely[int32(o)] = 1
		}
	}
	return shapeOf(likely, c.learnt.Objects, c.params.WrongObject)
}
