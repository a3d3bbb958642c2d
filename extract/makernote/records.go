package makernote

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

// Notes that are no directory but one record of fixed places.

// whole reads the note as one record, in the given order.
func (n *reader) whole(r *record, from int64, order binary.ByteOrder) error {
	size := min(n.end-n.start-from, int64(n.lim.ValueBytes))
	if size <= 0 {
		n.note.problem("truncated", "MakerNotes:"+r.group, "the maker note ends inside its header")
		return nil
	}
	raw, err := n.bytes(n.start+from, size)
	if err != nil {
		return err
	}
	v := value{raw: raw, at: n.start + from, size: uint64(size)}
	if v.order = binary.LittleEndian; order == binary.BigEndian {
		v.order = binary.BigEndian
	}
	return r.open(n, v)
}

func hpRecord(aperture string, serial int) *record {
	return &record{"HP", 1, []field{
		{at: 12, name: aperture, typ: typeShort, conv: over(10)},
		{at: 16, name: "ExposureTime", typ: typeLong, conv: over(1e6)},
		{at: 20, name: "CameraDateTime", typ: typeASCII, count: 20},
		{at: 52, name: "ISO", typ: typeShort},
		{at: serial, name: "SerialNumber", typ: typeASCII, count: 26, conv: hpSerial},
	}}
}

func (n *reader) hp4() error { return n.whole(hpRecord("MaxAperture", 92), 0, binary.LittleEndian) }
func (n *reader) hp6() error { return n.whole(hpRecord("FNumber", 88), 0, binary.LittleEndian) }

func hpSerial(v value) (string, bool) { return strings.CutPrefix(v.String(), "SERIAL NUMBER:") }

// reconyx is the note of the Hyperfire game cameras.
func (n *reader) reconyx() error {
	return n.whole(&record{"Reconyx", 2, []field{
		{at: 0, name: "MakerNoteVersion", typ: typeShort},
		{at: 1, name: "FirmwareVersion", typ: typeShort, count: 3},
		{at: 4, name: "FirmwareDate", typ: typeShort, count: 2, conv: reconyxDay},
		{at: 7, name: "Sequence", typ: typeShort, count: 2},
		{at: 11, name: "DateTimeOriginal", typ: typeShort, count: 6, conv: reconyxTime},
		{at: 18, name: "MoonPhase", typ: typeShort},
		{at: 19, name: "AmbientTemperatureFahrenheit", typ: typeSShort},
		{at: 20, name: "AmbientTemperature", typ: typeSShort},
		{at: 21, name: "SerialNumber", typ: typeUndefined, count: 30, conv: reconyxSerial},
		{at: 36, name: "Contrast", typ: typeShort},
		{at: 37, name: "Brightness", typ: typeShort},
		{at: 38, name: "Sharpness", typ: typeShort},
		{at: 39, name: "Saturation", typ: typeShort},
		{at: 40, name: "InfraredIlluminator", typ: typeShort},
		{at: 43, name: "UserLabel", typ: typeASCII, count: 22},
	}}, 0, binary.LittleEndian)
}

func reconyxDay(v value) (string, bool) {
	ns := v.Ints()
	if len(ns) != 2 {
		return "", false
	}
	return fmt.Sprintf("%04x:%02x:%02x", ns[0], ns[1]>>8, ns[1]&0xff), true
}

// reconyxTime reads seconds, minutes, hours, month, day, year; some cameras
// turn the bytes around.
func reconyxTime(v value) (string, bool) {
	ns := v.Ints()
	if len(ns) != 6 {
		return "", false
	}
	if ns[0]&0xff00 != 0 && ns[0]&0xff == 0 {
		for i, n := range ns {
			ns[i] = n>>8 | n&0xff<<8
		}
	}
	return fmt.Sprintf("%04d:%02d:%02d %02d:%02d:%02d", ns[5], ns[3], ns[4], ns[2], ns[1], ns[0]), true
}

// reconyxSerial reads UTF-16 up to its first zero.
func reconyxSerial(v value) (string, bool) {
	var units []uint16
	for b := v.raw; len(b) >= 2; b = b[2:] {
		u := v.order.Uint16(b)
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units)), true
}

var kodakRecord = record{"Kodak", 1, []field{
	{at: 0, name: "KodakModel", typ: typeASCII, count: 8},
	{at: 9, name: "Quality", typ: typeByte},
	{at: 10, name: "BurstMode", typ: typeByte},
	{at: 12, name: "KodakImageWidth", typ: typeShort},
	{at: 14, name: "KodakImageHeight", typ: typeShort},
	{at: 16, name: "YearCreated", typ: typeShort},
	{at: 18, name: "MonthDayCreated", typ: typeByte, count: 2, conv: kodakDay},
	{at: 20, name: "TimeCreated", typ: typeByte, count: 4, conv: kodakTime},
	{at: 27, name: "ShutterMode", typ: typeByte},
	{at: 28, name: "MeteringMode", typ: typeByte},
	{at: 29, name: "SequenceNumber", typ: typeByte},
}}

// kodak is the common record of Kodak's EasyShare cameras.
func (n *reader) kodak() error {
	head, err := n.bytes(n.start, min(8, n.end-n.start))
	if err != nil {
		return err
	}
	if string(head) == "KDK INFO" {
		return n.whole(&kodakRecord, 8, binary.BigEndian)
	}
	return n.whole(&kodakRecord, 8, binary.LittleEndian)
}

func kodakDay(v value) (string, bool) {
	return fmt.Sprintf("%02d:%02d", v.raw[0], v.raw[1]), len(v.raw) == 2
}

func kodakTime(v value) (string, bool) {
	if b := v.raw; len(b) == 4 {
		return fmt.Sprintf("%02d:%02d:%02d.%02d", b[0], b[1], b[2], b[3]), true
	}
	return "", false
}

// kodakSerial is the form of the serial numbers with which some notes begin.
var kodakSerial = regexp.MustCompile(`^[CK][A-Z\d]{3} ?[A-Z\d]{1,2}\d{2}[A-Z\d]\d{4}[ \x00]`)

// kodak7 knows nothing of a note but that number.
func (n *reader) kodak7() error {
	return n.whole(&record{"Kodak", 1, []field{
		{at: 0, name: "SerialNumber", typ: typeASCII, count: 16, conv: withoutBlanks},
	}}, 0, binary.LittleEndian)
}

func withoutBlanks(v value) (string, bool) { return strings.TrimRight(v.String(), " \t\r\n"), true }

// kodak9 is that of later cameras, and of others that were sold under further
// names.
func (n *reader) kodak9() error {
	return n.whole(&record{"Kodak", 1, []field{
		{at: 16, name: "ExposureTime", typ: typeLong, conv: over(1e6)},
		{at: 20, name: "DateTimeOriginal", typ: typeASCII, count: 20, conv: slashesToColons},
		{at: 52, name: "ISO", typ: typeShort},
	}}, 0, binary.LittleEndian)
}

func slashesToColons(v value) (string, bool) {
	return strings.ReplaceAll(v.String(), "/", ":"), true
}

// fujifilm reads a note whose header says, in little-endian whatever the
// block has, where the directory stands in it.
func (n *reader) fujifilm() error {
	l := layout{maker: "Fujifilm", order: little, table: &fujifilmMain}
	if n.end-n.start < 12 {
		n.note.problem("truncated", "MakerNotes:FujiFilm", "the maker note of Fujifilm has no directory behind its name")
		return nil
	}
	head, err := n.bytes(n.start+8, 4)
	if err != nil {
		return err
	}
	n.order, n.base = binary.LittleEndian, n.start
	return n.root(l, n.start+int64(binary.LittleEndian.Uint32(head)))
}
