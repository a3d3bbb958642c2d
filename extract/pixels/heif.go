package pixels

import (
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"io"

	"github.com/gen2brain/avif"
	"github.com/gen2brain/heic"
)

// heifName names the one format that its decoder turns upright.
const heifName = "HEIC"

// HEIF structures are small; a file that needs more than these is hostile.
const (
	heifBoxes = 4096     // boxes looked at
	heifMeta  = 16 << 20 // bytes of the meta box
)

// heifConfig gives the largest size that any picture of a HEIF file states
// (ispe, ISO/IEC 23008-12, 6.5.3), which bounds the tiles and the whole.
// Neither decoder can be asked for the size alone without reading everything.
func heifConfig(r *io.SectionReader) (image.Config, error) {
	w := &boxWalk{r: r, left: heifBoxes}
	w.walk(0, r.Size(), 0)
	if w.width == 0 || w.height == 0 {
		return image.Config{}, errors.New("it states no picture size")
	}
	if w.width > 1<<30 || w.height > 1<<30 {
		return image.Config{}, &LimitError{What: "side", Value: int64(max(w.width, w.height)), Limit: int64(DefaultLimits().Side)}
	}
	return image.Config{Width: int(w.width), Height: int(w.height), ColorModel: color.NRGBAModel}, nil
}

// boxWalk looks for ispe boxes: meta/iprp/ipco/ispe.
type boxWalk struct {
	r             *io.SectionReader
	left          int // boxes that may still be looked at
	width, height uint32
}

// heifPath says which boxes are entered at each depth and how many bytes of
// their own come before the boxes inside.
var heifPath = [...]struct {
	name string
	own  int64
}{{"meta", 4}, {"iprp", 0}, {"ipco", 0}, {"ispe", 0}}

func (w *boxWalk) walk(from, to int64, depth int) {
	for from+8 <= to && w.left > 0 {
		w.left--
		var head [16]byte
		if _, err := w.r.ReadAt(head[:8], from); err != nil {
			return
		}
		length, own := int64(binary.BigEndian.Uint32(head[:])), int64(8)
		switch length {
		case 0:
			length = to - from
		case 1:
			if _, err := w.r.ReadAt(head[8:], from+8); err != nil {
				return
			}
			long := binary.BigEndian.Uint64(head[8:])
			if long > uint64(to-from) {
				return
			}
			length, own = int64(long), 16
		}
		if length < own {
			return
		}
		if string(head[4:8]) == heifPath[depth].name {
			w.enter(from+own, min(from+length, to), depth)
		}
		from += length
	}
}

func (w *boxWalk) enter(from, to int64, depth int) {
	step := heifPath[depth]
	if step.name == "ispe" {
		var size [12]byte // version and flags, width, height
		if _, err := w.r.ReadAt(size[:], from); err == nil {
			w.width = max(w.width, binary.BigEndian.Uint32(size[4:]))
			w.height = max(w.height, binary.BigEndian.Uint32(size[8:]))
		}
		return
	}
	if to-from <= heifMeta {
		w.walk(from+step.own, to, depth+1)
	}
}

func decodeHEIC(r *io.SectionReader) (image.Image, error) { return heic.Decode(r) }

func decodeAVIF(r *io.SectionReader) (image.Image, error) {
	img, err := avif.Decode(r)
	if err != nil {
		return nil, err
	}
	if unwritten(img) {
		return nil, errors.New("its picture could not be decoded")
	}
	return img, nil
}

// unwritten says whether the decoder left its memory as it was. When a frame
// cannot be decoded it reports success all the same, and gives memory that is
// zero but for what other data left behind: mostly clear pixels, and some with
// more colour than their alpha allows, which premultiplied ones never have.
func unwritten(img image.Image) bool {
	var pix []byte
	step := 1 // bytes of a sample, the high one first
	switch m := img.(type) {
	case *image.RGBA:
		pix = m.Pix
	case *image.RGBA64:
		pix, step = m.Pix, 2
	}
	clear, impossible, shown := 0, 0, 0
	for ; len(pix) >= 4*step; pix = pix[4*step:] {
		r, g, b, a := pix[0], pix[step], pix[2*step], pix[3*step]
		switch {
		case max(r, g, b) > a:
			impossible++
		case a == 0:
			clear++
		default:
			shown++
		}
	}
	return clear > shown && (impossible > 0 || shown == 0)
}
