package main

import (
	"flag"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"strings"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the scripts")

// writePicture draws the scene, changes it and writes it.
func writePicture(path, scene string, changes []string) error {
	img := drawScene(scene)
	quality := 90
	for _, c := range changes {
		switch c {
		case "resized":
			img = sampled(img, img.Rect.Dx()/2, img.Rect.Dy()/2, func(x, y int) (int, int) { return 2 * x, 2 * y })
		case "mirrored":
			w := img.Rect.Dx()
			img = sampled(img, w, img.Rect.Dy(), func(x, y int) (int, int) { return w - 1 - x, y })
		case "turned":
			h := img.Rect.Dy()
			img = sampled(img, h, img.Rect.Dx(), func(x, y int) (int, int) { return y, h - 1 - x })
		case "dimmed":
			for i := range img.Pix {
				if i%4 != 3 {
					img.Pix[i] = uint8(int(img.Pix[i]) * 8 / 10)
				}
			}
		case "recompressed":
			quality = 40
		case "captioned":
			b := img.Rect
			paint(img, image.Rect(0, b.Dy()*5/6, b.Dx(), b.Dy()), color.RGBA{20, 20, 20, 255})
			for x := 12; x < b.Dx()-20; x += 14 {
				paint(img, image.Rect(x, b.Dy()*7/8, x+7, b.Dy()*15/16), color.RGBA{240, 240, 240, 255})
			}
		case "cropped":
			w, h := img.Rect.Dx(), img.Rect.Dy()
			img = sampled(img, w*6/10, h*6/10, func(x, y int) (int, int) { return x + w/5, y + h/5 })
		case "fogged":
			paint(img, img.Rect, color.RGBA{190, 192, 194, 255})
		default:
			return fmt.Errorf("there is no change %q", c)
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if strings.HasSuffix(path, ".png") {
		return png.Encode(f, img)
	}
	return jpeg.Encode(f, img, &jpeg.Options{Quality: quality})
}

// drawScene paints soft hills and boxes, different for each name.
func drawScene(name string) *image.RGBA {
	const w, h = 480, 320
	sum := fnv.New64a()
	sum.Write([]byte(name))
	r := rand.New(rand.NewPCG(sum.Sum64(), 1))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	var wave [6][4]float64
	for i := range wave {
		wave[i] = [4]float64{r.Float64()*0.05 + 0.005, r.Float64()*0.05 + 0.005, r.Float64() * 6, 12 + r.Float64()*22}
	}
	for y := range h {
		for x := range w {
			v := 120.0
			for _, k := range wave {
				v += k[3] * math.Sin(k[0]*float64(x)+k[1]*float64(y)+k[2])
			}
			g := uint8(min(255, max(0, v)))
			img.SetRGBA(x, y, color.RGBA{g, uint8(255 - int(g)/2), uint8(60 + int(g)/2), 255})
		}
	}
	for y := range h { // grain, as stone and grass have it
		for x := range w {
			if d := r.IntN(9) - 4; r.IntN(3) == 0 {
				paintGrain(img, x, y, 5*d)
			}
		}
	}
	for range 14 {
		x0, y0, bw, bh := r.IntN(w), r.IntN(h), 20+r.IntN(90), 15+r.IntN(70)
		c := color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		paint(img, image.Rect(x0, y0, x0+bw, y0+bh), c)
	}
	return img
}

// paintGrain makes a speck of 3 by 2 pixels lighter or darker.
func paintGrain(img *image.RGBA, x, y, by int) {
	for v := y; v < min(y+2, img.Rect.Dy()); v++ {
		for u := x; u < min(x+3, img.Rect.Dx()); u++ {
			for c := range 3 {
				at := &img.Pix[img.PixOffset(u, v)+c]
				*at = uint8(max(0, min(255, int(*at)+by)))
			}
		}
	}
}

func paint(img *image.RGBA, r image.Rectangle, c color.RGBA) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func sampled(src *image.RGBA, w, h int, from func(x, y int) (int, int)) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := from(x, y)
			dst.SetRGBA(x, y, src.RGBAAt(sx, sy))
		}
	}
	return dst
}
