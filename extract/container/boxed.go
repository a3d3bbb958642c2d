package container

// readBoxed reads the pictures that stand in boxes and are no ISO base media:
// JPEG 2000 (ISO 15444-1, annex I) and JPEG XL (ISO 18181-2).
func (s *scan) readBoxed() {
	if head, err := s.peek(0, 8); err != nil || string(head[:4]) != "\x00\x00\x00\x0c" {
		return // a bare codestream
	}
	m := &bmff{scan: s, seen: map[string]bool{}, fileSize: s.size}
	m.boxes(0, s.size, "BMFF", func(b box) {
		m.seen[b.kind] = true
		switch b.kind {
		case "jp2h":
			m.boxes(b.body, b.end, "BMFF:jp2h", m.boxedSize)
		case "uuid":
			m.userBox(b)
		case "xml ":
			m.block(XMP, "BMFF:xml", b.body, b.size())
		case "Exif":
			if data, err := m.read(b.body, b.size()); err == nil && len(data) > 4 {
				m.exifItem(data, b.body)
			} else {
				m.failed("BMFF:Exif", err)
			}
		case "jumb":
			m.block(C2PA, "BMFF:jumb", b.off, b.end-b.off)
		}
	})
	if !m.seen["jp2c"] && !m.seen["jxlc"] && !m.seen["jxlp"] && m.err == nil {
		m.fatal("truncated", "BMFF", "the file holds no picture data")
	}
}

func (m *bmff) boxedSize(b box) {
	if b.kind != "ihdr" {
		return
	}
	f := bigEndian(m.head(b, 8))
	h, w := clampInt(uint64(f.u32())), clampInt(uint64(f.u32()))
	if f.short || w == 0 || h == 0 {
		m.problem("corrupt-structure", "BMFF:ihdr", "the picture header is too short or states a size of zero")
		return
	}
	m.info.Width, m.info.Height = w, h
	m.tagInt("File:ImageWidth", w)
	m.tagInt("File:ImageHeight", h)
}
