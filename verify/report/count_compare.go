package report

import (
	"fmt"
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

// String is the comparison in words, as "848, up 46 %".
func (c Change) String() string {
	d := c.Now - c.Then
	switch {
	case d == 0:
		return fmt.Sprintf("%d, the same", c.Now)
	case c.Then == 0:
		return fmt.Sprintf("%d, up from none", c.Now)
	case c.Percent == nil && d > 0:
		return fmt.Sprintf("%d, up from %d", c.Now, c.Then)
	case c.Percent == nil:
		return fmt.Sprintf("%d, down from %d", c.Now, c.Then)
	case *c.Percent == 0 && d > 0:
		return fmt.Sprintf("%d, up less than 1 %%", c.Now)
	case *c.Percent == 0:
		return fmt.Sprintf("%d, down less than 1 %%", c.Now)
	case d > 0:
		return fmt.Sprintf("%d, up %d %%", c.Now, *c.Percent)
	}
	return fmt.Sprintf("%d, down %d %%", c.Now, -*c.Percent)
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

// String is the period in words.
func (p Period) String() string {
	switch {
	case p.From == "" && p.To == "":
		return "all time"
	case p.From == "":
		return "until " + p.To
	case p.To == "":
		return "from " + p.From
	}
	return p.From + " to " + p.To
}
