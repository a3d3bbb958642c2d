package extract

import (
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// slack is how much earlier than the capture a modification may seem: writers
// cut the fraction of a second or round it.
const slack = 2 * time.Second

// checkTimes compares the times of one file with each other and with the day
// on which it is looked at.
func checkTimes(ts []Time, now time.Time, f *findings) {
	for _, t := range ts {
		if t.Trust == TrustNone {
			if r, ok := t.reading(); ok && r.wall.Year() >= 1969 {
				f.also("default-clock", source.Warning, t.Field, "%s is where a clock stands that was never set", t.Local)
			}
			continue
		}
		checkFuture(t, now, f)
	}
	checkModified(ts, f)
	checkRecorder(ts, f)
	checkAgreement(ts, f)
}

// checkFuture allows for every zone: a floating time is taken as if it were
// UTC and may be up to 14 hours ahead.
func checkFuture(t Time, now time.Time, f *findings) {
	r, ok := t.reading()
	if now.IsZero() || !ok {
		return
	}
	at := r.wall
	if t.OffsetMinutes != nil {
		at = t.Earliest
	}
	if at.After(now.Add(minutes(maxOffset))) {
		f.also("future-date", source.Warning, t.Field, "%s lies after the time of reading", t.Local)
	}
}

// lastChanges are the fields that say when the file was last changed. The
// steps of a history, and dates of release, are of other things.
var lastChanges = [...]string{
	"EXIF:ModifyDate", "XMP:ModifyDate", "XMP:DateTime", "PNG:ModifyDate", "QuickTime:ModifyDate",
}

// checkModified finds a modification before the capture. Two floating times of
// one file come from one clock and can be compared as they stand.
func checkModified(ts []Time, f *findings) {
	original := find(ts, Capture)
	if original == nil {
		return
	}
	shot, _ := original.reading()
	for _, t := range ts {
		r, ok := t.reading()
		if t.Kind != Modified || t.Trust == TrustNone || !ok || !slices.Contains(lastChanges[:], t.Field) || r.wall.Equal(shot.wall.Truncate(time.Second)) {
			continue
		}
		before := t.Latest.Add(slack).Before(original.Earliest)
		if t.Zone == Floating && original.Zone == Floating {
			before = r.wall.Add(r.width() + slack).Before(shot.wall)
		}
		if before {
			f.also("modify-before-original", source.Warning, t.Field, "modified %s, before the capture %s", t.Local, original.Local)
		}
	}
}

// checkRecorder compares the movie header, UTC by the standard, with the
// camera's own capture time where the file has both. Cameras that keep local
// time in the header show a whole zone between them.
func checkRecorder(ts []Time, f *findings) {
	original := find(ts, Capture)
	if original == nil || original.OffsetMinutes == nil || *original.OffsetMinutes == 0 {
		return
	}
	for _, t := range ts {
		if t.Kind != Container || t.Field != "QuickTime:CreateDate" || t.Trust == TrustNone {
			continue
		}
		if r, ok := t.reading(); ok {
			shot, _ := original.reading()
			if r.wall.Sub(shot.wall).Abs() <= maxResidue {
				f.add("container-local-time", source.Warning, t.Field,
					"the movie header seems to hold local time, though the standard asks for UTC; it equals the clock of %s", original.Field)
			}
		}
	}
}

// checkAgreement compares what EXIF, XMP and IPTC each say of the capture. An
// editor copies it from block to block; where it differs, one was written by
// someone else or at another time.
func checkAgreement(ts []Time, f *findings) {
	first := find(ts, Capture)
	if first == nil {
		return
	}
	a, _ := first.reading()
	for _, t := range ts {
		if t.Kind != Capture || t.Trust == TrustNone || t.IsInferred() || t.Field == first.Field {
			continue
		}
		b, ok := t.reading()
		if !ok || sameMoment(*first, t, a, b) {
			continue
		}
		f.add("capture-times-differ", source.Warning, t.Field, "%s says %s and %s says %s", first.Field, written(*first), t.Field, written(t))
		return
	}
}

// sameMoment says that two readings can be of one moment: they overlap as
// instants, or they show the same clock in different states of knowledge of
// its zone.
func sameMoment(a, b Time, ra, rb reading) bool {
	if a.OffsetMinutes != nil && b.OffsetMinutes != nil {
		return !a.Latest.Add(slack).Before(b.Earliest) && !b.Latest.Add(slack).Before(a.Earliest)
	}
	return !ra.wall.Add(ra.width()+slack).Before(rb.wall) && !rb.wall.Add(rb.width()+slack).Before(ra.wall)
}

// written is a time for a message.
func written(t Time) string {
	if t.OffsetMinutes == nil || t.Zone == Derived {
		return string(t.Local)
	}
	if t.Zone == UTC {
		return string(t.Local) + "Z"
	}
	return string(t.Local) + offsetText(*t.OffsetMinutes)
}

// find gives the first usable time of a kind.
func find(ts []Time, kind TimeKind) *Time {
	for i, t := range ts {
		if t.Kind == kind && t.Trust != TrustNone && !t.IsInferred() {
			return &ts[i]
		}
	}
	return nil
}

// checkPixels compares the size that the camera wrote into EXIF with that of
// the picture: they differ after scaling, cropping or another program's
// rotation. In RAW formats both speak of different pictures.
func (rd *reader) checkPixels(p *parts) {
	switch p.info.Type.Format {
	case "jpeg", "png", "webp", "heic", "heif", "avif":
	default:
		return
	}
	if len(p.exifs) == 0 || p.info.Width == 0 || p.info.Height == 0 {
		return
	}
	w, ok1 := p.exifs[0].Get("ExifImageWidth").Int()
	h, ok2 := p.exifs[0].Get("ExifImageHeight").Int()
	if !ok1 || !ok2 || w <= 0 || h <= 0 {
		return
	}
	if width, height := int64(p.info.Width), int64(p.info.Height); (w != width || h != height) && (w != height || h != width) {
		rd.findings.add("pixel-size-differs", source.Info, "EXIF:ExifImageWidth",
			"EXIF says %d by %d pixels and the picture has %d by %d: it was scaled or cropped after EXIF was written", w, h, width, height)
	}
}
