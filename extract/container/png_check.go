package container

import (
	"bytes"
	"compress/zlib"
	"errors"
	"hash/crc32"
	"io"
	"strings"
)

// Bounds on what is read of a PNG file's picture data to check it.
const (
	maxSummed   = 8 << 20  // bytes whose checksums are compared
	maxPacked   = 16 << 10 // bytes of picture data that are inflated
	maxUnpacked = 1 << 20  // bytes that they may come to
)

// pngPicture is what the header states and where the picture data lies.
type pngPicture struct {
	width, height   int
	depth, colour   uint8
	interlaced      bool
	palette, header bool
	data            []secondPicture // IDAT chunks
	packed          int64
	after           bool // another chunk stood behind IDAT
	summed          int64
	wrongSums       []string // chunks whose checksum does not fit
	frames, held    uint32   // of an animation: stated, and there
}

// checkSum compares the checksum of a chunk (W3C PNG, 5.5). The picture data
// of large files is left out after the first megabytes.
func (s *scan) checkSum(p *pngPicture, kind string, at, n int64) {
	if p.summed += n; p.summed > maxSummed {
		return
	}
	sum := uint32(0)
	for from, end := at+4, at+8+n; from < end; {
		b, err := s.rest(from, 1)
		if err != nil {
			s.failed("PNG:"+kind, err)
			return
		}
		b = b[:min(int64(len(b)), end-from)]
		sum = crc32.Update(sum, crc32.IEEETable, b)
		from += int64(len(b))
	}
	stated, err := s.peek(at+8+n, 4)
	if err != nil {
		return // reported as truncated
	}
	if f := bigEndian(stated); f.u32() != sum && len(p.wrongSums) < 8 {
		p.wrongSums = append(p.wrongSums, kind)
	}
}

// reportSums reports the chunks whose checksum does not fit, as one problem.
func (s *scan) reportSums(p *pngPicture) {
	switch n := len(p.wrongSums); {
	case n == 1:
		s.problem("corrupt-structure", "PNG:"+p.wrongSums[0], "the checksum of the %s chunk is wrong: its content was damaged or changed by hand", p.wrongSums[0])
	case n > 1:
		s.problem("corrupt-structure", "PNG:"+p.wrongSums[0], "the checksums of several chunks are wrong (%s): their content was damaged or changed by hand",
			strings.Join(p.wrongSums, ", "))
	}
}

// chunkOrder notes chunks that stand where they must not.
func (s *scan) chunkOrder(p *pngPicture, kind string, body, n int64) {
	switch {
	case !p.header && kind != "IHDR":
		s.problem("corrupt-structure", "PNG:IHDR", "the file does not begin with its picture header")
	case kind == "IHDR" && p.header:
		s.problem("corrupt-structure", "PNG:IHDR", "the file holds a second picture header")
	case kind == "IDAT" && p.after:
		s.problem("corrupt-structure", "PNG:IDAT", "the picture data is interrupted by other chunks")
	case kind == "PLTE":
		p.palette = true
		if n == 0 || n%3 != 0 || n > 768 {
			s.problem("corrupt-structure", "PNG:PLTE", "the palette has %d bytes, which is no whole number of colours", n)
		}
	}
	p.header = p.header || kind == "IHDR"
	if kind == "fcTL" {
		p.held++
	}
	if kind == "IDAT" {
		p.packed += n
		if len(p.data) < maxPictures {
			p.data = append(p.data, secondPicture{body, n})
		}
	} else if len(p.data) > 0 {
		p.after = true
	}
}

// checkPNGPicture asks whether header, palette and picture data fit each
// other. The data itself is inflated where that is cheap.
func (s *scan) checkPNGPicture(p *pngPicture) {
	depths := map[uint8]uint8{0: 1 | 2 | 4 | 8 | 16, 2: 8 | 16, 3: 1 | 2 | 4 | 8, 4: 8 | 16, 6: 8 | 16}
	allowed := depths[p.colour]
	switch {
	case !p.header || p.width == 0 || p.height == 0 || len(p.data) == 0:
		return // reported already
	case allowed&p.depth == 0 || p.depth&(p.depth-1) != 0:
		s.problem("corrupt-structure", "PNG:IHDR", "the picture header states %d bits for the colour type %d, which PNG does not know", p.depth, p.colour)
		return
	case p.colour == 3 && !p.palette:
		s.problem("corrupt-structure", "PNG:PLTE", "the palette that the picture needs is missing")
	}
	if p.frames != p.held && p.frames > 0 {
		s.problem("corrupt-structure", "PNG:acTL", "the animation states %d frames and holds %d", p.frames, p.held)
	}
	channels := map[uint8]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[p.colour]
	row := (int64(p.width)*channels*int64(p.depth)+7)/8 + 1
	if p.packed > 0 && !p.interlaced && row > (p.packed*1040+1024)/int64(p.height) {
		s.problem("corrupt-structure", "PNG:IDAT", "the picture header states %dx%d pixels, more than %d bytes of picture data can hold", p.width, p.height, p.packed)
		return
	}
	if p.packed > 0 && p.packed <= maxPacked && row <= maxUnpacked/int64(p.height) && len(p.data) < maxPictures {
		s.inflatePicture(p, row)
	}
}

// inflatePicture undoes the compression of a small picture and looks at the
// first byte of each row, which names its filter (W3C PNG, 9.2).
func (s *scan) inflatePicture(p *pngPicture, row int64) {
	readers := make([]io.Reader, 0, len(p.data))
	for _, d := range p.data {
		b, err := s.read(d.off, min(d.size, s.size-d.off))
		if err != nil {
			return // reported as truncated
		}
		readers = append(readers, bytes.NewReader(b))
	}
	z, err := zlib.NewReader(io.MultiReader(readers...))
	if err != nil {
		s.problem("corrupt-structure", "PNG:IDAT", "the picture data is not compressed as PNG asks for")
		return
	}
	defer z.Close()
	line := make([]byte, row)
	for y := 0; y < p.height; y++ {
		if s.budget.TakeInflated(row) != nil {
			return
		}
		n, err := io.ReadFull(z, line)
		switch {
		case p.interlaced && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
			return // its rows are of other lengths
		case err != nil && (n == 0 || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)):
			s.problem("truncated", "PNG:IDAT", "the picture data ends in row %d of %d", y, p.height)
			return
		case err != nil:
			s.problem("corrupt-structure", "PNG:IDAT", "the picture data is damaged in row %d of %d", y, p.height)
			return
		case !p.interlaced && line[0] > 4:
			s.problem("corrupt-structure", "PNG:IDAT", "row %d of the picture is filtered in a way that PNG does not know", y)
			return
		}
	}
	switch n, err := z.Read(line[:1]); {
	case p.interlaced:
	case n > 0:
		s.remark("PNG:IDAT", "the picture data is longer than the picture")
	case err != nil && !errors.Is(err, io.EOF):
		s.problem("corrupt-structure", "PNG:IDAT", "the picture data does not fit its own checksum")
	}
}
