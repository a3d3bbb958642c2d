package container

import (
	"bytes"
	"strconv"
	"time"
)

// gif is one walk over the blocks of a GIF file (GIF89a specification).
type gif struct {
	*scan
	at     int64
	frames int
	delay  int // hundredths of a second, of all frames
	global int // colours of the table that frames share, 0 when there is none
	unpack int // bytes of picture data that may still be unpacked to check it
}

func (s *scan) readGIF() {
	head, err := s.peek(0, 13)
	if err != nil {
		s.fatal("truncated", "GIF", "the file ends inside its header")
		return
	}
	f := littleEndian(head[6:])
	s.info.Width, s.info.Height = int(f.u16()), int(f.u16())
	packed := f.u8()
	s.tag("GIF:GIFVersion", string(head[3:6]))
	s.tagInt("GIF:ImageWidth", s.info.Width)
	s.tagInt("GIF:ImageHeight", s.info.Height)
	s.tagInt("GIF:HasColorMap", int(packed>>7))
	s.tagInt("GIF:ColorResolutionDepth", int(packed>>4&7)+1)
	s.tagInt("GIF:BitsPerPixel", int(packed&7)+1)
	s.tagInt("GIF:BackgroundColor", int(f.u8()))
	if ratio := f.u8(); ratio != 0 {
		s.tagFloat("GIF:PixelAspectRatio", (float64(ratio)+15)/64)
	}
	g := &gif{scan: s, at: 13 + colourTable(packed), global: int(colourTable(packed) / 3), unpack: maxUnpack}
	for g.part() {
	}
	g.finish()
}

// colourTable gives the length of the colour table that a packed byte
// announces.
func colourTable(packed byte) int64 {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (packed&7 + 1)
}

// part reads one image or extension and says whether more may follow.
func (g *gif) part() bool {
	if err := g.budget.TakeValue(); err != nil {
		g.failed("GIF", err)
		return false
	}
	b, err := g.peek(g.at, 1)
	if err != nil {
		g.failed("GIF", err)
		return false
	}
	g.at++
	switch b[0] {
	case 0x2c:
		return g.image()
	case 0x21:
		return g.extension()
	case 0x3b:
		if left := g.size - g.at; left > 0 {
			g.problem("trailing-data", "GIF", "%d bytes follow the end of the picture", left)
		}
		return false
	case 0: // stray terminators occur and decoders pass over them
		return true
	}
	g.problem("corrupt-structure", "GIF", "a block of unknown kind stands at offset %d", g.at-1)
	return false
}

func (g *gif) image() bool {
	b, err := g.peek(g.at, 10)
	if err != nil {
		g.failed("GIF", err)
		return false
	}
	g.frames++
	f := littleEndian(b)
	x, y, w, h := int(f.u16()), int(f.u16()), int(f.u16()), int(f.u16())
	table := colourTable(f.u8())
	switch {
	case w == 0 || h == 0:
		g.problem("corrupt-structure", "GIF", "a frame has a size of zero")
	case x+w > g.info.Width || y+h > g.info.Height:
		g.problem("corrupt-structure", "GIF", "a frame reaches beyond the edge of the picture")
	case table == 0 && g.global == 0:
		g.problem("corrupt-structure", "GIF", "the file holds no table of the colours of its frames")
	}
	g.at += 9 + table
	size, err := g.peek(g.at, 1)
	if err != nil {
		g.failed("GIF", err)
		return false
	}
	g.at++
	start := g.at
	bits := int(size[0])
	if !g.skipBlocks() {
		return false
	}
	g.checkFrame(start, bits, w*h)
	return true
}

// skipBlocks passes over data sub-blocks up to their terminator.
func (g *gif) skipBlocks() bool {
	for {
		b, err := g.rest(g.at, 1)
		if err != nil {
			g.failed("GIF", err)
			return false
		}
		i := 0
		for i < len(b) {
			n := int(b[i])
			i += 1 + n
			if n == 0 {
				g.at += int64(i)
				return true
			}
		}
		g.at += int64(i)
	}
}

func (g *gif) extension() bool {
	b, err := g.peek(g.at, 2)
	if err != nil {
		g.failed("GIF", err)
		return false
	}
	label, n := b[0], int(b[1])
	switch {
	case label == 0xf9 && n == 4:
		if b, err := g.peek(g.at+2, 4); err == nil {
			f := littleEndian(b[1:])
			g.delay += int(f.u16())
			if b[0]&1 != 0 && g.frames == 0 {
				g.tagInt("GIF:TransparentColor", int(b[3]))
			}
		}
	case label == 0xff && n == 11:
		return g.application()
	case label == 0xfe:
		g.at++
		text, ok := g.joinBlocks("GIF:Comment")
		if len(text) > 0 {
			g.tag("File:Comment", string(text))
		}
		return ok
	}
	g.at++
	return g.skipBlocks()
}

// application reads an application extension: XMP, C2PA or a colour profile.
func (g *gif) application() bool {
	b, err := g.peek(g.at+2, 11)
	if err != nil {
		g.failed("GIF", err)
		return false
	}
	id := string(b)
	g.at += 13
	switch {
	case id == "XMP DataXMP":
		return g.xmp()
	case id[:8] == "C2PA_GIF":
		return g.joined(C2PA, "GIF:C2PA")
	case id == "ICCRGBG1012":
		return g.joined(ICC, "GIF:ICC")
	case id == "NETSCAPE2.0":
		if b, err := g.peek(g.at, 4); err == nil && b[0] == 3 && b[1] == 1 {
			f := littleEndian(b[2:])
			g.tagInt("GIF:AnimationIterations", int(f.u16()))
		}
	}
	return g.skipBlocks()
}

// xmp reads the packet, which stands there without sub-block lengths; a
// trailer makes any reader of sub-blocks land behind it (XMP specification
// part 3, 1.1.2). Packets that were cut into sub-blocks exist too.
func (g *gif) xmp() bool {
	start := g.at
	first, err := g.peek(start, 1)
	if err != nil {
		g.failed("GIF:XMP", err)
		return false
	}
	if first[0] != '<' && first[0] != 0xef {
		return g.joined(XMP, "GIF:XMP")
	}
	ok := g.skipBlocks()
	data, err := g.read(start, min(g.at, g.size)-start)
	if err != nil {
		g.failed("GIF:XMP", err)
		return ok
	}
	if trailer := bytes.LastIndex(data, []byte("\x01\xff\xfe\xfd")); trailer >= 0 {
		data = data[:trailer]
	}
	data = data[:bytes.LastIndexByte(data, '>')+1]
	if len(data) > 0 {
		g.addBlock(Block{Kind: XMP, Path: "GIF:XMP", Offset: start, Data: data})
	}
	return ok
}

func (g *gif) joined(kind BlockKind, path string) bool {
	data, ok := g.joinBlocks(path)
	if len(data) > 0 {
		g.addBlock(Block{Kind: kind, Path: path, Offset: -1, Data: data})
	}
	return ok
}

// joinBlocks gives the content of data sub-blocks, up to the limit on one
// block.
func (g *gif) joinBlocks(path string) ([]byte, bool) {
	var data []byte
	for {
		b, err := g.peek(g.at, 1)
		if err == nil && b[0] == 0 {
			g.at++
			return data, true
		}
		n := int64(0)
		if err == nil {
			n = int64(b[0])
			b, err = g.peek(g.at+1, int(n))
		}
		if err != nil {
			g.failed(path, err)
			return data, false
		}
		if int64(len(data))+n > g.budget.BlockBytes {
			g.failed(path, &LimitError{"block size"})
			return data, g.skipBlocks()
		}
		data = append(data, b...)
		g.at += 1 + n
	}
}

func (g *gif) finish() {
	if g.frames == 0 {
		g.fatal("truncated", "GIF", "the file holds no picture")
		return
	}
	if g.frames == 1 {
		return
	}
	g.tagInt("GIF:FrameCount", g.frames)
	g.info.Animated = true
	if g.delay > 0 {
		g.info.Duration = time.Duration(g.delay) * 10 * time.Millisecond
		g.info.FrameRate = float64(g.frames) * 100 / float64(g.delay)
		g.tag("GIF:Duration", strconv.FormatFloat(float64(g.delay)/100, 'g', 15, 64))
	}
}
