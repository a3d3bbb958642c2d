package sequence

import (
	"math"

	"github.com/firsthand-media/firsthand/hashing"
)

// compose averages frames where their maps to the first one lay them, and gives
// the largest box that is known all over.
func compose(frames []hashing.Luma, onto []hashing.Affine) (p Panorama, ok bool) {
	x0, y0, x1, y1 := 0.0, 0.0, 1.0, 1.0
	for _, m := range onto {
		for _, c := range corners {
			x, y := m.Apply(c[0], c[1])
			x0, y0, x1, y1 = math.Min(x0, x), math.Min(y0, y), math.Max(x1, x), math.Max(y1, y)
		}
	}
	if !(x1-x0 <= panWidest && y1-y0 <= panWidest) {
		return p, false
	}
	w, h := int((x1-x0)*float64(frames[0].W)+0.5), int((y1-y0)*float64(frames[0].H)+0.5)
	place := hashing.Affine{1 / (x1 - x0), 0, -x0 / (x1 - x0), 0, 1 / (y1 - y0), -y0 / (y1 - y0)}
	sum, count := make([]float32, w*h), make([]float32, w*h)
	for k, m := range onto {
		p.Onto = append(p.Onto, m.Then(place))
		back, ok := p.Onto[k].Inverse()
		if !ok {
			return p, false
		}
		f := frames[k]
		back = back.Pixels(float64(w), float64(h), float64(f.W), float64(f.H))
		for y := range h {
			for x := range w {
				if s, ok := at(f, back, x, y); ok {
					sum[y*w+x] += float32(s.value)
					count[y*w+x]++
				}
			}
		}
	}
	p.cut(sum, count, w, h)
	return p, true
}

// cut takes the largest box that has a count all over as the picture.
func (p *Panorama) cut(sum, count []float32, w, h int) {
	x0, y0, x1, y1 := largestBox(count, w, h)
	p.Picture = hashing.Luma{W: x1 - x0, H: y1 - y0, Pix: make([]byte, 0, (x1-x0)*(y1-y0))}
	for y := y0; y < y1; y++ {
		for i := y*w + x0; i < y*w+x1; i++ {
			p.Picture.Pix = append(p.Picture.Pix, byte(sum[i]/count[i]+0.5))
		}
	}
	fw, fh, bw, bh := float64(w), float64(h), float64(x1-x0), float64(y1-y0)
	box := hashing.Affine{fw / bw, 0, -float64(x0) / bw, 0, fh / bh, -float64(y0) / bh}
	for k := range p.Onto {
		p.Onto[k] = p.Onto[k].Then(box)
	}
}

// largestBox is the largest box without a zero: above each row stand columns of
// so many, and a box is as high as the lowest of its columns.
func largestBox(count []float32, w, h int) (x0, y0, x1, y1 int) {
	most := 0
	height := make([]int, w+1) // the last stays 0 and ends all boxes
	for y := range h {
		var open []int // columns where a box may begin, each higher than the last
		for x := range w + 1 {
			if x < w {
				if height[x]++; count[y*w+x] == 0 {
					height[x] = 0
				}
			}
			for len(open) > 0 && height[open[len(open)-1]] >= height[x] {
				high := height[open[len(open)-1]]
				open = open[:len(open)-1]
				from := 0
				if len(open) > 0 {
					from = open[len(open)-1] + 1
				}
				if area := high * (x - from); area > most {
					most, x0, y0, x1, y1 = area, from, y+1-high, x, y+1
				}
			}
			open = append(open, x)
		}
	}
	return x0, y0, x1, y1
}
