package container

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"math"
	"testing"
)

// The builders put small files together in memory, well-formed but for what
// a test changes.

func be16(v int) []byte    { return binary.BigEndian.AppendUint16(nil, uint16(v)) }
func be32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
func be64(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }
func le16(v int) []byte    { return binary.LittleEndian.AppendUint16(nil, uint16(v)) }
func le32(v uint32) []byte { return binary.LittleEndian.AppendUint32(nil, v) }

// cat joins strings, byte slices and single bytes.
func cat(parts ...any) []byte {
	var out []byte
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, p...)
		case []byte:
			out = append(out, p...)
		case int:
			out = append(out, byte(p))
		}
	}
	return out
}

func segment(marker int, content ...any) []byte {
	body := cat(content...)
	return cat(0xff, marker, be16(len(body)+2), body)
}

// minimalTIFF is an Exif structure with an empty first directory.
var minimalTIFF = cat("MM\x00*", be32(8), be16(0), be32(0))

// jpegTableSegments define one table of each kind, the Huffman ones with one
// code of one bit.
var jpegTableSegments = cat(segment(markerDQT, 0, bytes.Repeat([]byte{1}, 64)),
	segment(markerDHT, 0, 1, make([]byte, 15), 0, 0x10, 1, make([]byte, 15), 0))

// jpegFile is a baseline JPEG of 40x30 with the given segments before SOF.
func jpegFile(segments ...[]byte) []byte {
	return cat("\xff\xd8", bytes.Join(segments, nil), jpegTableSegments,
		segment(markerSOF0, 8, be16(30), be16(40), 1, 1, 0x11, 0),
		segment(markerSOS, 1, 1, 0, 0, 63, 0), "\x12\xff\x00\x34\xff\xd3\x56", "\xff\xd9")
}

func pngChunk(kind string, content ...any) []byte {
	body := cat(content...)
	sum := crc32.ChecksumIEEE(cat(kind, body))
	return cat(be32(uint32(len(body))), kind, body, be32(sum))
}

func pngFile(chunks ...[]byte) []byte {
	return cat(pngSignature, pngChunk("IHDR", be32(40), be32(30), 8, 2, 0, 0, 0),
		bytes.Join(chunks, nil), pngChunk("IDAT", pngRows(30, 40*3)), pngChunk("IEND"))
}

// pngRows is black picture data of the given number of rows and bytes a row.
func pngRows(rows, width int) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(make([]byte, rows*(1+width))); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func deflated(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// gifFile has the given number of 1x1 frames of a tenth of a second.
func gifFile(frames int, extensions ...[]byte) []byte {
	out := cat("GIF89a", le16(40), le16(30), 0x80, 0, 0, "\x00\x00\x00\xff\xff\xff", bytes.Join(extensions, nil))
	for range frames {
		out = cat(out, "\x21\xf9\x04\x00", le16(10), "\x00\x00", 0x2c, le16(0), le16(0), le16(1), le16(1), 0, 2, "\x02\x44\x01\x00")
	}
	return cat(out, 0x3b)
}

func riffChunk(kind string, content ...any) []byte {
	body := cat(content...)
	out := cat(kind, le32(uint32(len(body))), body)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func webpFile(chunks ...[]byte) []byte {
	return riffChunk("RIFF", "WEBP", bytes.Join(chunks, nil))
}

var lossyPicture = riffChunk("VP8 ", "\x00\x00\x00\x9d\x01\x2a", le16(40), le16(30))

func aviFile(extra ...[]byte) []byte {
	avih := riffChunk("avih", le32(40000), make([]byte, 12), le32(50), make([]byte, 12), le32(320), le32(240), make([]byte, 16))
	strh := riffChunk("strh", "vidsMJPG", make([]byte, 12), le32(1), le32(25), le32(0), le32(50), make([]byte, 20))
	strf := riffChunk("strf", le32(40), le32(320), le32(240), le16(1), le16(24), "MJPG", make([]byte, 20))
	hdrl := riffChunk("LIST", "hdrl", avih, riffChunk("LIST", "strl", strh, strf), bytes.Join(extra, nil))
	return riffChunk("RIFF", "AVI ", hdrl, riffChunk("LIST", "movi"))
}

func mbox(kind string, content ...any) []byte {
	body := cat(content...)
	return cat(be32(uint32(len(body)+8)), kind, body)
}

// captured is 2022-02-24T02:12:33Z as a QuickTime counter.
const captured = 1645668753 + epochShift

// movieFile is an MP4 with one track of H.264, 640x360, 25 frames a second,
// two seconds, turned by a quarter; extra goes into moov, before is put
// between ftyp and moov.
func movieFile(created uint32, before []byte, extra ...[]byte) []byte {
	unity := cat(be32(1<<16), be32(0), be32(0), be32(0), be32(1<<16), be32(0), be32(0), be32(0), be32(1<<30))
	quarter := cat(be32(0), be32(1<<16), be32(0), be32(0xffff0000), be32(0), be32(0), be32(0), be32(0), be32(1<<30))
	mvhd := mbox("mvhd", be32(0), be32(created), be32(created), be32(1000), be32(2000), make([]byte, 16), unity, make([]byte, 28))
	tkhd := mbox("tkhd", be32(7), be32(created), be32(created), be32(1), be32(0), be32(2000), make([]byte, 16), quarter, be32(640<<16), be32(360<<16))
	mdhd := mbox("mdhd", be32(0), be32(created), be32(created), be32(12800), be32(25600), be32(0))
	hdlr := mbox("hdlr", be32(0), be32(0), "vide", make([]byte, 12), "VideoHandler\x00")
	avc1 := mbox("avc1", make([]byte, 24), be16(640), be16(360), make([]byte, 50))
	stbl := mbox("stbl", mbox("stsd", be32(0), be32(1), avc1), mbox("stts", be32(0), be32(1), be32(50), be32(512)), mbox("stsc", be32(0), be32(0)),
		mbox("stsz", be32(0), be32(1), be32(50)), mbox("stco", be32(0), be32(0)))
	trak := mbox("trak", tkhd, mbox("mdia", mdhd, hdlr, mbox("minf", stbl)))
	return cat(mbox("ftyp", "isom", be32(512), "isomavc1"), before, mbox("moov", mvhd, trak, bytes.Join(extra, nil)))
}

// pictureFile is a HEIC whose Exif item lies in mdat (construction 0) and
// whose XMP item lies in idat (construction 1).
func pictureFile(exif, xmp []byte) []byte {
	build := func(exifAt int) []byte {
		infe := func(id int, kind, tail string) []byte {
			return mbox("infe", be32(2<<24), be16(id), be16(0), kind, "\x00", tail)
		}
		iinf := mbox("iinf", be32(0), be16(3), infe(1, "hvc1", ""), infe(2, "Exif", ""), infe(3, "mime", "application/rdf+xml\x00"))
		loc := func(id, method int, off, n int) []byte {
			return cat(be16(id), be16(method), be16(0), be16(1), be32(uint32(off)), be32(uint32(n)))
		}
		iloc := mbox("iloc", be32(1<<24), 0x44, 0x00, be16(3), loc(1, 0, exifAt, 4), loc(2, 0, exifAt+4, len(exif)), loc(3, 1, 0, len(xmp)))
		ipco := mbox("ipco", mbox("ispe", be32(0), be32(40), be32(30)), mbox("irot", 3), mbox("hvcC", 1, make([]byte, 22)))
		ipma := mbox("ipma", be32(0), be32(1), be16(1), 3, 0x81, 0x82, 0x83)
		meta := mbox("meta", be32(0), mbox("hdlr", be32(0), be32(0), "pict", make([]byte, 12), 0), mbox("pitm", be32(0), be16(1)),
			iinf, iloc, mbox("iprp", ipco, ipma), mbox("idat", xmp))
		return cat(mbox("ftyp", "heic", be32(0), "mif1heic"), meta, mbox("mdat", "data", exif))
	}
	return build(bytes.Index(build(0), []byte("data")))
}

// ebml writes an element with an eight-byte size.
func ebml(id uint32, content ...any) []byte {
	body := cat(content...)
	return cat(elementID(id), 0x01, be64(uint64(len(body)))[1:], body)
}

func elementID(id uint32) []byte { return bytes.TrimLeft(be32(id), "\x00") }

// matroskaFile is a WebM of one VP9 track whose tags stand behind a cluster;
// the index names them when indexed is set, and the cluster is of unknown
// size then.
func matroskaFile(indexed bool) []byte {
	info := ebml(idInfo, ebml(idTimescale, be32(1_000_000)), ebml(idDuration, be64(math.Float64bits(2500))),
		ebml(idDateUTC, be64(uint64(1645668753-matroskaEpoch)*1_000_000_000)), ebml(idMuxingApp, "mux"), ebml(idWritingApp, "camera 1.0"))
	video := ebml(idVideo, ebml(idPixelWidth, be16(640)), ebml(idPixelHeight, be16(360)))
	tracks := ebml(idTracks, ebml(idTrackEntry, ebml(idTrackType, 1), ebml(idCodecID, "V_VP9"), ebml(idDefaultTime, be32(40_000_000)), video))
	tags := ebml(idTags, ebml(idTag, ebml(idTargets), ebml(idSimpleTag, ebml(idTagName, "DATE_RECORDED"), ebml(idTagString, "2022-02-24 05:12:33"))))
	cluster := ebml(idCluster, "frames")
	if indexed {
		cluster = cat(elementID(idCluster), 0xff, "frames")
	}
	seekHead := func(at int) []byte {
		return ebml(idSeekHead, ebml(idSeek, ebml(idSeekID, be32(idTags)), ebml(idSeekPosition, be32(uint32(at)))))
	}
	body := cat(info, tracks, cluster)
	if indexed {
		body = cat(seekHead(len(seekHead(0))+len(body)), body)
	}
	return cat(ebml(idEBML, ebml(idDocType, "webm")), ebml(idSegment, body, tags))
}
