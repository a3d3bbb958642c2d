package extract

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/makernote"
)

// The nearest cases that give no finding, or another one, than those of
// [TestFindings].
func TestNoFindingBesideTheNearest(t *testing.T) {
	const shot = "2022:02:24 05:12:33"
	tMake, tSerial, tWidth, tHeight, tLens := uint16(0x10f), uint16(0xa431), uint16(0xa002), uint16(0xa003), uint16(0xa434)
	seen := exifSegment(nil, tags{tOriginal: shot}, nil)
	for _, c := range []struct {
		name     string
		file     string
		segments [][]byte
		codes    string
	}{
		{"released in another year, by its IPTC", "", [][]byte{seen, iptcSegment(map[byte]string{30: "20150101", 35: "000000+0000"})}, ""},
		{"a copy that agrees does not end the comparison", "",
			[][]byte{seen, xmpSegment(`photoshop:DateCreated="2022-02-24T05:12:33+03:00"`, ""), iptcSegment(map[byte]string{55: "20210101", 60: "120000+0000"})}, "capture-times-differ"},
		{"two seconds apart are one moment", "", [][]byte{seen, xmpSegment(`photoshop:DateCreated="2022-02-24T05:12:35"`, "")}, ""},
		{"five seconds apart are two", "", [][]byte{seen, xmpSegment(`photoshop:DateCreated="2022-02-24T05:12:38"`, "")}, "capture-times-differ"},
		{"the maker stands in XMP alone", "", [][]byte{exifSegment(tags{tModel: "D6"}, nil, nil), xmpSegment(`tiff:Make="NIKON" tiff:Model="D6"`, "")}, ""},
		{"models of EXIF and of XMP", "", [][]byte{exifSegment(tags{tMake: "NIKON", tModel: "D6"}, nil, nil), xmpSegment(`tiff:Make="NIKON" tiff:Model="D5"`, "")}, "device-disagree"},
		{"the longer number in XMP", "", [][]byte{exifSegment(nil, tags{tSerial: "62059949"}, nil), xmpSegment(`aux:SerialNumber="NO= 0062059949"`, "")}, ""},
		{"a number of zeros is none", "", [][]byte{exifSegment(nil, tags{tSerial: "0000000"}, nil), xmpSegment(`aux:SerialNumber="62059949"`, "")}, ""},
		{"one side of the picture's size", "", [][]byte{exifSegment(nil, tags{tWidth: uint16(16), tHeight: uint16(9)}, nil)}, "pixel-size-differs"},
		{"a size of zero is none", "", [][]byte{exifSegment(nil, tags{tWidth: uint16(4032), tHeight: uint16(0)}, nil)}, ""},
		{"a lens that is not named", "", [][]byte{exifSegment(nil, tags{tLens: "----"}, nil)}, ""},
		{"Apple's software in Apple's tablet", "", [][]byte{exifSegment(tags{tMake: "Apple", tModel: "iPad Pro", tSoftware: "15.5"}, nil, nil)}, ""},
		{"a Pixel's name in UTC and a clock nine hours behind it", "PXL_20220224_051233123.jpg", [][]byte{exifSegment(nil, tags{tOriginal: "2022:02:23 20:12:33"}, nil)}, ""},
		{"a Pixel's name that no zone explains", "PXL_20220224_051233123.jpg", [][]byte{exifSegment(nil, tags{tOriginal: "2022:02:23 12:12:33"}, nil)}, "name-time-differs"},
		{"a saved copy's name of another day", "photo_2022-03-01_10-00-00.jpg", [][]byte{seen}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			inEveryZone(t, func(t *testing.T) {
				if c.file == "" {
					c.file = "a.jpg"
				}
				if m := readBytes(jpegOf(c.segments...), c.file); only(m) != c.codes {
					t.Errorf("findings %v, want %q", m.Findings, c.codes)
				}
			})
		})
	}
}

// What a finding says: which time stands first, and how often a document was
// worked on.
func TestWhatFindingsSay(t *testing.T) {
	step := func(at string) string {
		return `<rdf:li stEvt:action="saved" stEvt:when="` + at + `" stEvt:softwareAgent="Editor 3"/>`
	}
	history := func(steps ...string) []byte {
		return xmpSegment("", `<xmpMM:History><rdf:Seq>`+strings.Join(steps, "")+`</rdf:Seq></xmpMM:History>`)
	}
	for code, c := range map[string]struct {
		segments [][]byte
		says     string
	}{
		"modify-before-original": {[][]byte{exifSegment(tags{tModify: "2015:01:01 00:00:00"}, tags{tOriginal: "2022:02:24 05:12:33"}, nil)},
			"modified 2015-01-01T00:00:00, before the capture 2022-02-24T05:12:33"},
		"edit-history": {[][]byte{history(step("2022-03-01T10:00:00Z"), step("2022-03-02T11:00:00Z"))},
			"worked on in 2 steps with Editor 3, the last at 2022-03-02T11:00:00Z"},
	} {
		m := readBytes(jpegOf(c.segments...), "a.jpg")
		i := slices.IndexFunc(m.Findings, func(f Finding) bool { return f.Code == code })
		if i < 0 || !strings.HasSuffix(m.Findings[i].Message, c.says) {
			t.Errorf("%v, want %s to end in %q", m.Findings, code, c.says)
		}
	}
	once := readBytes(jpegOf(history(step("2022-03-01T10:00:00Z"))), "a.jpg")
	if !slices.ContainsFunc(once.Findings, func(f Finding) bool { return strings.Contains(f.Message, "worked on once with Editor 3") }) {
		t.Errorf("one step: %v", once.Findings)
	}
	var f findings
	for _, field := range []string{"a", "b", "c", "d", "e", "f", "f"} {
		f.also("one", "warning", field, "of %s", field)
		f.null(field)
	}
	f.also("two", "warning", "x", "of x")
	f.also("two", "warning", "y", "of y")
	f.flush()
	var got []string
	for _, x := range f.list {
		got = append(got, x.Message)
	}
	want := []string{"of a, and so with b, c, d, e and 1 more", "of x, and so with y", "date field present but empty or zero: a, b, c, d and 2 more"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// The header of a movie in local time is told by a stated zone only, behind
// whatever other stamps the file has.
func TestMovieHeadersInLocalTime(t *testing.T) {
	key := func(text string) container.Stamp { return container.Stamp{Field: "Keys:CreationDate", Text: text} }
	header := func(text string) container.Stamp {
		return container.Stamp{Field: "QuickTime:CreateDate", Unix: utc(text)}
	}
	track := container.Stamp{Field: "QuickTime:TrackCreateDate", Unix: utc("2022-02-24T02:00:00Z")}
	for _, c := range []struct {
		name   string
		stamps []container.Stamp
		want   bool
	}{
		{"in London both clocks are one", []container.Stamp{header("2022-02-24T05:12:40Z"), key("2022-02-24T05:12:33+0000")}, false},
		{"behind the time of a track", []container.Stamp{track, header("2022-02-24T05:12:40Z"), key("2022-02-24T05:12:33+0300")}, true},
		{"five minutes apart", []container.Stamp{header("2022-02-24T05:17:33Z"), key("2022-02-24T05:12:33+0300")}, true},
		{"more than five minutes apart", []container.Stamp{header("2022-02-24T05:17:34Z"), key("2022-02-24T05:12:33+0300")}, false},
		{"in UTC, as it should be", []container.Stamp{header("2022-02-24T02:12:40Z"), key("2022-02-24T05:12:33+0300")}, false},
	} {
		var f findings
		checkTimes(containerTimes(c.stamps, &f), time.Time{}, &f)
		if got := slices.ContainsFunc(f.list, func(x Finding) bool { return x.Code == "container-local-time" }); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, f.list, c.want)
		}
	}
	// a count before 1970 that is written nowhere is no second reading
	var f findings
	ts := containerTimes([]container.Stamp{{Field: "QuickTime:CreateDate", Unix: utc("1956-02-25T02:12:33Z"), Raw: "?"}}, &f)
	if len(ts) != 1 || ts[0].Trust != TrustNone || Best(ts) != nil {
		t.Errorf("%+v", ts)
	}
	half := containerTimes([]container.Stamp{{Field: "Matroska:DateTimeOriginal", Unix: utc("2022-02-24T02:12:33.25Z")}}, &f)
	if len(half) != 1 || half[0].Local != "2022-02-24T02:12:33.25" || half[0].Latest.Sub(half[0].Earliest) != 10*time.Millisecond {
		t.Errorf("%+v", half)
	}
}

// A position that states no altitude and no direction has none: neither the
// sea's level nor north.
func TestPositionsSayNoMoreThanTheFile(t *testing.T) {
	north, east := []uint32{49, 1, 59, 1, 3660, 100}, []uint32{36, 1, 13, 1, 4944, 100}
	const bare = `exif:GPSLatitude="49,59.61S" exif:GPSLongitude="36,13.824W"`
	for _, c := range []struct {
		attributes string
		altitude   string
		direction  string
	}{
		{bare, "-", "-"},
		{bare + ` exif:GPSAltitude="1142/10" exif:GPSAltitudeRef="0" exif:GPSImgDirection="90/1"`, "114.2", "90"},
		{bare + ` exif:GPSAltitude="430/1" exif:GPSAltitudeRef="1" exif:GPSImgDirection="360/1"`, "-430", "0"},
		{bare + ` exif:GPSAltitude="400000/1" exif:GPSImgDirection="361/1"`, "-", "-"},
	} {
		p := readBytes(jpegOf(xmpSegment(c.attributes, "")), "a.jpg").BestPlace
		if p == nil || number(p.Latitude) != "-49.9935" || number(p.Longitude) != "-36.2304" || number(p.AltitudeM) != c.altitude || number(p.DirectionDegrees) != c.direction {
			t.Errorf("%s: %+v, want altitude %s, direction %s", c.attributes, p, c.altitude, c.direction)
		}
	}
	for _, wrong := range []string{`exif:GPSLatitude="91,0.0N" exif:GPSLongitude="36,13.8E"`, `exif:GPSLatitude="49,59.61N" exif:GPSLongitude="181,0.0E"`} {
		if m := readBytes(jpegOf(xmpSegment(wrong, "")), "a.jpg"); len(m.Places) != 0 || only(m) != "invalid-position" {
			t.Errorf("%s: %+v %v", wrong, m.Places, m.Findings)
		}
	}
	m := readBytes(jpegOf(exifSegment(nil, nil, tags{tLatRef: "N", tLat: north, tLonRef: "E", tLon: east, tDirection: []uint32{360, 1}})), "a.jpg")
	if p := m.BestPlace; number(p.DirectionDegrees) != "0" || p.Raw != "49/1 59/1 3660/100 N 36/1 13/1 4944/100 E" {
		t.Errorf("%+v", p)
	}
	for _, impossible := range []uint32{361, 720} {
		m := readBytes(jpegOf(exifSegment(nil, nil, tags{tLatRef: "N", tLat: north, tLonRef: "E", tLon: east, tDirection: []uint32{impossible, 1}})), "a.jpg")
		if m.BestPlace.DirectionDegrees != nil || only(m) != "impossible-direction" {
			t.Errorf("direction %d: %+v %v", impossible, m.BestPlace, m.Findings)
		}
	}
	written := readBytes(jpegOf(exifSegment(nil, nil, tags{tLatRef: "N", tLat: "49,59,36.6", tLonRef: "E", tLon: east})), "a.jpg")
	if written.BestPlace.Raw != "49,59,36.6 N 36/1 13/1 4944/100 E" {
		t.Errorf("raw %q", written.BestPlace.Raw)
	}
}

// What a receiver says of its fix, at the limits of what is called poor.
func TestFixes(t *testing.T) {
	const tDOP, tDatum = 0x0b, 0x12
	for _, c := range []struct {
		with  tags
		codes string
	}{
		{tags{tDOP: []uint32{10, 1}}, "poor-fix"}, {tags{tDOP: []uint32{99, 10}}, ""}, {tags{tDOP: []uint32{1, 0}}, ""},
		{tags{tDatum: "WGS 1984"}, ""}, {tags{tDatum: "wgs_84"}, ""}, {tags{tDatum: "ED50"}, "other-datum"},
		{tags{tLat: []uint32{49, 1, 59, 1, 36, 1}, tLon: []uint32{36, 1, 13, 1, 49, 1}}, ""}, // whole seconds are no coarse position
	} {
		gps := tags{tLatRef: "N", tLat: []uint32{49, 1, 59, 1, 3660, 100}, tLonRef: "E", tLon: []uint32{36, 1, 13, 1, 4944, 100}}
		for k, v := range c.with {
			gps[k] = v
		}
		if m := readBytes(jpegOf(exifSegment(nil, nil, gps)), "a.jpg"); only(m) != c.codes {
			t.Errorf("%v: findings %v, want %q", c.with, m.Findings, c.codes)
		}
	}
}

// One position in two blocks of one kind is one claim; a receiver's and a
// container's are two. Containers state what cannot be, too.
func TestPlacesOfSeveralParts(t *testing.T) {
	lat, lon := 49.9935, 36.2304
	exif := Place{Kind: PlaceEXIF, Latitude: &lat, Longitude: &lon, Field: fieldGPS}
	var f findings
	film := containerPlaces([]container.Position{{Latitude: lat, Longitude: lon, Field: "QuickTime:GPSCoordinates"}, {Latitude: 95, Longitude: lon, Field: "x", Raw: "+95"},
		{Latitude: -90, Longitude: 180, Field: "y"}}, &f)
	if len(film) != 2 || *film[0].Latitude != lat || *film[1].Latitude != -90 || len(f.list) != 1 || f.list[0].Code != "invalid-position" {
		t.Errorf("%+v %v", film, f.list)
	}
	if got := foldPlaces([]Place{exif, exif, film[0]}, &f); len(got) != 2 {
		t.Errorf("%+v, want the receiver's and the container's", got)
	}
	caption := Place{Kind: PlaceCaption, Latitude: &lat, Longitude: &lon, Field: "XMP:LocationCreatedGPSLatitude"}
	first, second := exif, exif
	second.Field = "second"
	if got := BestPlace([]Place{caption, first, second}); got.Field != fieldGPS {
		t.Errorf("best is %s, want the first of the receiver's", got.Field)
	}
	if got := BestPlace([]Place{first, caption}); got.Field != fieldGPS {
		t.Errorf("best is %s, want the receiver's", got.Field)
	}
}

// A place that a person names gives no zone, and the inferred time says on
// what it rests. Where people live by two clocks no offset is stated.
func TestWhatAnInferredZoneRestsOn(t *testing.T) {
	seen := exifSegment(nil, tags{tOriginal: "2022:02:24 05:12:33"}, nil)
	m := readBytes(jpegOf(seen, xmpSegment("",
		`<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><exif:GPSLatitude>49,59.61N</exif:GPSLatitude><exif:GPSLongitude>36,13.82E</exif:GPSLongitude></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>`)), "a.jpg")
	if m.BestPlace == nil || m.BestPlace.Kind != PlaceCaption {
		t.Fatalf("the place in the caption is not read: %+v", m.Places)
	}
	if slices.ContainsFunc(m.Times, Time.IsInferred) {
		t.Errorf("a zone was inferred from a caption: %+v", m.Times)
	}
	for zone, gps := range map[string]tags{
		"Europe/Kiev": {tLatRef: "N", tLat: []uint32{49, 1, 59, 1, 3660, 100}, tLonRef: "E", tLon: []uint32{36, 1, 13, 1, 4944, 100}},
		"Asia/Urumqi": {tLatRef: "N", tLat: []uint32{43, 1, 17, 1, 2440, 100}, tLonRef: "E", tLon: []uint32{84, 1, 13, 1, 3760, 100}},
	} {
		m := readBytes(jpegOf(exifSegment(nil, tags{tOriginal: "2022:02:24 05:12:33"}, gps)), "a.jpg")
		i := slices.IndexFunc(m.Times, Time.IsInferred)
		if i < 0 || !strings.HasPrefix(m.Times[i].Raw, "2022:02:24 05:12:33, if the clock showed the civil time of ") || (m.Times[i].OffsetMinutes == nil) != (zone == "Asia/Urumqi") {
			t.Errorf("%s: %+v", zone, m.Times)
		}
	}
}

// The menu's zone at the ends of the earth, and beyond them.
func TestMakerNoteZonesAtTheEnds(t *testing.T) {
	for _, c := range []struct {
		offset int
		taken  bool
	}{{-720, true}, {840, true}, {-721, false}, {841, false}} {
		r, _ := parseDate("2022:02:24 05:12:33")
		ts := []Time{claim{Capture, TrustDevice, "EXIF:DateTimeOriginal", ""}.at(r)}
		applyNoteZone(ts, &makernote.Note{OffsetMinutes: &c.offset}, &findings{})
		if got := ts[0].OffsetMinutes != nil; got != c.taken || got && *ts[0].OffsetMinutes != c.offset {
			t.Errorf("%d minutes: %+v", c.offset, ts[0])
		}
	}
}

// The device comes from XMP where EXIF is silent, and what stands for nothing
// is none. An orientation that EXIF does not define is none either.
func TestDeviceAndOrientation(t *testing.T) {
	m := readBytes(jpegOf(exifSegment(tags{0x10f: "N/A", tOrientation: uint16(0)}, tags{0xa434: "----"}, nil),
		xmpSegment(`tiff:Make="NIKON" tiff:Model="D6" aux:SerialNumber="7" aux:Lens="50mm" xmp:CreatorTool="D6 Ver.1"`, "")), "a.jpg")
	if want := (Device{"NIKON", "D6", "7", "50mm", "D6 Ver.1"}); m.Device != want {
		t.Errorf("%+v, want %+v", m.Device, want)
	}
	if m.Orientation != nil {
		t.Errorf("orientation 0 is taken for %d", *m.Orientation)
	}
	for o := uint16(1); o <= 8; o++ {
		if m := readBytes(jpegOf(exifSegment(tags{tOrientation: o}, nil, nil)), "a.jpg"); m.Orientation == nil || *m.Orientation != int(o) {
			t.Errorf("orientation %d is lost", o)
		}
	}
	if m := readBytes(jpegOf(exifSegment(tags{tOrientation: uint16(9)}, nil, nil)), "a.jpg"); m.Orientation != nil {
		t.Errorf("orientation 9 is taken for %d", *m.Orientation)
	}
	rd := reader{media: emptyMedia()}
	rd.describe(container.Info{Make: "A", Model: "B", Software: "C", FrameRate: 0}, "a.mp4")
	rd.readDevice(&parts{})
	if want := (Device{Make: "A", Model: "B", Software: "C"}); rd.media.Device != want || rd.media.FrameRate != nil {
		t.Errorf("the container's own: %+v, rate %v", rd.media.Device, rd.media.FrameRate)
	}
}

// The composites that ExifTool makes, where the parts are odd.
func TestCompositesOfOddParts(t *testing.T) {
	all := func(segments ...[]byte) Fields {
		b := jpegOf(segments...)
		m := Read(bytes.NewReader(b), int64(len(b)), "a.jpg", Options{All: true})
		if codes(m)["reader-failed"] {
			t.Fatalf("%v", m.Findings)
		}
		return m.Fields
	}
	day := all(exifSegment(nil, tags{tOriginal: "2022:02:24", tSubSecOriginal: "083", tOffsetOriginal: "+03:00"}, nil))
	if got := day.value("Composite:SubSecDateTimeOriginal"); got != "2022:02:24+03:00" {
		t.Errorf("a day with a fraction of a second: %q", got)
	}
	for ref, want := range map[byte]string{0: "430", 1: "-430", 2: "430", 3: "-430"} {
		gps := tags{tLatRef: "S", tLat: []uint32{49, 1, 30, 1, 0, 1}, tLonRef: "E", tLon: []uint32{0, 1, 0, 1, 0, 1}, tAlt: []uint32{430, 1}, tAltRef: ref}
		f := all(exifSegment(nil, nil, gps))
		if got := f.value("Composite:GPSAltitude"); got != want {
			t.Errorf("reference %d: altitude %q, want %s", ref, got, want)
		}
		if got := f.value("Composite:GPSPosition"); got != "-49.5 0" {
			t.Errorf("position %q", got)
		}
	}
	if f := all(exifSegment(nil, nil, tags{tLat: []uint32{49, 1, 30, 1, 0, 1}, tAlt: []uint32{430, 1}})); f.value("Composite:GPSLatitude")+f.value("Composite:GPSAltitude") != "" {
		t.Error("a coordinate without its hemisphere was made one of the north")
	}
	for _, tag := range composites(Fields{{Field: "EXIF:ImageWidth", Value: "16"}}, container.Info{}) {
		t.Errorf("of a width alone: %+v", tag)
	}
}
