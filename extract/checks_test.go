package extract

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/c2pa"
)

// The findings that one file gives, each beside the nearest case that gives
// none.
func TestFindings(t *testing.T) {
	const shot = "2022:02:24 05:12:33"
	tMake, tSerial, tWidth, tHeight := uint16(0x10f), uint16(0xa431), uint16(0xa002), uint16(0xa003)
	position := func(seconds uint32, with tags) tags {
		out := tags{tLatRef: "N", tLat: []uint32{49, 1, 59, 1, seconds, 100}, tLonRef: "E", tLon: []uint32{36, 1, 13, 1, seconds, 100}}
		for k, v := range with {
			out[k] = v
		}
		return out
	}
	history := `<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:softwareAgent="Adobe Photoshop 23.1"/></rdf:Seq></xmpMM:History>`
	for _, c := range []struct {
		name     string
		file     string
		segments [][]byte
		codes    string
	}{
		{"firmware is no editor", "", [][]byte{exifSegment(tags{tSoftware: "Version1.0"}, nil, nil)}, ""},
		{"an editor in EXIF and in XMP is one finding", "", [][]byte{exifSegment(tags{tSoftware: "GIMP 2.10"}, nil, nil),
			xmpSegment(`xmp:CreatorTool="Adobe Photoshop 23.1"`, "")}, "editor-software"},
		{"an editor in the history", "", [][]byte{xmpSegment("", history)}, "edit-history;editor-software"},
		{"made from another document", "", [][]byte{xmpSegment(`xmpMM:DocumentID="a"`, `<xmpMM:DerivedFrom stRef:documentID="b"/>`)}, "derived-from"},
		{"a version of itself", "", [][]byte{xmpSegment(`xmpMM:DocumentID="a"`, `<xmpMM:DerivedFrom stRef:documentID="a"/>`)}, ""},
		{"a generator is claimed", "", [][]byte{xmpSegment(`Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"`, "")}, "source-type-claimed"},
		{"a camera is claimed", "", [][]byte{xmpSegment(`Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"`, "")}, ""},
		{"the mark of Facebook", "", [][]byte{iptcSegment(map[byte]string{40: "FBMD01000ac0030000"})}, "platform-facebook"},
		{"instructions of an agency", "", [][]byte{iptcSegment(map[byte]string{40: "No sales"})}, ""},

		{"maker of EXIF and of XMP", "", [][]byte{exifSegment(tags{tMake: "Canon"}, nil, nil), xmpSegment(`tiff:Make="NIKON"`, "")}, "device-disagree"},
		{"the same maker in other letters", "", [][]byte{exifSegment(tags{tMake: "Canon "}, nil, nil), xmpSegment(`tiff:Make="CANON"`, "")}, ""},
		{"serial numbers", "", [][]byte{exifSegment(nil, tags{tSerial: "062062059949"}, nil), xmpSegment(`aux:SerialNumber="1234"`, "")}, "serial-disagree"},
		{"the same number with zeros before it", "", [][]byte{exifSegment(nil, tags{tSerial: "0062059949"}, nil), xmpSegment(`aux:SerialNumber="62059949"`, "")}, ""},
		{"Apple's software in Samsung's phone", "", [][]byte{exifSegment(tags{tMake: "samsung", tModel: "SM-G930F", tSoftware: "15.5"}, nil, nil)}, "software-device"},
		{"Apple's software in Apple's phone", "", [][]byte{exifSegment(tags{tMake: "Apple", tModel: "iPhone 12", tSoftware: "15.5"}, nil, nil)}, ""},
		{"a version number in a camera", "", [][]byte{exifSegment(tags{tMake: "Canon", tModel: "Canon EOS R5", tSoftware: "15.5"}, nil, nil)}, ""},
		{"size of another picture", "", [][]byte{exifSegment(nil, tags{tWidth: uint16(4032), tHeight: uint16(3024)}, nil)}, "pixel-size-differs"},
		{"size of the picture, turned", "", [][]byte{exifSegment(nil, tags{tWidth: uint16(8), tHeight: uint16(16)}, nil)}, ""},

		{"whole minutes", "", [][]byte{exifSegment(nil, nil, position(0, nil))}, "coarse-position"},
		{"fractions of seconds", "", [][]byte{exifSegment(nil, nil, position(3660, nil))}, ""},
		{"a poor fix", "", [][]byte{exifSegment(nil, nil, position(3660, tags{0x0b: []uint32{25, 1}}))}, "poor-fix"},
		{"no valid fix", "", [][]byte{exifSegment(nil, nil, position(3660, tags{0x09: "V"}))}, "poor-fix"},
		{"the datum of Tokyo", "", [][]byte{exifSegment(nil, nil, position(3660, tags{0x12: "TOKYO"}))}, "other-datum"},
		{"the usual datum", "", [][]byte{exifSegment(nil, nil, position(3660, tags{0x12: "WGS-84"}))}, ""},
		{"another position in XMP", "", [][]byte{exifSegment(nil, nil, position(3660, nil)), xmpSegment(`exif:GPSLatitude="50,30.0N" exif:GPSLongitude="36,13.61E"`, "")}, "position-disagree"},
		{"the position once more", "", [][]byte{exifSegment(nil, nil, position(3660, nil)), xmpSegment(`exif:GPSLatitude="49,59.61N" exif:GPSLongitude="36,13.61E"`, "")}, ""},

		{"EXIF in a name of WhatsApp", "IMG-20220224-WA0007.jpg", [][]byte{exifSegment(nil, tags{tOriginal: shot}, nil)}, "exif-in-whatsapp"},
		{"nothing in a name of WhatsApp", "IMG-20220224-WA0007.jpg", nil, ""},
		{"posted before it was taken", "1382350606417817604_1.jpg", [][]byte{exifSegment(nil, tags{tOriginal: shot}, nil)}, "upload-before-capture"},
		{"posted after it was taken", "1800000000000000000_1.jpg", [][]byte{exifSegment(nil, tags{tOriginal: shot}, nil)}, ""},
		{"a camera's name of another day", "IMG_20220225_051233.jpg", [][]byte{exifSegment(nil, tags{tOriginal: shot}, nil)}, "name-time-differs"},
		{"a camera's name", "IMG_20220224_051235.jpg", [][]byte{exifSegment(nil, tags{tOriginal: shot}, nil)}, ""},
		{"a Pixel's name in UTC", "PXL_20220224_021233123.jpg", [][]byte{exifSegment(nil, tags{tOriginal: shot}, nil)}, ""},
		{"a Pixel's name in UTC against a stated zone", "PXL_20220224_051233123.jpg", [][]byte{exifSegment(nil, tags{tOriginal: shot, tOffsetOriginal: "+03:00"}, nil)}, "name-time-differs"},
		{"a name of Facebook's servers", "331234567_1234567890_n.jpg", nil, "platform-name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file == "" {
				c.file = "a.jpg"
			}
			m := readBytes(jpegOf(c.segments...), c.file)
			if only(m) != c.codes {
				t.Errorf("findings %v, want %q", m.Findings, c.codes)
			}
			if len(m.Places) > 1 && c.codes != "position-disagree" {
				t.Errorf("one position is listed %d times: %+v", len(m.Places), m.Places)
			}
		})
	}
}

// Positions written coarsely say how coarse they are; exact digits say nothing
// of the fix.
func TestAccuracyAsWritten(t *testing.T) {
	for _, c := range []struct {
		lat, lon []uint32
		want     string
	}{
		{[]uint32{49, 1, 0, 1, 0, 1}, []uint32{36, 1, 0, 1, 0, 1}, "111320"},
		{[]uint32{49, 1, 59, 1, 0, 1}, []uint32{36, 1, 13, 1, 0, 1}, "1855"},
		{[]uint32{49, 1, 59, 1, 36, 1}, []uint32{36, 1, 13, 1, 49, 1}, "31"},
		{[]uint32{49, 1, 59, 1, 0, 1}, []uint32{36, 1, 13, 1, 4944, 100}, "-"},
		{[]uint32{49, 1, 596, 10, 0, 1}, []uint32{36, 1, 137, 10, 0, 1}, "-"},
	} {
		m := readBytes(jpegOf(exifSegment(nil, nil, tags{tLatRef: "N", tLat: c.lat, tLonRef: "E", tLon: c.lon})), "a.jpg")
		if got := number(m.BestPlace.AccuracyM); got != c.want {
			t.Errorf("%v %v is exact to %s m, want %s", c.lat, c.lon, got, c.want)
		}
	}
}

// A name is a place, and never the best while a receiver's position is there.
func TestNamedPlaces(t *testing.T) {
	name := map[byte]string{90: "Testville", 101: "Testland"}
	m := readBytes(jpegOf(xmpSegment(`photoshop:City="Testville" photoshop:Country="Testland"`, ""), iptcSegment(name)), "a.jpg")
	if len(m.Places) != 1 || m.Places[0].Name != "Testville, Testland" || m.Places[0].Kind != PlaceCaption || m.Places[0].Latitude != nil || m.BestPlace != nil {
		t.Errorf("places %+v, best %+v", m.Places, m.BestPlace)
	}
	shown := Place{Kind: PlaceCaption, Latitude: new(float64), Longitude: new(float64), Field: "XMP:LocationShownGPSLatitude"}
	*shown.Latitude, *shown.Longitude = 1, 1
	receiver := Place{Kind: PlaceEXIF, Latitude: new(float64), Longitude: new(float64), Field: fieldGPS}
	*receiver.Latitude, *receiver.Longitude = 2, 2
	if got := BestPlace([]Place{shown, receiver}); got.Field != fieldGPS {
		t.Errorf("best place %s, want the receiver's", got.Field)
	}
}

// Only a time stamp that checks dates a signing, and no signing is a capture.
func TestManifests(t *testing.T) {
	stamp := func(v c2pa.Verdict) *c2pa.Store {
		return &c2pa.Store{Manifests: []c2pa.Manifest{{
			Timestamp: &c2pa.Timestamp{Time: utc("2024-08-06T21:53:37Z"), State: c2pa.State{Verdict: v}},
			Actions:   []c2pa.Action{{Action: "c2pa.created", When: "2024-08-06T20:00:00Z"}},
			Metadata:  []c2pa.Entry{{Name: "exif:DateTimeOriginal", Value: "2022-02-24T05:12:33+03:00"}},
		}}}
	}
	ts := c2paTimes(stamp(c2pa.Valid), &findings{})
	if find(ts, Signed) == nil || !find(ts, Signed).BoundsCapture() {
		t.Errorf("the signing is not listed as a bound: %+v", ts)
	}
	if best := Best(ts); best == nil || best.Field != "C2PA:exif:DateTimeOriginal" {
		t.Errorf("best %s, want what the manifest says of the capture", short(best))
	}
	for _, v := range []c2pa.Verdict{c2pa.Invalid, c2pa.NotChecked} {
		if ts := c2paTimes(stamp(v), &findings{}); find(ts, Signed) != nil {
			t.Errorf("a time stamp that is %s is taken for a signed time: %+v", v, ts)
		}
	}
	var f findings
	checkManifests(&c2pa.Store{
		Manifests: []c2pa.Manifest{{Actions: []c2pa.Action{{Action: "c2pa.created", DigitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"}}}},
		Problems:  []c2pa.Problem{{Code: "c2pa-binding-broken", Message: "x"}, {Code: "c2pa-certificate-expired", Message: "x"}},
	}, &f)
	var got []string
	for _, x := range f.list {
		got = append(got, string(x.Severity)+" "+x.Code)
		for _, word := range []string{"authentic", "fake", "genuine"} {
			if strings.Contains(x.Message, word) {
				t.Errorf("%s passes a verdict: %s", x.Code, x.Message)
			}
		}
	}
	want := []string{"warning c2pa-binding-broken", "info c2pa-certificate-expired", "info c2pa-claims", "info source-type-claimed", "info c2pa-actions"}
	if !slices.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
}

// One cause in many fields is one finding, and a kind of damage that repeats
// does not fill a report.
func TestFindingsStayFew(t *testing.T) {
	const wrong = "2071:01:01 00:00:00"
	m := readBytes(jpegOf(exifSegment(tags{tModify: wrong}, tags{tOriginal: wrong, tDigitised: wrong}, nil)), "a.jpg")
	if len(m.Findings) != 1 || m.Findings[0].Code != "future-date" || !strings.Contains(m.Findings[0].Message, "EXIF:ModifyDate") {
		t.Errorf("findings %v, want one that names all fields", m.Findings)
	}
	var f findings
	for _, field := range strings.Fields("a b c d e f g") {
		f.add("corrupt-structure", "warning", field, "damage in %s", field)
	}
	f.flush()
	if len(f.list) != maxAlike || !strings.HasSuffix(f.list[maxAlike-1].Message, "and 3 more of this kind") {
		t.Errorf("%d findings, the last %q", len(f.list), f.list[len(f.list)-1].Message)
	}
}

// The size of a picture is a hint where nothing else is left in the file.
func TestServedSizes(t *testing.T) {
	encoded := func(width int, segments ...[]byte) []byte {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, width, 16)), nil); err != nil {
			t.Fatal(err)
		}
		return insertSegments(b.Bytes(), segments...)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"1600 pixels and nothing else", encoded(1600), "platform-size"},
		{"1600 pixels from a camera", encoded(1600, exifSegment(tags{tModel: "M1"}, nil, nil)), ""},
		{"a size of Facebook that is not progressive", encoded(2048), ""},
		{"any size", encoded(1500), ""},
	} {
		if m := readBytes(c.data, "a.jpg"); only(m) != c.want {
			t.Errorf("%s: findings %v, want %q", c.name, m.Findings, c.want)
		}
	}
}
