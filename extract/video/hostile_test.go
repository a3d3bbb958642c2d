package video

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// askAll asks an engine for all that there is of a file. It says how much came
// and how each question ended.
func askAll(t *testing.T, e Engine, in Input) (frames, samples, times int, errs []error) {
	t.Helper()
	_, out, err := SampleEach(t.Context(), e, in, false, itself)
	heard, err2 := e.Sound(t.Context(), in, Limits{}, func([]int16) error { return nil })
	at, err3 := e.Times(t.Context(), in, 0, 0)
	return out.Frames, int(heard.Samples), len(at), []error{err, err2, err3}
}

// checkErrors wants each question answered or refused in one line.
func checkErrors(t *testing.T, name string, errs []error) {
	t.Helper()
	for i, err := range errs {
		if unexamined := new(*UnexaminedError); err != nil && !errors.As(err, unexamined) {
			t.Errorf("%s: question %d: %v", name, i, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%s: question %d: message of more than one line: %q", name, i, err)
		}
	}
}

// canary is a file that another one refers to: pictures and sound, in formats
// that engines read. It gives its places of pictures.
func canary(t *testing.T) (path string, places []uint32, size int) {
	t.Helper()
	pic := frameJPEG(t, 0, 64, 48)
	data := movie{pics: [][]byte{pic, pic, pic, pic}, w: 64, h: 48, sound: tone(8000, 8000, 0)}.bytes(t)
	path = filepath.Join(t.TempDir(), "canary.mov")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	at := 0
	for range 4 {
		i := bytes.Index(data[at:], pic)
		places = append(places, uint32(at+i))
		at += i + len(pic)
	}
	return path, places, len(pic)
}

// A file that names another file must not make an engine read that file, under
// whatever name and format it comes.
func TestNoOtherFileIsRead(t *testing.T) {
	path, _, _ := canary(t)
	texts := map[string]string{
		"hls":     "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + path + "\n#EXT-X-ENDLIST\n",
		"concat":  "ffconcat version 1.0\nfile '" + path + "'\n",
		"dash":    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation id="0"><BaseURL>` + path + `</BaseURL></Representation></AdaptationSet></Period></MPD>`,
		"sdp":     "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
		"asx":     "[Reference]\nRef1=file://" + path + "\n",
		"imf":     `<?xml version="1.0"?><AssetMap><AssetList><Asset><ChunkList><Chunk><Path>` + path + `</Path></Chunk></ChunkList></Asset></AssetList></AssetMap>`,
		"vobsub":  "# VobSub index file, v7\nid: en, index: 0\n",
		"lavfi":   "movie=" + path,
		"image2":  path,
		"tedcaps": "file:" + path,
	}
	bothEngines(t, func(t *testing.T, e Engine) {
		for kind, text := range texts {
			for _, format := range []string{"mov", "mpegts", kind, ""} {
				in := asInput(t, "clip%d.mp4", format, []byte(text))
				in.Codec = "h264" // so that packets are asked too
				frames, samples, times, errs := askAll(t, e, in)
				for i, err := range errs {
					if err == nil {
						t.Errorf("%s read as %q: question %d was answered", kind, format, i)
					}
				}
				if frames+samples+times > 0 {
					t.Errorf("%s read as %q: %d frames, %d samples, %d times", kind, format, frames, samples, times)
				}
				checkErrors(t, kind, errs)
			}
		}
	})
}

// Nor does a container that says that its pictures or its sound, or the part
// that goes before or comes after, lie in another file.
func TestNoReferenceIsFollowed(t *testing.T) {
	path, places, size := canary(t)
	pics := make([][]byte, len(places))
	for i := range pics {
		pics[i] = make([]byte, size) // nothing that could be decoded, of the right size
	}
	elsewhere := func(reference []byte) []byte {
		return movie{pics: pics, w: 64, h: 48, offsets: places, elsewhere: reference}.bytes(t)
	}
	next := append(ebml(0x3E83BB, []byte(path)), ebml(0x3C83AB, []byte(path))...) // NextFilename, PrevFilename
	files := []struct {
		name, format string
		data         []byte
	}{
		{"alias", "mov", elsewhere(alias(path))},
		{"url", "mov", elsewhere(atom("url ", be32(0), []byte("file://"+path+"\x00")))},
		{"path as url", "mov", elsewhere(atom("url ", be32(0), []byte(path+"\x00")))},
		{"resource", "mov", elsewhere(atom("rsrc", be32(0), []byte(path+"\x00")))},
		{"reference movie", "mov", append(atom("ftyp", []byte("qt  "), be32(0)), atom("moov", atom("rmra", atom("rmda",
			atom("rdrf", be32(0), []byte("url "), be32(uint32(len(path))), []byte(path)))))...)},
		{"linked segments", "matroska", append(ebml(0x1A45DFA3, ebml(0x4282, []byte("matroska"))), ebml(0x18538067, ebml(0x1549A966, next))...)},
		{"script of an ASF", "asf", asfScript("URL", "file://"+path)},
	}
	bothEngines(t, func(t *testing.T, e Engine) {
		for _, tt := range files {
			in := asInput(t, "clip", tt.format, tt.data)
			frames, samples, _, errs := askAll(t, e, in)
			if frames+samples > 0 {
				t.Errorf("%s: %d frames, %d samples", tt.name, frames, samples)
			}
			checkErrors(t, tt.name, errs)
		}
	})
}

// ebml is an element of Matroska; see RFC 8794.
func ebml(id uint32, body []byte) []byte {
	b := bytes.TrimLeft(be32(id), "\x00")
	return append(append(b, 0x10|byte(len(body)>>24), byte(len(body)>>16), byte(len(body)>>8), byte(len(body))), body...)
}

// asfScript is the header of an ASF file with one script command.
func asfScript(kind, what string) []byte {
	wide := func(s string) (b []byte) {
		u := utf16.Encode([]rune(s))
		b = binary.LittleEndian.AppendUint16(b, uint16(len(u)))
		for _, c := range u {
			b = binary.LittleEndian.AppendUint16(b, c)
		}
		return b
	}
	object := func(guid string, body []byte) []byte {
		return append(binary.LittleEndian.AppendUint64([]byte(guid), uint64(24+len(body))), body...)
	}
	script := make([]byte, 16)
	script = binary.LittleEndian.AppendUint16(script, 1) // commands
	script = binary.LittleEndian.AppendUint16(script, 1) // types
	script = append(script, wide(kind)...)
	script = append(le32(script, 0), 0, 0)
	script = append(script, wide(what)...)
	command := object("\x30\x1a\xfb\x1e\x62\x0b\xd0\x11\xa3\x9b\x00\xa0\xc9\x03\x48\xf6", script)
	body := append(append(le32(nil, 1), 1, 2), command...)
	return object("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", body)
}

// Whatever a file holds, each question ends soon and in order.
func TestDamagedFilesEnd(t *testing.T) {
	pic := frameJPEG(t, 2, 96, 64)
	avi := motionJPEG(t, 10, 96, 64)
	mov := movie{pics: [][]byte{pic, pic, pic}, w: 96, h: 64, sound: tone(8000, 8000, 0)}.bytes(t)
	rng := rand.New(rand.NewPCG(3, 4))
	noise := make([]byte, 20_000)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	flipped := func(b []byte, bits int) []byte {
		b = bytes.Clone(b)
		for range bits {
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		}
		return b
	}
	huge := bytes.Clone(pic) // a picture that says it is larger than may be
	sof := bytes.Index(huge, []byte{0xff, 0xc0})
	copy(huge[sof+5:], be16(60000, 60000))
	large := bytes.Clone(pic) // and one that may be, of which most is missing
	copy(large[sof+5:], be16(4320, 7680))
	tests := []struct {
		name, format string
		data         []byte
		claims       time.Duration
		frames       int // at least
	}{
		{"empty", "mov", nil, 0, 0},
		{"header only", "avi", avi[:200], time.Second, 0},
		{"half", "avi", avi[:len(avi)/2], 5 * time.Second, 3},
		{"half", "mov", mov[:len(mov)/2], 5 * time.Second, 0},
		{"noise", "avi", noise, 0, 0},
		{"noise", "mov", noise, 0, 0},
		{"noise", "mpegts", noise, 0, 0},
		{"noise", "matroska", noise, 0, 0},
		{"noise", "gif", append([]byte("GIF89a"), noise...), 0, 0},
		{"noise behind the header", "avi", append(bytes.Clone(avi[:220]), noise...), 0, 0},
		{"some flipped bits", "avi", flipped(avi, 20), 0, 0},
		{"many flipped bits", "avi", flipped(avi, 2000), 0, 0},
		{"some flipped bits", "mov", flipped(mov, 20), 0, 0},
		{"many flipped bits", "mov", flipped(mov, 2000), 0, 0},
		{"text", "mov", []byte(strings.Repeat("this is no video\n", 100)), time.Minute, 0},
		{"a mov", "gif", mov, time.Second, 0},
		{"an avi", "mov", avi, time.Second, 0},
		{"a mov", "matroska", mov, time.Second, 0},
		{"ten hours, three frames", "mov", movie{pics: [][]byte{pic, pic, pic}, w: 96, h: 64, stretch: 24_000}.bytes(t), 10 * time.Hour, 3},
		{"ten hours in the header only", "avi", avi, 10 * time.Hour, 10},
		{"8K in the container", "mov", movie{pics: [][]byte{pic, pic, pic}, w: 7680, h: 4320}.bytes(t), time.Second, 1},
		{"8K that is cut off", "mov", movie{pics: [][]byte{large}, w: 7680, h: 4320}.bytes(t), time.Second, 0},
		{"larger than may be", "mov", movie{pics: [][]byte{huge}, w: 60000, h: 60000}.bytes(t), time.Second, 0},
		{"no size at all", "mov", movie{pics: [][]byte{pic}}.bytes(t), time.Second, 1},
	}
	bothEngines(t, func(t *testing.T, e Engine) {
		for _, tt := range tests {
			name := tt.name + " as " + tt.format
			in := asInput(t, "clip", tt.format, tt.data)
			in.Duration = tt.claims
			begin := time.Now()
			frames, _, _, errs := askAll(t, e, in)
			if frames < tt.frames {
				t.Errorf("%s: %d frames of %d: %v", name, frames, tt.frames, errs)
			}
			checkErrors(t, name, errs)
			if d := time.Since(begin); d > time.Minute {
				t.Errorf("%s took %v", name, d)
			}
		}
	})
}
