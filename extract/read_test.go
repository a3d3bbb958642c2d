package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
)

func TestReadPhoto(t *testing.T) {
	m := readBytes(jpegWith(exifBlock(
		tags{0x010f: "Maker", tModel: "M1", tOrientation: uint16(6), tSoftware: "M1.0.3"},
		tags{tOriginal: "2022:02:24 05:12:33", 0xa431: "SN1", 0xa434: "Lens 4.2mm"}, nil)), "photo.png")
	if m.Kind != Image || m.MediaType != "image/jpeg" || *m.Width != 16 || *m.Height != 8 || *m.Orientation != 6 || m.Error != "" {
		t.Errorf("%+v", m)
	}
	if want := (Device{"Maker", "M1", "SN1", "Lens 4.2mm", "M1.0.3"}); m.Device != want {
		t.Errorf("device %+v, want %+v", m.Device, want)
	}
	if !m.ExtensionMismatch || !codes(m)["extension-mismatch"] {
		t.Error("a JPEG named .png is not noticed")
	}
}

func TestReadSaysWhyNothingCanBeSeen(t *testing.T) {
	photo := jpegWith(exifBlock(nil, tags{tOriginal: "2022:02:24 05:12:33"}, nil))
	for _, c := range []struct {
		name, file string
		data       []byte
		code, says string
	}{
		{"empty", "a.jpg", nil, "empty-file", "empty file"},
		{"a login page saved as a picture", "a.jpg", []byte("<!DOCTYPE html><html><head><title>Log in</title></head></html>"), "not-media", "an HTML page, not a picture"},
		{"zeros", "a.mp4", make([]byte, 4096), "not-media", "not a picture, video or sound"},
		{"download that stopped", "a.jpg", photo[:len(photo)-20], "truncated", "before any picture data"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readBytes(c.data, c.file)
			if !strings.Contains(string(m.Error), c.says) || strings.ContainsAny(string(m.Error), "\n\r") {
				t.Errorf("error %q, want %q", m.Error, c.says)
			}
			if !codes(m)[c.code] {
				t.Errorf("findings %v, want %s", m.Findings, c.code)
			}
		})
	}
	if m := readBytes(photo[:len(photo)-20], "a.jpg"); m.BestTime == nil {
		t.Error("what stands before the damage is lost")
	}
}

func TestReadKeepsTheUnknownNull(t *testing.T) {
	b, err := json.Marshal(readBytes(jpegWith(), "a.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"codecs":[]`, `"times":[]`, `"places":[]`, `"findings":[]`, `"best_time":null`, `"best_place":null`, `"error":null`, `"make":null`, `"orientation":null`} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("%s is missing in %s", want, b)
		}
	}
}

func TestTwoBlocksThatDiffer(t *testing.T) {
	first := exifBlock(nil, tags{tOriginal: "2022:02:24 05:12:33"}, nil)
	second := exifBlock(nil, tags{tOriginal: "2014:07:01 10:00:00"}, nil)
	m := readBytes(jpegWith(first, second), "a.jpg")
	if !codes(m)["exif-blocks-differ"] || len(m.Times) != 2 || m.BestTime.Local != "2022-02-24T05:12:33" {
		t.Errorf("times %+v, findings %v", m.Times, m.Findings)
	}
	if same := readBytes(jpegWith(first, first), "a.jpg"); len(same.Times) != 1 || codes(same)["exif-blocks-differ"] {
		t.Errorf("equal blocks: times %+v, findings %v", same.Times, same.Findings)
	}
}

func TestContainerTimes(t *testing.T) {
	movie := utc("2022-02-24T02:12:33Z")
	for _, c := range []struct {
		name   string
		stamps []container.Stamp
		best   string
		codes  string
	}{
		{"Apple's key before the movie header", []container.Stamp{
			{Field: "QuickTime:CreateDate", Unix: movie}, {Field: "Keys:CreationDate", Text: "2022-02-24T05:12:33+0300"}},
			"2022-02-24T05:12:33 offset +03:00", ""},
		{"header in local time", []container.Stamp{
			{Field: "QuickTime:CreateDate", Unix: utc("2022-02-24T05:12:40Z")}, {Field: "Keys:CreationDate", Text: "2022-02-24T05:12:33+0300"}},
			"2022-02-24T05:12:33 offset +03:00", "container-local-time"},
		{"never set", []container.Stamp{{Field: "QuickTime:CreateDate", Zero: true}, {Field: "QuickTime:TrackCreateDate", Zero: true}},
			"none", "null-date"},
		{"counted from 1970 by mistake", []container.Stamp{
			{Field: "QuickTime:CreateDate", Unix: utc("1956-02-25T02:12:33Z"), Raw: "1645668753"}},
			"2022-02-24T02:12:33 utc", "epoch-ambiguous"},
		{"start of Matroska's count", []container.Stamp{{Field: "Matroska:DateTimeOriginal", Unix: matroskaEpoch}}, "none", "default-clock"},
		{"second before day", []container.Stamp{
			{Field: "RIFF:DateCreated", Text: "2022-02-24"}, {Field: "RIFF:DateTimeOriginal", Text: "Thu Feb 24 05:12:33 2022"}},
			"2022-02-24T05:12:33 floating", ""},
		{"time of change is no capture", []container.Stamp{{Field: "PNG:ModifyDate", Unix: movie}}, "none", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rd := reader{media: emptyMedia()}
			rd.media.Times = containerTimes(c.stamps, &rd.findings)
			m := rd.finish(Options{})
			if got := short(m.BestTime); got != c.best {
				t.Errorf("best time %s, want %s", got, c.best)
			}
			if c.codes != "" && !codes(m)[c.codes] || c.codes == "" && len(m.Findings) > 0 {
				t.Errorf("findings %v, want %q", m.Findings, c.codes)
			}
		})
	}
}

type brokenDisk struct{}

var errDisk = errors.New("input/output error")

func (brokenDisk) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestReadReportsAFailingDisk(t *testing.T) {
	m := Read(brokenDisk{}, 4096, "a.jpg", Options{})
	if !strings.Contains(string(m.Error), errDisk.Error()) || !codes(m)["read-failed"] {
		t.Errorf("error %q, findings %v", m.Error, m.Findings)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(jpegWith(exifBlock(tags{tModify: "2022:02:24 05:12:33"}, tags{tOriginal: "2022:02:24 05:12:33", tOffsetOriginal: "+03:00"},
		tags{tLatRef: "N", tLat: []uint32{49, 1, 59, 1, 3660, 100}, tLonRef: "E", tLon: []uint32{36, 1, 13, 1, 4944, 100}})), "a.jpg")
	f.Add(jpegOf(xmpSegment(`photoshop:DateCreated="2022-02-24T05:12:33+03:00" xmp:CreatorTool="Adobe Photoshop" tiff:Make="A" exif:GPSLatitude="49,59.61N" exif:GPSLongitude="36,13.61E"`,
		`<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2022-03-01T10:05:00Z"/></rdf:Seq></xmpMM:History>`),
		iptcSegment(map[byte]string{40: "FBMD01", 55: "20220224", 60: "051233+0300", 90: "Testville"})), "IMG-20220224-WA0007.jpg")
	f.Add([]byte("<html>"), "a.png")
	f.Add([]byte("RIFF\x24\x00\x00\x00WEBPVP8 "), "a.webp")
	now := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		m := Read(bytes.NewReader(b), int64(len(b)), name, Options{Now: now})
		if codes(m)["reader-failed"] {
			t.Fatalf("a panic was caught: %v", m.Findings)
		}
		if _, err := json.Marshal(m); err != nil {
			t.Fatal(err)
		}
		if m.BestTime != nil && (m.BestTime.Trust == TrustNone || m.BestTime.IsInferred()) {
			t.Fatalf("best time is one that is known to mean nothing: %+v", m.BestTime)
		}
		if m.BestPlace != nil && (m.BestPlace.Latitude == nil || m.BestPlace.isNullIsland()) {
			t.Fatalf("best place is none: %+v", m.BestPlace)
		}
		if len(m.Times) > maxTimes+1 || len(m.Findings) > maxFindings+1 {
			t.Fatalf("%d times and %d findings of one file", len(m.Times), len(m.Findings))
		}
		for _, x := range m.Findings {
			if x.Code == "" || x.Message == "" || strings.ContainsAny(x.Message, "\n\r") || strings.HasSuffix(x.Message, ".") {
				t.Fatalf("a finding that is no plain sentence: %+v", x)
			}
		}
	})
}
