package extract

import (
	"strings"
	"testing"
	"time"
)

// short writes a time as "local zone [offset]".
func short(t *Time) string {
	if t == nil {
		return "none"
	}
	s := string(t.Local) + " " + string(t.Zone)
	if t.OffsetMinutes != nil && t.Zone != UTC {
		s += " " + offsetText(*t.OffsetMinutes)
	}
	return s
}

func TestPhotoTimes(t *testing.T) {
	const shot = "2022:02:24 05:12:33"
	gps := func(date string, hms ...uint32) tags {
		return tags{tGPSDate: date, tGPSTime: []uint32{hms[0], 1, hms[1], 1, hms[2], 1}}
	}
	for _, c := range []struct {
		name            string
		ifd0, exif, gps tags
		best            string
		codes           string
	}{
		{name: "offset of the original",
			exif: tags{tOriginal: shot, tSubSecOriginal: "083", tOffsetOriginal: "+03:00"},
			best: "2022-02-24T05:12:33.083 offset +03:00"},
		{name: "offset of the modification is not that of the original",
			ifd0: tags{tModify: shot}, exif: tags{tOriginal: shot, tOffset: "+03:00"},
			best: "2022-02-24T05:12:33 floating"},
		{name: "no zone anywhere",
			exif: tags{tOriginal: shot}, best: "2022-02-24T05:12:33 floating"},
		{name: "zone from the satellite clock, four minutes stale",
			exif: tags{tOriginal: shot}, gps: gps("2022:02:24", 2, 8, 40),
			best: "2022-02-24T05:12:33 derived +03:00"},
		{name: "zone of a quarter of an hour, across midnight",
			exif: tags{tOriginal: "2022:02:24 03:12:33"}, gps: gps("2022:02:23", 21, 27, 33),
			best: "2022-02-24T03:12:33 derived +05:45"},
		{name: "no zone explains the satellite clock",
			exif: tags{tOriginal: shot}, gps: gps("2022:02:24", 2, 20, 0),
			best: "2022-02-24T05:12:33 floating", codes: "gps-time-mismatch"},
		{name: "beyond every zone on earth",
			exif: tags{tOriginal: shot}, gps: gps("2022:02:23", 14, 57, 33),
			best: "2022-02-24T05:12:33 floating", codes: "gps-time-mismatch"},
		{name: "stated zone against the satellite clock",
			exif: tags{tOriginal: shot, tOffsetOriginal: "+03:00"}, gps: gps("2022:02:24", 19, 0, 0),
			best: "2022-02-24T05:12:33 offset +03:00", codes: "gps-time-mismatch"},
		{name: "satellite clock alone",
			gps: gps("2022:02:24", 2, 12, 33), best: "2022-02-24T02:12:33 utc"},
		{name: "satellite clock with an undefined hour",
			gps: tags{tGPSDate: "2022:02:24", tGPSTime: []uint32{1, 0, 0, 0, 0, 0}}, best: "none", codes: "invalid-date"},
		{name: "dates of zeros and blanks",
			exif: tags{tOriginal: "0000:00:00 00:00:00", tDigitised: "    :  :     :  :  "},
			best: "none", codes: "null-date"},
		{name: "camera that was never set",
			exif: tags{tOriginal: "2000:01:01 00:00:21"}, best: "none", codes: "default-clock"},
		{name: "new year's eve of 2000 is a date",
			exif: tags{tOriginal: "2000:01:01 00:03:00"}, best: "2000-01-01T00:03:00 floating"},
		{name: "epoch of Unix seen from America",
			exif: tags{tOriginal: "1969:12:31 19:00:00"}, best: "none", codes: "default-clock"},
		{name: "digitised when nothing else is there",
			exif: tags{tDigitised: shot}, best: "2022-02-24T05:12:33 floating"},
		{name: "modification alone is no capture",
			ifd0: tags{tModify: shot}, best: "none"},
		{name: "modified before it was taken",
			ifd0: tags{tModify: "2015:01:01 00:00:00"}, exif: tags{tOriginal: shot},
			best: "2022-02-24T05:12:33 floating", codes: "modify-before-original"},
		{name: "modified the same second, fraction cut",
			ifd0: tags{tModify: shot}, exif: tags{tOriginal: shot, tSubSecOriginal: "99"},
			best: "2022-02-24T05:12:33.99 floating"},
		{name: "two zones for one clock",
			ifd0: tags{tModify: shot}, exif: tags{tOriginal: shot, tOffsetOriginal: "+03:00", tOffset: "+05:00"},
			best: "2022-02-24T05:12:33 offset +03:00", codes: "offset-disagree"},
		{name: "after the day of reading",
			exif: tags{tOriginal: "2071:01:01 00:00:00"}, best: "2071-01-01T00:00:00 floating", codes: "future-date"},
		{name: "the next day in Kiribati is no future",
			exif: tags{tOriginal: "2023:01:01 13:59:00"}, best: "2023-01-01T13:59:00 floating"},
		{name: "time of day that cannot be leaves the day",
			exif: tags{tOriginal: "2022:02:24 99:12:33"}, best: "2022-02-24 floating", codes: "invalid-date"},
		{name: "day that cannot be leaves nothing",
			exif: tags{tOriginal: "2022:02:30 05:12:33"}, best: "none", codes: "invalid-date"},
		{name: "offset that no clock has",
			exif: tags{tOriginal: shot, tOffsetOriginal: "+19:00"}, best: "2022-02-24T05:12:33 floating", codes: "invalid-zone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inEveryZone(t, func(t *testing.T) {
				m := readBytes(jpegWith(exifBlock(c.ifd0, c.exif, c.gps)), "a.jpg")
				if got := short(m.BestTime); got != c.best {
					t.Errorf("best time %s, want %s", got, c.best)
				}
				var got []string
				for code := range codes(m) {
					got = append(got, code)
				}
				if strings.Join(got, ";") != c.codes {
					t.Errorf("findings %v, want %q", m.Findings, c.codes)
				}
			})
		})
	}
}

// Bounds are the promise that the grouping stage relies on.
func TestBounds(t *testing.T) {
	c := claim{kind: Capture, trust: TrustDevice}
	inEveryZone(t, func(t *testing.T) {
		for text, want := range map[string][2]string{
			"2022:02:24 05:12:33.083+03:00": {"2022-02-24T02:12:33.083Z", "2022-02-24T02:12:33.084Z"},
			"2022:02:24 05:12:33Z":          {"2022-02-24T05:12:33Z", "2022-02-24T05:12:34Z"},
			"2022:02:24 05:12:33":           {"2022-02-23T15:12:33Z", "2022-02-24T17:12:34Z"},
			"Thu Feb 24 05:12:33 2022":      {"2022-02-23T15:12:33Z", "2022-02-24T17:12:34Z"},
			"2022:02:24 05:12":              {"2022-02-23T15:12:00Z", "2022-02-24T17:13:00Z"},
			"2022:02:24":                    {"2022-02-23T10:00:00Z", "2022-02-25T12:00:00Z"},
		} {
			r, state := parseDate(text)
			if state != dateRead {
				t.Errorf("%s is not read", text)
				continue
			}
			got := c.at(r)
			if !got.Earliest.Equal(utc(want[0])) || !got.Latest.Equal(utc(want[1])) {
				t.Errorf("%s: %s to %s, want %s to %s", text, got.Earliest, got.Latest, want[0], want[1])
			}
		}
	})
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"Thu Feb 24 05:12:33 2022\n\x00":          "2022-02-24T05:12:33",
		"THU FEB 24 05:12:33 2022":                "2022-02-24T05:12:33",
		"2022/02/24/ 05:12":                       "2022-02-24T05:12",
		"Thu, 24 Feb 2022 05:12:33 +0300":         "2022-02-24T05:12:33+03:00",
		"24 Feb 2022 05:12:33 GMT":                "2022-02-24T05:12:33Z",
		"24 Feb 2022 05:12:33 EST":                "2022-02-24T05:12:33",
		"2022-02-24T05:12:33.083+0545":            "2022-02-24T05:12:33.083+05:45",
		"2022-02-24T02:12:33.000000Z":             "2022-02-24T02:12:33Z",
		"20220224T051233":                         "2022-02-24T05:12:33",
		"2022:02:24   :  :  ":                     "2022-02-24",
		"2022-02-24":                              "2022-02-24",
		"":                                        "null",
		"0000:00:00 00:00:00":                     "null",
		"    :  :     :  :  ":                     "null",
		"2022:02:29 05:12:33":                     "invalid",
		"1066:10:14 09:00:00":                     "invalid",
		"9999:12:31 23:59:59":                     "invalid",
		"yesterday":                               "invalid",
		"2022:13:01 00:00:00":                     "invalid",
		"2022-02-24T05:12:33-16:00":               "2022-02-24T05:12:33 bad zone",
		"2022-02":                                 "partial",
		"2022":                                    "partial",
		"2022:02:00":                              "partial",
		"2022:00:00":                              "partial",
		"2022:02:24 05:12:33 and some more words": "2022-02-24 cut",
	} {
		r, state := parseDate(text)
		got := map[dateState]string{dateNull: "null", dateInvalid: "invalid", datePartial: "partial"}[state]
		if state == dateRead {
			got = r.wall.Format(r.layout())
			switch {
			case r.utc:
				got += "Z"
			case r.offset != nil:
				got += offsetText(*r.offset)
			}
			if r.cut {
				got += " cut"
			}
			if r.badZone {
				got += " bad zone"
			}
		}
		if got != want {
			t.Errorf("%q reads as %s, want %s", text, got, want)
		}
	}
}

func TestWithZone(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err) // the data is built in
	}
	for text, want := range map[string]struct{ earliest, latest, offset string }{
		"2022:02:24 05:12:33": {"2022-02-24T03:12:33Z", "2022-02-24T03:12:34Z", "+02:00"},
		"2022:07:01 05:12:33": {"2022-07-01T02:12:33Z", "2022-07-01T02:12:34Z", "+03:00"},
		"2022:10:30 03:30:00": {"2022-10-30T00:30:00Z", "2022-10-30T01:30:01Z", ""}, // shown twice
		"2022:03:27 03:30:00": {"2022-03-27T00:30:00Z", "2022-03-27T01:30:01Z", ""}, // skipped
		"2022:03:27":          {"2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z", ""}, // a day of 23 hours
		"2022:10:30":          {"2022-10-29T21:00:00Z", "2022-10-30T22:00:00Z", ""}, // and of 25
	} {
		r, _ := parseDate(text)
		before := claim{Capture, TrustDevice, "EXIF:DateTimeOriginal", text}.at(r)
		got := WithZone(before, kyiv)
		offset := ""
		if got.OffsetMinutes != nil {
			offset = offsetText(*got.OffsetMinutes)
		}
		if got.Zone != Derived || !got.Earliest.Equal(utc(want.earliest)) || !got.Latest.Equal(utc(want.latest)) || offset != want.offset {
			t.Errorf("%s: %s to %s, offset %q, want %v", text, got.Earliest, got.Latest, offset, want)
		}
		if got.Field != before.Field || got.Raw != before.Raw || got.Local != before.Local {
			t.Errorf("%s: the claim itself changed: %+v", text, got)
		}
	}
	stated := claim{Capture, TrustDevice, "", ""}.at(reading{wall: date(2022, 2, 24), precision: Second, utc: true})
	if got := WithZone(stated, kyiv); got.Zone != UTC || !got.Earliest.Equal(stated.Earliest) {
		t.Errorf("a time with a zone was changed: %+v", got)
	}
}

func TestBestPrefersClaimsOverBounds(t *testing.T) {
	at := func(kind TimeKind, field, text string) Time {
		r, _ := parseDate(text)
		return claim{kind, TrustPlatform, field, text}.at(r)
	}
	posted := at(Posted, "", "2022:02:24 10:00:00Z")
	earlier := at(Posted, "", "2022:02:24 09:00:00Z")
	camera := at(FileName, fieldCameraName, "2022:02:24 08:00:00")
	saved := at(FileName, fieldWhatsAppName, "2022:02:24")
	for _, c := range []struct {
		name string
		ts   []Time
		want int
	}{
		{"of two posts the earlier", []Time{posted, earlier}, 1},
		{"a camera's name before a post", []Time{posted, camera}, 1},
		{"a post before the name of a saved copy", []Time{posted, saved}, 0},
		{"never the file system", []Time{FileSystemTime(utc("2022-02-24T00:00:00Z"))}, -1},
		{"nothing from nothing", nil, -1},
	} {
		got := Best(c.ts)
		if c.want < 0 && got != nil || c.want >= 0 && (got == nil || got.Raw != c.ts[c.want].Raw) {
			t.Errorf("%s: got %s", c.name, short(got))
		}
	}
	if !posted.BoundsCapture() || posted.IsCapture() || !camera.IsCapture() || saved.IsCapture() {
		t.Error("a post bounds the capture and a camera's name claims it; a saved copy's name does not")
	}
}

func FuzzDateTime(f *testing.F) {
	for _, s := range []string{"2022:02:24 05:12:33.083+03:00", "Thu, 24 Feb 2022 05:12:33 GMT", "0000:00:00", "20220224T051233Z", "+14:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, state := parseDate(s)
		if state != dateRead {
			return
		}
		at := claim{kind: Capture, trust: TrustDevice}.at(r)
		if _, err := at.Earliest.MarshalJSON(); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if _, err := at.Latest.MarshalJSON(); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if !at.Earliest.Before(at.Latest) {
			t.Fatalf("%q: %s is not before %s", s, at.Earliest, at.Latest)
		}
		back, ok := at.reading()
		if !ok || !back.wall.Equal(r.wall) || back.precision != r.precision {
			t.Fatalf("%q: %q does not read back", s, at.Local)
		}
	})
}

// A time that a person states has no other zone than the one they state.
func TestStated(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text             string
		loc              *time.Location
		zone             Zone
		earliest, latest string
	}{
		{"2024-04-02", nil, Floating, "2024-04-01T10:00:00Z", "2024-04-03T12:00:00Z"},
		{"2024-04-02T14:05", nil, Floating, "2024-04-02T00:05:00Z", "2024-04-03T02:06:00Z"},
		{"2024-04-02T14:05", kyiv, Derived, "2024-04-02T11:05:00Z", "2024-04-02T11:06:00Z"},
		{"2024-04-02T14:05:09+02:00", kyiv, Offset, "2024-04-02T12:05:09Z", "2024-04-02T12:05:10Z"}, // what the text says goes before
		{"2024-04-02 14:05:09Z", nil, UTC, "2024-04-02T14:05:09Z", "2024-04-02T14:05:10Z"},
	} {
		got, err := Stated(c.text, c.loc)
		if err != nil || got.Kind != StatedByHand || got.Trust != TrustDerived || got.Zone != c.zone || got.Raw != c.text ||
			got.Earliest.Format(time.RFC3339) != c.earliest || got.Latest.Format(time.RFC3339) != c.latest {
			t.Errorf("%s: %+v, %v", c.text, got, err)
		}
	}
	for _, text := range []string{"", "noon", "2024", "2024-13-01", "2024-04-02T25:00", "2024-04-02T14:05:00+26:00"} {
		if got, err := Stated(text, nil); err == nil {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}
