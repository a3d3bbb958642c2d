package container

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Element identifiers of RFC 9559.
const (
	idEBML          = 0x1a45dfa3
	idDocType       = 0x4282
	idSegment       = 0x18538067
	idSeekHead      = 0x114d9b74
	idSeek          = 0x4dbb
	idSeekID        = 0x53ab
	idSeekPosition  = 0x53ac
	idInfo          = 0x1549a966
	idTimescale     = 0x2ad7b1
	idDuration      = 0x4489
	idDateUTC       = 0x4461
	idTitle         = 0x7ba9
	idMuxingApp     = 0x4d80
	idWritingApp    = 0x5741
	idTracks        = 0x1654ae6b
	idTrackEntry    = 0xae
	idTrackType     = 0x83
	idTrackUID      = 0x73c5
	idCodecID       = 0x86
	idCodecPrivate  = 0x63a2
	idDefaultTime   = 0x23e383
	idVideo         = 0xe0
	idAudio         = 0xe1
	idPixelWidth    = 0xb0
	idPixelHeight   = 0xba
	idTags          = 0x1254c367
	idTag           = 0x7373
	idTargets       = 0x63c0
	idTagTrackUID   = 0x63c5
	idSimpleTag     = 0x67c8
	idTagName       = 0x45a3
	idTagString     = 0x4487
	idCluster       = 0x1f43b675
	idCues          = 0x1c53bb6b
	idAttachments   = 0x1941a469
	idChapters      = 0x1043a770
	maxSeekTargets  = 64
	matroskaEpoch   = 978307200 // 2001-01-01T00:00:00Z
	maxMatroskaTrak = 256
)

// matroska is one reading of a Matroska or WebM file.
type matroska struct {
	*scan
	segment  element
	timings  float64 // Duration, in timescale
	scale    uint64  // nanoseconds
	tracks   []matroskaTrack
	done     map[int64]bool // master elements read, by offset
	seeks    []int64        // where SeekHead says others are
	clusters int
}

type matroskaTrack struct {
	kind          uint64 // 1 video, 2 audio
	uid           uint64
	codec         string
	private       string // FourCC inside CodecPrivate
	frameTime     uint64 // nanoseconds
	width, height int
}

func (s *scan) sniffEBML(head []byte) string {
	if len(head) < 5 || string(head[:4]) != "\x1a\x45\xdf\xa3" {
		return ""
	}
	doc, _ := s.docType()
	if doc == "webm" {
		return "webm"
	}
	return "matroska"
}

// docType reads the EBML header and gives what follows it.
func (s *scan) docType() (doc string, next int64) {
	e, _, err := s.elementAt(0, s.size)
	if err != nil || e.id != idEBML {
		return "", s.size
	}
	quiet := &scan{file: s.file} // sniffing reports no damage
	quiet.elements(e.body, e.end, "Matroska:EBML", func(c element) bool {
		if c.id == idDocType {
			doc = quiet.textElement(c)
		}
		return true
	})
	return doc, e.end
}

func (s *scan) readMatroska() {
	m := &matroska{scan: s, scale: 1_000_000, done: map[int64]bool{}}
	_, next := s.docType()
	m.header()
	found := false
	s.elements(next, s.size, "Matroska", func(e element) bool {
		if e.id == idSegment {
			m.segment, found = e, true
			m.walk(e)
		}
		return !found
	})
	if !found {
		s.fatal("truncated", "Matroska:Segment", "the file ends before its content")
		return
	}
	m.finish()
}

// walk reads the segment's children up to the first cluster. What stands
// behind the clusters is found through SeekHead, or by hopping over them
// where there is none.
func (m *matroska) walk(segment element) {
	m.elements(segment.body, segment.end, "Matroska:Segment", func(e element) bool {
		if e.id == idCluster {
			m.clusters++
			return !e.unknown && len(m.seeks) == 0
		}
		m.master(e)
		return true
	})
	for i := 0; i < len(m.seeks) && i < maxSeekTargets; i++ {
		at := m.seeks[i]
		if at >= segment.end {
			m.problem("truncated", "Matroska:SeekHead", "an element that the index names lies beyond the end of the file")
			continue
		}
		if e, cut, err := m.elementAt(at, segment.end); err == nil && !cut {
			m.master(e)
		} else if cut {
			m.failed("Matroska:Segment", errShort)
		}
	}
}

// master reads a child of the segment once.
func (m *matroska) master(e element) {
	if m.done[e.off] || len(m.done) > maxSeekTargets {
		return
	}
	switch e.id {
	case idSeekHead, idInfo, idTracks, idTags:
		m.done[e.off] = true
	}
	switch e.id {
	case idSeekHead:
		m.checkCRC(e, "SeekHead")
		m.seekHead(e)
	case idInfo:
		m.checkCRC(e, "Info")
		m.elements(e.body, e.end, "Matroska:Info", m.information)
	case idTracks:
		m.checkCRC(e, "Tracks")
		m.elements(e.body, e.end, "Matroska:Tracks", m.track)
	case idTags:
		m.checkCRC(e, "Tags")
		m.elements(e.body, e.end, "Matroska:Tags", func(e element) bool {
			if e.id == idTag {
				m.tagGroup(e)
			}
			return true
		})
	}
}

func (m *matroska) seekHead(e element) {
	m.elements(e.body, e.end, "Matroska:SeekHead", func(e element) bool {
		if e.id != idSeek {
			return true
		}
		id, at := uint64(0), uint64(0)
		m.elements(e.body, e.end, "Matroska:SeekHead", func(c element) bool {
			switch c.id {
			case idSeekID:
				id = m.uintElement(c)
			case idSeekPosition:
				at = m.uintElement(c)
			}
			return true
		})
		switch id {
		case idSeekHead, idInfo, idTracks, idTags:
			if len(m.seeks) < maxSeekTargets && at < 1<<62 {
				m.seeks = append(m.seeks, m.segment.body+int64(at))
			}
		}
		return true
	})
}

func (m *matroska) information(e element) bool {
	switch e.id {
	case idTimescale:
		m.scale = m.uintElement(e)
		m.tagFloat("Matroska:Info:TimecodeScale", float64(m.scale)/1e9)
	case idDuration:
		m.timings = m.floatElement(e)
	case idDateUTC:
		m.dateUTC(e)
	case idTitle:
		m.tag("Matroska:Info:Title", m.textElement(e))
	case idMuxingApp:
		m.tag("Matroska:Info:MuxingApp", m.textElement(e))
	case idWritingApp:
		app := m.textElement(e)
		m.info.Software = strings.TrimSpace(app)
		m.tag("Matroska:Info:WritingApp", app)
	}
	return true
}

// dateUTC reads the time of muxing: nanoseconds since 2001 in UTC.
func (m *matroska) dateUTC(e element) {
	v := m.intElement(e)
	if e.size() != 8 && e.size() != 0 {
		m.problem("corrupt-structure", "Matroska:DateUTC", "the date has %d bytes in place of 8", e.size())
		return
	}
	at := time.Unix(matroskaEpoch, v).UTC()
	m.addStamp(Stamp{Field: "Matroska:DateTimeOriginal", Unix: at, Raw: strconv.FormatInt(v, 10), Zero: v == 0})
	shown := exifDate(at)
	if at.Nanosecond() != 0 {
		shown += strings.TrimRight(at.Format(".000000000"), "0")
	}
	m.tag("Matroska:Info:DateTimeOriginal", shown+"Z")
}

func (m *matroska) track(e element) bool {
	if e.id != idTrackEntry {
		return true
	}
	if len(m.tracks) >= maxMatroskaTrak {
		m.failed("Matroska:Tracks", &LimitError{"values"})
		return false
	}
	t := matroskaTrack{}
	number := len(m.tracks) + 1
	m.elements(e.body, e.end, "Matroska:TrackEntry", func(c element) bool {
		m.trackField(c, number, t.kind)
		switch c.id {
		case idTrackType:
			t.kind = m.uintElement(c)
		case idTrackUID:
			t.uid = m.uintElement(c)
		case idCodecID:
			t.codec = m.textElement(c)
			m.tag(fmt.Sprintf("Matroska:Track%d:CodecID", number), t.codec)
		case idCodecPrivate:
			if b, err := m.peek(c.body, int(min(c.size(), 20))); err == nil && len(b) == 20 {
				t.private = string(b[16:20])
			}
		case idDefaultTime:
			t.frameTime = m.uintElement(c)
		case idVideo:
			m.videoSize(c, &t, number)
		case idAudio:
			m.elements(c.body, c.end, "Matroska:Audio", func(d element) bool {
				m.trackField(d, number, t.kind)
				return true
			})
		}
		return true
	})
	if t.kind == 0 || t.codec == "" {
		m.problem("corrupt-structure", "Matroska:TrackEntry", "a track does not say what it holds")
	}
	m.tracks = append(m.tracks, t)
	return true
}

func (m *matroska) videoSize(e element, t *matroskaTrack, number int) {
	m.elements(e.body, e.end, "Matroska:Video", func(c element) bool {
		m.trackField(c, number, 1)
		switch c.id {
		case idPixelWidth:
			t.width = clampInt(m.uintElement(c))
			m.tagInt(fmt.Sprintf("Matroska:Track%d:ImageWidth", number), t.width)
		case idPixelHeight:
			t.height = clampInt(m.uintElement(c))
			m.tagInt(fmt.Sprintf("Matroska:Track%d:ImageHeight", number), t.height)
		}
		return true
	})
}

// finish draws the summary.
func (m *matroska) finish() {
	if seconds := m.timings * float64(m.scale) / 1e9; seconds > 0 {
		m.info.Duration = floatSeconds(seconds)
		m.tagFloat("Matroska:Info:Duration", seconds)
	}
	var audio []string
	video := false
	for _, t := range m.tracks {
		name := matroskaCodec(t)
		switch {
		case t.kind == 1:
			m.addCodec(name)
			if !video {
				video = true
				m.info.Width, m.info.Height = t.width, t.height
				if t.frameTime > 0 {
					m.info.FrameRate = 1e9 / float64(t.frameTime)
				}
			}
		case t.kind == 2:
			audio = append(audio, name)
		}
	}
	for _, c := range audio {
		m.addCodec(c)
	}
	switch {
	case len(m.tracks) == 0:
		m.fatal("truncated", "Matroska:Tracks", "the file ends before the description of its tracks, or has none")
	case m.clusters == 0:
		m.fatal("truncated", "Matroska:Cluster", "the file holds no picture data")
	case !video && len(audio) > 0 && m.info.Type.Format == "webm":
		m.info.Type = typeOf("weba")
	case !video && len(audio) > 0:
		m.info.Type = typeOf("mka")
	}
}

// matroskaCodec names a codec as ffmpeg does.
func matroskaCodec(t matroskaTrack) string {
	id := t.codec
	switch {
	case id == "V_MPEG4/ISO/AVC":
		return "h264"
	case id == "V_MPEGH/ISO/HEVC":
		return "hevc"
	case id == "V_MPEGI/ISO/VVC":
		return "vvc"
	case strings.HasPrefix(id, "V_MPEG4/ISO"):
		return "mpeg4"
	case id == "V_MPEG4/MS/V3":
		return "msmpeg4v3"
	case id == "V_MPEG1", id == "V_MPEG2":
		return strings.ToLower(id[2:]) + "video"
	case id == "V_MS/VFW/FOURCC":
		return codecOf(t.private)
	case id == "V_UNCOMPRESSED":
		return "rawvideo"
	case strings.HasPrefix(id, "A_AAC"):
		return "aac"
	case id == "A_MPEG/L3":
		return "mp3"
	case id == "A_MPEG/L2":
		return "mp2"
	case strings.HasPrefix(id, "A_AC3"):
		return "ac3"
	case strings.HasPrefix(id, "A_DTS"):
		return "dts"
	case strings.HasPrefix(id, "A_PCM"):
		return "pcm"
	}
	_, name, _ := strings.Cut(id, "_")
	return strings.ToLower(printableKind(name))
}
