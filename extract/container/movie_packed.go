package container

import "bytes"

// compressedMovie reads a movie header that QuickTime stored compressed
// (QuickTime File Format, "Compressed movie resources"): dcom names the
// method, cmvd holds the length and the data, which unpacks to a movie box.
func (m *bmff) compressedMovie(b box) {
	if m.packed {
		m.problem("corrupt-structure", "BMFF:cmov", "a compressed movie header holds another one")
		return
	}
	method, data := "", []byte(nil)
	m.boxes(b.body, b.end, "BMFF:cmov", func(c box) {
		switch c.kind {
		case "dcom":
			method = string(m.head(c, 4))
		case "cmvd":
			if c.size() > 4 {
				packed, err := m.read(c.body+4, c.size()-4)
				if err == nil {
					data, err = m.inflate(packed)
				}
				m.failed("BMFF:cmvd", err)
			}
		}
	})
	if method != "zlib" || len(data) == 0 {
		m.fatal("corrupt-structure", "BMFF:cmov", "the movie header is compressed in a way that cannot be undone")
		return
	}
	inner := &bmff{
		scan: &scan{file: file{r: bytes.NewReader(data), size: int64(len(data)), budget: m.budget}, info: m.info, heldBytes: m.heldBytes},
		seen: m.seen, packed: true, fileSize: m.size,
	}
	blocks := len(m.info.Blocks)
	inner.boxes(0, inner.size, "BMFF:cmov", func(c box) {
		if c.kind == "moov" {
			inner.readMovie(c)
		}
	})
	m.info, m.heldBytes, m.movie = inner.info, inner.heldBytes, inner.movie
	for i := blocks; i < len(m.info.Blocks); i++ {
		m.info.Blocks[i].Offset = -1 // they stand nowhere in the file itself
	}
}
