package extract

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/source"
)

// A stated zone that is whole hours off the satellite's clock is told, and
// stays; where one clock was never set, the other takes the zone.
func TestSatelliteClockAgainstOtherClocks(t *testing.T) {
	satellite := tags{tGPSDate: "2022:02:24", tGPSTime: []uint32{3, 1, 12, 1, 33, 1}}
	m := readBytes(jpegOf(exifSegment(nil, tags{tOriginal: "2022:02:24 05:12:33", tOffsetOriginal: "+03:00"}, satellite)), "a.jpg")
	if only(m) != "gps-time-mismatch" || short(m.BestTime) != "2022-02-24T05:12:33 offset +03:00" {
		t.Errorf("%s, %v", short(m.BestTime), m.Findings)
	}
	m = readBytes(jpegOf(exifSegment(nil, tags{tOriginal: "1980:01:01 00:00:00", tDigitised: "2022:02:24 05:12:33"}, satellite)), "a.jpg")
	if got := short(find(m.Times, Digitised)); got != "2022-02-24T05:12:33 derived +02:00" {
		t.Errorf("beside a clock that was never set: %s", got)
	}
	for text, want := range map[string]string{"2022-02-24T05:12:33+03:00": "2022-02-24T02:12:33Z", "2022-02-24T02:12:33": "2022-02-24T02:12:33Z", "2022-02-24": ""} {
		m := readBytes(jpegOf(xmpSegment(`exif:GPSTimeStamp="`+text+`"`, "")), "a.jpg")
		got := ""
		if gps := find(m.Times, GPS); gps != nil {
			got = gps.Earliest.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("satellite time %s in XMP: %q, want %q", text, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		49 * time.Hour: "2 days", 3 * time.Hour: "3 hours", time.Hour: "1h0m0s", 90 * time.Minute: "1h30m0s", 2*time.Hour + time.Second: "2h0m1s", 47 * time.Hour: "47 hours",
	} {
		if got := spanText(d); got != want {
			t.Errorf("%v is written as %q, want %q", d, got, want)
		}
	}
}

// Where nobody lives by UTC a clock that says so disagrees with the place; where
// no zone is known, nothing is said.
func TestZonesAndPlaces(t *testing.T) {
	at := func(ref string, degrees uint32, lonRef string, lon uint32) tags {
		return tags{tLatRef: ref, tLat: []uint32{degrees, 1, 30, 1, 1234, 100}, tLonRef: lonRef, tLon: []uint32{lon, 1, 30, 1, 1234, 100}}
	}
	for name, c := range map[string]struct {
		gps    tags
		offset string
		codes  string
	}{
		"UTC in Kharkiv":       {at("N", 49, "E", 36), "+00:00", "zone-disagrees-with-place"},
		"UTC in London":        {at("N", 51, "W", 0), "+00:00", ""},
		"Antarctica":           {at("S", 89, "E", 120), "-05:00", ""},
		"Beijing's in Xinjang": {at("N", 43, "E", 84), "+08:00", ""},
		"UTC in Xinjang":       {at("N", 43, "E", 84), "+00:00", "zone-disagrees-with-place"},
	} {
		m := readBytes(jpegOf(exifSegment(nil, tags{tOriginal: "2022:02:24 05:12:33", tOffsetOriginal: c.offset}, c.gps)), "a.jpg")
		if only(m) != c.codes {
			t.Errorf("%s: findings %v, want %q", name, m.Findings, c.codes)
		}
	}
}

// Half a position is told, whichever half it is, and none is made up of it.
func TestHalfAPosition(t *testing.T) {
	for name, gps := range map[string]tags{
		"longitude alone": {tLonRef: "E", tLon: []uint32{36, 1, 13, 1, 0, 1}}, "latitude alone": {tLatRef: "S", tLat: []uint32{49, 1, 59, 1, 0, 1}},
		"a hemisphere alone": {tLatRef: "S", tLonRef: "E", tLon: []uint32{36, 1, 13, 1, 0, 1}},
	} {
		b := jpegOf(exifSegment(nil, nil, gps))
		m := Read(bytes.NewReader(b), int64(len(b)), "a.jpg", Options{All: true})
		if m.BestPlace != nil || only(m) != "invalid-position" || name == "a hemisphere alone" && m.Fields.value("Composite:GPSLatitude") != "" {
			t.Errorf("%s: %+v, findings %v", name, m.Places, m.Findings)
		}
	}
	const tError = tAccuracy
	for _, c := range []struct {
		error []uint32
		want  string
	}{{[]uint32{9, 2}, "4.5"}, {[]uint32{0, 1}, "-"}, {[]uint32{20_000_000, 1}, "-"}, {[]uint32{1, 0}, "-"}} {
		gps := tags{tLatRef: "N", tLat: []uint32{49, 1, 59, 1, 3660, 100}, tLonRef: "E", tLon: []uint32{36, 1, 13, 1, 4944, 100}, tError: c.error}
		if m := readBytes(jpegOf(exifSegment(nil, nil, gps)), "a.jpg"); number(m.BestPlace.AccuracyM) != c.want {
			t.Errorf("an error of %v: %s m, want %s", c.error, number(m.BestPlace.AccuracyM), c.want)
		}
	}
	m := readBytes(jpegOf(xmpSegment(`photoshop:City="Testville" photoshop:State="Testville" photoshop:Country="Testland"`, "")), "a.jpg")
	if len(m.Places) != 1 || m.Places[0].Name != "Testville, Testland" {
		t.Errorf("%+v", m.Places)
	}
	x, y := 1.0, 2.0
	first, second := Place{Kind: PlaceCaption, Latitude: &x, Longitude: &x, Field: "first"}, Place{Kind: PlaceCaption, Latitude: &y, Longitude: &y, Field: "second"}
	if got := BestPlace([]Place{first, second}); got.Field != "first" {
		t.Errorf("of two captions the best is the %s", got.Field)
	}
}

// The header of a film, of any container, goes before the document that an
// editor made of it; what one film says twice is one time.
func TestFilmHeadersOfEveryContainer(t *testing.T) {
	document := claim{Digitised, TrustDevice, "XMP:CreateDate", ""}.instant(utc("2022-03-01T00:00:00Z"), Second, 0)
	for _, field := range []string{"QuickTime:CreateDate", "Matroska:DateTimeOriginal", "RIFF:DateTimeOriginal"} {
		stamp := container.Stamp{Field: field, Unix: utc("2022-02-24T02:12:33Z")}
		ts := containerTimes([]container.Stamp{stamp, stamp, {Field: "QuickTime:TrackCreateDate", Unix: stamp.Unix}}, &findings{})
		if len(ts) != 1 {
			t.Errorf("%s: %d times of one moment", field, len(ts))
		}
		if best := Best(append([]Time{document}, ts...)); best == nil || best.Field != field {
			t.Errorf("%s: best is %s", field, short(best))
		}
	}
}

// How grave a finding is: what is merely unusual is no warning, what leaves
// nothing to see is an error, and a document among media is neither.
func TestSeverities(t *testing.T) {
	severity := func(m Media, code string) Severity {
		i := slices.IndexFunc(m.Findings, func(f Finding) bool { return f.Code == code })
		if i < 0 {
			return ""
		}
		return m.Findings[i].Severity
	}
	photo := jpegWith()
	unusual := readBytes(jpegOf(xmpSegment("", ""), exifSegment(tags{tModel: "M1"}, nil, nil)), "a.jpg")
	behind := readBytes(append(bytes.Clone(photo), "PK\x03\x04 and more"...), "a.jpg")
	if got := severity(unusual, "unusual-structure"); got != source.Info {
		t.Errorf("XMP before EXIF: %q, %v", got, unusual.Findings)
	}
	if got := severity(behind, "trailing-data"); got != source.Warning {
		t.Errorf("a file behind the picture: %q, %v", got, behind.Findings)
	}
	for _, c := range []struct {
		name     string
		data     []byte
		severity Severity
		isError  bool
		mismatch bool
	}{
		{"notes.txt", []byte("some words\nand more of them\n"), source.Info, false, false},
		{"notes.jpg", []byte("some words\nand more of them\n"), source.Error, true, true},
		{"noise.bin", bytes.Repeat([]byte{0, 7, 0xfe}, 500), source.Error, true, false},
		{"noise.jpg", bytes.Repeat([]byte{0, 7, 0xfe}, 500), source.Error, true, false},
	} {
		m := readBytes(c.data, c.name)
		if got := severity(m, "not-media"); got != c.severity || (m.Error != "") != c.isError || m.ExtensionMismatch != c.mismatch {
			t.Errorf("%s: %q, error %q, mismatch %v, want %q, %v, %v", c.name, got, m.Error, m.ExtensionMismatch, c.severity, c.isError, c.mismatch)
		}
	}
	var f findings
	f.add("twice", source.Info, "field", "once")
	f.add("twice", source.Info, "field", "and again")
	f.add("twice", source.Info, "other", "elsewhere")
	if len(f.list) != 2 {
		t.Errorf("%v", f.list)
	}
}

// What a service hands out is told by size and coding together, and only where
// nothing else is left in the file.
func TestServedSizesByCoding(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 2048, 16)), nil); err != nil {
		t.Fatal(err)
	}
	progressive := bytes.Replace(b.Bytes(), []byte{0xff, 0xc0, 0, 17}, []byte{0xff, 0xc2, 0, 17}, 1)
	if m := readBytes(progressive, "a.jpg"); !codes(m)["platform-size"] {
		t.Errorf("progressive with 2048 pixels: %v", m.Findings)
	}
	b.Reset()
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 1600, 16)), nil); err != nil {
		t.Fatal(err)
	}
	if m := readBytes(insertSegments(b.Bytes(), xmpSegment(`tiff:Make="A"`, "")), "a.jpg"); codes(m)["platform-size"] {
		t.Errorf("1600 pixels with XMP: %v", m.Findings)
	}
}

// Hours with AM and PM, and hours that are none; ids that are older than the
// service that would have given them out.
func TestNamesAtTheirEdges(t *testing.T) {
	for name, want := range map[string]string{
		"WhatsApp Image 2022-02-24 at 12.12.33 AM.jpeg": "2022-02-24T00:12:33", "WhatsApp Image 2022-02-24 at 12.12.33 PM.jpeg": "2022-02-24T12:12:33",
		"WhatsApp Image 2022-02-24 at 1.12.33 PM.jpeg": "2022-02-24T13:12:33", "WhatsApp Image 2022-02-24 at 11.12.33 PM.jpeg": "2022-02-24T23:12:33",
		"WhatsApp Image 2022-02-24 at 13.12.33 AM.jpeg": "2022-02-24T13:12:33", "WhatsApp Image 2022-02-24 at 0.12.33 PM.jpeg": "2022-02-24T00:12:33",
		"tiktok_7068093474203190631.mp4": "2022-02-24T02:12:33", "tiktok_1000000000000000001.mp4": "", "IMG_19940224_051233.jpg": "", "IMG_20360224_051233.jpg": "",
	} {
		got := ""
		if ts := FileNameTimes(name); len(ts) == 1 {
			got = string(ts[0].Local)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// The eight ways in which a container turns and mirrors, as EXIF numbers them:
// 5 is mirrored and turned by 270 degrees, 7 mirrored and turned by 90.
func TestContainerOrientations(t *testing.T) {
	for want, c := range map[int]container.Info{
		0: {}, 2: {Mirrored: true}, 3: {Rotation: 180}, 4: {Mirrored: true, Rotation: 180},
		5: {Mirrored: true, Rotation: 270}, 6: {Rotation: 90}, 7: {Mirrored: true, Rotation: 90}, 8: {Rotation: 270, Orientation: 9}, 1: {Rotation: 90, Orientation: 1},
	} {
		if got := containerOrientation(c); got != want {
			t.Errorf("turned by %d, mirrored %v, stated %d: orientation %d, want %d", c.Rotation, c.Mirrored, c.Orientation, got, want)
		}
	}
}

// Dates on which a file was sent or its metadata were written are no capture,
// in whatever block they stand.
func TestDatesThatAreNoCapture(t *testing.T) {
	envelope := []byte("\xedPhotoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x1d" +
		"\x1c\x01\x46\x00\x0820220224" + "\x1c\x01\x50\x00\x0b051233+0300" + "\x00")
	for name, segment := range map[string][]byte{
		"sent, by IPTC's envelope": envelope, "metadata, by XMP": xmpSegment(`xmp:MetadataDate="2022-02-24T05:12:33+03:00"`, ""),
		"changed, by XMP": xmpSegment(`xmp:ModifyDate="2022-02-24T05:12:33+03:00"`, ""),
	} {
		m := readBytes(jpegOf(segment), "a.jpg")
		if len(m.Times) != 1 || m.Times[0].Kind != Modified || short(&m.Times[0]) != "2022-02-24T05:12:33 offset +03:00" || m.BestTime != nil {
			t.Errorf("%s: %+v, best %s", name, m.Times, short(m.BestTime))
		}
	}
}

// Each clock of EXIF has a zone of its own, and no other's.
func TestEachClockHasItsOwnZone(t *testing.T) {
	const tOffsetDigitized = 0x9012
	zones := tags{tDigitised: "2022:02:24 05:12:33", tOffsetOriginal: "+03:00"}
	if m := readBytes(jpegOf(exifSegment(nil, zones, nil)), "a.jpg"); short(m.BestTime) != "2022-02-24T05:12:33 floating" {
		t.Errorf("the digitised time in the zone of the original: %s", short(m.BestTime))
	}
	zones[tOffsetDigitized] = "+05:00"
	if m := readBytes(jpegOf(exifSegment(nil, zones, nil)), "a.jpg"); short(m.BestTime) != "2022-02-24T05:12:33 offset +05:00" {
		t.Errorf("the digitised time in its own zone: %s", short(m.BestTime))
	}
}

// Ten metres are rounding and one place; half a kilometre makes two, which are
// listed and no contradiction yet; two kilometres are one.
func TestPlacesThatLieApart(t *testing.T) {
	at := func(lat float64) Place {
		lon := 36.0
		return Place{Kind: PlaceEXIF, Latitude: &lat, Longitude: &lon, Field: "at"}
	}
	for apart, want := range map[float64]struct {
		listed int
		code   string
	}{0.00009: {1, ""}, 0.0002: {2, ""}, 0.005: {2, ""}, 0.02: {2, "position-disagree"}} {
		var f findings
		got := foldPlaces([]Place{at(50), at(50 + apart)}, &f)
		if len(got) != want.listed || (len(f.list) > 0) != (want.code != "") {
			t.Errorf("%v degrees apart: %d places, %v", apart, len(got), f.list)
		}
	}
}
