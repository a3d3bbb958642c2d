package container

// readBMP reads the size of a BMP picture from its OS/2 or Windows header.
func (s *scan) readBMP() {
	head, err := s.peek(14, 12)
	if err != nil {
		s.fatal("truncated", "BMP", "the file ends inside its header")
		return
	}
	f := littleEndian(head)
	if f.u32() == 12 {
		s.info.Width, s.info.Height = int(f.u16()), int(f.u16())
	} else {
		w, h := int64(int32(f.u32())), int64(int32(f.u32()))
		s.info.Width, s.info.Height = clampInt(uint64(max(w, 0))), clampInt(uint64(max(h, -h))) // negative: rows from the top
	}
	s.tagInt("File:ImageWidth", s.info.Width)
	s.tagInt("File:ImageHeight", s.info.Height)
}
