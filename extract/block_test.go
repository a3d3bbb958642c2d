package extract

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"
)

// tags are the entries of one directory of a test block: a string is ASCII,
// []uint32 are fractions, a uint16 is a SHORT, a byte is a BYTE.
type tags map[uint16]any

// Tag numbers of the test blocks.
const (
	tModel, tOrientation, tModify, tSoftware = 0x0110, 0x0112, 0x0132, 0x0131
	tOriginal, tDigitised                    = 0x9003, 0x9004
	tOffset, tOffsetOriginal                 = 0x9010, 0x9011
	tSubSecOriginal                          = 0x9291
	tLatRef, tLat, tLonRef, tLon             = 1, 2, 3, 4
	tAltRef, tAlt, tGPSTime                  = 5, 6, 7
	tDirectionRef, tDirection                = 0x10, 0x11
	tGPSDate, tAccuracy                      = 0x1d, 0x1f
)

// exifBlock writes IFD0, the Exif and the GPS directory, little endian.
func exifBlock(ifd0, exifIFD, gps tags) []byte {
	le := binary.LittleEndian
	const room = 512 // for each directory
	b := make([]byte, 8+3*room)
	copy(b, "II*\x00\x08\x00\x00\x00")
	for i, d := range []tags{ifd0, exifIFD, gps} {
		at := 8 + i*room
		n := 0
		put := func(id, typ uint16, count int, value []byte) {
			e := b[at+2+n*12:]
			le.PutUint16(e, id)
			le.PutUint16(e[2:], typ)
			le.PutUint32(e[4:], uint32(count))
			if len(value) <= 4 {
				copy(e[8:12], value)
			} else {
				le.PutUint32(e[8:], uint32(len(b)))
				b = append(b, value...)
			}
			n++
		}
		for id, v := range d {
			switch v := v.(type) {
			case string:
				put(id, 2, len(v)+1, append([]byte(v), 0))
			case uint16:
				put(id, 3, 1, le.AppendUint16(nil, v))
			case byte:
				put(id, 1, 1, []byte{v})
			case []uint32:
				var f []byte
				for _, x := range v {
					f = le.AppendUint32(f, x)
				}
				put(id, 5, len(v)/2, f)
			}
		}
		if i == 0 {
			put(0x8769, 4, 1, le.AppendUint32(nil, 8+room))
			put(0x8825, 4, 1, le.AppendUint32(nil, 8+2*room))
		}
		le.PutUint16(b[at:], uint16(n))
	}
	return b
}

// jpegWith wraps an EXIF block in a JPEG of 16 by 8 pixels that ends like one.
func jpegWith(blocks ...[]byte) []byte {
	b := []byte{0xff, 0xd8}
	segment := func(marker byte, body []byte) {
		b = append(b, 0xff, marker)
		b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
		b = append(b, body...)
	}
	for _, e := range blocks {
		segment(0xe1, append([]byte("Exif\x00\x00"), e...))
	}
	segment(0xdb, make([]byte, 65))
	segment(0xc0, []byte{8, 0, 8, 0, 16, 1, 1, 0x11, 0})
	segment(0xc4, make([]byte, 17))
	segment(0xda, []byte{1, 1, 0, 0, 63, 0})
	return append(b, 0x12, 0x34, 0xff, 0xd9)
}

func readBytes(b []byte, name string) Media {
	return Read(bytes.NewReader(b), int64(len(b)), name, Options{Now: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func codes(m Media) map[string]bool {
	out := map[string]bool{}
	for _, f := range m.Findings {
		out[f.Code] = true
	}
	return out
}

// inEveryZone runs a test with the machine's clock in three zones: what a file
// says must not depend on where it is read.
func inEveryZone(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	before := time.Local
	t.Cleanup(func() { time.Local = before })
	for _, z := range []*time.Location{time.UTC, time.FixedZone("Asia/Tokyo", 9*3600), time.FixedZone("America/New_York", -5*3600)} {
		time.Local = z
		t.Run(z.String(), f)
	}
}

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}
