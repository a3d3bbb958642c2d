package container

import (
	"fmt"
	"hash/crc32"
	"strconv"
)

// idCRC holds the checksum of what holds it (RFC 8794, 11.3.1).
const idCRC = 0xbf

// maxChecked is the longest element whose checksum is compared.
const maxChecked = 1 << 20

// checkCRC compares the checksum that a master element begins with. Muxers
// put one into those that describe the file.
func (m *matroska) checkCRC(e element, name string) {
	head, cut, err := m.elementAt(e.body, e.end)
	if err != nil || cut || head.id != idCRC || head.size() != 4 || e.end-head.end > maxChecked {
		return
	}
	stated, err := m.peek(head.body, 4)
	if err != nil {
		return
	}
	f := littleEndian(stated)
	want := f.u32()
	data, err := m.read(head.end, e.end-head.end)
	if err != nil {
		m.failed("Matroska:"+name, err)
		return
	}
	if crc32.ChecksumIEEE(data) != want {
		m.problem("corrupt-structure", "Matroska:"+name, "the checksum of the part %s is wrong: its content was damaged or changed by hand", name)
	}
}

// trackFields are the elements of a track that are shown, with ExifTool's
// names and how their values are written: u a number, s text, x a number in
// hexadecimal, n nanoseconds as seconds, f a fraction.
var trackFields = map[uint32]struct {
	name string
	form byte
}{
	0xd7:       {"TrackNumber", 'u'},
	idTrackUID: {"TrackUID", 'x'},
	0x83:       {"TrackType", 'u'},
	0xb9:       {"TrackUsed", 'u'},
	0x88:       {"TrackDefault", 'u'},
	0x55aa:     {"TrackForced", 'u'},
	0x536e:     {"TrackName", 's'},
	0x22b59c:   {"TrackLanguage", 's'},
	0x22b59d:   {"TrackLanguageIETF", 's'},
	0x23314f:   {"TrackTimecodeScale", 'f'},
	0xaa:       {"CodecDecodeAll", 'u'},
	0x258688:   {"CodecName", 's'},
	0x9a:       {"VideoScanType", 'u'},
	0x54b0:     {"DisplayWidth", 'u'},
	0x54ba:     {"DisplayHeight", 'u'},
	0x54b2:     {"DisplayUnit", 'u'},
	0xb5:       {"AudioSampleRate", 'f'},
	0x78b5:     {"OutputAudioSampleRate", 'f'},
	0x9f:       {"AudioChannels", 'u'},
	0x6264:     {"AudioBitsPerSample", 'u'},
}

// trackField shows one element of a track.
func (m *matroska) trackField(e element, number int, kind uint64) {
	group := fmt.Sprintf("Matroska:Track%d:", number)
	if e.id == idDefaultTime {
		if ns := float64(m.uintElement(e)); kind == 1 && ns > 0 {
			m.tagFloat(group+"VideoFrameRate", 1e9/ns)
		} else {
			m.tagFloat(group+"DefaultDuration", ns/1e9)
		}
		return
	}
	f, ok := trackFields[e.id]
	if !ok {
		return
	}
	name := f.name
	if name == "CodecName" {
		name = map[uint64]string{1: "VideoCodecName", 2: "AudioCodecName"}[kind]
		if name == "" {
			name = f.name
		}
	}
	switch f.form {
	case 'u':
		m.tag(group+name, strconv.FormatUint(m.uintElement(e), 10))
	case 'x':
		m.tag(group+name, fmt.Sprintf("%0*x", 2*min(e.size(), 8), m.uintElement(e)))
	case 'f':
		m.tagFloat(group+name, m.floatElement(e))
	case 's':
		m.tag(group+name, m.textElement(e))
	}
}

// header reads what the EBML header says (RFC 8794, 11.2).
func (m *matroska) header() {
	e, _, err := m.elementAt(0, m.size)
	if err != nil {
		return
	}
	names := map[uint32]string{
		0x4286: "EBMLVersion", 0x42f7: "EBMLReadVersion", idDocType: "DocType", 0x4287: "DocTypeVersion", 0x4285: "DocTypeReadVersion",
	}
	m.elements(e.body, e.end, "Matroska:EBML", func(c element) bool {
		switch name := names[c.id]; {
		case name == "":
		case c.id == idDocType:
			m.tag("Matroska:DocType", m.textElement(c))
		default:
			m.tag("Matroska:"+name, strconv.FormatUint(m.uintElement(c), 10))
		}
		return true
	})
	m.checkCRC(e, "EBML")
}
