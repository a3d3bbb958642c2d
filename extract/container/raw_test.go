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
