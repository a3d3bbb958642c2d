package report

import (
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// bitsInWords gives evidence in the words of the workbench: the number of
// bits is shown beside it, never alone.
func bitsInWords(b float64) string {
	side := "for"
	if b < 0 {
		side, b = "against", -b
	}
	switch {
	case b >= 6:
		return "very strong " + side
	case b >= 3:
		return "strong " + side
	case b >= 1:
		return "weak " + side
	}
	return "slight " + side
}

func sizeInWords(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 10<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// TimeInWords says a time as a colleague would, zone and doubt included.
func TimeInWords(t *extract.Time) string {
	if t == nil {
		return "no time"
	}
	text := string(t.Local)
	if text == "" {
		text = t.Earliest.UTC().Format("2006-01-02T15:04:05")
	}
	layout := map[extract.Precision]string{
		extract.Day: "2 Jan 2006", extract.Minute: "2 Jan 2006, 15:04",
	}[t.Precision]
	if layout == "" {
		layout = "2 Jan 2006, 15:04:05"
	}
	for _, in := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if p, err := time.Parse(in, text); err == nil {
			text = p.Format(layout)
			break
		}
	}
	return text + " " + zoneInWords(t)
}

func zoneInWords(t *extract.Time) string {
	switch t.Zone {
	case extract.UTC:
		return "UTC"
	case extract.Floating:
		return "(no zone stated)"
	}
	out := "UTC"
	if t.OffsetMinutes != nil {
		sign, m := '+', *t.OffsetMinutes
		if m < 0 {
			sign, m = '−', -m
		}
		out = fmt.Sprintf("UTC%c%d:%02d", sign, m/60, m%60)
	}
	if t.Zone == extract.Derived {
		out += " (worked out)"
	}
	return out
}

var kindInWords = map[extract.TimeKind]string{
	extract.Capture: "taken", extract.Digitised: "digitised", extract.Modified: "changed",
	extract.GPS: "satellite time", extract.Container: "recorded", extract.Signed: "signed",
	extract.Posted: "posted", extract.Received: "received", extract.Forwarded: "first posted",
	extract.FileName: "by its file name", extract.PlatformID: "by its post number",
	extract.FileSystem: "saved", extract.StatedByHand: "stated by a person",
}

// Span says the bounds of an incident in UTC.
func Span(from, to *time.Time) string {
	switch {
	case from == nil && to == nil:
		return "time not known"
	case from == nil:
		return "before " + to.UTC().Format("2 Jan 2006, 15:04 UTC")
	case to == nil:
		return "after " + from.UTC().Format("2 Jan 2006, 15:04 UTC")
	}
	a, b := from.UTC(), to.UTC()
	if a.Format(time.DateOnly) == b.Format(time.DateOnly) {
		if a.Format("15:04") == b.Format("15:04") {
			return a.Format("2 Jan 2006, 15:04 UTC")
		}
		return a.Format("2 Jan 2006, 15:04") + " to " + b.Format("15:04 UTC")
	}
	return a.Format("2 Jan 2006, 15:04") + " to " + b.Format("2 Jan 2006, 15:04 UTC")
}

// Where says the place of an incident and how wide it is known.
func Where(inc *verify.Incident) string {
	if inc.Latitude == nil || inc.Longitude == nil {
		if inc.PlaceBasis != "" {
			return string(inc.PlaceBasis)
		}
		return "place not known"
	}
	s := degrees(*inc.Latitude, "N", "S") + " " + degrees(*inc.Longitude, "E", "W")
	if inc.RadiusM != nil {
		s += ", within " + distanceInWords(*inc.RadiusM)
	}
	return s
}

func degrees(v float64, pos, neg string) string {
	if v < 0 {
		return fmt.Sprintf("%.4f° %s", -v, neg)
	}
	return fmt.Sprintf("%.4f° %s", v, pos)
}

func distanceInWords(m float64) string {
	switch {
	case m >= 10000:
		return fmt.Sprintf("%.0f km", m/1000)
	case m >= 1000:
		return fmt.Sprintf("%.1f km", m/1000)
	}
	return fmt.Sprintf("%.0f m", m)
}
