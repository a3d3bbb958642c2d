package extract

import (
	"testing"
)

// A position suggests a zone. It never becomes the zone of the best time.
func TestZoneFromThePosition(t *testing.T) {
	kharkiv := tags{tLatRef: "N", tLat: []uint32{49, 1, 59, 1, 3660, 100}, tLonRef: "E", tLon: []uint32{36, 1, 13, 1, 4944, 100}}
	urumqi := tags{tLatRef: "N", tLat: []uint32{43, 1, 17, 1, 2440, 100}, tLonRef: "E", tLon: []uint32{84, 1, 13, 1, 3760, 100}}
	pacific := tags{tLatRef: "S", tLat: []uint32{40, 1, 7, 1, 1234, 100}, tLonRef: "W", tLon: []uint32{120, 1, 13, 1, 4944, 100}}
	for _, c := range []struct {
		name, local, offset string
		gps                 tags
		earliest, latest    string // of the inferred time; "" for none
		codes               string
	}{
		{"winter", "2022:02:24 05:12:33", "", kharkiv, "2022-02-24T03:12:33Z", "2022-02-24T03:12:34Z", ""},
		{"summer", "2022:07:01 05:12:33", "", kharkiv, "2022-07-01T02:12:33Z", "2022-07-01T02:12:34Z", ""},
		{"the hour that comes twice", "2022:10:30 03:30:00", "", kharkiv, "2022-10-30T00:30:00Z", "2022-10-30T01:30:01Z", ""},
		{"two clocks in one country", "2022:07:22 21:26:32", "", urumqi, "2022-07-22T13:26:32Z", "2022-07-22T15:26:33Z", ""},
		{"open sea", "2022:02:24 05:12:33", "", pacific, "", "", ""},
		{"a stated zone needs no inference", "2022:02:24 05:12:33", "+02:00", kharkiv, "", "", ""},
		{"an hour off may be daylight saving", "2022:02:24 05:12:33", "+03:00", kharkiv, "", "", ""},
		{"a zone from elsewhere", "2022:02:24 05:12:33", "-05:00", kharkiv, "", "", "zone-disagrees-with-place"},
		{"the other clock of the country", "2022:07:22 21:26:32", "+08:00", urumqi, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			inEveryZone(t, func(t *testing.T) {
				exif := tags{tOriginal: c.local}
				if c.offset != "" {
					exif[tOffsetOriginal] = c.offset
				}
				m := readBytes(jpegOf(exifSegment(nil, exif, c.gps)), "a.jpg")
				if got := only(m); got != c.codes {
					t.Errorf("findings %v, want %q", m.Findings, c.codes)
				}
				if m.BestTime == nil || m.BestTime.IsInferred() || c.offset == "" && m.BestTime.Zone != Floating {
					t.Errorf("best time %s: the inference has reached it", short(m.BestTime))
				}
				var inferred *Time
				for i := range m.Times {
					if m.Times[i].IsInferred() {
						inferred = &m.Times[i]
					}
				}
				switch {
				case c.earliest == "" && inferred != nil:
					t.Errorf("inferred %+v, want none", inferred)
				case c.earliest == "":
				case inferred == nil:
					t.Error("no zone was inferred")
				case !inferred.Earliest.Equal(utc(c.earliest)) || !inferred.Latest.Equal(utc(c.latest)) || inferred.Zone != Derived || inferred.Trust != TrustDerived:
					t.Errorf("inferred %+v, want %s to %s", inferred, c.earliest, c.latest)
				case inferred.IsCapture() || inferred.BoundsCapture() || Best([]Time{*inferred}) != nil:
					t.Error("an inferred time narrows something")
				}
			})
		})
	}
}
