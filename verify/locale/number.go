package locale

import (
	"math"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	printing "golang.org/x/text/message"
	"golang.org/x/text/number"
)

// other is the plural category that every message has.
const other = "other"

var categories = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two",
	plural.Few: "few", plural.Many: "many", plural.Other: other,
}

// wholeDigits is up to which numbers plural rules are asked; they depend on the
// last digits alone.
const wholeDigits = 1_000_000

// form chooses the form of a message by its number.
func (c *Catalogue) form(m message, n any) string {
	if len(m) == 1 {
		return m[other]
	}
	var whole int64
	switch n := n.(type) {
	case int:
		whole = int64(n)
	case int64:
		whole = n
	default:
		return m[other]
	}
	if s, ok := m[c.category(whole)]; ok {
		return s
	}
	return m[other]
}

// category is the plural category of a whole number, by CLDR.
func (c *Catalogue) category(n int64) string {
	if n < 0 {
		n = -n
	}
	if n > wholeDigits {
		n = n%wholeDigits + wholeDigits
	}
	return categories[plural.Cardinal.MatchPlural(c.tag, int(n), 0, 0, 0, 0)]
}

// Number writes a whole number, grouped as the language does.
func (c *Catalogue) Number(n int64) string {
	return printing.NewPrinter(c.tag).Sprint(number.Decimal(n))
}

// Decimal writes a number with at most so many decimals.
func (c *Catalogue) Decimal(x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	return printing.NewPrinter(c.tag).Sprint(number.Decimal(x, number.MaxFractionDigits(decimals)))
}

// Fixed writes a number with exactly so many decimals, and without grouping.
func (c *Catalogue) Fixed(x float64, decimals int) string {
	return printing.NewPrinter(c.tag).Sprint(number.Decimal(x, number.NoSeparator(), number.Scale(decimals)))
}

// Format writes a time as package time does by a layout, with the name of the
// month (Jan or January in the layout) in this language. English alone shortens
// it.
func (c *Catalogue) Format(t time.Time, layout string) string {
	if c.english == nil {
		return t.Format(layout)
	}
	for _, month := range []string{"January", "Jan"} {
		if before, after, ok := strings.Cut(layout, month); ok {
			return t.Format(before) + c.Month(t.Month()) + t.Format(after)
		}
	}
	return t.Format(layout)
}

// months are the keys of their names, in the form that stands in a date.
var months = [...]string{"date.january", "date.february", "date.march", "date.april", "date.may", "date.june",
	"date.july", "date.august", "date.september", "date.october", "date.november", "date.december"}

// Month is the name of a month as it stands in a date.
func (c *Catalogue) Month(m time.Month) string { return c.T(months[m-1]) }

// List puts parts in a row: "a, b and c".
func (c *Catalogue) List(parts []string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	head := strings.Join(parts[:len(parts)-1], c.T("list.comma"))
	return c.T("list.and", "head", head, "last", parts[len(parts)-1])
}
