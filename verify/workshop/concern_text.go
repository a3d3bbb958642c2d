package workshop

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/exercise"
)

// What in a text leads to a person. A number counts as a telephone's when it has
// the form of one that is dialled: international, or national in groups; bare
// digits are times and identities of posts.
var (
	emailForm  = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]*\pL[\pL\pN-]*(?:\.[\pL\pN-]+)*\.\pL{2,}`)
	handleForm = regexp.MustCompile(`(?:^|[^\pL\pN_.@/])@([A-Za-z0-9_][A-Za-z0-9_.]{2,31})`)
	phoneForm  = regexp.MustCompile(`(?:^|[^\pN+])(\+ ?[1-9](?:[ ().\-\x{2010}-\x{2014}\x{a0}\x{202f}]{0,2}[0-9]){7,14}|\(?0[0-9]{1,4}\)?(?:[ .\-\x{2010}-\x{2014}\x{a0}\x{202f}][0-9]{2,4}){2,4})(?:[^\pN]|$)`)
)

// latinDigits writes the digits of every script as 0 to 9.
func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII || !unicode.Is(unicode.Nd, r) {
			return r
		}
		zero := r
		for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + (r-zero)%10
	}, s)
}

// contacts adds what in a text leads to a person.
func (c concerns) contacts(path, text string) {
	text = latinDigits(text)
	c.add(path, Email, emailForm.FindAllString(text, -1)...)
	for _, m := range handleForm.FindAllStringSubmatch(text, -1) {
		c.add(path, Handle, "@"+m[1])
	}
	for _, m := range phoneForm.FindAllStringSubmatch(text, -1) {
		if !isDate(m[1]) {
			c.add(path, Phone, m[1])
		}
	}
}

// dateForm is a day and a time as file names and exports write them.
var dateForm = regexp.MustCompile(`^(?:[0-3]?[0-9][.\-/ ][01]?[0-9][.\-/ ](?:19|20)?[0-9]{2})\b`)

func isDate(s string) bool { return dateForm.MatchString(s) }

// planConcerns are those that the plan's own texts raise.
func planConcerns(p *Plan) concerns {
	found := concerns{}
	e := &p.Exercise
	for _, text := range texts(p) {
		found.contacts("", text)
	}
	for i := range e.Media {
		m := &e.Media[i]
		if strings.TrimSpace(m.Origin) == "" {
			found.add(m.Path, NoOrigin, "")
		}
		if strings.TrimSpace(m.Licence) == "" {
			found.add(m.Path, NoLicence, "")
		}
		found.contacts(m.Path, m.Path)
	}
	return found
}

// texts are all texts that a person wrote for the learners.
func texts(p *Plan) []string {
	e := &p.Exercise
	out := slices.Concat(all(e.Title), all(e.Story), []string{e.By})
	for i := range e.Tasks {
		t := &e.Tasks[i]
		out = slices.Concat(out, all(t.Title), all(t.Question), labels(t.Options), labels(t.Reasons))
		for _, h := range t.Hints {
			out = append(out, all(h)...)
		}
		for k := range t.Subjects {
			out = slices.Concat(out, all(t.Subjects[k].Label), labels(t.Subjects[k].Options))
		}
	}
	for _, t := range p.Key.Tasks {
		out = append(out, all(t.Why)...)
		for _, s := range t.Subjects {
			out = append(out, all(s.Why)...)
			for _, id := range slices.Sorted(maps.Keys(s.Partly)) {
				out = append(out, all(s.Partly[id])...)
			}
		}
	}
	for _, o := range p.Places {
		out = append(out, o.Name, o.Note)
	}
	return out
}

func labels(options []exercise.Option) (out []string) {
	for _, o := range options {
		out = append(out, all(o.Label)...)
	}
	return out
}

// all gives a text in each of its languages.
func all(w exercise.Words) (out []string) {
	for _, tag := range slices.Sorted(maps.Keys(w)) {
		out = append(out, w[tag])
	}
	return out
}
