// Package strip draws what people see of a video without playing it: frames in
// a row or on a sheet, each with its time ([Sheet]); how loud it is over time
// ([Wave]); and which stretches two videos share ([Lanes]).
//
// It promises: the same input gives the same pixels, with a typeface that is
// compiled in; times and lengths that no video can have draw nothing and never
// fail; no picture grows beyond what its number of frames and its side allow.
package strip

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The light colours of the interface.
var (
	paper  = color.RGBA{0xf6, 0xf5, 0xf2, 0xff}
	sunk   = color.RGBA{0xdd, 0xda, 0xd2, 0xff}
	ink    = color.RGBA{0x1f, 0x24, 0x22, 0xff}
	accent = color.RGBA{0x1d, 0x6a, 0x63, 0xff}
	warn   = color.RGBA{0x8a, 0x53, 0x00, 0xff}
)

// Typeface is the Go font, which is compiled in and always the same; size is
// in pixels.
func Typeface(size float64) font.Face {
	face, err := opentype.NewFace(typeface(), &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic(fmt.Sprintf("the compiled-in font: %v", err))
	}
	return face
}

func typeface() *opentype.Font {
	f, err := opentype.Parse(gomedium.TTF)
	if err != nil {
		panic(fmt.Sprintf("the compiled-in font: %v", err))
	}
	return f
}

// write puts words with their baseline at y and gives where they end.
func write(dst *image.RGBA, face font.Face, x, y int, words string, c color.RGBA) int {
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(words)
	return d.Dot.X.Ceil()
}

func wide(face font.Face, words string) int { return font.MeasureString(face, words).Ceil() }

// Fit is a picture reduced so that its longest side is at most side pixels, a
// copy where it is no larger.
func Fit(src image.Image, side int) *image.RGBA {
	s := src.Bounds()
	k := min(1, float64(side)/float64(max(s.Dx(), s.Dy(), 1)))
	w := max(1, int(math.Round(k*float64(s.Dx()))))
	h := max(1, int(math.Round(k*float64(s.Dy()))))
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if k == 1 {
		draw.Draw(dst, dst.Rect, src, s.Min, draw.Src)
	} else {
		draw.CatmullRom.Scale(dst, dst.Rect, src, s, draw.Src, nil)
	}
	return dst
}

// mostTime is the latest time that is written.
const mostTime = 1000 * time.Hour

// Clock writes a time in a video as a player shows it, to so many decimals of
// a second (0 to 6): 0:12, 1:02:03.280. It never writes a later time than it
// is given, so that the frame shown then is the one that is meant.
func Clock(at time.Duration, decimals int) string {
	at = min(max(at, 0), mostTime)
	decimals = min(max(decimals, 0), 6)
	unit := time.Second
	for range decimals {
		unit /= 10
	}
	at = at.Truncate(unit)
	h, m, s := at/time.Hour, at/time.Minute%60, at/time.Second%60
	out := fmt.Sprintf("%d:%02d", m, s)
	if h > 0 {
		out = fmt.Sprintf("%d:%02d:%02d", h, m, s)
	}
	if decimals > 0 {
		out += fmt.Sprintf(".%0*d", decimals, at%time.Second/unit)
	}
	return out
}
