package exif

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

// failing reads data and fails for each read that reaches beyond good.
type failing struct {
	data []byte
	good int
}

var errDisk = errors.New("input/output error")

func (f failing) ReadAt(b []byte, off int64) (int, error) {
	if int(off)+len(b) > f.good {
		return 0, errDisk
	}
	return bytes.NewReader(f.data).ReadAt(b, off)
}

// A disk that fails is told as such wherever it does, and never as a block
// without a date.
func TestAFailingDiskIsNoDamage(t *testing.T) {
	b := photo(binary.LittleEndian)
	for good := 0; good < len(b); good += 11 {
		if _, err := Decode(failing{b, good}, int64(len(b)), Limits{}); !errors.Is(err, errDisk) {
			t.Fatalf("only %d bytes can be read: %v", good, err)
		}
	}
	for good := range 40 {
		table := block(binary.LittleEndian, dir{at: 8, next: 77, entries: []raw{ascii(0x010f, "Ab"), ascii(0x0110, "Cd")}})
		_, err := ReadEntries(failing{table, good}, int64(len(table)), 8, binary.LittleEndian, 100)
		if reaches := good >= 38; (err == nil) != reaches || !reaches && !errors.Is(err, errDisk) {
			t.Errorf("entries, only %d bytes can be read: %v", good, err)
		}
	}
}

// Every directory says which it is: those of the chain by number, a second of
// one meaning by the path to it, and the main picture's is the one that Get asks.
func TestDirectoriesAreToldApart(t *testing.T) {
	le := binary.LittleEndian
	x := decode(t, block(le,
		dir{at: 8, next: 100, entries: []raw{ascii(0x010f, "A"), pointer(tagExif, 200)}},
		dir{at: 100, next: 150, entries: []raw{ascii(0x010f, "B"), pointer(tagExif, 250)}},
		dir{at: 150, next: 180, entries: []raw{ascii(0x010f, "C")}},
		dir{at: 180, entries: []raw{ascii(0x010f, "D")}},
		dir{at: 200, entries: []raw{ascii(0x9003, "2022:02:24 05:12:33"), pointer(tagGPS, 400)}},
		dir{at: 250, entries: []raw{ascii(0x9003, "2001:01:01 00:00:00")}},
		dir{at: 400, entries: []raw{ascii(1, "N"), pointer(tagExif, 450), pointer(tagSubIFDs, 450)}},
		dir{at: 450, entries: []raw{ascii(0x9003, "1999:09:09 09:09:09")}},
	))
	for field, want := range map[string]string{
		"EXIF:Make": "A", "EXIF:IFD1:Make": "B", "EXIF:IFD2:Make": "C", "EXIF:IFD3:Make": "D",
		"EXIF:DateTimeOriginal": "2022:02:24 05:12:33", "EXIF:IFD1/ExifIFD:DateTimeOriginal": "2001:01:01 00:00:00", "EXIF:GPSLatitudeRef": "N",
	} {
		i := slices.IndexFunc(x.Tags, func(tag Tag) bool { return tag.Field() == field })
		if i < 0 || x.Tags[i].Text() != want {
			t.Errorf("%s is not %q: %d", field, want, i)
		}
	}
	if got := x.Get("DateTimeOriginal").Text(); got != "2022:02:24 05:12:33" {
		t.Errorf("the main picture's capture is %s", got)
	}
	if slices.ContainsFunc(x.Tags, func(tag Tag) bool { return strings.HasPrefix(tag.Text(), "1999") }) {
		t.Error("a number of the GPS directory was followed as a pointer")
	}
	subs := decode(t, block(le,
		dir{at: 8, entries: []raw{{id: tagSubIFDs, typ: 4, count: 3, value: le.AppendUint32(le.AppendUint32(le.AppendUint32(nil, 100), 200), 300)}}},
		dir{at: 100, entries: []raw{ascii(0x010f, "A")}}, dir{at: 200, entries: []raw{ascii(0x010f, "B")}}, dir{at: 300, entries: []raw{ascii(0x010f, "C")}}))
	for ifd, want := range map[string]string{"SubIFD": "A", "SubIFD1": "B", "SubIFD2": "C"} {
		if got := subs.Lookup(ifd, "Make").Text(); got != want {
			t.Errorf("%s is %q, want %q", ifd, got, want)
		}
	}
}

// The limits hold to the last entry, and what was left out is told.
func TestLimitsHold(t *testing.T) {
	le := binary.LittleEndian
	entries := make([]raw, 10)
	for i := range entries {
		entries[i] = ascii(uint16(0x9c00+i), "text of twenty bytes")
	}
	b := block(le, dir{at: 8, next: 200, entries: entries}, dir{at: 200, next: 400, entries: entries}, dir{at: 400, entries: entries})
	for _, c := range []struct {
		lim  Limits
		tags int
	}{
		{Limits{}, 30}, {Limits{Tags: 12}, 12}, {Limits{Tags: 10}, 10}, {Limits{IFDs: 2}, 20}, {Limits{TotalBytes: 5 * 21}, 5}, {Limits{TotalBytes: 5*21 + 20}, 5},
		{Limits{ValueBytes: 20}, 0}, {Limits{ValueBytes: 21}, 30},
	} {
		x, err := Decode(bytes.NewReader(b), int64(len(b)), c.lim)
		if err != nil {
			t.Fatal(err)
		}
		told := slices.ContainsFunc(x.Problems, func(p Problem) bool { return p.Code == "limit" })
		if len(x.Tags) != c.tags || told != (c.tags < 30) {
			t.Errorf("%+v: %d entries, want %d, problems %v", c.lim, len(x.Tags), c.tags, x.Problems)
		}
	}
}

// Numbers of eight bytes belong to BigTIFF: with their sign, and no larger
// than can be held. So does a chain of directories by eight bytes.
func TestBigTIFFNumbers(t *testing.T) {
	le := binary.LittleEndian
	minus := int64(-5)
	entry := func(b []byte, id, typ uint16, v uint64) []byte {
		return le.AppendUint64(le.AppendUint64(le.AppendUint16(le.AppendUint16(b, id), typ), 1), v)
	}
	b := append([]byte("II+\x00\x08\x00\x00\x00"), 16, 0, 0, 0, 0, 0, 0, 0)
	b = le.AppendUint64(b, 4)
	b = entry(b, 0x0100, typeLong8, math.MaxUint32)
	b = entry(b, 0x0101, typeSLong8, uint64(minus))
	b = entry(b, 0x0102, typeLong8, math.MaxUint32+1)
	b = entry(b, 0x0103, typeSLong8, 1<<31)
	b = le.AppendUint64(b, uint64(len(b)+8))
	b = entry(le.AppendUint64(b, 1), 0x0100, 4, 7)
	b = le.AppendUint64(b, 0)
	x := decode(t, b)
	if w, _ := x.Lookup(IFD0, "ImageWidth").Int(); w != math.MaxUint32 {
		t.Errorf("the largest number reads as %d", w)
	}
	if h, _ := x.Lookup(IFD0, "ImageHeight").Int(); h != minus {
		t.Errorf("%d reads as %d", minus, h)
	}
	if x.Get("BitsPerSample") != nil || x.Get("Compression") != nil || len(x.Problems) != 2 {
		t.Errorf("numbers that are too large: %v, problems %v", x.Tags, x.Problems)
	}
	if w, _ := x.Lookup(IFD1, "ImageWidth").Int(); w != 7 {
		t.Errorf("the second directory is lost: %v", x.Tags)
	}
	small := decode(t, block(le, dir{at: 8, entries: []raw{{id: 0x0100, typ: typeLong8, count: 1, offset: 100}}}))
	if small.Get("ImageWidth") != nil || len(small.Problems) != 1 || small.Problems[0].Code != "corrupt-structure" {
		t.Errorf("a type of BigTIFF in TIFF: %v", small.Problems)
	}
}

// A preview is there only with a place and a length inside the block; one that
// is not costs no other.
func TestPreviews(t *testing.T) {
	le := binary.LittleEndian
	for _, c := range []struct {
		offset, length uint32
		ok             bool
	}{{1024, 64, true}, {1024, 65, false}, {1088, 1, false}, {0, 10, false}, {1024, 0, false}, {1087, 1, true}} {
		at := raw{id: 0x0201, typ: 4, count: 1, value: le.AppendUint32(nil, c.offset)}
		n := raw{id: 0x0202, typ: 4, count: 1, value: le.AppendUint32(nil, c.length)}
		x := decode(t, append(block(le, dir{at: 8, next: 600}, dir{at: 600, entries: []raw{at, n}}), make([]byte, 64)...))
		if off, length, ok := x.Thumbnail(); ok != c.ok || ok && (off != int64(c.offset) || length != int64(c.length)) {
			t.Errorf("%+v: %d, %d, %v", c, off, length, ok)
		}
		if got := x.Lookup(IFD1, "ThumbnailImage") != nil; got != c.ok {
			t.Errorf("%+v is listed: %v", c, got)
		}
	}
	b := append(block(le, dir{at: 8, entries: []raw{
		shorts(le, tagCompression, 34892), pointer(tagStripOffsets, 9000), pointer(tagStripCounts, 10), pointer(0x0201, 1024), pointer(0x0202, 10),
	}}), make([]byte, 64)...)
	two, err := DecodeFrom(Origin{Format: "avi"}, bytes.NewReader(b), int64(len(b)), Limits{})
	if err != nil || len(two.Problems) != 1 || two.Lookup(IFD0, "OtherImage") != nil || two.Lookup(IFD0, "ThumbnailImage") == nil {
		t.Errorf("behind a preview that cannot be: %+v, %v", two, err)
	}
}

// What ExifTool calls the pictures in files of several formats (its table
// Exif::Main, 0x0111 and 0x0201).
func TestNamesOfEmbeddedPictures(t *testing.T) {
	le := binary.LittleEndian
	strips := []raw{pointer(tagStripOffsets, 1024), pointer(tagStripCounts, 8)}
	jpeg := func(subfile, compression uint16) []raw {
		return append([]raw{{id: tagSubfileType, typ: 4, count: 1, value: le.AppendUint32(nil, uint32(subfile))}, shorts(le, tagCompression, compression)}, strips...)
	}
	subs := raw{id: tagSubIFDs, typ: 4, count: 3, value: le.AppendUint32(le.AppendUint32(le.AppendUint32(nil, 100), 200), 300)}
	for _, c := range []struct {
		format, field string
		dirs          []dir
	}{
		{"cr2", "EXIF:PreviewImageStart", []dir{{at: 8, entries: strips}}},
		{"tiff", "EXIF:StripOffsets", []dir{{at: 8, entries: strips}}},
		{"cr2", "EXIF:IFD1:StripOffsets", []dir{{at: 8, next: 100}, {at: 100, entries: strips}}},
		{"jpeg", "EXIF:IFD2:PreviewImageStart", []dir{{at: 8, next: 100}, {at: 100, next: 200}, {at: 200, entries: strips}}},
		{"dng", "EXIF:SubIFD:PreviewImageStart", []dir{{at: 8, entries: []raw{subs}}, {at: 100, entries: jpeg(1, 7)}, {at: 200}, {at: 300}}},
		{"dng", "EXIF:SubIFD2:JpgFromRawStart", []dir{{at: 8, entries: []raw{subs}}, {at: 100}, {at: 200}, {at: 300, entries: jpeg(1, 7)}}},
		{"dng", "EXIF:SubIFD:StripOffsets", []dir{{at: 8, entries: []raw{subs}}, {at: 100, entries: jpeg(0, 7)}, {at: 200}, {at: 300}}},
		{"nef", "EXIF:SubIFD:StripOffsets", []dir{{at: 8, entries: []raw{subs}}, {at: 100, entries: jpeg(1, 7)}, {at: 200}, {at: 300}}},
		{"dng", "EXIF:SubIFD:StripOffsets", []dir{{at: 8, entries: []raw{subs}}, {at: 100, entries: jpeg(1, 6)}, {at: 200}, {at: 300}}},
		{"dng", "EXIF:SubIFD:OtherImageStart", []dir{{at: 8, entries: []raw{subs}}, {at: 100, entries: jpeg(1, 34892)}, {at: 200}, {at: 300}}},
	} {
		b := append(block(le, c.dirs...), make([]byte, 64)...)
		x, err := DecodeFrom(Origin{Format: c.format}, bytes.NewReader(b), int64(len(b)), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(x.Tags, func(tag Tag) bool { return tag.Field() == c.field && tag.ID == tagStripOffsets }) {
			t.Errorf("%s: no %s among %+v", c.format, c.field, x.Tags)
		}
	}
}

// Values at the edges of what they can be, as ExifTool prints them with -n.
func TestOddValues(t *testing.T) {
	le := binary.LittleEndian
	undefined := func(id uint16, s string) raw { return raw{id: id, typ: 7, count: uint32(len(s)), value: []byte(s)} }
	double := func(v float64) raw {
		return raw{id: 0xeeee, typ: 12, count: 1, value: le.AppendUint64(nil, math.Float64bits(v))}
	}
	for _, c := range []struct {
		name, want string
		entry      raw
	}{
		{"Copyright", "One", ascii(0x8298, "One ")},
		{"UserComment", "abc", undefined(0x9286, "abc")},
		{"UserComment", "hello", undefined(0x9286, "ASCII\x00\x00\x00hello  ")},
		{"UserComment", "Привіт", undefined(0x9286, "UNICODE\x00\x1f\x04\x40\x04\x38\x04\x32\x04\x56\x04\x42\x04")},
		{"UserComment", "Привіт", undefined(0x9286, "UNICODE\x00\x04\x1f\x04\x40\x04\x38\x04\x32\x04\x56\x04\x42")},
		{"CFAPattern", "2 2 0 1 1 2", undefined(0xa302, "\x02\x00\x02\x00\x00\x01\x01\x02")},
		{"CFAPattern", "2 1 0 1", undefined(0xa302, "\x02\x00\x01\x00\x00\x01")},
		{"FileSource", "3", undefined(0xa300, "\x03")},
		{"SceneType", "31", undefined(0xa301, "\x1f")},
		{"SceneType", "127", undefined(0xa301, "\x7f")},
		{"SceneType", "~", undefined(0xa301, "~")},
		{"ShutterSpeedValue", "0", rationals(le, 0x9201, 100, 1)},
		{"ShutterSpeedValue", "0", rationals(le, 0x9201, 1, 0)},
		{"ApertureValue", "inf", rationals(le, 0x9202, 1, 0)},
		{"ApertureValue", "1", rationals(le, 0x9202, 0, 0)},
		{"FocalLength", "undef", rationals(le, 0x920a, 0, 0)},
		{"FocalLength", "0", rationals(le, 0x920a, 0, 7)},
	} {
		x := decode(t, block(le, dir{at: 8, entries: []raw{c.entry}}))
		if got := x.Get(c.name).String(); got != c.want {
			t.Errorf("%s of %q = %q, want %q", c.name, c.entry.value, got, c.want)
		}
	}
	for v, want := range map[float64]string{math.Inf(1): "inf", math.Inf(-1): "-inf", 0.1: "0.1"} {
		if x := decode(t, block(le, dir{at: 8, entries: []raw{double(v)}})); x.Tags[0].String() != want {
			t.Errorf("%v is printed as %q", v, x.Tags[0].String())
		}
	}
	if x := decode(t, block(le, dir{at: 8, entries: []raw{double(math.NaN())}})); x.Tags[0].String() != "nan" {
		t.Errorf("no number is printed as %q", x.Tags[0].String())
	}
	clock := func(hms ...uint32) string {
		x := decode(t, block(le, dir{at: 8, entries: []raw{pointer(tagGPS, 200)}}, dir{at: 200, entries: []raw{{id: 7, typ: 10, count: uint32(len(hms) / 2), value: rationals(le, 7, hms...).value}}}))
		return x.Get("GPSTimeStamp").String()
	}
	if got := clock(0xffffffff, 1, 0, 1, 0, 1) + clock(1_000_001, 1, 0, 1, 0, 1); got != "" {
		t.Errorf("hours that cannot be are printed as %q", got)
	}
	if got := clock(7, 1, 11, 1, 4307, 100); got != "07:11:43.07" {
		t.Errorf("the satellite time is %q", got)
	}
}

// Degrees by hand; a part that is no number makes no position.
func TestDegrees(t *testing.T) {
	for _, c := range []struct {
		parts []float64
		want  float64
		ok    bool
	}{
		{[]float64{49, 59, 36.6}, 49.9935, true}, {[]float64{49.9935}, 49.9935, true}, {[]float64{36, 13.824}, 36.2304, true}, {[]float64{0, 0, 0}, 0, true},
		{nil, 0, false}, {[]float64{1, 2, 3, 4}, 0, false}, {[]float64{49, math.NaN(), 0}, 0, false}, {[]float64{49, math.Inf(1)}, 0, false}, {[]float64{math.Inf(-1)}, 0, false},
	} {
		if got, ok := Degrees(c.parts); ok != c.ok || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, %v", c.parts, got, ok)
		}
	}
	// an entry that is there and holds nothing has no numbers of any sort
	x := decode(t, block(binary.LittleEndian, dir{at: 8, entries: []raw{pointer(tagGPS, 200)}}, dir{at: 200, entries: []raw{{id: 2, typ: 5}}}))
	if tag := x.Get("GPSLatitude"); tag == nil || tag.Rationals() != nil || tag.Floats() != nil || tag.Ints() != nil || tag.String() != "" {
		t.Errorf("%+v", tag)
	}
}

// A table that fills its block to the last byte is whole; behind one that is
// cut there is no pointer to another.
func TestReadEntriesToTheLastByte(t *testing.T) {
	le := binary.LittleEndian
	table := func(promised uint16, tail ...byte) []byte {
		b := le.AppendUint16(nil, promised)
		b = append(b, 0x0f, 1, 2, 0, 3, 0, 0, 0, 'A', 'b', 0, 0)
		return append(b, tail...)
	}
	for _, c := range []struct {
		name  string
		b     []byte
		found int
		cut   bool
		next  uint32
		end   int64
	}{
		{"without a pointer", table(1), 1, false, 0, 14},
		{"with a part of a pointer", table(1, 77, 0, 0), 1, false, 0, 14},
		{"with a pointer", table(1, 77, 0, 0, 0), 1, false, 77, 18},
		{"cut, with bytes behind it", table(2, 77, 0, 0, 0), 1, true, 0, 14},
		{"empty", []byte{0, 0}, 0, false, 0, 2},
	} {
		got, err := ReadEntries(bytes.NewReader(c.b), int64(len(c.b)), 0, le, 100)
		if err != nil || len(got.Entries) != c.found || got.Cut != c.cut || got.Next != c.next || got.End != c.end {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	if _, err := ReadEntries(bytes.NewReader([]byte{0}), 1, 0, le, 100); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("one byte: %v", err)
	}
	if _, err := DecodeEntry(le, "Canon", "Empty", Entry{ID: 9, Type: typeASCII}, nil); err == nil {
		t.Error("an entry without a value was decoded")
	}
}
