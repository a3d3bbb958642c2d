package locale

import (
	"regexp"
	"strings"
	"time"
)

// in says a phrase in a language.
func (p *phrase) in(c *Catalogue) string {
	m := c.messages[p.key]
	if m == nil && c.english != nil {
		m, c = c.english.messages[p.key], c.english
	}
	text := m[p.form]
	if c.english != nil || p.form == "" {
		text = c.form(m, p.n())
	}
	return slot.ReplaceAllStringFunc(text, func(s string) string {
		name := s[1 : len(s)-1]
		for i, g := range p.gaps {
			if g.name == name {
				return c.valueOf(g, p.values[i])
			}
		}
		return "1" // a number that the English form leaves out
	})
}

// n is the number that chooses the form.
func (p *phrase) n() any {
	for i, g := range p.gaps {
		if g.name == "n" {
			if n, ok := wholeOf(p.values[i].text); ok {
				return n
			}
		}
	}
	if p.form == one {
		return 1
	}
	return nil
}

// valueOf writes what stands in a gap.
func (c *Catalogue) valueOf(g gap, v value) string {
	switch {
	case v.phrase != nil:
		return v.phrase.in(c)
	case v.parts != nil:
		return c.listOf(v)
	case c.english == nil:
		return v.text
	}
	switch g.sort {
	case whole:
		return c.wholeOf(v.text)
	case decimal:
		return strings.Replace(v.text, ".", c.decimalSign(), 1)
	case moment:
		return c.moment(v.text)
	case degrees:
		return v.text
	}
	return c.isolated(v.text)
}

// wholeOf writes a number as the language does; one that is no quantity, as
// 007, stays.
func (c *Catalogue) wholeOf(text string) string {
	n, ok := wholeOf(text)
	if !ok || len(text) > 1 && text[0] == '0' {
		return text
	}
	return c.Number(n)
}

// decimalSign stands between whole numbers and decimals.
func (c *Catalogue) decimalSign() string {
	return strings.Trim(c.Decimal(0.5, 1), "05")
}

// listOf puts the parts of a list in a row, as they stood in English.
func (c *Catalogue) listOf(v value) string {
	out := v.parts[0].in(c)
	for i, p := range v.parts[1:] {
		if v.joints[i] {
			out = c.T("list.and", "head", out, "last", p.in(c))
		} else {
			out += c.T("list.comma") + p.in(c)
		}
	}
	return out
}

var (
	monthName = regexp.MustCompile(`\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b`)
	monthOf   = map[string]time.Month{
		"Jan": time.January, "Feb": time.February, "Mar": time.March, "Apr": time.April, "May": time.May, "Jun": time.June,
		"Jul": time.July, "Aug": time.August, "Sep": time.September, "Oct": time.October, "Nov": time.November, "Dec": time.December,
	}
)

// moment writes a time with the names of months in this language. Between the
// names, digits and signs keep their order in every direction of writing.
func (c *Catalogue) moment(text string) string {
	var out strings.Builder
	at := 0
	for _, found := range monthName.FindAllStringIndex(text, -1) {
		out.WriteString(c.apart(leftToRight, strings.TrimSpace(text[at:found[0]])))
		if found[0] > at {
			out.WriteByte(' ')
		}
		out.WriteString(c.Month(monthOf[text[found[0]:found[1]]]))
		if at = found[1]; at < len(text) && text[at] == ' ' {
			out.WriteByte(' ')
			at++
		}
	}
	out.WriteString(c.apart(leftToRight, text[at:]))
	return out.String()
}

// The characters by which text of one direction is set apart in text of
// another (Unicode, UAX #9, 2.2).
const (
	leftToRight    = "\u2066"
	firstStrong    = "\u2068"
	endOfIsolation = "\u2069"
)

// isolated is other people's text, whose direction is its own.
func (c *Catalogue) isolated(text string) string { return c.apart(firstStrong, text) }

// apart sets a text apart in a language that is written from the right. What
// would end that inside the text is made visible.
func (c *Catalogue) apart(as, text string) string {
	if c.Direction != "rtl" || text == "" {
		return text
	}
	return as + isolates.Replace(text) + endOfIsolation
}

var isolates = strings.NewReplacer(
	"\u2066", "⟨U+2066⟩", "\u2067", "⟨U+2067⟩", "\u2068", "⟨U+2068⟩", "\u2069", "⟨U+2069⟩",
)
