package container

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
)

// Tags that say where things are; all others belong to the Exif reader.
const (
	tagSubfileType  = 0x00fe
	tagImageWidth   = 0x0100
	tagImageLength  = 0x0101
	tagCompression  = 0x0103
	tagMake         = 0x010f
	tagStripOffsets = 0x0111
	tagOrientation  = 0x0112
	tagStripCounts  = 0x0117
	tagTileOffsets  = 0x0144
	tagTileCounts   = 0x0145
	tagSubIFDs      = 0x014a
	tagXMP          = 0x02bc
	tagIPTC         = 0x83bb
	tagPhotoshop    = 0x8649
	tagICC          = 0x8773
	tagC2PA         = 0xcd41
	tagDNGVersion   = 0xc612
	tagRW2JPEG      = 0x002e
)

// Bounds on the directories of one file.
const (
	maxEntries = 4096
	maxIFDs    = 64
)

// entry is one field of a TIFF directory.
type entry struct {
	kind  uint16
	count uint64
	at    int64 // of the value in the file
}

// ifd is one directory, by tag; of tags that stand twice the first counts.
type ifd map[uint16]entry

// tiff reads TIFF directories (TIFF 6.0; BigTIFF where big is set).
type tiff struct {
	*scan
	order binary.ByteOrder
	big   bool
	base  int64 // of the header
	seen  map[int64]bool
}

// openTIFF reads the header at base and gives the offset of the first
// directory.
func (s *scan) openTIFF(base int64) (*tiff, int64, bool) {
	head, err := s.peek(base, 8)
	if err != nil {
		return nil, 0, false
	}
	t := &tiff{scan: s, base: base, seen: map[int64]bool{}}
	switch string(head[:2]) {
	case "II":
		t.order = binary.LittleEndian
	case "MM":
		t.order = binary.BigEndian
	default:
		return nil, 0, false
	}
	if t.big = t.order.Uint16(head[2:]) == 43; !t.big {
		return t, int64(t.order.Uint32(head[4:])), true
	}
	head, err = s.peek(base, 16)
	if err != nil {
		return nil, 0, false
	}
	off := t.order.Uint64(head[8:])
	return t, int64(min(off, 1<<62)), true
}

// directory reads the directory at an offset and gives the place of the next.
func (t *tiff) directory(off int64) (dir ifd, next int64, err error) {
	if off <= 0 || t.seen[off] || len(t.seen) >= maxIFDs {
		return nil, 0, nil
	}
	t.seen[off] = true
	countSize, entrySize, linkSize := 2, 12, 4
	if t.big {
		countSize, entrySize, linkSize = 8, 20, 8
	}
	at := t.base + off
	head, err := t.peek(at, countSize)
	if err != nil {
		return nil, 0, err
	}
	count := (&fields{b: head, order: t.order}).sized(countSize)
	at += int64(countSize)
	dir = ifd{}
	for i := uint64(0); i < min(count, maxEntries); i++ {
		if err := t.budget.TakeValue(); err != nil {
			return dir, 0, err
		}
		raw, err := t.peek(at, entrySize)
		if err != nil {
			return dir, 0, err
		}
		t.addEntry(dir, raw, at)
		at += int64(entrySize)
	}
	if count > maxEntries {
		return dir, 0, &LimitError{"values"}
	}
	if link, err := t.peek(at, linkSize); err == nil {
		next = int64(min((&fields{b: link, order: t.order}).sized(linkSize), 1<<62))
	}
	return dir, next, nil
}

func (t *tiff) addEntry(dir ifd, raw []byte, at int64) {
	f := &fields{b: raw, order: t.order}
	tag := f.u16()
	e := entry{kind: f.u16()}
	inline := 4
	if t.big {
		inline = 8
	}
	e.count = f.sized(inline)
	e.at = at + 4 + int64(inline)
	size := e.size()
	if size > uint64(inline) {
		e.at = t.base + int64(min(f.sized(inline), 1<<62))
	}
	if _, twice := dir[tag]; !twice && size > 0 {
		dir[tag] = e
	}
}

// width of one value of each TIFF type; 0 for types that do not exist.
func typeWidth(kind uint16) uint64 {
	switch kind {
	case 1, 2, 6, 7, 129:
		return 1
	case 3, 8:
		return 2
	case 4, 9, 11, 13:
		return 4
	case 5, 10, 12, 16, 17, 18:
		return 8
	}
	return 0
}

// size is the length of the value in bytes, 0 when it is impossible.
func (e entry) size() uint64 {
	if e.count > 1<<40 {
		return 0
	}
	return e.count * typeWidth(e.kind)
}

// number reads the i-th unsigned number of an entry.
func (t *tiff) number(e entry, i uint64) (uint64, bool) {
	width := typeWidth(e.kind)
	if i >= e.count || width == 0 || e.kind == 2 || e.kind == 5 || e.kind == 10 {
		return 0, false
	}
	b, err := t.peek(e.at+int64(i*width), int(width))
	if err != nil {
		return 0, false
	}
	return (&fields{b: b, order: t.order}).sized(int(width)), true
}

func (t *tiff) first(dir ifd, tag uint16) int {
	v, _ := t.number(dir[tag], 0)
	return clampInt(v)
}

func (t *tiff) text(dir ifd, tag uint16) string {
	e := dir[tag]
	b, err := t.peek(e.at, int(min(e.size(), 128)))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(cleanText(string(b)))
}

// sniffTIFF recognises TIFF and the RAW formats built on it. Makers' formats
// that differ from TIFF in nothing but what the directory says are told apart
// by that; in doubt a file is TIFF.
func (s *scan) sniffTIFF(head []byte) string {
	if len(head) < 8 {
		return ""
	}
	switch string(head[:4]) {
	case "IIU\x00":
		return "rw2"
	case "IIRO", "IIRS", "MMOR":
		return "orf"
	case "II*\x00", "MM\x00*", "II+\x00", "MM\x00+":
	default:
		return ""
	}
	if len(head) >= 10 && string(head[8:10]) == "CR" {
		return "cr2"
	}
	t, off, ok := s.openTIFF(0)
	if !ok {
		return "tiff"
	}
	dir, _, _ := t.directory(off)
	maker := strings.ToUpper(t.text(dir, tagMake))
	_, hasSub := dir[tagSubIFDs]
	reduced := t.first(dir, tagSubfileType)&1 != 0
	compression := t.first(dir, tagCompression)
	switch {
	case dir[tagDNGVersion].count == 4:
		return "dng"
	case strings.HasPrefix(maker, "NIKON") && (hasSub && reduced || compression == 34713):
		return "nef"
	case strings.HasPrefix(maker, "SONY") && hasSub && (reduced || compression == 6):
		return "arw"
	case (strings.HasPrefix(maker, "PENTAX") || strings.HasPrefix(maker, "RICOH") || strings.HasPrefix(maker, "ASAHI")) && compression == 65535:
		return "pef"
	}
	return "tiff"
}

// readTIFF files the whole file as an Exif block, and the other blocks that
// its first directory points to.
func (s *scan) readTIFF() {
	t, off, ok := s.openTIFF(0)
	if !ok {
		s.fatal("truncated", "TIFF", "the file ends inside its header")
		return
	}
	dir, next, err := t.directory(off)
	if err != nil || dir == nil {
		if err == nil {
			err = errShort
		}
		s.failed("TIFF:IFD0", err)
	}
	if len(dir) == 0 {
		s.fatal("corrupt-structure", "TIFF:IFD0", "the first directory is missing or empty")
		return
	}
	s.addBlock(Block{Kind: EXIF, Path: "TIFF", Offset: 0, Source: io.NewSectionReader(s.r, 0, s.size)})
	s.info.Orientation = t.orientation(dir)
	if s.info.Type.Format == "rw2" {
		t.panasonic(dir)
		return
	}
	t.blocks(dir)
	t.mainPicture(dir, next)
	t.georeference(dir)
	t.checkStrips(dir)
}

func (t *tiff) orientation(dir ifd) int {
	if v := t.first(dir, tagOrientation); v >= 1 && v <= 8 {
		return v
	}
	return 0
}

func (t *tiff) blocks(dir ifd) {
	for _, b := range []struct {
		tag  uint16
		kind BlockKind
		path string
	}{
		{tagXMP, XMP, "TIFF:XMP"},
		{tagIPTC, IPTC, "TIFF:IPTC"},
		{tagPhotoshop, IPTC, "TIFF:Photoshop"},
		{tagICC, ICC, "TIFF:ICC"},
		{tagC2PA, C2PA, "TIFF:C2PA"},
	} {
		if e, ok := dir[b.tag]; ok {
			t.block(b.kind, b.path, e.at, int64(e.size()))
		}
	}
}

// mainPicture takes the size from the first directory, unless that holds a
// reduced picture as in most RAW files: then the largest full one counts.
func (t *tiff) mainPicture(dir ifd, next int64) {
	t.info.Width, t.info.Height = t.first(dir, tagImageWidth), t.first(dir, tagImageLength)
	if t.first(dir, tagSubfileType)&1 == 0 && t.info.Width > 0 {
		return
	}
	var queue []int64
	sub := dir[tagSubIFDs]
	for i := uint64(0); i < min(sub.count, maxIFDs); i++ {
		if off, ok := t.number(sub, i); ok {
			queue = append(queue, int64(min(off, 1<<62)))
		}
	}
	queue = append(queue, next)
	for len(queue) > 0 {
		other, more, err := t.directory(queue[0])
		queue = queue[1:]
		if err != nil || other == nil {
			continue
		}
		queue = append(queue, more)
		w, h := t.first(other, tagImageWidth), t.first(other, tagImageLength)
		if t.first(other, tagSubfileType)&1 == 0 && int64(w)*int64(h) > int64(t.info.Width)*int64(t.info.Height) {
			t.info.Width, t.info.Height = w, h
		}
	}
}

// checkStrips reports picture data that lies beyond the end of the file. The
// first and last strip stand for all.
func (t *tiff) checkStrips(dir ifd) {
	offsets, counts := dir[tagStripOffsets], dir[tagStripCounts]
	if offsets.count == 0 {
		offsets, counts = dir[tagTileOffsets], dir[tagTileCounts]
	}
	if offsets.count == 0 {
		return
	}
	first, ok := t.number(offsets, 0)
	if ok && first >= uint64(t.size) {
		t.fatal("truncated", "TIFF:StripOffsets", "the picture data lies beyond the end of the file")
		return
	}
	last, ok1 := t.number(offsets, offsets.count-1)
	length, ok2 := t.number(counts, counts.count-1)
	if !ok1 || ok2 && (last > uint64(t.size) || length > uint64(t.size)-last) {
		t.problem("truncated", "TIFF:StripOffsets", "the picture data reaches beyond the end of the file")
	}
}

// panasonic reads what RW2 keeps in place of the TIFF fields: the borders of
// the picture on the sensor, and a JPEG with its own Exif.
func (t *tiff) panasonic(dir ifd) {
	top, left := t.first(dir, 4), t.first(dir, 5)
	bottom, right := t.first(dir, 6), t.first(dir, 7)
	if right > left && bottom > top {
		t.info.Width, t.info.Height = right-left, bottom-top
	}
	t.blocks(dir)
	if e, ok := dir[tagRW2JPEG]; ok {
		t.embeddedJPEG(e.at, int64(e.size()), "RW2")
	}
}

// embeddedJPEG reads the blocks of a JPEG inside a RAW file.
func (s *scan) embeddedJPEG(off, n int64, group string) {
	head, err := s.peek(off, 2)
	if err != nil || !bytes.Equal(head, []byte{0xff, markerSOI}) || n > s.size-off {
		s.failed(group+":JPEG", errShort)
		return
	}
	s.readJPEG(off, off+n, group)
}
