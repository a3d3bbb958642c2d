package container

import "testing"

// rawTIFF is a little-endian TIFF whose first directory is a preview of 10x10
// by a maker, with the full picture of 400x300 in a SubIFD.
func rawTIFF(maker string) []byte {
	short := func(tag, v int) []byte { return cat(le16(tag), le16(3), le32(1), le16(v), le16(0)) }
	first := cat(le16(5), short(tagSubfileType, 1), short(tagImageWidth, 10), short(tagImageLength, 10),
		le16(tagMake), le16(2), le32(8), le32(74), le16(tagSubIFDs), le16(4), le32(1), le32(82), le32(0))
	sub := cat(le16(3), short(tagSubfileType, 0), short(tagImageWidth, 400), short(tagImageLength, 300), le32(0))
	return cat("II*\x00", le32(8), first, maker[:8], sub)
}

func TestRAWIsToldFromTIFFAndSizedByItsFullPicture(t *testing.T) {
	for format, file := range map[string][]byte{"nef": rawTIFF("NIKON CORP"), "arw": rawTIFF("SONY\x00\x00\x00\x00"), "tiff": rawTIFF("EPSON\x00\x00\x00")} {
		got := read(t, file)
		if got.Type.Format != format || got.Width != 400 || got.Height != 300 {
			t.Errorf("got %q %dx%d, want %q 400x300", got.Type.Format, got.Width, got.Height, format)
		}
	}
	preview := jpegFile(segment(0xe1, "Exif\x00\x00", minimalTIFF))
	raf := cat("FUJIFILMCCD-RAW ", make([]byte, 68), be32(92), be32(uint32(len(preview))), preview)
	if got := blocks(read(t, raf)); got != "RAF:APP1="+string(minimalTIFF) {
		t.Errorf("raf: got %q", got)
	}
}

// sigmaFile is an X3F whose one section is a JPEG.
func sigmaFile(jpeg []byte) []byte {
	section := cat("SECi", le32(0), le32(2), le32(18), le32(40), le32(30), le32(0), jpeg)
	dir := cat("SECd", le32(0), le32(1), le32(40), le32(uint32(len(section))), "IMA2")
	return cat("FOVb", make([]byte, 24), le32(400), le32(300), le32(0), section, dir, le32(uint32(40+len(section))))
}

func TestRAWOfOtherMakersGivesItsExif(t *testing.T) {
	preview := jpegFile(segment(0xe1, "Exif\x00\x00", minimalTIFF))
	for name, c := range map[string]struct {
		file          []byte
		want          string
		width, height int
	}{
		"mrw": {cat("\x00MRM", be32(46), "\x00PRD", be32(16), make([]byte, 12), be16(300), be16(400), "\x00TTW", be32(14), minimalTIFF),
			"MRW:TTW=" + string(minimalTIFF), 400, 300},
		"x3f": {sigmaFile(preview), "X3F:APP1=" + string(minimalTIFF), 400, 300},
	} {
		got := read(t, c.file)
		if blocks(got) != c.want || got.Width != c.width || got.Height != c.height || codes(got) != "" {
			t.Errorf("%s: got %q %dx%d %v", name, blocks(got), got.Width, got.Height, got.Problems)
		}
	}
}

// boxedFile is a JPEG 2000 of 40x30 with an Exif box.
func boxedFile() []byte {
	return cat(mbox("jP  ", "\r\n\x87\n"), mbox("ftyp", "jp2 ", be32(0), "jp2 "), mbox("jp2h", mbox("ihdr", be32(30), be32(40), make([]byte, 6))),
		mbox("Exif", be32(0), minimalTIFF), mbox("xml ", packet), mbox("jp2c", "\xff\x4f"))
}

func TestBoxesOfJPEG2000(t *testing.T) {
	got := read(t, boxedFile())
	if blocks(got) != "BMFF:meta/Exif="+string(minimalTIFF)+" BMFF:xml="+packet || got.Width != 40 || codes(got) != "" {
		t.Errorf("got %q %dx%d %v", blocks(got), got.Width, got.Height, got.Problems)
	}
	if got := codes(read(t, boxedFile()[:40])); got != "truncated truncated!" {
		t.Errorf("cut off: %s", got)
	}
}
