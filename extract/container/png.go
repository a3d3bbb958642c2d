package container

import (
	"fmt"
	"time"
)

const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	maxPNGChunk  = 1<<31 - 1 // W3C PNG, 5.3
)

// readPNG walks the chunks of a PNG file (W3C PNG, third edition).
func (s *scan) readPNG() {
	if head, err := s.peek(0, 8); err != nil || string(head) != pngSignature {
		s.fatal("corrupt-structure", "PNG", "the signature is damaged, as by a transfer in text mode")
		return
	}
	seen := map[string]bool{}
	p := &pngPicture{}
	for at := int64(8); ; {
		next, kind, ok := s.pngChunk(p, at)
		seen[kind] = true
		if !ok {
			break
		}
		if kind == "IEND" {
			s.pngTrailer(next)
			break
		}
		at = next
	}
	switch {
	case !seen["IHDR"]:
		s.fatal("corrupt-structure", "PNG:IHDR", "the picture header is missing")
	case !seen["IDAT"]:
		s.fatal("truncated", "PNG:IDAT", "the file holds no picture data")
	case !seen["IEND"]:
		s.failed("PNG:IEND", errShort)
	}
	s.reportSums(p)
	s.checkPNGPicture(p)
}

func (s *scan) pngTrailer(end int64) {
	left := s.size - end
	if left <= 0 {
		return
	}
	what := ""
	if head, err := s.peek(end, int(min(left, 64))); err == nil {
		if format := sniffMagic(head) + sniffZIP(head); format != "" {
			what = ", beginning like " + format
		}
	}
	s.problem("trailing-data", "PNG:IEND", "%d bytes follow the end of the picture%s", left, what)
}

// pngChunk reads the chunk at an offset and gives the place of the next.
func (s *scan) pngChunk(p *pngPicture, at int64) (next int64, kind string, ok bool) {
	if err := s.budget.TakeValue(); err != nil {
		s.failed("PNG", err)
		return 0, "", false
	}
	head, err := s.peek(at, 8)
	if err != nil {
		if err != errShort {
			s.failed("PNG", err)
		}
		return 0, "", false
	}
	f := bigEndian(head)
	length := int64(f.u32())
	kind = string(f.take(4))
	if !isChunkType(kind) || length > maxPNGChunk {
		s.problem("corrupt-structure", "PNG", "a chunk header at offset %d is damaged", at)
		return 0, "", false
	}
	body := at + 8
	next = body + length + 4
	if next > s.size {
		s.problem("truncated", "PNG:"+kind, "the %s chunk reaches beyond the end of the file", kind)
		length = min(length, s.size-body)
	} else {
		s.checkSum(p, kind, at, length)
	}
	s.chunkOrder(p, kind, body, length)
	s.pngContent(p, kind, body, length)
	return next, kind, next <= s.size
}

func isChunkType(kind string) bool {
	for i := range len(kind) {
		if c := kind[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func (s *scan) pngContent(p *pngPicture, kind string, body, n int64) {
	switch kind {
	case "IHDR":
		s.pngHeader(p, body, n)
	case "eXIf", "zxIf", "exIf":
		s.pngEXIF(kind, body, n)
	case "caBX":
		s.block(C2PA, "PNG:caBX", body, n)
	case "tEXt", "zTXt", "iTXt":
		s.pngText(kind, body, n)
	case "iCCP":
		s.pngSettings(kind, body, n)
		s.pngICC(body, n)
	case "tIME":
		s.pngTime(body, n)
	case "acTL":
		s.pngAnimation(p, body, n)
	default:
		s.pngSettings(kind, body, n)
	}
}

func (s *scan) pngHeader(p *pngPicture, body, n int64) {
	b, err := s.peek(body, 13)
	if err != nil || n < 13 {
		if err == errShort {
			return // reported as truncated
		}
		s.problem("corrupt-structure", "PNG:IHDR", "the picture header is too short")
		return
	}
	f := bigEndian(b)
	p.width, p.height = clampInt(uint64(f.u32())), clampInt(uint64(f.u32()))
	p.depth, p.colour = f.u8(), f.u8()
	compression, filter, interlace := f.u8(), f.u8(), f.u8()
	p.interlaced = interlace != 0
	s.info.Width, s.info.Height = p.width, p.height
	switch {
	case p.width == 0 || p.height == 0:
		s.fatal("corrupt-structure", "PNG:IHDR", "the picture header states a size of zero")
	case compression != 0 || filter != 0 || interlace > 1:
		s.problem("corrupt-structure", "PNG:IHDR", "the picture header asks for a coding that PNG does not know")
	}
	s.tagInt("PNG:ImageWidth", p.width)
	s.tagInt("PNG:ImageHeight", p.height)
	s.tagInt("PNG:BitDepth", int(p.depth))
	s.tagInt("PNG:ColorType", int(p.colour))
	s.tagInt("PNG:Compression", int(compression))
	s.tagInt("PNG:Filter", int(filter))
	s.tagInt("PNG:Interlace", int(interlace))
}

// pngAnimation reads how many frames an animation has.
func (s *scan) pngAnimation(p *pngPicture, body, n int64) {
	b, err := s.peek(body, 8)
	if err != nil || n < 8 {
		return
	}
	f := bigEndian(b)
	p.frames = f.u32()
	s.info.Animated = p.frames > 1
	s.tagInt("PNG:AnimationFrames", clampInt(uint64(p.frames)))
	s.tagInt("PNG:AnimationPlays", clampInt(uint64(f.u32())))
}

// pngEXIF records the Exif block, without the "Exif\0\0" that some writers
// carry over from JPEG.
func (s *scan) pngEXIF(kind string, body, n int64) {
	if b, err := s.peek(body, 6); err == nil && n > 6 && string(b[:5]) == idEXIF {
		body, n = body+6, n-6
	}
	s.block(EXIF, "PNG:"+kind, body, n)
}

// pngTime reads the time of the last change, which is UTC by definition.
func (s *scan) pngTime(body, n int64) {
	b, err := s.peek(body, 7)
	if err != nil || n < 7 {
		s.problem("corrupt-structure", "PNG:tIME", "the time of change is too short")
		return
	}
	f := bigEndian(b)
	year, month, day := int(f.u16()), int(f.u8()), int(f.u8())
	hour, minute, second := int(f.u8()), int(f.u8()), int(f.u8())
	raw := fmt.Sprintf("%04d:%02d:%02d %02d:%02d:%02d", year, month, day, hour, minute, second)
	st := Stamp{Field: "PNG:ModifyDate", Raw: raw}
	switch at := time.Date(year, time.Month(month), day, hour, minute, min(second, 59), 0, time.UTC); {
	case blankDate(raw):
		st.Zero, st.Text = true, raw
	case at.Day() != day || int(at.Month()) != month || hour > 23 || minute > 59 || second > 60:
		st.Text = raw // not a date: left to the reader of texts
	default:
		st.Unix = at
	}
	s.addStamp(st)
	s.tag("PNG:ModifyDate", raw)
}
