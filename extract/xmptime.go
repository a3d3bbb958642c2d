package extract

import (
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/xmp"
)

// xmpDates are the date properties of XMP and what each speaks of (XMP
// Specification Part 1, 8.4, and Part 2; IPTC Photo Metadata Standard). Left
// out are those that date something else than the picture or the file: the
// work of art in it, licences, the documents it was made from.
var xmpDates = [...]struct {
	kind        TimeKind
	group, name string
}{
	{Capture, "XMP-photoshop", "DateCreated"},
	{Capture, "XMP-exif", "DateTimeOriginal"},
	{Capture, "XMP-xmpDM", "ShotDate"},
	{Digitised, "XMP-xmp", "CreateDate"},
	{Digitised, "XMP-exif", "DateTimeDigitized"},
	{Modified, "XMP-xmp", "ModifyDate"},
	{Modified, "XMP-tiff", "DateTime"},
	{Modified, "XMP-xmp", "MetadataDate"},
	{Modified, "XMP-dc", "Date"}, // of any event in the life of the file
	{GPS, "XMP-exif", "GPSDateTime"},
	{GPS, "XMP-exif", "GPSTimeStamp"},
}

// maxRepeated bounds the times taken from a property that is a list.
const maxRepeated = 4

// xmpTimes gives the times of one packet. Of the history only the first and
// the last step are listed; the finding edit-history tells of the others.
func xmpTimes(p *xmp.Packet, f *findings) []Time {
	var ts []Time
	for _, d := range xmpDates {
		values := p.Values(d.group, d.name)
		for _, text := range values[:min(len(values), maxRepeated)] {
			raw := text
			if r := p.Raw(d.group, d.name); r != "" && len(values) == 1 {
				raw = r
			}
			if t, ok := writtenTime(claim{d.kind, TrustDevice, xmpField(d.name), raw}, text, f); ok {
				ts = append(ts, t)
			}
		}
	}
	return append(ts, historyTimes(p.History(), f)...)
}

// xmpField names a property as ExifTool's short form does.
func xmpField(name string) string { return "XMP:" + name }

// writtenTime makes a claim of a time written out in text. A satellite time is
// UTC also where its text does not say so.
func writtenTime(c claim, text string, f *findings) (Time, bool) {
	r, ok := readDate(text, c.field, f)
	if !ok {
		return Time{}, false
	}
	if c.kind == GPS && r.offset == nil {
		if r.precision == Day {
			return Time{}, false
		}
		r.utc = true
	}
	return c.at(r), true
}

const fieldHistory = "XMP:HistoryWhen"

func historyTimes(events []xmp.Event, f *findings) []Time {
	dated := slices.DeleteFunc(slices.Clone(events), func(e xmp.Event) bool { return strings.TrimSpace(e.When) == "" })
	var ts []Time
	for i, e := range dated {
		if i != 0 && i != len(dated)-1 {
			continue
		}
		if t, ok := writtenTime(claim{Modified, TrustDevice, fieldHistory, e.When}, e.When, f); ok {
			ts = append(ts, t)
		}
	}
	return ts
}
