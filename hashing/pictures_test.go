package hashing_test

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"github.com/firsthand-media/firsthand/hashing"
)

// scene draws a made-up photograph: a sloping ground and some dozens of
// overlapping shapes with texture, different for each seed.
func scene(seed uint64, w, h int) hashing.Luma {
	r := rand.New(rand.NewPCG(seed, 1))
	l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for y := range h {
		for x := range w {
			l.Pix[y*w+x] = byte(60 + 80*y/h + 20*x/w)
		}
	}
	for range 45 {
		cx, cy := r.Float64()*float64(w), r.Float64()*float64(h)
		rx, ry := (0.02+0.15*r.Float64())*float64(w), (0.02+0.15*r.Float64())*float64(h)
		level, wave, slope := 20+200*r.Float64(), 0.2+0.5*r.Float64(), r.Float64()*3
		for y := max(0, int(cy-ry)); y < min(h, int(cy+ry)); y++ {
			for x := max(0, int(cx-rx)); x < min(w, int(cx+rx)); x++ {
				dx, dy := (float64(x)-cx)/rx, (float64(y)-cy)/ry
				if dx*dx+dy*dy < 1 {
					v := level + 18*math.Sin(wave*(float64(x)+slope*float64(y)))
					l.Pix[y*w+x] = byte(math.Max(0, math.Min(255, v)))
				}
			}
		}
	}
	return l
}

// cut takes a part out of a picture.
func cut(l hashing.Luma, x0, y0, x1, y1 int) hashing.Luma {
	out := hashing.Luma{W: x1 - x0, H: y1 - y0}
	for y := y0; y < y1; y++ {
		out.Pix = append(out.Pix, l.Pix[y*l.W+x0:y*l.W+x1]...)
	}
	return out
}

// framed puts bars of one level around a picture.
func framed(l hashing.Luma, left, top, right, low int, level byte) hashing.Luma {
	out := hashing.Luma{W: l.W + left + right, H: l.H + top + low}
	out.Pix = make([]byte, out.W*out.H)
	for i := range out.Pix {
		out.Pix[i] = level
	}
	for y := range l.H {
		copy(out.Pix[(y+top)*out.W+left:], l.Pix[y*l.W:(y+1)*l.W])
	}
	return out
}

// each applies f to every pixel.
func each(l hashing.Luma, f func(x, y int, v float64) float64) hashing.Luma {
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for i, v := range l.Pix {
		out.Pix[i] = byte(math.Max(0, math.Min(255, f(i%l.W, i/l.W, float64(v)))))
	}
	return out
}

func noisy(l hashing.Luma) hashing.Luma {
	r := rand.New(rand.NewPCG(7, 7))
	return each(l, func(_, _ int, v float64) float64 { return v + 6*r.NormFloat64() })
}

// titled lays a lower third with a pattern over a picture.
func titled(l hashing.Luma) hashing.Luma {
	return each(l, func(x, y int, v float64) float64 {
		if y > l.H*70/100 && y < l.H*86/100 {
			return float64(20 + 220*((x/9+y/7)%2))
		}
		return v
	})
}

func grayImage(l hashing.Luma) *image.Gray {
	return &image.Gray{Pix: l.Pix, Stride: l.W, Rect: image.Rect(0, 0, l.W, l.H)}
}

// colourImage is a picture in colour with a varying hue.
func colourImage(l hashing.Luma) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, l.W, l.H))
	for i, v := range l.Pix {
		x, y := i%l.W, i/l.W
		m.SetNRGBA(x, y, color.NRGBA{v, byte(int(v) * (x%7 + 250) / 257), byte(255 - int(v)), 255})
	}
	return m
}
