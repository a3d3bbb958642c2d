package container

import (
	"encoding/hex"
	"fmt"
	"strconv"
)

// box is one box of the ISO base media file format, or atom of QuickTime.
type box struct {
	kind      string // four characters
	uuid      string // hexadecimal, for boxes of kind "uuid"
	off       int64  // of the header
	body, end int64  // of the content
}

func (b box) size() int64 { return b.end - b.body }

// User types of uuid boxes.
const (
	uuidXMP   = "be7acfcb97a942e89c71999491e3afac"
	uuidC2PA  = "d8fec3d61b0e483c92975828877ec481"
	uuidEXIF  = "4a706754696666457869662d3e4a5032" // "JpgTiffExif->JP2"
	uuidCanon = "85c0b687820f11e08111f4ce462b6a48"
	uuidPRVW  = "eaf42b5e1c984b88b9fbb7dc406e4d16" // Canon's preview
)

// bmff is one reading of an ISO base media file.
type bmff struct {
	*scan
	movie    movie
	seen     map[string]bool // kinds of top-level boxes
	packed   bool            // what is read was compressed in the file
	fileSize int64           // of the file itself
}

// readBMFF walks the top level, passing over media data without reading it,
// so that a movie box behind many gigabytes costs one step.
func (s *scan) readBMFF() {
	m := &bmff{scan: s, seen: map[string]bool{}, fileSize: s.size}
	m.boxes(0, s.size, "BMFF", func(b box) {
		m.seen[b.kind] = true
		m.topLevel(b)
	})
	m.judge()
	m.finishMovie()
}

func (m *bmff) topLevel(b box) {
	switch b.kind {
	case "ftyp":
		m.fileType(b)
	case "moov":
		m.readMovie(b)
	case "moof":
		m.fragment(b)
	case "sidx":
		m.segmentIndex(b)
	case "meta":
		m.readItems(b)
	case "mdat":
		m.mediaData(b)
	case "XMP_":
		m.block(XMP, "BMFF:XMP_", b.body, b.size())
	case "uuid":
		m.userBox(b)
	}
}

// fileType states the brands of the file.
func (m *bmff) fileType(b box) {
	head, err := m.peek(b.off, int(min(b.end-b.off, sniffBytes)))
	if err != nil || len(head) < 12 {
		return
	}
	m.tag("QuickTime:MajorBrand", printableKind(string(head[8:12])))
	if len(head) < 16 {
		return
	}
	m.tag("QuickTime:MinorVersion", fmt.Sprintf("%x.%x.%x", uint16(head[12])<<8|uint16(head[13]), head[14], head[15]))
	var list []string
	for at := 16; at+4 <= len(head); at += 4 {
		if brand := string(head[at : at+4]); brand != "\x00\x00\x00\x00" {
			list = append(list, printableKind(brand))
		}
	}
	if len(list) > 0 {
		m.tagList("QuickTime:CompatibleBrands", list)
	}
}

// mediaData notes where the coded pictures and sounds lie.
func (m *bmff) mediaData(b box) {
	m.tag("QuickTime:MediaDataSize", strconv.FormatInt(b.size(), 10))
	m.tag("QuickTime:MediaDataOffset", strconv.FormatInt(b.body, 10))
}

// userBox reads the uuid boxes that carry metadata.
func (m *bmff) userBox(b box) {
	switch b.uuid {
	case uuidXMP:
		m.block(XMP, "BMFF:uuid", b.body, b.size())
	case uuidC2PA:
		m.manifestStore(b)
	case uuidEXIF:
		m.block(EXIF, "BMFF:uuid", b.body, b.size())
	case uuidPRVW:
		m.tag("QuickTime:PreviewImage", binaryValue(max(b.size()-0x20, 0)))
	case uuidCanon:
		m.canonBoxes(b)
	}
}

// manifestStore finds the JUMBF inside a C2PA box: version and flags, a
// purpose that ends in a zero byte, and for "manifest" the offset of the
// first Merkle box (C2PA specification 2.1, 11.3.2).
func (m *bmff) manifestStore(b box) {
	head, err := m.peek(b.body, int(min(b.size(), 64)))
	if err != nil {
		m.failed("BMFF:uuid", err)
		return
	}
	f := bigEndian(head)
	f.skip(4)
	purpose := f.text()
	if purpose != "manifest" && purpose != "original" && purpose != "update" {
		return
	}
	from := b.body + 4 + int64(len(purpose)) + 1 + 8
	m.block(C2PA, "BMFF:uuid", from, b.end-from)
}

// judge says what is missing from the whole.
func (m *bmff) judge() {
	if m.err != nil {
		return
	}
	still := m.info.Type.Kind == "image" && m.info.Type.Format != "cr3"
	switch {
	case still && !m.seen["meta"] && !m.seen["mini"] && !m.seen["moov"]:
		m.fatal("truncated", "BMFF:meta", "the file ends before the description of its pictures, or has none")
	case !still && !m.seen["moov"] && m.seen["moof"]:
		m.fatal("truncated", "BMFF:moov", "the file is a fragment: the movie header that its pictures need is not in it")
	case !still && !m.seen["moov"]:
		m.fatal("truncated", "BMFF:moov", "the file ends before its movie header, or has none: no picture can be decoded without it")
	}
}

// boxes calls visit for each box between from and end. A box that claims to
// reach further is cut there and is the last.
func (m *bmff) boxes(from, end int64, where string, visit func(box)) {
	for at := from; at < end && m.err == nil; {
		if err := m.budget.TakeValue(); err != nil {
			m.failed(where, err)
			return
		}
		b, ok := m.boxAt(at, end, where)
		if !ok {
			return
		}
		visit(b)
		at = b.end
	}
}

// boxAt reads one box header (ISO 14496-12, 4.2). Up to seven bytes left over
// at the end of a QuickTime container are a terminator.
func (m *bmff) boxAt(at, end int64, where string) (box, bool) {
	if end-at < 8 {
		if where == "BMFF" {
			m.problem("truncated", where, "the file ends inside a box header")
		}
		return box{}, false
	}
	head, err := m.peek(at, int(min(end-at, 32)))
	if err != nil {
		m.failed(where, err)
		return box{}, false
	}
	f := bigEndian(head)
	size := uint64(f.u32())
	kindBytes := f.take(4)
	b := box{kind: string(kindBytes), off: at, body: at + 8}
	switch {
	case size == 0 && where != "BMFF" && string(kindBytes) == "\x00\x00\x00\x00":
		return box{}, false
	case size == 0:
		size = uint64(end - at)
	case size == 1:
		size = f.u64()
		b.body += 8
	}
	if b.kind == "uuid" {
		b.uuid = hex.EncodeToString(f.take(16))
		b.body += 16
	}
	if f.short && where == "BMFF" {
		m.problem("truncated", where, "the file ends inside a box header")
		return box{}, false
	}
	if f.short || size < uint64(b.body-at) {
		m.problem("corrupt-structure", where+":"+printableKind(b.kind), "the box at offset %d states an impossible size", at)
		return box{}, false
	}
	if size > uint64(end-at) {
		m.overrun(b.kind, where)
		size = uint64(end - at)
	}
	b.end = at + int64(size)
	return b, b.body <= b.end
}

// overrun records a box that reaches beyond what holds it.
func (m *bmff) overrun(kind, where string) {
	field := where + ":" + printableKind(kind)
	if where == "BMFF" {
		m.problem("truncated", field, "the %s box reaches beyond the end of the file", printableKind(kind))
		return
	}
	m.problem("corrupt-structure", field, "the %s box is larger than the box that holds it", printableKind(kind))
}

// printableKind writes a box type for people: QuickTime's © is Mac Roman
// 0xA9, and anything may stand there in a damaged file.
func printableKind(kind string) string {
	out := []byte(kind)
	for i, c := range out {
		if c < 0x20 || c > 0x7e {
			out[i] = '?'
		}
	}
	return string(out)
}

// fullBox reads the version, flags and n bytes that follow; fewer when the
// box is smaller.
func (m *bmff) fullBox(b box, n int) (version uint8, flags uint32, f *fields) {
	data, err := m.peek(b.body, int(min(b.size(), int64(n)+4)))
	if err != nil {
		m.failed("BMFF:"+printableKind(b.kind), err)
		return 0, 0, bigEndian(nil)
	}
	f = bigEndian(data)
	version = f.u8()
	flags = f.u24()
	return version, flags, f
}
