package container

import (
	"encoding/binary"
	"fmt"
	"math"
)

// maxTracks bounds the tracks of one movie; real ones have a handful.
const maxTracks = 256

// readTrack reads trak (ISO 14496-12, 8.3).
func (m *bmff) readTrack(b box) {
	if len(m.movie.tracks) >= maxTracks {
		m.failed("BMFF:trak", &LimitError{"values"})
		return
	}
	t := &track{number: len(m.movie.tracks) + 1, matrix: [4]float64{1, 0, 0, 1}}
	m.movie.tracks = append(m.movie.tracks, t)
	m.boxes(b.body, b.end, "BMFF:trak", func(b box) {
		switch b.kind {
		case "tkhd":
			m.trackHeader(t, b)
		case "mdia":
			m.trackMedia(t, b)
		}
	})
}

// field names a tag of the track as ExifTool does.
func (t *track) field(name string) string {
	return fmt.Sprintf("QuickTime:Track%d:%s", t.number, name)
}

func (m *bmff) trackHeader(t *track, b box) {
	created, modified, f, wide := m.times(b)
	t.id = f.u32()
	f.skip(4)
	duration := durationField(f, wide)
	f.skip(16) // reserved, layer, group, volume, reserved
	t.matrix[0] = f.fixed16()
	t.matrix[1] = f.fixed16()
	f.skip(4)
	t.matrix[2] = f.fixed16()
	t.matrix[3] = f.fixed16()
	f.skip(16) // u, x, y, w of the matrix but for the last
	width, height := f.fixed16(), f.fixed16()
	if f.short {
		m.problem("corrupt-structure", "BMFF:tkhd", "a track header is too short")
		return
	}
	m.counter("QuickTime:TrackCreateDate", t.field("TrackCreateDate"), created)
	m.counter("QuickTime:TrackModifyDate", t.field("TrackModifyDate"), modified)
	if m.movie.timescale > 0 {
		m.tagFloat(t.field("TrackDuration"), float64(duration)/float64(m.movie.timescale))
	}
	if width > 0 && height > 0 {
		t.width, t.height = int(width), int(height)
		m.tagFloat(t.field("ImageWidth"), math.Trunc(width))
		m.tagFloat(t.field("ImageHeight"), math.Trunc(height))
	}
}

func (m *bmff) trackMedia(t *track, b box) {
	m.boxes(b.body, b.end, "BMFF:mdia", func(b box) {
		switch b.kind {
		case "mdhd":
			created, modified, f, wide := m.times(b)
			t.timescale = f.u32()
			t.duration = durationField(f, wide)
			if f.short {
				m.problem("corrupt-structure", "BMFF:mdhd", "a media header is too short")
				return
			}
			m.counter("QuickTime:MediaCreateDate", t.field("MediaCreateDate"), created)
			m.counter("QuickTime:MediaModifyDate", t.field("MediaModifyDate"), modified)
		case "hdlr":
			m.mediaHandler(t, b)
		case "minf":
			m.boxes(b.body, b.end, "BMFF:minf", func(b box) {
				switch b.kind {
				case "hdlr": // QuickTime's data handler: it names the track when the first does not
					m.dataHandler(t, b)
				case "stbl":
					m.sampleTable(t, b)
				}
			})
		}
	})
}

// mediaHandler reads what kind of media a track holds, and its name.
func (m *bmff) mediaHandler(t *track, b box) {
	_, _, f := m.fullBox(b, 276)
	component := string(f.take(4))
	t.handler = string(f.take(4))
	f.skip(12)
	if name := handlerName(component, f.b); name != "" {
		m.tag(t.field("HandlerDescription"), name)
	}
}

func (m *bmff) dataHandler(t *track, b box) {
	_, _, f := m.fullBox(b, 276)
	component := string(f.take(4))
	f.skip(16)
	if name := handlerName(component, f.b); name != "" {
		m.tag(t.field("HandlerDescription"), name)
	}
}

// handlerName reads a Pascal string in QuickTime, whose component type is
// set, and a C string in MP4.
func handlerName(component string, b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if n := int(b[0]); component != "\x00\x00\x00\x00" && n < len(b) && n < 0x20 || int(b[0]) == len(b)-1 {
		return cleanText(string(b[1:min(1+n, len(b))]))
	}
	return cleanText(string(b))
}

// sampleTable reads the sample description and the time table.
func (m *bmff) sampleTable(t *track, b box) {
	m.boxes(b.body, b.end, "BMFF:stbl", func(b box) {
		switch b.kind {
		case "stsd":
			m.sampleDescription(t, b)
		case "stts":
			m.timeToSample(t, b)
		}
	})
}

// maxDescriptions bounds the sample descriptions of one track.
const maxDescriptions = 64

func (m *bmff) sampleDescription(t *track, b box) {
	if t.handler != "vide" && t.handler != "soun" && t.handler != "pict" && t.handler != "auxv" {
		return
	}
	left := maxDescriptions
	m.boxes(b.body+8, b.end, "BMFF:stsd", func(b box) {
		if left--; left < 0 {
			return
		}
		head, err := m.peek(b.body, int(min(b.size(), 28)))
		if err != nil {
			return
		}
		if f := bigEndian(head); t.handler != "soun" && t.codedWidth == 0 {
			f.skip(24)
			t.codedWidth, t.codedHeight = int(f.u16()), int(f.u16())
		}
		t.codecs = append(t.codecs, m.codecName(b, t.handler == "soun"))
	})
}

// timeToSample adds up the time table. Its count is checked against the
// bytes that are there.
func (m *bmff) timeToSample(t *track, b box) {
	_, _, f := m.fullBox(b, 4)
	count := min(int64(f.u32()), (b.size()-8)/8, maxSampleEntries)
	for at := b.body + 8; count > 0; {
		n := min(count, 4096)
		data, err := m.peek(at, int(8*n))
		if err != nil {
			m.failed("BMFF:stts", err)
			return
		}
		for ; len(data) >= 8; data = data[8:] {
			samples := uint64(binary.BigEndian.Uint32(data))
			ticks := uint64(binary.BigEndian.Uint32(data[4:]))
			t.samples += samples
			t.sampleTime += samples * ticks
		}
		at += 8 * n
		count -= n
	}
}

// maxSampleEntries bounds the entries that are walked in one table.
const maxSampleEntries = 200_000
