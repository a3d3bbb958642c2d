package extract

import (
	"strings"

	"github.com/firsthand-media/firsthand/extract/iptc"
)

// iptcDates are the datasets of IIM that hold a date, and the one beside each
// that holds the time of day (IIM 4.2, 1:70, 2:30, 2:47, 2:55 and 2:62). Those
// of sending and release say when others had the picture.
var iptcDates = [...]struct {
	kind        TimeKind
	date, clock string
}{
	{Capture, "DateCreated", "TimeCreated"},
	{Digitised, "DigitalCreationDate", "DigitalCreationTime"},
	{Modified, "DateSent", "TimeSent"},
	{Modified, "ReleaseDate", "ReleaseTime"},
}

// iptcTimes gives the times of one record. A time of day without a date is
// none.
func iptcTimes(rec *iptc.Record, f *findings) []Time {
	var ts []Time
	for _, d := range iptcDates {
		text := strings.TrimSpace(rec.Get(d.date))
		if text == "" {
			continue
		}
		if clock := strings.TrimSpace(rec.Get(d.clock)); clock != "" {
			text += " " + clock
		}
		if t, ok := writtenTime(claim{d.kind, TrustDevice, "IPTC:" + d.date, text}, text, f); ok {
			ts = append(ts, t)
		}
	}
	return ts
}
