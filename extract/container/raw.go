package container

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
