package extract

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/exif"
	"github.com/firsthand-media/firsthand/extract/source"
)

// exifClocks are the three clock readings of EXIF, each with the tags that
// belong to it and to no other (EXIF 3.0 section 4.6.5.4): OffsetTime, without
// a suffix, is the zone of ModifyDate alone.
var exifClocks = [...]struct {
	kind              TimeKind
	date, sub, offset string
	tiffEP            int // index of the zone in TimeZoneOffset (TIFF/EP), -1 for none
}{
	{Capture, "DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal", 0},
	{Digitised, "CreateDate", "SubSecTimeDigitized", "OffsetTimeDigitized", -1},
	{Modified, "ModifyDate", "SubSecTime", "OffsetTime", 1},
}

// exifTimes gives every time of one EXIF block, with what is wrong about them.
func exifTimes(x *exif.Exif, f *findings) []Time {
	var ts []Time
	for _, c := range exifClocks {
		t, ok := exifClock(x, c.kind, x.Get(c.date), x.Get(c.sub), f)
		if !ok {
			continue
		}
		off, ok := exifOffset(x, c.offset, c.tiffEP)
		if ok && t.Zone == Floating {
			t = rezone(t, Offset, off)
		} else if text := strings.TrimSpace(x.Get(c.offset).Text()); !ok && strings.Trim(text, ": 0") != "" {
			f.add("invalid-zone", source.Info, "EXIF:"+c.offset, "%s holds %q, which is no zone; it is taken as unknown", c.offset, clip(text))
		}
		ts = append(ts, t)
	}
	checkOffsets(x, f)
	if gps, ok := gpsTime(x, f); ok {
		ts = append(ts, gps)
	}
	return appendThumbnailTime(ts, x, f)
}

// exifClock reads one date with its fraction of a second.
func exifClock(x *exif.Exif, kind TimeKind, date, sub *exif.Tag, f *findings) (Time, bool) {
	if date == nil {
		return Time{}, false
	}
	r, ok := readDate(date.Text(), date.Field(), f)
	if !ok {
		return Time{}, false
	}
	r.addFraction(strings.TrimSpace(sub.Text()))
	return claim{kind, TrustDevice, date.Field(), date.Text()}.at(r), true
}

// readDate reads the text of a date field and reports what is wrong with it.
func readDate(text, field string, f *findings) (reading, bool) {
	r, state := parseDate(text)
	switch {
	case state == dateNull:
		f.null(field)
	case state == datePartial:
		f.add("partial-date", source.Info, field, "%s holds %q, a year or month without a day", field, clip(text))
	case state == dateInvalid:
		f.add("invalid-date", source.Warning, field, "%s holds %q, which is no date", field, clip(text))
	case r.cut:
		f.add("invalid-date", source.Warning, field, "%s holds %q, whose time of day cannot be; only the day is used", field, clip(text))
	}
	if r.badZone {
		f.add("invalid-zone", source.Info, field, "%s holds %q, whose zone no clock has; it is taken as unknown", field, clip(text))
	}
	return r, state == dateRead
}

// clip shortens a text from a file for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 48 {
		return string(r[:48]) + "…"
	}
	return s
}

// exifOffset gives the zone that a block states for one clock.
func exifOffset(x *exif.Exif, tag string, index int) (int, bool) {
	if off, ok := parseOffset(x.Get(tag).Text()); ok {
		return off, true
	}
	hours := x.Get("TimeZoneOffset").Ints()
	if index < 0 || index >= len(hours) || hours[index] < minOffset/60 || hours[index] > maxOffset/60 {
		return 0, false
	}
	return int(hours[index]) * 60, true
}

// rezone gives a floating time a zone.
func rezone(t Time, zone Zone, offset int) Time {
	r, ok := t.reading()
	if !ok {
		return t
	}
	return claim{t.Kind, t.Trust, t.Field, t.Raw}.in(r, zone, &offset)
}

// checkOffsets compares the zones that one camera states for its clocks.
func checkOffsets(x *exif.Exif, f *findings) {
	original, ok := parseOffset(x.Get("OffsetTimeOriginal").Text())
	if !ok {
		return
	}
	for _, c := range exifClocks[1:] {
		off, ok := parseOffset(x.Get(c.offset).Text())
		if !ok || off == original {
			continue
		}
		if c.kind == Modified && x.Get("ModifyDate").Text() != x.Get("DateTimeOriginal").Text() {
			continue // saved later, and then perhaps elsewhere
		}
		f.add("offset-disagree", source.Warning, "EXIF:OffsetTimeOriginal",
			"OffsetTimeOriginal says %s and %s says %s", offsetText(original), c.offset, offsetText(off))
		return
	}
}

func offsetText(m int) string {
	sign := '+'
	if m < 0 {
		sign, m = '-', -m
	}
	return fmt.Sprintf("%c%02d:%02d", sign, m/60, m%60)
}

// fieldGPSTime is the name that ExifTool gives date and time of the fix
// together.
const fieldGPSTime = "Composite:GPSDateTime"

// gpsTime reads the time of the last satellite fix, UTC by definition. It
// needs both the date and the time of day.
func gpsTime(x *exif.Exif, f *findings) (Time, bool) {
	date, clock := x.Get("GPSDateStamp"), x.Get("GPSTimeStamp")
	if date == nil {
		return Time{}, false
	}
	r, ok := readDate(date.Text(), date.Field(), f)
	if !ok || clock == nil || r.precision != Day {
		return Time{}, false
	}
	raw := strings.TrimSpace(date.Text()) + " " + clock.String()
	if text := clock.Text(); text != "" {
		if !r.readClock(strings.TrimSpace(text)) {
			return Time{}, false
		}
	} else if !addGPSClock(&r, clock.Floats()) {
		f.add("invalid-date", source.Info, clock.Field(), "the satellite time of day is not defined")
		return Time{}, false
	}
	return claim{GPS, TrustDevice, fieldGPSTime, raw}.instant(r.wall, r.precision, r.digits), true
}

// addGPSClock adds hours, minutes and seconds. A whole second is taken as one;
// a part of it to the millisecond.
func addGPSClock(r *reading, hms []float64) bool {
	if len(hms) != 3 {
		return false
	}
	for i, limit := range [3]float64{24, 60, 61} {
		if !(hms[i] >= 0 && hms[i] < limit) { // NaN too
			return false
		}
	}
	millis := math.Round((hms[0]*3600 + hms[1]*60 + hms[2]) * 1000)
	r.wall = r.wall.Add(time.Duration(millis) * time.Millisecond)
	r.precision = Second
	if math.Mod(millis, 1000) != 0 {
		r.precision, r.digits = Subsecond, 3
	}
	return true
}

// appendThumbnailTime keeps the date of the preview's directory where it says
// something else than that of the picture.
func appendThumbnailTime(ts []Time, x *exif.Exif, f *findings) []Time {
	date := x.Lookup(exif.IFD1, "ModifyDate")
	if date == nil {
		return ts
	}
	if main := x.Get("ModifyDate"); main != nil && main.Text() == date.Text() {
		return ts
	}
	if t, ok := exifClock(x, Modified, date, nil, f); ok {
		ts = append(ts, t)
	}
	return ts
}
