package container

import "fmt"

// tagGroup reads one Tag: what it speaks of, and names with values.
func (m *matroska) tagGroup(e element) {
	group := "Matroska:"
	m.elements(e.body, e.end, "Matroska:Tag", func(c element) bool {
		if c.id == idTargets {
			m.elements(c.body, c.end, "Matroska:Targets", func(d element) bool {
				if d.id == idTagTrackUID {
					group = m.trackGroup(m.uintElement(d))
				}
				return true
			})
		}
		return true
	})
	m.elements(e.body, e.end, "Matroska:Tag", func(c element) bool {
		if c.id == idSimpleTag {
			m.simpleTag(c, group)
		}
		return true
	})
}

func (m *matroska) trackGroup(uid uint64) string {
	for i, t := range m.tracks {
		if t.uid == uid && uid != 0 {
			return fmt.Sprintf("Matroska:Track%d:", i+1)
		}
	}
	return "Matroska:"
}

// simpleTag reads a name and its value. The official tags that matter here
// are times, positions and devices (RFC 9559, and the tag registry of
// matroska.org).
func (m *matroska) simpleTag(e element, group string) {
	name, value := "", ""
	m.elements(e.body, e.end, "Matroska:SimpleTag", func(c element) bool {
		switch c.id {
		case idTagName:
			name = m.textElement(c)
		case idTagString:
			value = m.textElement(c)
		}
		return true
	})
	shown := simpleTagName(name)
	if shown == "" {
		return
	}
	switch name {
	case "DATE_RECORDED", "DATE_DIGITIZED", "DATE_ENCODED", "DATE_TAGGED", "DATE_RELEASED", "creation_time", "CREATION_TIME":
		value = m.writtenStamp("Matroska:"+shown, value)
	case "LOCATION", "location", "com.apple.quicktime.location.ISO6709", "COM.APPLE.QUICKTIME.LOCATION.ISO6709", "location-eng", "RECORDING_LOCATION":
		if p, ok := parseISO6709(value); ok {
			p.Field, p.Raw = "Matroska:"+shown, value
			m.info.Positions = append(m.info.Positions, p)
		}
	case "COM.APPLE.QUICKTIME.CREATIONDATE", "com.apple.quicktime.creationdate":
		value = m.writtenStamp("Matroska:CreationDate", value)
	case "COM.APPLE.QUICKTIME.MAKE", "com.apple.quicktime.make", "MAKE":
		setOnce(&m.info.Make, value)
	case "COM.APPLE.QUICKTIME.MODEL", "com.apple.quicktime.model", "MODEL":
		setOnce(&m.info.Model, value)
	}
	m.tag(group+shown, value)
}

// simpleTagName turns a tag name into ExifTool's.
func simpleTagName(name string) string {
	switch name {
	case "DATE_RECORDED":
		return "DateTimeOriginal"
	case "DATE_DIGITIZED":
		return "CreateDate"
	case "BPS", "FPS", "URL", "ISRC", "ISBN", "IMDB", "TMDB", "TVDB":
		return name
	}
	return capitalised(lowerWords(name))
}

// lowerWords writes a name in capitals in lower case, so that capitalised
// can begin its words anew.
func lowerWords(name string) string {
	out := []byte(name)
	for i, c := range out {
		if c >= 'a' && c <= 'z' {
			return name
		}
		if c >= 'A' && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return string(out)
}
