package extract

import (
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// Offsets by hand, with both signs and at the ends of what clocks on earth use.
func TestParseOffset(t *testing.T) {
	for text, want := range map[string]int{
		"+03:00": 180, "-05:00": -300, "-03:30": -210, "+0545": 345, "-0330": -210, "+02": 120, "-09": -540,
		"+14:00": 840, "-12:00": -720, "+00:00": 0, "-00:00": 0, "Z": 0, "+03:00\x00": 180,
	} {
		if got, ok := parseOffset(text); !ok || got != want {
			t.Errorf("%q is %d minutes east (%v), want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "03:00", "+14:01", "+14:15", "-12:01", "-12:15", "+05:60", "+5:00", "+05:0", "+aa:00", "+03:00:00", "Zulu"} {
		if got, ok := parseOffset(text); ok {
			t.Errorf("%q is taken for %d minutes east", text, got)
		}
	}
}

// A zone west of Greenwich moves the instant the other way than one east of it.
func TestZonesWestOfGreenwich(t *testing.T) {
	for offset, want := range map[string]string{"-05:00": "2022-02-24T10:12:33Z", "-03:30": "2022-02-24T08:42:33Z", "+05:45": "2022-02-23T23:27:33Z"} {
		m := readBytes(jpegOf(exifSegment(nil, tags{tOriginal: "2022:02:24 05:12:33", tOffsetOriginal: offset}, nil)), "a.jpg")
		if m.BestTime == nil || !m.BestTime.Earliest.Equal(utc(want)) || !m.BestTime.Latest.Equal(utc(want).Add(time.Second)) {
			t.Errorf("%s: %+v, want %s", offset, m.BestTime, want)
		}
		if got := short(m.BestTime); got != "2022-02-24T05:12:33 offset "+offset {
			t.Errorf("%s is shown as %s", offset, got)
		}
	}
}

// TIFF/EP keeps the zones of the original and of the change as whole hours.
func TestZonesAsWholeHours(t *testing.T) {
	const tTimeZoneOffset = 0x882a
	for hours, want := range map[uint16]string{3: "offset +03:00", 0: "offset +00:00", 14: "offset +14:00", 15: "floating", 0x8000 + 12: "floating"} {
		m := readBytes(jpegOf(exifSegment(nil, tags{tOriginal: "2022:02:24 05:12:33", tTimeZoneOffset: hours}, nil)), "a.jpg")
		if got := short(m.BestTime); got != "2022-02-24T05:12:33 "+want {
			t.Errorf("%d hours: %s, want %s", hours, got, want)
		}
	}
}

// The times of day that a clock can show, and the first that it cannot.
func TestTimesOfDay(t *testing.T) {
	for text, want := range map[string]Precision{
		"2022:02:24 23:59:59": Second, "2022:02:24 24:00:00": Day, "2022:02:24 05:60:33": Day, "2022:02:24 05:12:60": Day,
		"2022:02:24 00:00:00": Second, "2022:02:24 05:12": Minute, "2022:02:24 05:59:59.999999999": Subsecond,
	} {
		if r, state := parseDate(text); state != dateRead || r.precision != want || r.cut != (want == Day) {
			t.Errorf("%s is read to the %s, cut %v, want %s", text, r.precision, r.cut, want)
		}
	}
	for _, c := range []struct {
		hms  []uint32
		want string
	}{
		{[]uint32{23, 1, 59, 1, 59, 1}, "2022-02-24T23:59:59 utc"},
		{[]uint32{23, 1, 59, 1, 60, 1}, "2022-02-25T00:00:00 utc"}, // a leap second
		{[]uint32{2, 1, 12, 1, 33500, 1000}, "2022-02-24T02:12:33.500 utc"},
		{[]uint32{24, 1, 0, 1, 0, 1}, "none"},
		{[]uint32{2, 1, 60, 1, 0, 1}, "none"},
		{[]uint32{2, 1, 12, 1, 61, 1}, "none"},
		{[]uint32{2, 1, 12, 1}, "none"},
	} {
		m := readBytes(jpegOf(exifSegment(nil, nil, tags{tGPSDate: "2022:02:24", tGPSTime: c.hms})), "a.jpg")
		if got := short(m.BestTime); got != c.want {
			t.Errorf("satellite time %v: %s, want %s", c.hms, got, c.want)
		}
	}
}

// A zone that was worked out for one reading of a clock holds for that reading
// and for no other: the file may have been changed somewhere else.
func TestADerivedZoneIsNotSpread(t *testing.T) {
	m := readBytes(jpegOf(exifSegment(tags{tModify: "2022:02:25 09:00:00"}, tags{tOriginal: "2022:02:24 05:12:33", tDigitised: "2022:02:24 05:12:33"},
		tags{tGPSDate: "2022:02:24", tGPSTime: []uint32{2, 1, 12, 1, 33, 1}})), "a.jpg")
	want := map[TimeKind]string{Capture: "derived +03:00", Digitised: "derived +03:00", Modified: "floating", GPS: "utc"}
	for _, got := range m.Times {
		if s := short(&got); !strings.HasSuffix(s, want[got.Kind]) {
			t.Errorf("%s: %s, want %s", got.Field, s, want[got.Kind])
		}
		delete(want, got.Kind)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	// the clock of a change is not the camera's: the satellite says nothing of it
	m = readBytes(jpegOf(exifSegment(tags{tModify: "2022:02:24 05:12:33"}, nil, tags{tGPSDate: "2022:02:24", tGPSTime: []uint32{2, 1, 20, 1, 0, 1}})), "a.jpg")
	for _, got := range m.Times {
		if got.Kind == Modified && got.Zone != Floating {
			t.Errorf("%+v", got)
		}
	}
	if only(m) != "" {
		t.Errorf("findings %v, want none", m.Findings)
	}
}

// Before clocks were set by zones, Kyiv was 2:02:04 ahead of Greenwich: no
// whole minutes, and so no offset is stated.
func TestZonesOfOldPictures(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	r, _ := parseDate("1900:07:01 12:00:00")
	got := WithZone(claim{kind: Capture, trust: TrustDevice}.at(r), kyiv)
	if got.OffsetMinutes != nil || !got.Earliest.Equal(utc("1900-07-01T09:57:56Z")) || !got.Latest.Equal(utc("1900-07-01T09:57:57Z")) {
		t.Errorf("%+v", got)
	}
}

// Clocks that were never set stand at these readings, and at no others.
func TestClocksNeverSet(t *testing.T) {
	for text, never := range map[string]bool{
		"1904:01:01 00:00:00": true, "1970:01:01 14:00:00": true, "1969:12:31 12:00:00": true, "1980:01:01 00:00:05": true, "2000:01:01 00:00:59": true,
		"1969:12:31 11:59:59": false, "1970:01:02 00:00:00": false, "1980:02:01 00:00:00": false, "1980:01:02 00:00:00": false,
		"2000:01:01 00:01:00": false, "2000:01:01 01:00:00": false, "2000:01:01": false, "2001:01:01 00:00:00": false,
	} {
		r, _ := parseDate(text)
		if got := (claim{kind: Capture, trust: TrustDevice}).at(r).Trust == TrustNone; got != never {
			t.Errorf("%s: taken for a clock that was never set: %v, want %v", text, got, never)
		}
	}
	// the Macintosh's zero is a null field, no finding of a clock
	ts := []Time{claim{Container, TrustDevice, "QuickTime:CreateDate", ""}.instant(utc("1904-01-01T00:00:00Z"), Second, 0)}
	var f findings
	checkTimes(ts, time.Time{}, &f)
	if len(f.list) != 0 {
		t.Errorf("findings %v", f.list)
	}
}

// Half a position, and a time that cannot be, are left out; what else the
// sidecar says stays.
func TestSidecarsThatSayHalf(t *testing.T) {
	lon, lat := 36.0, 50.0
	for what, rec := range map[string]source.Record{
		"longitude alone":  {Format: "x", Longitude: &lon},
		"latitude alone":   {Format: "x", Latitude: &lat},
		"a year too early": {Format: "x", Posted: &source.PostTime{Instant: utc("1700-01-01T00:00:00Z"), Precision: "second"}},
	} {
		if ts, ps := FromRecord(rec); len(ts)+len(ps) > 0 {
			t.Errorf("%s: %+v %+v", what, ts, ps)
		}
	}
	named, null := 0.0, 0.0
	_, ps := FromRecord(source.Record{Format: "x", Latitude: &named, Longitude: &null, PlaceName: "Kharkiv"})
	if len(ps) != 1 || ps[0].Latitude != nil || ps[0].Name != "Kharkiv" {
		t.Errorf("a sidecar at null island: %+v", ps)
	}
	for instant, digits := range map[string]string{"2022-02-24T02:12:33.25Z": "2022-02-24T02:12:33.25", "2022-02-24T02:12:33Z": "2022-02-24T02:12:33"} {
		ts, _ := FromRecord(source.Record{Posted: &source.PostTime{Instant: utc(instant)}})
		if len(ts) != 1 || string(ts[0].Local) != digits || ts[0].Zone != UTC {
			t.Errorf("%s: %+v", instant, ts)
		}
	}
}
