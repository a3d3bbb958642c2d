package makernote

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// runTime is a CMTime as Apple writes it: flags 1, value 34566, timescale
// 1000, epoch 0.
func runTime() []byte {
	b := []byte("bplist00")
	offsets := []byte{}
	put := func(object ...byte) {
		offsets = append(offsets, byte(len(b)))
		b = append(b, object...)
	}
	put(0xd4, 1, 2, 3, 4, 5, 6, 7, 8)
	for _, key := range []string{"flags", "value", "timescale", "epoch"} {
		put(append([]byte{0x50 | byte(len(key))}, key...)...)
	}
	put(0x10, 1)
	put(0x12, 0, 0, 0x87, 0x06)
	put(0x11, 0x03, 0xe8)
	put(0x10, 0)
	table := len(b)
	b = append(b, offsets...)
	trailer := make([]byte, 32)
	trailer[6], trailer[7], trailer[15], trailer[31] = 1, 1, byte(len(offsets)), byte(table)
	return append(b, trailer...)
}

func olympusNote() note {
	return func(int) []byte {
		head := "OLYMPUS\x00II\x03\x00"
		equipment := directory(le, len(head)+18, 0,
			ascii(0x0101, "B9U505495"), ascii(0x0102, "4124110012362102"), ascii(0x0202, "AC1205545"), ascii(0x0203, "OLYMPUS M.17mm F1.8"))
		b := append([]byte(head), directory(le, len(head), 0, longs(le, 0x2010, uint32(len(head)+18)))...)
		return append(b, equipment...)
	}
}

func sonyCipher(b []byte) []byte {
	out := slices.Clone(b)
	for i, c := range b {
		if n := int(c); n < 249 {
			out[i] = byte(n * n * n % 249)
		}
	}
	return out
}

func sony9050() []byte {
	b := make([]byte, 200)
	le.PutUint32(b[0x3a:], 179)
	copy(b[0x88:], []byte{13, 255, 0, 0, 246, 8})
	return sonyCipher(b)
}

func TestDecodeTellsCameraLensAndOwner(t *testing.T) {
	for _, c := range []struct {
		name, maker, model string
		order              exif.ByteOrder
		note               note
		want               Note
		tag, value         string
	}{
		{"Canon", "Canon", "Canon EOS 70D", le, fromHeader(le, "", ascii(7, "Firmware Version 1.1.2"), ascii(9, "J\xfcrgen"),
			longs(le, 0x0c, 21010433), ascii(0x95, "EF50mm f/1.8 II"), ascii(0x96, "KQ0002389"), undefined(0x4019, 0x67, 3, 0, 0x12, 0x96)),
			Note{Maker: "Canon", Serial: "0021010433", InternalSerial: "KQ0002389", LensSerial: "6703001296", Lens: "EF50mm f/1.8 II",
				Owner: "Jürgen", Firmware: "Firmware Version 1.1.2"}, "Canon:OwnerName", "J?rgen"},
		{"Nikon type 3", "NIKON CORPORATION", "NIKON D300", le, nikon(be, ascii(0x1d, "3105364"), longs(be, 0xa7, 241575),
			rationals(be, 0x84, 28, 1, 300, 1, 35, 10, 56, 10)),
			Note{Maker: "Nikon", Serial: "3105364", Lens: "28-300mm f/3.5-5.6"}, "Nikon:ShutterCount", "241575"},
		{"Nikon D1", "NIKON", "NIKON D1", be, fromHeader(be, "", ascii(0xa0, "NO= 00001234"), ascii(4, "FINE")),
			Note{Maker: "Nikon", Serial: "NO= 00001234"}, "Nikon:Quality", "FINE"},
		{"Olympus", "OLYMPUS IMAGING CORP.", "E-P3", be, olympusNote(),
			Note{Maker: "Olympus", Serial: "B9U505495", InternalSerial: "4124110012362102", LensSerial: "AC1205545", Lens: "OLYMPUS M.17mm F1.8"},
			"Olympus:LensModel", "OLYMPUS M.17mm F1.8"},
		{"Panasonic", "Panasonic", "DMC-TZ10", le, fromHeader(le, "Panasonic\x00\x00\x00", undefined(2, 0, 1, 0, 21),
			undefined(0x25, []byte("F541005110191P\x08\x00")...), undefined(0x69, []byte("GERMANY\x00\xff\xff")...)),
			Note{Maker: "Panasonic", InternalSerial: "F541005110191P\x08", Firmware: "0 1 0 21"}, "Panasonic:Country", "GERMANY"},
		{"Pentax", "PENTAX Corporation", "PENTAX K10D", be, fromHeader(be, "AOC\x00MM", undefined(0x27, 0xfe, 0xe1, 0xff, 0xed), longs(be, 0x215, 1, 20070913, 2, 1, 132352)),
			Note{Maker: "Pentax", InternalSerial: "132352"}, "Pentax:DSPFirmwareVersion", "1 30 00 18"},
		{"Fujifilm", "FUJIFILM", "X-T2", be, fromItself(le, "FUJIFILM\x0c\x00\x00\x00", ascii(0x10, "FPX20017035     592D31313034060427796060110384")),
			Note{Maker: "Fujifilm", InternalSerial: "FPX20017035     592D31313034060427796060110384"}, "", ""},
		{"Sony", "SONY", "ILCE-7SM3", le, fromHeader(le, "SONY DSC \x00\x00\x00", undefined(0x9050, sony9050()...), undefined(0xb02a, 2, 0, 0x24, 0, 0x70, 0x28, 0, 0)),
			Note{Maker: "Sony", InternalSerial: "13 255 0 0 246 8", Lens: "24-70mm f/2.8"}, "Sony:ShutterCount", "179"},
		{"Motorola", "Motorola", "XT1575", be, fromItself(be, "MOT\x00\x00\x00\x00\x00", ascii(0x5501, "NX0A3S0075")),
			Note{Maker: "Motorola", Serial: "NX0A3S0075"}, "", ""},
		{"Samsung", "SAMSUNG", "NX10", le, fromItself(le, "", undefined(1, '0', '1', '0', '0'), ascii(0xa002, "A1234567B"), ascii(0xa005, "9876543")),
			Note{Maker: "Samsung", Serial: "A1234567B", LensSerial: "9876543"}, "", ""},
		{"Leica", "LEICA CAMERA AG", "LEICA X1", le, fromItself(le, "LEICA\x00\x01\x00", longs(le, 0x305, 4123456)),
			Note{Maker: "Leica", Serial: "4123456"}, "", ""},
		{"Apple", "Apple", "iPhone 8", le, fromItself(be, "Apple iOS\x00\x00\x01MM", undefined(3, runTime()...), ascii(0x11, "242684F6-0839")),
			Note{Maker: "Apple"}, "Apple:RunTimeValue", "34566"},
		{"Kodak", "EASTMAN KODAK COMPANY", "C340", le, func(int) []byte { return []byte("KCGF A5012345 \x00 and what is not known") },
			Note{Maker: "Kodak", Serial: "KCGF A5012345"}, "", ""},
		{"unknown", "Nobody", "X", le, func(int) []byte { return []byte("a note of no known kind") }, Note{}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode(t, block(c.order, c.maker, c.model, c.note, 0))
			if len(got.Problems) > 0 {
				t.Errorf("problems %v", got.Problems)
			}
			if group, name, _ := strings.Cut(c.tag, ":"); c.tag != "" && got.Value(group, name) != c.value {
				t.Errorf("%s = %q, want %q", c.tag, got.Value(group, name), c.value)
			}
			for _, f := range []struct{ name, got, want string }{
				{"maker", got.Maker, c.want.Maker}, {"serial", got.Serial, c.want.Serial}, {"internal serial", got.InternalSerial, c.want.InternalSerial},
				{"lens serial", got.LensSerial, c.want.LensSerial}, {"lens", got.Lens, c.want.Lens}, {"owner", got.Owner, c.want.Owner},
				{"firmware", got.Firmware, c.want.Firmware},
			} {
				if f.got != f.want && !(f.name == "firmware" && f.want == "") {
					t.Errorf("%s = %q, want %q", f.name, f.got, f.want)
				}
			}
		})
	}
}

func TestZoneOfTheClock(t *testing.T) {
	canon := func(zone, city, saving uint32) note {
		return fromHeader(le, "", longs(le, 0x35, 16, zone, city, saving))
	}
	world := func(zone uint16, saving byte) note {
		b := binary.LittleEndian.AppendUint16(nil, zone)
		return nikon(le, undefined(0x24, append(b, saving, 0)...))
	}
	west := uint32(0xfffffe20) // -480
	for _, c := range []struct {
		name, maker string
		note        note
		want        int
		known       bool
	}{
		{"Canon in the west", "Canon", canon(west, 30, 0), -480, true},
		{"Canon with daylight saving", "Canon", canon(60, 19, 60), 120, true},
		{"Canon at Greenwich", "Canon", canon(0, 20, 0), 0, true},
		{"Canon without a city", "Canon", canon(0, 0, 0), 0, false},
		{"Canon that was not set", "Canon", canon(0, 32766, 0), 0, false},
		{"Nikon", "NIKON", world(180, 0), 180, true},
		{"Nikon with daylight saving", "NIKON", world(60, 1), 120, true},
		{"no zone on Earth", "NIKON", world(1801, 0), 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode(t, block(le, c.maker, "", c.note, 0))
			switch {
			case !c.known && got.OffsetMinutes != nil:
				t.Errorf("offset %d from %s, want none", *got.OffsetMinutes, got.OffsetField)
			case c.known && (got.OffsetMinutes == nil || *got.OffsetMinutes != c.want):
				t.Errorf("offset %v, want %d", got.OffsetMinutes, c.want)
			}
		})
	}
}

func TestTimesOfTheNote(t *testing.T) {
	for _, c := range []struct {
		name, maker string
		note        note
		want        Time
	}{
		{"Panasonic", "Panasonic", fromHeader(le, "Panasonic\x00\x00\x00", ascii(0xaf, "2017:05:06 07:08:09")), Time{"MakerNotes:Panasonic:TimeStamp", "2017:05:06 07:08:09", "capture", false}},
		{"Pentax", "PENTAX", fromHeader(le, "AOC\x00II", undefined(6, 0x07, 0xd8, 3, 2), undefined(7, 12, 1, 23)), Time{"MakerNotes:Pentax:Date", "2008:03:02 12:01:23", "capture", false}},
		{"Nikon", "NIKON", nikon(be, undefined(0xb6, 0x07, 0xda, 4, 25, 10, 51, 0, 0)), Time{"MakerNotes:Nikon:PowerUpTime", "2010:04:25 10:51:00", "power-on", false}},
		{"Fujifilm", "FUJIFILM", fromItself(le, "FUJIFILM\x0c\x00\x00\x00", ascii(0x10, "FPX20017035     592D31313034060427796060110384")),
			Time{"MakerNotes:FujiFilm:InternalSerialNumber", "2006:04:27", "manufacture", false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode(t, block(le, c.maker, "", c.note, 0))
			if !slices.Contains(got.Times, c.want) {
				t.Errorf("times %v, want %v", got.Times, c.want)
			}
		})
	}
}

// longNote is a note of Canon's kind whose values stand apart.
func longNote(order exif.ByteOrder, footer int) note {
	return func(at int) []byte {
		b := directory(order, at, 0, ascii(6, "IMG:PowerShot S40 JPEG"), ascii(7, "Firmware Version 1.10"), ascii(9, "Andreas Huggel"))
		if footer < 0 {
			return b
		}
		return order.AppendUint32(append(b, "II*\x00"...), uint32(footer))
	}
}

func TestMovedNoteIsReadWhereItStands(t *testing.T) {
	const owner = "Andreas Huggel"
	spacious := func(at int) []byte { // room behind the values: only the footer tells
		b := append(longNote(le, -1)(at), make([]byte, 300)...)
		return le.AppendUint32(append(b, "II*\x00"...), uint32(notePlace+1000))
	}
	relative := fromItself(le, "AOC\x00II", ascii(0x22e, "An artist"), ascii(0x22f, "A right"))
	for _, c := range []struct {
		name, maker string
		note        note
		away        int
		moved       int64
		owner       string
	}{
		{"in its place", "Canon", longNote(le, -1), 0, 0, owner},
		{"moved", "Canon", longNote(le, -1), 3000, -3000, owner},
		{"moved, with a footer", "Canon", longNote(le, notePlace+1000), 1000, -1000, owner},
		{"moved, and only the footer tells", "Canon", spacious, 1000, -1000, owner},
		{"in its place, footer forgotten", "Canon", longNote(le, notePlace+1000), 0, 0, owner},
		{"counted from itself", "PENTAX", relative, 0, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode(t, block(le, c.maker, "", c.note, c.away))
			if got.Moved != c.moved || got.Owner != c.owner {
				t.Errorf("moved %d with owner %q, want %d with %q", got.Moved, got.Owner, c.moved, c.owner)
			}
			if said := len(got.Problems) == 1 && got.Problems[0].Code == "maker-note-moved"; said != (c.moved != 0) {
				t.Errorf("problems %v", got.Problems)
			}
		})
	}
	if got := decode(t, block(le, "PENTAX", "", relative, 0)); got.Value("Pentax", "Artist") != "An artist" {
		t.Errorf("a note that counts from itself reads as %v", got.Tags)
	}
}

// Offsets that lead out of the note and fit nowhere must not turn other bytes
// of the file into a serial number.
func TestOffsetsThatFitNowhereAreNotFollowed(t *testing.T) {
	b := block(le, "Canon", "", func(at int) []byte {
		n := longNote(le, -1)(at + 3000)
		return append(n, make([]byte, 500)...) // the values do not end with the note
	}, 0)
	b = append(b, bytes.Repeat([]byte("OTHER BYTES "), 400)...)
	got := decode(t, b)
	if len(got.Tags) > 0 || got.Owner != "" || len(got.Problems) != 1 {
		t.Errorf("tags %v, problems %v", got.Tags, got.Problems)
	}
}

func TestDamagedNotes(t *testing.T) {
	for _, c := range []struct {
		name, maker string
		note        note
		code        string
	}{
		{"four bytes of a name", "Nik", func(int) []byte { return []byte("Niko") }, "truncated"},
		{"a name alone", "NIKON", func(int) []byte { return []byte("Nikon\x00\x02\x10\x00\x00") }, "truncated"},
		{"no directory behind the name", "FUJIFILM", func(int) []byte { return []byte("FUJIFILM\xff\xff\xff\xff") }, "truncated"},
		{"text in place of a directory", "Canon", func(int) []byte { return []byte("this is no directory of Canon") }, "corrupt-structure"},
		{"a count that lies", "Canon", func(at int) []byte {
			return le.AppendUint32(le.AppendUint16(nil, 900), 0x00020006)
		}, "truncated"},
		{"a value behind the end", "SONY", fromHeader(le, "SONY DSC \x00\x00\x00", item{0xb020, typeASCII, 0xffffffff, make([]byte, 8)}), "corrupt-structure"},
		{"a value too large", "SONY", fromHeader(le, "SONY DSC \x00\x00\x00", ascii(0xb020, strings.Repeat("x", 70000))), "limit"},
		{"a directory inside itself", "OLYMPUS", fromItself(le, "OLYMPUS\x00II\x03\x00", longs(le, 0x2010, 12)), "corrupt-structure"},
		{"a list that is none", "Apple", fromItself(be, "Apple iOS\x00\x00\x01MM", undefined(3, []byte("bplist00 and no more than this text")...)), "corrupt-structure"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode(t, block(le, c.maker, "", c.note, 0))
			if len(got.Problems) == 0 || got.Problems[0].Code != c.code {
				t.Errorf("problems %v, want %s", got.Problems, c.code)
			}
		})
	}
}

// A note that ends anywhere is read as far as it goes.
func TestEveryBeginningOfANoteIsRead(t *testing.T) {
	whole := olympusNote()(notePlace)
	for n := range whole {
		decode(t, block(be, "OLYMPUS", "", func(int) []byte { return whole[:n] }, 0))
	}
}

func TestDecodeCMT3(t *testing.T) {
	b := append([]byte("II*\x00\x08\x00\x00\x00"), directory(le, 8, 0, ascii(0x95, "RF24-105mm F4 L IS USM"), longs(le, 0x35, 16, 540, 9, 0))...)
	n, err := DecodeCMT3(bytes.NewReader(b), int64(len(b)), "Canon EOS R6", Limits{})
	if err != nil || n.Lens != "RF24-105mm F4 L IS USM" || n.OffsetMinutes == nil || *n.OffsetMinutes != 540 {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestDecodePartReadsANoteThatStandsAlone(t *testing.T) {
	n, err := decodePart(fromItself(be, "PENTAX \x00MM", ascii(0x229, "3430417"))(0), "", "", Limits{})
	if err != nil || n.Serial != "3430417" {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestDNGPrivateDataKeepsTheNoteOfTheRawFile(t *testing.T) {
	const inRaw = 5000
	carried := longNote(le, -1)(inRaw)
	private := be.AppendUint32([]byte("Adobe\x00MakN"), uint32(len(carried)+6))
	private = append(le.AppendUint32(append(private, "II"...), inRaw), carried...)
	b := block(le, "Canon", "", func(int) []byte { return private }, 0)
	le.PutUint16(b[122:], tagDNGPrivate)
	if got := decode(t, b); got.Owner != "Andreas Huggel" || len(got.Problems) > 0 {
		t.Errorf("%+v", got)
	}
}
