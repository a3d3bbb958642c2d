package report

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

const (
	lineWidth  = 880.0
	lineLeft   = 210.0
	lineRight  = lineWidth - 14
	lineRow    = 22.0
	lineBottom = 26.0
	mostRows   = 60 // with more incidents than this, map and timeline count them
)

// drawTimeline draws one row for each incident: a bar as long as the doubt
// about its time, and a mark for each of its files. With very many it counts
// them by calendar instead. It is empty when no incident has a time.
func drawTimeline(v []incidentView, w Words) (svg template.HTML, counted bool) {
	var rows []*incidentView
	var times []timeMark
	for i := range v {
		at := anchor(&v[i].Incident)
		if at.IsZero() {
			continue
		}
		rows = append(rows, &v[i])
		end := at
		if l := v[i].Latest; l != nil && l.After(at) {
			end = *l
		}
		times = append(times, timeMark{at, end})
	}
	if len(rows) == 0 {
		return "", false
	}
	if len(rows) > mostRows {
		return drawHistogram(rows, w), true
	}
	ax := newAxis(times, lineLeft, lineRight, w)
	height := float64(len(rows)) * lineRow
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="timeline" viewBox="0 0 %g %g" role="group" aria-label="%s">`, lineWidth, height+lineBottom, template.HTMLEscapeString(w.T("report.timeline.label")))
	ax.draw(&b, height)
	for i, inc := range rows {
		ax.row(&b, inc, float64(i)*lineRow)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()), false
}

func (a axis) row(b *strings.Builder, inc *incidentView, top float64) {
	mid := top + lineRow/2
	confirmed := ""
	if inc.Status == verify.Confirmed {
		confirmed = "✓ "
	}
	fmt.Fprintf(b, `<a href="#%s"><title>%s</title><rect class="hit" x="0" y="%.1f" width="%g" height="%g"/><text class="label" x="38" y="%.1f">%s%d</text><text class="deg" x="48" y="%.1f">%s</text>`,
		inc.Anchor, a.w.titleOf(inc), top, lineWidth, lineRow, mid+4, confirmed, inc.Number, mid+4, template.HTMLEscapeString(inc.Short))
	a.bar(b, inc, mid)
	for i, m := range inc.marks {
		if !a.holds(m.from) || i > 0 && m == inc.marks[i-1] {
			continue
		}
		x0, x1 := a.x(m.from), a.x(m.to)
		if x1-x0 < 3 {
			fmt.Fprintf(b, `<path class="tick" d="M%.1f %.1fv12"/>`, (x0+x1)/2, mid-6)
		} else {
			fmt.Fprintf(b, `<path class="tick thin" d="M%.1f %.1fH%.1f"/>`, x0, mid, x1)
		}
	}
	b.WriteString(`</a>`)
}

// bar draws the bounds of an incident: from end to end, or, where one side is
// open, a stop on the bounded side and an arrow to the other.
func (a axis) bar(b *strings.Builder, inc *incidentView, mid float64) {
	class := state(inc)
	switch {
	case inc.Earliest == nil:
		x := a.x(*inc.Latest)
		fmt.Fprintf(b, `<path class="open %s" d="M%.1f %.1fh-%gm5 -4l-5 4l5 4M%.1f %.1fv10"/>`, class, x, mid, openSide-4, x, mid-5)
	case inc.Latest == nil:
		x := a.x(*inc.Earliest)
		fmt.Fprintf(b, `<path class="open %s" d="M%.1f %.1fh%gm-5 -4l5 4l-5 4M%.1f %.1fv10"/>`, class, x, mid, openSide-4, x, mid-5)
	default:
		x0, x1 := a.x(*inc.Earliest), a.x(*inc.Latest)
		wide := math.Max(5, x1-x0)
		fmt.Fprintf(b, `<rect class="bar %s" x="%.1f" y="%.1f" width="%.1f" height="10" rx="3"/>`, class, math.Min(x0, (x0+x1-wide)/2), mid-5, wide)
	}
}

// drawHistogram counts incidents by day, week, month or year: by the earliest
// that each can have been, or the latest where only that is known.
func drawHistogram(rows []*incidentView, w Words) template.HTML {
	first, last := anchor(&rows[0].Incident).UTC(), anchor(&rows[len(rows)-1].Incident).UTC()
	start, next, layout := bins(first, last)
	var b strings.Builder
	const height, base = 170.0, 130.0
	fmt.Fprintf(&b, `<svg class="timeline" viewBox="0 0 %g %g" role="group" aria-label="%s">`, lineWidth, height, template.HTMLEscapeString(w.T("report.timeline.histogram")))
	var edges []time.Time
	for t := start; !t.After(last); t = next(t) {
		edges = append(edges, t)
	}
	most, at := 0, 0
	counts := make([][]*incidentView, len(edges))
	for _, v := range rows {
		t := anchor(&v.Incident)
		for at+1 < len(edges) && !t.Before(edges[at+1]) {
			at++
		}
		counts[at] = append(counts[at], v)
		most = max(most, len(counts[at]))
	}
	wide := math.Min(40, (lineRight-40)/float64(len(edges)))
	label := 0.0
	for i, in := range counts {
		x := 30 + float64(i)*wide
		if x >= label && x+labelWidth < lineWidth {
			fmt.Fprintf(&b, `<text class="deg start" x="%.1f" y="%g">%s</text>`, x, base+18, template.HTMLEscapeString(w.Format(edges[i], w.T(layout))))
			label = x + labelWidth + 10
		}
		if len(in) == 0 {
			continue
		}
		tall := float64(len(in)) / float64(most) * (base - 24)
		title := w.T("report.timeline.bar", "incidents", w.amount("report.n.incidents", len(in)), "day", w.day(edges[i]))
		fmt.Fprintf(&b, `<a href="#%s"><title>%s</title><rect class="bar candidate" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/></a>`,
			in[0].Anchor, template.HTMLEscapeString(title), x, base-tall, math.Max(1, wide-1), tall)
	}
	fmt.Fprintf(&b, `<path class="scale" d="M28 %gH%g"/><text class="deg start" x="30" y="14">%s</text></svg>`, base, lineRight, template.HTMLEscapeString(w.amount("report.timeline.most", most)))
	return template.HTML(b.String())
}

// bins is the calendar unit that gives at most about sixty bars.
func bins(first, last time.Time) (start time.Time, next func(time.Time) time.Time, layout string) {
	day := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, time.UTC)
	days := last.Sub(first).Hours() / 24
	step := func(n int) func(time.Time) time.Time {
		return func(t time.Time) time.Time { return t.AddDate(0, 0, n) }
	}
	switch {
	case days <= 60:
		return day, step(1), axisDay
	case days <= 7*60:
		return day.AddDate(0, 0, -(int(day.Weekday())+6)%7), step(7), axisDay // weeks from Monday
	case days <= 30*60:
		return time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC), firstOfMonth(1), axisMonth
	}
	years := max(1, int(days/365/60)+1)
	return time.Date(first.Year()-first.Year()%years, 1, 1, 0, 0, 0, 0, time.UTC), firstOfMonth(12 * years), axisYear
}
