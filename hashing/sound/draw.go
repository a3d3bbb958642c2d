package sound

import (
	"image"
	"image/color"
)

// The tones of a drawn wave: paper, what the sound reaches, and where most of
// it is.
var drawn = color.Palette{
	color.Gray{Y: 0xff},
	color.RGBA{R: 0xb4, G: 0xc4, B: 0xd2, A: 0xff},
	color.RGBA{R: 0x4a, G: 0x6a, B: 0x86, A: 0xff},
}

// side is the most pixels of a side of a drawn wave.
const side = 8192

// Draw draws the wave, w x h pixels: peaks in a light tone, the root mean
// square in a dark one, and a line where there is silence.
func (w Wave) Draw(width, height int) image.Image {
	width, height = min(max(width, 1), side), min(max(height, 1), side)
	img := image.NewPaletted(image.Rect(0, 0, width, height), drawn)
	for x := range width {
		c := w.over(x, width)
		// A column reaches from the top (127) to the bottom (-127).
		rows := func(value int) int { return min(max((127-value)*(height-1)/254, 0), height-1) }
		bar := func(low, high int, tone uint8) {
			for y := rows(high); y <= rows(low); y++ {
				img.SetColorIndex(x, y, tone)
			}
		}
		bar(int(c.Min), int(c.Max), 1)
		bar(-int(c.RMS)/2, int(c.RMS)/2, 2)
	}
	return img
}

// over is the sound in column x of n: the extremes of the columns it covers.
func (w Wave) over(x, n int) Column {
	if w.Samples == 0 || w.Step == 0 || len(w.Columns) == 0 {
		return Column{}
	}
	columns := float64(w.Samples) / float64(w.Step)
	from := min(int(float64(x)*columns/float64(n)), len(w.Columns)-1)
	to := min(max(int(float64(x+1)*columns/float64(n)), from+1), len(w.Columns))
	out := w.Columns[from]
	for _, c := range w.Columns[from+1 : to] {
		out.Min, out.Max, out.RMS = min(out.Min, c.Min), max(out.Max, c.Max), max(out.RMS, c.RMS)
	}
	return out
}
