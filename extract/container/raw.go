package container

import "io"

// readRAF reads Fujifilm's RAW: a JPEG with the Exif stands where the header
// says.
func (s *scan) readRAF() {
	head, err := s.peek(84, 8)
	if err != nil {
		s.fatal("truncated", "RAF", "the file ends inside its header")
		return
	}
	f := bigEndian(head)
	off, n := int64(f.u32()), int64(f.u32())
	s.embeddedJPEG(off, n, "RAF")
}

// canonBoxes reads what Canon keeps in CR3: one TIFF structure each for the
// main directory, the Exif directory, the maker note and the position.
func (m *bmff) canonBoxes(b box) {
	m.boxes(b.body, b.end, "CR3", func(b box) {
		switch b.kind {
		case "CMT1":
			m.block(EXIF, "CR3:CMT1", b.body, b.size())
			m.canonSize(b)
		case "CMT2", "CMT3", "CMT4":
			m.block(EXIF, "CR3:"+b.kind, b.body, b.size())
		}
	})
}

func (m *bmff) canonSize(b box) {
	t, off, ok := m.openTIFF(b.body)
	if !ok {
		return
	}
	dir, _, err := t.directory(off)
	if err != nil {
		m.failed("CR3:CMT1", err)
		return
	}
	m.info.Width, m.info.Height = t.first(dir, tagImageWidth), t.first(dir, tagImageLength)
	m.info.Orientation = t.orientation(dir)
}

// readMRW reads Minolta's RAW: segments behind a header, one of which holds a
// TIFF structure.
func (s *scan) readMRW() {
	head, err := s.peek(0, 8)
	if err != nil {
		s.fatal("truncated", "MRW", "the file ends inside its header")
		return
	}
	f := bigEndian(head[4:])
	end := 8 + int64(f.u32())
	if end > s.size {
		s.problem("truncated", "MRW", "the file ends inside the description of its picture")
	}
	found := false
	for at := int64(8); at+8 <= min(end, s.size) && s.budget.TakeValue() == nil; {
		head, err := s.peek(at, 8)
		if err != nil {
			break
		}
		kind := string(head[:4])
		f := bigEndian(head[4:])
		n := int64(f.u32())
		switch kind {
		case "\x00TTW":
			found = true
			s.block(EXIF, "MRW:TTW", at+8, n)
		case "\x00PRD":
			s.minoltaSize(at + 8)
		}
		at += 8 + n
	}
	if !found {
		s.fatal("corrupt-structure", "MRW", "the file lacks the description of its picture")
	}
}

// minoltaSize reads the size of the picture from its description.
func (s *scan) minoltaSize(at int64) {
	b, err := s.peek(at, 16)
	if err != nil {
		return
	}
	f := bigEndian(b[12:])
	s.info.Height, s.info.Width = int(f.u16()), int(f.u16())
}

// readX3F reads Sigma's RAW: a directory at the end of the file names its
// sections, of which pictures in JPEG carry the camera's Exif.
func (s *scan) readX3F() {
	head, err := s.peek(0, 36)
	if err != nil {
		s.fatal("truncated", "X3F", "the file ends inside its header")
		return
	}
	f := littleEndian(head[28:])
	s.info.Width, s.info.Height = clampInt(uint64(f.u32())), clampInt(uint64(f.u32()))
	last, err := s.peek(s.size-4, 4)
	if err != nil {
		return
	}
	f = littleEndian(last)
	at := int64(f.u32())
	dir, err := s.peek(at, 12)
	if err != nil || string(dir[:4]) != "SECd" {
		s.fatal("truncated", "X3F", "the file ends before the list of its sections")
		return
	}
	f = littleEndian(dir[8:])
	count := min(f.u32(), 64)
	for i := range int64(count) {
		entry, err := s.peek(at+12+12*i, 12)
		if err != nil {
			s.failed("X3F", err)
			return
		}
		f := littleEndian(entry)
		s.x3fSection(int64(f.u32()), int64(f.u32()), string(f.take(4)))
	}
}

func (s *scan) x3fSection(off, n int64, kind string) {
	const jpegFormat, header = 18, 28
	b, err := s.peek(off, header)
	if err != nil || n <= header || kind != "IMA2" && kind != "IMAG" {
		return
	}
	f := littleEndian(b[12:])
	if f.u32() == jpegFormat {
		s.embeddedJPEG(off+header, n-header, "X3F")
	}
}

// readCRW files Canon's CIFF, whose heap the reader of maker notes knows.
func (s *scan) readCRW() {
	if s.size < 26 {
		s.fatal("truncated", "CRW", "the file ends inside its header")
		return
	}
	s.addBlock(Block{Kind: CIFF, Path: "CRW", Source: io.NewSectionReader(s.r, 0, s.size)})
	tail, err := s.peek(s.size-4, 4)
	if err != nil {
		return
	}
	f := littleEndian(tail)
	if heap := int64(f.u32()); heap >= s.size {
		s.problem("corrupt-structure", "CRW", "the directory of the file lies beyond its end")
	}
}
