package strip

import (
	"image"
	"math"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"golang.org/x/image/draw"
)

// Measures of a drawn wave, in pixels.
const (
	waveWide = 1200
	waveHigh = 160
	axisHigh = 26
	tickHigh = 5
)

// Wave draws how loud a sound track is over time, with the time below: what
// the sound reaches in a light tone, where most of it is in a dark one.
func Wave(w sound.Wave) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, waveWide+2*edge, waveHigh+2*edge+axisHigh))
	draw.Draw(out, out.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	body := image.Rect(edge, edge, edge+waveWide, edge+waveHigh)
	draw.Draw(out, body, w.Draw(waveWide, waveHigh), image.Point{}, draw.Src)
	face := Typeface(13)
	for _, t := range Ticks(w.Duration(), waveWide/90) {
		x := edge + int(math.Round(float64(t)/float64(w.Duration())*waveWide))
		draw.Draw(out, image.Rect(x, body.Max.Y, x+1, body.Max.Y+tickHigh), image.NewUniform(ink), image.Point{}, draw.Src)
		decimals := 0
		if t%time.Second != 0 {
			decimals = 1
		}
		words := Clock(t, decimals)
		at := min(max(x-wide(face, words)/2, edge), edge+waveWide-wide(face, words))
		write(out, face, at, body.Max.Y+tickHigh+15, words, ink)
	}
	return out
}

// steps are the distances between marks on an axis of time.
var steps = []time.Duration{
	100 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 100 * time.Hour,
}

// Ticks are the times to mark on an axis from 0 to a length, about as many as
// there is room for, at round distances.
func Ticks(length time.Duration, room int) []time.Duration {
	if length <= 0 || length > mostTime || room < 1 {
		return nil
	}
	step := steps[len(steps)-1]
	for _, s := range steps {
		if length/s <= time.Duration(room) {
			step = s
			break
		}
	}
	var out []time.Duration
	for t := time.Duration(0); t <= length && len(out) <= room; t += step {
		out = append(out, t)
	}
	return out
}
