package incident

import (
	"cmp"
	"math"
	"slices"
)

// learn works out what the case teaches.
func (c *grouping) learn(places Places) {
	s := &Statistics{Offsets: c.clock.offsets}
	c.learnt = s
	c.words = newVocabulary()
	s.Around = c.words.look(c.atoms, places, c.positions(), nil)
	c.words.learn(c.atoms)
	for _, a := range c.atoms {
		c.words.hear(a)
	}
	c.sites = newSites()
	c.mentions = make([][]mention, len(c.atoms))
	for i := range c.atoms {
		c.register(i)
	}
	c.learnShares()
	c.learnMeanings()
	c.learnObjects()
	c.learnCrowding()
	c.learnChances()
	c.homes = c.learnHomes()
	s.Terms, s.Sites, s.NewShare, s.Homes = c.words.export(), c.sites.export(), c.sites.newShare, exportHomes(c.homes)
	c.sites.freeze()
}

// recall takes what was learnt before, of this case or as it was then.
func (c *grouping) recall(places Places) {
	s := c.learnt
	c.words = newVocabulary()
	c.words.restore(s.Terms)
	c.words.look(c.atoms, places, nil, s.Around)
	c.sites = newSites()
	c.sites.restore(s)
	c.homes = make(map[string]home, len(s.Homes))
	for _, h := range s.Homes {
		c.homes[h.Account] = home{at: h.Site, local: h.Local, posts: h.Posts}
	}
	c.mentions = make([][]mention, len(c.atoms))
	for _, a := range c.atoms {
		c.words.hear(a)
	}
	c.enterNew()
	for i := range c.atoms {
		c.register(i)
	}
}

// register makes the sites that an atom speaks of.
func (c *grouping) register(i int) {
	a, s := c.atoms[i], c.sites
	if c.placed[i] {
		s.atFix(c.fixes[i])
	}
	c.mentions[i] = nil
	for _, f := range a.found {
		c.mentions[i] = append(c.mentions[i], s.mention(f))
	}
	slices.SortFunc(c.mentions[i], mention.compare)
	c.mentions[i] = slices.CompactFunc(c.mentions[i], func(a, b mention) bool { return a.compare(b) == 0 })
	for _, n := range slices.Concat(a.names, a.rare) {
		s.ofTerm(n, c.words.terms[n].Shown)
	}
	for _, q := range a.postings { // a struck post is compared by itself
		if q.recycled {
			for _, t := range q.texts {
				for _, f := range c.words.found[t] {
					s.mention(f)
				}
			}
		}
	}
}

// learnShares works out what part of the case each site is, by the days on
// which it is spoken of. Days and not files count, so that an event much filmed
// does not make its own place look common.
func (c *grouping) learnShares() {
	s := c.sites
	days := make([]map[int64]bool, len(s.list))
	note := func(site int32, a *atom) {
		if days[site] == nil {
			days[site] = map[int64]bool{}
		}
		days[site][a.day()] = true
	}
	for i, a := range c.atoms {
		if c.placed[i] {
			note(s.atFix(c.fixes[i]), a)
		} else {
			for _, m := range c.mentions[i] {
				note(m.at[0], a)
			}
		}
		for _, n := range slices.Concat(a.names, a.rare) {
			note(s.byTerm[n], a)
		}
	}
	s.shares = make([]float64, len(s.list))
	sum := 2.0 // places that the case has not spoken of yet
	for i := range s.list {
		s.shares[i] = float64(len(days[i])) + leastDays
		sum += s.shares[i]
	}
	for i := range s.shares {
		s.shares[i] /= sum
	}
	s.newShare = leastDays / sum
}

// leastDays is what a site that is spoken of nowhere counts.
const leastDays = 0.3

// learnMeanings says for each name that no gazetteer knows what it may mean:
// the name itself, and where the files lie that bear it.
func (c *grouping) learnMeanings() {
	s, v := c.sites, c.words
	uses := make([]float64, len(v.terms))
	for _, a := range c.atoms {
		for _, n := range slices.Concat(a.names, a.rare) {
			uses[n]++
		}
	}
	means := make([]map[int32]float64, len(v.terms))
	for i, a := range c.atoms {
		for _, n := range slices.Concat(a.names, a.rare) {
			if means[n] == nil {
				means[n] = map[int32]float64{s.byTerm[n]: 1}
			}
			add := func(shape map[int32]float64) {
				for id, l := range shape {
					means[n][id] += l / uses[n]
				}
			}
			if c.placed[i] {
				add(s.byFix(s.atFix(c.fixes[i])))
			}
			for _, m := range c.mentions[i] {
				add(s.byPlace(m.at[0]))
			}
		}
	}
	for n, shape := range means {
		v.terms[n].Means = nil
		for id, l := range shape {
			v.terms[n].Means = append(v.terms[n].Means, Meaning{id, math.Min(l, 1)})
		}
		slices.SortFunc(v.terms[n].Means, func(a, b Meaning) int { return cmp.Compare(a.Site, b.Site) })
	}
}

// learnCrowding estimates how crowded each time is, and from the number of
// atoms the prior. The background is never below the case's mean rate, and is
// taken over a week, less one event of usual size, so that a large event does
// not count as its own background.
func (c *grouping) learnCrowding() {
	at := func(i int) float64 { return hours(c.atoms[c.order[i]].moment.middle()) }
	n := len(c.order)
	if n == 0 {
		return
	}
	c.learnt.Prior = -math.Log2(math.Max(1, float64(n)/c.params.AtomsPerEvent))
	// The middle nine tenths: a camera whose clock says 2000 does not
	// stretch the case by decades.
	lo, hi := at(n/20), at(n-1-n/20)
	// A case of a few hours tells nothing of how crowded other days are.
	mean := 0.9 / math.Max(hi-lo, c.params.Window.Hours())
	c.learnt.Crowding = Crowding{Mean: mean}
	const half = 84.0
	steps := map[int64]bool{}
	for k := range c.order {
		for s := stepOf(at(k) - half); s <= stepOf(at(k)+half); s++ {
			steps[s] = true
		}
	}
	i, j := 0, 0
	for _, s := range sortedKeys(steps) {
		t := (float64(s) + 0.5) * crowdStep
		for i < n && at(i) < t-half {
			i++
		}
		for j < n && at(j) <= t+half {
			j++
		}
		if local := (float64(j-i) - c.params.AtomsPerEvent) / (float64(n) * 2 * half); local > mean {
			c.learnt.Crowding.Steps = append(c.learnt.Crowding.Steps, Step{s, local})
		}
	}
}

func sortedKeys(set map[int64]bool) []int64 {
	keys := make([]int64, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// learnHomes finds the accounts that post of one neighbourhood.
func (c *grouping) learnHomes() map[string]home {
	seen := map[string]map[[2]int64]bool{}
	for i, a := range c.atoms {
		at, probability := c.said(i).best(c.sites.shares)
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
	return c.sites.homes(seen)
}

func exportHomes(homes map[string]home) []Home {
	out := make([]Home, 0, len(homes))
	for account, h := range homes {
		out = append(out, Home{Account: account, Site: h.at, Local: h.local, Posts: h.posts})
	}
	slices.SortFunc(out, func(a, b Home) int { return cmp.Compare(a.Account, b.Account) })
	return out
}

// learnObjects works out how often the case speaks of each kind of thing that
// was hit, by days.
func (c *grouping) learnObjects() {
	days := make([]map[int64]bool, len(objectStems))
	total := 0
	for _, a := range c.atoms {
		for o := range objectStems {
			if a.objects&(1<<o) == 0 {
				continue
			}
			if days[o] == nil {
				days[o] = map[int64]bool{}
			}
			if !days[o][a.day()] {
				days[o][a.day()] = true
				total++
			}
		}
	}
	c.learnt.Objects = make([]float64, len(objectStems))
	for o := range days {
		c.learnt.Objects[o] = (float64(len(days[o])) + 0.5) / (float64(total) + 0.5*float64(len(objectStems)) + 1)
	}
}

// learnChances works out how often two files are of one account or of one hand
// by chance: the more there are in a case, the more it says that two are of the
// same. Days count and not files, so that an event much filmed by one person
// does not make that person look common.
func (c *grouping) learnChances() {
	accounts, hands := map[string]map[int64]bool{}, map[string]map[int64]bool{}
	note := func(of map[string]map[int64]bool, names []string, a *atom) {
		for _, n := range names {
			if of[n] == nil {
				of[n] = map[int64]bool{}
			}
			of[n][a.day()] = true
		}
	}
	for _, a := range c.atoms {
		if a.posted() {
			note(accounts, a.accounts, a)
		}
		if a.moment.taken {
			note(hands, a.devices, a)
			note(hands, a.hands, a)
		}
	}
	c.learnt.OneAccount, c.learnt.OneHand = chanceOfTwo(accounts), chanceOfTwo(hands)
}

// chanceOfTwo is the probability that two days drawn at random are of one
// name; never less than if there were one more name for each that is known.
func chanceOfTwo(days map[string]map[int64]bool) float64 {
	all, same := 1.0, 1.0
	for _, d := range days {
		n := float64(len(d))
		all += n
		same += n * n
	}
	return same / (all * all)
}
