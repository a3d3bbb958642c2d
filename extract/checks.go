package extract

import (
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/exif"
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
				f.add("default-clock", source.Warning, t.Field, "%s is where a clock stands that was never set", t.Local)
			}
			continue
		}
		checkFuture(t, now, f)
	}
	checkModified(ts, f)
	checkRecorder(ts, f)
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
		f.add("future-date", source.Warning, t.Field, "%s lies after the time of reading", t.Local)
	}
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
		if t.Kind != Modified || t.Trust == TrustNone || !ok || r.wall.Equal(shot.wall.Truncate(time.Second)) {
			continue
		}
		before := t.Latest.Add(slack).Before(original.Earliest)
		if t.Zone == Floating && original.Zone == Floating {
			before = r.wall.Add(r.width() + slack).Before(shot.wall)
		}
		if before {
			f.add("modify-before-original", source.Warning, t.Field, "modified %s, before the capture %s", t.Local, original.Local)
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

// find gives the first usable time of a kind.
func find(ts []Time, kind TimeKind) *Time {
	for i, t := range ts {
		if t.Kind == kind && t.Trust != TrustNone {
			return &ts[i]
		}
	}
	return nil
}

// editors are programs that change pictures, as they name themselves. Only
// EXIF's software fields are held against it: a camera's firmware writes there
// too, and a program that merely wrapped the file is no editor.
var editors = [...]string{
	"photoshop", "lightroom", "gimp", "snapseed", "picsart", "pixelmator", "affinity photo", "paint.net", "paint shop",
	"facetune", "vsco", "canva", "photoscape", "capture one", "darktable", "rawtherapee", "luminar", "picasa",
	"acdsee", "irfanview", "corel", "krita", "photopea", "remini", "meitu", "faceapp", "polarr", "microsoft windows photo",
	"windows photo editor", "pixlr", "fotor", "camera raw", "dxo", "topaz", "imagemagick",
}

// checkEditor reports a picture editor named in EXIF.
func checkEditor(x *exif.Exif, f *findings) {
	for _, name := range [...]string{"Software", "ProcessingSoftware", "ImageEditingSoftware", "RAWDevelopingSoftware", "ImageEditor"} {
		text := x.Get(name).Text()
		for _, e := range editors {
			if strings.Contains(strings.ToLower(text), e) {
				f.add("editor-software", source.Info, "EXIF:"+name, "written by a picture editor, %s", clip(strings.TrimSpace(text)))
				return
			}
		}
	}
}
