package extract

import (
	"testing"
)

// permutations calls f with every order of ts.
func permutations(ts []Time, f func([]Time)) {
	if len(ts) > 1 {
		for i := range ts {
			ts[0], ts[i] = ts[i], ts[0]
			permutations(ts[1:], func([]Time) { f(ts) })
			ts[0], ts[i] = ts[i], ts[0]
		}
		return
	}
	f(ts)
}

// The best time does not depend on the order in which blocks and sidecars are
// read; each case names the field that wins.
func TestBestInEveryOrder(t *testing.T) {
	at := func(kind TimeKind, trust Trust, field, text string) Time {
		r, _ := parseDate(text)
		return claim{kind, trust, field, text}.at(r)
	}
	camera := at(Capture, TrustDevice, "EXIF:DateTimeOriginal", "2022:02:24 05:12:33")
	zoned := at(Capture, TrustDevice, "XMP:DateCreated", "2022:02:24 05:12:33+03:00")
	other := at(Capture, TrustDevice, "XMP:ShotDate", "2022:02:24 05:12:33.50+03:00")
	agency := at(Capture, TrustDevice, "IPTC:DateTimeCreated", "2022:02:24 05:12:33+03:00")
	agencyDay := at(Capture, TrustDevice, "IPTC:DateCreated", "2022:02:24")
	manifest := at(Capture, TrustDevice, "C2PA:exif:DateTimeOriginal", "2022:02:24 05:12:33Z")
	note := at(Capture, TrustDevice, "MakerNotes:Date", "2022:02:24 05:12:33")
	header := at(Container, TrustDevice, "QuickTime:CreateDate", "2022:02:24 02:12:33Z")
	fix := at(GPS, TrustDevice, fieldGPSTime, "2022:02:24 02:12:00Z")
	document := at(Digitised, TrustDevice, "XMP:CreateDate", "2022:02:23 02:12:00Z")
	name := at(FileName, TrustDevice, fieldCameraName, "2022:02:24 05:12:33")
	posted := at(Posted, TrustPlatform, "telegram:date", "2022:02:24 01:00:00Z") // earlier than the capture may be
	later := at(Posted, TrustPlatform, "x:date", "2022:02:24 09:00:00Z")
	received := at(Received, TrustPlatform, "whatsapp:message", "2022:02:23 01:00:00Z")
	saved := at(FileName, TrustPlatform, fieldWhatsAppName, "2022:02:22")
	changed := at(Modified, TrustDevice, "EXIF:ModifyDate", "2022:02:21 00:00:00Z")
	signed := at(Signed, TrustDevice, "C2PA:Timestamp", "2022:02:21 00:00:00Z")
	never := at(Capture, TrustDevice, "EXIF:CreateDate", "1970:01:01 00:00:00")
	inferred := at(Capture, TrustDerived, "Derived:DateTimeOriginal+GPSPosition", "2022:02:24 05:12:33+02:00")
	disk := FileSystemTime(utc("2021-01-01T00:00:00Z"))
	for want, ts := range map[string][]Time{
		"EXIF:DateTimeOriginal":      {posted, camera, zoned, fix, inferred, never},
		"XMP:DateCreated":            {other, zoned, agency, manifest, header},
		"XMP:ShotDate":               {other, agency, header, name, posted},
		"IPTC:DateTimeCreated":       {agency, agencyDay, note, posted, changed},
		"MakerNotes:Date":            {note, manifest, header, agencyDay, document},
		"C2PA:exif:DateTimeOriginal": {manifest, header, fix, name, signed},
		"QuickTime:CreateDate":       {header, fix, document, name, posted},
		fieldGPSTime:                 {fix, document, name, saved, disk},
		"XMP:CreateDate":             {document, name, posted, received, changed},
		fieldCameraName:              {name, posted, later, received, saved},
		"telegram:date":              {later, posted, received, saved, changed, disk},
		"whatsapp:message":           {received, saved, changed, disk, never, signed},
		fieldWhatsAppName:            {saved, changed, disk, signed, inferred},
		"":                           {changed, disk, signed, inferred, never},
	} {
		permutations(ts, func(order []Time) {
			got := ""
			if best := Best(order); best != nil {
				got = best.ReadFrom()
			}
			if got != want {
				t.Fatalf("best is %q, want %q", got, want)
			}
		})
	}
	// of two claims of one field what knows more goes first: the zone, then the fraction
	bare, exact := camera, at(Capture, TrustDevice, "EXIF:DateTimeOriginal", "2022:02:24 05:12:33.083")
	with := at(Capture, TrustDevice, "EXIF:DateTimeOriginal", "2022:02:24 05:12:33+03:00")
	permutations([]Time{bare, exact, with}, func(order []Time) {
		if best := Best(order); best.OffsetMinutes == nil {
			t.Fatalf("best is %s, want the one with a zone", short(best))
		}
	})
	permutations([]Time{bare, exact}, func(order []Time) {
		if best := Best(order); best.Precision != Subsecond {
			t.Fatalf("best is %s, want the one with a fraction", short(best))
		}
	})
}

// The list shows the strongest first, whatever the order of reading.
func TestSortTimes(t *testing.T) {
	at := func(kind TimeKind, trust Trust, field, text string) Time {
		r, _ := parseDate(text)
		return claim{kind, trust, field, text}.at(r)
	}
	want := []Time{
		at(StatedByHand, TrustDerived, "a", "2022:02:24"), at(Signed, TrustDevice, "b", "2022:02:24 05:12:33Z"),
		at(GPS, TrustDevice, "c", "2022:02:24 05:12:33Z"), at(Capture, TrustDevice, "d", "2022:02:24 05:12:33+03:00"),
		at(Capture, TrustDevice, "e", "2022:02:24 05:12:33.5"), at(Capture, TrustDevice, "f", "2022:02:24 05:12:33"),
		at(Container, TrustDevice, "g", "2022:02:24 05:12:33Z"), at(Modified, TrustDevice, "h", "2022:02:24 05:12:33Z"),
		at(Capture, TrustDerived, "Derived:i", "2022:02:24 05:12:33+02:00"), at(Posted, TrustPlatform, "j", "2022:02:24 05:12:33Z"),
	}
	for shift := range want {
		got := append(append([]Time{}, want[shift:]...), want[:shift]...)
		SortTimes(got)
		for i := range want {
			if got[i].Field != want[i].Field {
				t.Fatalf("begun at %d: place %d is %s, want %s", shift, i, got[i].Field, want[i].Field)
			}
		}
	}
}
