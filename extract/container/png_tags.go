package container

import (
	"bytes"
	"fmt"
	"strconv"
)

// pngSettings reads the chunks that hold a few numbers each (W3C PNG, 11.3).
func (s *scan) pngSettings(kind string, body, n int64) {
	b, err := s.peek(body, int(min(n, 1024)))
	if err != nil {
		return
	}
	f := bigEndian(b)
	scaled := func() string { return strconv.FormatFloat(float64(f.u32())/100000, 'g', 15, 64) }
	switch kind {
	case "pHYs":
		s.tagInt("PNG:PNG-pHYs:PixelsPerUnitX", clampInt(uint64(f.u32())))
		s.tagInt("PNG:PNG-pHYs:PixelsPerUnitY", clampInt(uint64(f.u32())))
		s.tagInt("PNG:PNG-pHYs:PixelUnits", int(f.u8()))
	case "gAMA":
		if v := f.u32(); v > 0 {
			s.tagFloat("PNG:Gamma", float64(int64(1e9/float64(v)+0.5))/1e4)
		}
	case "cHRM":
		for _, name := range [...]string{"WhitePointX", "WhitePointY", "RedX", "RedY", "GreenX", "GreenY", "BlueX", "BlueY"} {
			s.tag("PNG:"+name, scaled())
		}
	case "sRGB":
		s.tagInt("PNG:SRGBRendering", int(f.u8()))
	case "bKGD":
		s.pngBackground(b)
	case "oFFs":
		s.tag("PNG:ImageOffset", fmt.Sprintf("%d %d %d", int32(f.u32()), int32(f.u32()), f.u8()))
	case "iCCP":
		if name, _, ok := bytes.Cut(b, []byte{0}); ok {
			s.tag("PNG:ProfileName", string(name))
		}
	}
}

// pngBackground prints the background: an index, a grey or three colours.
func (s *scan) pngBackground(b []byte) {
	f := bigEndian(b)
	switch len(b) {
	case 1:
		s.tagInt("PNG:BackgroundColor", int(f.u8()))
	case 2:
		s.tagInt("PNG:BackgroundColor", int(f.u16()))
	case 6:
		s.tag("PNG:BackgroundColor", fmt.Sprintf("%d %d %d", f.u16(), f.u16(), f.u16()))
	}
}
