package gazetteer

import (
	"strings"
	"unicode/utf8"
)

// style is how a text uses capitals.
type style struct {
	title bool // every word has one, as in headlines: they say nothing
	shout bool // all is in capitals
}

// styleOf looks at the words that name no place and begin no sentence.
func styleOf(x *reading) style {
	long, upper, all, shout := 0, 0, 0, 0
	for i := range x.words {
		w := &x.words[i]
		if w.script != latin && w.script != cyrillic || utf8.RuneCountInString(w.fold) < 4 || w.tag {
			continue
		}
		all++
		if w.shout {
			shout++
		}
		if w.before == sentence || x.inName[i] {
			continue
		}
		long++
		if w.upper {
			upper++
		}
	}
	return style{title: long >= 2 && upper*10 >= long*7, shout: all >= 2 && shout*2 > all}
}

// written tells whether a span is written as a name: with capitals where the
// script has them, or as a hashtag. Small words inside a name need none.
func (x *reading) written(s *span) bool {
	words := x.words[s.first : s.first+s.n]
	first := &words[0]
	if first.script != latin && first.script != cyrillic || first.tag {
		return true
	}
	if !first.upper {
		return s.own && (s.n > 1 || utf8.RuneCountInString(first.fold) >= 5) || s.n == 1 && !s.common
	}
	for i := range words[1:] {
		if w := &words[1+i]; !w.upper && utf8.RuneCountInString(w.fold) > 3 {
			return false
		}
	}
	return true
}

// threshold is what a mention must weigh. Arabic has no capitals to go by.
func (s script) threshold() int {
	if s == arabic || s == other {
		return 3
	}
	return 2
}

// never is so little that nothing makes up for it.
const never = -100

// judge weighs what speaks for and against a span as the mention of a place,
// save what lies near. The points are a person's judgement and not learned:
// they were set so that each rule alone does what its comment says.
func (g *Gazetteer) judge(x *reading, s *span) int {
	top := &s.top
	first := &x.words[s.first]
	score := sizePoints(top.Population)
	if top.Own {
		score = 4
	}
	switch {
	case s.stopped && !top.Own && !g.stop.introduces(x, s):
		return never
	case s.stopped && !top.Own:
		score -= 5
	case s.common && !top.Own && !(first.script == arabic && top.Population >= 100_000):
		// A dictionary of Arabic lists towns without telling them from words.
		score -= 2
		if first.script == cyrillic && x.inside(s) && top.Population >= 15_000 {
			score++ // within a sentence a word has no capital
		}
	case s.n == 1:
		score++
	}
	if s.n > 1 && !s.common {
		score += 2
	}
	if s.n == 1 && first.tooShort() && !top.Own {
		score -= 2
	}
	return score + x.capitalPoints(s) + g.contextPoints(x, s)
}

// tooShort holds for words of so few letters that chance makes them names.
// Arabic leaves its vowels out.
func (w *word) tooShort() bool {
	n := utf8.RuneCountInString(w.fold)
	return n <= 2 || n == 3 && w.script != arabic
}

// sizePoints: a text speaks of a large town more often than of a hamlet.
func sizePoints(population int64) int {
	switch {
	case population >= 500_000:
		return 3
	case population >= 100_000:
		return 2
	case population >= 15_000:
		return 1
	case population < 2_000:
		return -1
	}
	return 0
}

// capitalPoints is what the way of writing says.
func (x *reading) capitalPoints(s *span) int {
	first := &x.words[s.first]
	if first.script != latin && first.script != cyrillic {
		return 0
	}
	if first.tag {
		return 2
	}
	top := &s.top
	if !first.upper {
		if top.Own {
			return 0
		}
		return -3 // of a million people, after a preposition, it passes
	}
	points := 0
	if first.shout && !x.style.shout && s.n == 1 && utf8.RuneCountInString(first.fold) <= 5 {
		points -= 2 // NATO, OSCE, ППО
	}
	if x.inside(s) {
		points++
		if first.script == cyrillic { // which writes fewer words with a capital
			points++
		}
	}
	if top.Population < 100_000 && (first.hyphen && s.first > 0 && !x.inName[s.first-1] || x.hyphenated(s.first+s.n)) {
		points -= 3 // al-Arab, pro-Odessa
	}
	if x.neighbour(s.first-1, first) || s.first+s.n < len(x.words) && x.neighbour(s.first+s.n, &x.words[s.first+s.n]) {
		points-- // a part of a longer name that is none of a place
		if top.Population < 15_000 || first.script == latin && top.Population < 100_000 {
			points--
		}
	}
	return points
}

// inside holds for a capital that stands within a sentence and says something.
func (x *reading) inside(s *span) bool {
	first := &x.words[s.first]
	return first.upper && first.before <= comma && !x.style.title && !x.style.shout
}

func (x *reading) hyphenated(i int) bool {
	return i < len(x.words) && x.words[i].hyphen && !x.inName[i]
}

// neighbour holds when the word beside a span is joined to it, written as a
// name, and not at the start of a sentence.
func (x *reading) neighbour(i int, right *word) bool {
	if i < 0 || right.before != joined || x.style.title || x.style.shout {
		return false
	}
	w := &x.words[i]
	return w.upper && w.before != sentence && w.before != broken && !w.shout && !w.tag && !x.inName[i]
}

// contextPoints is what the words around say.
func (g *Gazetteer) contextPoints(x *reading, s *span) int {
	points := 0
	first := &x.words[s.first]
	next := s.first + s.n
	ends := next == len(x.words) || x.words[next].before >= comma
	if !ends && g.stop.region[x.words[next].fold] {
		return never
	}
	if ends && first.before >= comma && !first.tag {
		points += 2 // it stands for itself: "Kherson: ...", "..., Kherson"
		if s.first == 0 && first.script != latin {
			points++ // and at the head, where captions say where they are from
		}
	}
	if !ends && first.before == sentence && g.stop.now[x.words[next].fold] {
		points += 2 // "Лиман зараз": where the picture is from
		if s.first == 0 && first.script != latin {
			points++
		}
	}
	if !ends && g.stop.settlement[x.words[next].fold] && first.script == latin {
		points += 2
	}
	if first.before != joined || s.first == 0 {
		if s.n == 1 && districtLike(first.fold) {
			points -= 2
		}
		return points
	}
	before := x.words[s.first-1].fold
	switch {
	case g.stop.settlement[before]:
		points += 4
	case before == "of" && s.first > 1 && g.stop.settlement[x.words[s.first-2].fold]:
		points += 4
	case g.stop.street[before]:
		return never
	case g.stop.preposition[before]:
		points += 2
	case s.attached:
		points += 2
	}
	return points
}

// introduces tells whether the words before a span say that a place follows.
func (l *lists) introduces(x *reading, s *span) bool {
	if x.words[s.first].before != joined || s.first == 0 {
		return false
	}
	before := x.words[s.first-1].fold
	return s.attached || l.preposition[before] || l.settlement[before]
}

// districtLike holds for adjectives in -ськ and -ск that stand in a case: they
// are parts of names of districts and regions, far from the word that says so.
func districtLike(w string) bool {
	for _, stem := range []string{"ськ", "цьк", "ск", "цк"} {
		if i := strings.LastIndex(w, stem); i > 0 {
			switch w[i+len(stem):] {
			case "ого", "ому", "им", "ім", "ої", "ій", "ую", "ой", "ом", "их", "ими":
				return true
			}
		}
	}
	return false
}
