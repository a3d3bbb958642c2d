package container

import (
	"math"
	"strconv"
	"strings"
)

// matrixText prints a transformation matrix: 16.16 numbers but for the last
// column, which is 2.30.
func matrixText(f *fields) string {
	var out []string
	for i := range 9 {
		v := f.fixed16()
		if i%3 == 2 {
			v /= 16384
		}
		out = append(out, strconv.FormatFloat(v, 'g', 5, 64))
	}
	return strings.Join(out, " ")
}

// fixed8 reads a signed 8.8 fixed-point number.
func (f *fields) fixed8() float64 { return float64(int16(f.u16())) / 256 }

// movieSettings reads what mvhd says besides times.
func (m *bmff) movieSettings(f *fields) {
	m.tagFloat("QuickTime:PreferredRate", f.fixed16())
	m.tagFloat("QuickTime:PreferredVolume", f.fixed8())
	f.skip(10)
	m.tag("QuickTime:MatrixStructure", matrixText(f))
	for _, name := range [...]string{"PreviewTime", "PreviewDuration", "PosterTime", "SelectionTime", "SelectionDuration", "CurrentTime"} {
		v := float64(f.u32())
		if m.movie.timescale > 0 {
			v /= float64(m.movie.timescale)
		}
		m.tagFloat("QuickTime:"+name, v)
	}
	if next := f.u32(); !f.short {
		m.tagInt("QuickTime:NextTrackID", clampInt(uint64(next)))
	}
}

// languageCode unpacks the three letters of an ISO 639-2 code.
func languageCode(v uint16) string {
	if v < 0x400 || v == 0x7fff { // a Macintosh code, or none
		return strconv.Itoa(int(v))
	}
	return string([]byte{byte(v>>10&31) + 0x60, byte(v>>5&31) + 0x60, byte(v&31) + 0x60})
}

// handlerTags states a handler. The group ends in a colon.
func (m *bmff) handlerTags(group, component, kind, vendor string) {
	if component != "\x00\x00\x00\x00" && component != "" {
		m.tag(group+"HandlerClass", component)
	}
	m.tag(group+"HandlerType", kind)
	if vendor != "\x00\x00\x00\x00" && vendor != "" {
		m.tag(group+"HandlerVendorID", vendor)
	}
}

// visualSample reads a visual sample entry (ISO 14496-12, 12.1.3).
func (m *bmff) visualSample(t *track, b box) {
	data, err := m.peek(b.body, int(min(b.size(), 78)))
	if err != nil || len(data) < 78 {
		return
	}
	f := bigEndian(data)
	f.skip(12)
	vendor := string(f.take(4))
	f.skip(8)
	width, height := int(f.u16()), int(f.u16())
	x, y := f.fixed16(), f.fixed16()
	f.skip(6)
	name := f.take(32)
	m.tag(t.field("CompressorID"), b.kind)
	if vendor != "\x00\x00\x00\x00" {
		m.tag(t.field("VendorID"), vendor)
	}
	m.tagInt(t.field("SourceImageWidth"), width)
	m.tagInt(t.field("SourceImageHeight"), height)
	m.tagFloat(t.field("XResolution"), x)
	m.tagFloat(t.field("YResolution"), y)
	if n := int(name[0]); n > 0 && n < 32 {
		m.tag(t.field("CompressorName"), string(name[1:1+n]))
	}
	m.tagInt(t.field("BitDepth"), int(f.u16()))
	if b.kind == "CRAW" { // Canon's, whose boxes begin further on
		return
	}
	m.boxes(b.body+78, b.end, "BMFF:stsd", func(c box) { m.sampleExtension(t, c) })
}

func (m *bmff) sampleExtension(t *track, c box) {
	f := bigEndian(m.head(c, 64))
	switch c.kind {
	case "pasp":
		h, v := f.u32(), f.u32()
		m.tag(t.field("PixelAspectRatio"), strconv.FormatUint(uint64(h), 10)+":"+strconv.FormatUint(uint64(v), 10))
	case "fiel":
		m.tag(t.field("VideoFieldOrder"), strconv.Itoa(int(f.u8()))+" "+strconv.Itoa(int(f.u8())))
	case "colr":
		m.colourTags(t.field(""), f.b)
	case "btrt":
		m.tagInt(t.field("BufferSize"), clampInt(uint64(f.u32())))
		m.tagInt(t.field("MaxBitrate"), clampInt(uint64(f.u32())))
		m.tagInt(t.field("AverageBitrate"), clampInt(uint64(f.u32())))
	}
}

// audioSample reads an audio sample entry (ISO 14496-12, 12.2.3).
func (m *bmff) audioSample(t *track, b box) {
	data, err := m.peek(b.body, int(min(b.size(), 28)))
	if err != nil || len(data) < 28 {
		return
	}
	f := bigEndian(data)
	f.skip(16)
	m.tag(t.field("AudioFormat"), b.kind)
	m.tagInt(t.field("AudioChannels"), int(f.u16()))
	m.tagInt(t.field("AudioBitsPerSample"), int(f.u16()))
	f.skip(4)
	m.tagFloat(t.field("AudioSampleRate"), float64(f.u32())/65536)
}

// apertures reads tapt: the sizes of QuickTime for display.
func (m *bmff) apertures(t *track, b box) {
	names := map[string]string{"clef": "CleanApertureDimensions", "prof": "ProductionApertureDimensions", "enof": "EncodedPixelsDimensions"}
	m.boxes(b.body, b.end, "BMFF:tapt", func(c box) {
		if name := names[c.kind]; name != "" {
			_, _, f := m.fullBox(c, 8)
			w, h := f.fixed16(), f.fixed16()
			m.tag(t.field(name), strconv.FormatFloat(w, 'g', 15, 64)+" "+strconv.FormatFloat(h, 'g', 15, 64))
		}
	})
}

// mediaHeaderTags reads vmhd and smhd.
func (m *bmff) mediaHeaderTags(t *track, b box) {
	_, _, f := m.fullBox(b, 8)
	switch b.kind {
	case "vmhd":
		m.tagInt(t.field("GraphicsMode"), int(f.u16()))
		m.tag(t.field("OpColor"), strconv.Itoa(int(f.u16()))+" "+strconv.Itoa(int(f.u16()))+" "+strconv.Itoa(int(f.u16())))
	case "smhd":
		m.tagFloat(t.field("Balance"), f.fixed8())
	}
}

// frameRateTag states the rate that the time table gives.
func (m *bmff) frameRateTag(t *track) {
	if t.handler != "vide" || t.sampleTime == 0 || t.timescale == 0 {
		return
	}
	rate := float64(t.samples) * float64(t.timescale) / float64(t.sampleTime)
	if !math.IsInf(rate, 0) {
		m.tagFloat(t.field("VideoFrameRate"), rate)
	}
}
