package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"

	"golang.org/x/image/draw"
)

// loadWide and loadHigh are the size of a picture as taken: small, so that a
// hundred thousand are made and read in an hour, and large enough for corners.
const loadWide, loadHigh = 208, 156

// loadScene draws a picture that resembles no other: ground and sky with the
// grain of several scales, buildings with rows of windows, masts and rubble.
func loadScene(rng *rand.Rand) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, loadWide, loadHigh))
	ground(m, rng)
	horizon := loadHigh/3 + rng.IntN(loadHigh/3)
	for range 3 + rng.IntN(5) {
		building(m, rng, horizon)
	}
	for range 30 + rng.IntN(60) {
		x, y := rng.IntN(loadWide), horizon+rng.IntN(loadHigh-horizon)
		paint(m, image.Rect(x, y, x+2+rng.IntN(9), y+1+rng.IntN(6)), grey(rng), .8)
	}
	for range 1 + rng.IntN(4) {
		x := rng.IntN(loadWide)
		paint(m, image.Rect(x, horizon-rng.IntN(horizon), x+1+rng.IntN(2), loadHigh*3/4), grey(rng), .9)
	}
	return m
}

// ground fills the picture with grain of four scales between two colours.
func ground(m *image.RGBA, rng *rand.Rand) {
	from, to := tint(rng), tint(rng)
	grains := make([]grain, 4)
	for i := range grains {
		grains[i] = newGrain(rng, 3<<i)
	}
	for y := range loadHigh {
		for x := range loadWide {
			v := 0.0
			for i, g := range grains {
				v += g.at(float64(x)/loadWide, float64(y)/loadHigh) * []float64{.4, .25, .2, .15}[i]
			}
			m.SetRGBA(x, y, mix(from, to, v))
		}
	}
}

// grain is a grid of chance values, read between its points.
type grain struct {
	n int
	v []float64
}

func newGrain(rng *rand.Rand, n int) grain {
	g := grain{n, make([]float64, (n+1)*(n+1))}
	for i := range g.v {
		g.v[i] = rng.Float64()
	}
	return g
}

func (g grain) at(x, y float64) float64 {
	x, y = x*float64(g.n), y*float64(g.n)
	i, j := int(x), int(y)
	fx, fy := x-float64(i), y-float64(j)
	row := g.v[j*(g.n+1)+i:]
	below := row[g.n+1:]
	return (row[0]*(1-fx)+row[1]*fx)*(1-fy) + (below[0]*(1-fx)+below[1]*fx)*fy
}

// building is a block with windows, some of them dark.
func building(m *image.RGBA, rng *rand.Rand, horizon int) {
	x, wide, top := rng.IntN(loadWide)-10, 20+rng.IntN(60), horizon-rng.IntN(horizon)
	foot := horizon + rng.IntN(20)
	paint(m, image.Rect(x, top, x+wide, foot), grey(rng), .85)
	w, h := 3+rng.IntN(4), 3+rng.IntN(5)
	for wy := top + 3; wy+h < foot; wy += h + 2 + rng.IntN(3) {
		for wx := x + 2; wx+w < x+wide; wx += w + 3 {
			if rng.IntN(5) > 0 {
				paint(m, image.Rect(wx, wy, wx+w, wy+h), grey(rng), .9)
			}
		}
	}
}

func grey(rng *rand.Rand) color.RGBA {
	v := rng.IntN(230)
	return color.RGBA{uint8(v + rng.IntN(25)), uint8(v + rng.IntN(20)), uint8(v + rng.IntN(25)), 255}
}

func tint(rng *rand.Rand) color.RGBA {
	return color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), 255}
}

func mix(a, b color.RGBA, v float64) color.RGBA {
	one := func(p, q uint8) uint8 { return uint8(float64(p)*(1-v) + float64(q)*v + .5) }
	return color.RGBA{one(a.R, b.R), one(a.G, b.G), one(a.B, b.B), 255}
}

func paint(m *image.RGBA, r image.Rectangle, c color.RGBA, cover float64) {
	r = r.Intersect(m.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			m.SetRGBA(x, y, mix(m.RGBAAt(x, y), c, cover))
		}
	}
}

// loadCopy is the picture as another channel posts it: cut by up to a tenth at
// each edge, smaller, lettered, toned.
func loadCopy(m *image.RGBA, rng *rand.Rand) *image.RGBA {
	r := m.Rect
	if rng.IntN(3) == 0 {
		cut := func(side int) int { return rng.IntN(side/10 + 1) }
		r = image.Rect(cut(loadWide), cut(loadHigh), loadWide-cut(loadWide), loadHigh-cut(loadHigh))
	}
	s := []float64{1, .9, .8, .7}[rng.IntN(4)]
	o := image.NewRGBA(image.Rect(0, 0, int(float64(r.Dx())*s), int(float64(r.Dy())*s)))
	draw.BiLinear.Scale(o, o.Rect, m, r, draw.Src, nil)
	if rng.IntN(3) == 0 {
		letters(o, rng)
	}
	if rng.IntN(4) == 0 {
		tone(o, .85+rng.Float64()*.3, rng.Float64()*20-10)
	}
	return o
}

// letters writes something like a channel's name into a corner.
func letters(m *image.RGBA, rng *rand.Rand) {
	white := color.RGBA{255, 255, 255, 255}
	x, y := 4, 4
	if rng.IntN(2) == 0 {
		y = m.Rect.Dy() - 12
	}
	for range 6 + rng.IntN(6) {
		paint(m, image.Rect(x, y, x+2, y+7), white, .9)
		if rng.IntN(2) == 0 {
			paint(m, image.Rect(x, y, x+4, y+2), white, .9)
		}
		if rng.IntN(2) == 0 {
			paint(m, image.Rect(x, y+5, x+4, y+7), white, .9)
		}
		x += 6
	}
}

func tone(m *image.RGBA, gain, more float64) {
	var to [256]uint8
	for i := range to {
		to[i] = uint8(math.Min(255, math.Max(0, (float64(i)-128)*gain+128+more)))
	}
	for i, v := range m.Pix {
		if i%4 != 3 {
			m.Pix[i] = to[v]
		}
	}
}

func encoded(m image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}
