package xmp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

// ErrNoPacket says that a block holds no XMP.
var ErrNoPacket = errors.New("no XMP packet in the block")

// starts are what a packet may begin with.
var starts = [...]string{"<?xpacket", "<x:xmpmeta", "<x:xapmeta", "<xmp:xmpmeta", "<rdf:RDF"}

// coding is one of the encodings that XMP allows (ISO 16684-1, 7.3.2).
type coding struct {
	width int // bytes of a code unit
	order binary.ByteOrder
	bom   string
}

// codings are tried in this order. UTF-32 comes before UTF-16, whose
// little-endian byte order mark begins that of UTF-32.
var codings = [...]coding{
	{1, binary.BigEndian, "\xef\xbb\xbf"},
	{4, binary.BigEndian, "\x00\x00\xfe\xff"},
	{4, binary.LittleEndian, "\xff\xfe\x00\x00"},
	{2, binary.BigEndian, "\xfe\xff"},
	{2, binary.LittleEndian, "\xff\xfe"},
}

// encode writes ASCII text in the coding.
func (c coding) encode(ascii string) []byte {
	if c.width == 1 {
		return []byte(ascii)
	}
	out := make([]byte, 0, len(ascii)*c.width)
	for i := range len(ascii) {
		unit := make([]byte, c.width)
		if c.order == binary.ByteOrder(binary.BigEndian) {
			unit[c.width-1] = ascii[i]
		} else {
			unit[0] = ascii[i]
		}
		out = append(out, unit...)
	}
	return out
}

// locate finds where the XML begins and how it is encoded, whatever stands
// before it. Where none of the usual beginnings is there, any element will do.
func locate(data []byte) (int, coding, error) {
	best, found := -1, coding{}
	head := data // what stands before the best beginning so far
	for _, c := range codings {
		for _, start := range starts {
			if at := bytes.Index(head, c.encode(start)); at >= 0 {
				best, found, head = at, c, data[:at]
			}
		}
	}
	if best >= 0 {
		return best, found, nil
	}
	for _, c := range codings {
		if at := bytes.Index(data, c.encode("<")); at >= 0 && (c.width == 1 || bytes.HasPrefix(data, []byte(c.bom))) {
			return at, c, nil
		}
	}
	return 0, coding{}, ErrNoPacket
}

// toUTF8 returns the text from an offset on in UTF-8, at most limit bytes of
// it; cut says that there was more. It copies nothing that is UTF-8 already.
func (c coding) toUTF8(data []byte, limit int) (text []byte, cut bool) {
	if c.width == 1 {
		if len(data) > limit {
			return data[:limit], true
		}
		return data, false
	}
	text = make([]byte, 0, min(len(data)/c.width, limit))
	for len(data) >= c.width {
		r, n := c.decodeRune(data)
		if len(text)+utf8.RuneLen(r) > limit {
			return text, true
		}
		text, data = utf8.AppendRune(text, r), data[n:]
	}
	return text, false
}

// decodeRune reads one character; what is none becomes U+FFFD.
func (c coding) decodeRune(data []byte) (rune, int) {
	if c.width == 4 {
		v := c.order.Uint32(data)
		if v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
			return utf8.RuneError, 4
		}
		return rune(v), 4
	}
	r := rune(c.order.Uint16(data))
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if len(data) >= 4 {
		if pair := utf16.DecodeRune(r, rune(c.order.Uint16(data[2:]))); pair != utf8.RuneError {
			return pair, 4
		}
	}
	return utf8.RuneError, 2
}

// declaresEntities tells whether a document type declaration stands before
// the packet.
func declaresEntities(head []byte) bool {
	return bytes.Contains(head, []byte("<!DOCTYPE"))
}
