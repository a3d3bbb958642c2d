package makernote

import (
	"encoding/binary"
	"io"
	"math"
	"strings"
	"time"
)

// DecodeCIFF reads Canon's Camera Image File Format (CIFF specification 1.0,
// 1997): the directory at the end of a CRW file, and the one that old cameras
// keep in a JPEG's APP0 segment behind "HEAPJPGM". r begins with the byte
// order mark. Tags of a CRW stand in the groups CanonRaw and Canon, those of a
// JPEG in CIFF, as with ExifTool. A block that does not begin so gives an
// empty Note.
func DecodeCIFF(r io.ReaderAt, size int64, lim Limits) (*Note, error) {
	note := &Note{}
	n := &reader{r: r, size: size, end: size, note: note, lim: lim.orDefault(), make: "Canon"}
	if err := n.guarded(n.ciff); err != nil {
		return nil, err
	}
	note.summarise()
	return note, nil
}

func (n *reader) ciff() error {
	head, err := n.bytes(0, 14)
	if err != nil {
		return err
	}
	switch string(head[:2]) {
	case "II":
		n.order = binary.LittleEndian
	case "MM":
		n.order = binary.BigEndian
	default:
		return nil
	}
	kind := string(head[6:14])
	if kind != "HEAPCCDR" && kind != "HEAPJPGM" {
		return nil
	}
	n.note.Maker = "Canon"
	h := heap{reader: n, group: "CanonRaw", records: "Canon"}
	if kind == "HEAPJPGM" {
		h.group, h.records = "CIFF", "CIFF"
	}
	return h.read(0, int64(n.order.Uint32(head[2:])), n.size, 0)
}

// heap reads one heap of a CIFF file and those inside it.
type heap struct {
	*reader
	id      uint16 // of the entry that names the heap
	group   string // of the tags
	records string // of those in the records that Canon's maker notes have too
}

// The bits of a CIFF tag: where the value is and what it is.
const (
	ciffInEntry = 0x4000
	ciffKind    = 0x3800
	ciffHeap    = 0x2800
	ciffHeap2   = 0x3000
	ciffDepth   = 8

	ciffImageDescription = 0x2804 // the heap in which an entry has another name
	ciffDescription      = 0x0805
)

// read reads the heap from start to end, whose last four bytes say where its
// directory is.
func (h heap) read(id uint16, start, end int64, depth int) error {
	h.id = id
	field := "MakerNotes:" + h.group
	if h.dirs++; depth > ciffDepth || h.dirs > h.lim.Directories {
		h.note.problem("limit", field, "the CIFF directory is nested too deep, the rest was not read")
		return nil
	}
	if end-start < 6 {
		h.note.problem("corrupt-structure", field, "a CIFF directory is too short to be one")
		return nil
	}
	at, err := h.bytes(end-4, 4)
	if err != nil {
		return err
	}
	dir := start + int64(h.order.Uint32(at))
	if dir < start || dir > end-2 {
		h.note.problem("corrupt-structure", field, "a CIFF directory lies outside its block")
		return nil
	}
	b, err := h.bytes(dir, 2)
	if err != nil {
		return err
	}
	count := int64(h.order.Uint16(b))
	if fit := (end - dir - 2) / 10; count > fit {
		h.note.problem("truncated", field, "a CIFF directory is cut off")
		count = fit
	}
	count = min(count, int64(h.lim.Entries-h.entries))
	h.entries += int(count)
	entries, err := h.bytes(dir+2, count*10)
	if err != nil {
		return err
	}
	for i := range count {
		if err := h.entry(entries[i*10:i*10+10], dir+2+i*10, start, end, depth); err != nil {
			return err
		}
	}
	return nil
}

// entry reads one entry of a heap's directory, or the heap that it names.
func (h heap) entry(e []byte, place, start, end int64, depth int) error {
	id := h.order.Uint16(e)
	at, size := start+int64(h.order.Uint32(e[6:])), int64(h.order.Uint32(e[2:]))
	if id&ciffInEntry != 0 {
		at, size = place+2, 8
	}
	if kind := id & ciffKind; kind == ciffHeap || kind == ciffHeap2 {
		if at < start || size > end-at {
			h.note.problem("corrupt-structure", "MakerNotes:"+h.group, "a CIFF directory lies outside its block")
			return nil
		}
		return h.read(id&0x3fff, at, at+size, depth+1)
	}
	d, known := ciffTags[id&0x3fff]
	if !known {
		return nil
	}
	if id == ciffDescription && h.id == ciffImageDescription {
		d.name = "CanonFileDescription"
	}
	field := "MakerNotes:" + h.group + ":" + d.name
	if at < start || at > end || size > end-at {
		h.note.problem("corrupt-structure", field, "the value of %s lies outside the CIFF block", d.title())
		return nil
	}
	if uint64(size) > h.lim.ValueBytes || uint64(size) > h.lim.TotalBytes-h.total {
		return nil
	}
	h.total += uint64(size)
	raw, err := h.bytes(at, size)
	if err != nil {
		return err
	}
	v := value{raw: raw, at: at, size: uint64(size), order: h.order, typ: ciffType(id)}
	if w := typeWidth(v.typ); id&ciffInEntry != 0 && w > 1 && ciffRecords[d.name] == nil {
		v.raw = raw[:w]
	}
	return h.keep(d, v)
}

// keep takes a value: a record under the group of the heap, or the value.
func (h heap) keep(d tag, v value) error {
	if r := ciffRecords[d.name]; r != nil {
		moved := *r
		if moved.group = h.group; r.group == "Canon" {
			moved.group = h.records
		}
		return moved.open(h.reader, v)
	}
	if d.name == "SerialNumber" && !strings.Contains(h.note.Value(h.group, "Model"), "EOS") {
		return nil // a number of another kind
	}
	return h.accept("MakerNotes:"+h.group+":"+d.name, d, v)
}

func ciffType(id uint16) uint16 {
	switch id & ciffKind {
	case 0x0800:
		return typeASCII
	case 0x1000:
		return typeShort
	case 0x1800:
		return typeLong
	}
	return typeByte
}

var ciffTags = map[uint16]tag{
	0x0805: {name: "UserComment"},
	0x080a: {name: "MakeModel"},
	0x080b: {name: "CanonFirmwareVersion"},
	0x080c: {name: "ComponentVersion"},
	0x080d: {name: "ROMOperationMode"},
	0x0810: {name: "OwnerName"},
	0x0815: {name: "CanonImageType"},
	0x0816: {name: "OriginalFileName"},
	0x0817: {name: "ThumbnailFileName"},
	0x100a: {name: "TargetImageType"},
	0x1010: {name: "ShutterReleaseMethod"},
	0x1011: {name: "ShutterReleaseTiming"},
	0x1016: {name: "ReleaseSetting"},
	0x101c: {name: "BaseISO"},
	0x1029: {name: "FocalLength"},
	0x102a: {name: "ShotInfo"},
	0x1031: {name: "SensorInfo"},
	0x10ae: {name: "ColorTemperature"},
	0x10b4: {name: "ColorSpace"},
	0x1803: {name: "ImageFormat"},
	0x1804: {name: "RecordID"},
	0x1806: {name: "SelfTimerTime", conv: over(1000)},
	0x1807: {name: "TargetDistanceSetting", conv: as(typeFloat)},
	0x180b: {name: "SerialNumber"},
	0x180e: {name: "TimeStamp"},
	0x1810: {name: "ImageInfo"},
	0x1813: {name: "FlashInfo"},
	0x1814: {name: "MeasuredEV", conv: ciffLight},
	0x1817: {name: "FileNumber"},
	0x1818: {name: "ExposureInfo"},
	0x1834: {name: "CanonModelID"},
	0x183b: {name: "SerialNumberFormat"},
}

var ciffRecords = map[string]*record{
	"FocalLength": &canonFocalLength,
	"ShotInfo":    &canonShotInfo,
	"SensorInfo":  &canonSensorInfo,
	"MakeModel": {"CanonRaw", 1, []field{
		{at: 0, name: "Make", typ: typeASCII, count: 6},
		{at: 6, name: "Model", typ: typeASCII, count: -1},
	}},
	"ImageFormat": {"CanonRaw", 4, []field{
		{at: 0, name: "FileFormat", typ: typeLong},
		{at: 1, name: "TargetCompressionRatio", typ: typeFloat},
	}},
	"TimeStamp": {"CanonRaw", 4, []field{
		{at: 0, name: "DateTimeOriginal", typ: typeLong, conv: ciffTime},
		{at: 1, name: "TimeZoneCode", typ: typeSLong, conv: over(3600)},
		{at: 2, name: "TimeZoneInfo", typ: typeLong},
	}},
	"ImageInfo": {"CanonRaw", 4, []field{
		{at: 0, name: "ImageWidth", typ: typeLong},
		{at: 1, name: "ImageHeight", typ: typeLong},
		{at: 2, name: "PixelAspectRatio", typ: typeFloat},
		{at: 3, name: "Rotation", typ: typeSLong},
		{at: 4, name: "ComponentBitDepth", typ: typeLong},
		{at: 5, name: "ColorBitDepth", typ: typeLong},
		{at: 6, name: "ColorBW", typ: typeLong},
	}},
	"FlashInfo": {"CanonRaw", 4, []field{
		{at: 0, name: "FlashGuideNumber", typ: typeFloat},
		{at: 1, name: "FlashThreshold", typ: typeFloat},
	}},
	"ExposureInfo": {"CanonRaw", 4, []field{
		{at: 0, name: "ExposureCompensation", typ: typeFloat},
		{at: 1, name: "ShutterSpeedValue", typ: typeFloat, conv: ciffShutter},
		{at: 2, name: "ApertureValue", typ: typeFloat, conv: ciffAperture},
	}},
}

// ciffTime writes seconds since 1970 on the camera's own clock, whatever zone
// that was in.
func ciffTime(v value) (string, bool) {
	n, ok := v.Int()
	if n == 0 {
		return "0000:00:00 00:00:00", ok
	}
	return time.Unix(n, 0).UTC().Format("2006:01:02 15:04:05"), ok
}

func ciffLight(v value) (string, bool) {
	v.typ = typeFloat
	if f := v.Floats(); len(f) > 0 {
		return perlNumber(f[0] + 5), true
	}
	return "", false
}

// ciffShutter turns a logarithm into seconds, ciffAperture one into a number.
func ciffShutter(v value) (string, bool) {
	f := v.Floats()[0]
	return perlNumber(math.Exp(-f * math.Ln2)), math.Abs(f) < 100
}

func ciffAperture(v value) (string, bool) {
	return perlNumber(math.Exp(v.Floats()[0] * math.Ln2 / 2)), true
}
