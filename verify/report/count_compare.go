package report

import (
	"strconv"
	"time"
)

// Change is a number beside that of another period.
type Change struct {
	Now, Then int
	Percent   *int // nil where none is given
}

// leastBase is the number from which on a percentage of it is given: below, one
// more or less would make 10 % and more of it.
const leastBase = 10

// Compare sets a number beside that of another period. The percentage is
// 100 × (now - then) / then, rounded to the nearest whole number, halves away
// from zero. Where then is below 10, 0 included, none is given: the two numbers
// say it better.
func Compare(now, then int) Change {
	c := Change{Now: now, Then: then}
	if then >= leastBase {
		p := percent(now-then, then)
		c.Percent = &p
	}
	return c
}

// percent is 100 a / b for b > 0, rounded, halves away from zero.
func percent(a, b int) int {
	n := 200*int64(a) + int64(b)
	if a < 0 {
		n = 200*int64(a) - int64(b)
	}
	return int(n / (2 * int64(b)))
}

// String is [Words.Change] in English.
func (c Change) String() string { return In(nil).Change(c) }

// Change is a comparison in words, as "848, up 46 %".
func (w Words) Change(c Change) string {
	d := c.Now - c.Then
	now, then := strconv.Itoa(c.Now), strconv.Itoa(c.Then)
	switch {
	case d == 0:
		return w.T("command.change.same", "now", now)
	case c.Then == 0:
		return w.T("command.change.from-none", "now", now)
	case c.Percent == nil && d > 0:
		return w.T("command.change.up-from", "now", now, "then", then)
	case c.Percent == nil:
		return w.T("command.change.down-from", "now", now, "then", then)
	case *c.Percent == 0 && d > 0:
		return w.T("command.change.up-little", "now", now)
	case *c.Percent == 0:
		return w.T("command.change.down-little", "now", now)
	case d > 0:
		return w.T("command.change.up", "now", now, "percent", strconv.Itoa(*c.Percent))
	}
	return w.T("command.change.down", "now", now, "percent", strconv.Itoa(-*c.Percent))
}

// Days is how long a period is; 0 where an end is open.
func (p Period) Days() int {
	from, err := time.Parse(time.DateOnly, p.From)
	if err != nil {
		return 0
	}
	to, err := time.Parse(time.DateOnly, p.To)
	if err != nil {
		return 0
	}
	return int(to.Sub(from)/(24*time.Hour)) + 1
}

// String is [Words.Period] in English.
func (p Period) String() string { return In(nil).Period(p) }

// Period is a period in words.
func (w Words) Period(p Period) string {
	switch {
	case p.From == "" && p.To == "":
		return w.T("command.period.all")
	case p.From == "":
		return w.T("command.period.until", "to", p.To)
	case p.To == "":
		return w.T("command.period.from", "from", p.From)
	}
	return w.T("command.period.from-to", "from", p.From, "to", p.To)
}
