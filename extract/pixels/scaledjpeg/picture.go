package scaledjpeg

import (
	"fmt"
	"image"
	"image/color"
)

// leastShare is the share of a picture, one part in so many, that must be
// there for it to be shown.
const leastShare = 8

// picture makes the image of what was decoded. Of a picture that was cut off
// it gives the rows that are there, and nil when they are too few.
func (d *decoder) picture(cut bool) (image.Image, error) {
	if d.Progressive {
		d.reconstruct()
	}
	w, h := reduced(d.Width, d.n), reduced(d.Height, d.n)
	if cut {
		first := &d.frame.components[0]
		rows := first.rows * d.n * d.frame.vMax / first.v
		if rows*leastShare < h {
			return nil, nil
		}
		h = min(h, rows)
	}
	size := image.Rect(0, 0, w, h)
	c := d.frame.components
	switch {
	case len(c) == 1:
		return &image.Gray{Pix: c[0].plane, Stride: c[0].stride, Rect: size}, nil
	case len(c) == 4:
		return d.inks(size)
	case d.isRGB():
		return d.rgb(size), nil
	}
	return d.ycbcr(size), nil
}

// isRGB follows libjpeg and image/jpeg in guessing.
func (d *decoder) isRGB() bool {
	c := d.frame.components
	return !d.jfif && (d.adobe == 0 || c[0].id == 'R' && c[1].id == 'G' && c[2].id == 'B')
}

// ratios are the samplings that image.YCbCr knows, by how many samples of luma
// there are to one of colour, across and down.
var ratios = map[[2]int]image.YCbCrSubsampleRatio{
	{1, 1}: image.YCbCrSubsampleRatio444, {1, 2}: image.YCbCrSubsampleRatio440,
	{2, 1}: image.YCbCrSubsampleRatio422, {2, 2}: image.YCbCrSubsampleRatio420,
	{4, 1}: image.YCbCrSubsampleRatio411, {4, 2}: image.YCbCrSubsampleRatio410,
}

func (d *decoder) ycbcr(size image.Rectangle) *image.YCbCr {
	c := d.frame.components
	ratio, ok := ratios[[2]int{c[0].h / c[1].h, c[0].v / c[1].v}]
	even := c[0].h%c[1].h == 0 && c[0].v%c[1].v == 0 && c[0].h == d.frame.hMax && c[0].v == d.frame.vMax
	if ok && even && c[1].h == c[2].h && c[1].v == c[2].v {
		return &image.YCbCr{
			Y: c[0].plane, Cb: c[1].plane, Cr: c[2].plane,
			YStride: c[0].stride, CStride: c[1].stride, SubsampleRatio: ratio, Rect: size,
		}
	}
	m := image.NewYCbCr(size, image.YCbCrSubsampleRatio444)
	for i, plane := range [][]byte{m.Y, m.Cb, m.Cr} {
		d.spread(i, size, func(x, y int, v byte) { plane[y*m.YStride+x] = v })
	}
	return m
}

// spread gives a component's sample for each pixel.
func (d *decoder) spread(component int, size image.Rectangle, set func(x, y int, v byte)) {
	c := &d.frame.components[component]
	for y := range size.Dy() {
		row := c.plane[y*c.v/d.frame.vMax*c.stride:]
		for x := range size.Dx() {
			set(x, y, row[x*c.h/d.frame.hMax])
		}
	}
}

func (d *decoder) rgb(size image.Rectangle) *image.RGBA {
	m := image.NewRGBA(size)
	for i := range 3 {
		d.spread(i, size, func(x, y int, v byte) { m.Pix[y*m.Stride+4*x+i] = v })
	}
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255
	}
	return m
}

// inks makes the image of four components. Adobe's are stored inverted, as
// image/jpeg explains; those of others are not known well enough.
func (d *decoder) inks(size image.Rectangle) (*image.CMYK, error) {
	if d.adobe < 0 {
		return nil, fmt.Errorf("%w: four colours without Adobe's mark", ErrUnsupported)
	}
	m := image.NewCMYK(size)
	for i := range 4 {
		d.spread(i, size, func(x, y int, v byte) { m.Pix[y*m.Stride+4*x+i] = 255 - v })
	}
	if d.adobe != 0 { // the first three are YCbCr of the inverted inks
		for i := 0; i < len(m.Pix); i += 4 {
			p := m.Pix[i : i+3]
			p[0], p[1], p[2] = color.YCbCrToRGB(255-p[0], 255-p[1], 255-p[2])
		}
	}
	return m, nil
}
