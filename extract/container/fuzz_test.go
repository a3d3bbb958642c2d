package container

import (
	"bytes"
	"reflect"
	"testing"
)

// check reads a file and holds it against the promises of the package: no
// panic, bounded results, blocks within the file, the same answer twice.
func check(t *testing.T, b []byte) {
	info, err := Read(bytes.NewReader(b), int64(len(b)), NewBudget())
	if err != nil {
		t.Fatalf("a file in memory cannot be unreadable: %v", err)
	}
	for _, block := range info.Blocks {
		if len(block.Data) > defaultBlockBytes || block.Offset > int64(len(b)) {
			t.Fatalf("%s: %d bytes at %d of %d", block.Path, len(block.Data), block.Offset, len(b))
		}
	}
	if len(info.Problems) > maxProblems || len(info.Tags) > maxTags || info.Duration < 0 || info.Width < 0 || info.Height < 0 {
		t.Fatalf("out of bounds: %+v", info)
	}
	again, err := Read(bytes.NewReader(b), int64(len(b)), NewBudget())
	for _, i := range []*Info{&info, &again} {
		for k := range i.Blocks {
			i.Blocks[k].Source = nil
		}
	}
	if err != nil || !reflect.DeepEqual(info, again) {
		t.Fatal("two readings differ")
	}
}

func fuzz(f *testing.F, prefix string, seeds ...[]byte) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(s[:len(s)*2/3])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < len(prefix) || len(b) > 1<<20 {
			return
		}
		check(t, append([]byte(prefix), b[len(prefix):]...))
	})
}

func FuzzJPEG(f *testing.F) {
	fuzz(f, "\xff\xd8\xff", jpegFile(segment(0xe1, "Exif\x00\x00", minimalTIFF), segment(0xe1, idXMPExt, make([]byte, 44)),
		segment(0xeb, "JP", make([]byte, 20)), segment(0xed, idPhotoshop, "8BIM"), segment(0xe2, idICC, "\x01\x01profile")))
}

func FuzzPNG(f *testing.F) {
	fuzz(f, "\x89PNG\r\n\x1a\n", pngFile(pngChunk("tEXt", "Raw profile type exif\x00\nexif\n 4\n4d4d002a\n"), pngChunk("tIME", be16(2022), 1, 1, 0, 0, 0),
		pngChunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00x"), pngChunk("zTXt", "Comment\x00\x00", deflated(f, []byte("text")))))
}

func FuzzGIF(f *testing.F) {
	fuzz(f, "GIF89a", gifFile(2, cat("\x21\xff\x0bXMP DataXMP", packet, "\x00"), cat("\x21\xfe\x02hi\x00")))
}

func FuzzRIFF(f *testing.F) {
	fuzz(f, "RIFF", webpFile(lossyPicture, riffChunk("EXIF", minimalTIFF)), aviFile(riffChunk("IDIT", "2022/02/24 05:12:33")),
		riffChunk("RIFF", "WAVE", riffChunk("fmt ", make([]byte, 16)), riffChunk("LIST", "INFO", riffChunk("ICRD", "2022-02-24"))))
}

func FuzzTIFF(f *testing.F) {
	big := cat("II+\x00", le16(8), le16(0), le32(16), le32(0), le32(1), le32(0), le16(tagImageWidth), le16(3), le32(1), le32(0), le32(40), le32(0), make([]byte, 8))
	fuzz(f, "", minimalTIFF, big, cat("MM\x00*", be32(8), be16(2), be16(tagSubfileType), be16(4), be32(1), be32(1),
		be16(tagSubIFDs), be16(4), be32(1), be32(8), be32(8)))
}

// FuzzProfile reads colour profiles, which stand in files of every format.
func FuzzProfile(f *testing.F) {
	desc := cat("desc", make([]byte, 4), be32(5), "sRGB\x00")
	mluc := cat("mluc", make([]byte, 4), be32(1), be32(12), "deDE", be32(4), be32(28), "\x00a\x00b")
	entry := func(kind string, off, n int) []byte { return cat(kind, be32(uint32(off)), be32(uint32(n))) }
	f.Add(cat(make([]byte, 128), be32(3), entry("desc", 168, len(desc)), entry("cprt", 168+len(desc), len(mluc)), entry("wtpt", 0, 40), desc, mluc))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < 60_000 {
			check(t, jpegFile(segment(0xe2, idICC, "\x01\x01", b)))
		}
	})
}

// FuzzRAW is for the formats that are neither TIFF nor ISO base media.
func FuzzRAW(f *testing.F) {
	preview := jpegFile(segment(0xe1, "Exif\x00\x00", minimalTIFF))
	fuzz(f, "", cat("FUJIFILMCCD-RAW ", make([]byte, 68), be32(92), be32(uint32(len(preview))), preview),
		cat("\x00MRM", be32(22), "\x00TTW", be32(14), minimalTIFF), sigmaFile(preview), boxedFile(),
		cat("II\x1a\x00\x00\x00HEAPCCDR", make([]byte, 12)), cat("BM", make([]byte, 8), le32(54), le32(40), make([]byte, 36)))
}

func FuzzBMFF(f *testing.F) {
	fuzz(f, "", movieFile(captured, mbox("moof", mbox("traf", mbox("tfhd", be32(0), be32(1)), mbox("trun", be32(0x100), be32(1), be32(512))))),
		pictureFile(cat(be32(0), minimalTIFF), []byte(packet)),
		movieFile(captured, nil, mbox("udta", mbox("\xa9xyz", be16(8), be16(0), "+10+020/"), mbox("loci", make([]byte, 32)))))
}

func FuzzEBML(f *testing.F) {
	fuzz(f, "\x1a\x45\xdf\xa3", matroskaFile(true), matroskaFile(false))
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"<html>", "{\"a\":1}", "ID3\x03\x00\x00\x00\x00\x00\x00", "OggS", "\x00\x00\x00\x08ftyp", "\x1a\x45\xdf\xa3\x80", "II*\x00\x08\x00\x00\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Sniff(bytes.NewReader(b), int64(len(b)))
		if err != nil || got.MediaType == "" || got.Kind == "" {
			t.Fatalf("%+v %v", got, err)
		}
	})
}
