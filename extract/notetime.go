package extract

import (
	"github.com/firsthand-media/firsthand/extract/makernote"
	"github.com/firsthand-media/firsthand/extract/source"
)

// noteTimes gives the capture times that a maker note keeps beside those of
// EXIF. What it says of the firmware's or the camera's own making is no time
// of the picture.
func noteTimes(n *makernote.Note, f *findings) []Time {
	var ts []Time
	for _, at := range n.Times {
		if at.About != "capture" {
			continue
		}
		if t, ok := writtenTime(claim{Capture, TrustDevice, at.Field, at.Raw}, at.Raw, f); ok {
			ts = append(ts, t)
		}
	}
	return ts
}

// applyNoteZone gives the camera's clock the zone to which its menu was set,
// which is an inference: cameras travel and their owners forget. A zone that
// is known already is compared with it.
func applyNoteZone(ts []Time, n *makernote.Note, f *findings) {
	clock := cameraClock(ts)
	if n.OffsetMinutes == nil || clock < 0 || *n.OffsetMinutes < minOffset || *n.OffsetMinutes > maxOffset {
		return
	}
	if off := ts[clock].OffsetMinutes; off != nil {
		if *off != *n.OffsetMinutes {
			f.add("offset-disagree", source.Info, n.OffsetField,
				"the zone of %s is %s, and the camera's menu was set to %s", ts[clock].Field, offsetText(*off), offsetText(*n.OffsetMinutes))
		}
		return
	}
	spreadZone(ts, clock, *n.OffsetMinutes)
}

// note gives the maker note that belongs to the first EXIF block.
func (p *parts) note() *makernote.Note {
	for _, x := range p.exifs {
		if x.note != nil && (x.note.Maker != "" || len(x.note.Tags) > 0) {
			return x.note
		}
	}
	if len(p.notes) > 0 {
		return p.notes[0].Note
	}
	return &makernote.Note{}
}
