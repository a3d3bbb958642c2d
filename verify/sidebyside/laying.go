package sidebyside

import (
	"image"
	"image/color"
	"math"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// laying is one picture laid on the other by the map of the match. The one of
// which the smaller share is shown by both lies below: a crop is laid on what
// it was cut from.
type laying struct {
	base  *image.RGBA
	top   *image.RGBA // of base's size, transparent where the other picture does not reach
	mask  []bool      // pixels of base that both show
	skip  []bool      // pixels inside changed regions
	poly  [][2]float64
	title string // "A laid on B"
}

func newLaying(a, b *image.RGBA, m verify.Match) (laying, bool) {
	if m.Map == nil {
		return laying{}, false
	}
	toA, ok := inverse(*m.Map)
	if !ok {
		return laying{}, false
	}
	l := laying{base: b, title: "A laid on B"}
	region, changed := m.RegionB, m.ChangedB
	other, onto := a, *m.Map
	if area(m.RegionA) < area(m.RegionB) {
		l.base, l.title = a, "B laid on A"
		region, changed, other, onto = m.RegionA, m.ChangedA, b, toA
	}
	w, h := l.base.Rect.Dx(), l.base.Rect.Dy()
	if l.poly = points(region, w, h); l.poly == nil {
		return laying{}, false
	}
	l.top = image.NewRGBA(l.base.Rect)
	draw.CatmullRom.Transform(l.top, pixels(onto, other.Rect, l.base.Rect), other, other.Rect, draw.Over, nil)
	l.mask, l.skip = make([]bool, w*h), make([]bool, w*h)
	inside := filled(l.poly, w, h)
	for i := range l.mask {
		l.mask[i] = inside[i] && l.top.Pix[4*i+3] > 250
	}
	for _, box := range changed {
		x0, y0, x1, y1 := corners(box, w, h)
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				l.skip[y*w+x] = true
			}
		}
	}
	return l, true
}

// pixels turns a map between fractions into one between pixels.
func pixels(m hashing.Affine, from, to image.Rectangle) f64.Aff3 {
	fw, fh := float64(from.Dx()), float64(from.Dy())
	tw, th := float64(to.Dx()), float64(to.Dy())
	return f64.Aff3{m[0] * tw / fw, m[1] * tw / fh, m[2] * tw, m[3] * th / fw, m[4] * th / fh, m[5] * th}
}

// blended is the base, veiled, with the mean of both where both show the same
// part: what is in its place looks sharp, what is not looks double.
func (l laying) blended() *image.RGBA {
	out := veiled(l.base, func(int) bool { return false })
	for i, in := range l.mask {
		if !in {
			continue
		}
		for c := range 3 {
			out.Pix[4*i+c] = uint8((int(l.base.Pix[4*i+c]) + int(l.top.Pix[4*i+c]) + 1) / 2)
		}
	}
	outline(out, within(l.poly, l.base.Rect.Dx(), l.base.Rect.Dy()), accent, false)
	return out
}

// Grey levels of a difference that is not drawn (compression, a resampled
// edge), and of one that is drawn in full.
const (
	quietDifference = 14
	fullDifference  = 70
)

// difference is a pale base with the differences dark on it, and the share of
// what both show that differs. The tones of the two are made equal first, and
// an edge may lie a pixel off.
func (l laying) difference() (*image.RGBA, float64) {
	out := veiled(l.base, func(int) bool { return false })
	w, h := l.base.Rect.Dx(), l.base.Rect.Dy()
	base, top := lumas(l.base), lumas(l.top)
	curve := newToneCurve(base, top, func(i int) bool { return l.mask[i] && !l.skip[i] })
	for i, v := range top {
		top[i] = curve.apply(v)
	}
	seen, differing := 0, 0
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			i := y*w + x
			low, high, whole := around(top, l.mask, i, w)
			if !whole {
				continue
			}
			seen++
			d := max(low-base[i], base[i]-high)
			if d > quietDifference {
				differing++
				mix(out, i, warn, min((d-quietDifference)/(fullDifference-quietDifference), 1))
			}
		}
	}
	return out, float64(differing) / float64(max(seen, 1))
}

// around gives the least and greatest value of a pixel and its eight
// neighbours; whole is false where the mask leaves one of them out.
func around(v []float64, mask []bool, i, w int) (low, high float64, whole bool) {
	low, high = v[i], v[i]
	for _, row := range [3]int{i - w, i, i + w} {
		for j := row - 1; j <= row+1; j++ {
			if !mask[j] {
				return 0, 0, false
			}
			low, high = min(low, v[j]), max(high, v[j])
		}
	}
	return low, high, true
}

// lumas is the luma of each pixel, 0 to 255 (ITU-R BT.601).
func lumas(img *image.RGBA) []float64 {
	out := make([]float64, len(img.Pix)/4)
	for i := range out {
		out[i] = 0.299*float64(img.Pix[4*i]) + 0.587*float64(img.Pix[4*i+1]) + 0.114*float64(img.Pix[4*i+2])
	}
	return out
}

// veiled is the picture drawn pale where keep does not say to leave pixel i as
// it is.
func veiled(img *image.RGBA, keep func(i int) bool) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	copy(out.Pix, img.Pix)
	for i := range len(img.Pix) / 4 {
		if !keep(i) {
			mix(out, i, paper, veil)
		}
	}
	return out
}

// mix moves pixel i towards a colour, by a share of 0 to 1.
func mix(img *image.RGBA, i int, c color.RGBA, share float64) {
	for k, to := range [3]uint8{c.R, c.G, c.B} {
		from := float64(img.Pix[4*i+k])
		img.Pix[4*i+k] = uint8(math.Round(from + share*(float64(to)-from)))
	}
	img.Pix[4*i+3] = 255
}
