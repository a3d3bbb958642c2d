package container

import (
	"bytes"
	"encoding/binary"
)

// Markers of ITU-T T.81, table B.1.
const (
	markerSOF0 = 0xc0
	markerDHT  = 0xc4
	markerJPG  = 0xc8
	markerDAC  = 0xcc
	markerRST0 = 0xd0
	markerSOI  = 0xd8
	markerEOI  = 0xd9
	markerSOS  = 0xda
	markerDQT  = 0xdb
	markerDNL  = 0xdc
	markerAPP0 = 0xe0
	markerCOM  = 0xfe
	markerTEM  = 0x01
)

// jpeg is one walk over the segments of a JPEG stream between at and end.
type jpeg struct {
	*scan
	group   string // of the fields in problems and paths: "JPEG", "RAF"
	at, end int64
	scans   int  // SOS markers met
	inScan  bool // picture data may stand here
	sized   bool // a frame header was met
	limited bool // a limit ended the walk, not the file
	parts   jpegParts

	tables   jpegTables
	pictures []secondPicture // by MPF
	seen     struct{ exif, xmp bool }
}

// readJPEG walks a JPEG stream from its SOI on. The picture is truncated when
// the stream ends without EOI; bytes behind EOI are reported, not read.
func (s *scan) readJPEG(from, end int64, group string) {
	j := &jpeg{scan: s, group: group, at: from + 2, end: end}
	for j.segment() {
	}
	j.joinParts()
	if group == "JPEG" && j.sized {
		j.tables.coding.Quality = libjpegQuality(j.tables.coding.Tables[0])
		s.info.Coding = &j.tables.coding
	}
}

// segment reads one marker and what belongs to it. It says whether another
// may follow.
func (j *jpeg) segment() bool {
	marker, ok := j.nextMarker()
	if !ok {
		j.cutOff("EOI", "the picture data ends without its end marker")
		return false
	}
	switch {
	case marker == markerEOI:
		j.finish()
		return false
	case marker == markerSOI || marker == markerTEM:
		return true
	}
	size, err := j.peek(j.at, 2)
	if err != nil || j.at+2 > j.end {
		j.cutOff("EOI", "the file ends inside a segment header")
		return false
	}
	length := int64(binary.BigEndian.Uint16(size))
	body := j.at + 2
	next := j.at + length
	if length < 2 {
		j.cutShort("corrupt-structure", jpegField(j.group, marker), "a segment states an impossible length")
		return false
	}
	if next > j.end {
		j.salvage(marker, body)
		j.cutOff("EOI", "the file ends inside a segment")
		return false
	}
	j.at = next
	j.inScan = false
	j.content(marker, body, length-2)
	return true
}

// content hands a whole segment to whoever knows it.
func (j *jpeg) content(marker byte, body, n int64) {
	switch {
	case marker == markerSOS:
		j.scanHeader(j.whole(body, n), body+n)
		j.inScan = true
	case marker == markerDQT:
		j.quantisation(j.whole(body, n))
	case marker == markerDHT:
		j.huffmanTables(j.whole(body, n))
	case marker == markerDNL:
		if b := j.whole(body, n); len(b) >= 2 && j.info.Height == 0 {
			j.info.Height = int(binary.BigEndian.Uint16(b))
		}
	case isSOF(marker):
		j.frame(marker, j.whole(body, n))
	case marker >= markerAPP0 && marker < markerAPP0+16:
		j.application(int(marker-markerAPP0), body, n)
	case marker == markerCOM:
		if b := j.whole(body, n); len(b) > 0 {
			j.tag("File:Comment", string(b))
		}
	}
}

// whole gives the content of a segment, which 16 bits of length bound.
func (j *jpeg) whole(body, n int64) []byte {
	b, err := j.peek(body, int(n))
	if err != nil {
		j.failedUnlessShort(err)
		return nil
	}
	return b
}

// isSOF tells the frame headers among 0xC0..0xCF.
func isSOF(marker byte) bool {
	return marker&0xf0 == markerSOF0 && marker != markerDHT && marker != markerJPG && marker != markerDAC
}

// nextMarker finds the next marker. Bytes that belong to no segment are
// passed over, as decoders do, and reported unless they are picture data.
func (j *jpeg) nextMarker() (byte, bool) {
	if err := j.budget.TakeValue(); err != nil {
		j.failedUnlessShort(err)
		return 0, false
	}
	start := j.at
	first, err := j.peek(start, 1)
	inStep := err == nil && first[0] == 0xff
	marker, ok := j.findMarker()
	if passed := j.at - 2 - start; ok && !j.inScan && (passed > 16 || passed > 0 && !inStep) {
		j.problem("corrupt-structure", j.group, "bytes that belong to no segment stand between the segments")
	}
	return marker, ok
}

// findMarker searches for a 0xFF that is followed by neither a stuffed zero,
// a restart marker nor a fill byte (T.81, B.1.1.2 and B.1.1.5), and goes
// behind that marker.
func (j *jpeg) findMarker() (byte, bool) {
	for j.at < j.end {
		b, err := j.rest(j.at, int(min(2, j.end-j.at)))
		if err != nil {
			j.failedUnlessShort(err)
			return 0, false
		}
		b = b[:min(int64(len(b)), j.end-j.at)]
		i := 0
		for i < len(b) {
			if b[i] != 0xff { // dense runs are not worth a call each
				next := bytes.IndexByte(b[i:], 0xff)
				if next < 0 {
					i = len(b)
					break
				}
				i += next
			}
			if i+1 == len(b) { // what follows is in the next piece, if anywhere
				break
			}
			switch c := b[i+1]; {
			case c == 0xff:
				i++
			case c == 0 || c&^7 == markerRST0:
				i += 2
			default:
				j.at += int64(i) + 2
				return c, true
			}
		}
		if i == 0 { // a single 0xFF ends the stream
			i = len(b)
		}
		j.at += int64(i)
	}
	return 0, false
}

// failedUnlessShort records limits; the end of the file is judged by who
// called.
func (j *jpeg) failedUnlessShort(err error) {
	if err != nil && err != errShort {
		j.limited = true
		j.failed(j.group+":SOS", err)
	}
}

// cutOff records the end of the file before EOI.
func (j *jpeg) cutOff(part, message string) {
	if j.limited {
		return
	}
	j.cutShort("truncated", j.group+":"+part, message)
}

// cutShort records an end before EOI; without any scan there is no picture.
func (j *jpeg) cutShort(code, field, message string) {
	if j.scans == 0 {
		j.fatal(code, field, "%s, before any picture data", message)
		return
	}
	j.problem(code, field, "%s", message)
}

// finish looks at what stands behind EOI.
func (j *jpeg) finish() {
	if j.scans == 0 {
		j.fatal("corrupt-structure", j.group+":SOS", "the file holds no picture data")
	}
	if j.sized && j.info.Height == 0 {
		j.problem("corrupt-structure", j.group+":SOF", "the frame header states a height of zero and no later segment corrects it")
	}
	j.checkScans()
	j.trailer()
}
