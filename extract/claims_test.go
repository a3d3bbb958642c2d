package extract

import (
	"testing"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/makernote"
)

// What several blocks of one file say of one moment: which is taken, and how
// many different claims are listed.
func TestWhichTimeWins(t *testing.T) {
	const shot = "2022:02:24 05:12:33"
	original := exifSegment(nil, tags{tOriginal: shot}, nil)
	history := func(events string) string {
		return `<xmpMM:History><rdf:Seq>` + events + `</rdf:Seq></xmpMM:History>`
	}
	for _, c := range []struct {
		name     string
		segments [][]byte
		best     string
		listed   int
		codes    string
	}{
		{"the camera's clock before a copy with a zone",
			[][]byte{original, xmpSegment(`photoshop:DateCreated="2022-02-24T05:12:33+03:00"`, "")}, "2022-02-24T05:12:33 floating", 2, ""},
		{"one claim in three blocks is one",
			[][]byte{exifSegment(nil, tags{tOriginal: shot, tOffsetOriginal: "+03:00"}, nil),
				xmpSegment(`photoshop:DateCreated="2022-02-24T05:12:33+03:00" exif:DateTimeOriginal="2022-02-24T05:12:33"`, ""),
				iptcSegment(map[byte]string{55: "20220224", 60: "051233+0300"})}, "2022-02-24T05:12:33 offset +03:00", 1, ""},
		{"a copy that says otherwise stays",
			[][]byte{original, iptcSegment(map[byte]string{55: "20210101", 60: "120000+0000"})}, "2022-02-24T05:12:33 floating", 2, "capture-times-differ"},
		{"date created before the agency's, and that before the making of the document",
			[][]byte{xmpSegment(`xmp:CreateDate="2022-02-25T09:00:00+01:00" photoshop:DateCreated="2022-02-24T05:12:33+03:00"`, ""),
				iptcSegment(map[byte]string{55: "20220224", 60: "051234+0300"})}, "2022-02-24T05:12:33 offset +03:00", 3, ""},
		{"a time of day before a mere day",
			[][]byte{xmpSegment(`photoshop:DateCreated="2022-02-24"`, ""), iptcSegment(map[byte]string{55: "20220224", 60: "051233+0300"})},
			"2022-02-24T05:12:33 offset +03:00", 2, ""},
		{"the making of the document when nothing else is there",
			[][]byte{xmpSegment(`xmp:CreateDate="2022-02-24T05:12:33+03:00"`, "")}, "2022-02-24T05:12:33 offset +03:00", 1, ""},
		{"an agency's date without a time of day",
			[][]byte{iptcSegment(map[byte]string{55: "20220224"})}, "2022-02-24 floating", 1, ""},
		{"dates of sending and release are no capture",
			[][]byte{iptcSegment(map[byte]string{30: "20220224", 35: "051233+0300"})}, "none", 1, ""},
		{"steps of an editor are no capture",
			[][]byte{xmpSegment("", history(`<rdf:li stEvt:action="created" stEvt:when="2022-03-01T10:00:00Z"/><rdf:li stEvt:action="saved" stEvt:when="2022-03-01T10:05:00Z"/>`))},
			"none", 2, "edit-history"},
		{"a document that was only created has no history of edits",
			[][]byte{xmpSegment("", history(`<rdf:li stEvt:action="created" stEvt:when="2022-03-01T10:00:00Z"/>`))}, "none", 1, ""},
		{"a month is no day",
			[][]byte{xmpSegment(`photoshop:DateCreated="2022-02"`, "")}, "none", 0, "partial-date"},
		{"zone from the satellite time that XMP keeps",
			[][]byte{xmpSegment(`exif:DateTimeOriginal="2022-02-24T05:12:33" exif:GPSTimeStamp="2022-02-24T02:12:30"`, "")},
			"2022-02-24T05:12:33 derived +03:00", 2, ""},
		{"a date of whatever event is no capture",
			[][]byte{xmpSegment("", `<dc:date><rdf:Seq><rdf:li>2022-02-24</rdf:li></rdf:Seq></dc:date>`)}, "none", 1, ""},
		{"an editor's date before the capture",
			[][]byte{original, xmpSegment(`xmp:ModifyDate="2015-01-01T00:00:00Z"`, "")}, "2022-02-24T05:12:33 floating", 2, "modify-before-original"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inEveryZone(t, func(t *testing.T) {
				m := readBytes(jpegOf(c.segments...), "a.jpg")
				if got := short(m.BestTime); got != c.best || len(m.Times) != c.listed {
					t.Errorf("best time %s of %d, want %s of %d: %+v", got, len(m.Times), c.best, c.listed, m.Times)
				}
				if got := only(m); got != c.codes {
					t.Errorf("findings %v, want %q", m.Findings, c.codes)
				}
			})
		})
	}
}

// In a film the header's time goes before that of the editor's document, and
// behind what someone wrote of the capture.
func TestFilmTimes(t *testing.T) {
	header := containerTimes([]container.Stamp{{Field: "QuickTime:CreateDate", Unix: utc("2022-02-24T02:12:33Z")}}, &findings{})[0]
	at := func(kind TimeKind, field, text string) Time {
		r, _ := parseDate(text)
		return claim{kind, TrustDevice, field, text}.at(r)
	}
	document := at(Digitised, "XMP:CreateDate", "2022-02-25T05:12:33+03:00")
	written := at(Capture, "XMP:DateCreated", "2022-02-24T05:00:00+03:00")
	if got := Best([]Time{document, header}); got.Field != header.Field {
		t.Errorf("best is %s, want the movie header", got.Field)
	}
	if got := Best([]Time{header, written}); got.Field != written.Field {
		t.Errorf("best is %s, want the date created", got.Field)
	}
}

// The camera's menu gives a zone to a clock that has none, and is compared
// with one that is known.
func TestMakerNoteZone(t *testing.T) {
	hours := 2 * 60
	note := &makernote.Note{OffsetMinutes: &hours, OffsetField: "MakerNotes:Canon:TimeZone"}
	at := func(text string) []Time {
		r, _ := parseDate(text)
		return []Time{claim{Capture, TrustDevice, "EXIF:DateTimeOriginal", text}.at(r), claim{Digitised, TrustDevice, "EXIF:CreateDate", text}.at(r)}
	}
	var f findings
	ts := at("2022:02:24 05:12:33")
	applyNoteZone(ts, note, &f)
	for _, got := range ts {
		if got.Zone != Derived || got.OffsetMinutes == nil || *got.OffsetMinutes != hours || len(f.list) > 0 {
			t.Errorf("%+v, findings %v", got, f.list)
		}
	}
	ts = at("2022:02:24 05:12:33+03:00")
	applyNoteZone(ts, note, &f)
	if ts[0].Zone != Offset || *ts[0].OffsetMinutes != 180 || len(f.list) != 1 || f.list[0].Code != "offset-disagree" {
		t.Errorf("a stated zone was replaced, or the difference is not told: %+v, %v", ts[0], f.list)
	}
}
