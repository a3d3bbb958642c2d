package extract

import "strings"

// foldTimes leaves one of several times that are the same claim: of one kind,
// with one reading of the clock, and with the same zone or none. Editors write
// each time into EXIF, XMP and IPTC; three lines for one statement would hide
// the fourth that differs. The first stays, as does a later one that says more.
func foldTimes(ts []Time) []Time {
	out := []Time{}
	for _, t := range ts {
		if !repeats(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func repeats(have []Time, t Time) bool {
	for _, h := range have {
		sameZone := h.Zone == t.Zone && sameOffset(h, t) || t.Zone == Floating
		if h.Kind == t.Kind && h.Trust == t.Trust && sameZone && sameReading(h, t) {
			return true
		}
	}
	return false
}

func sameOffset(a, b Time) bool {
	if a.OffsetMinutes == nil || b.OffsetMinutes == nil {
		return a.OffsetMinutes == b.OffsetMinutes
	}
	return *a.OffsetMinutes == *b.OffsetMinutes
}

// sameReading holds where the second reading is the first, or the first cut
// short.
func sameReading(a, b Time) bool {
	return strings.HasPrefix(string(a.Local), string(b.Local))
}
