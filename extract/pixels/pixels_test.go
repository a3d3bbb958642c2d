package pixels

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/gen2brain/avif"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/firsthand-media/firsthand/extract/container"
)

// waves is a picture with detail everywhere, so that damage shows.
func waves(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := 128 + 100*math.Sin(float64(x*x+3*y*y)/900)
			m.SetRGBA(x, y, color.RGBA{byte(v), byte(x), byte(y), 255})
		}
	}
	return m
}

func encoded(t testing.TB, write func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, m image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, m, &jpeg.Options{Quality: 85}) })
}

// One white pixel as lossless WebP.
const webpPixel = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="

func webpStill(t testing.TB) []byte {
	b, err := base64.StdEncoding.DecodeString(webpPixel)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// webpAnimation wraps the chunk of a still into an animation of one frame.
func webpAnimation(t testing.TB) []byte {
	frame := webpStill(t)[12:]
	body := []byte("WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00ANIM\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00ANMF")
	body = binary.LittleEndian.AppendUint32(body, uint32(16+len(frame)))
	body = append(body, make([]byte, 16)...)
	body = append(body, frame...)
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)))
	return append(head, body...)
}

func decode(format string, b []byte, l Limits) (image.Image, error) {
	return Decode(bytes.NewReader(b), int64(len(b)), container.Type{Format: format, MediaType: "image/" + format}, l)
}

func TestDecodeGivesThePicture(t *testing.T) {
	m := waves(96, 64)
	tests := map[string]struct {
		format string
		file   []byte
		w, h   int
	}{
		"jpeg":          {"jpeg", jpegOf(t, m), 96, 64},
		"png":           {"png", encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) }), 96, 64},
		"gif":           {"gif", encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, m, nil) }), 96, 64},
		"tiff":          {"tiff", encoded(t, func(b *bytes.Buffer) error { return tiff.Encode(b, m, nil) }), 96, 64},
		"bmp":           {"bmp", encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, m) }), 96, 64},
		"avif":          {"avif", encoded(t, func(b *bytes.Buffer) error { return avif.Encode(b, m) }), 96, 64},
		"webp":          {"webp", webpStill(t), 1, 1},
		"animated webp": {"webp", webpAnimation(t), 1, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			img, err := decode(test.format, test.file, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if b := img.Bounds(); b.Dx() != test.w || b.Dy() != test.h {
				t.Fatalf("%v, want %d x %d", b, test.w, test.h)
			}
			if test.w == 96 {
				got, _, _, _ := img.At(50, 30).RGBA()
				if want := uint32(m.RGBAAt(50, 30).R); got>>8 > want+40 || got>>8+40 < want {
					t.Errorf("red at (50, 30) is %d, want about %d", got>>8, want)
				}
			}
		})
	}
}

// The first frame of an animation may be smaller than the canvas.
func TestGIFFrameStandsOnItsCanvas(t *testing.T) {
	p := image.NewPaletted(image.Rect(10, 5, 20, 15), color.Palette{color.White})
	file := encoded(t, func(b *bytes.Buffer) error {
		return gif.EncodeAll(b, &gif.GIF{Image: []*image.Paletted{p}, Delay: []int{0}, Config: image.Config{Width: 40, Height: 30}})
	})
	img, err := decode("gif", file, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	inside, _, _, _ := img.At(12, 7).RGBA()
	beside, _, _, _ := img.At(2, 2).RGBA()
	if img.Bounds() != image.Rect(0, 0, 40, 30) || inside != 0xffff || beside != 0 {
		t.Errorf("%v with %d inside and %d beside the frame", img.Bounds(), inside, beside)
	}
}

// A few bytes that state a huge picture must cost nothing.
func TestLimitsAreCheckedBeforeDecoding(t *testing.T) {
	m := waves(96, 64)
	small := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) })
	ispe := func(w, h uint32) []byte {
		b := []byte("\x00\x00\x00\x0cftypheic\x00\x00\x00\x30meta\x00\x00\x00\x00\x00\x00\x00\x24iprp\x00\x00\x00\x1cipco\x00\x00\x00\x14ispe\x00\x00\x00\x00")
		return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, w), h)
	}
	wide := append([]byte(nil), jpegOf(t, image.NewGray(image.Rect(0, 0, 8, 8)))...)
	sof := bytes.Index(wide, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(wide[sof+5:], 65_535)
	binary.BigEndian.PutUint16(wide[sof+7:], 65_535)

	tests := map[string]struct {
		format string
		file   []byte
		limits Limits
		what   string
	}{
		"pixels":          {"png", small, Limits{Pixels: 6143}, "pixels"},
		"side":            {"png", small, Limits{Side: 95}, "side"},
		"memory":          {"png", small, Limits{Memory: 20_000}, "memory"},
		"file":            {"heic", ispe(10, 10), Limits{File: 20}, "file"},
		"jpeg of 4 Gpx":   {"jpeg", wide, Limits{}, "side"},
		"heic of 4 Gpx":   {"heic", ispe(65_000, 65_000), Limits{}, "pixels"},
		"avif, sides":     {"avif", ispe(4_294_967_295, 1), Limits{}, "side"},
		"heif, 100.1 Mpx": {"heif", ispe(10_010, 10_000), Limits{}, "pixels"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			img, err := decode(test.format, test.file, test.limits)
			var limit *LimitError
			if !errors.As(err, &limit) || limit.What != test.what || img != nil {
				t.Fatalf("%v, want a limit on %s", err, test.what)
			}
		})
	}
}

// An interrupted download shows its upper part.
func TestTruncatedJPEGGivesTheRowsThatAreThere(t *testing.T) {
	whole := waves(640, 480)
	for name, m := range map[string]image.Image{"colour": whole, "grey": grey(whole)} {
		file := jpegOf(t, m)
		full, err := decode("jpeg", file, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for _, share := range []float64{0.98, 0.6, 0.3} {
			img, err := decode("jpeg", file[:int(share*float64(len(file)))], Limits{})
			if !errors.Is(err, ErrTruncated) || img == nil {
				t.Fatalf("%s, %.0f %%: %v, image %v", name, 100*share, err, img != nil)
			}
			rows := img.Bounds().Dy()
			if rows < int(480*share)-120 || rows > int(480*share)+60 {
				t.Errorf("%s, %.0f %%: %d of 480 rows", name, 100*share, rows)
			}
			for y := 0; y < rows; y += 3 {
				if got, want := img.At(333, y), full.At(333, y); got != want {
					t.Fatalf("%s, %.0f %%: row %d of %d is %v, the whole file has %v", name, 100*share, y, rows, got, want)
				}
			}
		}
		if img, err := decode("jpeg", file[:len(file)-2], Limits{}); !errors.Is(err, ErrTruncated) || img == nil || img.Bounds().Dy() < 464 {
			t.Errorf("%s without its end marker: %v, image %v", name, err, img != nil)
		}
		if img, err := decode("jpeg", file[:700], Limits{}); !errors.Is(err, ErrTruncated) || img != nil {
			t.Errorf("%s, header alone: %v", name, err)
		}
	}
}

func grey(m *image.RGBA) *image.Gray {
	g := image.NewGray(m.Bounds())
	for i := range g.Pix {
		g.Pix[i] = m.Pix[4*i]
	}
	return g
}

// withColours is a PNG whose pixels use four colours and whose palette holds n.
func withColours(t testing.TB, n int) []byte {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, 8, 8), palette.Plan9[:4])
	for i := range m.Pix {
		m.Pix[i] = byte(i % 4)
	}
	file := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) })
	at := bytes.Index(file, []byte("PLTE"))
	chunk := append([]byte("PLTE"), file[at+4:][:3*n]...)
	out := binary.BigEndian.AppendUint32(bytes.Clone(file[:at-4]), uint32(3*n))
	out = binary.BigEndian.AppendUint32(append(out, chunk...), crc32.ChecksumIEEE(chunk))
	return append(out, file[at+4+12+4:]...)
}

func TestPaletteThatHoldsAllColours(t *testing.T) {
	if img, err := decode("png", withColours(t, 4), Limits{}); err != nil || img == nil {
		t.Error(err)
	}
}

func TestErrorsSayWhatIsWrong(t *testing.T) {
	m := waves(96, 64)
	pngFile := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) })
	avifFile := encoded(t, func(b *bytes.Buffer) error { return avif.Encode(b, m) })
	gifFile := encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, m, nil) })
	broken := append([]byte(nil), pngFile...)
	broken[45] ^= 0xff // in the first bytes of IDAT
	tests := map[string]struct {
		format string
		file   []byte
		want   error
	}{
		"no decoder":    {"psd", pngFile, ErrUnsupported},
		"cut png":       {"png", pngFile[:len(pngFile)/2], ErrTruncated},
		"cut gif":       {"gif", gifFile[:len(gifFile)/2], ErrTruncated},
		"changed png":   {"png", broken, ErrDamaged},
		"short palette": {"png", withColours(t, 3), ErrDamaged},
		"empty":         {"jpeg", nil, ErrTruncated},
		"text as webp":  {"webp", []byte("RIFF____WEBPnothing of the kind"), ErrDamaged},
		"text as heic":  {"heic", []byte(strings.Repeat("a picture ", 20)), ErrDamaged},
		"cut avif":      {"avif", avifFile[:len(avifFile)-200], ErrDamaged},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			img, err := decode(test.format, test.file, Limits{})
			if !errors.Is(err, test.want) || img != nil {
				t.Fatalf("%v, want %v", err, test.want)
			}
			if strings.ContainsAny(err.Error(), "\n") {
				t.Errorf("the message is not one line: %q", err)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	m := waves(24, 16)
	formats := []string{"jpeg", "png", "gif", "webp", "tiff", "bmp"} // the WebAssembly decoders are too slow to fuzz here
	f.Add(0, jpegOf(f, m))
	f.Add(1, encoded(f, func(b *bytes.Buffer) error { return png.Encode(b, m) }))
	f.Add(2, encoded(f, func(b *bytes.Buffer) error { return gif.Encode(b, m, nil) }))
	f.Add(3, webpStill(f))
	f.Add(3, webpAnimation(f))
	f.Add(4, encoded(f, func(b *bytes.Buffer) error { return tiff.Encode(b, m, nil) }))
	f.Add(5, encoded(f, func(b *bytes.Buffer) error { return bmp.Encode(b, m) }))
	f.Fuzz(func(t *testing.T, format int, b []byte) {
		limits := Limits{Pixels: 1 << 16}
		img, err := decode(formats[uint(format)%uint(len(formats))], b, limits)
		if err == nil && img == nil {
			t.Fatal("neither a picture nor an error")
		}
		if img != nil && img.Bounds().Dx()*img.Bounds().Dy() > 1<<16 {
			t.Fatalf("%v is beyond the limit", img.Bounds())
		}
	})
}

// The size that a HEIF file states is read by this package itself.
func FuzzHEIFSize(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x30meta\x00\x00\x00\x00\x00\x00\x00\x24iprp\x00\x00\x00\x1cipco\x00\x00\x00\x14ispe\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x02"))
	f.Add([]byte("\x00\x00\x00\x01meta\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := heifConfig(io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b))))
		if err == nil && (c.Width <= 0 || c.Height <= 0) {
			t.Fatalf("size %d x %d", c.Width, c.Height)
		}
	})
}
