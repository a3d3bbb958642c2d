package container

import (
	"encoding/binary"
	"strings"
	"time"
)

// readWebP reads the chunks of a WebP file (RFC 9649).
func (s *scan) readWebP(end int64) {
	pictures, frames := 0, 0
	var shown uint64 // milliseconds
	s.chunks(12, end, "RIFF", func(c chunk) {
		switch c.kind {
		case "VP8X":
			if b := s.chunkHead(c, 10); len(b) == 10 {
				s.tagInt("RIFF:WebP_Flags", int(b[0]))
				s.tagInt("RIFF:WebP_Flags", int(b[0]))
				f := littleEndian(b[4:])
				s.webpSize(int(f.u24())+1, int(f.u24())+1)
			}
		case "VP8 ":
			pictures++
			s.lossySize(c)
		case "VP8L":
			pictures++
			if b := s.chunkHead(c, 5); len(b) == 5 && b[0] == 0x2f {
				bits := binary.LittleEndian.Uint32(b[1:])
				s.webpSize(int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1)
				s.tagInt("RIFF:AlphaIsUsed", int(bits>>28&1))
			}
		case "ALPH":
			if b := s.chunkHead(c, 1); len(b) == 1 {
				s.tagInt("RIFF:AlphaPreprocessing", int(b[0]>>4&3))
				s.tagInt("RIFF:AlphaFiltering", int(b[0]>>2&3))
				s.tagInt("RIFF:AlphaCompression", int(b[0]&3))
			}
		case "ANMF":
			pictures++
			frames++
			if b := s.chunkHead(c, 16); len(b) == 16 {
				f := littleEndian(b[12:])
				shown += uint64(f.u24())
			}
		default:
			s.webpMetadata(c)
		}
	})
	if pictures == 0 {
		s.fatal("truncated", "RIFF", "the file holds no picture data")
	}
	if s.info.Animated = frames > 1; s.info.Animated && shown > 0 {
		s.info.Duration = time.Duration(shown) * time.Millisecond
		s.info.FrameRate = float64(frames) * 1000 / float64(shown)
		s.tagFloat("RIFF:Duration", float64(shown)/1000)
	}
}

func (s *scan) webpMetadata(c chunk) {
	switch c.kind {
	case "EXIF":
		if b := s.chunkHead(c, 6); strings.HasPrefix(string(b), idEXIF) && len(b) == 6 {
			c.body += 6 // as carried over from JPEG by some writers
		}
		s.block(EXIF, "RIFF:EXIF", c.body, c.size())
	case "XMP ", "XMP\x00":
		s.block(XMP, "RIFF:XMP", c.body, c.size())
	case "ICCP":
		s.block(ICC, "RIFF:ICCP", c.body, c.size())
	case "C2PA":
		s.block(C2PA, "RIFF:C2PA", c.body, c.size())
	}
}

// webpSize keeps the first size stated: that of the canvas, where there is
// one.
func (s *scan) webpSize(w, h int) {
	if s.info.Width != 0 {
		return
	}
	s.info.Width, s.info.Height = w, h
	s.tagInt("RIFF:ImageWidth", w)
	s.tagInt("RIFF:ImageHeight", h)
}

// lossySize reads the key frame header of VP8 (RFC 6386, 9.1).
func (s *scan) lossySize(c chunk) {
	b := s.chunkHead(c, 10)
	if len(b) < 10 || string(b[3:6]) != "\x9d\x01\x2a" {
		s.problem("corrupt-structure", "RIFF:VP8", "the picture data does not begin with a key frame")
		return
	}
	f := littleEndian(b[6:])
	w, h := f.u16(), f.u16()
	s.tagInt("RIFF:VP8Version", int(b[0]>>1&7))
	s.webpSize(int(w&0x3fff), int(h&0x3fff))
	s.tagInt("RIFF:HorizontalScale", int(w>>14))
	s.tagInt("RIFF:VerticalScale", int(h>>14))
}
