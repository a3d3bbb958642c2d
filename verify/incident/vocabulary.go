package incident

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// vocabulary is what the captions of this case teach: how rare each word is,
// which words are names, which names stand for one place, where a name lies
// and which accounts keep to one place.
type vocabulary struct {
	lex    *lexicon
	ids    map[string]int32
	terms  []term
	merged []int32              // the term that each stands for
	days   float64              // days on which anything is named
	alias  map[[2]int32]float64 // 0..1: how often two names describe one picture
	habit  map[string]habit     // by account
}

// term is one word of the case with all its spellings.
type term struct {
	shown    string // the commonest spelling, as written first
	spelled  map[string]int
	asName   int
	total    int
	atoms    int
	days     map[int64]bool
	isName   bool
	lat, lon float64 // where the pictures that bear it were taken
	placed   bool
}

// habit is the name that most of an account's captions bear.
type habit struct {
	name  int32
	share float64
	lat   float64
	lon   float64
	fixed bool // a position is known instead: the account's placed posts lie together
}

// What it takes before the case is said to teach something.
const (
	leastHabit = 4    // captions of an account that name something
	habitShare = 0.6  // of them that name the same
	leastFixes = 2    // pictures with a position that bear a name
	fixShare   = 0.75 // of them that lie together
	nameReach  = 20.0 // km: pictures of one place
	homeReach  = 40.0 // km: posts of one account
	leastAlias = 0.25 // of the rarer name's pictures that bear both
)

// newVocabulary reads all captions that are not struck.
func newVocabulary(atoms []*atom) *vocabulary {
	v := &vocabulary{lex: newLexicon(), ids: map[string]int32{}, alias: map[[2]int32]float64{}, habit: map[string]habit{}}
	for _, a := range atoms {
		v.read(a)
	}
	remap := v.mergeInflections()
	v.merged = remap
	v.judge()
	days := map[int64]bool{}
	for _, a := range atoms {
		a.names, a.rare = v.sort(a.names, remap)
		for _, n := range a.names {
			v.terms[n].atoms++
			v.terms[n].days[a.day()] = true
			days[a.day()] = true
		}
		for _, n := range a.rare {
			v.terms[n].atoms++
			v.terms[n].days[a.day()] = true
			days[a.day()] = true
		}
	}
	v.days = float64(len(days))
	v.learnAliases(atoms)
	v.learnPositions(atoms)
	v.learnHabits(atoms)
	return v
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
			for _, w := range words(text) {
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
		v.terms = append(v.terms, term{spelled: map[string]int{}, days: map[int64]bool{}})
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

// bits is what sharing a word is worth: how few of the days with captions
// have it. Days and not captions count, so that an event much written about
// does not make its own place look common.
func (v *vocabulary) bits(id int32) float64 {
	return -math.Log2((float64(len(v.terms[id].days)) + 0.5) / (v.days + 1))
}

// learnAliases finds names that describe the same pictures: spellings that no
// rule brings together (Mykolaiv and Николаев), and a village with its city.
func (v *vocabulary) learnAliases(atoms []*atom) {
	both := map[[2]int32]int{}
	for _, a := range atoms {
		if len(a.names) > 12 {
			continue
		}
		for i, x := range a.names {
			for _, y := range a.names[i+1:] {
				both[[2]int32{x, y}]++
			}
		}
	}
	for k, n := range both {
		share := float64(n) / float64(min(v.terms[k[0]].atoms, v.terms[k[1]].atoms))
		if share >= leastAlias {
			v.alias[k] = math.Min(share, 1)
		}
	}
}

func (v *vocabulary) aliased(a, b int32) float64 {
	if a > b {
		a, b = b, a
	}
	return v.alias[[2]int32{a, b}]
}

// learnPositions places a name where the pictures that bear it were taken.
func (v *vocabulary) learnPositions(atoms []*atom) {
	at := map[int32][]fix{}
	for _, a := range atoms {
		if f, ok := a.position(); ok {
			for _, n := range a.names {
				at[n] = append(at[n], f)
			}
		}
	}
	for n, fixes := range at {
		if f, share := middle(fixes, nameReach); len(fixes) >= leastFixes && share >= fixShare {
			t := &v.terms[n]
			t.lat, t.lon, t.placed = f.lat, f.lon, true
		}
	}
}

// learnHabits finds accounts that keep to one place.
func (v *vocabulary) learnHabits(atoms []*atom) {
	type tally struct {
		named int
		by    map[int32]int
		fixes []fix
	}
	tallies := map[string]*tally{}
	for _, a := range atoms {
		f, placed := a.position()
		for _, acc := range a.accounts {
			t := tallies[acc]
			if t == nil {
				t = &tally{by: map[int32]int{}}
				tallies[acc] = t
			}
			if placed {
				t.fixes = append(t.fixes, f)
			}
			if len(a.names) == 0 {
				continue
			}
			t.named++
			for _, n := range a.names {
				t.by[n]++
			}
		}
	}
	for acc, t := range tallies {
		var h habit
		best := 0
		for n, c := range t.by {
			if c > best || c == best && n < h.name {
				best, h.name = c, n
			}
		}
		h.share = float64(best) / float64(max(t.named, 1))
		named := t.named >= leastHabit && h.share >= habitShare
		if f, share := middle(t.fixes, homeReach); len(t.fixes) >= leastHabit && share >= fixShare {
			h.fixed, h.lat, h.lon = true, f.lat, f.lon
		}
		if !named {
			h.share = 0
		}
		if named || h.fixed {
			v.habit[acc] = h
		}
	}
}
