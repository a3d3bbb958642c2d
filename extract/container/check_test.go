package container

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// changed is a file with one run of bytes replaced by another as long.
func changed(t *testing.T, file []byte, from, to string) []byte {
	t.Helper()
	if len(from) != len(to) || bytes.Count(file, []byte(from)) != 1 {
		t.Fatalf("%q stands %d times in the file", from, bytes.Count(file, []byte(from)))
	}
	return bytes.Replace(file, []byte(from), []byte(to), 1)
}

// A damaged part must be named where a person can find it, and the finding must
// not depend on a decoder of pixels.
func TestDamageInsideIsNoticed(t *testing.T) {
	colour := cat("\xff\xd8", jpegTableSegments, segment(markerSOF0, 8, be16(30), be16(40), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0),
		segment(markerSOS, 1, 1, 0, 0, 63, 0), bytes.Repeat([]byte{0x12}, 16), "\xff\xd9")
	picture := pictureFile(cat(be32(0), minimalTIFF), []byte(packet))
	keys := mbox("meta", mbox("hdlr", be32(0), be32(0), "mdta", make([]byte, 12)), mbox("keys", be32(0), be32(0xffffffff), mbox("mdta", "a")))
	movie := movieFile(captured, nil)
	progressive := func(scans ...[]byte) []byte {
		file := cat("\xff\xd8", jpegTableSegments, segment(markerSOF0+2, 8, be16(30), be16(40), 1, 1, 0x11, 0))
		for _, s := range scans {
			file = append(append(file, s...), bytes.Repeat([]byte{0x12}, 16)...)
		}
		return append(file, 0xff, 0xd9)
	}
	first, band := segment(markerSOS, 1, 1, 0, 0, 0, 1), segment(markerSOS, 1, 1, 0, 1, 63, 0)
	whole := progressive(first, band, segment(markerSOS, 1, 1, 0, 0, 0, 0x10))
	for _, p := range read(t, whole).Problems {
		if p.Code == "truncated" {
			t.Errorf("a whole progressive picture: %+v", p)
		}
	}
	for name, c := range map[string]struct {
		file       []byte
		field, say string
		minor      bool
	}{
		"progressive without its last scan":   {progressive(first, band), "JPEG:SOS", "last scans", false},
		"progressive without a band":          {progressive(first, segment(markerSOS, 1, 1, 0, 0, 0, 0x10)), "JPEG:SOS", "last scans", false},
		"jpeg without the data of a colour":   {colour, "JPEG:SOS", "2 of the 3 colour components", false},
		"jpeg asking for frequency 227":       {changed(t, jpegFile(), "\x01\x01\x00\x00\x3f\x00", "\x01\x01\x00\xe3\x3f\x00"), "JPEG:SOS", "227", false},
		"jpeg with a missing Huffman table":   {changed(t, jpegFile(), "\x01\x01\x00\x00\x3f\x00", "\x01\x01\x11\x00\x3f\x00"), "JPEG:SOS", "Huffman table", false},
		"jpeg larger than its data":           {changed(t, jpegFile(), "\x00\x1e\x00\x28", "\xff\xdc\xff\xdc"), "JPEG:SOF", "far more than", false},
		"jpeg with XMP first":                 {jpegFile(segment(0xe1, idXMP, packet), segment(0xe1, "Exif\x00\x00", minimalTIFF)), "JPEG:APP1", "before the EXIF", true},
		"png with a changed text":             {changed(t, pngFile(pngChunk("tEXt", "Author\x00me")), "me", "you"[:2]), "PNG:tEXt", "checksum", false},
		"png cut in its rows":                 {bytes.Replace(pngFile(), pngChunk("IDAT", pngRows(30, 120)), pngChunk("IDAT", pngRows(20, 120)), 1), "PNG:IDAT", "row 20 of 30", false},
		"png with a second header":            {pngFile(pngChunk("IHDR", be32(40), be32(30), 8, 2, 0, 0, 0)), "PNG:IHDR", "second", false},
		"gif with a code out of range":        {changed(t, gifFile(1), "\x02\x02\x44\x01\x00", "\x02\x02\x7c\x01\x00"), "GIF", "damaged", false},
		"gif frame beyond the edge":           {changed(t, gifFile(1), cats(0x2c, le16(0), le16(0), le16(1)), cats(0x2c, le16(40), le16(0), le16(1))), "GIF", "edge", false},
		"heic without its main picture":       {changed(t, picture, "pitm\x00\x00\x00\x00\x00\x01", "pitm\x00\x00\x00\x00\x00\x09"), "BMFF:pitm", "not among", false},
		"heic without decoder settings":       {changed(t, picture, "hvcC", "free"), "BMFF:hvcC", "settings", false},
		"mp4 with a damaged kind of track":    {changed(t, movie, "vide\x00", "*ide\x00"), "BMFF:hdlr", "kind ", false},
		"mp4 without a time table":            {changed(t, movie, "stts", "sttX"), "BMFF:stts", "lacks", false},
		"mp4 with four thousand million keys": {movieFile(captured, nil, keys), "BMFF:keys", "4294967295", false},
		"bmp shorter than its size":           {cat("BM", make([]byte, 8), le32(54), le32(40), le32(40), le32(30), le16(1), le16(24), make([]byte, 40)), "BMP", "ends before", false},
	} {
		t.Run(name, func(t *testing.T) {
			info := read(t, c.file)
			for _, p := range info.Problems {
				if p.Field == c.field && strings.Contains(p.Message, c.say) {
					if p.Minor != c.minor || strings.HasSuffix(p.Message, ".") {
						t.Errorf("%+v", p)
					}
					return
				}
			}
			t.Errorf("no problem of %s that says %q in %+v", c.field, c.say, info.Problems)
		})
	}
}

func cats(parts ...any) string { return string(cat(parts...)) }

func TestMatroskaChecksum(t *testing.T) {
	build := func(sum []byte) []byte {
		info := ebml(idInfo, elementID(idCRC), 0x84, sum, ebml(idMuxingApp, "mux"))
		return cat(ebml(idEBML, ebml(idDocType, "webm")), ebml(idSegment, info))
	}
	for want, sum := range map[bool][]byte{true: le32(0), false: le32(0x0ab08457)} {
		got := false
		for _, p := range read(t, build(sum)).Problems {
			got = got || strings.Contains(p.Message, "checksum")
		}
		if got != want {
			t.Errorf("checksum %x: reported %v, want %v", sum, got, want)
		}
	}
}

func TestCompressedMovieHeaderIsRead(t *testing.T) {
	plain := movieFile(captured, nil)
	moov := plain[bytes.Index(plain, []byte("moov"))-4:]
	packed := mbox("moov", mbox("cmov", mbox("dcom", "zlib"), mbox("cmvd", be32(uint32(len(moov))), deflated(t, moov))))
	got := read(t, cat(mbox("ftyp", "qt  ", be32(0)), packed))
	if got.Width != 640 || got.Duration != 2*time.Second || codes(got) != "" {
		t.Errorf("got %dx%d, %v, %v", got.Width, got.Height, got.Duration, got.Problems)
	}
}

func TestCodingOfJPEG(t *testing.T) {
	table := make([]byte, 64)
	for i, v := range luminance {
		table[i] = byte((int(v)*50 + 50) / 100) // quality 75
	}
	frame := func(sampling int) []byte {
		return cat("\xff\xd8", segment(markerDQT, 0, table), segment(markerSOF0+2, 8, be16(30), be16(40), 3, 1, sampling, 0, 2, 0x11, 0, 3, 0x11, 0), "\xff\xd9")
	}
	for sampling, want := range map[int]string{0x22: "4:2:0", 0x21: "4:2:2", 0x11: "4:4:4", 0x41: "4:1:1"} {
		got := read(t, frame(sampling)).Coding
		if got == nil || got.Subsampling != want || got.Quality != 75 || got.Process != 2 {
			t.Errorf("%#x: got %+v, want %s at quality 75", sampling, got, want)
		}
	}
}

func TestPicturesBehindThePictureAreExplained(t *testing.T) {
	index := func(off int) []byte {
		list := cat(be32(0x20000000), be32(100), be32(0), be32(0), be32(0), be32(50), be32(uint32(off)), be32(0))
		return segment(0xe2, "MPF\x00", "MM\x00*", be32(8), be16(3), be16(0xb000), be16(7), be32(4), "0100",
			be16(0xb001), be16(4), be32(1), be32(2), be16(0xb002), be16(7), be32(32), be32(50), be32(0), list)
	}
	first := jpegFile(index(0))
	tiffAt := bytes.Index(first, []byte("MM\x00*"))
	got := read(t, cat(jpegFile(index(len(first)-tiffAt)), jpegFile()))
	if len(got.Problems) != 1 || !got.Problems[0].Minor || !strings.Contains(got.Problems[0].Message, "1 further pictures") {
		t.Errorf("problems %+v", got.Problems)
	}
}

func TestSettingsOfActionCameras(t *testing.T) {
	klv := func(key, value string) []byte {
		return cat(key, "c", 1, be16(len(value)), value, make([]byte, -len(value)&3))
	}
	body := cat("DEVC\x00\x01", be16(32), klv("MINF", "HERO6 Black"), klv("CASN", "C322"))
	got := read(t, jpegFile(segment(0xe6, "GoPro\x00", body)))
	if got.Model != "HERO6 Black" || got.Make != "GoPro" {
		t.Errorf("got %q %q, tags %v", got.Make, got.Model, got.Tags)
	}
}
