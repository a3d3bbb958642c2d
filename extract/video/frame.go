package video

import (
	"encoding/binary"
	"image"
	"math"
	"time"
)

// Frame is one picture, upright, rows from the top without padding. Pix is its
// luma, full range (0 black, 255 white). Cb and Cr are its colour differences,
// full range with 128 for none, of (W+1)/2 x (H+1)/2 samples; nil unless the
// plan asked for colour.
type Frame struct {
	At     time.Duration
	W, H   int
	Pix    []byte
	Cb, Cr []byte
	matrix matrix
}

// Image is the frame as a picture: an *image.YCbCr, or an *image.Gray without
// colour. It may share the frame's bytes.
func (f Frame) Image() image.Image {
	r := image.Rect(0, 0, f.W, f.H)
	if f.Cb == nil || f.Cr == nil {
		return &image.Gray{Pix: f.Pix, Stride: f.W, Rect: r}
	}
	img := &image.YCbCr{
		Y: f.Pix, Cb: f.Cb, Cr: f.Cr, YStride: f.W, CStride: (f.W + 1) / 2,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: r,
	}
	if w, ok := lumaWeights[f.matrix]; ok {
		return reweighted(img, w)
	}
	return img
}

// matrix says how luma and colour differences were made of red, green and
// blue, by the code points of ITU-T H.273.
type matrix uint8

const (
	bt709    matrix = 1
	bt601    matrix = 6 // that of image.YCbCr, and of what does not say
	smpte240 matrix = 7
	bt2020   matrix = 9
)

// matrices are the names that a decoder gives them.
var matrices = map[string]matrix{"bt709": bt709, "smpte240m": smpte240, "bt2020nc": bt2020, "bt2020c": bt2020}

// weights are the shares of red and blue in luma.
type weights struct{ r, b float64 }

// lumaWeights are those that differ from BT.601's; H.273 table 4.
var lumaWeights = map[matrix]weights{
	bt709: {0.2126, 0.0722}, smpte240: {0.212, 0.087}, bt2020: {0.2627, 0.0593},
}

// reweighted is the picture with its luma and colour differences made anew
// with the weights of BT.601, which image.YCbCr means. The change is linear: the
// luma moves by a share of its colour, and the grey axis stays.
func reweighted(img *image.YCbCr, w weights) *image.YCbCr {
	const kr, kb = 0.299, 0.114
	kg := 1 - kr - kb
	// Red, green and blue less luma, for each unit of Cb and Cr.
	rOfCr, bOfCb := 2*(1-w.r), 2*(1-w.b)
	gOfCr, gOfCb := -w.r*rOfCr/(1-w.r-w.b), -w.b*bOfCb/(1-w.r-w.b)
	yOfCb, yOfCr := kg*gOfCb+kb*bOfCb, kr*rOfCr+kg*gOfCr
	out := image.NewYCbCr(img.Rect, img.SubsampleRatio)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c := img.COffset(x, y)
			cb, cr := float64(img.Cb[c])-128, float64(img.Cr[c])-128
			out.Y[out.YOffset(x, y)] = toByte(float64(img.Y[img.YOffset(x, y)]) + yOfCb*cb + yOfCr*cr)
		}
	}
	for i := range out.Cb {
		cb, cr := float64(img.Cb[i])-128, float64(img.Cr[i])-128
		luma := yOfCb*cb + yOfCr*cr
		out.Cb[i] = toByte(128 + (bOfCb*cb-luma)/(2*(1-kb)))
		out.Cr[i] = toByte(128 + (rOfCr*cr-luma)/(2*(1-kr)))
	}
	return out
}

func toByte(v float64) byte { return byte(math.Round(min(max(v, 0), 255))) }

// planes is the number of bytes of a picture's luma and of each of its two
// colour planes.
func planes(w, h int) (luma, chroma int) { return w * h, ((w + 1) / 2) * ((h + 1) / 2) }

// A frame on its way from the worker: time in nanoseconds (8 bytes), width and
// height (2 each), matrix (1), planes (1: 1 or 3), and the planes.
const frameHeader = 14

func appendFrame(b []byte, f Frame) []byte {
	count := byte(1)
	if f.Cb != nil {
		count = 3
	}
	b = binary.BigEndian.AppendUint64(b, uint64(f.At))
	b = binary.BigEndian.AppendUint16(b, uint16(f.W))
	b = binary.BigEndian.AppendUint16(b, uint16(f.H))
	b = append(b, byte(f.matrix), count)
	b = append(b, f.Pix...)
	b = append(b, f.Cb...)
	return append(b, f.Cr...)
}

// parseFrame checks all that a worker says of a frame. The planes are copies.
func parseFrame(b []byte, longest int) (Frame, error) {
	if len(b) < frameHeader {
		return Frame{}, errNotAsked
	}
	at := binary.BigEndian.Uint64(b)
	w, h := int(binary.BigEndian.Uint16(b[8:])), int(binary.BigEndian.Uint16(b[10:]))
	if at > uint64(maxTime) || w < 1 || h < 1 || w > longest || h > longest {
		return Frame{}, errNotAsked
	}
	luma, chroma := planes(w, h)
	coloured := b[13] == 3
	size := luma
	if coloured {
		size += 2 * chroma
	}
	if len(b) != frameHeader+size || (b[13] != 1 && !coloured) {
		return Frame{}, errNotAsked
	}
	f := Frame{At: time.Duration(at), W: w, H: h, matrix: matrix(b[12])}
	f.divide(append([]byte(nil), b[frameHeader:]...))
	return f, nil
}

// divide makes the planes of all bytes of a picture.
func (f *Frame) divide(all []byte) {
	luma, chroma := planes(f.W, f.H)
	f.Pix = all[:luma:luma]
	if len(all) > luma {
		f.Cb, f.Cr = all[luma:luma+chroma:luma+chroma], all[luma+chroma:]
	}
}
