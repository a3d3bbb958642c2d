package feature_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"
)

// kind is one way in which people pass a picture on. make draws the copy;
// other is a different picture, for those copies that show two.
type kind struct {
	name    string
	quality int // of the JPEG that it is written as
	make    func(m, other *image.RGBA, r *rand.Rand) image.Image
}

// kinds are drawn like those of the development corpus, and less varied.
func kinds() []kind {
	return []kind{
		{"jpeg_q75", 75, same},
		{"jpeg_q30", 30, same},
		{"jpeg_q10", 10, same},
		{"resize_50", 85, func(m, _ *image.RGBA, _ *rand.Rand) image.Image { return scaled(m, m.Rect.Dx()/2, m.Rect.Dy()/2) }},
		{"stretch", 85, func(m, _ *image.RGBA, _ *rand.Rand) image.Image { return scaled(m, m.Rect.Dx()*4/5, m.Rect.Dy()) }},
		{"crop_10", 85, crop(0.10)},
		{"crop_30", 85, crop(0.30)},
		{"crop_50", 85, crop(0.50)},
		{"crop_75", 85, crop(0.75)},
		{"mirror", 85, func(m, _ *image.RGBA, _ *rand.Rand) image.Image {
			return mapped(m, m.Rect.Dx(), m.Rect.Dy(), f64.Aff3{-1, 0, float64(m.Rect.Dx()), 0, 1, 0})
		}},
		{"rot90", 85, func(m, _ *image.RGBA, _ *rand.Rand) image.Image {
			return mapped(m, m.Rect.Dy(), m.Rect.Dx(), f64.Aff3{0, -1, float64(m.Rect.Dy()), 1, 0, 0})
		}},
		{"rot5", 85, turn5},
		{"letterbox", 80, func(m, _ *image.RGBA, _ *rand.Rand) image.Image { return framed(m, 0, 18, 18, color.Black) }},
		{"border", 85, func(m, _ *image.RGBA, _ *rand.Rand) image.Image { return framed(m, 6, 6, 6, color.White) }},
		{"caption", 75, caption},
		{"phone", 80, phone},
		{"lower_third", 85, lowerThird},
		{"inset_35", 85, inset},
		{"collage_4", 85, collage},
		{"gray", 85, gray},
		{"noise", 85, noise},
	}
}

func same(m, _ *image.RGBA, _ *rand.Rand) image.Image { return m }

func scaled(m image.Image, w, h int) *image.RGBA {
	d := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(d, d.Rect, m, m.Bounds(), draw.Src, nil)
	return d
}

// mapped draws m through a transform on a black picture of w x h.
func mapped(m image.Image, w, h int, t f64.Aff3) *image.RGBA {
	d := image.NewRGBA(image.Rect(0, 0, w, h))
	fill(d, d.Rect, color.Black)
	draw.CatmullRom.Transform(d, t, m, m.Bounds(), draw.Over, nil)
	return d
}

func fill(d *image.RGBA, r image.Rectangle, c color.Color) {
	draw.Draw(d, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// crop takes so much of the area away, at any place.
func crop(share float64) func(m, _ *image.RGBA, r *rand.Rand) image.Image {
	return func(m, _ *image.RGBA, r *rand.Rand) image.Image {
		side := math.Sqrt(1 - share)
		w, h := int(float64(m.Rect.Dx())*side), int(float64(m.Rect.Dy())*side)
		x, y := r.IntN(m.Rect.Dx()-w+1), r.IntN(m.Rect.Dy()-h+1)
		return m.SubImage(image.Rect(x, y, x+w, y+h))
	}
}

// turn5 turns by five degrees and keeps what has no empty corners.
func turn5(m, _ *image.RGBA, _ *rand.Rand) image.Image {
	w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	s, c := math.Sincos(5 * math.Pi / 180)
	k := math.Min(w/(w*c+h*s), h/(w*s+h*c))
	cw, ch := w*k, h*k
	return mapped(m, int(cw), int(ch), f64.Aff3{c, -s, cw/2 - c*w/2 + s*h/2, s, c, ch/2 - s*w/2 - c*h/2})
}

// framed puts bars around m, in hundredths of its height: at both sides, at the
// top and at the foot.
func framed(m *image.RGBA, side, top, foot int, c color.Color) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	d := image.NewRGBA(image.Rect(0, 0, w+2*h*side/100, h+h*top/100+h*foot/100))
	fill(d, d.Rect, c)
	draw.Draw(d, m.Rect.Add(image.Pt(h*side/100, h*top/100)), m, image.Point{}, draw.Src)
	return d
}

// words writes made-up words of so many pixels.
func words(d *image.RGBA, x, y int, px float64, n int, c color.Color, r *rand.Rand) {
	parsed, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: px, DPI: 72})
	if err != nil {
		return
	}
	defer face.Close()
	text := ""
	for range n {
		for range 3 + r.IntN(6) {
			text += string(rune('a' + r.IntN(26)))
		}
		text += " "
	}
	(&font.Drawer{Dst: d, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}).DrawString(text)
}

// caption is a white bar with words above the picture, and large ones on it.
func caption(m, _ *image.RGBA, r *rand.Rand) image.Image {
	d := framed(m, 0, 22, 0, color.White)
	w, bar := d.Rect.Dx(), d.Rect.Dy()-m.Rect.Dy()
	words(d, w/30, bar/2, float64(w)/18, 5, color.Black, r)
	words(d, w/20, d.Rect.Dy()-w/15, float64(w)/12, 3, color.White, r)
	return d
}

// phone is the screen of an app, of which the picture covers a little more than
// half.
func phone(m, _ *image.RGBA, r *rand.Rand) image.Image {
	const w = 720
	h := m.Rect.Dy() * w / m.Rect.Dx()
	d := image.NewRGBA(image.Rect(0, 0, w, h*100/55))
	ground, ink := color.Color(color.White), color.Color(color.Black)
	if r.IntN(2) == 0 {
		ground, ink = ink, ground
	}
	fill(d, d.Rect, ground)
	top := (d.Rect.Dy() - h) * 2 / 5
	words(d, 30, 34, 24, 1, ink, r)
	words(d, 115, top-40, 26, 2, ink, r)
	draw.CatmullRom.Scale(d, image.Rect(0, top, w, top+h), m, m.Rect, draw.Src, nil)
	for y := top + h + 50; y < d.Rect.Dy(); y += 60 {
		words(d, 30, y, 22, 3+r.IntN(4), ink, r)
	}
	return d
}

// lowerThird is what a news channel lays over a picture.
func lowerThird(m, _ *image.RGBA, r *rand.Rand) image.Image {
	d := framed(m, 0, 0, 0, color.Black)
	w, h := d.Rect.Dx(), d.Rect.Dy()
	fill(d, image.Rect(0, h*79/100, w, h*90/100), color.RGBA{15, 30, 90, 255})
	fill(d, image.Rect(0, h*90/100, w, h*95/100), color.RGBA{240, 240, 240, 255})
	words(d, w/30, h*87/100, float64(h)*0.07, 4, color.White, r)
	fill(d, image.Rect(w*77/100, h*3/100, w*97/100, h*12/100), color.RGBA{180, 20, 30, 255})
	words(d, w*79/100, h*10/100, float64(h)*0.06, 1, color.White, r)
	return d
}

// inset lays the picture on another one, at 35 % of its width.
func inset(m, other *image.RGBA, _ *rand.Rand) image.Image {
	d := framed(other, 0, 0, 0, color.Black)
	w := other.Rect.Dx() * 35 / 100
	h := w * m.Rect.Dy() / m.Rect.Dx()
	at := image.Pt(other.Rect.Dx()*62/100, other.Rect.Dy()*4/100)
	draw.CatmullRom.Scale(d, image.Rect(at.X, at.Y, at.X+w, at.Y+h), m, m.Rect, draw.Src, nil)
	return d
}

// collage shows the picture as one of four tiles, three of which are cut from
// another one.
func collage(m, other *image.RGBA, r *rand.Rand) image.Image {
	const side = 480
	d := image.NewRGBA(image.Rect(0, 0, 2*side, 2*side))
	mine := r.IntN(4)
	for i := range 4 {
		tile, src := image.Rect(i%2*side, i/2*side, (i%2+1)*side, (i/2+1)*side), other
		if i == mine {
			src = m
		}
		k := min(src.Rect.Dx(), src.Rect.Dy())
		x, y := (src.Rect.Dx()-k)/2, (src.Rect.Dy()-k)/2
		draw.CatmullRom.Scale(d, tile, src, image.Rect(x, y, x+k, y+k), draw.Src, nil)
	}
	return d
}

func gray(m, _ *image.RGBA, _ *rand.Rand) image.Image {
	d := image.NewGray(m.Rect)
	draw.Draw(d, d.Rect, m, image.Point{}, draw.Src)
	return d
}

func noise(m, _ *image.RGBA, r *rand.Rand) image.Image {
	d := framed(m, 0, 0, 0, color.Black)
	for i := range d.Pix {
		if i%4 < 3 {
			d.Pix[i] = byte(max(0, min(255, float64(d.Pix[i])+12*r.NormFloat64())))
		}
	}
	return d
}

// throughJPEG writes and reads a picture.
func throughJPEG(t testing.TB, m image.Image, quality int) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
