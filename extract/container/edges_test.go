package container

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"
	"time"
)

// EXIF in the raw profiles of PNG, by its own first bytes, whatever the profile
// is called and whether or not JPEG's identifier stands before it.
func TestRawProfilesOfPNG(t *testing.T) {
	big, little := string(minimalTIFF), "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	for _, c := range []struct {
		profile, content string
		kind             BlockKind
		data             string
	}{
		{"exif", big, EXIF, big}, {"exif", little, EXIF, little}, {"APP1", "Exif\x00\x00" + little, EXIF, little}, {"other", big, EXIF, big},
		{"APP1", idXMP + packet, XMP, packet}, {"xmp", packet, XMP, packet}, {"iptc", "8BIM and more", IPTC, "8BIM and more"}, {"8bim", "8BIM and more", IPTC, "8BIM and more"},
		{"icc", "a profile", ICC, "a profile"}, {"icm", "a profile", ICC, "a profile"}, {"other", "nothing known", "", ""},
	} {
		text := "\n" + c.profile + "\n" + strings.Repeat(" ", 6) + strconv.Itoa(len(c.content)) + "\n" + hex.EncodeToString([]byte(c.content)) + "\n"
		got := read(t, pngFile(pngChunk("zTXt", "Raw profile type "+c.profile+"\x00\x00", deflated(t, []byte(text)))))
		if c.kind == "" && len(got.Blocks) > 0 || c.kind != "" && (len(got.Blocks) != 1 || got.Blocks[0].Kind != c.kind || string(got.Blocks[0].Data) != c.data) {
			t.Errorf("%s with %q: %+v, problems %+v", c.profile, c.content, got.Blocks, got.Problems)
		}
	}
}

// What the extensions of GIF hold, joined from their sub-blocks.
func TestExtensionsOfGIF(t *testing.T) {
	extension := func(id string, parts ...string) []byte {
		out := cat("\x21\xff\x0b", id)
		for _, p := range parts {
			out = cat(out, len(p), p)
		}
		return append(out, 0)
	}
	got := read(t, gifFile(1, extension("C2PA_GIF\x01\x00\x00", "jum", "b12"), extension("ICCRGBG1012", "a ", "profile"), extension("NETSCAPE2.0", "\x01\x05\x00")))
	if want := "GIF:C2PA=jumb12 GIF:ICC=a profile"; blocks(got) != want || codes(got) != "" {
		t.Errorf("blocks %q, want %q, problems %+v", blocks(got), want, got.Problems)
	}
	for _, tag := range got.Tags {
		if tag.Field == "GIF:AnimationIterations" && tag.Value != "5" {
			t.Errorf("%+v", tag)
		}
	}
}

// An item of a picture is no larger than a block may be, whole or in pieces.
func TestItemsStayInTheBudget(t *testing.T) {
	exif := cat(be32(0), minimalTIFF, make([]byte, 5000))
	file := pictureFile(exif, []byte(packet))
	for limit, want := range map[int64]int{int64(len(exif)): 2, int64(len(exif)) - 1: 1} {
		b := NewBudget()
		b.BlockBytes = limit
		got, err := Read(bytes.NewReader(file), int64(len(file)), b)
		if err != nil || len(got.Blocks) != want || strings.Contains(codes(got), "limit") != (want == 1) {
			t.Errorf("blocks of %d bytes: %d of them, problems %+v, %v", limit, len(got.Blocks), got.Problems, err)
		}
	}
}

// Sound has a length and a codec, too; a film's codecs are named with the
// picture's first.
func TestSound(t *testing.T) {
	wav := riffChunk("RIFF", "WAVE", riffChunk("fmt ", le16(1), le16(2), le32(44100), le32(176400), le16(4), le16(16)), riffChunk("data", make([]byte, 88200)))
	got := read(t, wav)
	if got.Type.Kind != "audio" || got.Duration != 500*time.Millisecond || len(got.Codecs) != 1 {
		t.Errorf("WAV: %v, %v, %v", got.Type, got.Duration, got.Codecs)
	}
	track := func(kind int, codec string) []byte {
		return ebml(idTrackEntry, ebml(idTrackType, kind), ebml(idCodecID, codec))
	}
	film := cat(ebml(idEBML, ebml(idDocType, "webm")), ebml(idSegment, ebml(idTracks, track(2, "A_OPUS"), track(1, "V_VP9")), ebml(idCluster, "frames")))
	if got := read(t, film); strings.Join(got.Codecs, " ") != "vp9 opus" || got.Type.Kind != "video" {
		t.Errorf("WebM: %v, %v", got.Codecs, got.Type)
	}
	sound := cat(ebml(idEBML, ebml(idDocType, "webm")), ebml(idSegment, ebml(idTracks, track(2, "A_OPUS")), ebml(idCluster, "frames")))
	if got := read(t, sound); got.Type.Kind != "audio" || strings.Join(got.Codecs, " ") != "opus" {
		t.Errorf("WebM without a picture: %v, %v", got.Codecs, got.Type)
	}
}

// The length of a frame of MPEG audio by its header (ISO 11172-3 and 13818-3):
// each by hand, 144 or 72 times the bits of a second over the samples of one.
func TestFramesOfMPEGAudio(t *testing.T) {
	for header, want := range map[string]int{
		"\xff\xfb\x90\x00": 417, "\xff\xfb\x92\x00": 418, "\xff\xfb\x94\x00": 384, "\xff\xfb\x98\x00": 576, // MPEG 1 III, 128 kbit/s: 44.1 kHz, padded, 48, 32
		"\xff\xfd\x80\x00": 417, "\xff\xf3\x80\x00": 208, "\xff\xf5\x80\x00": 417, "\xff\xe3\x80\x00": 417, // 1 II at 128; 2 III, 2 II, 2.5 III at 64
		"\xff\xfb\x00\x00": 0, "\xff\xfb\xf0\x00": 0, "\xff\xfb\x9c\x00": 0, "\xff\xe9\x90\x00": 0, "\xff\xf9\x90\x00": 0, "\xff\xff\x90\x00": 0, "\xfe\xfb\x90\x00": 0,
	} {
		if got := mpegAudioFrame([]byte(header)); got != want {
			t.Errorf("% x: %d bytes, want %d", header, got, want)
		}
	}
}

// Text is text in any coding that marks itself, and a file of control bytes is
// none.
func TestWhatIsText(t *testing.T) {
	for text, want := range map[string]string{
		"plain\r\nlines\r\n\tand more\n": "plain\r\nlines\r\n\tand more\n", "\xef\xbb\xbfКиїв": "Київ", "\xff\xfe\x1a\x04\x38\x04": "Ки", "\xfe\xff\x04\x1a\x04\x38": "Ки",
		"\xff\xfe": "", "\xfe\xff": "", "zero\x00": "", "\x01\x02\x03abc": "", "caf\xe9": "",
		strings.Repeat("na\xefve caf\xe9 ", 10): strings.Repeat("naïve café ", 10),
	} {
		got, ok := decodeText([]byte(text))
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q is read as %q, text %v", text, got, ok)
		}
	}
}

// Of a RAW file the size is that of the full picture and not of its preview.
func TestSizeOfRawFiles(t *testing.T) {
	entry := func(tag, typ, value int) []byte { return cat(be16(tag), be16(typ), be32(1), be32(uint32(value))) }
	build := func(first, sub int) []byte {
		ifd0 := cat(be16(4), entry(0xfe, 4, first), entry(tagImageWidth, 4, 160), entry(tagImageLength, 4, 120), entry(tagSubIFDs, 4, 62), be32(0))
		ifd1 := cat(be16(3), entry(0xfe, 4, sub), entry(tagImageWidth, 4, 6000), entry(tagImageLength, 4, 4000), be32(0))
		return cat("MM\x00*", be32(8), ifd0, ifd1)
	}
	for _, c := range []struct{ first, sub, width int }{{1, 0, 6000}, {0, 1, 160}, {0, 0, 160}} {
		if got := read(t, build(c.first, c.sub)); got.Width != c.width {
			t.Errorf("%+v: %d x %d", c, got.Width, got.Height)
		}
	}
}

// Without a word from the caller a file may inflate 24 MiB of metadata and hold
// 8 MiB in one block, and no more: each part alone is within what a part may be.
func TestDefaultBudget(t *testing.T) {
	part := pngChunk("zTXt", "Comment\x00\x00", deflated(t, make([]byte, 3<<20)))
	for n, limited := range map[int]bool{7: false, 9: true} {
		if got := read(t, pngFile(bytes.Repeat(part, n))); strings.Contains(codes(got), "limit") != limited {
			t.Errorf("%d parts of 3 MiB: problems %+v", n, got.Problems)
		}
	}
	for size, limited := range map[int]bool{8 << 20: false, 8<<20 + 1: true} {
		got := read(t, webpFile(lossyPicture, riffChunk("XMP ", make([]byte, size))))
		if strings.Contains(codes(got), "limit") != limited || len(got.Blocks) != boolInt(!limited) {
			t.Errorf("a packet of %d bytes: %d blocks, problems %+v", size, len(got.Blocks), got.Problems)
		}
	}
}
