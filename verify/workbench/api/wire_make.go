package api

import (
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// zoneUnknown stands where a clock's zone would, when nothing tells it.
const zoneUnknown = "zone unknown"

// when puts a claimed time into the words that a person reads; nil for none.
func when(t *extract.Time) *When {
	if t == nil {
		return nil
	}
	zone, why := zoneOf(t)
	return &When{
		Text: readingText(t, zone), ISO: isoText(t), Zone: zone, ZoneWhy: why,
		Earliest: instantText(t.Earliest), Latest: instantText(t.Latest), NotAfter: t.BoundsCapture(),
		Trust: t.Trust, Kind: string(t.Kind), Label: timeLabel(t), Field: t.Field, Raw: t.Raw,
	}
}

// instantText writes a moment in UTC, "" for none.
func instantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// readingText writes the clock's reading as finely as it is known, with its
// zone. Without a reading it writes the bounds, in UTC.
func readingText(t *extract.Time, zone string) string {
	if wall, _, ok := t.Wall(); ok {
		text := wall.Format(dateLayout(t))
		if zone == zoneUnknown {
			return text + ", " + zone
		}
		return text + " " + zone
	}
	const layout = "2 Jan 2006 15:04:05"
	from, to := t.Earliest.UTC().Format(layout), t.Latest.UTC().Format(layout)
	switch {
	case t.Earliest.IsZero() && t.Latest.IsZero():
		return "no reading"
	case t.Earliest.IsZero():
		return "before " + to + " Z"
	case t.Latest.IsZero():
		return "after " + from + " Z"
	case t.Latest.Sub(t.Earliest) <= time.Second:
		return from + " Z"
	}
	return from + " to " + to + " Z"
}

// dateLayout is the form of a reading, to what it states and no finer.
func dateLayout(t *extract.Time) string {
	switch t.Precision {
	case extract.Day:
		return "2 Jan 2006"
	case extract.Minute:
		return "2 Jan 2006 15:04"
	case extract.Subsecond:
		return "2 Jan 2006 15:04:05.000"
	}
	return "2 Jan 2006 15:04:05"
}

// isoText writes an instant for copying, "" where none is known: a day is none,
// nor is a reading whose zone nothing tells.
func isoText(t *extract.Time) string {
	wall, _, ok := t.Wall()
	switch {
	case t.Precision == extract.Day || t.Zone == extract.Floating:
		return ""
	case !ok && t.Latest.Sub(t.Earliest) <= time.Second:
		return instantText(t.Earliest)
	case !ok || t.OffsetMinutes == nil && t.Zone != extract.UTC:
		return ""
	}
	minutes := 0
	if t.OffsetMinutes != nil {
		minutes = *t.OffsetMinutes
	}
	in := time.FixedZone("", minutes*60)
	at := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), in)
	return at.Format(time.RFC3339Nano)
}

// zoneOf says in which zone a clock is read, and how that is known.
func zoneOf(t *extract.Time) (zone, why string) {
	switch t.Zone {
	case extract.UTC:
		return "Z", "this field is kept in UTC"
	case extract.Offset:
		return offsetText(t), "stated beside the time"
	case extract.Derived:
		return offsetText(t), derivedFrom(t)
	}
	return zoneUnknown, "nothing says which zone this clock was in"
}

// derivedFrom says what a zone was worked out from.
func derivedFrom(t *extract.Time) string {
	switch {
	case t.IsZoned():
		return "the zone that a person gave for this source or case"
	case t.IsCorrected():
		return "what other files say of this clock"
	case t.IsInferred():
		return "only if the clock showed the time of the place"
	}
	return "worked out from another time in the same file"
}

// offsetText writes the offset from UTC; where the clock shows a reading twice,
// both that it can be.
func offsetText(t *extract.Time) string {
	if t.OffsetMinutes != nil {
		return offset(*t.OffsetMinutes)
	}
	wall, width, ok := t.Wall()
	if !ok || t.Earliest.IsZero() || t.Latest.IsZero() {
		return "Z"
	}
	most := int(wall.Sub(t.Earliest) / time.Minute)
	least := int(wall.Add(width).Sub(t.Latest) / time.Minute)
	if most == least {
		return offset(most)
	}
	return offset(least) + " to " + offset(most)
}

// offset writes minutes east of UTC as +03:00.
func offset(minutes int) string {
	sign := '+'
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("%c%02d:%02d", sign, minutes/60, minutes%60)
}

// timeLabels say whose word a time is, by its kind.
var timeLabels = map[extract.TimeKind]string{
	extract.Capture: "device clock", extract.Digitised: "device clock, digitised", extract.GPS: "satellite clock",
	extract.Container: "recording’s header", extract.Modified: "last change", extract.Signed: "signature",
	extract.Posted: "platform posted", extract.Received: "message received", extract.Forwarded: "first posted",
	extract.FileName: "file name", extract.PlatformID: "number given by the platform", extract.FileSystem: "file system",
	extract.OverlayTime: "clock in the picture", extract.ShadowTime: "shadows", extract.StatedByHand: "stated by a person",
}

// timeLabel says whose word a time is.
func timeLabel(t *extract.Time) string {
	group, _, _ := strings.Cut(t.ReadFrom(), ":")
	switch {
	case t.IsInferred():
		return "device clock, zone of the place"
	case t.Kind == extract.FileName && t.IsCapture():
		return "file name by the camera"
	case t.Kind == extract.Capture && (group == "XMP" || group == "IPTC"):
		return group + " description"
	}
	if label, ok := timeLabels[t.Kind]; ok {
		return label
	}
	return "other"
}

// placeLabels say whose word a place is, by its kind.
var placeLabels = map[extract.PlaceKind]string{
	extract.PlaceEXIF: "position in the file", extract.PlaceContainer: "position in the recording",
	extract.PlaceSidecar: "position in the post", extract.PlaceCaption: "named in the description", extract.PlacePerson: "said by a person",
}

// placeTrust is how far the word of each kind of place goes, in the grades of
// times: what a receiver wrote, what a platform says, what somebody typed.
var placeTrust = map[extract.PlaceKind]extract.Trust{
	extract.PlaceEXIF: extract.TrustDevice, extract.PlaceContainer: extract.TrustDevice, extract.PlaceSidecar: extract.TrustPlatform,
	extract.PlaceCaption: extract.TrustDerived, extract.PlacePerson: extract.TrustDerived,
}

// spot puts a claimed place into the words that a person reads; nil for none.
func spot(p *extract.Place) *Spot {
	if p == nil {
		return nil
	}
	s := &Spot{
		Latitude: p.Latitude, Longitude: p.Longitude, RadiusM: p.AccuracyM, Name: string(p.Name),
		Kind: string(p.Kind), Label: placeLabels[p.Kind], Trust: string(placeTrust[p.Kind]), Field: p.Field, Raw: p.Raw,
	}
	if p.Latitude != nil && p.Longitude != nil && *p.Latitude == 0 && *p.Longitude == 0 {
		s.Trust = string(extract.TrustNone) // what receivers write that have no fix
	}
	return s
}

// lastPart is the name of the file at a path (SOURCE/relative/path).
func lastPart(p string) string { return path.Base(p) }
