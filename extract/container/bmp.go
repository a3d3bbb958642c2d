package container

// readBMP reads the header of a BMP picture, that of OS/2 or of Windows, and
// compares it with what follows.
func (s *scan) readBMP() {
	head, err := s.peek(10, int(min(s.size-10, 44)))
	if err != nil || len(head) < 16 {
		s.fatal("truncated", "BMP", "the file ends inside its header")
		return
	}
	f := littleEndian(head)
	data := int64(f.u32())
	var w, h int64
	var bits, compression uint32
	if f.u32() == 12 {
		w, h = int64(f.u16()), int64(f.u16())
		f.skip(2)
		bits = uint32(f.u16())
	} else {
		w, h = int64(int32(f.u32())), int64(int32(f.u32()))
		f.skip(2)
		bits, compression = uint32(f.u16()), f.u32()
		s.bitmapTags(littleEndian(head[4:]))
	}
	s.info.Width, s.info.Height = clampInt(uint64(max(w, 0))), clampInt(uint64(max(h, -h))) // negative: rows from the top
	if len(head) < 24 {
		s.tagInt("File:ImageWidth", s.info.Width)
		s.tagInt("File:ImageHeight", s.info.Height)
	}
	s.checkBMP(f.short, data, w, max(h, -h), bits, compression)
}

func (s *scan) checkBMP(short bool, data, w, h int64, bits, compression uint32) {
	const maxSide = 1 << 24
	switch {
	case short:
		s.fatal("truncated", "BMP", "the file ends inside its header")
	case w <= 0 || h <= 0 || w > maxSide || h > maxSide:
		s.fatal("corrupt-structure", "BMP", "the header states a size that cannot be, %dx%d", w, h)
	case bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32 && bits != 0:
		s.problem("corrupt-structure", "BMP", "the header states %d bits a pixel, which BMP does not know", bits)
	case compression > 6 && compression < 11 || compression > 13:
		s.problem("corrupt-structure", "BMP", "the header asks for a compression that BMP does not know")
	case data < 14 || data >= s.size:
		s.fatal("truncated", "BMP", "the picture data lies beyond the end of the file")
	case compression == 0 && bits > 0 && (w*int64(bits)+31)/32*4*h > s.size-data:
		s.problem("truncated", "BMP", "the picture data ends before the %dx%d pixels that the header states", w, h)
	}
}
