package exercise

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify/locale"
)

// list is labels that are said one after the other.
type list []Words

// In joins them in a language.
func (l list) In(language string) string {
	parts := make([]string, len(l))
	for i, w := range l {
		parts[i] = w.In(language)
	}
	return locale.For(language).List(parts)
}

// labels are the labels of options, in the order in which the options stand.
func labels(options []Option, chosen ...string) list {
	var l list
	for _, o := range options {
		if slices.Contains(chosen, o.ID) {
			l = append(l, o.Label)
		}
	}
	return l
}

// best lists the options that give the full credit.
func (sk *SubjectKey) best() []string {
	return slices.Sorted(func(yield func(string) bool) {
		for id := range maps.Keys(sk.Credit) {
			if sk.Credit[id] >= 1 && !yield(id) {
				return
			}
		}
	})
}

// span is an interval that is said, in UTC.
type span struct{ earliest, latest time.Time }

// In writes it with the names of months of a language.
func (s span) In(language string) string {
	c := locale.For(language)
	const layout = "2 January 2006, 15:04:05 UTC"
	from := c.Format(s.earliest.UTC(), layout)
	if s.earliest.Equal(s.latest) {
		return from
	}
	return from + " – " + c.Format(s.latest.UTC(), layout)
}

// duration and distance are said in the greatest unit of which there are two or
// more, with one decimal at most.
func duration(seconds float64) locale.Text {
	return inUnits(seconds, unit{"workshop.score.days", 86400}, unit{"workshop.score.hours", 3600}, unit{"workshop.score.minutes", 60}, unit{"workshop.score.seconds", 1})
}

func distance(m float64) locale.Text {
	return inUnits(m, unit{"workshop.score.kilometres", 1000}, unit{"workshop.score.metres", 1})
}

type unit struct {
	key string
	of  float64
}

func inUnits(x float64, units ...unit) locale.Text {
	u := units[len(units)-1]
	for _, larger := range units {
		if x >= 2*larger.of {
			u = larger
			break
		}
	}
	n := math.Round(10*x/u.of) / 10
	if n == math.Trunc(n) {
		return text(u.key, "n", int(n)) // a whole number has its plural form
	}
	return text(u.key, "n", n)
}
