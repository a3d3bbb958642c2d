package makernote

import (
	"encoding/binary"

	"github.com/firsthand-media/firsthand/extract/exif"
)

const tagDNGPrivate = 0xc634

// dngPrivate reads the note that Adobe's converter carries over into a DNG
// (DNGPrivateData, "Adobe" and records of a name and a length; the record
// MakN begins with the byte order and the offset that the note had in the raw
// file), or that Pentax and Samsung write there themselves.
func (n *reader) dngPrivate(entry exif.Tag) error {
	field, err := n.bytes(entry.Offset+8, 4)
	if err != nil {
		return err
	}
	start := int64(n.order.Uint32(field))
	if entry.Size < 16 || start > n.size || entry.Size > uint64(n.size-start) {
		return nil
	}
	end := start + int64(entry.Size)
	head, err := n.bytes(start, 16)
	if err != nil {
		return err
	}
	if string(head[:6]) != "Adobe\x00" {
		return n.at(start, end)
	}
	for at, records := start+6, 0; end-at >= 8 && records < n.lim.Directories; records++ {
		b, err := n.bytes(at, min(14, end-at))
		if err != nil {
			return err
		}
		size := int64(binary.BigEndian.Uint32(b[4:]))
		if size > end-at-8 {
			return nil
		}
		if string(b[:4]) == "MakN" && size > 6 {
			return n.carried(b[8:], at+14, at+8+size)
		}
		at += 8 + size + size&1
	}
	return nil
}

// carried reads a note whose offsets count from the header of another file.
func (n *reader) carried(head []byte, start, end int64) error {
	switch string(head[:2]) {
	case "II":
		n.order = binary.LittleEndian
	case "MM":
		n.order = binary.BigEndian
	default:
		return nil
	}
	n.base = start - int64(n.order.Uint32(head[2:]))
	return n.at(start, end)
}
