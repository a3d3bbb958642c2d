package container

import (
	"encoding/binary"
	"strings"
)

// chunk is one chunk of a RIFF file. A list has the kind of its content
// behind the slash: "LIST/hdrl".
type chunk struct {
	kind      string
	body, end int64
}

func (c chunk) size() int64 { return c.end - c.body }

// readRIFF reads WebP, AVI and WAV.
func (s *scan) readRIFF() {
	end := s.size
	if head, err := s.peek(4, 4); err == nil {
		stated := int64(binary.LittleEndian.Uint32(head)) + 8
		switch {
		case stated > s.size && stated < 1<<32+7:
			s.problem("truncated", "RIFF", "the file is %d bytes shorter than it states", stated-s.size)
		case stated < s.size && s.info.Type.Format != "avi" && stated >= 12:
			if left := s.size - stated; left > 1 {
				s.problem("trailing-data", "RIFF", "%d bytes follow the end of the file as stated", left)
			}
			end = stated
		}
	}
	switch s.info.Type.Format {
	case "webp":
		s.readWebP(end)
	case "avi":
		s.readAVI(end)
	case "wav":
		s.readWAV(end)
	}
}

// chunks calls visit for each chunk between from and end, until it says stop.
func (s *scan) chunks(from, end int64, where string, visit func(chunk)) {
	for at := from; at+8 <= end && s.err == nil; {
		if err := s.budget.TakeValue(); err != nil {
			s.failed(where, err)
			return
		}
		head, err := s.peek(at, int(min(12, end-at)))
		if err != nil {
			s.failed(where, err)
			return
		}
		c := chunk{kind: string(head[:4]), body: at + 8}
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		if (c.kind == "LIST" || c.kind == "RIFF") && len(head) == 12 && size >= 4 {
			c.kind += "/" + string(head[8:12])
			c.body += 4
			size -= 4
		}
		if !isFourCC(c.kind[:4]) {
			s.problem("corrupt-structure", where, "what stands at offset %d is no chunk", at)
			return
		}
		c.end = c.body + size
		if c.end > end {
			s.problem("truncated", where+":"+c.kind, "the %s chunk reaches beyond the end of what holds it", strings.TrimSpace(c.kind))
			c.end = end
		}
		visit(c)
		at = c.end + size&1
	}
}

// isFourCC tells chunk names; some writers end "XMP" with a zero byte.
func isFourCC(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 && (i < 3 || s[i] != 0) || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// chunkHead gives up to n bytes of a chunk.
func (s *scan) chunkHead(c chunk, n int64) []byte {
	b, err := s.peek(c.body, int(min(c.size(), n)))
	if err != nil {
		s.failed("RIFF:"+c.kind, err)
		return nil
	}
	return b
}

// listInfo reads LIST INFO: texts under registered codes.
func (s *scan) listInfo(c chunk) {
	s.chunks(c.body, c.end, "RIFF:INFO", func(c chunk) {
		name := infoName(c.kind)
		if name == "" {
			return
		}
		value := cleanText(string(s.chunkHead(c, maxText)))
		switch c.kind {
		case "ICRD", "IDIT", "DTIM":
			value = s.writtenStamp("RIFF:"+name, value)
		case "ISFT":
			s.info.Software = strings.TrimSpace(value)
		}
		s.tag("RIFF:"+name, value)
	})
}

func infoName(kind string) string {
	switch kind {
	case "ICRD":
		return "DateCreated"
	case "IDIT", "DTIM":
		return "DateTimeOriginal"
	case "ISFT":
		return "Software"
	case "INAM":
		return "Title"
	case "IART":
		return "Artist"
	case "ICMT":
		return "Comment"
	case "ICOP":
		return "Copyright"
	case "IENG":
		return "Engineer"
	case "IGNR":
		return "Genre"
	case "IKEY":
		return "Keywords"
	case "IPRD":
		return "Product"
	case "ISBJ":
		return "Subject"
	case "ISRC":
		return "Source"
	case "ITCH":
		return "Technician"
	}
	return ""
}
