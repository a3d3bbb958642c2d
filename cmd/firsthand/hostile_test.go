package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// hostileClip is a file that claims to be a video and is none, or one that is
// damaged, lies, or names other files.
type hostileClip struct {
	name string
	data []byte
}

// hostileClips are made from small real videos of the exercise. Whatever names
// another file names canary; whatever names a host names address.
func hostileClips(canary, address string) (out []hostileClip, err error) {
	base := map[string][]byte{}
	for name, path := range map[string]string{
		"h264.mp4":   "workshop/video-downloads/Lost load on the motorway [vv0916a].mp4",
		"vp9.webm":   "workshop/video-downloads/Traffic diverted [vv0909d].webm",
		"mpeg4.mkv":  "metadata/recorded.mkv",
		"mjpeg.avi":  "metadata/dated.avi",
		"phone.mov":  "metadata/phone.mov",
		"camera.jpg": "metadata/camera.jpg",
	} {
		if base[name], err = os.ReadFile(filepath.Join(fixturesFolder, filepath.FromSlash(path))); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{"h264.mp4", "vp9.webm", "mpeg4.mkv", "mjpeg.avi"} {
		out = append(out, cutShort(name, base[name])...)
		out = append(out, withFlippedBits(name, base[name])...)
	}
	rng := rand.New(rand.NewPCG(11, 12))
	noise := make([]byte, 50_000)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	out = append(out,
		hostileClip{"zero-length.mp4", nil},
		hostileClip{"zero-length.webm", nil},
		hostileClip{"noise.mp4", noise},
		hostileClip{"noise-behind-header.mp4", append(bytes.Clone(base["h264.mp4"][:400]), noise...)},
		hostileClip{"really-webm.mp4", base["vp9.webm"]},
		hostileClip{"really-mp4.avi", base["h264.mp4"]},
		hostileClip{"really-picture.mkv", base["camera.jpg"]},
		hostileClip{"really-page.mp4", []byte("<!doctype html><html><body>Not found</body></html>")},
		hostileClip{"ten-hours.mp4", lengthened(base["h264.mp4"], 10*3600)},
		hostileClip{"8k-header.mp4", enlarged(base["h264.mp4"], 7680, 4320)},
		hostileClip{"65535-header.mp4", enlarged(base["h264.mp4"], 65535, 65535)},
		hostileClip{"no-samples.mp4", lengthened(base["h264.mp4"][:32+2242], 0)},
	)
	huge, err := hugeFrame(base["mjpeg.avi"])
	if err != nil {
		return nil, err
	}
	out = append(out, hostileClip{"8k-frames.avi", huge})
	return append(out, referring(base["phone.mov"], canary, address)...), nil
}

// cutShort ends a file at several places of its headers and its body.
func cutShort(name string, whole []byte) (out []hostileClip) {
	for _, at := range []int{3, 60, 500, len(whole) / 20, len(whole) / 2, len(whole) - 7} {
		out = append(out, hostileClip{fmt.Sprintf("cut-at-%d-%s", at, name), whole[:min(at, len(whole))]})
	}
	return out
}

// withFlippedBits changes a few bits of the headers, then many anywhere.
func withFlippedBits(name string, whole []byte) (out []hostileClip) {
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 7))
		b := bytes.Clone(whole)
		reach, n := 2500, 12
		if seed%2 == 1 {
			reach, n = len(b), 200
		}
		for range n {
			b[rng.IntN(min(reach, len(b)))] ^= 1 << rng.IntN(8)
		}
		out = append(out, hostileClip{fmt.Sprintf("flipped-%d-%s", seed, name), b})
	}
	return out
}

// lengthened claims another duration, in seconds, in every header of an MP4.
func lengthened(mp4 []byte, seconds uint32) []byte {
	b := bytes.Clone(mp4)
	movie := uint32(0)
	for _, h := range []struct {
		box       string
		scale, at int // offsets behind the box's name of the time scale, -1 for the movie's, and of the duration
	}{{"mvhd", 12, 16}, {"tkhd", -1, 20}, {"mdhd", 12, 16}} {
		for rest := 0; ; {
			i := bytes.Index(b[rest:], []byte(h.box))
			if i < 0 || rest+i+28 > len(b) {
				break
			}
			head := b[rest+i+4:]
			rest += i + 4
			scale := movie
			if h.scale >= 0 {
				scale = binary.BigEndian.Uint32(head[h.scale:])
			}
			if h.box == "mvhd" {
				movie = scale
			}
			binary.BigEndian.PutUint32(head[h.at:], scale*seconds)
		}
	}
	return b
}

// enlarged claims another size of the picture in the track and in the sample
// entry of an MP4.
func enlarged(mp4 []byte, w, h uint16) []byte {
	b := bytes.Clone(mp4)
	if i := bytes.Index(b, []byte("tkhd")); i >= 0 {
		binary.BigEndian.PutUint32(b[i+4+76:], uint32(w)<<16)
		binary.BigEndian.PutUint32(b[i+4+80:], uint32(h)<<16)
	}
	table := bytes.Index(b, []byte("stsd")) // the name avc1 stands among the brands too
	if i := table + bytes.Index(b[max(table, 0):], []byte("avc1")); table >= 0 && i > table {
		binary.BigEndian.PutUint16(b[i+4+24:], w)
		binary.BigEndian.PutUint16(b[i+4+26:], h)
	}
	return b
}

// hugeFrame puts a real picture of 7680 by 4320 into an AVI whose header is
// another's.
func hugeFrame(avi []byte) ([]byte, error) {
	m := image.NewGray(image.Rect(0, 0, 7680, 4320))
	for i := 0; i < len(m.Pix); i += 64 {
		m.Pix[i] = uint8(i >> 12)
	}
	m.SetGray(1, 1, color.Gray{200})
	var pic bytes.Buffer
	if err := jpeg.Encode(&pic, m, &jpeg.Options{Quality: 30}); err != nil {
		return nil, err
	}
	movi := bytes.Index(avi, []byte("movi"))
	if movi < 8 {
		return nil, fmt.Errorf("the AVI of the fixtures has no frames")
	}
	if pic.Len()%2 == 1 {
		pic.WriteByte(0)
	}
	b := bytes.Clone(avi[:movi+4])
	for range 3 {
		b = binary.LittleEndian.AppendUint32(append(b, "00dc"...), uint32(pic.Len()))
		b = append(b, pic.Bytes()...)
	}
	binary.LittleEndian.PutUint32(b[movi-4:], uint32(len(b)-movi))
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return b, nil
}

// referring are files that ask to open others, on the disk or from a host.
func referring(mov []byte, canary, address string) (out []hostileClip) {
	slashed := filepath.ToSlash(canary)
	texts := map[string]string{
		"hls":     "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile:" + slashed + "\n#EXTINF:2,\n" + slashed + "\n#EXT-X-ENDLIST\n",
		"hls-net": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://" + address + "/a.ts\n#EXT-X-ENDLIST\n",
		"concat":  "ffconcat version 1.0\nfile '" + slashed + "'\n",
		"sdp":     "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
		"asx":     "[Reference]\nRef1=file://" + slashed + "\nRef2=http://" + address + "/b\n",
		"dash": "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet mimeType=\"video/mp4\">" +
			"<Representation id=\"1\" bandwidth=\"1\"><BaseURL>" + slashed + "</BaseURL></Representation></AdaptationSet></Period></MPD>",
	}
	endings := map[string]string{"hls": ".m3u8", "hls-net": ".m3u8", "concat": ".ffconcat", "sdp": ".sdp", "asx": ".asx", "dash": ".mpd"}
	for kind, text := range texts {
		out = append(out, hostileClip{kind + endings[kind], []byte(text)}, hostileClip{kind + "-list.mp4", []byte(text)})
	}
	out = append(out,
		hostileClip{"data-elsewhere.mov", withDataElsewhere(mov, "url ", "file://"+slashed+"\x00")},
		hostileClip{"alias-elsewhere.mov", withDataElsewhere(mov, "alis", alias(slashed))},
		hostileClip{"frame%03d.mp4", []byte(texts["concat"])},
		hostileClip{"hls-behind-start.ts", append(bytes.Repeat([]byte{0x47}, 188), texts["hls"]...)},
	)
	return out
}

// withDataElsewhere makes a QuickTime file say that its frames are in another
// file: the kind of the reference and what it holds.
func withDataElsewhere(mov []byte, kind, reference string) []byte {
	i := bytes.Index(mov, []byte("dref"))
	if i < 4 {
		return mov
	}
	entry := i + 4 + 8 // behind the version and the count of entries
	old := int(binary.BigEndian.Uint32(mov[entry:]))
	box := append(binary.BigEndian.AppendUint32(nil, uint32(12+len(reference))), kind...)
	box = append(append(box, 0, 0, 0, 0), reference...)
	out := bytes.Join([][]byte{mov[:entry], box, mov[entry+old:]}, nil)
	grown := uint32(len(box) - old)
	for _, parent := range []string{"moov", "trak", "mdia", "minf", "dinf", "dref"} {
		if at := bytes.LastIndex(out[:i+4], []byte(parent)); at >= 4 {
			binary.BigEndian.PutUint32(out[at-4:], binary.BigEndian.Uint32(out[at-4:])+grown)
		}
	}
	return out
}

// alias is a record of the Macintosh's Alias Manager with a full path, the
// reference that ffmpeg follows where it is let.
func alias(path string) string {
	name := filepath.Base(path)
	record := make([]byte, 150)
	record[10] = 1 // length of the volume's name
	copy(record[11:], "/")
	record[50] = byte(len(name))
	copy(record[51:114], name)
	for _, part := range []struct {
		kind uint16
		text string
	}{{2, strings.ReplaceAll(path, "/", ":")}, {18, path}} {
		record = binary.BigEndian.AppendUint16(record, part.kind)
		record = binary.BigEndian.AppendUint16(record, uint16(len(part.text)))
		record = append(record, part.text...)
		if len(part.text)%2 == 1 {
			record = append(record, 0)
		}
	}
	return string(binary.BigEndian.AppendUint16(record, 0xffff)) + "\x00\x00"
}

// writeHostileClips writes them all, or those whose name begins with one of
// the beginnings.
func writeHostileClips(dir, canary, address string, beginnings ...string) (names []string, err error) {
	clips, err := hostileClips(canary, address)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, c := range clips {
		wanted := len(beginnings) == 0
		for _, b := range beginnings {
			wanted = wanted || strings.HasPrefix(c.name, b)
		}
		if !wanted {
			continue
		}
		names = append(names, c.name)
		if err := os.WriteFile(filepath.Join(dir, c.name), c.data, 0o644); err != nil {
			return nil, err
		}
	}
	return names, nil
}
