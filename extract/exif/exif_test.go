package exif

import (
	"bytes"
	"encoding/binary"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// raw is a directory entry for a test block, written as it stands: count and
// offset may lie. An offset of zero means that value follows or is inline.
type raw struct {
	id, typ uint16
	count   uint32
	value   []byte
	offset  uint32
}

func ascii(id uint16, s string) raw {
	return raw{id: id, typ: 2, count: uint32(len(s) + 1), value: []byte(s + "\x00")}
}

func pointer(id uint16, to uint32) raw { return raw{id: id, typ: 4, count: 1, offset: to} }

func shorts(order byteOrder, id uint16, vs ...uint16) raw {
	r := raw{id: id, typ: 3, count: uint32(len(vs))}
	for _, v := range vs {
		r.value = order.AppendUint16(r.value, v)
	}
	return r
}

func rationals(order byteOrder, id uint16, vs ...uint32) raw {
	r := raw{id: id, typ: 5, count: uint32(len(vs) / 2)}
	for _, v := range vs {
		r.value = order.AppendUint32(r.value, v)
	}
	return r
}

// dir is a directory of a test block at a fixed offset.
type dir struct {
	at, next uint32
	entries  []raw
}

// block writes directories where they say, values behind them.
func block(order byteOrder, dirs ...dir) []byte {
	b := make([]byte, 1024, 4096)
	copy(b, "II*\x00")
	if order.Uint16([]byte{0, 1}) == 1 {
		copy(b, "MM\x00*")
	}
	order.PutUint32(b[4:], dirs[0].at)
	for _, d := range dirs {
		at := d.at
		order.PutUint16(b[at:], uint16(len(d.entries)))
		at += 2
		for _, e := range d.entries {
			order.PutUint16(b[at:], e.id)
			order.PutUint16(b[at+2:], e.typ)
			order.PutUint32(b[at+4:], e.count)
			switch {
			case len(e.value) > 4:
				order.PutUint32(b[at+8:], uint32(len(b)))
				b = append(b, e.value...)
			case len(e.value) > 0:
				copy(b[at+8:at+12], e.value)
			default:
				order.PutUint32(b[at+8:], e.offset)
			}
			at += 12
		}
		order.PutUint32(b[at:], d.next)
	}
	return b
}

func decode(t *testing.T, b []byte) *Exif {
	t.Helper()
	x, err := Decode(bytes.NewReader(b), int64(len(b)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// photo is an ordinary block with the directories of a camera.
func photo(order byteOrder) []byte {
	return block(order,
		dir{at: 8, next: 600, entries: []raw{
			ascii(0x010f, "Maker"), shorts(order, 0x0112, 6), ascii(0x0132, "2022:02:24 05:12:33"),
			pointer(tagExif, 200), pointer(tagGPS, 400),
		}},
		dir{at: 200, entries: []raw{
			ascii(0x9003, "2022:02:24 05:12:33"), ascii(0x9011, "+03:00"), ascii(0x9291, "083"), ascii(0xa431, "SN1"),
			rationals(order, 0x829a, 1, 320),
			{id: 0x9000, typ: 7, count: 4, value: []byte("0232")},
			{id: 0x9286, typ: 7, count: 14, value: []byte("ASCII\x00\x00\x00hello\x00")},
		}},
		dir{at: 400, entries: []raw{
			ascii(1, "N"), rationals(order, 2, 49, 1, 59, 1, 3660, 100), rationals(order, 7, 2, 1, 12, 1, 3307, 100),
			rationals(order, 0x1f, 9, 2), rationals(order, 6, 5, 0),
		}},
		dir{at: 600, entries: []raw{ascii(0x0132, "2001:01:01 00:00:00"), pointer(0x0201, 1024), pointer(0x0202, 10)}},
	)
}

func TestDecodeReadsEveryDirectory(t *testing.T) {
	for _, order := range []byteOrder{binary.LittleEndian, binary.BigEndian} {
		x := decode(t, photo(order))
		if len(x.Problems) > 0 {
			t.Errorf("%v: problems %v", order, x.Problems)
		}
		for _, want := range []struct{ ifd, name, value string }{
			{IFD0, "Make", "Maker"}, {IFD0, "Orientation", "6"}, {IFD0, "ModifyDate", "2022:02:24 05:12:33"},
			{ExifIFD, "DateTimeOriginal", "2022:02:24 05:12:33"}, {ExifIFD, "OffsetTimeOriginal", "+03:00"},
			{ExifIFD, "SubSecTimeOriginal", "083"}, {ExifIFD, "SerialNumber", "SN1"}, {ExifIFD, "ExposureTime", "0.003125"},
			{ExifIFD, "ExifVersion", "0232"}, {ExifIFD, "UserComment", "hello"},
			{GPSIFD, "GPSLatitude", "49.9935"}, {GPSIFD, "GPSTimeStamp", "02:12:33.07"}, {GPSIFD, "GPSHPositioningError", "4.5"},
			{GPSIFD, "GPSAltitude", "inf"}, {IFD1, "ModifyDate", "2001:01:01 00:00:00"},
		} {
			if got := x.Lookup(want.ifd, want.name).String(); got != want.value {
				t.Errorf("%v: %s %s = %q, want %q", order, want.ifd, want.name, got, want.value)
			}
		}
		if f := x.Get("GPSAltitude").Floats(); len(f) != 1 || !math.IsNaN(f[0]) {
			t.Errorf("%v: 5/0 reads as %v, want not a number", order, f)
		}
		if off, n, ok := x.Thumbnail(); off != 1024 || n != 10 || !ok {
			t.Errorf("%v: thumbnail at %d, %d bytes, %v", order, off, n, ok)
		}
	}
}

// One bad entry or directory must cost itself and nothing else: Make stands in
// each of these blocks and must be read.
func TestDecodeSurvives(t *testing.T) {
	le := binary.LittleEndian
	make := ascii(0x010f, "Ab")
	alone := func(e raw) []byte { return block(le, dir{at: 8, entries: []raw{e, make}}) }
	chain := func() []byte {
		b := append([]byte("II*\x00"), 8, 0, 0, 0)
		for range 10_000 {
			b = le.AppendUint16(b, 1)
			b = append(b, 0x0f, 1, 2, 0, 3, 0, 0, 0, 'A', 'b', 0, 0)
			b = le.AppendUint32(b, uint32(len(b)+4))
		}
		return b
	}
	for name, c := range map[string]struct {
		block []byte
		code  string
	}{
		"directory points at itself":      {block(le, dir{at: 8, next: 8, entries: []raw{make}}), "corrupt-structure"},
		"two directories in a circle":     {block(le, dir{at: 8, next: 100, entries: []raw{make}}, dir{at: 100, next: 8}), "corrupt-structure"},
		"Exif pointer to IFD0":            {alone(pointer(tagExif, 8)), "corrupt-structure"},
		"count overflows 32 bits, short":  {alone(raw{id: 0x0112, typ: 3, count: 0x80000001, offset: 8}), "corrupt-structure"},
		"count overflows 32 bits, double": {alone(raw{id: 0x011a, typ: 5, count: 0x20000001, offset: 8}), "corrupt-structure"},
		"largest count":                   {alone(raw{id: 0x0131, typ: 2, count: math.MaxUint32, offset: 8}), "corrupt-structure"},
		"largest directory offset":        {alone(pointer(tagGPS, math.MaxUint32)), "corrupt-structure"},
		"value beyond the end":            {alone(raw{id: 0x0131, typ: 2, count: 64, offset: 1020}), "corrupt-structure"},
		"unknown type":                    {alone(raw{id: 0x0131, typ: 45317, count: 1}), "corrupt-structure"},
		"count zero":                      {alone(raw{id: 0x0131, typ: 2}), "unusual-structure"},
		"type 13 as Exif pointer":         {alone(raw{id: tagExif, typ: 13, count: 1, offset: 500}), "unusual-structure"},
		"directory cut off":               {block(le, dir{at: 8, entries: []raw{make}})[:30], "truncated"},
		"ten thousand directories":        {chain(), "limit"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if strings.HasPrefix(name, "directory cut") {
				le.PutUint16(c.block[8:], 40)
			}
			x := decode(t, c.block)
			if got := x.Get("Make").Text(); got != "Ab" {
				t.Errorf("Make = %q, want %q", got, "Ab")
			}
			hasCode := slices.ContainsFunc(x.Problems, func(p Problem) bool { return p.Code == c.code })
			if c.code != "" && !hasCode || c.code == "" && len(x.Problems) > 0 {
				t.Errorf("problems %v, want %q", x.Problems, c.code)
			}
			if took := time.Since(start); took > 20*time.Second { // endless, and not merely a slow machine
				t.Errorf("took %s", took)
			}
		})
	}
}

// bigTIFF has a text, a number of eight bytes and a pointer of eight bytes.
func bigTIFF() []byte {
	le := binary.LittleEndian
	entry := func(b []byte, id, typ uint16, count uint64, held string) []byte {
		b = le.AppendUint64(le.AppendUint16(le.AppendUint16(b, id), typ), count)
		return append(append(b, held...), make([]byte, 8-len(held))...)
	}
	b := append([]byte("II+\x00\x08\x00\x00\x00"), 16, 0, 0, 0, 0, 0, 0, 0)
	b = le.AppendUint64(b, 3)
	b = entry(b, 0x0100, 16, 1, "\x40\x01")
	b = entry(b, 0x010f, 2, 6, "Maker\x00")
	b = entry(b, tagExif, 18, 1, string(le.AppendUint64(nil, 92)))
	b = le.AppendUint64(b, 0)
	b = entry(le.AppendUint64(b, 1), 0x9003, 2, 20, string(le.AppendUint64(nil, 128)))
	b = le.AppendUint64(b, 0)
	return append(b, "2022:02:24 05:12:33\x00"...)
}

func TestDecodeReadsBigTIFF(t *testing.T) {
	x := decode(t, bigTIFF())
	for name, want := range map[string]string{"ImageWidth": "320", "Make": "Maker", "DateTimeOriginal": "2022:02:24 05:12:33"} {
		if got := x.Get(name).String(); got != want {
			t.Errorf("%s = %q, want %q, problems %v", name, got, want, x.Problems)
		}
	}
}

// What ExifTool converts must come out as it prints it.
func TestValuesAreThoseOfExifTool(t *testing.T) {
	le := binary.LittleEndian
	undefined := func(id uint16, s string) raw { return raw{id: id, typ: 7, count: uint32(len(s)), value: []byte(s)} }
	for _, c := range []struct {
		name, want string
		entry      raw
	}{
		{"ShutterSpeedValue", "0.125", raw{id: 0x9201, typ: 10, count: 1, value: []byte("\x03\x00\x00\x00\x01\x00\x00\x00")}},
		{"ApertureValue", "4", rationals(le, 0x9202, 4, 1)},
		{"ExposureCompensation", "-0.5", rationals(le, 0x9204, 0xffffffff, 2)},
		{"ExposureTime", "1e-05", rationals(le, 0x829a, 1, 100000)},
		{"CFAPattern", "2 2 0 1 1 2", undefined(0xa302, "\x00\x02\x00\x02\x00\x01\x01\x02")},
		{"Make", "Maker", ascii(0x010f, "Maker   ")},
		{"Copyright", "One\nTwo", ascii(0x8298, "One \x00Two")},
		{"RawDataUniqueID", "00FF", undefined(0xc65d, "\x00\xff")},
		{"StripOffsets", "108", pointer(0x0111, 8)},
		{"DeviceSettingDescription", "(Binary data 4 bytes, use -b option to extract)", undefined(0xa40b, "abcd")},
	} {
		b := block(le, dir{at: 8, entries: []raw{c.entry}})
		x, err := DecodeFrom(Origin{Format: "tiff", Offset: 100}, bytes.NewReader(b), int64(len(b)), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Get(c.name).String(); got != c.want {
			t.Errorf("%s = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestThumbnailOutsideTheBlockIsReported(t *testing.T) {
	le := binary.LittleEndian
	for offset, want := range map[uint32]int{1024: 0, 9000: 1, math.MaxUint32: 1} {
		x := decode(t, append(block(le, dir{at: 8, next: 600}, dir{at: 600, entries: []raw{pointer(0x0201, offset), pointer(0x0202, 10)}}), make([]byte, 64)...))
		if _, _, ok := x.Thumbnail(); ok == (want == 1) || len(x.Problems) != want {
			t.Errorf("offset %d: %v, problems %v", offset, ok, x.Problems)
		}
	}
}

func TestDecodeAcceptsEXIF3Text(t *testing.T) {
	x := decode(t, block(binary.LittleEndian, dir{at: 8, entries: []raw{{id: 0x0110, typ: 129, count: 6, value: []byte("Тес")}}}))
	if got := x.Get("Model").Text(); got != "Тес" {
		t.Errorf("Model = %q", got)
	}
}

// Many entries may share one value: the work must stay in proportion to the
// limits and not to their product.
func TestDecodeLimitsAmplification(t *testing.T) {
	entries := make([]raw, 80)
	for i := range entries {
		entries[i] = raw{id: uint16(0x9000 + i), typ: 3, count: 1 << 18, offset: 1024}
	}
	b := append(block(binary.LittleEndian, dir{at: 8, entries: entries}), make([]byte, 1<<20)...)
	x := decode(t, b)
	sum := uint64(0)
	for _, tag := range x.Tags {
		sum += tag.Size
	}
	if sum > 1<<20 {
		t.Errorf("%d bytes of values were decoded, more than 1 MiB", sum)
	}
	if len(x.Problems) == 0 {
		t.Error("refused values are not reported")
	}
}

func TestDuplicatesAreKept(t *testing.T) {
	x := decode(t, block(binary.LittleEndian, dir{at: 8, entries: []raw{ascii(0x010f, "First"), ascii(0x010f, "Last")}}))
	var all []string
	for _, tag := range x.Tags {
		all = append(all, tag.Text())
	}
	if !slices.Equal(all, []string{"First", "Last"}) || x.Get("Make").Text() != "Last" {
		t.Errorf("tags %q, Make %q", all, x.Get("Make").Text())
	}
}

func TestDecodeRefusesOtherData(t *testing.T) {
	for _, s := range []string{"", "II", "II+\x00\x08\x00\x00\x00", "II+\x00\x04\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00", "<html><body>"} {
		if _, err := Decode(strings.NewReader(s), int64(len(s)), Limits{}); !errors.Is(err, ErrNotTIFF) {
			t.Errorf("%q: error %v, want ErrNotTIFF", s, err)
		}
	}
}

// The rule of the package: goexif decodes clean structures only, and its
// methods that guess a zone or slice unchecked are not called. Every mention
// counts, not only calls.
func TestForbiddenCalls(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	decodes := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch pkg, _ := s.X.(*ast.Ident); {
			case s.Sel.Name == "DateTime" || s.Sel.Name == "LatLong" || s.Sel.Name == "JpegThumbnail" || s.Sel.Name == "TimeZone":
				t.Errorf("%s uses goexif's %s", name, s.Sel.Name)
			case pkg != nil && pkg.Name == "goexif" && s.Sel.Name == "Decode":
				decodes++
				if name != "clean.go" {
					t.Errorf("%s lets goexif decode; only clean.go may", name)
				}
			}
			return true
		})
	}
	if decodes != 1 {
		t.Errorf("goexif.Decode stands in %d places, want 1", decodes)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(photo(binary.LittleEndian))
	f.Add(photo(binary.BigEndian))
	f.Add(bigTIFF())
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := Decode(bytes.NewReader(b), int64(len(b)), Limits{})
		if err != nil {
			if !errors.Is(err, ErrNotTIFF) {
				t.Fatal(err)
			}
			return
		}
		for i := range x.Tags {
			tag := &x.Tags[i]
			_, _, _, _ = tag.String(), tag.Text(), tag.Floats(), tag.Field()
			if x.Lookup(tag.IFD, tag.Name) == nil {
				t.Fatalf("%s is listed and not found", tag.Field())
			}
		}
		if off, n, ok := x.Thumbnail(); ok && (off < 0 || n < 0 || off+n > int64(len(b))) {
			t.Fatalf("thumbnail at %d, %d bytes, of a block of %d", off, n, len(b))
		}
	})
}
