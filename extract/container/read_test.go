package container

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func read(t *testing.T, b []byte) Info {
	t.Helper()
	info, err := Read(bytes.NewReader(b), int64(len(b)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func codes(info Info) string {
	var out []string
	for _, p := range info.Problems {
		code := p.Code
		if p.Fatal {
			code += "!"
		}
		out = append(out, code)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

func blocks(info Info) string {
	var out []string
	for _, b := range info.Blocks {
		data, _ := io.ReadAll(b.Section())
		out = append(out, b.Path+"="+string(data))
	}
	return strings.Join(out, " ")
}

const packet = "<x:xmpmeta/>"

func TestBlocksAreFoundWhereverTheyStand(t *testing.T) {
	tiff := string(minimalTIFF)
	guid := strings.Repeat("A", 32)
	hexProfile := "\nexif\n      20\n" + "457869660000" + "4d4d002a00000008" + "000000000000\n"
	jumbfHeader := cat("JP", be16(1))
	gifXMP := cat("\x21\xff\x0bXMP DataXMP", packet, func() []byte {
		trailer := []byte{1}
		for i := 255; i >= 0; i-- {
			trailer = append(trailer, byte(i))
		}
		return append(trailer, 0)
	}())
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"jpeg: XMP before Exif": {jpegFile(segment(0xe1, idXMP, packet), segment(0xe1, "Exif\x00\x00", tiff)),
			"JPEG:APP1=" + packet + " JPEG:APP1=" + tiff},
		"jpeg: extended XMP out of order": {jpegFile(
			segment(0xe1, idXMPExt, guid, be32(6), be32(3), "def"), segment(0xe1, idXMPExt, guid, be32(6), be32(0), "abc")),
			"JPEG:APP1/extended=abcdef"},
		"jpeg: JUMBF in two parts": {jpegFile(
			segment(0xeb, jumbfHeader, be32(1), be32(12), "jumb", "1234"), segment(0xeb, jumbfHeader, be32(2), be32(12), "jumb", "5678")),
			"JPEG:APP11=\x00\x00\x00\x0cjumb12345678"},
		"jpeg: image resources in two parts": {jpegFile(segment(0xed, idPhotoshop, "8BIM1"), segment(0xed, idPhotoshop, "8BIM2")),
			"JPEG:APP13=8BIM18BIM2"},
		"png: eXIf, XMP, C2PA": {pngFile(pngChunk("eXIf", tiff), pngChunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00", packet), pngChunk("caBX", "jumb")),
			"PNG:eXIf=" + tiff + " PNG:iTXt/XML:com.adobe.xmp=" + packet + " PNG:caBX=jumb"},
		"png: raw profile, compressed": {pngFile(pngChunk("zTXt", "Raw profile type APP1\x00\x00", deflated(t, []byte(hexProfile)))),
			"PNG:zTXt/Raw profile type APP1=" + tiff},
		"gif: XMP without sub-blocks": {gifFile(1, gifXMP), "GIF:XMP=" + packet},
		"webp: Exif with the identifier of JPEG": {webpFile(lossyPicture, riffChunk("EXIF", "Exif\x00\x00", tiff), riffChunk("XMP ", packet)),
			"RIFF:EXIF=" + tiff + " RIFF:XMP=" + packet},
		"heic: items in mdat and idat": {pictureFile(cat(be32(6), "Exif\x00\x00", tiff), []byte(packet)),
			"BMFF:meta/Exif=" + tiff + " BMFF:meta/XMP=" + packet},
		"tiff: the file itself, and its XMP": {cat("MM\x00*", be32(8), be16(1), be16(tagXMP), be16(1), be32(4), "<x/>", be32(0)),
			"TIFF=MM\x00*\x00\x00\x00\x08\x00\x01\x02\xbc\x00\x01\x00\x00\x00\x04<x/>\x00\x00\x00\x00 TIFF:XMP=<x/>"},
		"avi: Exif of a camera": {aviFile(riffChunk("LIST", "strl", riffChunk("strd", "AVIF\x00\x00\x00\x00", make([]byte, 8)))),
			"RIFF:strd=II*\x00\x08\x00\x00\x00" + strings.Repeat("\x00", 8)},
		"mp4: C2PA behind its purpose": {movieFile(captured, mbox("uuid", "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81", be32(0), "manifest\x00", be64(0), "jumb")),
			"BMFF:uuid=jumb"},
	} {
		t.Run(name, func(t *testing.T) {
			info := read(t, c.file)
			if got := blocks(info); got != c.want {
				t.Errorf("blocks\n got %q\nwant %q", got, c.want)
			}
			for _, b := range info.Blocks {
				if b.Offset >= 0 && b.Path != "RIFF:strd" && !bytes.HasPrefix(c.file[b.Offset:], b.Data) {
					t.Errorf("%s: not what stands at offset %d", b.Path, b.Offset)
				}
			}
		})
	}
}

func TestSizesAndLengths(t *testing.T) {
	for name, c := range map[string]struct {
		file          []byte
		width, height int
		turn          int
		animated      bool
		duration      time.Duration
		fps           float64
		codecs        string
	}{
		"jpeg":          {file: jpegFile(), width: 40, height: 30},
		"png":           {file: pngFile(), width: 40, height: 30},
		"apng":          {file: pngFile(pngChunk("acTL", be32(2), be32(0)), pngChunk("fcTL", make([]byte, 26)), pngChunk("fcTL", make([]byte, 26))), width: 40, height: 30, animated: true},
		"gif":           {file: gifFile(1), width: 40, height: 30},
		"gif, animated": {file: gifFile(3), width: 40, height: 30, animated: true, duration: 300 * time.Millisecond, fps: 10},
		"webp lossy":    {file: webpFile(lossyPicture), width: 40, height: 30},
		"webp lossless": {file: webpFile(riffChunk("VP8L", 0x2f, le32(39|29<<14))), width: 40, height: 30},
		"webp extended": {file: webpFile(riffChunk("VP8X", le32(0), 39, 0, 0, 29, 0, 0), lossyPicture), width: 40, height: 30},
		"heic":          {file: pictureFile(cat(be32(0), minimalTIFF), []byte(packet)), width: 40, height: 30, turn: 90},
		"bmp":           {file: cat("BM", make([]byte, 8), le32(54), le32(40), le32(40), le32(0xffffffff-29), le16(1), le16(24), make([]byte, 24+40*3*30)), width: 40, height: 30},
		"avi":           {file: aviFile(), width: 320, height: 240, duration: 2 * time.Second, fps: 25, codecs: "mjpeg"},
		"mp4":           {file: movieFile(captured, nil), width: 640, height: 360, turn: 90, duration: 2 * time.Second, fps: 25, codecs: "h264"},
		"webm":          {file: matroskaFile(false), width: 640, height: 360, duration: 2500 * time.Millisecond, fps: 25, codecs: "vp9"},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, c.file)
			if got.Width != c.width || got.Height != c.height || got.Rotation != c.turn {
				t.Errorf("got %dx%d turned %d, want %dx%d turned %d", got.Width, got.Height, got.Rotation, c.width, c.height, c.turn)
			}
			if got.Animated != c.animated || got.Duration != c.duration || math.Abs(got.FrameRate-c.fps) > 1e-9 {
				t.Errorf("got animated %v, %v at %v, want %v, %v at %v", got.Animated, got.Duration, got.FrameRate, c.animated, c.duration, c.fps)
			}
			if codecs := strings.Join(got.Codecs, " "); codecs != c.codecs {
				t.Errorf("codecs %q, want %q", codecs, c.codecs)
			}
			if codes(got) != "" {
				t.Errorf("problems in a sound file: %+v", got.Problems)
			}
		})
	}
}

// stampText shows a stamp with its field, to compare lists of them.
func stampText(st Stamp) string {
	value := st.Text
	switch {
	case st.Zero:
		value = "zero"
	case !st.Unix.IsZero():
		value = st.Unix.Format(time.RFC3339Nano)
	}
	return st.Field + "=" + value
}

func TestTimesAreWhatTheContainerStates(t *testing.T) {
	keys := mbox("meta", mbox("hdlr", be32(0), be32(0), "mdta", make([]byte, 12)),
		mbox("keys", be32(0), be32(1), mbox("mdta", "com.apple.quicktime.creationdate")),
		mbox("ilst", mbox("\x00\x00\x00\x01", mbox("data", be32(1), be32(0), "2022-02-24T05:12:33+0300"))))
	for name, c := range map[string]struct {
		file []byte
		want string // a stamp that must be there
		code string
	}{
		"mvhd counts from 1904 in UTC":  {movieFile(captured, nil), "QuickTime:CreateDate=2022-02-24T02:12:33Z", ""},
		"mvhd never set":                {movieFile(0, nil), "QuickTime:CreateDate=zero", ""},
		"mvhd counted from 1970":        {movieFile(1645668753, nil), "QuickTime:CreateDate=1956-02-24T02:12:33Z", "epoch-ambiguous"},
		"track header":                  {movieFile(captured, nil), "QuickTime:TrackCreateDate=2022-02-24T02:12:33Z", ""},
		"Apple key keeps its zone":      {movieFile(captured, nil, keys), "Keys:CreationDate=2022:02:24 05:12:33+03:00", ""},
		"PNG change time":               {pngFile(pngChunk("tIME", be16(2022), 2, 24, 2, 12, 33)), "PNG:ModifyDate=2022-02-24T02:12:33Z", ""},
		"PNG creation time, no zone":    {pngFile(pngChunk("tEXt", "Creation Time\x002022-02-24 05:12:33")), "PNG:CreationTime=2022:02:24 05:12:33", ""},
		"PNG creation time, RFC 1123":   {pngFile(pngChunk("tEXt", "Creation Time\x00Thu, 24 Feb 2022 05:12:33 +0300")), "PNG:CreationTime=2022:02:24 05:12:33+03:00", ""},
		"AVI camera":                    {aviFile(riffChunk("IDIT", "THU FEB 24 05:12:33 2022\n\x00")), "RIFF:DateTimeOriginal=2022:02:24 05:12:33", ""},
		"AVI camera, padded":            {aviFile(riffChunk("IDIT", "2022/ 2/24  5:12PM")), "RIFF:DateTimeOriginal=2022:02:24 17:12", ""},
		"Matroska muxing time":          {matroskaFile(false), "Matroska:DateTimeOriginal=2022-02-24T02:12:33Z", ""},
		"Matroska tag behind clusters":  {matroskaFile(false), "Matroska:DateTimeOriginal=2022:02:24 05:12:33", ""},
		"Matroska tag through SeekHead": {matroskaFile(true), "Matroska:DateTimeOriginal=2022:02:24 05:12:33", ""},
	} {
		t.Run(name, func(t *testing.T) {
			info := read(t, c.file)
			var all []string
			for _, st := range info.Stamps {
				all = append(all, stampText(st))
			}
			if !slices.Contains(all, c.want) {
				t.Errorf("no stamp %s among %v", c.want, all)
			}
			if codes(info) != c.code {
				t.Errorf("problems %+v, want code %q", info.Problems, c.code)
			}
		})
	}
}

func TestPositions(t *testing.T) {
	loci := mbox("udta", mbox("loci", be32(0), be16(0x15c7), "Kharkiv\x00", 0, be32(36<<16|0x8000), be32(50<<16), be32(114<<16), "earth\x00", "\x00"))
	xyz := mbox("udta", mbox("\xa9xyz", be16(22), be16(0x15c7), "+49.9935-036.2304+114/"))
	for name, c := range map[string]struct {
		extra     []byte
		field     string
		lat, long float64
	}{
		"3GPP":      {loci, "3GPP:Location", 50, 36.5},
		"QuickTime": {xyz, "UserData:GPSCoordinates", 49.9935, -36.2304},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, movieFile(captured, nil, c.extra)).Positions
			if len(got) != 1 || got[0].Field != c.field || got[0].Latitude != c.lat || got[0].Longitude != c.long {
				t.Fatalf("got %+v", got)
			}
			if got[0].Altitude == nil || *got[0].Altitude != 114 {
				t.Errorf("altitude %v, want 114", got[0].Altitude)
			}
		})
	}
	for text, ok := range map[string]bool{
		"+4959.61+03613.82/": true, "+495936.6+0361349.4/": true, "+91+000/": false, "49.9,36.2": false, "+49.9": false, "++/": false, "": false,
	} {
		p, got := parseISO6709(text)
		if got != ok || ok && (math.Abs(p.Latitude-49.9935) > 1e-4 || math.Abs(p.Longitude-36.2304) > 1e-4) {
			t.Errorf("%q: got %+v %v, want %v", text, p, got, ok)
		}
	}
}

func TestDamageIsNamed(t *testing.T) {
	jpg, png, mp4, web := jpegFile(), pngFile(), movieFile(captured, nil), matroskaFile(false)
	heic := pictureFile(nil, nil)
	heic = heic[:bytes.Index(heic, []byte("data"))]
	withoutEOI := jpg[:len(jpg)-2]
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":                           {nil, "empty-file!"},
		"jpeg cut in its picture data":    {withoutEOI, "truncated"},
		"jpeg cut before it":              {jpg[:8], "truncated!"},
		"jpeg with a file behind":         {cat(jpg, "PK\x03\x04"), "trailing-data"},
		"jpeg with an impossible segment": {cat("\xff\xd8\xff\xe0", be16(1), jpg), "corrupt-structure!"},
		"png without its end":             {png[:len(png)-12], "truncated"},
		"png cut in its header":           {png[:20], "truncated truncated!"},
		"png of size zero":                {cat(pngSignature, pngChunk("IHDR", make([]byte, 13)), pngChunk("IDAT"), pngChunk("IEND")), "corrupt-structure!"},
		"png that inflates without bound": {pngFile(pngChunk("zTXt", "Comment\x00\x00", deflated(t, make([]byte, 9<<20)))), "limit"},
		"gif without its end":             {gifFile(1)[:len(gifFile(1))-1], "truncated"},
		"webp shorter than stated":        {webpFile(lossyPicture, riffChunk("XMP ", packet))[:30], "truncated"},
		"mp4 that was never finished":     {cat(mbox("ftyp", "isom", be32(0)), be32(1<<20), "mdat", "frames"), "truncated truncated!"},
		"mp4 cut in moov":                 {mp4[:len(mp4)-20], "corrupt-structure truncated"},
		"mp4 with a size of four":         {cat(mbox("ftyp", "isom", be32(0)), be32(4), "moov"), "corrupt-structure truncated!"},
		"mp4 with a size of 2^63":         {cat(mbox("ftyp", "isom", be32(0)), be32(1), "mdat", be64(1<<63)), "truncated truncated!"},
		"heic cut before its data":        {heic, "truncated truncated!"},
		"webm cut":                        {web[:len(web)-10], "truncated"},
		"tiff with data beyond the end": {cat("MM\x00*", be32(8), be16(1), be16(tagStripOffsets), be16(4), be32(1), be32(1<<30), be32(0)),
			"truncated!"},
	} {
		t.Run(name, func(t *testing.T) {
			info := read(t, c.file)
			if codes(info) != c.want {
				t.Errorf("got %q %+v, want %q", codes(info), info.Problems, c.want)
			}
		})
	}
}

// sparse is a file whose middle must not be read.
type sparse struct {
	head, tail []byte
	size       int64
	t          *testing.T
}

func (s sparse) ReadAt(b []byte, off int64) (int, error) {
	if off > int64(len(s.head))+smallWindow && off < s.size-int64(len(s.tail))-largeWindow {
		s.t.Errorf("the media data is read at %d", off)
	}
	n := 0
	for ; n < len(b) && off < s.size; n, off = n+1, off+1 {
		b[n] = 0
		if off < int64(len(s.head)) {
			b[n] = s.head[off]
		} else if at := off - s.size + int64(len(s.tail)); at >= 0 {
			b[n] = s.tail[at]
		}
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func TestMovieHeaderBehindHugeMediaData(t *testing.T) {
	whole := movieFile(captured, nil)
	ftyp := whole[:24]
	const media = 10 << 30
	file := sparse{head: cat(ftyp, be32(1), "mdat", be64(media)), tail: whole[24:], t: t}
	file.size = int64(len(ftyp)) + media + int64(len(file.tail))
	b := NewBudget()
	info, err := Read(file, file.size, b)
	if err != nil || info.Duration != 2*time.Second || codes(info) != "" {
		t.Fatalf("got %v %+v, err %v", info.Duration, info.Problems, err)
	}
	if spent := defaultBytes - b.Bytes; spent > 64<<10 {
		t.Errorf("%d bytes read of a file of 10 GiB", spent)
	}
}

// failing cannot be read from some offset on.
type failing struct{ after int64 }

var errDisk = errors.New("input/output error")

func (f failing) ReadAt(b []byte, off int64) (int, error) {
	if off+int64(len(b)) > f.after {
		return 0, errDisk
	}
	return copy(b, "\xff\xd8\xff\xe0\x00\x04\x00\x00"), nil
}

func TestOnlyAnUnreadableFileIsAnError(t *testing.T) {
	if _, err := Read(failing{}, 100, nil); !errors.Is(err, errDisk) {
		t.Errorf("Read gives %v", err)
	}
	if _, err := Sniff(failing{}, 100); !errors.Is(err, errDisk) {
		t.Errorf("Sniff gives %v", err)
	}
}

func TestBudgetEndsTheWork(t *testing.T) {
	file := gifFile(5000)
	for name, b := range map[string]*Budget{
		"bytes":  {Bytes: 8 << 10, BlockBytes: 1 << 20, Values: 1 << 20, Depth: 64},
		"values": {Bytes: 1 << 30, BlockBytes: 1 << 20, Values: 100, Depth: 64},
		"time":   {Bytes: 1 << 30, BlockBytes: 1 << 20, Values: 1 << 20, Depth: 64, Deadline: time.Now().Add(-time.Second)},
	} {
		info, err := Read(bytes.NewReader(file), int64(len(file)), b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name != "time" && !strings.Contains(codes(info), "limit") {
			t.Errorf("%s: problems %+v, want a limit", name, info.Problems)
		}
		if name == "time" && info.Type.Format != "" {
			t.Errorf("%s: the file was read past the deadline", name)
		}
	}
}

func TestFragmentedMovieIsAsLongAsItsFragments(t *testing.T) {
	file := movieFile(captured, nil, mbox("mvex", mbox("trex", be32(0), be32(1), be32(1), be32(512), be32(0), be32(0))))
	file = bytes.Replace(file, cat(be32(1000), be32(2000)), cat(be32(1000), be32(0)), 1)    // mvhd
	file = bytes.Replace(file, cat(be32(12800), be32(25600)), cat(be32(12800), be32(0)), 1) // mdhd
	file = bytes.Replace(file, mbox("stts", be32(0), be32(1), be32(50), be32(512)), mbox("stts", be32(0), be32(0), be64(0)), 1)
	file = bytes.Replace(file, mbox("stsz", be32(0), be32(1), be32(50)), mbox("stsz", be32(0), be32(0), be32(0)), 1)
	fragment := func(at uint32, run []byte) []byte {
		return mbox("moof", mbox("traf", mbox("tfhd", be32(0), be32(1)), mbox("tfdt", be32(0), be32(at)), run))
	}
	file = cat(file, fragment(0, mbox("trun", be32(0), be32(25))), // sample times from trex
		fragment(12800, mbox("trun", be32(0x100), be32(2), be32(6400), be32(6400))))
	got := read(t, file)
	if got.Duration != 2*time.Second || codes(got) != "" {
		t.Errorf("got %v, %+v", got.Duration, got.Problems)
	}
}

func TestCountsAreHeldAgainstTheBytesThatAreThere(t *testing.T) {
	whole := movieFile(captured, nil)
	for name, file := range map[string][]byte{
		"time table":   bytes.Replace(whole, mbox("stts", be32(0), be32(1), be32(50), be32(512)), mbox("stts", be32(0), be32(1<<32-1), be32(50), be32(512)), 1),
		"sample count": cat(whole, mbox("moof", mbox("traf", mbox("tfhd", be32(0), be32(1)), mbox("trun", be32(0xf00), be32(1<<32-1), be32(512))))),
		"tiff entries": cat("II*\x00", le32(8), le16(65535), make([]byte, 64)),
		"item table":   bytes.Replace(pictureFile(nil, nil), cat(0x44, 0x00, be16(3)), cat(0x44, 0x00, be16(65535)), 1),
	} {
		b := NewBudget()
		if _, err := Read(bytes.NewReader(file), int64(len(file)), b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if spent := defaultValues - b.Values; spent > 1000 {
			t.Errorf("%s: %d values looked at in %d bytes", name, spent, len(file))
		}
	}
}
