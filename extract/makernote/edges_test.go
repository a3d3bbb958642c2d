package makernote

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// A lens is named by what its maker states of it: one focal length and one
// aperture once, and nothing of what stands for nothing.
func TestLensByItsRange(t *testing.T) {
	for want, mm := range map[string][]uint32{
		"28-300mm f/3.5-5.6": {28, 1, 300, 1, 35, 10, 56, 10}, "50mm f/1.8": {50, 1, 50, 1, 18, 10, 18, 10}, "70-200mm f/2.8": {70, 1, 200, 1, 28, 10, 28, 10},
		"": {0, 1, 0, 1, 0, 1, 0, 1}, "500mm f/8": {500, 1, 0, 1, 8, 1, 0, 1},
	} {
		if got := decode(t, block(le, "NIKON CORPORATION", "", nikon(le, rationals(le, 0x84, mm...)), 0)); got.Lens != want {
			t.Errorf("%v is called %q, want %q", mm, got.Lens, want)
		}
	}
	if got := decode(t, block(le, "NIKON CORPORATION", "", nikon(le, rationals(le, 0x84, 50, 1, 50, 1, 0, 1, 0, 1)), 0)); got.Lens != "" {
		t.Errorf("a lens without an aperture is called %q", got.Lens)
	}
	spec := func(b ...byte) string {
		return decode(t, block(le, "SONY", "", fromHeader(le, "SONY DSC \x00\x00\x00", undefined(0xb02a, b...)), 0)).Lens
	}
	for want, b := range map[string][]byte{
		"24-70mm f/2.8": {2, 0, 0x24, 0, 0x70, 0x28, 0, 0}, "70-300mm f/4.5-5.6": {0, 0, 0x70, 3, 0, 0x45, 0x56, 0}, "90mm f/2.8": {0, 0, 0x90, 0, 0x90, 0x28, 0x28, 0},
	} {
		if got := spec(b...); got != want {
			t.Errorf("% x is called %q, want %q", b, got, want)
		}
	}
	if got := spec(2, 0, 0x2a, 0, 0x70, 0x28, 0, 0); got != "" {
		t.Errorf("digits that are none give %q", got)
	}
}

// The day on which a Fujifilm was made, out of its serial number.
func TestDayOfManufacture(t *testing.T) {
	for serial, want := range map[string]string{
		"FPX20017035     592D31313034060427796060110384": "2006:04:27", "FC  B0000000000991231796060110384": "1999:12:31", "FC  B0000000000700101796060110384": "1970:01:01",
		"FC  B0000000000691201796060110384": "2069:12:01", "FC  B0000000000991331796060110384": "", "FC  B0000000000990031796060110384": "", "FC  B0000000000991200796060110384": "",
		"FC  B0000000000991232796060110384": "", "991231796060110384": "1999:12:31", "91231796060110384": "", "9912x1796060110384": "", "99123179606011038g": "",
	} {
		got, ok := fujifilmDay(serial)
		if ok != (want != "") || got != want {
			t.Errorf("%q: %q, %v, want %q", serial, got, ok, want)
		}
	}
}

// A note is looked for in the Exif directory, and stays inside its block.
func TestWhereTheNoteStands(t *testing.T) {
	inside := longNote(le, -1)
	b := block(le, "Canon", "", inside, 0)
	size := uint32(len(b) - notePlace)
	for _, c := range []struct {
		at, size uint32
		owner    string
		problems int
	}{
		{notePlace, size, "Andreas Huggel", 0}, {notePlace, size + 1, "", 1}, {uint32(len(b)), 5, "", 1}, {uint32(len(b)) + 1, 5, "", 1}, {0xffffffff, size, "", 1},
	} {
		moved := bytes.Clone(b)
		le.PutUint32(moved[126:], c.size)
		le.PutUint32(moved[130:], c.at)
		x, err := exif.Decode(bytes.NewReader(moved), int64(len(moved)), exif.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(bytes.NewReader(moved), int64(len(moved)), x, Limits{})
		if err != nil || got.Owner != c.owner || len(got.Problems)+len(x.Problems) != c.problems {
			t.Errorf("%d bytes at %d: owner %q, problems %v %v, %v", c.size, c.at, got.Owner, got.Problems, x.Problems, err)
		}
	}
	twice := exif.Exif{Tags: []exif.Tag{{IFD: exif.IFD0, ID: 1, Size: 1}, {IFD: exif.ExifIFD, ID: 1, Size: 2}, {IFD: exif.IFD1, ID: 1, Size: 3}, {IFD: exif.GPSIFD, ID: 2}}}
	if got, ok := find(&twice, 1); !ok || got.IFD != exif.ExifIFD {
		t.Errorf("of several the one in %s is taken", got.IFD)
	}
	if got, ok := find(&twice, 2); ok {
		t.Errorf("an empty entry is taken: %+v", got)
	}
}

var errDisk = errors.New("input/output error")

// failing cannot be read from some offset on.
type failing struct {
	data []byte
	good int
}

func (f failing) ReadAt(b []byte, off int64) (int, error) {
	if int(off)+len(b) > f.good {
		return 0, errDisk
	}
	return bytes.NewReader(f.data).ReadAt(b, off)
}

// A disk that fails is told as such and is no damage of the note.
func TestAFailingDiskIsNoDamage(t *testing.T) {
	b := block(le, "Canon", "", longNote(le, -1), 0)
	x, err := exif.Decode(bytes.NewReader(b), int64(len(b)), exif.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for good := range len(b) {
		if n, err := Decode(failing{b, good}, int64(len(b)), x, Limits{}); !errors.Is(err, errDisk) {
			t.Fatalf("only %d of %d bytes can be read: %+v, %v", good, len(b), n, err)
		}
	}
	cmt := append([]byte("II*\x00\x08\x00\x00\x00"), directory(le, 8, 0, ascii(0x95, "RF24-105mm F4 L IS USM"))...)
	for good := range len(cmt) {
		if _, err := DecodeCMT3(failing{cmt, good}, int64(len(cmt)), "", Limits{}); err == nil {
			t.Fatalf("CMT3, only %d of %d bytes can be read: no error", good, len(cmt))
		}
	}
}

// The limits hold over all directories of a note together.
func TestLimitsHold(t *testing.T) {
	b := block(le, "OLYMPUS IMAGING CORP.", "E-P3", olympusNote(), 0)
	x, err := exif.Decode(bytes.NewReader(b), int64(len(b)), exif.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lim    Limits
		serial string
		code   string
	}{
		{Limits{}, "B9U505495", ""}, {Limits{Entries: 2}, "B9U505495", "limit"}, {Limits{Entries: 1}, "", "limit"}, {Limits{Directories: 1}, "", "limit"},
		{Limits{ValueBytes: 9}, "", "limit"}, {Limits{ValueBytes: 10, TotalBytes: 10}, "B9U505495", "limit"}, {Limits{TotalBytes: 9}, "", "limit"},
	} {
		got, err := Decode(bytes.NewReader(b), int64(len(b)), x, c.lim)
		if err != nil {
			t.Fatal(err)
		}
		told := slices.ContainsFunc(got.Problems, func(p Problem) bool { return p.Code == "limit" })
		if got.Serial != c.serial || told != (c.code != "") {
			t.Errorf("%+v: serial %q, problems %v", c.lim, got.Serial, got.Problems)
		}
	}
}

// Serial numbers of Sony are written in pairs of digits the other way round;
// of Samsung what does not begin like one is none.
func TestSerialNumbers(t *testing.T) {
	sony := func(s string) string { got, _ := sonySerial(textOf(t, s)); return got }
	for written, want := range map[string]string{"12345678": "78563412", "A12345678B9": "A78563412B9", "1234567": "1234567", "1234-5678": "1234-5678", "12-12345678": "12-78563412"} {
		if got := sony(written); got != want {
			t.Errorf("Sony: %q is %q, want %q", written, got, want)
		}
	}
	for written, ok := range map[string]bool{"A1234567B": true, "_1234567B": true, "azAZ09": true, "12 45678": false, "1234{5": false, "1234@5": false, "123/56": false, "123": false} {
		if _, got := samsungSerial(textOf(t, written)); got != ok {
			t.Errorf("Samsung: %q is a serial number: %v, want %v", written, got, ok)
		}
	}
}

// textOf is a value that holds a text.
func textOf(t *testing.T, s string) value {
	t.Helper()
	raw := []byte(s + "\x00")
	e := exif.Entry{ID: 1, Type: typeASCII, Count: uint32(len(raw))}
	tag, err := exif.DecodeEntry(le, "Test", "Test", e, raw)
	if err != nil {
		t.Fatal(err)
	}
	return value{size: uint64(len(raw)), typ: typeASCII, order: le, tag: tag, raw: raw}
}
