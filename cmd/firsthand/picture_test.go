package main

import (
	"flag"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
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
	for range 14 {
		x0, y0, bw, bh := r.IntN(w), r.IntN(h), 20+r.IntN(90), 15+r.IntN(70)
		c := color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		for y := y0; y < min(h, y0+bh); y++ {
			for x := x0; x < min(w, x0+bw); x++ {
				img.SetRGBA(x, y, c)
			}
		}
	}
	return img
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
