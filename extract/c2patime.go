package extract

import (
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/c2pa"
)

const (
	fieldSigned  = "C2PA:TimeStamp"
	fieldAction  = "JUMBF:ActionsWhen"
	fieldClaimed = "C2PA:SignedAt"
)

// c2paMetadata are the dates of a metadata assertion. The names carry the
// prefixes of XMP.
var c2paMetadata = map[string]TimeKind{
	"exif:DateTimeOriginal": Capture, "photoshop:DateCreated": Capture,
	"exif:DateTimeDigitized": Digitised, "xmp:CreateDate": Digitised,
	"xmp:ModifyDate": Modified, "exif:GPSTimeStamp": GPS,
}

// maxManifests bounds the manifests whose times are listed.
const maxManifests = 16

// c2paTimes gives the times of a manifest store. Only a time stamp that checks
// is a signed time, and it dates the signing, not the capture; what the
// manifests themselves say of when is as good as any other text in the file.
func c2paTimes(s *c2pa.Store, f *findings) []Time {
	var ts []Time
	add := func(kind TimeKind, field, text string) {
		if t, ok := writtenTime(claim{kind, TrustDevice, field, text}, text, f); ok {
			ts = append(ts, t)
		}
	}
	for i := range s.Manifests[:min(len(s.Manifests), maxManifests)] {
		m := &s.Manifests[i]
		if stamp := m.Timestamp; stamp != nil && stamp.State.Verdict == c2pa.Valid {
			ts = append(ts, stampedTime(stamp))
		}
		if m.SignedAt != "" {
			add(Modified, fieldClaimed, m.SignedAt)
		}
		for _, a := range m.Actions[:min(len(m.Actions), maxRepeated)] {
			if a.When != "" && !a.Template {
				add(actionKind(a), fieldAction, a.When)
			}
		}
	}
	if m := s.Active(); m != nil {
		for _, e := range m.Metadata {
			if kind, ok := c2paMetadata[e.Name]; ok {
				add(kind, "C2PA:"+e.Name, e.Value)
			}
		}
	}
	return ts
}

func stampedTime(stamp *c2pa.Timestamp) Time {
	at := stamp.Time.UTC()
	precision, digits := Second, 0
	if ns := at.Nanosecond(); ns != 0 {
		precision, digits = Subsecond, fractionDigits(ns)
	}
	return claim{Signed, TrustDevice, fieldSigned, at.Format(time.RFC3339Nano)}.instant(at, precision, digits)
}

// actionKind says what an action's time speaks of: the making of a file is its
// capture only where the maker says that a camera took it.
func actionKind(a c2pa.Action) TimeKind {
	if a.Action == "c2pa.created" && strings.HasSuffix(a.DigitalSourceType, "/digitalCapture") {
		return Capture
	}
	return Modified
}
