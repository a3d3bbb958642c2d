package match

import (
	"math"
	"math/rand"

	"github.com/firsthand-media/firsthand/hashing"
)

// canvas is a plain picture.
func canvas(w, h int, g byte) hashing.Luma {
	l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for i := range l.Pix {
		l.Pix[i] = g
	}
	return l
}

// pasted is dst with src laid over it, its corner at x, y.
func pasted(dst, src hashing.Luma, x, y int) hashing.Luma {
	out := hashing.Luma{W: dst.W, H: dst.H, Pix: append([]byte(nil), dst.Pix...)}
	for j := range src.H {
		for i := range src.W {
			if u, v := x+i, y+j; u >= 0 && v >= 0 && u < out.W && v < out.H {
				out.Pix[v*out.W+u] = src.Pix[j*src.W+i]
			}
		}
	}
	return out
}

// lettered draws lines of something like words into a part of a picture.
func lettered(l hashing.Luma, seed int64, x0, y0, x1, y1 int) hashing.Luma {
	r := rand.New(rand.NewSource(seed))
	out := hashing.Luma{W: l.W, H: l.H, Pix: append([]byte(nil), l.Pix...)}
	for y := y0; y+12 <= y1; y += 18 {
		for x := x0; x+8 <= x1; x += 9 {
			if r.Intn(6) == 0 {
				continue
			}
			for range 3 {
				u, v, w, h := x+r.Intn(5), y+r.Intn(8), 2+r.Intn(4), 2+r.Intn(5)
				for j := v; j < min(v+h, y1); j++ {
					for i := u; i < min(u+w, x1); i++ {
						out.Pix[j*l.W+i] = 20
					}
				}
			}
		}
	}
	return out
}

// screenshot is a post in an app: the frame is the same in all, the photo is
// not.
func screenshot(photo hashing.Luma) hashing.Luma {
	l := canvas(360, 640, 240)
	l = lettered(l, 1001, 10, 10, 350, 150)
	l = lettered(l, 1002, 10, 490, 350, 632)
	return pasted(l, photo.Reduced(336), 12, 158)
}

// collage is four pictures side by side.
func collage(a, b, c, d hashing.Luma) hashing.Luma {
	w, h := 240, 180
	l := canvas(2*w, 2*h, 0)
	for i, p := range []hashing.Luma{a, b, c, d} {
		l = pasted(l, p.Reduced(w), i%2*w, i/2*h)
	}
	return l
}

// rotated is a picture turned clockwise about its middle and cut to the part
// that the turned picture fills.
func rotated(l hashing.Luma, degrees float64) hashing.Luma {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	keep := 1 / (cos + sin*float64(l.W)/float64(l.H))
	out := canvas(int(float64(l.W)*keep), int(float64(l.H)*keep), 0)
	for y := range out.H {
		for x := range out.W {
			dx, dy := float64(x)+0.5-float64(out.W)/2, float64(y)+0.5-float64(out.H)/2
			u, v := cos*dx+sin*dy+float64(l.W)/2-0.5, -sin*dx+cos*dy+float64(l.H)/2-0.5
			out.Pix[y*out.W+x] = byte(between(l, u, v) + 0.5)
		}
	}
	return out
}

// street is a view of things at three distances, by someone who has stepped
// aside: what is near has moved further.
func street(seed int64, step int) hashing.Luma {
	const w, h = 480, 360
	far := scene(seed, w+80, h)
	l := cut(far, 40.0/float64(w+80), 0, float64(40+w)/float64(w+80), 1)
	r := rand.New(rand.NewSource(seed))
	for depth := 1; depth <= 3; depth++ {
		for i := range 5 {
			thing := cut(scene(seed*100+int64(10*depth+i), 160, 160), 0, 0, 0.4+0.15*float64(depth), 0.4+0.15*float64(depth))
			l = pasted(l, thing, 20+i*92+r.Intn(20)+depth*step, 30*depth+r.Intn(60)+h/5*(depth-1))
		}
	}
	return l
}
