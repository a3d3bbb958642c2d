package extract

import (
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// maxNameGap is how far a camera's file name may be from the capture: the file
// is named when it is written, a burst or a long exposure later.
const maxNameGap = 5 * time.Minute

// checkName compares what the name says with what the file does.
func (rd *reader) checkName(name string, hasEXIF bool) {
	original := find(rd.media.Times, Capture)
	for _, t := range FileNameTimes(name) {
		switch {
		case t.Field == fieldWhatsAppName && hasEXIF:
			rd.findings.add("exif-in-whatsapp", source.Info, "",
				"the name is one that WhatsApp gives, which strips EXIF from pictures, and EXIF is there: it was sent as a document, or put back")
		case original == nil:
		case t.Kind == PlatformID && t.Latest.Before(original.Earliest):
			rd.findings.add("upload-before-capture", source.Warning, original.Field,
				"the id in the name was given out at %s, before the capture at %s", t.Local, original.Local)
		case t.Kind == FileName && t.IsCapture() && t.Precision != Day && original.Precision != Day:
			rd.compareName(t, *original)
		}
	}
	if stem := strings.ToLower(name); facebookName.MatchString(stem) && !hasEXIF {
		rd.findings.add("platform-name", source.Info, "", "the name has the form that Facebook's servers give to pictures")
	}
}

// compareName sets the time in a camera's file name beside the capture. Names
// in UTC and clocks without a zone are whole zones apart, and that is no
// finding.
func (rd *reader) compareName(t, original Time) {
	named, _ := t.reading()
	shot, _ := original.reading()
	gap := named.wall.Sub(shot.wall)
	if t.Zone == UTC && original.OffsetMinutes != nil {
		gap = t.Earliest.Sub(original.Earliest)
	}
	if off := gap.Round(15 * time.Minute); t.Zone != original.Zone && original.OffsetMinutes == nil && off.Abs() <= minutes(maxOffset) {
		gap -= off
	}
	if gap.Abs() > maxNameGap {
		rd.findings.add("name-time-differs", source.Info, original.Field, "the name says %s and %s says %s", t.Local, original.Field, original.Local)
	}
}
