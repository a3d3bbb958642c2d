package report

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"
)

// axis is a line of time with its empty stretches folded, so that two weeks of
// events stay readable beside one of half a year before.
type axis struct {
	w     Words
	parts []stretch
}

// stretch is a time in which something happened, and where it is drawn.
type stretch struct {
	from, to time.Time
	x0, x1   float64
}

// Sizes of the axis in the units of the drawing.
const (
	foldWidth  = 30.0 // of a folded stretch
	openSide   = 30.0 // how far a bar reaches to a side on which nothing bounds it
	leastPart  = 90.0 // of a stretch with something in it
	labelWidth = 74.0
)

// newAxis lays the times from left to right. A gap longer than an eighth of
// the whole is folded.
func newAxis(times []timeMark, left, right float64, w Words) axis {
	times = slices.Clone(times)
	slices.SortFunc(times, func(a, b timeMark) int { return a.from.Compare(b.from) })
	var parts []stretch
	last := times[0].to
	for _, t := range times {
		if t.to.After(last) {
			last = t.to
		}
	}
	fold := max(last.Sub(times[0].from)/8, 48*time.Hour)
	for _, t := range times {
		if n := len(parts); n > 0 && t.from.Sub(parts[n-1].to) < fold {
			if t.to.After(parts[n-1].to) {
				parts[n-1].to = t.to
			}
			continue
		}
		parts = append(parts, stretch{from: t.from, to: t.to})
	}
	var whole time.Duration
	for _, p := range parts {
		whole += p.to.Sub(p.from)
	}
	pad := max(whole/30, time.Hour)
	for i := range parts {
		parts[i].from, parts[i].to = parts[i].from.Add(-pad), parts[i].to.Add(pad)
	}
	share(parts, whole+time.Duration(2*len(parts))*pad, left, right)
	return axis{w, parts}
}

// share gives each stretch its width: the least that can be read, and more in
// proportion to its length.
func share(parts []stretch, whole time.Duration, left, right float64) {
	n := float64(len(parts))
	room := right - left - (n-1)*foldWidth - n*leastPart
	x := left
	for i := range parts {
		parts[i].x0 = x
		x += leastPart + room*float64(parts[i].to.Sub(parts[i].from))/float64(whole)
		parts[i].x1 = x
		x += foldWidth
	}
}

// x is where t stands. In front of the first mark of a stretch there is room
// for an open side.
func (a axis) x(t time.Time) float64 {
	for i, p := range a.parts {
		if t.Before(p.from) {
			if i == 0 {
				return p.x0
			}
			return p.x0 - foldWidth/2
		}
		if !t.After(p.to) {
			left := p.x0 + openSide
			return left + float64(t.Sub(p.from))/float64(p.to.Sub(p.from))*(p.x1-left)
		}
	}
	return a.parts[len(a.parts)-1].x1
}

// holds tells whether t stands in a stretch that is drawn.
func (a axis) holds(t time.Time) bool {
	for _, p := range a.parts {
		if !t.Before(p.from) && !t.After(p.to) {
			return true
		}
	}
	return false
}

// draw marks whole hours, days, weeks, months or years in each stretch,
// whichever gives a handful, and the folds between.
func (a axis) draw(b *strings.Builder, height float64) {
	for i, p := range a.parts {
		if i > 0 {
			x := p.x0 - foldWidth/2
			fmt.Fprintf(b, `<path class="fold" d="M%.1f 0V%.1fM%.1f 0V%.1f"/>`, x-3, height, x+3, height)
		}
		next, layout := calendar(p.to.Sub(p.from), p.x1-p.x0)
		f := p.from.UTC()
		drawn, edge := 0, math.Inf(-1)
		for t := next(startOf(f, next)); !t.After(p.to); t = next(t) {
			if t.Before(p.from) {
				continue
			}
			x := a.x(t)
			fmt.Fprintf(b, `<line class="grid" x1="%.1f" x2="%.1f" y1="0" y2="%.1f"/>`, x, x, height)
			if x-edge >= labelWidth && x+labelWidth/2 < p.x1+foldWidth {
				fmt.Fprintf(b, `<text class="deg" x="%.1f" y="%.1f">%s</text>`, x, height+16, template.HTMLEscapeString(a.w.Format(t, a.w.T(layout))))
				edge = x
				drawn++
			}
		}
		if drawn == 0 {
			fmt.Fprintf(b, `<text class="deg" x="%.1f" y="%.1f">%s</text>`, (p.x0+openSide+p.x1)/2, height+16, template.HTMLEscapeString(a.w.Format(p.from.Add(p.to.Sub(p.from)/2).UTC(), a.w.T(axisDay))))
		}
	}
}

// startOf is a whole unit of the calendar some way before f.
func startOf(f time.Time, next func(time.Time) time.Time) time.Time {
	t := time.Date(f.Year(), f.Month(), f.Day(), 0, 0, 0, 0, time.UTC)
	if next(t).Sub(t) > 8*24*time.Hour {
		t = time.Date(f.Year(), f.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	if next(t).Sub(t) > 100*24*time.Hour {
		t = time.Date(f.Year()-1, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Add(-time.Nanosecond)
}

// The messages that say how marks on a line of time are written.
const (
	axisHour  = "report.layout.axis-hour"
	axisDay   = "report.layout.axis-day"
	axisMonth = "report.layout.axis-month"
	axisYear  = "report.layout.axis-year"
)

// calendar is the unit in which a span is marked on so many units of drawing,
// and how its marks are written.
func calendar(span time.Duration, width float64) (next func(time.Time) time.Time, layout string) {
	hours := func(n int) func(time.Time) time.Time {
		d := time.Duration(n) * time.Hour
		return func(t time.Time) time.Time { return t.Truncate(d).Add(d) }
	}
	days := func(n int) func(time.Time) time.Time {
		return func(t time.Time) time.Time {
			t = t.AddDate(0, 0, 1)
			for t.YearDay()%n != 1%n { // counted from the first of January
				t = t.AddDate(0, 0, 1)
			}
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
		}
	}
	labels := math.Max(1, width/(labelWidth+10))
	per := time.Duration(float64(span) / labels)
	const day = 24 * time.Hour
	switch {
	case per <= time.Hour:
		return hours(1), axisHour
	case per <= 6*time.Hour:
		return hours(6), axisHour
	case per <= day:
		return days(1), axisDay
	case per <= 7*day:
		return days(7), axisDay
	case per <= 31*day:
		return firstOfMonth(1), axisMonth
	case per <= 92*day:
		return firstOfMonth(3), axisMonth
	}
	return firstOfMonth(12 * max(1, int(math.Ceil(per.Hours()/24/366)))), axisYear
}

// firstOfMonth steps to the next first day of a month whose number counts
// whole steps of n, and from 12 on to whole years.
func firstOfMonth(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		if years := n / 12; years > 0 {
			return time.Date(t.Year()-t.Year()%years+years, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		m := (int(t.Month())-1)/n*n + n
		return time.Date(t.Year(), time.Month(m+1), 1, 0, 0, 0, 0, time.UTC)
	}
}
