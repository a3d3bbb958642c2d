package iptc

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

func (d *decoder) digest(data []byte) {
	d.rec.Digest = hex.EncodeToString(d.fit("Photoshop:IPTCDigest", data))
	d.tag("Photoshop:IPTCDigest", d.rec.Digest)
}

// plain reads a resource that holds one value or a few fixed ones. Those that
// say nothing about the picture's origin (halftones, guides, paths) are passed
// over, as ExifTool does.
func (d *decoder) plain(r resource) {
	f := fields{d: d, data: r.data}
	switch r.number {
	case 0x03ed:
		f.resolution()
	case 0x03ee:
		f.text("AlphaChannelsNames", r.data, pascalStrings)
	case 0x0406:
		f.quality()
	case 0x040a:
		f.text("CopyrightFlag", r.data, spaced)
	case 0x040b:
		f.text("URL", r.data, charset{}.text)
	case 0x040d:
		f.unsigned("GlobalAngle", 0, 4)
	case 0x0419:
		f.unsigned("GlobalAltitude", 0, 4)
	case 0x041a:
		f.at = 20
		f.utf16("SlicesGroupName")
		f.unsigned("NumSlices", 0, 4)
	case 0x041b:
		f.utf16("WorkflowURL")
	case 0x041e:
		f.urlList()
	case 0x0421:
		f.unsigned("HasRealMergedData", 4, 1)
		f.at = 5
		f.utf16("WriterName")
		f.utf16("ReaderName")
	case 0x0426:
		f.printScale()
	case 0x0428:
		f.float64("PixelAspectRatio", 4)
	case 0x0bb7:
		if n := len(r.data); n > 0 {
			f.text("ClippingPathName", r.data[:min(int(r.data[0])+1, n)], pascalStrings)
		}
	}
}

// fields reads the numbers and strings of one resource. A field that the
// resource is too short for is left out.
type fields struct {
	d    *decoder
	data []byte
	at   int // of the next string, or what the offsets of numbers are counted from
}

// part gives n bytes at off, nil when they are not all there.
func (f *fields) part(off, n int) []byte {
	off += f.at
	if off > len(f.data) || n > len(f.data)-off {
		return nil
	}
	return f.data[off : off+n]
}

func (f *fields) text(name string, val []byte, read func([]byte) string) {
	field := "Photoshop:" + name
	f.d.tag(field, read(f.d.fit(field, val)))
}

func (f *fields) unsigned(name string, off, n int) {
	if b := f.part(off, n); b != nil {
		f.d.tag("Photoshop:"+name, strconv.FormatUint(bigEndian(b), 10))
	}
}

// utf16 reads a string at f.at, whose length in characters stands before it,
// and moves behind it. One that is cut off is read as far as it goes.
func (f *fields) utf16(name string) {
	head := f.part(0, 4)
	if head == nil {
		return
	}
	size := 2 * uint64(binary.BigEndian.Uint32(head))
	rest := f.data[f.at+4:]
	size = min(size, uint64(len(rest)))
	f.text(name, rest[:size], utf16Text)
	f.at += 4 + int(size)
}

func (f *fields) resolution() {
	f.fixed("XResolution", 0)
	f.unsigned("DisplayedUnitsX", 4, 2)
	f.fixed("YResolution", 8)
	f.unsigned("DisplayedUnitsY", 12, 2)
}

// fixed reads a number of 16 bits before the point and 16 after it.
func (f *fields) fixed(name string, off int) {
	if b := f.part(off, 4); b != nil {
		f.d.tag("Photoshop:"+name, decimal(float64(binary.BigEndian.Uint32(b))/0x10000))
	}
}

func (f *fields) signed(name string, off int) (v int16, ok bool) {
	b := f.part(off, 2)
	if b == nil {
		return 0, false
	}
	v = int16(binary.BigEndian.Uint16(b))
	f.d.tag("Photoshop:"+name, strconv.Itoa(int(v)))
	return v, true
}

// quality reads what was chosen when Photoshop wrote the JPEG.
func (f *fields) quality() {
	const progressive = 0x0101
	f.signed("PhotoshopQuality", 0)
	if v, ok := f.signed("PhotoshopFormat", 2); ok && v == progressive {
		f.signed("ProgressiveScans", 4)
	}
}

func (f *fields) printScale() {
	f.unsigned("PrintStyle", 0, 2)
	if x, y := f.part(2, 4), f.part(6, 4); y != nil {
		f.d.tag("Photoshop:PrintPosition", float(x)+" "+float(y))
	}
	if b := f.part(10, 4); b != nil {
		f.d.tag("Photoshop:PrintScale", float(b))
	}
}

func (f *fields) float64(name string, off int) {
	if b := f.part(off, 8); b != nil {
		f.d.tag("Photoshop:"+name, decimal(math.Float64frombits(binary.BigEndian.Uint64(b))))
	}
}

func float(b []byte) string {
	return decimal(float64(math.Float32frombits(binary.BigEndian.Uint32(b))))
}

// decimal writes v with 15 digits, as ExifTool's language does.
func decimal(v float64) string { return strconv.FormatFloat(v, 'g', 15, 64) }

// urlList reads a count and, for each address, eight bytes of which nothing is
// used and the string.
func (f *fields) urlList() {
	var urls []string
	head := f.part(0, 4)
	if head == nil {
		return
	}
	f.at = 4
	for n := binary.BigEndian.Uint32(head); n > 0 && f.d.count("Photoshop:URL_List"); n-- {
		size := f.part(8, 4)
		if size == nil {
			break
		}
		chars := 2 * uint64(binary.BigEndian.Uint32(size))
		if chars > uint64(len(f.data)-f.at-12) {
			break
		}
		urls = append(urls, utf16Text(f.d.fit("Photoshop:URL_List", f.part(12, int(chars)))))
		f.at += 12 + int(chars)
	}
	t := container.Tag{Field: "Photoshop:URL_List", Value: strings.Join(urls, ", ")}
	if len(urls) != 1 {
		t.List = append([]string{}, urls...)
	}
	f.d.rec.Tags = append(f.d.rec.Tags, t)
}

// pascalStrings reads strings that each stand behind one byte of length.
func pascalStrings(data []byte) string {
	var names []string
	for len(data) > 0 && int(data[0]) < len(data) {
		n := int(data[0]) + 1
		names = append(names, charset{}.text(data[1:n]))
		data = data[n:]
	}
	return strings.Join(names, ", ")
}

// spaced writes bytes as numbers.
func spaced(data []byte) string {
	var out []string
	for _, b := range data {
		out = append(out, strconv.Itoa(int(b)))
	}
	return strings.Join(out, " ")
}
