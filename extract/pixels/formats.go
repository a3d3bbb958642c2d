package pixels

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// decoders by the format name of the container package.
func decoders() map[string]decoder {
	plain := func(name string, config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) decoder {
		return decoder{
			name:   name,
			config: func(r *io.SectionReader) (image.Config, error) { return config(r) },
			pixels: func(r *io.SectionReader) (image.Image, error) { return complete(r, decode) },
		}
	}
	heif := decoder{name: heifName, config: heifConfig, pixels: decodeHEIC, whole: true}
	return map[string]decoder{
		"jpeg": {name: "JPEG", config: jpegConfig, pixels: decodeJPEG, extra: coefficientBytes},
		"png":  plain("PNG", png.DecodeConfig, decodePNG),
		"gif":  {name: "GIF", config: gifConfig, pixels: decodeGIF},
		"webp": {name: "WebP", config: webpConfig, pixels: decodeWebP},
		"tiff": {name: "TIFF", config: tiffConfig, pixels: decodeTIFF},
		"bmp":  plain("BMP", bmp.DecodeConfig, bmp.Decode),
		"heic": heif,
		"heif": heif,
		"avif": {name: "AVIF", config: heifConfig, pixels: decodeAVIF, whole: true},
	}
}

// complete decodes, and says ErrTruncated when the decoder failed because it came
// to the end of the file.
func complete(r *io.SectionReader, decode func(io.Reader) (image.Image, error)) (image.Image, error) {
	src := &watched{r: r}
	img, err := decode(src)
	if err != nil && src.ended {
		return nil, fmt.Errorf("%w: %w", ErrTruncated, err)
	}
	return img, err
}

// check compares a header with the limits.
func (l Limits) check(c image.Config) error {
	if c.Width <= 0 || c.Height <= 0 {
		return fmt.Errorf("%w: its header states %d x %d pixels", ErrDamaged, c.Width, c.Height)
	}
	if side := max(c.Width, c.Height); side > l.Side {
		return &LimitError{What: "side", Value: int64(side), Limit: int64(l.Side)}
	}
	pixels := int64(c.Width) * int64(c.Height) // no overflow: both are at most Side
	if pixels > l.Pixels {
		return &LimitError{What: "pixels", Value: pixels, Limit: l.Pixels}
	}
	if bytes := pixels * pixelBytes(c.ColorModel); bytes > l.Memory {
		return &LimitError{What: "memory", Value: bytes, Limit: l.Memory}
	}
	return nil
}

// spare compares what the decoder takes besides the picture with the limits.
func (l Limits) spare(c image.Config, extra int64) error {
	pixels := int64(c.Width) * int64(c.Height)
	if bytes := pixels * (pixelBytes(c.ColorModel) + extra); extra > 0 && bytes > l.Memory {
		return &LimitError{What: "memory", Value: bytes, Limit: l.Memory}
	}
	return nil
}

// pixelBytes is how many bytes the decoders take for a pixel.
func pixelBytes(m color.Model) int64 {
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4
}

// classify turns a decoder's error into one of this package's.
func classify(name string, err error) error {
	var limit *LimitError
	var jpegLacks jpeg.UnsupportedError
	var pngLacks png.UnsupportedError
	var tiffLacks tiff.UnsupportedError
	switch {
	case errors.As(err, &limit), errors.Is(err, ErrUnsupported), errors.Is(err, ErrDamaged), errors.Is(err, ErrTruncated):
		return fmt.Errorf("%s: %w", name, err)
	case errors.As(err, &jpegLacks), errors.As(err, &pngLacks), errors.As(err, &tiffLacks), errors.Is(err, bmp.ErrUnsupported):
		return fmt.Errorf("%s: %w: %w", name, ErrUnsupported, err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("%s: %w", name, ErrTruncated)
	}
	return fmt.Errorf("%s: %w: %w", name, ErrDamaged, err)
}

func tiffConfig(r *io.SectionReader) (image.Config, error) { return tiff.DecodeConfig(r) }

// decodeTIFF hands over the section itself: a TIFF is read at offsets, and
// would be read into memory whole from a plain reader.
func decodeTIFF(r *io.SectionReader) (image.Image, error) { return tiff.Decode(r) }

func gifConfig(r *io.SectionReader) (image.Config, error) { return gif.DecodeConfig(r) }

// decodeGIF gives the first frame on the canvas that the header states: a
// frame may cover a part of it only.
func decodeGIF(r *io.SectionReader) (image.Image, error) {
	first, err := complete(r, gif.Decode)
	if err != nil {
		return nil, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	c, err := gif.DecodeConfig(r)
	if err != nil {
		return nil, err
	}
	canvas := image.Rect(0, 0, c.Width, c.Height)
	if first.Bounds() == canvas {
		return first, nil
	}
	p, ok := first.(*image.Paletted)
	if !ok {
		return first, nil
	}
	whole := image.NewRGBA(canvas)
	draw.Draw(whole, p.Bounds(), p, p.Bounds().Min, draw.Src)
	return whole, nil
}

func webpConfig(r *io.SectionReader) (image.Config, error) {
	still, err := firstWebPFrame(r)
	if err != nil {
		return image.Config{}, err
	}
	return webp.DecodeConfig(still)
}

func decodeWebP(r *io.SectionReader) (image.Image, error) {
	still, err := firstWebPFrame(r)
	if err != nil {
		return nil, err
	}
	return webp.Decode(still)
}
