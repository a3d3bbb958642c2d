package makernote

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"github.com/firsthand-media/firsthand/extract/exif"
)

const tagMakerNote = 0x927c

// layout is one form of note: how it is known, where its directory stands and
// what the offsets in it count from.
type layout struct {
	maker  string
	prefix string                               // the note's first bytes; "" leaves it to make
	make   string                               // the camera's Make begins with it, in any case
	unless func(head []byte, model string) bool // further condition that excludes it
	start  int                                  // of the directory, from the note
	base   baseRule
	order  orderRule
	table  *table
	read   func(*reader) error // in place of a directory
}

type baseRule int

const (
	fromBlock     baseRule = iota // offsets count from the TIFF header, as in EXIF
	fromNote                      // ... from the first byte of the note
	fromDirectory                 // ... from the first byte behind its header
	fromEmbedded                  // a TIFF header of its own stands at start
)

type orderRule int

const (
	detect orderRule = iota // that of the block unless the entry count only makes sense in the other
	little
	big
)

// layouts are tried in turn. They are facts of ExifTool's maker note
// documentation and of the files themselves.
var layouts = []layout{
	{maker: "Apple", prefix: "Apple iOS\x00", start: 14, base: fromNote, order: big, table: &appleMain},
	{maker: "Nikon", prefix: "Nikon\x00\x02", start: 10, base: fromEmbedded, table: &nikonMain},
	{maker: "Nikon", prefix: "Nikon\x00\x01", start: 8, order: little, table: &nikonType1},
	{maker: "Olympus", prefix: "OLYMPUS\x00", start: 12, base: fromNote, table: &olympusMain},
	{maker: "Olympus", prefix: "OM SYSTEM\x00", start: 16, base: fromNote, table: &olympusMain},
	{maker: "Olympus", prefix: "OLYMP\x00", start: 8, table: &olympusMain},
	{maker: "Epson", prefix: "EPSON\x00", start: 8, table: &olympusMain},
	{maker: "Minolta", prefix: "MINOL\x00", start: 8, table: &olympusMain},
	{maker: "Minolta", prefix: "CAMER\x00", start: 8, table: &olympusMain},
	{maker: "Panasonic", prefix: "Panasonic\x00", start: 12, table: &panasonicMain, unless: isFT7},
	{maker: "Leica", prefix: "LEICA CAMERA AG\x00", start: 18, table: &panasonicMain},
	{maker: "Leica", prefix: "LEICA\x00\x08\x00", start: 8, table: &leica5},
	{maker: "Leica", prefix: "LEICA\x00\x09\x00", start: 8, table: &leica5},
	{maker: "Leica", prefix: "LEICA\x00\x02\x00", make: "leica camera ag", start: 8, table: &leica9},
	{maker: "Leica", prefix: "LEICA0", make: "leica camera ag", start: 8, base: fromNote, table: &leica4},
	{maker: "Leica", prefix: "LEICA\x00", make: "leica camera ag", start: 8, base: fromNote, table: &leica5, unless: notX},
	{maker: "Leica", prefix: "LEICA\x00\x00\x00", make: "leica camera ag", start: 8, base: fromDirectory, table: &leica2},
	{maker: "Leica", prefix: "LEICA\x00\x00\x00", make: "leica", start: 8, table: &panasonicMain},
	{maker: "Pentax", prefix: "AOC\x00", start: 6, table: &pentaxMain, unless: isOptio330},
	{maker: "Pentax", prefix: "AOC\x00", start: 6, table: &casioType2},
	{maker: "Pentax", prefix: "PENTAX \x00", start: 10, base: fromNote, table: &pentaxMain},
	{maker: "Ricoh", prefix: "RICOH\x00II", start: 8, base: fromNote, table: &pentaxMain},
	{maker: "Ricoh", prefix: "RICOH\x00MM", start: 8, base: fromNote, table: &pentaxMain},
	{maker: "Fujifilm", prefix: "FUJIFILM", read: (*reader).fujifilm},
	{maker: "Fujifilm", prefix: "GENERALE", read: (*reader).fujifilm},
	{maker: "Sony", prefix: "SONY DSC", start: 12, table: &sonyMain},
	{maker: "Sony", prefix: "SONY CAM", start: 12, table: &sonyMain},
	{maker: "Sony", prefix: "SONY MOBILE", start: 12, table: &sonyMain},
	{maker: "Sony", prefix: "\x00\x00SONY PIC\x00", start: 12, table: &sonyMain},
	{maker: "Sony", prefix: "VHAB     \x00", start: 12, table: &sonyMain},
	{maker: "Sigma", prefix: "SIGMA\x00", start: 10, table: &sigmaMain},
	{maker: "Sigma", prefix: "FOVEON\x00", start: 10, table: &sigmaMain},
	{maker: "Casio", prefix: "QVC\x00", start: 6, table: &casioType2},
	{maker: "Casio", prefix: "DCI\x00", start: 6, table: &casioType2},
	{maker: "Motorola", prefix: "MOT\x00", start: 8, base: fromNote, table: &motorolaMain},
	{maker: "Sanyo", prefix: "SANYO\x00", start: 8, table: &sanyoMain},
	{maker: "HP", prefix: "IIII\x04\x00", read: (*reader).hp4},
	{maker: "HP", prefix: "IIII\x06\x00", read: (*reader).hp6},
	{maker: "Kodak", prefix: "KDK", make: "eastman kodak", read: (*reader).kodak},
	{maker: "Kodak", prefix: "IIII\x02\x00", read: (*reader).kodak9, unless: notKodak9},
	{maker: "Kodak", prefix: "IIII\x03\x00", read: (*reader).kodak9, unless: notKodak9},
	{maker: "Kodak", make: "eastman kodak", read: (*reader).kodak7, unless: notKodak7},
	{maker: "Reconyx", prefix: "\x01\xf1", read: (*reader).reconyx},
	{maker: "Ricoh", prefix: "Ricoh", make: "ricoh", start: 8, table: &ricohMain},
	{maker: "Ricoh", prefix: "Ricoh", make: "pentax ricoh", start: 8, table: &ricohMain},
	{maker: "Ricoh", prefix: "RICOH", make: "ricoh", start: 8, table: &ricohMain},
	{maker: "Canon", make: "canon", table: &canonMain},
	{maker: "Nikon", make: "nikon", table: &nikonMain, unless: isText},
	{maker: "Casio", make: "casio", table: &casioType1},
	{maker: "Minolta", make: "konica minolta", table: &minoltaMain, unless: isOldMinolta},
	{maker: "Minolta", make: "minolta", table: &minoltaMain, unless: isOldMinolta},
	{maker: "Samsung", make: "samsung", base: fromNote, table: &samsungType2, unless: notSamsung2},
	{maker: "Sony", make: "sony", table: &sonyMain, unless: isText},
	{maker: "DJI", make: "DJI", table: &djiMain, unless: isDJIText},
	{maker: "FLIR", make: "flir systems", table: &flirMain},
}

// isText excludes a name where the entry count of a directory should be.
func isText(head []byte, _ string) bool {
	for _, c := range head[:min(4, len(head))] {
		if c < 0x20 || c > 0x7e {
			return false
		}
	}
	return true
}

func isFT7(_ []byte, model string) bool { return model == "DC-FT7" } // its offsets fit no rule

// notX excludes what is not of Leica's X series.
func notX(head []byte, _ string) bool {
	return len(head) < 8 || head[7] != 0 || !bytes.Contains([]byte("\x01\x04\x05\x06\x07\x10\x1a"), head[6:7])
}

func isOldMinolta(head []byte, _ string) bool {
	for _, p := range []string{"MINOL", "CAMER", "MLY0", "KC", "+M+M", "\xd7"} {
		if bytes.HasPrefix(head, []byte(p)) {
			return true
		}
	}
	return false
}

// notSamsung2 excludes notes that do not begin with a directory whose first
// entry is the version, "0100".
func notSamsung2(head []byte, _ string) bool {
	if len(head) < 14 || string(head[10:14]) != "0100" {
		return true
	}
	little := head[2:10]
	return !bytes.Equal(little, []byte("\x01\x00\x07\x00\x04\x00\x00\x00")) &&
		!bytes.Equal(little, []byte("\x00\x01\x00\x07\x00\x00\x00\x04"))
}

func isDJIText(head []byte, _ string) bool {
	return bytes.HasPrefix(head, []byte("[ae_dbg_info:")) || len(head) >= 8 && string(head[3:8]) == "@AMBA"
}

// notKodak9 excludes a record without a date where Kodak's has one.
func notKodak9(head []byte, _ string) bool {
	return len(head) < 31 || head[24] != '/' || head[27] != '/' || head[30] != ' '
}

// notKodak7 excludes a note that does not begin with a Kodak serial number.
func notKodak7(head []byte, _ string) bool { return !kodakSerial.Match(head) }

// isOptio330 excludes the cameras that Casio made for Pentax: Optio 330R, 330RS
// and 430RS.
func isOptio330(_ []byte, model string) bool {
	name, ok := strings.CutPrefix(strings.TrimSpace(model), "PENTAX Optio")
	name = strings.TrimSuffix(strings.TrimPrefix(name, " "), "S")
	return ok && (name == "330R" || name == "430R")
}

// match says whether a note has this layout.
func (l layout) match(head []byte, maker, model string) bool {
	if !bytes.HasPrefix(head, []byte(l.prefix)) {
		return false
	}
	if l.make != "" && (len(maker) < len(l.make) || !strings.EqualFold(maker[:len(l.make)], l.make)) {
		return false
	}
	return l.unless == nil || !l.unless(head, model)
}

// find gives the entry of that number, in the Exif directory before others.
func find(x *exif.Exif, id uint16) (exif.Tag, bool) {
	var found exif.Tag
	ok := false
	for _, t := range x.Tags {
		if t.ID == id && t.Size > 0 && (!ok || t.IFD == exif.ExifIFD) {
			found, ok = t, true
		}
	}
	return found, ok
}

// locate reads the note that an entry of the EXIF directories names.
func (n *reader) locate(entry exif.Tag) error {
	field, err := n.bytes(entry.Offset+8, 4)
	if err != nil {
		return err
	}
	start := entry.Offset + 8
	if entry.Size > 4 {
		start = int64(n.order.Uint32(field))
	}
	if start > n.size || entry.Size > uint64(n.size-start) {
		n.note.problem("corrupt-structure", "EXIF:ExifIFD:MakerNote", "the maker note lies outside the EXIF block")
		return nil
	}
	return n.at(start, start+int64(entry.Size))
}

// at reads the note that stands between two places of the block.
func (n *reader) at(start, end int64) error {
	n.start, n.end = start, end
	head, err := n.bytes(start, min(end-start, 64))
	if err != nil {
		return err
	}
	for _, l := range layouts {
		if l.match(head, n.make, n.model) {
			n.note.Maker = l.maker
			return n.layout(l)
		}
	}
	n.unread(head)
	return nil
}

// unread tells of a note that is too short to be what its first bytes say.
// Other notes without a known layout are no damage.
func (n *reader) unread(head []byte) {
	for _, l := range layouts {
		ofName := len(head) < len(l.prefix) && strings.HasPrefix(l.prefix, string(head))
		ofMake := len(head) < 8 && len(n.make) >= 3 && strings.HasPrefix(l.make, strings.ToLower(n.make))
		if ofName || ofMake {
			n.note.problem("truncated", "EXIF:ExifIFD:MakerNote",
				"the maker note has only %d bytes, too few for one of %s", n.end-n.start, l.maker)
			return
		}
	}
}

// layout reads a note whose layout is known.
func (n *reader) layout(l layout) error {
	if l.read != nil {
		return l.read(n)
	}
	at := n.start + int64(l.start)
	switch l.base {
	case fromNote:
		n.base = n.start
	case fromDirectory:
		n.base = at
	case fromEmbedded:
		return n.embedded(l, at)
	}
	switch l.order {
	case little:
		n.order = binary.LittleEndian
	case big:
		n.order = binary.BigEndian
	}
	return n.root(l, at)
}

// embedded reads a note with a TIFF header of its own.
func (n *reader) embedded(l layout, at int64) error {
	order, err := blockOrder(io.NewSectionReader(n.r, at, max(n.size-at, 0)), n.size-at)
	if err != nil || n.end-at < 8 {
		n.note.problem("truncated", "MakerNotes:"+l.table.group, "the maker note of %s has no directory behind its name", l.maker)
		return nil
	}
	head, err := n.bytes(at+4, 4)
	if err != nil {
		return err
	}
	n.order, n.base = order, at
	l.order = little // its header says it; nothing is to be detected
	if order == exif.ByteOrder(binary.BigEndian) {
		l.order = big
	}
	return n.root(l, at+int64(order.Uint32(head)))
}

// root reads the note's first directory, after a look at whether it is one.
func (n *reader) root(l layout, at int64) error {
	field := "MakerNotes:" + l.table.group
	if n.end-at < 2+12 {
		n.note.problem("truncated", field, "the maker note of %s is cut off after %d bytes", l.maker, n.end-n.start)
		return nil
	}
	head, err := n.bytes(at, 2+12)
	if err != nil {
		return err
	}
	if l.order == detect && !plausible(head, n.order) {
		n.order = other(n.order)
	}
	if !plausible(head, n.order) {
		n.note.problem("corrupt-structure", field, "the maker note does not begin with a directory, as one of %s does", l.maker)
		return nil
	}
	if l.base == fromBlock {
		if err := n.settle(at, l); err != nil {
			return err
		}
	}
	return n.directory(at, l.table)
}

func other(order exif.ByteOrder) exif.ByteOrder {
	if order == exif.ByteOrder(binary.LittleEndian) {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// plausible says whether a directory may begin here: some entries, not too
// many, the first of a known type.
func plausible(head []byte, order exif.ByteOrder) bool {
	count, typ := order.Uint16(head), order.Uint16(head[4:])
	return count > 0 && count < 1000 && typ <= 13
}
