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
	lineLeft   = 64.0
	lineRow    = 22.0
	lineBottom = 30.0
)

// drawTimeline draws one row for each incident: a bar as long as the doubt about
// its time, and a mark for each of its files. It is empty when no
// incident has a time.
func drawTimeline(v []incidentView) template.HTML {
	var rows []incidentView
	var from, to time.Time
	for _, inc := range v {
		at := anchor(&inc.Incident)
		if at.IsZero() {
			continue
		}
		rows = append(rows, inc)
		if from.IsZero() || at.Before(from) {
			from = at
		}
		if inc.Latest != nil {
			at = *inc.Latest
		}
		if at.After(to) {
			to = at
		}
	}
	if len(rows) == 0 {
		return ""
	}
	pad := to.Sub(from)/40 + time.Hour
	ax := axis{from: from.Add(-pad), to: to.Add(pad)}
	height := float64(len(rows))*lineRow + lineBottom
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="timeline" viewBox="0 0 %g %g" role="img" aria-label="Timeline of the incidents, in UTC">`, lineWidth, height)
	ax.draw(&b, height)
	for i, inc := range rows {
		ax.row(&b, inc, float64(i)*lineRow)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

type axis struct{ from, to time.Time }

func (a axis) x(t time.Time) float64 {
	share := float64(t.Sub(a.from)) / float64(a.to.Sub(a.from))
	return lineLeft + math.Max(0, math.Min(1, share))*(lineWidth-lineLeft-12)
}

func (a axis) row(b *strings.Builder, inc incidentView, top float64) {
	x0, x1, class := a.span(inc)
	mid := top + lineRow/2
	fmt.Fprintf(b, `<a href="#i%d"><title>%s</title><text class="label" x="%g" y="%.1f">%d</text><rect class="bar %s" x="%.1f" y="%.1f" width="%.1f" height="10" rx="3"/></a>`,
		inc.Number, template.HTMLEscapeString(inc.When), lineLeft-14, mid+4, inc.Number, class, x0, mid-5, math.Max(4, x1-x0))
	for _, t := range inc.ticks {
		if t.Before(a.from) || t.After(a.to) {
			continue
		}
		x := a.x(t)
		fmt.Fprintf(b, `<line class="tick" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, x, x, mid-7, mid+7)
	}
}

// openSide is how far a bar reaches to a side on which nothing bounds it.
const openSide = 28.0

// span is where the bar of an incident stands, and how it is drawn: one that
// is bounded on one side only fades to the other.
func (a axis) span(inc incidentView) (x0, x1 float64, class string) {
	class = "candidate"
	if inc.Status == verify.Confirmed {
		class = "confirmed"
	}
	switch {
	case inc.Earliest == nil:
		x1 = a.x(*inc.Latest)
		return x1 - openSide, x1, class + " open"
	case inc.Latest == nil:
		x0 = a.x(*inc.Earliest)
		return x0, x0 + openSide, class + " open"
	}
	return a.x(*inc.Earliest), a.x(*inc.Latest), class
}

// draw marks whole days, weeks, months or years, whichever gives a handful.
func (a axis) draw(b *strings.Builder, height float64) {
	day := time.Date(a.from.UTC().Year(), a.from.UTC().Month(), a.from.UTC().Day(), 0, 0, 0, 0, time.UTC)
	next, layout := a.calendar()
	for t := day; !t.After(a.to); t = next(t) {
		if t.Before(a.from) {
			continue
		}
		x := a.x(t)
		fmt.Fprintf(b, `<line class="grid" x1="%.1f" x2="%.1f" y1="0" y2="%.1f"/><text class="deg" x="%.1f" y="%.1f">%s</text>`, x, x, height-lineBottom+6, x, height-10, t.Format(layout))
	}
}

func (a axis) calendar() (next func(time.Time) time.Time, layout string) {
	days := a.to.Sub(a.from).Hours() / 24
	step := func(y, m, d int) func(time.Time) time.Time {
		return func(t time.Time) time.Time { return t.AddDate(y, m, d) }
	}
	switch {
	case days <= 2:
		return func(t time.Time) time.Time { return t.Add(6 * time.Hour) }, "2 Jan 15:04"
	case days <= 10:
		return step(0, 0, 1), "2 Jan"
	case days <= 60:
		return step(0, 0, 7), "2 Jan"
	case days <= 400:
		return firstOfMonth(int(math.Ceil(days / 300))), "Jan 2006"
	}
	return firstOfMonth(int(math.Ceil(days/3650)) * 12), "2006"
}

// firstOfMonth steps to the first day of every n-th month.
func firstOfMonth(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		if n >= 12 {
			return time.Date(t.Year()-t.Year()%(n/12)+n/12, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	}
}
