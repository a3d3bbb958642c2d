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
