package container

import (
	"bytes"
	"strings"
)

// itemBlock files the metadata items: Exif, XMP, and IPTC in XML's place.
func (m *bmff) itemBlock(set *itemSet, it *item) {
	switch {
	case it.kind == "Exif":
		if data, off := m.itemData(set, it, "BMFF:meta/Exif"); data != nil {
			m.exifItem(data, off)
		}
	case it.kind == "mime" && it.contentType == "application/rdf+xml":
		data, off := m.itemData(set, it, "BMFF:meta/XMP")
		if data == nil {
			return
		}
		if it.encoding == "deflate" {
			var err error
			if data, err = m.inflate(data); err != nil {
				m.failed("BMFF:meta/XMP", err)
			}
			off = -1
		}
		if len(data) > 0 {
			m.addBlock(Block{Kind: XMP, Path: "BMFF:meta/XMP", Offset: off, Data: data})
		}
	}
}

// exifItem finds the TIFF header inside an Exif item: four bytes say how far
// behind them it begins (ISO 23008-12, A.2.1). Writers get this wrong, so the
// header is searched where the number does not lead to one.
func (m *bmff) exifItem(data []byte, off int64) {
	f := bigEndian(data)
	at := uint64(f.u32()) + 4
	if at >= uint64(len(data)) || !isTIFFHeader(data[at:]) {
		at = uint64(len(data))
		for i := range min(len(data), 64) {
			if isTIFFHeader(data[i:]) {
				at = uint64(i)
				break
			}
		}
	}
	if at >= uint64(len(data)) {
		m.problem("corrupt-structure", "BMFF:meta/Exif", "the Exif item holds no TIFF header")
		return
	}
	if off >= 0 {
		off += int64(at)
	}
	m.addBlock(Block{Kind: EXIF, Path: "BMFF:meta/Exif", Offset: off, Data: data[at:]})
}

func isTIFFHeader(b []byte) bool {
	return bytes.HasPrefix(b, []byte("II*\x00")) || bytes.HasPrefix(b, []byte("MM\x00*"))
}

// itemData joins the extents of an item. The offset is that of a single
// extent, -1 otherwise.
func (m *bmff) itemData(set *itemSet, it *item, path string) ([]byte, int64) {
	if it.method == 2 {
		return m.itemPiece(set, it, path), -1
	}
	var joined []byte
	off := int64(-1)
	for _, e := range it.extents {
		from, n, ok := m.place(set, it, e)
		if !ok {
			m.problem("truncated", path, "the item lies beyond the end of the file")
			break
		}
		if n > m.budget.BlockBytes-int64(len(joined)) {
			m.failed(path, &LimitError{"block size"})
			break
		}
		data, err := m.read(from, n)
		if err != nil {
			m.failed(path, err)
			break
		}
		if len(it.extents) == 1 {
			return data, from
		}
		joined = append(joined, data...)
	}
	return joined, off
}

// itemPiece gives an item that is a piece of another one, which its first
// reference of the kind iloc names (construction method 2). The other must
// lie in the file itself.
func (m *bmff) itemPiece(set *itemSet, it *item, path string) []byte {
	for _, to := range it.references {
		other := set.byID[to.id]
		if to.kind != "iloc" || other == nil || other.method == 2 || len(it.extents) == 0 {
			continue
		}
		whole, _ := m.itemData(set, other, path)
		e := it.extents[0]
		if e.off >= uint64(len(whole)) {
			break
		}
		piece := whole[e.off:]
		if e.length > 0 && e.length < uint64(len(piece)) {
			piece = piece[:e.length]
		}
		return piece
	}
	m.problem("corrupt-structure", path, "the item is a piece of another one that is not there")
	return nil
}

// place turns an extent into a range of the file. What reaches beyond the
// end is cut there; ok is false when nothing of it is in the file.
func (m *bmff) place(set *itemSet, it *item, e extent) (from, n int64, ok bool) {
	start, end := int64(0), m.size
	switch it.method {
	case 1:
		start, end = set.idat.body, set.idat.end
	case 2:
		return 0, 0, false
	}
	if e.off >= uint64(end-start) {
		return 0, 0, false
	}
	from = start + int64(e.off)
	n = end - from
	if e.length > 0 && e.length <= uint64(n) {
		n = int64(e.length)
	}
	return from, n, true
}

// checkPictureData reports coded pictures that lie beyond the end of the
// file; when that is true of all of them, there is no picture.
func (m *bmff) checkPictureData(set *itemSet) {
	coded, there, cut := 0, 0, false
	for _, it := range set.items {
		if !strings.Contains(" hvc1 hev1 av01 avc1 vvc1 jpeg j2k1 unci ", " "+it.kind+" ") || it.method == 2 {
			continue
		}
		coded++
		for i, e := range it.extents {
			from, n, ok := m.place(set, it, e)
			if ok && i == 0 {
				there++
			}
			if !ok || e.length > uint64(n) || from+n > m.size {
				cut = true
			}
		}
	}
	switch {
	case coded > 0 && there == 0:
		m.fatal("truncated", "BMFF:iloc", "the picture data lies beyond the end of the file")
	case cut:
		m.problem("truncated", "BMFF:iloc", "part of the picture data lies beyond the end of the file")
	}
}
