package container

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

// Identifiers at the front of application segments.
const (
	idEXIF      = "Exif\x00"
	idXMP       = "http://ns.adobe.com/xap/1.0/\x00"
	idXMPExt    = "http://ns.adobe.com/xmp/extension/\x00"
	idICC       = "ICC_PROFILE\x00"
	idPhotoshop = "Photoshop 3.0\x00"
	idJUMBF     = "JP"
)

// jpegPart is one segment of a block that is spread over several.
type jpegPart struct {
	key  string // what ties the parts together: GUID, box instance
	seq  uint32
	off  int64 // of data in the file
	data []byte
}

// jpegParts gathers the blocks that are spread over segments until the end.
type jpegParts struct {
	xmpExt, icc, irb, jumbf []jpegPart
	held                    int64
}

// maxParts bounds the parts of blocks that are held until all are seen.
const maxParts = 12 << 20

func jpegField(group string, marker byte) string {
	if marker >= markerAPP0 && marker < markerAPP0+16 {
		return fmt.Sprintf("%s:APP%d", group, marker-markerAPP0)
	}
	return fmt.Sprintf("%s:0x%02X", group, marker)
}

// application reads an APPn segment whose content lies at body.
func (j *jpeg) application(n int, body, size int64) {
	head, err := j.peek(body, int(min(size, 80)))
	if err != nil {
		j.failed(j.group, err)
		return
	}
	path := fmt.Sprintf("%s:APP%d", j.group, n)
	is := func(id string) bool { return bytes.HasPrefix(head, []byte(id)) }
	skip := func(id string) (int64, int64) { return body + int64(len(id)), size - int64(len(id)) }
	if j.namedSegment(n, bytes.Clone(head), body, size) {
		return
	}
	switch {
	case n == 1 && is(idEXIF) && size > 6:
		j.order(EXIF)
		j.block(EXIF, path, body+6, size-6)
	case n == 1 && is(idXMPExt):
		j.extendedXMP(body+int64(len(idXMPExt)), size-int64(len(idXMPExt)))
	case n == 1 && is(idXMP):
		off, left := skip(idXMP)
		j.order(XMP)
		j.block(XMP, path, off, left)
	case n == 1 && (bytes.Contains(head, []byte("<?xpacket")) || bytes.Contains(head, []byte("<x:xmpmeta"))):
		from := int64(bytes.IndexByte(head, '<'))
		j.block(XMP, path, body+from, size-from)
	case n == 2 && is(idICC) && size > 14:
		j.keepPart(&j.parts.icc, jpegPart{seq: uint32(head[12])}, body+14, size-14)
	case n == 13 && is(idPhotoshop):
		off, left := skip(idPhotoshop)
		j.keepPart(&j.parts.irb, jpegPart{}, off, left)
	case n == 11 && is(idJUMBF) && size > 16:
		j.jumbf(head, body, size)
	}
}

// order notes what stands where other programs do not look for it: some read
// the first application segment only.
func (j *jpeg) order(kind BlockKind) {
	switch {
	case kind == XMP:
		j.seen.xmp = true
	case j.seen.exif:
		j.remark(j.group+":APP1", "the file holds more than one EXIF segment, of which many programs read one")
	case j.seen.xmp:
		j.remark(j.group+":APP1", "the XMP segment stands before the EXIF segment, so that some programs miss the latter")
	}
	j.seen.exif = j.seen.exif || kind == EXIF
}

// extendedXMP keeps one part of an extended packet: GUID, whole length,
// offset (XMP specification part 3, 1.1.3.1).
func (j *jpeg) extendedXMP(off, size int64) {
	head, err := j.peek(off, 40)
	if err != nil || size <= 40 {
		j.problem("corrupt-structure", "JPEG:APP1", "a part of the extended XMP is too short")
		return
	}
	part := jpegPart{key: string(head[:32]), seq: binary.BigEndian.Uint32(head[36:])}
	j.keepPart(&j.parts.xmpExt, part, off+40, size-40)
}

// jumbf keeps one part of a JUMBF box. Every part repeats the box header,
// which only the first needs (ISO 19566-5, annex D).
func (j *jpeg) jumbf(head []byte, body, size int64) {
	instance := string(head[2:4])
	seq := binary.BigEndian.Uint32(head[4:])
	header := int64(8)
	if binary.BigEndian.Uint32(head[8:]) == 1 {
		header = 16
	}
	skip := int64(8)
	for _, p := range j.parts.jumbf {
		if p.key == instance {
			skip += header
			break
		}
	}
	j.keepPart(&j.parts.jumbf, jpegPart{key: instance, seq: seq}, body+skip, size-skip)
}

func (j *jpeg) keepPart(list *[]jpegPart, p jpegPart, off, size int64) {
	if size <= 0 {
		return
	}
	if j.parts.held+size > maxParts {
		j.failed(j.group, &LimitError{"block size"})
		return
	}
	data, err := j.read(off, size)
	if err != nil {
		j.failed(j.group, err)
		return
	}
	j.parts.held += size
	p.off, p.data = off, data
	*list = append(*list, p)
}

// joinParts puts the spread-out blocks together once all segments are seen.
func (j *jpeg) joinParts() {
	j.joinSorted(ICC, j.group+":APP2", j.parts.icc)
	j.joinSorted(IPTC, j.group+":APP13", j.parts.irb)
	for _, parts := range byKey(j.parts.jumbf) {
		j.joinSorted(C2PA, j.group+":APP11", parts)
	}
	for _, parts := range byKey(j.parts.xmpExt) {
		j.joinExtendedXMP(parts)
	}
}

// byKey groups parts in the order in which their keys are first met.
func byKey(parts []jpegPart) [][]jpegPart {
	var groups [][]jpegPart
	index := map[string]int{}
	for _, p := range parts {
		i, ok := index[p.key]
		if !ok {
			i = len(groups)
			index[p.key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], p)
	}
	return groups
}

// joinSorted joins parts by their sequence number; those that have none keep
// the order of the file.
func (j *jpeg) joinSorted(kind BlockKind, path string, parts []jpegPart) {
	if len(parts) == 0 {
		return
	}
	slices.SortStableFunc(parts, func(a, b jpegPart) int { return cmp.Compare(a.seq, b.seq) })
	off := parts[0].off
	if len(parts) > 1 {
		off = -1
	}
	total := int64(0)
	for _, p := range parts {
		total += int64(len(p.data))
	}
	data := make([]byte, 0, min(total, j.budget.BlockBytes))
	for _, p := range parts {
		if int64(len(data)+len(p.data)) > j.budget.BlockBytes {
			j.failed(path, &LimitError{"block size"})
			break
		}
		data = append(data, p.data...)
	}
	j.addBlock(Block{Kind: kind, Path: path, Offset: off, Data: data})
}

// joinExtendedXMP puts the parts where they say they belong, as far as they
// follow each other without a gap.
func (j *jpeg) joinExtendedXMP(parts []jpegPart) {
	slices.SortStableFunc(parts, func(a, b jpegPart) int { return cmp.Compare(a.seq, b.seq) })
	var data []byte
	for _, p := range parts {
		if int64(p.seq) != int64(len(data)) {
			j.problem("corrupt-structure", "JPEG:APP1", "a part of the extended XMP is missing or stands twice")
			continue
		}
		if int64(len(data)+len(p.data)) > j.budget.BlockBytes {
			j.failed("JPEG:APP1", &LimitError{"block size"})
			break
		}
		data = append(data, p.data...)
	}
	if len(data) > 0 {
		j.addBlock(Block{Kind: XMP, Path: j.group + ":APP1/extended", Offset: -1, Data: data})
	}
}

// salvage reads an Exif or XMP segment that the end of the file cuts off:
// what is there is still what the file says.
func (j *jpeg) salvage(marker byte, body int64) {
	if marker == markerAPP0+1 && body < j.end {
		j.application(1, body, j.end-body)
	}
}
