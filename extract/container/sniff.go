package container

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// sniffBytes is how much of a file's beginning is looked at for its type.
const sniffBytes = 4 << 10

// Sniff says what the file in r is, by its content alone. The error is only
// for an r that cannot be read; a file of no known type has an empty Format
// and the media type application/octet-stream.
func Sniff(r io.ReaderAt, size int64) (Type, error) {
	s := &scan{file: file{r: r, size: size, budget: NewBudget()}}
	t := s.sniff()
	if s.err != nil {
		return t, fmt.Errorf("sniff: %w", s.err)
	}
	return t, nil
}

func (s *scan) sniff() Type {
	head, err := s.peek(0, int(min(max(s.size, 0), sniffBytes)))
	if err != nil || len(head) == 0 {
		return typeOf("")
	}
	head = bytes.Clone(head)
	for _, recognise := range []func([]byte) string{
		sniffMagic, s.sniffTIFF, sniffBMFF, s.sniffEBML, sniffRIFF, sniffOgg, sniffZIP, s.sniffStream, s.sniffAudio, sniffText,
	} {
		if format := recognise(head); format != "" {
			t := typeOf(format)
			if t.Kind == "image" && genericBrand(head) {
				t.MediaType = "image/heif"
			}
			return t
		}
	}
	return typeOf("")
}

// magic is a fixed run of bytes at a fixed place. A '?' in the run stands for
// any byte.
type magic struct {
	at     int
	bytes  string
	format string
}

var magics = []magic{
	{0, "\xff\xd8\xff", "jpeg"},
	{0, "\x89PNG", "png"},
	{0, "GIF87a", "gif"},
	{0, "GIF89a", "gif"},
	{0, "FUJIFILMCCD-RAW", "raf"},
	{0, "II??\x00\x00HEAPCCDR", "crw"},
	{0, "\x00MRM", "mrw"},
	{0, "FOVb", "x3f"},
	{0, "8BPS\x00", "psd"},
	{0, "\xff\x0a", "jxl"},
	{0, "\x00\x00\x00\x0cJXL ", "jxl"},
	{0, "\x00\x00\x00\x0cjP  ", "jp2"},
	{0, "\xff\x4f\xff\x51", "jp2"},
	{0, "%PDF-", "pdf"},
	{0, "%!PS", "ps"},
	{0, "{\\rtf", "rtf"},
	{0, "FLV\x01", "flv"},
	{0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", "asf"},
	{0, "fLaC", "flac"},
	{0, "#!AMR", "amr"},
	{0, "MThd\x00\x00\x00\x06", "midi"},
	{0, "FORM????AIF", "aiff"},
	{0, "\x1f\x8b\x08", "gzip"},
	{0, "BZh", "bzip2"},
	{0, "\xfd7zXZ\x00", "xz"},
	{0, "7z\xbc\xaf\x27\x1c", "7z"},
	{0, "Rar!\x1a\x07", "rar"},
	{257, "ustar", "tar"},
	{0, "SQLite format 3\x00", "sqlite"},
	{0, "\x7fELF", "elf"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"},
}

func (m magic) matches(head []byte) bool {
	if m.at+len(m.bytes) > len(head) {
		return false
	}
	for i := range len(m.bytes) {
		if c := m.bytes[i]; c != '?' && c != head[m.at+i] {
			return false
		}
	}
	return true
}

func sniffMagic(head []byte) string {
	for _, m := range magics {
		if m.matches(head) {
			return m.format
		}
	}
	switch {
	case string(head) == "\xff\xd8": // cut off behind the very first marker
		return "jpeg"
	case isBMP(head):
		return "bmp"
	case isICO(head):
		return "ico"
	case len(head) >= 64 && string(head[:2]) == "MZ":
		return "exe"
	}
	return ""
}

// isBMP asks for a known header size besides the two letters, which any text
// can begin with.
func isBMP(head []byte) bool {
	if len(head) < 18 || string(head[:2]) != "BM" {
		return false
	}
	return slices.Contains([]uint32{12, 16, 40, 52, 56, 64, 108, 124}, binary.LittleEndian.Uint32(head[14:]))
}

func isICO(head []byte) bool {
	if len(head) < 22 || (string(head[:4]) != "\x00\x00\x01\x00" && string(head[:4]) != "\x00\x00\x02\x00") {
		return false
	}
	count := binary.LittleEndian.Uint16(head[4:])
	offset := binary.LittleEndian.Uint32(head[18:])
	return count > 0 && count < 256 && head[9] == 0 && offset >= 6+16*uint32(count)
}

func sniffRIFF(head []byte) string {
	if len(head) < 12 || (string(head[:4]) != "RIFF" && string(head[:4]) != "RF64") {
		return ""
	}
	switch string(head[8:12]) {
	case "WEBP":
		return "webp"
	case "AVI ":
		return "avi"
	case "WAVE":
		return "wav"
	}
	return ""
}

// sniffOgg goes by the codec's own magic in the first page (RFC 3533 gives
// the page header 27 bytes and a segment table).
func sniffOgg(head []byte) string {
	if len(head) < 28 || string(head[:4]) != "OggS" {
		return ""
	}
	if bytes.Contains(head[:min(len(head), 512)], []byte("\x80theora")) {
		return "ogv"
	}
	return "ogg"
}

// sniffZIP tells office documents from other archives by their first entry.
func sniffZIP(head []byte) string {
	if len(head) < 4 || (string(head[:4]) != "PK\x03\x04" && string(head[:4]) != "PK\x05\x06") {
		return ""
	}
	if len(head) < 38 {
		return "zip"
	}
	switch first := head[30:]; {
	case bytes.HasPrefix(first, []byte("mimetypeapplication/epub+zip")):
		return "epub"
	case bytes.HasPrefix(first, []byte("mimetypeapplication/vnd.oasis.opendocument")):
		return "odf"
	case bytes.HasPrefix(first, []byte("[Content_Types].xml")), bytes.HasPrefix(first, []byte("_rels/.rels")):
		return "ooxml"
	}
	return "zip"
}

// sniffStream recognises MPEG program, transport and elementary streams.
func (s *scan) sniffStream(head []byte) string {
	if len(head) < 12 {
		return ""
	}
	switch string(head[:4]) {
	case "\x00\x00\x01\xba":
		return "mpegps"
	case "\x00\x00\x01\xb3":
		return "mpegvideo"
	}
	for _, packet := range []struct{ size, sync int }{{188, 0}, {192, 4}, {204, 0}} {
		if syncEvery(head, packet.sync, packet.size) {
			return "mpegts"
		}
	}
	return ""
}

// syncEvery looks for the transport stream's sync byte (ISO 13818-1, 0x47) in
// all packets that head holds, four at least.
func syncEvery(head []byte, from, step int) bool {
	packets := 0
	for i := from; i < len(head); i += step {
		if head[i] != 0x47 {
			return false
		}
		packets++
	}
	return packets >= 4
}
