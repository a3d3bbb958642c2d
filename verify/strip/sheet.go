package strip

import (
	"image"
	"math"
	"slices"

	"golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"
)

// Picture is a frame with the words below it, usually its time.
type Picture struct {
	Image *image.RGBA
	Words string
}

// Bounds and measures of a sheet, in pixels.
const (
	MostPictures = 200
	gap          = 10
	edge         = 16
	below        = 24 // room for the words under a picture
	headLine     = 22
	textSize     = 14
)

// Sheet lays pictures out in rows, in their order, each in a cell as large as
// the largest of them, with its words below and the heading on top. Columns
// of 0 takes as many as make the sheet about as wide as it is high; one row is
// a strip. Pictures beyond [MostPictures] are left out; no pictures give nil.
func Sheet(heading []string, pictures []Picture, columns int) *image.RGBA {
	pictures = pictures[:min(len(pictures), MostPictures)]
	if len(pictures) == 0 {
		return nil
	}
	face := Typeface(textSize)
	var cell image.Point
	for _, p := range pictures {
		cell.X = max(cell.X, p.Image.Rect.Dx(), wide(face, p.Words))
		cell.Y = max(cell.Y, p.Image.Rect.Dy())
	}
	cell.Y += below
	if columns <= 0 {
		columns = columnsFor(len(pictures), cell)
	}
	columns = min(columns, len(pictures))
	rows := (len(pictures) + columns - 1) / columns
	head := len(heading) * headLine
	if head > 0 {
		head += gap
	}
	width := columns*(cell.X+gap) - gap
	for _, line := range heading {
		width = max(width, wide(face, line))
	}
	out := image.NewRGBA(image.Rect(0, 0, 2*edge+width, 2*edge+head+rows*(cell.Y+gap)-gap))
	draw.Draw(out, out.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	for i, line := range heading {
		write(out, face, edge, edge+i*headLine+textSize, line, ink)
	}
	for i, p := range pictures {
		x := edge + i%columns*(cell.X+gap)
		y := edge + head + i/columns*(cell.Y+gap)
		at := image.Pt(x+(cell.X-p.Image.Rect.Dx())/2, y+cell.Y-below-p.Image.Rect.Dy())
		draw.Draw(out, p.Image.Rect.Sub(p.Image.Rect.Min).Add(at), p.Image, p.Image.Rect.Min, draw.Src)
		write(out, face, x+(cell.X-wide(face, p.Words))/2, y+cell.Y-below+17, p.Words, ink)
	}
	return out
}

// columnsFor makes a sheet a little wider than it is high, and leaves few
// cells of it empty.
func columnsFor(n int, cell image.Point) int {
	const shape = 1.8 // width over height
	ideal := int(math.Round(math.Sqrt(shape * float64(n) * float64(cell.Y) / float64(max(cell.X, 1)))))
	best := max(1, ideal)
	empty := func(columns int) int { return (columns - n%columns) % columns }
	for _, c := range []int{ideal + 1, ideal - 1} {
		if c >= 1 && empty(c) < empty(best) {
			best = c
		}
	}
	return best
}

// Writable says whether the typeface has every character of the words: names
// of files can be in any script.
func Writable(words string) bool {
	f := typeface()
	var buf sfnt.Buffer
	return !slices.ContainsFunc([]rune(words), func(r rune) bool {
		glyph, err := f.GlyphIndex(&buf, r)
		return err != nil || glyph == 0
	})
}

// Thin takes so many of the pictures at most, at even distances, the first one
// among them.
func Thin(pictures []Picture, most int) []Picture {
	if len(pictures) <= most || most < 1 {
		return pictures
	}
	out := make([]Picture, most)
	for i := range out {
		out[i] = pictures[i*len(pictures)/most]
	}
	return out
}
