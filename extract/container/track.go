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
	t := &track{number: len(m.movie.tracks) + 1, matrix: [4]float64{1, 0, 0, 1}, has: map[string]bool{}}
	m.movie.tracks = append(m.movie.tracks, t)
	m.boxes(b.body, b.end, "BMFF:trak", func(b box) {
		t.meet(b)
		switch b.kind {
		case "tapt":
			m.apertures(t, b)
		case "meta":
			m.movieMeta(b)
		case "udta":
			m.userData(b)
		case "tkhd":
			m.trackHeader(t, b)
		case "mdia":
			m.trackMedia(t, b)
		}
	})
}

// meet notes that a track has a kind of box.
func (t *track) meet(b box) {
	if len(t.has) < 256 {
		t.has[b.kind] = true
	}
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
	f.skip(8)
	layer := int16(f.u16())
	f.skip(2)
	volume := f.fixed8()
	f.skip(2)
	matrix := matrixText(&fields{b: f.b, order: f.order})
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
	m.tagInt(t.field("TrackHeaderVersion"), boolInt(wide))
	m.tagInt(t.field("TrackID"), clampInt(uint64(t.id)))
	m.tagInt(t.field("TrackLayer"), int(layer))
	m.tagFloat(t.field("TrackVolume"), volume)
	m.tag(t.field("MatrixStructure"), matrix)
	if width > 0 && height > 0 {
		t.width, t.height = int(width), int(height)
		m.tagFloat(t.field("ImageWidth"), math.Trunc(width))
		m.tagFloat(t.field("ImageHeight"), math.Trunc(height))
	}
}

func (m *bmff) trackMedia(t *track, b box) {
	m.boxes(b.body, b.end, "BMFF:mdia", func(b box) {
		t.meet(b)
		switch b.kind {
		case "mdhd":
			m.mediaHeader(t, b)
		case "hdlr":
			t.handler = m.handler(t, b)
		case "minf":
			m.mediaInformation(t, b)
		}
	})
	m.frameRateTag(t)
}

func (m *bmff) mediaHeader(t *track, b box) {
	created, modified, f, wide := m.times(b)
	t.timescale = f.u32()
	t.duration = durationField(f, wide)
	language := f.u16()
	if f.short {
		m.problem("corrupt-structure", "BMFF:mdhd", "a media header is too short")
		return
	}
	m.tagInt(t.field("MediaHeaderVersion"), boolInt(wide))
	m.counter("QuickTime:MediaCreateDate", t.field("MediaCreateDate"), created)
	m.counter("QuickTime:MediaModifyDate", t.field("MediaModifyDate"), modified)
	m.tagInt(t.field("MediaTimeScale"), clampInt(uint64(t.timescale)))
	if t.timescale > 0 {
		m.tagFloat(t.field("MediaDuration"), float64(t.duration)/float64(t.timescale))
	}
	m.tag(t.field("MediaLanguageCode"), languageCode(language))
}

func (m *bmff) mediaInformation(t *track, b box) {
	m.boxes(b.body, b.end, "BMFF:minf", func(b box) {
		t.meet(b)
		switch b.kind {
		case "hdlr": // QuickTime's data handler, a second one
			m.handler(t, b)
		case "vmhd", "smhd":
			m.mediaHeaderTags(t, b)
		case "stbl":
			m.sampleTable(t, b)
		}
	})
}

// handler reads what kind of media a track holds, and its name.
func (m *bmff) handler(t *track, b box) string {
	_, _, f := m.fullBox(b, 276)
	component, kind, vendor := string(f.take(4)), string(f.take(4)), string(f.take(4))
	f.skip(8)
	m.handlerTags(t.field(""), component, kind, vendor)
	if name := handlerName(component, f.b); name != "" {
		m.tag(t.field("HandlerDescription"), name)
	}
	return kind
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
		t.meet(b)
		switch b.kind {
		case "stsz":
			_, _, f := m.fullBox(b, 8)
			f.skip(4)
			t.sizes = uint64(f.u32())
		case "stco", "co64":
			m.chunkOffsets(b)
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
		if t.handler == "soun" {
			m.audioSample(t, b)
		} else {
			m.visualSample(t, b)
		}
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
