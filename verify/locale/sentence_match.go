package locale

import (
	"regexp"
	"strconv"
	"strings"
)

// Bounds of the work on one sentence, in tries of a gap; looking through the
// beginnings of so many patterns counts as one. The longest sentences of the
// program take a tenth of it.
const (
	mostSteps       = 12_000
	patternsPerStep = 100
)

// phrase is a pattern that fits a text, with what stands in its gaps.
type phrase struct {
	*pattern
	values []value // one for each gap
	known  int     // bytes of words, its own and those of phrases in its gaps
}

func newPhrase(p *pattern, values []value) *phrase {
	f := &phrase{p, values, p.own}
	for _, v := range values {
		if v.phrase != nil {
			f.known += v.phrase.known
		}
		for _, part := range v.parts {
			f.known += part.known
		}
	}
	return f
}

// value is what stands in a gap.
type value struct {
	text   string
	phrase *phrase   // of a fragment or any sentence
	parts  []*phrase // of a list, with
	joints []bool    // between them: true for "and", false for a comma
}

// stretch is a part of the text.
type stretch struct{ from, to int }

type asked struct {
	family string // "" for any sentence
	stretch
}

// tried is a pattern from some gap on that was tried on a stretch.
type tried struct {
	p   *pattern
	gap int
	stretch
}

// matching is the work on one text. What was found out about a stretch is kept,
// so that no stretch is looked at twice.
type matching struct {
	*grammar
	text  string
	steps int
	found map[asked]*phrase
	vain  map[tried]bool
	lists map[asked]bool // that a stretch is none
}

func (g *grammar) matching(text string) *matching {
	return &matching{grammar: g, text: text, found: map[asked]*phrase{}, vain: map[tried]bool{}, lists: map[asked]bool{}}
}

// match finds the pattern of a family that fits the whole text, nil where none
// does or the text asks for more work than any sentence of the program.
func (g *grammar) match(family, text string) *phrase {
	m := g.matching(text)
	p := m.phrase(family, stretch{0, len(text)})
	if m.steps > mostSteps {
		return nil
	}
	return p
}

// phrase finds the pattern that fits a stretch and leaves the least of it to
// other people's text.
func (m *matching) phrase(family string, s stretch) *phrase {
	key := asked{family, s}
	if p, ok := m.found[key]; ok {
		return p
	}
	m.found[key] = nil // while it is looked for, it cannot be a part of itself
	patterns := m.all
	if family != "" {
		patterns = m.families[family]
	}
	m.steps += len(patterns) / patternsPerStep
	var best *phrase
	for _, p := range patterns {
		if values, ok := m.fit(p, s); ok {
			if f := newPhrase(p, values); best == nil || f.known > best.known {
				best = f
			}
		}
		if m.steps > mostSteps || best != nil && best.known == s.to-s.from {
			break
		}
	}
	m.found[key] = best
	return best
}

// fit tries a pattern on a stretch.
func (m *matching) fit(p *pattern, s stretch) ([]value, bool) {
	text := m.text[s.from:s.to]
	last := p.words[len(p.gaps)]
	if len(text) < p.own+len(p.gaps) || !strings.HasPrefix(text, p.words[0]) || !strings.HasSuffix(text, last) {
		return nil, false
	}
	if len(p.gaps) == 0 {
		return nil, len(text) == len(last)
	}
	if len(p.gaps) > 1 && !strings.Contains(text, p.longestWords()) {
		return nil, false
	}
	values := make([]value, len(p.gaps))
	if !m.fill(p, 0, stretch{s.from + len(p.words[0]), s.to - len(last)}, values) || !m.number(p, values) {
		return nil, false
	}
	return values, true
}

// fill finds values for the gaps of a pattern from one on, on a stretch that
// begins with its value and ends with that of the last gap.
func (m *matching) fill(p *pattern, gap int, s stretch, values []value) bool {
	key := tried{p, gap, s}
	if m.vain[key] {
		return false
	}
	if gap == len(p.gaps)-1 {
		m.steps++
		v, ok := m.value(p.gaps[gap], s)
		if !ok && s.from < s.to && p.passesOn() {
			v, ok = value{text: m.text[s.from:s.to]}, true
		}
		values[gap] = v
		return ok
	}
	next := p.words[gap+1]
	for at := s.from + 1; at < s.to && m.steps <= mostSteps; at++ {
		i := strings.Index(m.text[at:s.to], next)
		if i < 0 {
			break
		}
		m.steps++
		at += i
		if !m.possible(p.gaps[gap], stretch{s.from, at}) {
			continue
		}
		if !m.fill(p, gap+1, stretch{at + len(next), s.to}, values) {
			continue
		}
		if v, ok := m.value(p.gaps[gap], stretch{s.from, at}); ok {
			values[gap] = v
			return true
		}
	}
	m.vain[key] = true
	return false
}

var (
	wholeForm   = regexp.MustCompile(`^(?:\d{1,18}|\d{1,3}(?:,\d{3}){1,5})$`)
	decimalForm = regexp.MustCompile(`^[-−+]?\d{1,18}(?:\.\d{1,18})?(?:e[-+]?\d{1,3})?$`)
	idForm      = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	fileForm    = regexp.MustCompile(`\.[A-Za-z0-9]{1,5}$`)
	momentForm  = regexp.MustCompile(`^[-−+]?(?:UTC[-+−]?)?\d(?:[-−+:.,/–TZ 0-9]|UTC|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)*$`)
)

// possible says whether a stretch has the form of a value, before anything that
// follows it is looked at.
func (m *matching) possible(g gap, s stretch) bool {
	text := m.text[s.from:s.to]
	switch g.sort {
	case whole:
		return wholeForm.MatchString(text)
	case decimal, degrees:
		return decimalForm.MatchString(text)
	case moment:
		return momentForm.MatchString(text) || text == "UTC"
	case id:
		return idForm.MatchString(text)
	case file:
		return fileForm.MatchString(text)
	case fragment, list:
		return text != "" && m.begins[g.family][text[0]]
	}
	return text != ""
}

// value reads what stands in a gap.
func (m *matching) value(g gap, s stretch) (value, bool) {
	if s.from >= s.to || !m.possible(g, s) {
		return value{}, false
	}
	v := value{text: m.text[s.from:s.to]}
	switch g.sort {
	case fragment:
		v.phrase = m.phrase(g.family, s)
		return v, v.phrase != nil
	case anything:
		v.phrase = m.phrase("", s)
		return v, v.phrase != nil
	case list:
		v.parts, v.joints = m.list(g.family, s)
		return v, v.parts != nil
	}
	return v, true
}

// listJoints stand between the parts of a list; only the last can be an "and".
var listJoints = [...]string{", ", " and "}

// list reads "a, b and c" as fragments of a family, nil where it is none.
func (m *matching) list(family string, s stretch) (parts []*phrase, joints []bool) {
	key := asked{family, s}
	if m.lists[key] {
		return nil, nil
	}
	if p := m.phrase(family, s); p != nil {
		return []*phrase{p}, nil
	}
	for and, joint := range listJoints {
		for at := s.from + 1; at < s.to && m.steps <= mostSteps; at++ {
			i := strings.Index(m.text[at:s.to], joint)
			if i < 0 {
				break
			}
			m.steps++
			at += i
			first := m.phrase(family, stretch{s.from, at})
			if first == nil {
				continue
			}
			rest := stretch{at + len(joint), s.to}
			if and == 1 {
				if last := m.phrase(family, rest); last != nil {
					return []*phrase{first, last}, []bool{true}
				}
				continue
			}
			if more, between := m.list(family, rest); more != nil {
				return append([]*phrase{first}, more...), append([]bool{false}, between...)
			}
		}
	}
	m.lists[key] = true
	return nil, nil
}

// number wants the form of a pattern to be that of its number: "1 file", "2
// files". A form that writes no number is that of one.
func (m *matching) number(p *pattern, values []value) bool {
	if p.form == "" {
		return true
	}
	for i, g := range p.gaps {
		if g.name == "n" {
			n, ok := wholeOf(values[i].text)
			return ok && m.english.category(n) == p.form
		}
	}
	return p.form == one
}

// one is the plural category of the number 1 in English.
const one = "one"

func wholeOf(text string) (int64, bool) {
	n, err := strconv.ParseInt(strings.ReplaceAll(text, ",", ""), 10, 64)
	return n, err == nil
}
