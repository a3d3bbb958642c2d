package container

import (
	"fmt"
	"strconv"
)

// Coding is how a JPEG picture is encoded. Programs and platforms have habits
// in this, so that it can be held against what a file claims of its origin.
type Coding struct {
	Process       int         // n of SOFn (T.81, table B.1): 0 and 1 sequential, 2 progressive, 3 lossless, 9 and 10 arithmetic
	BitsPerSample int         // 8 as a rule
	Components    int         // 1 grey, 3 colour, 4 CMYK
	Subsampling   string      // of colour against brightness: "4:4:4", "4:2:2", "4:2:0", "4:4:0", "4:1:1", else "2x1" and the like; "" for grey
	Quality       int         // 1..100 where the tables are those of libjpeg at that quality, 0 where they are not
	Tables        [4][]uint16 // quantisation tables in the order of the file (zigzag), 64 values each or nil
}

// component is one colour component of a frame.
type component struct {
	id, h, v, table byte
	scanned         bool
	lacking         [64]byte // bits of each frequency that progressive scans have not brought yet
}

// jpegTables is what has been defined so far for the scans to use.
type jpegTables struct {
	coding     Coding
	components []component
	huffman    [2][4]bool // DC and AC
	anyHuffman bool
	scanStart  int64 // where the first picture data begins
}

// quantisation reads DQT (T.81, B.2.4.1).
func (j *jpeg) quantisation(b []byte) {
	for len(b) > 0 {
		wide, id := b[0]>>4, b[0]&15
		size := 65
		if wide == 1 {
			size = 129
		}
		if wide > 1 || id > 3 || len(b) < size {
			j.problem("corrupt-structure", j.group+":DQT", "a quantisation table is damaged")
			return
		}
		f := bigEndian(b[1:size])
		table := make([]uint16, 64)
		for i := range table {
			if wide == 1 {
				table[i] = f.u16()
			} else {
				table[i] = uint16(f.u8())
			}
			if table[i] == 0 {
				j.problem("corrupt-structure", j.group+":DQT", "a quantisation table holds a zero")
			}
		}
		j.tables.coding.Tables[id] = table
		b = b[size:]
	}
}

// huffmanTables reads DHT (T.81, B.2.4.2) as far as to know what it defines.
func (j *jpeg) huffmanTables(b []byte) {
	j.tables.anyHuffman = true
	for len(b) > 0 {
		bad := len(b) < 17 || b[0]>>4 > 1 || b[0]&15 > 3
		count, room := 0, 1 // room is what is left of the code space
		for i := 1; i <= 16 && !bad; i++ {
			count += int(b[i])
			room = room*2 - int(b[i])
			bad = room < 0
		}
		if bad || count > 256 || len(b) < 17+count {
			j.problem("corrupt-structure", j.group+":DHT", "a Huffman table is damaged")
			return
		}
		j.tables.huffman[b[0]>>4][b[0]&3] = true
		b = b[17+count:]
	}
}

// frame reads the header of a frame (T.81, B.2.2). The first frame of a
// stream is the picture.
func (j *jpeg) frame(marker byte, b []byte) {
	if len(b) < 6 || len(b) < 6+3*int(b[5]) {
		j.problem("corrupt-structure", j.group+":SOF", "the frame header is too short")
		if len(b) < 6 {
			return
		}
	}
	if j.sized {
		j.problem("corrupt-structure", j.group+":SOF", "a second frame header stands in the picture")
		return
	}
	j.sized = true
	c := &j.tables.coding
	f := bigEndian(b)
	c.Process, c.BitsPerSample = int(marker-markerSOF0), int(f.u8())
	h, w := int(f.u16()), int(f.u16())
	c.Components = int(f.u8())
	j.main(w, h)
	for range c.Components {
		id, sampling, table := f.u8(), f.u8(), f.u8()
		if f.short {
			break
		}
		j.tables.components = append(j.tables.components, component{
			id: id, h: sampling >> 4, v: sampling & 15, table: table, lacking: nothingScanned,
		})
	}
	j.checkFrame(w)
	if c.Process > 2 {
		j.remark(j.group+":SOF", "the picture is coded by a rare kind of JPEG (SOF%d), which few programs decode", c.Process)
	}
	j.frameTags()
}

// main files the size of the picture.
func (j *jpeg) main(w, h int) {
	if j.info.Type.Kind != "image" { // the thumbnail of a film
		return
	}
	if j.info.Width == 0 { // a RAW file states its own
		j.info.Width, j.info.Height = w, h
	}
	j.tagInt("File:ImageWidth", w)
	j.tagInt("File:ImageHeight", h)
}

func (j *jpeg) checkFrame(w int) {
	c := j.tables.coding
	field := j.group + ":SOF"
	switch {
	case w == 0:
		j.problem("corrupt-structure", field, "the frame header states a width of zero")
	case c.Components == 0 || c.Components > 4:
		j.problem("corrupt-structure", field, "the frame header states %d colour components", c.Components)
	case c.Process%4 != 3 && c.BitsPerSample != 8 && c.BitsPerSample != 12:
		j.problem("corrupt-structure", field, "the frame header states %d bits a sample", c.BitsPerSample)
	}
	for _, p := range j.tables.components {
		if p.h < 1 || p.h > 4 || p.v < 1 || p.v > 4 || p.table > 3 {
			j.problem("corrupt-structure", field, "the frame header describes a colour component that cannot be")
			return
		}
	}
}

// frameTags states the coding under ExifTool's names.
func (j *jpeg) frameTags() {
	c := &j.tables.coding
	if j.info.Type.Kind != "image" {
		return
	}
	j.tagInt("File:EncodingProcess", c.Process)
	j.tagInt("File:BitsPerSample", c.BitsPerSample)
	j.tagInt("File:ColorComponents", c.Components)
	if len(j.tables.components) != 3 {
		return
	}
	lo, hi := j.tables.components[0], j.tables.components[0]
	for _, p := range j.tables.components {
		lo.h, lo.v, hi.h, hi.v = min(lo.h, p.h), min(lo.v, p.v), max(hi.h, p.h), max(hi.v, p.v)
	}
	if lo.h == 0 || lo.v == 0 {
		return
	}
	c.Subsampling = subsampling(hi.h/lo.h, hi.v/lo.v)
	ratio := func(a, b byte) string { return strconv.FormatFloat(float64(a)/float64(b), 'g', 15, 64) }
	j.tag("File:YCbCrSubSampling", ratio(hi.h, lo.h)+" "+ratio(hi.v, lo.v))
}

func subsampling(h, v byte) string {
	switch [2]byte{h, v} {
	case [2]byte{1, 1}:
		return "4:4:4"
	case [2]byte{2, 1}:
		return "4:2:2"
	case [2]byte{2, 2}:
		return "4:2:0"
	case [2]byte{1, 2}:
		return "4:4:0"
	case [2]byte{4, 1}:
		return "4:1:1"
	}
	return fmt.Sprintf("%dx%d", h, v)
}

// scanHeader checks a scan against what is defined (T.81, B.2.3).
func (j *jpeg) scanHeader(b []byte, end int64) {
	if j.scans++; j.scans == 1 {
		j.tables.scanStart = end
	}
	field := j.group + ":SOS"
	if len(b) < 1 || b[0] < 1 || b[0] > 4 || len(b) < 4+2*int(b[0]) {
		j.problem("corrupt-structure", field, "the header of a scan is damaged")
		return
	}
	if !j.sized {
		j.problem("corrupt-structure", field, "picture data stands before the header that describes it")
		return
	}
	n := int(b[0])
	from, to, high, low := b[1+2*n], b[2+2*n], b[3+2*n]>>4, b[3+2*n]&15
	for i := range n {
		j.scanComponent(b[1+2*i], b[2+2*i], from, to, high)
		j.brought(b[1+2*i], from, to, low)
	}
	switch process := j.tables.coding.Process; {
	case process%4 == 3: // lossless: the first number is the predictor
	case process%4 == 2 && (to > 63 || from > to || from == 0 && to != 0):
		j.problem("corrupt-structure", field, "the header of a scan asks for the frequencies %d to %d, which do not exist", from, to)
	case process%4 < 2 && (from != 0 || to > 63):
		j.problem("corrupt-structure", field, "the header of a scan asks for the frequencies %d to %d, which do not exist", from, to)
	case process%4 < 2 && (to != 63 || b[3+2*n] != 0):
		j.remark(field, "the header of a scan holds numbers that decoders ignore and that are wrong")
	}
}

// scanComponent checks one component of a scan, whose tables must be there.
func (j *jpeg) scanComponent(id, tables, from, to, high byte) {
	field := j.group + ":SOS"
	for i := range j.tables.components {
		p := &j.tables.components[i]
		if p.id != id {
			continue
		}
		p.scanned = true
		process := j.tables.coding.Process
		dc, ac := tables>>4, tables&15
		needsDC := from == 0 && high == 0
		needsAC := to > 0 && process%4 != 3
		switch {
		case process >= 8: // arithmetic coding needs no tables
		case !j.tables.anyHuffman: // as in motion JPEG, which leaves out the usual ones
			j.remark(j.group+":DHT", "the picture relies on Huffman tables that are not in the file")
		case dc > 3 || ac > 3 || needsDC && !j.tables.huffman[0][dc] || needsAC && !j.tables.huffman[1][ac]:
			j.problem("corrupt-structure", field, "a scan uses a Huffman table that is not in the file")
		}
		if p.table <= 3 && process%4 != 3 && j.tables.coding.Tables[p.table] == nil {
			j.problem("corrupt-structure", field, "a scan uses a quantisation table that is not in the file")
		}
		return
	}
	j.problem("corrupt-structure", field, "a scan is of a colour component that the frame header does not list")
}

// nothingScanned is what a component lacks before its first scan: more bits
// than there are.
var nothingScanned = func() (all [64]byte) {
	for i := range all {
		all[i] = 16
	}
	return all
}()

// brought notes that a scan brings a component's frequencies but for their low
// bits.
func (j *jpeg) brought(id, from, to, low byte) {
	for i := range j.tables.components {
		if p := &j.tables.components[i]; p.id == id {
			for k := from; k <= min(to, 63); k++ {
				p.lacking[k] = low
			}
			return
		}
	}
}

// incomplete says that progressive scans are missing: a file that was cut off
// and closed again by a program shows a coarse picture and no other damage.
func (j *jpeg) incomplete() bool {
	for _, p := range j.tables.components {
		if p.scanned && p.lacking != [64]byte{} {
			return true
		}
	}
	return false
}

// checkScans compares what was scanned with what the frame promises, at the
// end of a whole stream.
func (j *jpeg) checkScans() {
	missing := 0
	for _, p := range j.tables.components {
		if !p.scanned {
			missing++
		}
	}
	if n := len(j.tables.components); missing > 0 && j.scans > 0 {
		j.problem("corrupt-structure", j.group+":SOS", "the picture data of %d of the %d colour components is missing", missing, n)
	}
	if process := j.tables.coding.Process; (process == 2 || process == 10) && j.incomplete() {
		j.problem("truncated", j.group+":SOS", "the last scans of the progressive picture are missing, so that it is coarser than it was")
	}
	if j.scans > 1 && j.tables.coding.Process < 2 && j.group == "JPEG" {
		j.remark("JPEG:SOS", "the picture data comes in %d parts though it is not progressive, which is unusual", j.scans)
	}
	// Each block of 8x8 samples takes a bit at the least.
	blocks := int64((j.info.Width+7)/8) * int64((j.info.Height+7)/8)
	if data := j.at - j.tables.scanStart; j.scans > 0 && j.group == "JPEG" && j.tables.coding.Process < 3 && blocks/8 > data {
		j.problem("corrupt-structure", j.group+":SOF", "the frame header states %dx%d pixels, far more than %d bytes of picture data can hold",
			j.info.Width, j.info.Height, data)
	}
}
