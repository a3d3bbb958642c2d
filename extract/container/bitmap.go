package container

import "strings"

// bitmapTags shows a BITMAPINFOHEADER under ExifTool's names.
func (s *scan) bitmapTags(f *fields) {
	number := func(name string, v uint64) { s.tagInt("File:"+name, clampInt(v)) }
	number("BMPVersion", uint64(f.u32()))
	w, h := int64(int32(f.u32())), int64(int32(f.u32()))
	number("ImageWidth", uint64(max(w, 0)))
	number("ImageHeight", uint64(max(h, -h)))
	number("Planes", uint64(f.u16()))
	number("BitDepth", uint64(f.u16()))
	if code := f.take(4); len(code) == 4 && isFourCC(string(code)) {
		s.tag("File:Compression", strings.TrimRight(string(code), " "))
	} else if len(code) == 4 {
		number("Compression", littleEndian(code).sized(4))
	}
	for _, name := range [...]string{"ImageLength", "PixelsPerMeterX", "PixelsPerMeterY", "NumColors", "NumImportantColors"} {
		number(name, uint64(f.u32()))
	}
}

// waveTags shows a WAVEFORMATEX.
func (s *scan) waveTags(f *fields) {
	s.tagInt("RIFF:Encoding", int(f.u16()))
	s.tagInt("RIFF:NumChannels", int(f.u16()))
	s.tagInt("RIFF:SampleRate", clampInt(uint64(f.u32())))
	s.tagInt("RIFF:AvgBytesPerSec", clampInt(uint64(f.u32())))
	f.skip(2)
	s.tagInt("RIFF:BitsPerSample", int(f.u16()))
}
