package container

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// avi gathers what the header lists of an AVI file say (Microsoft, "AVI RIFF
// File Reference"; OpenDML extensions).
type avi struct {
	*scan
	microsPerFrame uint32
	frames         uint32
	movie          bool
	streams        []aviStream
}

// aviStream is one stream: header and format.
type aviStream struct {
	kind          string // "vids", "auds", ...
	codec         string
	scale, rate   uint32
	length        uint32 // in scale/rate
	width, height int
}

func (s *scan) readAVI(end int64) {
	a := &avi{scan: s}
	a.chunks(0, end, "RIFF", func(c chunk) {
		if c.kind == "RIFF/AVI " || c.kind == "RIFF/AVIX" {
			a.chunks(c.body, c.end, "RIFF", a.topLevel)
		}
	})
	a.finish()
}

func (a *avi) topLevel(c chunk) {
	switch c.kind {
	case "LIST/hdrl":
		a.chunks(c.body, c.end, "RIFF:hdrl", a.header)
	case "LIST/INFO":
		a.listInfo(c)
	case "LIST/movi":
		a.movie = true
	case "IDIT":
		a.digitised(c)
	case "_PMX":
		a.block(XMP, "RIFF:_PMX", c.body, c.size())
	case "C2PA":
		a.block(C2PA, "RIFF:C2PA", c.body, c.size())
	}
}

func (a *avi) header(c chunk) {
	switch c.kind {
	case "avih":
		f := littleEndian(a.chunkHead(c, 40))
		a.microsPerFrame = f.u32()
		rate := f.u32()
		f.skip(8)
		a.frames = f.u32()
		f.skip(4)
		streams := f.u32()
		f.skip(4)
		w, h := clampInt(uint64(f.u32())), clampInt(uint64(f.u32()))
		if f.short {
			a.problem("corrupt-structure", "RIFF:avih", "the main header is too short")
			return
		}
		a.info.Width, a.info.Height = w, h
		if a.microsPerFrame > 0 {
			a.tagFloat("RIFF:FrameRate", 1e6/float64(a.microsPerFrame))
		}
		a.tagInt("RIFF:MaxDataRate", clampInt(uint64(rate)))
		a.tagInt("RIFF:FrameCount", clampInt(uint64(a.frames)))
		a.tagInt("RIFF:StreamCount", clampInt(uint64(streams)))
		a.tagInt("RIFF:ImageWidth", w)
		a.tagInt("RIFF:ImageHeight", h)
	case "LIST/strl":
		a.streams = append(a.streams, aviStream{})
		a.chunks(c.body, c.end, "RIFF:strl", a.stream)
	case "LIST/odml":
		a.chunks(c.body, c.end, "RIFF:odml", func(c chunk) {
			if b := a.chunkHead(c, 4); c.kind == "dmlh" && len(b) == 4 {
				a.frames = max(a.frames, binary.LittleEndian.Uint32(b))
				a.tagInt("RIFF:TotalFrameCount", clampInt(uint64(binary.LittleEndian.Uint32(b))))
			}
		})
	case "IDIT":
		a.digitised(c)
	}
}

// digitised reads when the film was recorded. Of a date with slashes, as some
// cameras write it, ExifTool leaves out the seconds: the tag follows it, the
// stamp keeps them.
func (a *avi) digitised(c chunk) {
	const field = "RIFF:DateTimeOriginal"
	raw := cleanText(string(a.chunkHead(c, 256)))
	text := a.writtenStamp(field, raw)
	if len(raw) > 4 && raw[4] == '/' && len(text) == len("2006:01:02 15:04:05") {
		text = text[:len(text)-2] + "00"
	}
	a.tag(field, text)
}

func (a *avi) stream(c chunk) {
	st := &a.streams[len(a.streams)-1]
	switch c.kind {
	case "strh":
		f := littleEndian(a.chunkHead(c, 48))
		st.kind = string(f.take(4))
		st.codec = string(f.take(4))
		f.skip(12)
		st.scale, st.rate = f.u32(), f.u32()
		f.skip(4)
		st.length = f.u32()
		f.skip(4)
		a.streamTags(st, f.u32(), f.u32())
	case "strf":
		a.streamFormat(st, c)
	case "strd":
		a.streamData(c)
	}
}

// streamTags shows a stream header under ExifTool's names.
func (a *avi) streamTags(st *aviStream, quality, sampleSize uint32) {
	rate := 0.0
	if st.scale > 0 {
		rate = float64(st.rate) / float64(st.scale)
	}
	a.tag("RIFF:StreamType", st.kind)
	prefix, count := "Stream", "StreamSampleCount"
	switch st.kind {
	case "vids":
		a.tag("RIFF:VideoCodec", st.codec)
		if rate > 0 {
			a.tagFloat("RIFF:VideoFrameRate", rate)
		}
		count = "VideoFrameCount"
	case "auds":
		prefix, count = "Audio", "AudioSampleCount"
		fallthrough
	default:
		a.tag("RIFF:"+strings.TrimPrefix(prefix, "Stream")+"Codec", st.codec)
		a.tagFloat("RIFF:"+prefix+"SampleRate", rate)
	}
	a.tagInt("RIFF:"+count, clampInt(uint64(st.length)))
	a.tag("RIFF:Quality", strconv.FormatUint(uint64(quality), 10))
	a.tagInt("RIFF:SampleSize", clampInt(uint64(sampleSize)))
}

// streamFormat reads BITMAPINFOHEADER or WAVEFORMATEX, whose codes count
// for more than the handler in the stream header.
func (a *avi) streamFormat(st *aviStream, c chunk) {
	f := littleEndian(a.chunkHead(c, 40))
	switch st.kind {
	case "vids":
		f.skip(4)
		w, h := int64(int32(f.u32())), int64(int32(f.u32()))
		f.skip(4)
		code := string(f.take(4))
		if f.short {
			return
		}
		st.width, st.height = int(max(w, 0)), clampInt(uint64(max(h, -h))) // negative: rows from the top
		a.bitmapTags(littleEndian(a.chunkHead(c, 40)))
		if code == "\x00\x00\x00\x00" {
			code = "DIB "
		}
		st.codec = codecOf(code)
	case "auds":
		st.codec = waveFormat(f)
		a.waveTags(littleEndian(a.chunkHead(c, 16)))
	}
}

// streamData reads what cameras put beside a stream. "AVIF" stands before a
// TIFF directory whose offsets count from the chunk: with a TIFF header in
// the place of those eight bytes it is an Exif block.
func (a *avi) streamData(c chunk) {
	if head := a.chunkHead(c, 4); string(head) != "AVIF" || c.size() < 16 {
		return
	}
	data, err := a.read(c.body, c.size())
	if err != nil {
		a.failed("RIFF:strd", err)
		return
	}
	copy(data, "II*\x00\x08\x00\x00\x00")
	a.addBlock(Block{Kind: EXIF, Path: "RIFF:strd", Offset: c.body, Data: data})
}

// waveFormat names the codec of a WAVEFORMATEX; plain samples are named by
// their width.
func waveFormat(f *fields) string {
	name := waveCodec(f.u16())
	f.skip(12)
	if name != "pcm" {
		return name
	}
	switch f.u16() {
	case 8:
		return "pcm_u8"
	case 24:
		return "pcm_s24le"
	case 32:
		return "pcm_s32le"
	}
	return "pcm_s16le"
}

// waveCodec names the format tags of WAVEFORMATEX (RFC 2361) that occur.
func waveCodec(tag uint16) string {
	switch tag {
	case 0x0001:
		return "pcm"
	case 0x0002:
		return "adpcm_ms"
	case 0x0003:
		return "pcm_f32le"
	case 0x0006:
		return "pcm_alaw"
	case 0x0007:
		return "pcm_mulaw"
	case 0x0011:
		return "adpcm_ima_wav"
	case 0x0031:
		return "gsm_ms"
	case 0x0050:
		return "mp2"
	case 0x0055:
		return "mp3"
	case 0x00ff, 0x1610:
		return "aac"
	case 0x0160:
		return "wmav1"
	case 0x0161:
		return "wmav2"
	case 0x0162:
		return "wmapro"
	case 0x2000:
		return "ac3"
	case 0x2001:
		return "dts"
	case 0xf1ac:
		return "flac"
	}
	return ""
}

func (a *avi) finish() {
	var audio []string
	video := false
	for _, st := range a.streams {
		switch st.kind {
		case "vids":
			a.addCodec(codecOf(st.codec))
			if !video {
				video = true
				a.mainStream(st)
			}
		case "auds":
			if st.codec != "" {
				audio = append(audio, st.codec)
			}
		}
	}
	for _, c := range audio {
		a.addCodec(c)
	}
	switch {
	case !video:
		a.fatal("truncated", "RIFF:hdrl", "the file ends before the header of its video stream, or has none")
	case !a.movie:
		a.fatal("truncated", "RIFF:movi", "the file holds no picture data")
	}
}

// mainStream takes duration and frame rate from the first video stream, or
// from the main header where the stream states none.
func (a *avi) mainStream(st aviStream) {
	if a.info.Width == 0 {
		a.info.Width, a.info.Height = st.width, st.height
	}
	if st.scale > 0 && st.rate > 0 {
		a.info.FrameRate = float64(st.rate) / float64(st.scale)
	} else if a.microsPerFrame > 0 {
		a.info.FrameRate = 1e6 / float64(a.microsPerFrame)
	}
	frames := st.length
	if frames == 0 {
		frames = a.frames
	}
	if a.info.FrameRate > 0 {
		a.info.Duration = floatSeconds(float64(frames) / a.info.FrameRate)
	}
}

// readWAV reads codec, length and texts of a WAV file.
func (s *scan) readWAV(end int64) {
	var bytesPerSecond, dataBytes int64
	s.chunks(12, end, "RIFF", func(c chunk) {
		switch c.kind {
		case "fmt ":
			b := s.chunkHead(c, 16)
			if name := waveFormat(littleEndian(b)); name != "" {
				s.addCodec(name)
			}
			if len(b) == 16 {
				bytesPerSecond = int64(binary.LittleEndian.Uint32(b[8:]))
			}
		case "data":
			dataBytes = c.size()
		case "LIST/INFO":
			s.listInfo(c)
		case "_PMX":
			s.block(XMP, "RIFF:_PMX", c.body, c.size())
		}
	})
	if bytesPerSecond > 0 {
		s.info.Duration = floatSeconds(float64(dataBytes) / float64(bytesPerSecond))
	}
}
