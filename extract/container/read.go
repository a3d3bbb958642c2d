package container

import (
	"fmt"
	"io"
)

// Read says what the container in r states. It goes by the content alone:
// [Sniff] first, then the reader of that format. Damage is a [Problem] of the
// result, and what was read before it stays; the error is only for an r that
// cannot be read. A nil budget means [NewBudget].
func Read(r io.ReaderAt, size int64, b *Budget) (Info, error) {
	if b == nil {
		b = NewBudget()
	}
	s := &scan{file: file{r: r, size: size, budget: b}}
	s.info.Type = s.sniff()
	if s.err == nil {
		s.readFormat()
	}
	if s.err != nil {
		return s.info, fmt.Errorf("read container: %w", s.err)
	}
	return s.info, nil
}

func (s *scan) readFormat() {
	if s.size == 0 {
		s.fatal("empty-file", "", "the file is empty")
		return
	}
	switch s.info.Type.Format {
	case "jpeg":
		s.readJPEG(0, s.size, "JPEG")
	case "png":
		s.readPNG()
	case "gif":
		s.readGIF()
	case "webp", "avi", "wav":
		s.readRIFF()
	case "tiff", "cr2", "nef", "arw", "dng", "pef", "orf", "rw2":
		s.readTIFF()
	case "bmp":
		s.readBMP()
	case "raf":
		s.readRAF()
	case "jp2", "jxl":
		s.readBoxed()
	case "mrw":
		s.readMRW()
	case "x3f":
		s.readX3F()
	case "crw":
		s.readCRW()
	case "heic", "heif", "avif", "cr3", "mp4", "mov", "m4v", "m4a", "3gp":
		s.readBMFF()
	case "matroska", "webm", "mka", "weba":
		s.readMatroska()
	}
}
