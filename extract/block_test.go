package extract

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"maps"
	"slices"
	"strings"
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

// jpegWith wraps EXIF blocks in a JPEG of 16 by 8 pixels.
func jpegWith(blocks ...[]byte) []byte {
	var segments [][]byte
	for _, e := range blocks {
		segments = append(segments, append([]byte("\xe1Exif\x00\x00"), e...))
	}
	return jpegOf(segments...)
}

// jpegOf writes a JPEG with the given segments, each its marker and its body.
func jpegOf(segments ...[]byte) []byte {
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 16, 8)), nil); err != nil {
		panic(err)
	}
	return insertSegments(picture.Bytes(), segments...)
}

// insertSegments puts segments behind the first marker of a JPEG.
func insertSegments(picture []byte, segments ...[]byte) []byte {
	b := bytes.Clone(picture[:2])
	for _, s := range segments {
		b = append(b, 0xff, s[0])
		b = binary.BigEndian.AppendUint16(b, uint16(len(s)+1))
		b = append(b, s[1:]...)
	}
	return append(b, picture[2:]...)
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

// xmpSegment holds the given properties, written as attributes and elements of
// one description.
func xmpSegment(attributes, elements string) []byte {
	return []byte("\xe1http://ns.adobe.com/xap/1.0/\x00" + `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"` +
		` xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"` +
		` xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"` +
		` xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" ` + attributes + `>` + elements + `</rdf:Description></rdf:RDF></x:xmpmeta>`)
}

// iptcSegment holds records of the application section, by dataset number.
func iptcSegment(datasets map[byte]string) []byte {
	var iim []byte
	for _, n := range slices.Sorted(maps.Keys(datasets)) {
		iim = append(iim, 0x1c, 2, n)
		iim = binary.BigEndian.AppendUint16(iim, uint16(len(datasets[n])))
		iim = append(iim, datasets[n]...)
	}
	b := []byte("\xedPhotoshop 3.0\x008BIM\x04\x04\x00\x00")
	b = binary.BigEndian.AppendUint32(b, uint32(len(iim)))
	if b = append(b, iim...); len(iim)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

// exifSegment is an EXIF block as a segment.
func exifSegment(ifd0, exifIFD, gps tags) []byte {
	return append([]byte("\xe1Exif\x00\x00"), exifBlock(ifd0, exifIFD, gps)...)
}

// only gives the codes of findings, sorted and joined, damage apart.
func only(m Media) string {
	return strings.Join(slices.Sorted(maps.Keys(codes(m))), ";")
}
