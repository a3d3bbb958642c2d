package report

import (
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// TimeInWords is [Words.Time] in English.
func TimeInWords(t *extract.Time) string { return In(nil).Time(t) }

// Time says a time as a colleague would, zone and doubt included.
func (w Words) Time(t *extract.Time) string {
	if t == nil {
		return w.T("report.time.none")
	}
	second := w.T("report.layout.second")
	if t.Local == "" && t.Latest.Sub(t.Earliest) > widths[t.Precision] {
		return w.T("report.time.between", "from", w.Format(t.Earliest.UTC(), second), "to", w.Format(t.Latest.UTC(), second))
	}
	text := string(t.Local)
	if text == "" {
		at := t.Earliest.UTC()
		if t.OffsetMinutes != nil {
			at = at.Add(time.Duration(*t.OffsetMinutes) * time.Minute)
		}
		text = at.Format("2006-01-02T15:04:05")
	}
	layout := second
	switch t.Precision {
	case extract.Day:
		layout = w.T("report.layout.day")
	case extract.Minute:
		layout = w.T("report.layout.minute")
	}
	for _, in := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if p, err := time.Parse(in, text); err == nil {
			text = w.Format(p, layout)
			break
		}
	}
	return text + " " + w.zone(t)
}

// widths are how long what a time of each precision names is; bounds that lie
// further apart than that, without a clock's reading, are told as bounds.
var widths = map[extract.Precision]time.Duration{
	extract.Subsecond: time.Second, extract.Second: time.Second, extract.Minute: time.Minute, extract.Day: 24 * time.Hour,
}

func (w Words) zone(t *extract.Time) string {
	switch t.Zone {
	case extract.UTC:
		return "UTC"
	case extract.Floating:
		return w.T("report.zone.floating")
	}
	out := "UTC"
	if t.OffsetMinutes != nil {
		out = utcOffset(*t.OffsetMinutes)
	}
	if t.Zone == extract.Derived {
		return w.T("report.zone.derived", "zone", out)
	}
	return out
}

// event says a time with what happened then: "taken …".
func (w Words) event(t *extract.Time) string {
	key := "report.event." + string(t.Kind)
	if !w.Has(key) {
		return visible(w.Time(t))
	}
	return w.T("report.time.event", "event", w.T(key), "time", visible(w.Time(t)))
}

// Span is [Words.Span] in English.
func Span(from, to *time.Time) string { return In(nil).Span(from, to) }

// Span says the bounds of an incident in UTC, to the minute and never tighter
// than they are: the end is rounded up.
func (w Words) Span(from, to *time.Time) string {
	whole := w.T("report.layout.minute")
	minute := func(t time.Time) string { return w.Format(t, whole) }
	switch {
	case from == nil && to == nil:
		return w.T("report.span.unknown")
	case from == nil:
		return w.T("report.span.before", "to", minute(minuteAfter(*to)))
	case to == nil:
		return w.T("report.span.after", "from", minute(from.UTC()))
	}
	a, b := from.UTC(), to.UTC()
	if minute(a) == minute(b) {
		return w.T("report.span.at", "at", minute(a))
	}
	b = minuteAfter(b)
	if a.Format(time.DateOnly) == b.Format(time.DateOnly) {
		return w.T("report.span.from-to", "from", minute(a), "to", b.Format("15:04"))
	}
	return w.T("report.span.from-to", "from", minute(a), "to", minute(b))
}

// minuteAfter is the whole minute at or after t.
func minuteAfter(t time.Time) time.Time {
	down := t.UTC().Truncate(time.Minute)
	if down.Equal(t) {
		return down
	}
	return down.Add(time.Minute)
}

// day writes a day as in a sentence.
func (w Words) day(t time.Time) string { return w.Format(t, w.T("report.layout.day")) }
