package iptc

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/firsthand-media/firsthand/extract/container"
)

// Numbers of the image resources that are more than a value.
const (
	resIPTC         = 0x0404
	resThumbnailBGR = 0x0409
	resICC          = 0x040f
	resThumbnail    = 0x040c
	resEXIF         = 0x0422
	resXMP          = 0x0424
	resDigest       = 0x0425
)

// thumbnailHeader is the length of what stands before the JPEG in a thumbnail
// resource: format, width, height, bytes of a row and in all, depth, planes.
const thumbnailHeader = 28

// signatures of the programs that write resources. Only those of Photoshop have
// known meanings; PHUT is ImageReady's, MeSa PhotoDeluxe's.
func signatures() []string { return []string{"8BIM", "PHUT", "DCSR", "AgHg", "MeSa"} }

func isResource(data []byte) bool {
	return len(data) >= 4 && slices.Contains(signatures(), string(data[:4]))
}

// resource is one image resource.
type resource struct {
	photoshop bool // the signature is "8BIM"
	number    uint16
	data      []byte
}

// resources reads image resource blocks to their end.
func (d *decoder) resources(data []byte) {
	for len(data) > 8 && d.count("Photoshop") {
		r, rest, ok := d.nextResource(data)
		if !ok {
			break
		}
		if r.photoshop {
			d.resource(r)
		}
		data = rest
	}
}

// nextResource takes one resource off data: signature, number, a Pascal string
// padded to an even length, four bytes of size, the data padded likewise.
func (d *decoder) nextResource(data []byte) (r resource, rest []byte, ok bool) {
	if !isResource(data) {
		if len(bytes.Trim(data, "\x00")) > 0 {
			d.problem("corrupt-structure", "Photoshop", "an image resource does not begin with a known signature, the rest was not read")
		}
		return r, nil, false
	}
	r.photoshop = string(data[:4]) == "8BIM"
	r.number = binary.BigEndian.Uint16(data[4:])
	name := int(data[6]) + 1
	head := 6 + name + name&1
	if head+4 > len(data) {
		d.problem("truncated", "Photoshop", "image resource %#04x is cut off", r.number)
		return r, nil, false
	}
	size := uint64(binary.BigEndian.Uint32(data[head:]))
	data = data[head+4:]
	if size > uint64(len(data)) {
		d.problem("truncated", "Photoshop", "image resource %#04x is cut off: %d of %d bytes are there", r.number, len(data), size)
		return r, nil, false
	}
	r.data = data[:size]
	return r, data[min(size+size&1, uint64(len(data))):], true
}

// resource reads one resource of Photoshop.
func (d *decoder) resource(r resource) {
	switch r.number {
	case resIPTC:
		d.records(r.data)
	case resThumbnail:
		d.thumbnail("Photoshop:PhotoshopThumbnail", r.data)
	case resThumbnailBGR:
		d.thumbnail("Photoshop:PhotoshopBGRThumbnail", r.data)
	case resDigest:
		d.digest(r.data)
	case resEXIF:
		d.block(container.EXIF, "Photoshop:EXIFInfo", r.data)
	case resXMP:
		d.block(container.XMP, "Photoshop:XMP", r.data)
	case resICC:
		d.block(container.ICC, "Photoshop:ICC_Profile", r.data)
	default:
		d.plain(r)
	}
}

// thumbnail keeps the first JPEG.
func (d *decoder) thumbnail(field string, data []byte) {
	if len(data) <= thumbnailHeader {
		return
	}
	picture := data[thumbnailHeader:]
	d.tag(field, binarySize(len(picture)))
	if d.rec.Thumbnail == nil && bytes.HasPrefix(picture, []byte{0xff, 0xd8, 0xff}) {
		d.rec.Thumbnail = picture
	}
}

// block keeps a block of another format, whose reader is elsewhere. Its offset
// in the file is not known here.
func (d *decoder) block(kind container.BlockKind, path string, data []byte) {
	if len(data) > 0 {
		d.rec.Blocks = append(d.rec.Blocks, container.Block{Kind: kind, Path: path, Offset: -1, Data: data})
	}
}
