package source

import (
	"regexp"
	"slices"
	"time"
)

// dateOrder is the order of the numbers in a date.
type dateOrder int

const (
	dayFirst dateOrder = iota
	monthFirst
	yearFirst
	dateOrders
)

// orderEvidence is what a whole chat says about the order of its dates. All
// heads of one chat are written by one phone, so one order holds for all.
type orderEvidence struct {
	possible   []dateOrder // by the number of digits; nil before the first head
	impossible [dateOrders]int
	backward   [dateOrders]int // heads a day or more before the one above
	named      [dateOrders]int // attachments whose name has the same date
	above      [dateOrders]time.Time
}

// see takes one head into account.
func (e *orderEvidence) see(h chatHead) {
	if e.possible == nil {
		e.possible = ordersOf(h.style)
	}
	for _, o := range e.possible {
		day, ok := h.day(o)
		if !ok {
			e.impossible[o]++
			continue
		}
		if day.Before(e.above[o].AddDate(0, 0, -1)) {
			e.backward[o]++
		}
		e.above[o] = day
	}
}

// ordersOf lists the orders that a style leaves open. Full stops without
// blanks are only written day first (Unicode CLDR, date formats of all
// locales); with blanks the year may stand first.
func ordersOf(s headStyle) []dateOrder {
	dotted := s.separator == "."
	switch {
	case s.yearFirst:
		return []dateOrder{yearFirst}
	case dotted && (s.yearLast || !s.spaced):
		return []dateOrder{dayFirst}
	case dotted:
		return []dateOrder{dayFirst, yearFirst}
	case s.yearLast:
		return []dateOrder{dayFirst, monthFirst}
	}
	return []dateOrder{dayFirst, monthFirst, yearFirst}
}

// nameDate matches the date in the names that WhatsApp gives to files:
// "00000012-PHOTO-2022-02-24-10-11-12.jpg" and "IMG-20220224-WA0001.jpg".
var nameDate = regexp.MustCompile(`-(20\d\d)-?(\d\d)-?(\d\d)-(?:WA|\d\d)`)

// seeName compares a head with the date in the name of its attachment, which
// the same phone wrote on receipt.
func (e *orderEvidence) seeName(h chatHead, name string) {
	m := nameDate.FindStringSubmatch(name)
	if m == nil {
		return
	}
	for _, o := range e.possible {
		if day, ok := h.day(o); ok && day.Format("20060102") == m[1]+m[2]+m[3] {
			e.named[o]++
		}
	}
}

// decide returns the orders that the evidence leaves: values that are no
// date, then the attachments' names, then the order of the messages.
func (e *orderEvidence) decide() []dateOrder {
	left := e.without(e.possible, func(o dateOrder) bool { return e.impossible[o] > 0 })
	if len(left) == 0 {
		left = e.possible // lines from another phone were pasted into a message
	}
	most := 0
	for _, o := range left {
		most = max(most, e.named[o])
	}
	left = e.without(left, func(o dateOrder) bool { return e.named[o] < most })
	if len(left) > 1 {
		if forward := e.without(left, func(o dateOrder) bool { return e.backward[o] > 0 }); len(forward) > 0 {
			left = forward
		}
	}
	return left
}

func (e *orderEvidence) without(orders []dateOrder, drop func(dateOrder) bool) []dateOrder {
	return slices.DeleteFunc(slices.Clone(orders), drop)
}
