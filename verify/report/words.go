package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify/locale"
)

// Words says times, places and amounts of a case in one language. Start at [In].
type Words struct{ *locale.Catalogue }

// In is the words of a language; nil is English.
func In(c *locale.Catalogue) Words {
	if c == nil {
		c = locale.For(locale.English)
	}
	return Words{c}
}

// number writes a number as people read it: 12,345.
func (w Words) number(n int) string { return w.Number(int64(n)) }

// amount is so many of something: the message counts by {n}.
func (w Words) amount(key string, n int) string { return w.T(key, "n", n) }

// incident refers to one by its number in the report.
func (w Words) incident(number int) string {
	return w.T("report.reference.incident", "number", strconv.Itoa(number))
}

// list puts parts in a row, without a word before the last.
func (w Words) list(parts []string) string { return strings.Join(parts, w.T("list.comma")) }

// parts puts parts in a row that have commas themselves.
func (w Words) parts(parts []string) string { return strings.Join(parts, w.T("report.semicolon")) }

// sentences says several things that other packages say in English.
func (w Words) sentences(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = w.Sentence(s)
	}
	return out
}

// own begins a text of ours in the direction of the language, whatever the words
// of others with which it starts.
func (w Words) own(text string) string {
	if w.Direction == "rtl" && text != "" {
		return "\u200f" + text
	}
	return text
}

// apart keeps the words of others from turning the order of ours around them.
func (w Words) apart(text string) string {
	if w.Direction == "rtl" {
		return "\u2068" + visible(text) + "\u2069"
	}
	return text
}

// bits gives evidence in the words of the workbench: the number of bits is
// shown beside it, never alone.
func (w Words) bits(b float64) string {
	key := "report.strength.slight"
	switch m := math.Abs(b); {
	case m >= 6:
		key = "report.strength.very-strong"
	case m >= 3:
		key = "report.strength.strong"
	case m >= 1:
		key = "report.strength.weak"
	}
	if b < 0 {
		key += "-against"
	}
	return w.T(key)
}

// signed writes bits with their sign.
func (w Words) signed(b float64) string {
	sign := "+"
	if math.Signbit(b) {
		sign = "−"
	}
	return sign + w.Fixed(math.Abs(b), 1)
}

func (w Words) size(n int64) string {
	switch {
	case n >= 1_000_000:
		return w.T("report.size.mb", "x", w.Fixed(float64(n)/1e6, 1))
	case n >= 1000:
		return w.T("report.size.kb", "x", strconv.FormatInt((n+500)/1000, 10))
	}
	return w.T("report.size.bytes", "n", n)
}

// medium names a kind of file in the page's classes and in keys.
func medium(k extract.Kind) string {
	if k == extract.Image {
		return "photo"
	}
	return string(k)
}

func (w Words) medium(k extract.Kind) string { return w.T("report.medium." + medium(k)) }

func utcOffset(minutes int) string {
	sign := '+'
	if minutes < 0 {
		sign, minutes = '−', -minutes
	}
	return fmt.Sprintf("UTC%c%d:%02d", sign, minutes/60, minutes%60)
}
